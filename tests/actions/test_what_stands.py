"""What stands: undo does not reach behind a declaration, and later cards, flags and decisions do not rewrite it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.actions import (
    application,
    candidate,
    colleague,
    debrief,
    decision,
    export_records,
    interview,
    offer,
    opening,
    plan,
    scorecard,
)
from app.actions.decision import NewDecision
from app.actions.offer import Amount
from app.actions.undo import Undoing, apply_inverse, can_be_undone
from app.domain.debrief import FlagVerdict
from app.domain.decision import Verdict
from app.domain.offer import Money, OfferStatus
from app.domain.operations import Op
from app.domain.panel import PRIOR_VARIANCE, Zone
from app.domain.pipeline import Outcome
from app.domain.scorecard import Overall
from app.errors import NotYet, Refused
from app.packets.offer.packet import offer_packet
from app.queries.application import application_page
from app.queries.debrief import debrief_page
from app.queries.hiring import hiring_facts
from app.queries.offer import offer_facts, offer_page
from app.queries.plan import plan_page
from app.records.panel_scores import JudgedApplication, first_scores, judged, open_variance
from app.store.check import check_workspace
from tests.actions.panel import LENA, OMAR, RUTH, Panel, hire
from tests.actions.test_offer import approve_all
from tests.packets.reading import text_of

YES = NewDecision(Verdict.HIRE, "MLE3", "Yes.")
ALL = (0, 1, 2, 3, 4, 5)


def result(panel: Panel) -> JudgedApplication:
    with panel.workspace.read() as connection:
        return judged(connection, panel.ada, PRIOR_VARIANCE)


def whole_offer(panel: Panel) -> int:
    """Decided, answered by everybody, and drafted with its money."""
    panel.bring_in(*ALL)
    debrief.start(panel.workspace, panel.ada)
    decision.decide(panel.workspace, panel.ada, YES)
    approve_all(panel)
    row = offer.draft(panel.workspace, panel.ada).subject
    today = panel.workspace.today()
    offer.edit(panel.workspace, row, starts_on=today + timedelta(days=50), expires_on=today + timedelta(days=6))
    return row


def undo_all(panel: Panel, undoing: Undoing) -> list[str]:
    """Take back whatever can be; the refusals' sentences."""
    refused = []
    while undoing.next_undo is not None:
        try:
            undoing.undo(panel.workspace)
        except Refused as why:
            refused.append(str(why))
    return refused


def test_an_approved_offer_keeps_its_money_and_terms_through_undo(panel: Panel) -> None:
    row, undoing = whole_offer(panel), Undoing()
    undoing.note(offer.set_amounts(panel.workspace, row, [Amount("Salary", Money(9_000_000, "EUR"))]))
    panel.clock.turn(minutes=5)
    undoing.note(offer.set_amounts(panel.workspace, row, [Amount("Salary", Money(9_500_000, "EUR"))]))
    undoing.note(offer.set_terms(panel.workspace, row, [("Leave", "30 days")]))
    offer.advance(panel.workspace, row, OfferStatus.APPROVED, panel.workspace.today())
    before = panel.tables()
    assert len(undo_all(panel, undoing)) == 3
    assert panel.tables() == before
    assert offer_page(panel.workspace, row).amounts[0].money == Money(9_500_000, "EUR")


def test_a_plan_that_was_used_keeps_its_must_haves_through_undo(panel: Panel) -> None:
    for row in panel.interviews:
        interview.remove(panel.workspace, row)
    undoing = Undoing()
    undoing.note(plan.change(panel.workspace, 1, replace(plan_page(panel.workspace, 1).plan, must_have=("mlops",))))
    added = [interview.add(panel.workspace, panel.ada, n, w).subject for n, w in enumerate((RUTH, OMAR), start=1)]
    panel.interviews[:2] = added
    panel.bring_in(0)
    assert [w for w in undo_all(panel, undoing) if "in use since" in w]
    assert plan_page(panel.workspace, 1).plan.must_have == ("mlops",)


