"""A person works on one application: interviews, cards opened early, decisions, facts, files and the packet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QMenu, QPlainTextEdit, QPushButton
from sqlalchemy import select

from app.actions import colleague
from app.desk.pages.application.page import ApplicationPage
from app.desk.pages.debrief.page import DebriefPage
from app.desk.parts.label import Text
from app.desk.parts.side_panel import Confirm
from app.store.columns import table_of
from app.store.files import safe_name
from app.store.history_tables import History
from tests.journeys.conftest import Sitting

INES, RAFAEL, GRETA, ANAIS = 22, 18, 26, 1


def shown(sitting: Sitting) -> ApplicationPage:
    """The page that is shown."""
    page = sitting.window.page
    assert isinstance(page, ApplicationPage)
    return page


def words(sitting: Sitting) -> str:
    """All words in sight on the page."""
    return "\n".join(label.text() for label in shown(sitting).findChildren(Text) if label.isVisible())


def notice(sitting: Sitting) -> str:
    """What the quiet message says."""
    return sitting.window.notice.accessibleName()


def history(sitting: Sitting, op: str) -> list[str]:
    """Subjects of the history's rows of one kind."""
    table = table_of(History)
    with shown(sitting).desk.workspace.read() as connection:
        return [r.subject for r in connection.execute(select(table.c.subject).where(table.c.op == op))]


