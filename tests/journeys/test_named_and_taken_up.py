"""Who answers for a role is named while nobody has."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from app.actions import decision, offer
from app.actions.decision import NewDecision
from app.desk.pages.offers.offer_page import OfferPage
from app.desk.parts.controls import Button
from app.domain.decision import Answer, Verdict
from app.domain.offer import OfferStatus
from app.domain.operations import DECLARED, Op
from app.queries.lists import colleague_rows
from app.queries.offer import offer_page, offer_rows
from tests.journeys.conftest import Sitting
from tests.journeys.test_debrief_to_offer import enter
from tests.journeys.test_forms_back import words, workspace

MENU = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
ROLE = "VP of Everything"


def unanswered(sitting: Sitting) -> int:
    """A drafted offer whose decision waits for a role that nobody holds."""
    known = workspace(sitting)
    row = next(r for r in offer_rows(known) if r.status == "sent")
    offer.advance(known, row.id, OfferStatus.WITHDRAWN, known.today(), "Drafted anew.")
    new = NewDecision(
        Verdict.HIRE,
        row.level,
        "Still yes.",
        change_reason="The chain changed.",
        departure="See above.",
        approvers=[(ROLE, None)],
    )
    decision.decide(known, row.application, new)
    return offer.draft(known, row.application).subject


@MENU
@pytest.mark.parametrize("place", ["offer", "application", "debrief"])
def test_who_answers_for_a_role_is_named_by_keyboard_and_taken_back(sitting: Sitting, place: str) -> None:
    drafted = unanswered(sitting)
    known = workspace(sitting)
    sitting.go(place, id=drafted if place == "offer" else offer_page(known, drafted).application)
    enter(sitting, sitting.find(QPushButton, f"Who answers as {ROLE}"))
    menu = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible())
    assert menu.activeAction() is menu.actions()[0], "the arrow keys go on from the first"
    chosen = next(a for a in menu.actions() if a.text().startswith("Karim Belhadj"))
    menu.setActiveAction(chosen)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    sitting.settle()
    assert [a.name for a in offer_page(known, drafted).approvals] == ["Karim Belhadj"]
    assert f"Karim Belhadj, {ROLE}" in words(sitting.window)
    sitting.press("Ctrl+Z")
    assert [a.name for a in offer_page(known, drafted).approvals] == [""]
    assert "Karim Belhadj, VP" not in words(sitting.window)


def test_one_who_has_answered_stays(sitting: Sitting) -> None:
    drafted = unanswered(sitting)
    known = workspace(sitting)
    (approval,) = offer_page(known, drafted).approvals
    decision.name_approver(known, approval.id, next(c.id for c in colleague_rows(known) if c.name == "Karim Belhadj"))
    decision.answer(known, approval.id, Answer.APPROVED, date(2026, 3, 12))
    sitting.go("offer", id=drafted)
    page = sitting.window.page
    assert isinstance(page, OfferPage)
    assert not [b for b in page.findChildren(Button) if b.accessibleName().startswith("Who answers")]
    assert Op.NAME_APPROVER not in DECLARED
    assert Op.APPROVE in DECLARED
