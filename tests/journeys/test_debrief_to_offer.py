"""From the last card that was due to the debrief, the decision and the offer in the candidate's hands, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QPushButton, QWidget
from sqlalchemy import select

from app.desk.pages.debrief.page import DebriefPage
from app.desk.pages.offers.offer_page import OfferPage
from app.desk.pages.scorecard.page import ScorecardPage
from app.desk.parts.label import Text
from app.desk.parts.side_panel import Confirm
from app.queries.board import board
from app.queries.debrief import debrief_page
from app.queries.scorecard import my_rounds
from app.store.check import check_file
from app.store.columns import table_of
from app.store.history_tables import History
from app.store.workspace import Workspace
from tests.journeys.conftest import Sitting


def workspace(sitting: Sitting) -> Workspace:
    assert sitting.session.opened is not None
    return sitting.session.opened.desk.workspace


def application_of(sitting: Sitting, name: str) -> int:
    found = board(workspace(sitting), 1)
    assert found is not None
    return next(c.application for column in found.columns for c in column.cards if c.name == name)


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(Text) if label.isVisible())


def confirm(sitting: Sitting, reason: str = "") -> None:
    """Answer the question that is open, by keyboard: its words, then Tab to the button, Enter."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Confirm)
    if reason:
        field = dialog.findChild(QPlainTextEdit)
        assert field is not None
        field.setFocus()
        QTest.keyClicks(field, reason)
    dialog.action_button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(dialog.action_button, Qt.Key.Key_Return)
    sitting.settle()
    if QApplication.activeModalWidget() is None:
        sitting.window.activateWindow()
        sitting.qtbot.waitUntil(sitting.window.isActiveWindow)
        sitting.settle()


def enter(sitting: Sitting, button: QPushButton) -> None:
    """Go to a button and press it with the keyboard."""
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    sitting.settle()


