"""Background work: order, the latest answer, dropped owners, cancelled jobs, and nothing left after close."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.desk.work import Progress, Work, name_of
from app.errors import Broke, Refused

Failures = list[tuple[BaseException, str]]


@pytest.fixture
def failures() -> Failures:
    """What went to the place for bugs."""
    return []


@pytest.fixture
def work(qtbot: QtBot, failures: Failures) -> Iterator[Work]:
    """Work that is closed again."""
    made = Work(lambda error, operation: failures.append((error, operation)))
    yield made
    made.close()


def refuse() -> None:
    raise Refused("The disk is full.", "Free some space.")


def break_down() -> None:
    raise KeyError("secret")


def test_writes_keep_their_order_in_one_thread(work: Work, qtbot: QtBot) -> None:
    threads: list[str] = []
    answers: list[int] = []

    def act(number: int) -> int:
        threads.append(threading.current_thread().name)
        return number

    for number in range(50):
        work.do(partial(act, number), answers.append)
    qtbot.waitUntil(work.idle)
    assert answers == list(range(50))
    assert set(threads) == {"tenfold-writer-1"}


def test_results_come_back_on_the_windows_thread(work: Work, qtbot: QtBot) -> None:
    here: list[threading.Thread] = []
    owner = QObject()
    work.do(lambda: None, lambda _: here.append(threading.current_thread()))
    work.ask(owner, "k", lambda: None, lambda _: here.append(threading.current_thread()))
    work.job(None, "count", lambda progress: None, lambda _: here.append(threading.current_thread()))
    qtbot.waitUntil(work.idle)
    assert here == [threading.main_thread()] * 3


def test_only_the_latest_question_is_answered(work: Work, qtbot: QtBot) -> None:
    owner, other = QObject(), QObject()
    gate = threading.Event()
    answers: list[str] = []

    def query(word: str) -> str:
        gate.wait(5)
        return word

    for word in ("a", "ab", "abc"):
        work.ask(owner, "search", partial(query, word), answers.append)
    work.ask(owner, "count", partial(query, "count"), answers.append)
    work.ask(other, "search", partial(query, "other"), answers.append)
    gate.set()
    qtbot.waitUntil(work.idle)
    assert sorted(answers) == ["abc", "count", "other"]


def test_a_result_for_a_page_that_is_gone_is_dropped(work: Work, qtbot: QtBot) -> None:
    owner = QObject()
    answers: list[int] = []
    gate = threading.Event()
    work.do(partial(gate.wait, 5))
    work.do(lambda: 1, answers.append, owner)
    work.ask(owner, "k", lambda: 2, answers.append)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(work.idle)
    assert answers == []


def test_a_refusal_goes_to_who_asked_or_to_everybody(work: Work, qtbot: QtBot, failures: Failures) -> None:
    mine: list[str] = []
    everybody: list[str] = []
    work.refused.connect(lambda refused: everybody.append(refused.remedy))
    work.do(refuse, failed=lambda refused: mine.append(refused.sentence))
    work.do(refuse)
    qtbot.waitUntil(work.idle)
    assert (mine, everybody, failures) == (["The disk is full."], ["Free some space."], [])


def test_a_refused_write_of_a_page_that_is_gone_is_still_told(work: Work, qtbot: QtBot) -> None:
    owner = QObject()
    mine: list[Refused] = []
    with qtbot.waitSignal(work.refused):
        work.do(refuse, owner=owner, failed=mine.append)
        shiboken6.delete(owner)
    assert mine == []


def test_a_bug_is_told_with_its_name_and_the_lane_goes_on(work: Work, qtbot: QtBot, failures: Failures) -> None:
    answers: list[int] = []
    work.do(break_down)
    work.do(lambda: 1, lambda _: break_down())
    work.do(lambda: 2, answers.append)
    qtbot.waitUntil(work.idle)
    assert [type(error) for error, _ in failures] == [KeyError, KeyError]
    assert failures[0][1] == "test_work.break_down"
    assert answers == [2]


def test_a_bug_ends_the_waiting_of_who_asked(work: Work, qtbot: QtBot, failures: Failures) -> None:
    """It is told once where all bugs are, and whoever shows that something is under way learns that it is not."""
    ended: list[Refused] = []
    owner = QObject()
    work.do(break_down, failed=ended.append)
    work.ask(owner, "k", break_down, lambda _: None, ended.append)
    work.job(owner, "job", lambda _progress: break_down(), lambda _: None, ended.append)
    qtbot.waitUntil(work.idle)
    assert [type(refused) for refused in ended] == [Broke] * 3
    assert [type(error) for error, _ in failures] == [KeyError] * 3


def test_a_job_tells_how_far_it_is_and_then_its_result(work: Work, qtbot: QtBot) -> None:
    told: list[tuple[float, str]] = []
    ended: list[bool] = []
    results: list[int] = []

    def count(progress: Progress) -> int:
        for part in range(3):
            progress(part / 2, f"part {part}")
        return 3

    job = work.job(None, "count", count, results.append)
    job.progressed.connect(lambda fraction, words: told.append((fraction, words)))
    job.finished.connect(lambda: ended.append(job.running))
    qtbot.waitUntil(work.idle)
    assert told == [(0.0, "part 0"), (0.5, "part 1"), (1.0, "part 2")]
    assert (results, ended, job.cancelled) == ([3], [False], False)


def endless(progress: Progress) -> None:
    """Runs until it is cancelled."""
    tick = threading.Event()
    while True:
        progress.check()
        tick.wait(0.005)


def test_a_cancelled_job_ends_without_a_result(work: Work, qtbot: QtBot, failures: Failures) -> None:
    results: list[None] = []
    job = work.job(None, "endless", endless, results.append)
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert (job.cancelled, job.running, results, failures) == (True, False, [], [])


def test_draining_waits_for_what_was_written(work: Work) -> None:
    written: list[int] = []
    told: list[None] = []
    tick = threading.Event()

    def write(number: int) -> None:
        tick.wait(0.002)
        written.append(number)

    for number in range(20):
        work.do(partial(write, number))
    work.do(lambda: None, told.append)
    assert work.drain(10)
    assert (written, told) == (list(range(20)), [None])
    assert work.idle()


def test_draining_gives_up_when_time_runs_out(work: Work) -> None:
    gate = threading.Event()
    work.do(partial(gate.wait, 5))
    assert not work.drain(0.02)
    gate.set()


def test_closing_finishes_the_writes_and_ends_every_thread(qtbot: QtBot, failures: Failures) -> None:
    work = Work(lambda error, operation: failures.append((error, operation)))
    owner = QObject()
    written: list[int] = []
    answers: list[int] = []
    for number in range(10):
        work.do(partial(written.append, number))
        work.ask(owner, str(number), partial(int, number), answers.append)
    work.job(owner, "endless", endless)
    work.close()
    work.close()
    assert written == list(range(10))
    assert not [t for t in threading.enumerate() if t.name.startswith("tenfold-")]
    with pytest.raises(RuntimeError):
        work.do(lambda: None)
    assert failures == []


@pytest.mark.parametrize(
    ("run", "name"),
    [(refuse, "test_work.refuse"), (partial(partial(refuse)), "test_work.refuse"), (Refused, "errors.Refused")],
)
def test_a_function_has_a_name_for_reports(run: Callable[..., object], name: str) -> None:
    assert name_of(run) == name
