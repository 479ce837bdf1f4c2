"""A person's sitting: the sample in its window, driven by keys and clicks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.desk.parts import autosave
from app.desk.preferences import Preferences
from app.desk.shell.failures import Failures
from app.desk.shell.session import Session
from app.desk.shell.window import Window
from app.desk.theme import Theme

T = TypeVar("T", bound=QWidget)
NOW = datetime(2026, 3, 12, 9, 58, tzinfo=UTC)
PAUSE_MS = 40
"""After so short a pause typing is saved here, so that nobody waits for it."""


class Sitting:
    """The window of a workspace, and how a person uses it."""

    def __init__(self, session: Session, qtbot: QtBot) -> None:
        self.session, self.qtbot = session, qtbot

    @property
    def window(self) -> Window:
        """The workspace's window."""
        assert self.session.opened is not None
        return self.session.opened.window

    def settle(self) -> None:
        """Wait until nothing is under way."""
        opened = self.session.opened
        if opened is not None:
            self.qtbot.waitUntil(opened.work.idle, timeout=15_000)
            QTest.qWait(20)
            self.qtbot.waitUntil(opened.work.idle, timeout=15_000)

    def go(self, place: str, **where: object) -> None:
        """Go to a place and wait for its data."""
        self.window.go(place, **where)
        self.settle()

    def press(self, *keys: str) -> None:
        """Press keys where the focus is."""
        for key in keys:
            QTest.keySequence(self.window.focusWidget() or self.window, key)
            self.settle()

    def write(self, text: str) -> None:
        """Type where the focus is, and wait until it is saved."""
        QTest.keyClicks(self.window.focusWidget(), text)
        QTest.qWait(2 * PAUSE_MS)
        self.settle()

    def click(self, widget: QWidget) -> None:
        """Click a control."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def find(self, kind: type[T], name: str) -> T:
        """A visible control by its accessible name."""
        for top in QApplication.topLevelWidgets():
            for widget in top.findChildren(kind):
                if widget.isVisible() and widget.accessibleName() == name:
                    return widget
        raise AssertionError(f"no {kind.__name__} called {name}")


@pytest.fixture
def begin(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Sitting]]:
    """Start Tenfold as a person does, with or without a file."""
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(autosave, "SAVED_AFTER_MS", PAUSE_MS)
    failures: list[BaseException] = []
    sessions: list[Session] = []

    class Telling(Failures):
        def __call__(self, error: BaseException, operation: str = "") -> None:
            failures.append(error)

    def start(path: Path | None, preferences: Preferences | None = None) -> Sitting:
        theme = Theme("light")
        theme.apply(qapp)
        trouble = Telling(tmp_path / "log", "0")
        kept = preferences or Preferences()
        session = Session(qapp, theme, trouble, kept, tmp_path / "preferences.json", lambda: NOW)
        sessions.append(session)
        session.begin(path)
        sitting = Sitting(session, qtbot)
        if path is not None:
            qtbot.waitUntil(lambda: session.opened is None or session.opened.desk.is_open, timeout=20_000)
            if session.opened is not None:
                session.opened.window.activateWindow()
                qtbot.waitUntil(session.opened.window.isActiveWindow)
            sitting.settle()
        return sitting

    yield start
    for session in sessions:
        session.end()
    assert not failures, failures


@pytest.fixture
def sitting(begin: Callable[[Path | None], Sitting], sample_file: Path, tmp_path: Path) -> Sitting:
    """Tenfold on a copy of the sample."""
    path = tmp_path / "search-ranking.tenfold"
    shutil.copy(sample_file, path)
    return begin(path)
