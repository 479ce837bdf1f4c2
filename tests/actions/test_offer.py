"""Offers: from a decision to hire, approved when whole, answered once; and undo of what is not declared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.actions import debrief, decision, offer
from app.actions.decision import NewDecision
from app.actions.offer import Amount
from app.actions.undo import Undoing
from app.domain.decision import Answer, Verdict
from app.domain.offer import Money, OfferStatus
from app.errors import NotYet, Refused
from app.queries.application import application_page
from app.queries.debrief import debrief_page
from app.queries.offer import offer_facts, offer_page, offer_rows
from app.queries.today import waiting
from app.queries.waiting import WaitKind
from app.store.change_report import ChangeReport
from app.store.check import check_workspace
from tests.actions.panel import LENA, OMAR, Panel


def hired(panel: Panel) -> None:
    panel.bring_in(0, 1, 2, 3, 4, 5)
    debrief.start(panel.workspace, panel.ada)
    decision.decide(
        panel.workspace,
        panel.ada,
        NewDecision(
            Verdict.HIRE,
            "MLE3",
            "Yes.",
            conditions=["References", "Not above the band: ask finance"],
            for_letter=["References"],
        ),
    )


def approve_all(panel: Panel) -> None:
    chain = debrief_page(panel.workspace, panel.ada).decisions[-1].approvals
    for approval, who in zip(chain, (OMAR, LENA), strict=True):
        decision.name_approver(panel.workspace, approval.id, who)
        decision.answer(panel.workspace, approval.id, Answer.APPROVED, panel.workspace.today())


def written(panel: Panel) -> int:
    hired(panel)
    approve_all(panel)
    row = offer.draft(panel.workspace, panel.ada).subject
    today = panel.workspace.today()
    offer.edit(panel.workspace, row, starts_on=today + timedelta(days=50), expires_on=today + timedelta(days=6))
    offer.set_amounts(panel.workspace, row, [Amount("Salary", Money(9_000_000, "EUR"), "a year")])
    return row


def test_no_offer_without_a_decision_to_hire(panel: Panel) -> None:
    with pytest.raises(NotYet, match="no decision to hire"):
        offer.draft(panel.workspace, panel.ada)
    with pytest.raises(NotYet, match="no offer to print"):
        offer_facts(panel.workspace, panel.ada)


def test_a_draft_takes_the_level_and_the_conditions_marked_for_the_letter_and_there_is_one_at_a_time(
    panel: Panel,
) -> None:
    hired(panel)
    row = offer.draft(panel.workspace, panel.ada).subject
    page = offer_page(panel.workspace, row)
    assert (page.level, page.conditions, page.status) == ("MLE3", ("References",), OfferStatus.DRAFTED)
    assert page.internal == ()
    offer.edit(panel.workspace, row, conditions=["References", "Not above the band: ask finance"])
    assert offer_page(panel.workspace, row).internal == ("Not above the band: ask finance",), "it is pointed out"
    with pytest.raises(Refused, match="has an offer already"):
        offer.draft(panel.workspace, panel.ada)
    with pytest.raises(NotYet, match="no first day"):
        offer_facts(panel.workspace, panel.ada)


def test_an_offer_is_approved_when_the_chain_has_and_it_is_whole(panel: Panel) -> None:
    hired(panel)
    row = offer.draft(panel.workspace, panel.ada).subject
    today = panel.workspace.today()
    with pytest.raises(Refused, match="Not approved yet by: HR partner and Director of Engineering"):
        offer.advance(panel.workspace, row, OfferStatus.APPROVED, today)
    approve_all(panel)
    with pytest.raises(Refused, match="lacks the first day, a day ahead until which it stands and an amount"):
        offer.advance(panel.workspace, row, OfferStatus.APPROVED, today)
    offer.edit(panel.workspace, row, starts_on=today, expires_on=today, letter="Dear {whom}, {terms}")
    offer.set_amounts(panel.workspace, row, [Amount("Salary", Money(1, "EUR"))])
    with pytest.raises(Refused, match=r"a letter that can be filled \(\{whom\}\)"):
        offer.advance(panel.workspace, row, OfferStatus.APPROVED, today)


def test_what_was_approved_stays_as_it_is(panel: Panel) -> None:
    row = written(panel)
    today = panel.workspace.today()
    offer.advance(panel.workspace, row, OfferStatus.APPROVED, today)
    before = panel.tables()
    changes: tuple[Callable[[], ChangeReport], ...] = (
        lambda: offer.edit(panel.workspace, row, headline="Come"),
        lambda: offer.set_amounts(panel.workspace, row, []),
        lambda: offer.set_terms(panel.workspace, row, [("Place", "Home")]),
        lambda: offer.advance(panel.workspace, row, OfferStatus.ACCEPTED, today),
        lambda: offer.advance(panel.workspace, row, OfferStatus.WITHDRAWN, today, " "),
    )
    for change in changes:
        with pytest.raises(Refused):
            change()
    assert panel.tables() == before


def test_a_yes_closes_the_application_and_can_be_taken_back(panel: Panel) -> None:
    row = written(panel)
    today = panel.workspace.today()
    offer.advance(panel.workspace, row, OfferStatus.APPROVED, today)
    offer.advance(panel.workspace, row, OfferStatus.SENT, today)
    with pytest.raises(Refused, match="stands until"):
        offer.advance(panel.workspace, row, OfferStatus.EXPIRED, today)
    assert [w.kind for w in waiting(panel.workspace)] == [WaitKind.OFFER]
    undoing = Undoing()
    undoing.note(offer.advance(panel.workspace, row, OfferStatus.ACCEPTED, today))
    assert application_page(panel.workspace, panel.ada).outcome == "hired"
    assert [r.status for r in offer_rows(panel.workspace)] == ["accepted"]
    undoing.undo(panel.workspace)
    assert application_page(panel.workspace, panel.ada).outcome == "active"
    offer.advance(panel.workspace, row, OfferStatus.DECLINED, today, "Stays where she is.")
    assert offer_page(panel.workspace, row).events[-1].reason == "Stays where she is."
    assert waiting(panel.workspace) == ()
    assert check_workspace(panel.workspace) == []


def test_rows_keep_their_order_and_odd_ones_are_refused(panel: Panel) -> None:
    row = written(panel)
    offer.set_terms(panel.workspace, row, [("Leave", "30 days"), ("", ""), ("Place", "Home")])
    assert offer_page(panel.workspace, row).terms == (("Leave", "30 days"), ("Place", "Home"))
    with pytest.raises(Refused, match="needs a name"):
        offer.set_terms(panel.workspace, row, [(" ", "30 days")])
    for wrong in (Money(-1, "EUR"), Money(1, "eur"), Money(1, "EURO"), Money(10**14, "EUR")):
        with pytest.raises(Refused):
            offer.set_amounts(panel.workspace, row, [Amount("Salary", wrong)])
    assert offer_page(panel.workspace, row).amounts[0].money == Money(9_000_000, "EUR")
