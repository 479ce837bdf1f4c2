"""Debriefs: begun when the cards are open, first scores kept, second ones beside them, flags settled in words."""

from __future__ import annotations

import pytest

from app.actions import debrief, decision, interview, scorecard
from app.actions.decision import NewDecision
from app.actions.undo import apply_inverse
from app.domain.debrief import FlagVerdict
from app.domain.decision import Answer, Verdict
from app.domain.operations import Op
from app.domain.panel import PRIOR_VARIANCE, Zone
from app.domain.scorecard import Overall
from app.errors import NotYet, Refused
from app.queries.application import application_page
from app.queries.debrief import debrief_page
from app.records.panel_scores import judged
from app.store.check import check_workspace
from tests.actions.panel import LENA, OMAR, RUTH, Panel


def whole(panel: Panel) -> None:
    """Every card of Ada's is in, each score a 3."""
    panel.bring_in(0, 1, 2, 3, 4, 5)


def begin(panel: Panel) -> int:
    whole(panel)
    panel.clock.turn(minutes=1)
    started = debrief.start(panel.workspace, panel.ada).subject
    panel.clock.turn(minutes=1)
    return started


def zone(panel: Panel) -> tuple[Zone, Zone | None]:
    with panel.workspace.read() as connection:
        result = judged(connection, panel.ada, PRIOR_VARIANCE)
    return result.first.zone, result.second.zone if result.second else None


def test_a_debrief_waits_for_the_cards(panel: Panel) -> None:
    before = panel.tables()
    with pytest.raises(NotYet, match="not open yet"):
        debrief.start(panel.workspace, panel.ada)
    assert panel.tables() == before
    assert debrief_page(panel.workspace, panel.ada).panel is None


def test_begun_twice_it_is_the_same(panel: Panel) -> None:
    first = begin(panel)
    assert debrief.start(panel.workspace, panel.ada).subject == first


def test_second_scores_are_kept_beside_the_first_which_decide(panel: Panel) -> None:
    row = begin(panel)
    assert zone(panel) == (Zone.SUPPORTS_HIRE, None)
    raters = {c.colleague for c in debrief_page(panel.workspace, panel.ada).raters("mlops")}
    debrief.score_again(panel.workspace, row, "mlops", dict.fromkeys(raters, 1))
    assert zone(panel) == (Zone.SUPPORTS_HIRE, Zone.MIXED)
    shown = debrief_page(panel.workspace, panel.ada)
    assert [c.rating("mlops").score for c in shown.raters("mlops")] == [3, 3]
    assert check_workspace(panel.workspace) == []


def test_only_those_who_scored_it_score_again_and_again_needs_a_reason(panel: Panel) -> None:
    row = begin(panel)
    raters = {c.colleague for c in debrief_page(panel.workspace, panel.ada).raters("mlops")}
    outsider = ({RUTH, OMAR, LENA} - raters) or {99}
    with pytest.raises(Refused, match="Second scores come from those who scored it"):
        debrief.score_again(panel.workspace, row, "mlops", dict.fromkeys(raters | outsider, 3))
    with pytest.raises(Refused, match="1, 2, 3 or 4"):
        debrief.score_again(panel.workspace, row, "mlops", dict.fromkeys(raters, 5))
    debrief.score_again(panel.workspace, row, "mlops", dict.fromkeys(raters, 2))
    with pytest.raises(Refused, match="already"):
        debrief.score_again(panel.workspace, row, "mlops", dict.fromkeys(raters, 3))
    debrief.score_again(panel.workspace, row, "mlops", dict.fromkeys(raters, None), "Omar had misheard the question.")
    shown = debrief_page(panel.workspace, panel.ada)
    assert {c.second["mlops"] for c in shown.columns if "mlops" in c.second} == {None}
    assert panel.tables()["second_vote"][0][2] == "mlops", "the earlier vote stays"


def test_an_amended_card_after_the_debrief_counts_as_a_second_score(panel: Panel) -> None:
    begin(panel)
    card = debrief_page(panel.workspace, panel.ada).columns[1].card
    with panel.workspace.acting(panel.holder(1)):
        again = scorecard.amend(panel.workspace, card, "I saw the code since.").subject
        for dimension in panel.rounds[1].dimensions:
            scorecard.rate(panel.workspace, again, dimension, 1)
        scorecard.submit(panel.workspace, again)
    first, second = zone(panel)
    assert first is Zone.SUPPORTS_HIRE
    assert second is not None
    assert second is not Zone.SUPPORTS_HIRE
    assert debrief_page(panel.workspace, panel.ada).columns[1].card == card, "the first card stays in its column"


def test_a_shadow_counts_nowhere_and_nobody_waits_for_it(panel: Panel) -> None:
    shadowed = interview.add(panel.workspace, panel.ada, 1, LENA, dimensions=["mlops"], shadow=True).subject
    panel.interviews.append(shadowed)
    whole(panel)
    page = application_page(panel.workspace, panel.ada)
    assert page.sealing.all_in
    assert page.open
    with panel.workspace.acting(LENA):
        assert not application_page(panel.workspace, panel.ada).open, "a shadow writes alone too"
        card = scorecard.start(panel.workspace, shadowed).subject
        scorecard.note(panel.workspace, card, "It fell over.", "mlops")
        scorecard.rate(panel.workspace, card, "mlops", 1)
        scorecard.vote(panel.workspace, card, Overall.NO_HIRE)
        scorecard.submit(panel.workspace, card)
        assert application_page(panel.workspace, panel.ada).open
    assert zone(panel) == (Zone.SUPPORTS_HIRE, None)
    assert 1 not in {c.score for c in application_page(panel.workspace, panel.ada).strip}
    assert len(debrief_page(panel.workspace, panel.ada).columns) == 6


