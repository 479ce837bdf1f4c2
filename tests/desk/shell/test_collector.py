"""Widgets that lie in cycles go in the window's thread, however hard other threads allocate."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from functools import partial

import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.desk.shell.collector import PAUSE_S, REST_S, TICK_MS, Collector, due
from app.desk.work import Progress, Work
from app.errors import Refused

LIMITS = (700, 10, 10)


class Cycle(QWidget):
    """A widget that only the collector can destroy, and that remembers where it was."""

    def __init__(self, died: list[str]) -> None:
        super().__init__()
        self._died = died
        self.itself = self

    def __del__(self) -> None:
        self._died.append(threading.current_thread().name)


class Lone:
    """The same, and nothing of Qt's."""

    def __init__(self, died: list[str]) -> None:
        self._died = died
        self.itself = self

    def __del__(self) -> None:
        self._died.append(threading.current_thread().name)


class Bare(QWidget):
    """A widget that goes with the last reference to it."""

    def __init__(self, died: list[str]) -> None:
        super().__init__()
        self._died = died

    def __del__(self) -> None:
        self._died.append(threading.current_thread().name)


@pytest.fixture
def died() -> list[str]:
    """The threads in which widgets were destroyed."""
    return []


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    """Work whose failures do not matter here."""
    made = Work(lambda _error, _operation: None)
    yield made
    made.close()


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    """Collection in the window's thread, as while a window runs; the tests' own setting is put back."""
    automatic = gc.isenabled()
    gc.enable()
    made = Collector(qapp)
    made.begin()
    yield made
    made.end()
    if not automatic:
        gc.disable()


def allocate() -> int:
    """Makes cycles by the hundred thousand, as compiling statements does."""
    for _ in range(100_000):
        cycle: list[object] = []
        cycle.append(cycle)
    return 0


def allocate_and_refuse(kept: object) -> int:
    """Fails with a traceback that refers to what it was given."""
    allocate()
    raise Refused(f"No {type(kept).__name__}.")


def idle(_kept: object, _progress: Progress | None = None) -> int:
    return 0


def allocate_in_a_job(_progress: Progress) -> int:
    return allocate()


def test_widgets_in_cycles_die_in_the_windows_thread(
    collector: Collector, work: Work, qtbot: QtBot, died: list[str]
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    for _ in range(50):
        Cycle(died)
    for number in range(4):
        work.do(allocate)
        work.ask(owner, f"k{number}", allocate, lambda _: None)
        work.job(owner, "allocate", allocate_in_a_job)
    qtbot.waitUntil(work.idle, timeout=60_000)
    qtbot.waitUntil(lambda: len(died) == 50, timeout=60_000)
    assert set(died) == {threading.main_thread().name}


def test_without_the_collector_they_would_die_elsewhere(work: Work, qtbot: QtBot, died: list[str]) -> None:
    """What this guards against is real: automatic collection takes place in the writer's thread.

    Shown with a thing that is no widget: with one, this crashes once in ten times.
    """
    kept = gc.isenabled()
    gc.collect()
    gc.enable()
    try:
        Lone(died)
        work.do(allocate)
        qtbot.waitUntil(work.idle, timeout=60_000)
    finally:
        if not kept:
            gc.disable()
    assert died == ["tenfold-writer-1"]


def test_a_worker_never_lets_go_of_a_widget_last(work: Work, qtbot: QtBot, died: list[str]) -> None:
    """Whatever was asked with a widget in its hand: done, refused, unwanted, cancelled, or its owner gone."""
    owner = QWidget()
    qtbot.addWidget(owner)
    for _ in range(40):
        work.do(partial(allocate_and_refuse, Bare(died)))
        work.do(partial(idle, Bare(died)))
        work.ask(owner, "same", partial(allocate_and_refuse, Bare(died)), lambda _: None)
        work.ask(owner, "other", partial(idle, Bare(died)), lambda _: None)
        work.job(Bare(died), "job", partial(idle, Bare(died))).cancel()
    gone = QWidget()
    work.ask(gone, "gone", partial(allocate_and_refuse, Bare(died)), lambda _: None)
    shiboken6.delete(gone)
    qtbot.waitUntil(work.idle, timeout=60_000)
    assert len(died) == 40 * 6 + 1
    assert set(died) == {threading.main_thread().name}


def test_a_key_is_waited_for(collector: Collector, qtbot: QtBot, died: list[str]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is window.windowHandle())
    collector._touched = 0.0
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert collector._touched > 0.0


def test_nothing_is_looked_through_while_a_workspace_is_opened(
    collector: Collector, qtbot: QtBot, died: list[str]
) -> None:
    collector._touched = 0.0
    collector.hold()
    Lone(died)
    allocate()
    qtbot.wait(3 * TICK_MS)
    assert died == []
    collector.thaw()
    qtbot.waitUntil(lambda: died == ["MainThread"], timeout=60_000)


def test_the_end_gives_back_to_python(qapp: QApplication) -> None:
    before = gc.isenabled()
    gc.enable()
    try:
        collector = Collector(qapp)
        collector.begin()
        assert not gc.isenabled()
        collector.freeze()
        assert gc.get_freeze_count() > 0
        collector.end()
        assert gc.isenabled()
        assert gc.get_freeze_count() == 0
    finally:
        if not before:
            gc.disable()


@pytest.mark.parametrize(
    ("counts", "quiet", "generation"),
    [
        ((700, 0, 0), 10.0, None),
        ((701, 0, 0), PAUSE_S, 0),
        ((701, 11, 0), PAUSE_S, 1),
        ((701, 11, 11), PAUSE_S, 1),
        ((701, 0, 11), PAUSE_S, 0),
        ((701, 11, 11), REST_S, 2),
        ((701, 11, 11), 0.0, None),
        ((140_001, 0, 0), 0.0, 0),
        ((140_001, 11, 2001), 0.0, 2),
    ],
)
def test_which_generation(counts: tuple[int, int, int], quiet: float, generation: int | None) -> None:
    assert due(counts, LIMITS, quiet) == generation


@given(st.tuples(*[st.integers(0, 10**6)] * 3), st.floats(0, 100))
def test_memory_is_bounded(counts: tuple[int, int, int], quiet: float) -> None:
    """However long somebody types, what waits is looked through in the end."""
    if counts[0] > 200 * LIMITS[0]:
        assert due(counts, LIMITS, quiet) is not None
