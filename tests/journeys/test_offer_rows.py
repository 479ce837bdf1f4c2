"""What is typed into an offer's rows stays until it can be saved, and holds no other row back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.actions import offer
from app.actions.offer import Amount
from app.desk.pages.offers.form import OfferForm
from app.desk.pages.offers.offer_page import OfferPage
from app.desk.parts.label import Text
from app.desk.parts.line_rows import LineRows
from app.desk.parts.side_panel import Confirm
from app.domain.offer import Money, OfferStatus
from app.errors import Refused
from app.queries.offer import OfferView, offer_page, offer_rows
from app.store.workspace import Workspace
from tests.journeys.conftest import Sitting

DAY = date(2026, 3, 12)


def workspace(sitting: Sitting) -> Workspace:
    assert sitting.session.opened is not None
    return sitting.session.opened.desk.workspace


def drafted(sitting: Sitting) -> OfferPage:
    """A draft with two amounts, on its page."""
    known, today = workspace(sitting), workspace(sitting).today()
    sent = next(row for row in offer_rows(known) if row.status == "sent")
    offer.advance(known, sent.id, OfferStatus.WITHDRAWN, today, "Drafted anew.")
    draft = offer.draft(known, sent.application).subject
    offer.set_amounts(known, draft, [Amount("Salary", Money(10000000, "EUR")), Amount("Bonus", Money(500000, "EUR"))])
    sitting.go("offer", id=draft)
    page = sitting.window.page
    assert isinstance(page, OfferPage)
    return page


def in_file(sitting: Sitting, page: OfferPage) -> OfferView:
    assert page.subject is not None
    return offer_page(workspace(sitting), page.subject)


def money(sitting: Sitting, page: OfferPage) -> list[tuple[str, int]]:
    return [(a.name, a.money.minor) for a in in_file(sitting, page).amounts]


def overtype(sitting: Sitting, rows: LineRows, row: int, field: int, text: str) -> None:
    target = rows._lines[row].fields[field]
    target.setFocus()
    target.selectAll()
    sitting.write(text)


def leave(sitting: Sitting, page: OfferPage) -> None:
    """The focus goes elsewhere, and the page asks for everything anew."""
    page.form.facts.input("headline").setFocus(Qt.FocusReason.TabFocusReason)
    page.changed(None)
    sitting.settle()


def words(page: OfferPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(Text) if label.isVisible())


def test_an_amount_that_cannot_be_read_stays_with_its_error_and_holds_nothing_back(sitting: Sitting) -> None:
    page = drafted(sitting)
    rows = page.form.amounts
    overtype(sitting, rows, 0, 1, "112x")
    overtype(sitting, rows, 1, 1, "6,000")
    leave(sitting, page)
    assert [row[1] for row in rows.values] == ["112x", "6,000"], "typed words stay"
    assert "“112x EUR” is no amount." in words(page)
    assert money(sitting, page) == [("Salary", 10000000), ("Bonus", 600000)], "the other row is saved"
    overtype(sitting, rows, 0, 1, "112000")
    leave(sitting, page)
    assert money(sitting, page) == [("Salary", 11200000), ("Bonus", 600000)]
    assert [row[1] for row in rows.values] == ["112,000", "6,000"]
    assert "is no amount" not in words(page)


def test_an_amount_is_said_in_words_at_once_and_asked_back_where_it_can_be_two(sitting: Sitting) -> None:
    page = drafted(sitting)
    rows = page.form.amounts
    assert "Read as 100 thousand euros" in words(page)
    overtype(sitting, rows, 0, 1, "105.000")
    leave(sitting, page)
    assert "“105.000” can be 105 thousand euros or 105 euros. Write 105,000 or 105.00." in words(page)
    assert money(sitting, page)[0] == ("Salary", 10000000), "neither is saved"
    field = rows._lines[0].fields[1]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "105,50")
    assert "Read as 105.50 euros" in words(page), "with the last key, before it is saved"
    overtype(sitting, rows, 0, 1, "105.000,00")
    assert "Read as 105 thousand euros" in words(page)
    assert money(sitting, page)[0] == ("Salary", 10500000)


def test_what_waits_comes_back_with_its_offer_and_the_offer_is_not_approved_without_it(sitting: Sitting) -> None:
    page = drafted(sitting)
    overtype(sitting, page.form.amounts, 0, 1, "112000")
    overtype(sitting, page.form.amounts, 0, 1, "112x")
    here, other = page.subject, next(r.id for r in offer_rows(workspace(sitting)) if r.id != page.subject)
    sitting.go("offer", id=other)
    assert "112x" not in str(page.form.amounts.values)
    sitting.go("offer", id=here)
    assert [row[1] for row in page.form.amounts.values] == ["112x", "5,000"]
    assert "“112x EUR” is no amount." in words(page)
    page._advance(OfferStatus.APPROVED.value)
    assert QApplication.activeModalWidget() is None
    assert "is no amount" in sitting.window.notice.accessibleName()
    sitting.window.close()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Confirm)
    assert "“112x EUR” is no amount." in "".join(t.text() for t in dialog.findChildren(Text))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    sitting.settle()
    sitting.click(page.form.amounts._lines[0].out)
    assert money(sitting, page) == [("Bonus", 500000)]


def test_what_waits_in_a_draft_that_was_withdrawn_comes_back_when_that_is_undone(sitting: Sitting) -> None:
    page = drafted(sitting)
    overtype(sitting, page.form.amounts, 0, 1, "112x")
    leave(sitting, page)
    assert page.subject is not None
    page.desk.write(partial(offer.advance, workspace(sitting), page.subject, OfferStatus.WITHDRAWN, DAY, "No."))
    sitting.settle()
    assert [row[1] for row in page.form.amounts.values] == ["100,000", "5,000"], "what was withdrawn stays as it was"
    assert page.unsaved() == ""
    sitting.press("Ctrl+Z")
    assert [row[1] for row in page.form.amounts.values] == ["112x", "5,000"]
    assert "is no amount" in page.unsaved()


def test_a_new_row_is_not_lost_while_it_is_half_written(sitting: Sitting) -> None:
    page = drafted(sitting)
    sitting.click(page.form.amounts.add)
    sitting.press("Tab")
    sitting.write("7,000")
    sitting.click(page.form.terms.add)
    sitting.press("Tab")
    sitting.write("30 days")
    leave(sitting, page)
    assert page.form.amounts.values[2][1] == "7,000"
    assert page.form.terms.values[-1] == ("", "30 days")
    assert "An amount needs a name." in words(page)
    assert "A term needs a name." in words(page)
    overtype(sitting, page.form.terms, len(page.form.terms._lines) - 1, 0, "Leave, more")
    leave(sitting, page)
    assert in_file(sitting, page).terms[-1] == ("Leave, more", "30 days")


def test_rows_that_are_refused_stay_and_are_tried_again(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    page = drafted(sitting)

    def full(*_given: object, **_values: object) -> None:
        raise Refused("The disk is full.", "Make room.")

    with monkeypatch.context() as broken:
        broken.setattr(offer, "edit", full)
        broken.setattr(offer, "set_terms", full)
        sitting.click(page.form.conditions.add)
        sitting.write("Two references")
        overtype(sitting, page.form.terms, 0, 1, "Antwerp")
        leave(sitting, page)
        assert page.form.conditions.values[-1] == ("Two references",)
        assert page.form.terms.values[0][1] == "Antwerp"
        assert words(page).count("The disk is full. Make room.") == 2
    page.flush()
    sitting.settle()
    assert in_file(sitting, page).conditions[-1] == "Two references"
    assert in_file(sitting, page).terms[0][1] == "Antwerp"
    assert "The disk is full" not in words(page)


def test_two_quick_clicks_choose_two_goals(sitting: Sitting) -> None:
    page = drafted(sitting)
    assert page.shown is not None
    (goal,) = page.shown.conditional
    shown = replace(page.shown, conditional=(goal, goal.model_copy(update={"id": "other"})))
    form = OfferForm(page.desk.theme)
    sitting.qtbot.addWidget(form)
    form.show_offer(shown, ())
    told: list[list[str]] = []
    form.goals_edited.connect(told.append)
    form.show()
    for chip in form._chips.values():
        QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert told == [[goal.id], [goal.id, "other"]]
    form.goals_settled()
    form.show_offer(replace(shown, goals=(goal.id,)), ())
    assert [chip.isChecked() for chip in form._chips.values()] == [True, True], "the second click is on its way"
    form.goals_settled()
    form.show_offer(replace(shown, goals=(goal.id, "other")), ())
    assert [chip.isChecked() for chip in form._chips.values()] == [True, True]


def test_a_goal_is_chosen_and_taken_back(sitting: Sitting) -> None:
    page = drafted(sitting)
    ((goal, chip),) = page.form._chips.items()
    chip.setFocus()
    sitting.press("Space")
    assert in_file(sitting, page).goals == (goal,)
    assert chip.hasFocus(), "the focus stays on what was chosen"
    sitting.press("Ctrl+Z")
    assert in_file(sitting, page).goals == ()
    assert not chip.isChecked()
