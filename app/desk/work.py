"""Background work: writing in order, reading beside it, long jobs with progress. Results come back to the window.

All methods are called from the window's thread, and so is every `then`. Nothing runs on after `close`.
"""

from __future__ import annotations

import functools
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import Broke, Refused
from app.words import tr

T = TypeVar("T")
Failed = Callable[[Refused], None]
Trouble = Callable[[BaseException, str], None]
READERS = 2
LOOK_MS = 3  # how often the window looks for outcomes while something is under way


class Cancelled(Exception):
    """Raised inside a job when somebody has cancelled it; let it through."""


@dataclass(frozen=True)
class _Task:
    """What was asked, and where its outcome goes. It stays in the window's thread.

    It holds `run` too: whatever of Qt's that refers to, another thread never lets go of it last.
    """

    run: Callable[..., Any]
    then: Callable[[Any], None] | None = None
    failed: Failed | None = None
    owner: QObject | None = None
    slot: tuple[int, str] | None = None


@dataclass(frozen=True)
class _Asked:
    """What a lane's thread gets of a task."""

    number: int
    run: Callable[[], Any]
    slot: tuple[int, str] | None


@dataclass
class _Outcome:
    """What came of a task: a value, an error, or neither where nobody wanted it any more."""

    number: int
    ran: bool = False
    value: Any = None
    error: BaseException | None = None

    def take(self) -> tuple[Any, BaseException | None]:
        """Value and error, which this holds no longer: the thread it came from may let go of this after the window.

        An error refers to the calls it came through, and so to what they worked with.
        """
        value, error = self.value, self.error
        self.value = self.error = None
        return value, error