def confirmed(sitting: Sitting, reason: str = "") -> None:
    """Answer the question that is open."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Confirm)
    if reason:
        field = dialog.findChild(QPlainTextEdit)
        assert field is not None
        QTest.keyClicks(field, reason)
    sitting.click(dialog.action_button)
    if QApplication.activeModalWidget() is None:
        sitting.window.activateWindow()
        sitting.qtbot.waitUntil(sitting.window.isActiveWindow)


def test_an_interview_is_planned_by_keyboard(sitting: Sitting) -> None:
    sitting.go("application", id=GRETA)
    before = shown(sitting).shown
    assert before is not None
    first = next(r for r in before.rounds if r.interview is None)
    sitting.press("Ctrl+I")
    sitting.write("P")  # Priya Raman, by her first letter in the list
    sitting.press("Tab")
    sitting.write("19 March 2026, 15:30")
    sitting.press("Tab", "Tab", "Tab")
    sitting.write("Room Fjord")
    sitting.press("Return")
    after = shown(sitting).shown
    assert after is not None
    row = next(r for r in after.rounds if r.plan_round == first.plan_round)
    assert (row.interviewer_name, row.place, row.minutes) == ("Priya Raman", "Room Fjord", first.minutes)
    assert "Thu 19 Mar, 15:30 · Room Fjord" in words(sitting)
    sitting.press("Ctrl+Z")
    assert "Room Fjord" not in words(sitting)


def test_a_form_says_what_is_missing(sitting: Sitting) -> None:
    sitting.go("application", id=GRETA)
    sitting.press("Ctrl+I", "Ctrl+Return")
    assert "Interviewer is needed." in words(sitting)
    sitting.press("Escape")
    assert shown(sitting).interview.isHidden()


def test_a_fact_enters_the_history_once(sitting: Sitting) -> None:
    sitting.go("application", id=GRETA)
    before = history(sitting, "edit candidate")
    sitting.press("Ctrl+E", "Tab", "Tab")
    sitting.write("+32 2")
    sitting.write(" 555 01 77 ")
    assert history(sitting, "edit candidate") == before
    sitting.press("Tab")
    after = history(sitting, "edit candidate")
    assert after[:-1] == before
    assert after[-1].startswith("contact:")
    page = shown(sitting).shown
    assert page is not None
    assert page.person.phone == "+32 2 555 01 77"


def test_a_name_is_never_lost(sitting: Sitting) -> None:
    sitting.go("application", id=GRETA)
    sitting.press("Ctrl+E", "Ctrl+A", "Delete", "Tab")
    assert "A candidate needs a name." in notice(sitting)
    assert shown(sitting).person.fields["name"].text == "Greta Vance"


def test_kept_until_is_set_and_given_back(sitting: Sitting) -> None:
    sitting.go("application", id=ANAIS)
    line = shown(sitting).person.days["kept_until"].line
    assert line.text() == "31 October 2026"
    line.setFocus()
    line.selectAll()
    sitting.write("1.6.2027")
    sitting.press("Return")
    assert "Set by hand." in words(sitting)
    line.selectAll()
    sitting.press("Delete", "Return", "Tab")
    assert line.text() == "31 October 2026"


def test_a_decision_waits_for_the_cards(sitting: Sitting) -> None:
    sitting.go("application", id=RAFAEL)
    assert "The cards are sealed: your own card is still due." in words(sitting)
    assert not shown(sitting).decision.button.isEnabled()
    assert not shown(sitting).rounds.early.isEnabled()
    sitting.press("Ctrl+Shift+P")
    assert "are sealed, and a packet prints them" in notice(sitting)
    sitting.press("Ctrl+D")
    assert sitting.window.place == "debrief"
    page = sitting.window.page
    assert isinstance(page, DebriefPage)
    assert page.stack.currentWidget() is page._sealed


def test_cards_are_opened_early_with_a_reason(sitting: Sitting) -> None:
    sitting.go("application", id=RAFAEL)
    page = shown(sitting)
    page.desk.write(lambda: colleague.become(page.desk.workspace, 8))  # Karim owes no card
    sitting.settle()
    assert "3 of 6 cards in; Ruth Amadi, Tomasz Wieland and Esther Whitlock due." in words(sitting)
    assert "a courtesy, not a lock" in words(sitting)
    sitting.click(page.rounds.early)
    confirmed(sitting)
    assert isinstance(QApplication.activeModalWidget(), QDialog)  # without a reason it stays open
    confirmed(sitting, "Two of them left the company.")
    assert "Opened early: Two of them left the company." in words(sitting)
    assert page.decision.button.isEnabled()
    assert not page.rounds.early.isVisible()


def test_closing_and_reopening(sitting: Sitting) -> None:
    sitting.go("application", id=GRETA)
    page = shown(sitting)
    sitting.click(sitting.find(QPushButton, "Close…"))
    outcome = page.closing.form.input("outcome")
    assert isinstance(outcome, QComboBox)
    outcome.setCurrentIndex(outcome.findData("withdrawn"))
    page.closing.form.input("reason").setFocus()
    sitting.write("Took another offer.")
    sitting.press("Ctrl+Return")
    assert "Closed: withdrawn. Took another offer." in words(sitting)
    sitting.click(sitting.find(QPushButton, "Reopen"))
    assert "Closed: withdrawn." not in page.head.outcome.text() or not page.head.closed.isVisible()
    assert sitting.find(QPushButton, "Close…").isEnabled()


def test_moving_to_a_stage(sitting: Sitting) -> None:
    sitting.go("application", id=GRETA)
    menus: list[QMenu] = sitting.find(QPushButton, "Move to").findChildren(QMenu)
    menu = next(m for m in menus if m.actions())
    next(a for a in menu.actions() if a.text() == "Panel").trigger()
    sitting.settle()
    assert "stage Panel, 0 days" in words(sitting)


def test_a_dropped_file_is_attached_and_removed(sitting: Sitting, tmp_path: Path) -> None:
    sitting.go("application", id=GRETA)
    page = shown(sitting)
    resume = tmp_path / "Résumé.txt"
    resume.write_text("Ten years of ranking.", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(resume))])
    at, buttons, keys = QPointF(40, 40), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, data, buttons, keys))
    sitting.settle()
    assert "Résumé.txt" in words(sitting)
    page.files.remove_asked.emit(page.shown.files[0] if page.shown else None)
    sitting.settle()
    assert "Résumé.txt" not in [f.name for f in (page.shown.files if page.shown else ())]
    sitting.press("Ctrl+Z")
    assert "Résumé.txt" in words(sitting)


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file a person names in the next dialog."""
    target = tmp_path / "packet.pdf"
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(target)))
    return target


def test_the_hiring_packet_is_written(sitting: Sitting, chosen: Path) -> None:
    sitting.go("application", id=INES)
    sitting.press("Ctrl+Shift+P")
    sitting.qtbot.waitUntil(lambda: not shown(sitting).bar.busy, timeout=20_000)
    sitting.settle()
    assert chosen.read_bytes().startswith(b"%PDF")
    assert "written to packet.pdf" in words(sitting)
    assert sitting.find(QPushButton, "Open it").isVisible()
    assert history(sitting, "export packet")


def test_no_such_application(sitting: Sitting) -> None:
    sitting.go("application", id=9999)
    assert "There is no application 9999." in words(sitting)


@pytest.mark.parametrize(
    ("words_", "name"),
    [("../../etc/passwd", "-..-etc-passwd"), ("CON.pdf", "_CON.pdf"), ("", "file"), ("a\x00b?.pdf", "ab-.pdf")],
)
def test_a_file_name_is_never_a_path(words_: str, name: str) -> None:
    assert safe_name(words_) == name
    assert len(safe_name("x" * 500 + ".pdf")) == 200
