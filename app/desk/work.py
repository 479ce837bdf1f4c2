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

from app.errors import Refused

T = TypeVar("T")
Failed = Callable[[Refused], None]
Trouble = Callable[[BaseException, str], None]
READERS = 2
LOOK_MS = 3  # how often the window looks for outcomes while something is under way


class Cancelled(Exception):
    """Raised inside a job when somebody has cancelled it; let it through."""


@dataclass
class _Task:
    """One thing to run, and where its outcome goes."""

    run: Callable[[], Any]
    then: Callable[[Any], None] | None = None
    failed: Failed | None = None
    owner: QObject | None = None
    slot: tuple[int, str] | None = None
    number: int = 0
    value: Any = None
    error: BaseException | None = None
    ran: bool = False

    def attempt(self) -> None:
        """Run, and keep what came of it."""
        try:
            self.value = self.run()
            self.ran = True
        except Exception as error:  # noqa: BLE001 - the lane: told on the window's thread, where it is sorted
            self.error = error


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

    def __init__(self, title: str, told: Callable[[Job, float, str], None]) -> None:
        super().__init__()
        self.title = title
        self.running = True
        self.cancelled = False
        self.progress = Progress(functools.partial(told, self))

    def cancel(self) -> None:
        """Ask it to stop; `finished` follows when it has."""
        self.progress.cancel()


@dataclass
class _Told:
    """The newest progress of a job, on its way to the window."""

    job: Job
    fraction: float
    words: str


@dataclass
class _Ended:
    """A job whose thread has nothing more to say."""

    job: Job


@dataclass
class _Lane:
    """Threads that serve one queue."""

    name: str
    size: int
    tasks: queue.SimpleQueue[_Task | None] = field(default_factory=queue.SimpleQueue)
    threads: list[threading.Thread] = field(default_factory=list)


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
        self._jobs: dict[Job, threading.Thread] = {}
        self._back: queue.SimpleQueue[_Task | _Told | _Ended] = queue.SimpleQueue()
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
        self._number += 1
        slot, number = (id(owner), key), self._number
        self._latest[slot] = number
        self._send(self._readers, _Task(query, then, failed, owner, slot, number))

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
        job = Job(title, self._tell)
        task = _Task(functools.partial(run, job.progress), done, failed, owner)
        self._under_way += 2  # its result and its end
        self._looking.start()

        def serve() -> None:
            task.attempt()
            job.cancelled = isinstance(task.error, Cancelled)
            self._hand_back(task)
            self._hand_back(_Ended(job))

        thread = threading.Thread(target=serve, name=f"tenfold-job-{title}", daemon=True)
        self._jobs[job] = thread
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
        for job in list(self._jobs):
            job.cancel()
        threads = [*self._jobs.values()]
        for lane in (self._writer, self._readers):
            for _ in lane.threads:
                lane.tasks.put(None)
            threads.extend(lane.threads)
        for thread in threads:
            thread.join()
        self._deliver_all()

    def _send(self, lane: _Lane, task: _Task) -> None:
        self._must_be_open()
        while len(lane.threads) < lane.size:
            thread = threading.Thread(
                target=self._serve, args=(lane,), name=f"{lane.name}-{len(lane.threads) + 1}", daemon=True
            )
            lane.threads.append(thread)
            thread.start()
        self._under_way += 1
        self._looking.start()
        lane.tasks.put(task)

    def _must_be_open(self) -> None:
        if self._closed:
            raise RuntimeError("work was asked for after close")

    def _serve(self, lane: _Lane) -> None:
        while (task := lane.tasks.get()) is not None:
            if self._wanted(task):
                task.attempt()
            self._hand_back(task)

    def _wanted(self, task: _Task) -> bool:
        """Whether no later question of the same kind has been asked, in any thread."""
        return task.slot is None or self._latest.get(task.slot) == task.number

    def _hand_back(self, outcome: _Task | _Told | _Ended) -> None:
        """Called in the other threads, which touch nothing of Qt's: a signal sent from one of them can stop for ever,
        holding Python's lock while the window's thread holds Qt's and waits for Python's."""
        self._back.put(outcome)

    def _tell(self, job: Job, fraction: float, words: str) -> None:
        self._hand_back(_Told(job, fraction, words))

    def _deliver_one(self) -> bool:
        """Give one outcome to who asked; False where none was waiting."""
        try:
            outcome = self._back.get_nowait()
        except queue.Empty:
            return False
        match outcome:
            case _Told(job, fraction, words):
                job.progressed.emit(fraction, words)
            case _Ended(job):
                job.running = False
                self._jobs.pop(job).join()
                job.finished.emit()
                self._settle()
            case _Task():
                self._conclude(outcome)
                self._settle()
        return True

    def _settle(self) -> None:
        self._under_way -= 1
        if self.idle():
            self._looking.stop()
            self.settled.emit()

    def _deliver_all(self) -> None:
        while self._deliver_one():
            pass

    def _conclude(self, task: _Task) -> None:
        """Sort an outcome: to who asked, to `refused`, or to the one place for bugs."""
        present = alive(task.owner)
        wanted = self._wanted(task)
        if wanted and task.slot is not None:
            del self._latest[task.slot]
        if isinstance(task.error, Refused):
            if task.failed is not None and present and wanted:
                self._call(task, task.failed, task.error)
            elif wanted:
                self.refused.emit(task.error)
        elif task.error is not None:
            if not isinstance(task.error, Cancelled):
                self._trouble(task.error, name_of(task.run))
        elif task.ran and task.then is not None and present and wanted and not self._closed:
            self._call(task, task.then, task.value)

    def _call(self, task: _Task, back: Callable[[Any], None], value: object) -> None:
        """One receiver that fails must not keep the others from their results."""
        try:
            back(value)
        except Exception as error:  # noqa: BLE001 - the lane: a bug in a page, told like any other
            self._trouble(error, name_of(task.run))


def alive(owner: QObject | None) -> bool:
    """Whether who asked is still there; nobody always is."""
    return owner is None or shiboken6.isValid(owner)


def name_of(run: Callable[..., object]) -> str:
    """The name of a function for a report, through partials: 'scorecard.rate'."""
    while isinstance(run, functools.partial):
        run = run.func
    module = getattr(run, "__module__", "") or ""
    name = getattr(run, "__qualname__", type(run).__qualname__)
    return f"{module.rpartition('.')[2]}.{name}".strip(".")