def test_an_interviewer_whose_card_is_in_stays_through_undo(panel: Panel) -> None:
    row, undoing = panel.interviews[0], Undoing()
    undoing.note(interview.edit(panel.workspace, row, LENA, None, 60, ""))
    panel.bring_in(0)
    assert panel.holder(0) == LENA
    assert [w for w in undo_all(panel, undoing) if "begun since" in w]
    assert panel.holder(0) == LENA
    assert application_page(panel.workspace, panel.ada).sealing.cards_in == 1


def test_a_scored_interview_is_moved_by_hand_and_not_by_undo(panel: Panel) -> None:
    row, undoing = panel.interviews[0], Undoing()
    undoing.note(interview.edit(panel.workspace, row, RUTH, panel.clock.moment, 75, "Room 2"))
    panel.clock.turn(hours=3)
    panel.bring_in(0)
    before = panel.tables()
    assert [w for w in undo_all(panel, undoing) if "is in since" in w]
    assert panel.tables() == before
    panel.clock.turn(hours=1)
    undoing.note(interview.edit(panel.workspace, row, RUTH, panel.clock.moment, 75, "Room 3"))
    assert undo_all(panel, undoing) == [], "what was done after the card is no part of it"
    assert application_page(panel.workspace, panel.ada).rounds[0].place == "Room 2"


def test_what_a_decision_rests_on_is_shut_to_undo_and_redo(panel: Panel) -> None:
    undoing, ada, tables = Undoing(), panel.ada, ("interview", "debrief_walk", "application", "stage_entry")
    undoing.note(application.move(panel.workspace, ada, 3))
    undoing.undo(panel.workspace)  # redo would do it again
    panel.bring_in(*ALL)
    begun = debrief.start(panel.workspace, ada).subject
    panel.clock.turn(minutes=5)
    steps = [
        debrief.note(panel.workspace, begun, "mlops", "Agreed after a talk."),
        debrief.walked(panel.workspace, begun, "mlops"),
        debrief.skip_rest(panel.workspace, begun),
        application.move(panel.workspace, ada, 4),
        interview.add(panel.workspace, ada, 1, OMAR, shadow=True),
        decision.draft(panel.workspace, ada, "Half a sentence"),
    ]
    panel.clock.turn(minutes=5)
    decision.decide(panel.workspace, ada, replace(YES, departure="Seen."))
    before = panel.tables()
    for step in steps:
        assert not can_be_undone(panel.workspace, step), step.words
        with pytest.raises(Refused, match="was decided since"):
            apply_inverse(panel.workspace, step, Op.UNDO)
    with pytest.raises(Refused, match="since"):
        undoing.redo(panel.workspace)
    assert panel.tables() == before
    panel.clock.turn(minutes=5)
    later = application.move(panel.workspace, ada, 5)
    assert can_be_undone(panel.workspace, later)
    assert panel.tables() != before
    apply_inverse(panel.workspace, later, Op.UNDO)
    assert {t: panel.tables()[t] for t in tables} == {t: before[t] for t in tables}


def test_what_a_debrief_and_opened_cards_rest_on_is_shut_to_undo(panel: Panel) -> None:
    added = interview.add(panel.workspace, panel.ada, 2, LENA)
    panel.bring_in(0)
    panel.clock.turn(minutes=5)
    panel.open_early()
    with pytest.raises(Refused, match="were opened since"):
        apply_inverse(panel.workspace, added, Op.UNDO)
    panel.clock.turn(minutes=5)
    moved = application.move(panel.workspace, panel.ada, 4)
    panel.clock.turn(minutes=5)
    debrief.start(panel.workspace, panel.ada)
    with pytest.raises(Refused, match="was begun since"):
        apply_inverse(panel.workspace, moved, Op.UNDO)


