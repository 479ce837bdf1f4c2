"""What fails ends: no bar goes on, no "Saving" stays, and the failure is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.pages.application.page import ApplicationPage
from app.desk.pages.scorecard.page import ScorecardPage
from app.desk.parts.file_bar import Drawn, FileBar
from app.desk.preferences import Preferences
from app.desk.shell.failures import Failures
from app.desk.shell.session import Session
from app.desk.theme import Theme
from tests.journeys.conftest import NOW, Sitting
from tests.journeys.test_score_an_interview import draft_of


@pytest.fixture
def failing(qapp: QApplication, qtbot: QtBot, sample_copy: Path, tmp_path: Path) -> Iterator[Sitting]:
    """A sitting in which bugs are expected: each shows its report once."""
    theme = Theme("light")
    theme.apply(qapp)
    trouble = Failures(tmp_path / "log", "0")
    session = Session(qapp, theme, trouble, Preferences(), tmp_path / "preferences.json", lambda: NOW)
    session.begin(sample_copy)
    qtbot.waitUntil(lambda: session.opened is not None and session.opened.desk.is_open, timeout=20_000)
    sitting = Sitting(session, qtbot)
    sitting.settle()
    yield sitting
    assert trouble.dialog is not None, "the bug was shown"
    trouble.dialog.accept()
    session.end()


def bar_of(sitting: Sitting) -> FileBar:
    sitting.go("application", id=1)
    page = sitting.window.page
    assert isinstance(page, ApplicationPage)
    return page.bar


def broken(*_: object) -> Any:
    raise KeyError("a bug")


def test_a_packet_that_cannot_be_made(failing: Sitting, tmp_path: Path) -> None:
    bar = bar_of(failing)
    bar.make("Making it", broken, tmp_path / "p.pdf")
    failing.settle()
    assert not bar.busy
    assert not bar.isVisible()
    assert failing.window.notice.isVisible()


def test_a_packet_that_cannot_be_recorded(failing: Sitting, tmp_path: Path) -> None:
    bar = bar_of(failing)
    bar.make("Making it", lambda _progress: Drawn([broken], str), tmp_path / "p.pdf")
    failing.settle()
    assert not bar.busy
    assert not bar.isVisible()


def test_a_card_that_cannot_be_saved(failing: Sitting) -> None:
    failing.go("scorecard", card=draft_of(failing))
    page = failing.window.page
    assert isinstance(page, ScorecardPage)
    page._saving.write(broken)
    failing.settle()
    assert page._saving.unsaved == 0
    assert "Saving" not in page._saved._words.text()
