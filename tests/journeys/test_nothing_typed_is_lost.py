"""What is typed stays, whatever happens meanwhile: a lock, a pause, a menu, a quick undo."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.desk.pages.scorecard.page import ScorecardPage
from app.desk.parts.growing_text import GrowingText
from app.store import sqlite
from tests.journeys.conftest import Sitting
from tests.journeys.test_score_an_interview import draft_of

HOLD = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
)


def card_page(sitting: Sitting) -> ScorecardPage:
    """The draft of the sample, shown."""
    sitting.go("scorecard", card=draft_of(sitting))
    page = sitting.window.page
    assert isinstance(page, ScorecardPage)
    return page


def lines(sitting: Sitting) -> list[str]:
    """Every line in the file."""
    assert sitting.session.opened is not None
    with sitting.session.opened.desk.workspace.read() as connection:
        return list(connection.exec_driver_sql("select text from note").scalars())


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program writes."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        yield
        holder.communicate("")


def test_words_that_were_not_taken_stay_and_are_offered_again(sitting: Sitting) -> None:
    page = card_page(sitting)
    assert sitting.session.opened is not None
    workspace = sitting.session.opened.desk.workspace
    with workspace.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 100")
    with locked(workspace.path):
        QTest.keyClicks(sitting.window.focusWidget(), "Precious words")
        QTest.keyClick(sitting.window.focusWidget(), Qt.Key.Key_Return)
        sitting.settle()
        assert page._brief.entry.text == "Precious words"
        assert "Not saved" in page._saved.words
    sitting.qtbot.waitUntil(lambda: "Precious words" in lines(sitting), timeout=6_000)
    assert sqlite.WAIT_MS == 5000


def test_a_pause_after_a_blank_moves_no_cursor(sitting: Sitting) -> None:
    page = card_page(sitting)
    row = next(iter(page._brief._notes.rows.values()))
    row.words.setFocus()
    row.words.moveCursor(row.words.textCursor().MoveOperation.End)
    sitting.write(" and ")
    sitting.write("more")
    assert row.words.text.endswith(" and more")
    assert any(text.endswith(" and more") for text in lines(sitting))


def test_a_menu_in_a_half_typed_note_keeps_it(sitting: Sitting) -> None:
    page = card_page(sitting)
    sitting.write("Half a")
    leaving = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason)
    QApplication.sendEvent(page._brief.entry, leaving)
    assert page._brief.entry.text == "Half a"
    assert lines(sitting).count("Half a") == 1


def test_undo_at_once_takes_back_what_was_just_done(sitting: Sitting) -> None:
    page = card_page(sitting)
    sitting.press("Escape")
    QTest.keySequence(sitting.window.focusWidget(), "4")
    QTest.keySequence(sitting.window.focusWidget(), "Ctrl+Z")
    sitting.settle()
    assert page.shown is not None
    assert page.shown.content.rating("reliability").score == 3


def test_a_quote_is_typed_where_the_flag_was_ticked(sitting: Sitting) -> None:
    page = card_page(sitting)
    assert page.pane is not None
    flag = next(chip for signal, chip in page.pane._chips.items() if signal in page.pane._quotes)
    flag.setFocus()
    sitting.press("Space")
    focused = sitting.window.focusWidget()
    assert isinstance(focused, GrowingText)
    sitting.write("3 times it was Jonas")
    assert page.shown is not None
    assert [o.quote for o in page.shown.content.rating("reliability").observed if o.red] == ["3 times it was Jonas"]
    assert page.shown.content.rating("reliability").score == 3


def test_a_draft_thrown_away_comes_back(sitting: Sitting) -> None:
    page = card_page(sitting)
    before = lines(sitting)
    page._submission.discard()
    sitting.settle()
    assert sitting.window.place == "interviews"
    assert len(lines(sitting)) < len(before)
    sitting.press("Ctrl+Z")
    assert sorted(lines(sitting)) == sorted(before)