def test_undo_ends_at_what_was_declared_and_says_so(panel: Panel) -> None:
    undoing = Undoing()
    undoing.note(candidate.edit(panel.workspace, 2, place="Oslo"))
    card = panel.start()
    panel.fill(card)
    undoing.note(panel.submit(card))
    assert undoing.next_undo is None, "the older edit is not what was just done"
    with pytest.raises(Refused, match="“card for Ada Lind” was recorded for good"):
        undoing.undo(panel.workspace)
    undoing.note(candidate.edit(panel.workspace, 2, phone="+47 1"))
    packet = export_records.packet_left(panel.workspace, panel.ada, "hiring", "1", "0" * 64)
    undoing.note(packet)
    assert undoing.next_undo == "edit of Ben Okoro", "a packet that left changes nothing"


def test_the_level_of_an_opening_is_not_taken_back_once_somebody_is_interviewed(panel: Panel) -> None:
    for row in panel.interviews:
        interview.remove(panel.workspace, row)
    step = opening.edit(
        panel.workspace,
        1,
        code="SR-2026-01",
        role="Senior ML engineer",
        level="MLE5",
        seats=1,
        approved_on=None,
        approved_by=None,
        manager=None,
    )
    assert can_be_undone(panel.workspace, step)
    interview.add(panel.workspace, panel.ada, 1, RUTH)
    with pytest.raises(Refused, match="level stays"):
        apply_inverse(panel.workspace, step, Op.UNDO)


def test_a_plan_in_use_changes_with_a_reason_every_time_and_for_good(panel: Panel) -> None:
    undoing, shown = Undoing(), plan_page(panel.workspace, 1).plan
    undoing.note(plan.change(panel.workspace, 1, replace(shown, must_have=("mlops",)), "The team lost its lead."))
    with pytest.raises(Refused, match="in use"):
        plan.change(panel.workspace, 1, replace(shown, must_have=("data",)))
    plan.change(panel.workspace, 1, replace(shown, must_have=("data",)), "And then it found one.")
    assert [v.reason for v in plan_page(panel.workspace, 1).versions][:2] == [
        "And then it found one.",
        "The team lost its lead.",
    ]
    assert undoing.next_undo is None, "a locked plan is declared"


def test_an_offer_goes_no_further_than_its_decision(panel: Panel) -> None:
    row, today = whole_offer(panel), panel.workspace.today()
    offer.set_amounts(panel.workspace, row, [Amount("Salary", Money(9_000_000, "EUR"))])
    offer.advance(panel.workspace, row, OfferStatus.APPROVED, today)
    no = NewDecision(Verdict.NO_HIRE, "MLE3", "A reference.", change_reason="It came late.", departure="The reference.")
    decision.decide(panel.workspace, panel.ada, no)
    for status in (OfferStatus.SENT, OfferStatus.ACCEPTED):
        with pytest.raises(Refused):
            offer.advance(panel.workspace, row, status, today)
    with pytest.raises(Refused, match="decided anew"):
        offer.advance(panel.workspace, row, OfferStatus.SENT, today)
    offer.advance(panel.workspace, row, OfferStatus.WITHDRAWN, today, "Decided anew.")
    assert application_page(panel.workspace, panel.ada).outcome == Outcome.ACTIVE


def test_an_offer_shows_the_answers_to_its_own_decision(panel: Panel) -> None:
    row, today = whole_offer(panel), panel.workspace.today()
    offer.set_amounts(panel.workspace, row, [Amount("Salary", Money(9_000_000, "EUR"))])
    decision.decide(panel.workspace, panel.ada, replace(YES, change_reason="A word was missing."))
    assert {a.answer for a in offer_page(panel.workspace, row).approvals} == {"approved"}
    with pytest.raises(Refused, match="decided anew"):
        offer.advance(panel.workspace, row, OfferStatus.APPROVED, today)