class Progress:
    """What a job tells while it runs, and how it learns that it was cancelled. Used in the job's thread."""

    def __init__(self, told: Callable[[float, str], None]) -> None:
        self._told = told
        self._cancelled = threading.Event()

    def __call__(self, fraction: float, words: str = "") -> None:
        """Say how far it is, 0 to 1, and with what. Raises Cancelled."""
        self.check()
        self._told(min(1.0, max(0.0, fraction)), words)

    def check(self) -> None:
        """Raises Cancelled where somebody asked to stop."""
        if self._cancelled.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the job to stop at its next check."""
        self._cancelled.set()


class Job(QObject):
    """A long piece of work as the window sees it. `progressed` tells fraction and words, `finished` its end."""

    progressed = Signal(float, str)
    finished = Signal()

    def __init__(self, title: str, progress: Progress) -> None:
        super().__init__()
        self.title = title
        self.running = True
        self.cancelled = False
        self._progress = progress

    def cancel(self) -> None:
        """Ask it to stop; `finished` follows when it has."""
        self._progress.cancel()


@dataclass(frozen=True)
class _Told:
    """The newest progress of a job, on its way to the window."""

    number: int
    fraction: float
    words: str


@dataclass(frozen=True)
class _Ended:
    """The number of a job whose thread has nothing more to say."""

    number: int


@dataclass
class _Lane:
    """Threads that serve one queue."""

    name: str
    size: int
    asked: queue.SimpleQueue[_Asked | None] = field(default_factory=queue.SimpleQueue)
    threads: list[threading.Thread] = field(default_factory=list)


@dataclass(frozen=True)
class _Running:
    """A job, its thread, and what it was asked: held until the thread is over."""

    job: Job
    thread: threading.Thread
    task: _Task


class Work(QObject):
    """The window's only way off its own thread.

    `refused` carries a Refused nobody else took; `settled` says that nothing is under way any more.
    """

    refused = Signal(object)
    settled = Signal()

    def __init__(self, trouble: Trouble) -> None:
        """`trouble` gets every failure that is no Refused, with the name of what was run."""
        super().__init__()
        self._trouble = trouble
        self._writer = _Lane("tenfold-writer", 1)
        self._readers = _Lane("tenfold-reader", READERS)
        self._tasks: dict[int, _Task] = {}
        self._jobs: dict[int, _Running] = {}
        self._back: queue.SimpleQueue[_Outcome | _Told | _Ended] = queue.SimpleQueue()
        self._latest: dict[tuple[int, str], int] = {}
        self._number = 0
        self._under_way = 0
        self._closed = False
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._deliver_all)

    def idle(self) -> bool:
        """Whether nothing waits, runs or is on its way back."""
        return self._under_way == 0

    def do(
        self,
        action: Callable[[], T],
        then: Callable[[T], None] | None = None,
        owner: QObject | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Write: run `action` in the one writing thread, strictly in the order asked.

        `then` gets its result, unless `owner` is gone by then. A Refused goes to `failed`, else to `refused`.
        """
        self._send(self._writer, _Task(action, then, failed, owner))

    def ask(
        self,
        owner: QObject,
        key: str,
        query: Callable[[], T],
        then: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Read: run `query` beside the writer. Of several with one owner and key only the latest is answered."""
        self._send(self._readers, _Task(query, then, failed, owner, (id(owner), key)))

    def drop(self, owner: QObject) -> None:
        """What this owner has asked for is not wanted any more."""
        for slot in [known for known in self._latest if known[0] == id(owner)]:
            self._latest.pop(slot, None)

    def job(
        self,
        owner: QObject | None,
        title: str,
        run: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> Job:
        """Run something long in a thread of its own. A cancelled job calls neither `done` nor `failed`."""
        self._must_be_open()
        task = _Task(run, done, failed, owner)
        number = self._keep(task)
        progress = Progress(functools.partial(_tell, self._back, number))
        job = Job(title, progress)
        thread = threading.Thread(
            target=_serve_job, args=(self._back, number, run, progress), name=f"tenfold-job-{title}", daemon=True
        )
        self._jobs[number] = _Running(job, thread, task)
        self._under_way += 2  # its result and its end
        self._looking.start()
        thread.start()
        return job

    def drain(self, timeout: float | None = None) -> bool:
        """Wait until everything written so far is in the file; seconds, None for as long as it takes.

        What came of it is told before this returns. False where time ran out.
        """
        done = threading.Event()
        self._send(self._writer, _Task(done.set))
        finished = done.wait(timeout)
        self._deliver_all()
        return finished

    def close(self) -> None:
        """Finish the writes, drop the reads, cancel the jobs, and end every thread."""
        if self._closed:
            return
        self.drain()
        self._closed = True
        self._latest.clear()
        for running in self._jobs.values():
            running.job.cancel()
        threads = [running.thread for running in self._jobs.values()]
        for lane in (self._writer, self._readers):
            for _ in lane.threads:
                lane.asked.put(None)
            threads.extend(lane.threads)
        for thread in threads:
            thread.join()
        self._deliver_all()

    def _send(self, lane: _Lane, task: _Task) -> None:
        self._must_be_open()
        while len(lane.threads) < lane.size:
            thread = threading.Thread(
                target=_serve_lane,
                args=(self._back, lane.asked, self._latest),
                name=f"{lane.name}-{len(lane.threads) + 1}",
                daemon=True,
            )
            lane.threads.append(thread)
            thread.start()
        number = self._keep(task)
        if task.slot is not None:
            self._latest[task.slot] = number
        self._under_way += 1
        self._looking.start()
        lane.asked.put(_Asked(number, task.run, task.slot))

    def _keep(self, task: _Task) -> int:
        self._number += 1
        self._tasks[self._number] = task
        return self._number

    def _must_be_open(self) -> None:
        if self._closed:
            raise RuntimeError("work was asked for after close")

    def _deliver_one(self) -> bool:
        """Give one outcome to who asked; False where none was waiting."""
        try:
            outcome = self._back.get_nowait()
        except queue.Empty:
            return False
        match outcome:
            case _Told(number, fraction, words):
                self._jobs[number].job.progressed.emit(fraction, words)
            case _Ended(number):
                self._end(self._jobs.pop(number))
            case _Outcome():
                if outcome.number in self._jobs:
                    self._jobs[outcome.number].job.cancelled = isinstance(outcome.error, Cancelled)
                self._conclude(self._tasks.pop(outcome.number), outcome)
                self._settle()
        return True

    def _end(self, running: _Running) -> None:
        running.thread.join()
        running.job.running = False
        running.job.finished.emit()
        self._settle()

    def _settle(self) -> None:
        self._under_way -= 1
        if self.idle():
            self._looking.stop()
            self.settled.emit()

    def _deliver_all(self) -> None:
        while self._deliver_one():
            pass

    def _conclude(self, task: _Task, outcome: _Outcome) -> None:
        """Sort an outcome: to who asked, to `refused`, or to the one place for bugs."""
        wanted = task.slot is None or self._latest.get(task.slot) == outcome.number
        if wanted and task.slot is not None:
            del self._latest[task.slot]
        value, error = outcome.take()
        if isinstance(error, Cancelled):
            return
        if error is not None and not isinstance(error, Refused):
            self._trouble(error, name_of(task.run))
            error = Broke(tr("This was not done: Tenfold failed there."), tr("What was saved before is safe."))
            if task.failed is None:
                return
        if error is not None:
            self._refuse(task, error, wanted=wanted)
        elif outcome.ran and task.then is not None and wanted and alive(task.owner) and not self._closed:
            self._call(task, task.then, value)

    def _refuse(self, task: _Task, refused: Refused, *, wanted: bool) -> None:
        if task.failed is not None and wanted and alive(task.owner):
            self._call(task, task.failed, refused)
        elif wanted:
            self.refused.emit(refused)

    def _call(self, task: _Task, back: Callable[[Any], None], value: object) -> None:
        """One receiver that fails must not keep the others from their results."""
        try:
            back(value)
        except Exception as error:  # noqa: BLE001 - the lane: a bug in a page, told like any other
            self._trouble(error, name_of(task.run))


# What runs in the other threads. They touch nothing of Qt's, and have let go of what they ran before its outcome
# goes back: who lets go of a widget last destroys it. A signal sent from here can stop for ever, holding Python's
# lock while the window's thread holds Qt's and waits for Python's.


def _serve_lane(
    back: queue.SimpleQueue[Any], lane: queue.SimpleQueue[_Asked | None], latest: dict[tuple[int, str], int]
) -> None:
    """Run what is asked, except where a later question of the same slot makes it unwanted."""
    while (asked := lane.get()) is not None:
        number = asked.number
        wanted = asked.slot is None or latest.get(asked.slot) == number
        outcome = _attempt(number, asked.run) if wanted else _Outcome(number)
        del asked
        back.put(outcome)


def _serve_job(back: queue.SimpleQueue[Any], number: int, run: Callable[[Progress], Any], progress: Progress) -> None:
    back.put(_attempt(number, functools.partial(run, progress)))
    back.put(_Ended(number))


def _attempt(number: int, run: Callable[[], Any]) -> _Outcome:
    """Run, and keep what came of it."""
    try:
        return _Outcome(number, ran=True, value=run())
    except Exception as error:  # noqa: BLE001 - the lane: told on the window's thread, where it is sorted
        return _Outcome(number, error=error)


def _tell(back: queue.SimpleQueue[Any], number: int, fraction: float, words: str) -> None:
    back.put(_Told(number, fraction, words))


def alive(owner: QObject | None) -> bool:
    """Whether who asked is still there; nobody always is."""
    return owner is None or shiboken6.isValid(owner)


def name_of(run: Callable[..., object]) -> str:
    """The name of a function for a report, through what wraps it: 'scorecard.rate'."""
    while (inner := getattr(run, "func", None)) is not None:
        run = inner
    module = getattr(run, "__module__", "") or ""
    name = getattr(run, "__qualname__", type(run).__qualname__)
    return f"{module.rpartition('.')[2]}.{name}".strip(".")