def write_my_card(sitting: Sitting, application: int) -> None:
    """Ruth's own card, the last one that is due."""
    mine = next(r for r in my_rounds(workspace(sitting)) if r.application == application)
    sitting.go("scorecard", interview=mine.interview)
    page = sitting.window.page
    assert isinstance(page, ScorecardPage)
    for score in ("3", "3", "4", "3"):
        sitting.press("Escape", "E")
        sitting.write("Saw it done twice")
        sitting.press("Escape", score, "N")
    sitting.press("V", "Space", "Ctrl+Shift+Return")
    confirm(sitting)
    assert not page.can_write()


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file a person names in the next dialog."""
    target = tmp_path / "offer.pdf"
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(target)))
    return target


def test_from_the_last_card_to_the_offer_packet(sitting: Sitting, chosen: Path) -> None:
    path = workspace(sitting).path
    application = application_of(sitting, "Sunniva Achebe")
    sitting.go("debrief", id=application)
    page = sitting.window.page
    assert isinstance(page, DebriefPage)
    assert page.stack.currentWidget() is page._sealed
    assert "Your own card is due first." in words(page)

    write_my_card(sitting, application)
    sitting.go("application", id=application)
    sitting.press("Ctrl+D")
    assert page._begin.button is not None
    enter(sitting, page._begin.button)
    walk_by_keyboard(sitting, page)
    decide_by_keyboard(sitting, page)
    offer_by_keyboard(sitting, application, chosen)

    sitting.session.end()
    assert check_file(path) == []


def walk_by_keyboard(sitting: Sitting, page: DebriefPage) -> None:
    shown = page.shown
    assert shown is not None
    first = shown.items[0]
    assert page.walk.dimension == first.dimension
    raters = shown.raters(first.dimension)
    sitting.press("F2")
    sitting.write("9")
    assert "Digits 0 to 4 only" in words(page.walk)
    sitting.press("Backspace")
    sitting.write("3")
    sitting.press("Return")
    assert f"1 of {len(raters)} keyed in" in words(page.walk)
    sitting.write(" 3" * (len(raters) - 1))
    names = [c.name.split()[-1] for c in raters]
    assert ", ".join(f"{n} 3" for n in names) in words(page.walk)
    sitting.press("Return")
    assert "Kept:" in words(page.walk)
    sitting.press("Ctrl+T")
    sitting.write("They saw the same release.")
    for _ in shown.items:
        assert not debrief_page(workspace(sitting), shown.application).done
        sitting.press("Ctrl+Return")
    after = debrief_page(workspace(sitting), shown.application)
    assert after.done
    assert not any(w.skipped for w in after.walked.values())
    assert after.walked[first.dimension].note == "They saw the same release."
    assert {c.second[first.dimension] for c in after.columns if first.dimension in c.second} == {3}


def decide_by_keyboard(sitting: Sitting, page: DebriefPage) -> None:
    form = page.conclude.form
    assert "What the agreed rule supports" in words(page)
    assert "±" not in words(page), "no figure while the screen is shared"
    sitting.press("Ctrl+D", "Space")
    assert form.verdict.value == "hire"
    form.reason.input("reason").setFocus()
    sitting.write("Two of us saw a release path that others took up.")
    if not form.departure.isHidden():
        form.departure.input("departure").setFocus()
        sitting.write("Product is one split; the first weeks show it.")
    assert page.shown is not None
    assert "Two of us saw" in debrief_page(workspace(sitting), page.shown.application).draft, "typed is saved"
    sitting.press("Ctrl+Shift+Return")
    confirm(sitting)
    assert page.shown.decisions[-1].verdict == "hire"
    assert page.shown.draft == ""
    sitting.press("Ctrl+Shift+S")
    page.conclude.reasoning.fold.setFocus()
    sitting.press("Space")
    assert "±" in words(page)
    for answer in ("Approved: HR partner", "Approved: Director of Engineering"):
        enter(sitting, sitting.find(QPushButton, answer))
        confirm(sitting)
    assert [a.answer for a in page.shown.decisions[-1].approvals] == ["approved", "approved"]


def offer_by_keyboard(sitting: Sitting, application: int, chosen: Path) -> None:
    sitting.go("application", id=application)
    sitting.press("Ctrl+Shift+O")
    page = sitting.window.page
    assert isinstance(page, OfferPage)
    enter(sitting, sitting.find(QPushButton, "Approve…"))
    confirm(sitting)
    assert "The offer lacks the first day, a day ahead until which it stands and an amount." in notice(sitting)
    for field, typed in (
        ("headline", "Come and lead Search"),
        ("starts_on", "4 May 2026"),
        ("expires_on", "20 March 2026"),
    ):
        target = page.form.facts.input(field)
        (getattr(target, "line", None) or target).setFocus()
        sitting.write(typed)
        sitting.press("Tab")
    enter(sitting, page.form.amounts.add)
    for typed in ("Salary", "110,000", "EUR", "gross a year"):
        sitting.write(typed)
        sitting.press("Tab")
    enter(sitting, sitting.find(QPushButton, "Approve…"))
    confirm(sitting)
    assert page.shown is not None
    assert page.shown.status == "approved", notice(sitting)
    enter(sitting, sitting.find(QPushButton, "It was sent…"))
    confirm(sitting)
    sitting.press("Ctrl+Shift+P")
    sitting.qtbot.waitUntil(lambda: not page.bar.busy, timeout=30_000)
    sitting.settle()
    text = " ".join(" ".join(p.extract_text().split()) for p in PdfReader(str(chosen)).pages)
    assert "€110,000 gross a year" in text
    assert "Monday 4 May 2026" in text
    assert "Friday 20 March 2026" in text
    assert [subject for op, subject in history(sitting) if op == "export packet"]


def notice(sitting: Sitting) -> str:
    return sitting.window.notice.accessibleName()


def history(sitting: Sitting) -> list[tuple[str, str]]:
    table = table_of(History)
    with workspace(sitting).read() as connection:
        return [(r.op, r.subject) for r in connection.execute(select(table.c.op, table.c.subject))]


def test_undo_takes_a_walked_dimension_and_the_typed_decision_back(sitting: Sitting) -> None:
    application = application_of(sitting, "Ines Halvorsen")
    sitting.go("debrief", id=application)
    page = sitting.window.page
    assert isinstance(page, DebriefPage)
    assert page._begin.button is not None
    enter(sitting, page._begin.button)
    sitting.press("Ctrl+Return")
    assert page.shown is not None
    assert sum(w.at is not None for w in page.shown.walked.values()) == 1
    sitting.press("Ctrl+Z")
    assert page.shown is not None
    assert sum(w.at is not None for w in page.shown.walked.values()) == 0
    enter(sitting, page.walk.skip)
    confirm(sitting)
    assert page.shown.done
    assert debrief_page(workspace(sitting), application).draft == "", "nothing was typed"
    sitting.press("Ctrl+D", "Space")
    sitting.write("")
    assert '"verdict": "hire"' in debrief_page(workspace(sitting), application).draft


def test_second_scores_stay_beside_the_first_and_need_a_reason_to_be_taken_again(sitting: Sitting) -> None:
    application = application_of(sitting, "Ines Halvorsen")
    sitting.go("debrief", id=application)
    page = sitting.window.page
    assert isinstance(page, DebriefPage)
    assert page._begin.button is not None
    enter(sitting, page._begin.button)
    for typed, reason in (("24", ""), ("3 0", "Wieland had not raised his hand yet")):
        sitting.press("F2")
        sitting.write(typed)
        sitting.press("Return")
        if reason:
            confirm(sitting, reason)
    shown = debrief_page(workspace(sitting), application)
    assert [c.second["mlops"] for c in shown.columns if "mlops" in c.second] == [3, None]
    assert [c.rating("mlops").score for c in shown.columns if "mlops" in c.second] == [2, 4]
    with workspace(sitting).read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM second_vote").scalar() == 2


def test_up_and_down_go_through_the_matrix_and_enter_opens_a_row(sitting: Sitting) -> None:
    sitting.go("debrief", id=application_of(sitting, "Ines Halvorsen"))
    page = sitting.window.page
    assert isinstance(page, DebriefPage)
    rows = list(page.table._rows.values())
    rows[0].setFocus()
    sitting.press("Down", "Down", "Space")
    assert rows[2].isChecked()
    assert "Named the race in the cache fill first" in words(page)
    assert rows[2].accessibleName() == "Software engineering: Hanne Sørby 3, Ruth Amadi 3"