def test_nobody_is_hired_through_a_closed_application(panel: Panel) -> None:
    row, today = whole_offer(panel), panel.workspace.today()
    offer.set_amounts(panel.workspace, row, [Amount("Salary", Money(9_000_000, "EUR"))])
    offer.advance(panel.workspace, row, OfferStatus.APPROVED, today)
    offer.advance(panel.workspace, row, OfferStatus.SENT, today)
    application.close(panel.workspace, panel.ada, Outcome.WITHDRAWN, "Gone.")
    with pytest.raises(Refused, match="is closed"):
        offer.advance(panel.workspace, row, OfferStatus.ACCEPTED, today)
    application.reopen(panel.workspace, panel.ada)
    offer.advance(panel.workspace, row, OfferStatus.ACCEPTED, today)
    shown = application_page(panel.workspace, panel.ada)
    assert (shown.outcome, shown.close_reason) == (Outcome.HIRED, "")


def test_an_offer_that_does_not_stand_says_so_on_every_page_and_is_not_signed(panel: Panel) -> None:
    row, today = whole_offer(panel), panel.workspace.today()
    pages = text_of(offer_packet(offer_facts(panel.workspace, panel.ada)))
    assert all("Offer, drafted" in page for page in pages)
    assert not any("I accept this offer" in page for page in pages)
    offer.set_amounts(panel.workspace, row, [Amount("Salary", Money(9_000_000, "EUR"))])
    offer.advance(panel.workspace, row, OfferStatus.APPROVED, today)
    pages = text_of(offer_packet(offer_facts(panel.workspace, panel.ada)))
    assert any("I accept this offer" in page for page in pages)
    assert not any("Offer, " in page for page in pages)
    offer.advance(panel.workspace, row, OfferStatus.WITHDRAWN, today, "The budget went.")
    pages = text_of(offer_packet(offer_facts(panel.workspace, panel.ada)))
    assert all("Offer, withdrawn" in page for page in pages)


@pytest.mark.parametrize("letter", ["Hello {nobody}, {terms}", "Hello {name}", "Hello {name}, {terms} and }"])
def test_a_letter_that_cannot_be_filled_is_named_and_not_printed(panel: Panel, letter: str) -> None:
    row = whole_offer(panel)
    offer.edit(panel.workspace, row, letter=letter)
    with pytest.raises(NotYet, match="can’t be filled"):
        offer_facts(panel.workspace, panel.ada)


def test_a_further_interview_after_a_hold_leaves_the_debrief_open(panel: Panel) -> None:
    panel.bring_in(*ALL)
    row = debrief.start(panel.workspace, panel.ada).subject
    hold = NewDecision(Verdict.HOLD, "MLE3", "Once more.", missing=("data", "system_design"))
    decision.decide(panel.workspace, panel.ada, hold)
    again = interview.add(panel.workspace, panel.ada, 2, RUTH).subject
    with panel.workspace.acting(OMAR):
        assert debrief_page(panel.workspace, panel.ada).open
        debrief.note(panel.workspace, row, "mlops", "Still clear.")
    assert not application_page(panel.workspace, panel.ada).open, "Ruth owes the further card"
    interview.remove(panel.workspace, again)
    assert application_page(panel.workspace, panel.ada).open


def test_second_scores_end_with_the_decision_and_go_on_after_a_hold(panel: Panel) -> None:
    panel.bring_in(*ALL)
    row = debrief.start(panel.workspace, panel.ada).subject
    raters = [c.colleague for c in debrief_page(panel.workspace, panel.ada).raters("mlops")]
    hold = NewDecision(Verdict.HOLD, "MLE3", "Once more.", missing=("data", "system_design"))
    decision.decide(panel.workspace, panel.ada, hold)
    debrief.score_again(panel.workspace, row, "mlops", dict.fromkeys(raters, 3))
    decision.decide(panel.workspace, panel.ada, replace(YES, change_reason="It was seen."))
    with pytest.raises(Refused, match="stay as they were"):
        debrief.score_again(panel.workspace, row, "mlops", dict.fromkeys(raters, 1), "Again.")