def test_an_open_red_flag_keeps_the_rule_from_supporting_a_hire(panel: Panel) -> None:
    red = next(
        s for s in panel.rubric.signals if s.kind == "red" and set(s.dimensions) & set(panel.rounds[0].dimensions)
    )
    dimension = next(d for d in red.dimensions if d in panel.rounds[0].dimensions)
    card = panel.start(0)
    panel.fill(card)
    scorecard.observe(panel.workspace, card, dimension, red.id, seen=True, quote="“Nobody needs to know.”")
    panel.submit(card)
    panel.bring_in(1, 2, 3, 4, 5)
    debrief.start(panel.workspace, panel.ada)
    assert zone(panel)[0] is Zone.MIXED
    flag = debrief_page(panel.workspace, panel.ada).flags[0]
    assert flag.quotes == (("Ruth Amadi", "“Nobody needs to know.”"),)
    with pytest.raises(Refused, match="in words"):
        debrief.resolve_flag(panel.workspace, panel.ada, red.id, FlagVerdict.NOT_SUPPORTED, " ")
    with pytest.raises(Refused, match="Nobody observed"):
        debrief.resolve_flag(panel.workspace, panel.ada, "no_such_flag", FlagVerdict.CONFIRMED, "It was said.")
    debrief.resolve_flag(panel.workspace, panel.ada, red.id, FlagVerdict.NOT_SUPPORTED, "Said of a test system.")
    assert zone(panel)[0] is Zone.SUPPORTS_HIRE
    debrief.resolve_flag(panel.workspace, panel.ada, red.id, FlagVerdict.CONFIRMED, "A reference says otherwise.")
    assert debrief_page(panel.workspace, panel.ada).flags[0].verdict == "confirmed"
    assert len(panel.tables()["flag_resolution"]) == 2


def test_a_departure_says_why_and_a_hold_names_what_is_missing(panel: Panel) -> None:
    begin(panel)
    with pytest.raises(Refused, match="departs from the agreed rule"):
        decision.decide(panel.workspace, panel.ada, NewDecision(Verdict.NO_HIRE, "MLE3", "No."))
    with pytest.raises(Refused, match="names what is missing"):
        decision.decide(panel.workspace, panel.ada, NewDecision(Verdict.HOLD, "MLE3", "Once more."))
    hold = NewDecision(Verdict.HOLD, "MLE3", "Once more.", missing=("data", "system_design"))
    decision.decide(panel.workspace, panel.ada, hold)
    kept = debrief_page(panel.workspace, panel.ada).decisions[0]
    assert kept.missing == ("data", "system_design")
    assert kept.zone == Zone.SUPPORTS_HIRE
    assert kept.departure == ""


def test_the_chain_of_approvals_answers_with_dates(panel: Panel) -> None:
    begin(panel)
    decision.draft(panel.workspace, panel.ada, '{"reason": "half a sent"}', typing=True)
    decision.decide(
        panel.workspace, panel.ada, NewDecision(Verdict.HIRE, "MLE3", "Yes.", conditions=["References", " "])
    )
    kept = debrief_page(panel.workspace, panel.ada).decisions[0]
    assert kept.conditions == ("References",)
    assert [a.role for a in kept.approvals] == ["HR partner", "Director of Engineering"]
    assert debrief_page(panel.workspace, panel.ada).draft == ""
    first = kept.approvals[0].id
    with pytest.raises(Refused, match="Nobody is named"):
        decision.answer(panel.workspace, first, Answer.APPROVED, panel.workspace.today())
    undone = apply_inverse(panel.workspace, decision.name_approver(panel.workspace, first, OMAR), Op.UNDO)
    assert debrief_page(panel.workspace, panel.ada).decisions[0].approvals == kept.approvals
    apply_inverse(panel.workspace, undone, Op.REDO)
    with pytest.raises(Refused, match="takes a reason"):
        decision.answer(panel.workspace, first, Answer.DECLINED, panel.workspace.today())
    decision.answer(panel.workspace, first, Answer.APPROVED, panel.workspace.today())
    with pytest.raises(Refused, match="takes a reason"):
        decision.answer(panel.workspace, first, Answer.DECLINED, panel.workspace.today())
    answered = debrief_page(panel.workspace, panel.ada).decisions[0].approvals[0]
    assert (answered.answer, answered.answered_on) == ("approved", panel.workspace.today())
    assert check_workspace(panel.workspace) == []


def test_a_walk_is_kept_and_what_was_left_out_is_recorded(panel: Panel) -> None:
    row = begin(panel)
    debrief.note(panel.workspace, row, "mlops", "Both agree.", typing=True)
    debrief.walked(panel.workspace, row, "mlops")
    debrief.skip_rest(panel.workspace, row)
    shown = debrief_page(panel.workspace, panel.ada)
    assert shown.done
    assert shown.walked["mlops"].note == "Both agree."
    assert [d for d, w in shown.walked.items() if not w.skipped] == ["mlops"]