def red_of(panel: Panel, *numbers: int) -> tuple[str, str]:
    """A red flag all these rounds may see, and its dimension there."""
    shared = set.intersection(*(set(panel.rounds[n].dimensions) for n in numbers))
    return next(
        (signal.id, dimension)
        for signal in panel.rubric.signals
        if signal.kind == "red"
        for dimension in signal.dimensions
        if dimension in shared
    )


def shared(panel: Panel, one: int, other: int) -> bool:
    """Whether two rounds look at a dimension that has a red flag."""
    dimensions = set(panel.rounds[one].dimensions) & set(panel.rounds[other].dimensions)
    return any(s.kind == "red" and dimensions & set(s.dimensions) for s in panel.rubric.signals)


def flagged(panel: Panel, number: int, signal: str, dimension: str) -> int:
    card = panel.start(number)
    panel.fill(card, number)
    with panel.workspace.acting(panel.holder(number)):
        scorecard.observe(panel.workspace, card, dimension, signal, seen=True, quote="“Who cares.”")
    panel.submit(card, number)
    return card


def test_a_red_flag_on_a_late_card_is_on_the_page_and_leaves_the_first_result(panel: Panel) -> None:
    signal, dimension = red_of(panel, 1)
    panel.bring_in(0, 2, 3, 4, 5)
    panel.open_early()
    debrief.start(panel.workspace, panel.ada)
    before = result(panel).first
    panel.clock.turn(minutes=5)
    flagged(panel, 1, signal, dimension)
    found = result(panel)
    assert found.first == before
    assert found.second is not None
    assert found.second.open_red_flags == 1
    page = debrief_page(panel.workspace, panel.ada)
    assert [f.signal for f in page.flags] == [signal]
    assert [c.late for c in page.columns] == [False, True, False, False, False, False]
    debrief.resolve_flag(panel.workspace, panel.ada, signal, FlagVerdict.NOT_SUPPORTED, "Said in jest.")
    assert debrief_page(panel.workspace, panel.ada).flags[0].verdict == "not_supported"


def test_a_settled_red_flag_is_open_again_when_somebody_else_sees_it(panel: Panel) -> None:
    first, later = next((a, b) for a in ALL for b in ALL if panel.holder(a) != panel.holder(b) and shared(panel, a, b))
    signal, dimension = red_of(panel, first, later)
    flagged(panel, first, signal, dimension)
    with panel.workspace.acting(panel.holder(first)):
        for row in panel.interviews:
            if panel.holder(panel.interviews.index(row)) == panel.holder(first) and row != panel.interviews[first]:
                interview.remove(panel.workspace, row)
        application.open_cards(panel.workspace, panel.ada, "The panel meets today.")
        debrief.start(panel.workspace, panel.ada)
        panel.clock.turn(minutes=1)
        debrief.resolve_flag(panel.workspace, panel.ada, signal, FlagVerdict.NOT_SUPPORTED, "Said in jest.")
    assert result(panel).open_flags == ()
    panel.clock.turn(minutes=1)
    flagged(panel, later, signal, dimension)
    assert result(panel).open_flags == (signal,)


def test_a_flag_amended_away_can_still_be_settled(panel: Panel) -> None:
    signal, dimension = red_of(panel, 0)
    card = flagged(panel, 0, signal, dimension)
    panel.bring_in(1, 2, 3, 4, 5)
    debrief.start(panel.workspace, panel.ada)
    panel.clock.turn(minutes=1)
    again = scorecard.amend(panel.workspace, card, "I misheard.").subject
    scorecard.observe(panel.workspace, again, dimension, signal, seen=False)
    scorecard.submit(panel.workspace, again)
    assert result(panel).first.open_red_flags == 1
    debrief.resolve_flag(panel.workspace, panel.ada, signal, FlagVerdict.NOT_SUPPORTED, "It was misheard.")
    assert result(panel).first.open_red_flags == 0


def test_late_cards_are_shown_and_printed_as_late(panel: Panel) -> None:
    panel.bring_in(0)
    panel.open_early()
    debrief.start(panel.workspace, panel.ada)
    panel.clock.turn(minutes=5)
    panel.bring_in(1, 2)
    assert [c.late for c in debrief_page(panel.workspace, panel.ada).columns] == [False, True, True]
    facts = hiring_facts(panel.workspace, panel.ada)
    assert [i.card is not None and i.card.late for i in facts.interviews] == [False, True, True, False, False, False]
    assert facts.second is not None


def test_the_page_the_packet_and_the_reports_count_the_same_cards(panel: Panel) -> None:
    """With a clock that stands: the card and the debrief have the same moment."""
    panel.bring_in(0)
    panel.open_early()
    debrief.start(panel.workspace, panel.ada)
    with panel.workspace.read() as connection:
        assert len(first_scores(connection, [panel.ada])) == len(panel.rounds[0].dimensions)
    assert len(result(panel).first_cards) == 1


def test_two_people_of_one_name_are_two_raters(panel: Panel) -> None:
    colleague.edit(panel.workspace, LENA, "Omar Haddad", "", "")
    panel.bring_in(0)
    panel.start(1)
    panel.fill(2, 1, score=1)
    panel.submit(2, 1)
    panel.bring_in(2, 3, 4, 5)
    carried = result(panel).first.carried_by
    raters = {"Ruth Amadi", "Omar Haddad", "Omar Haddad (2)"}
    assert set(carried) <= raters
    assert "Omar Haddad" in carried, "one of the two alone drew it down"


def test_the_words_of_a_decision_are_kept_from_who_owes_a_card(panel: Panel) -> None:
    panel.bring_in(0)
    panel.open_early()
    debrief.start(panel.workspace, panel.ada)
    decision.decide(panel.workspace, panel.ada, hire("MLE3", "Ruth scored 4 on people.", [(LENA, "Too soft.")]))
    with panel.workspace.acting(OMAR):
        for shown in (
            application_page(panel.workspace, panel.ada).decisions[-1],
            debrief_page(panel.workspace, panel.ada).decisions[-1],
        ):
            assert (shown.verdict, shown.by.name, shown.sealed) == ("hire", "Ruth Amadi", True)
            assert (shown.reason, shown.dissents, shown.departure, shown.zone) == ("", (), "", None)
    assert application_page(panel.workspace, panel.ada).decisions[-1].reason == "Ruth scored 4 on people."


def test_a_band_tells_nothing_of_cards_that_are_sealed(panel: Panel) -> None:
    panel.bring_in(*ALL)
    for number, who in ((1, OMAR), (2, LENA)):
        interview.add(panel.workspace, panel.ben, number, who)
    with panel.workspace.read() as connection:
        before = open_variance(connection, RUTH, panel.ada)
    rows = [r.interview for r in application_page(panel.workspace, panel.ben).rounds if r.interview]
    for row, who, score in zip(rows, (OMAR, LENA), (1, 4), strict=True):
        with panel.workspace.acting(who):
            card = scorecard.start(panel.workspace, row).subject
            for dimension in panel.rounds[rows.index(row)].dimensions:
                scorecard.note(panel.workspace, card, "Heard.", dimension)
                scorecard.rate(panel.workspace, card, dimension, score)
            scorecard.vote(panel.workspace, card, Overall.HIRE, "So.")
            scorecard.submit(panel.workspace, card)
    with panel.workspace.read() as connection:
        assert open_variance(connection, RUTH, panel.ada) == before
    assert result(panel).first.zone is Zone.SUPPORTS_HIRE
    assert check_workspace(panel.workspace) == []
