"""Plans: changed in place before anybody is interviewed, a new version with a reason after it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions import interview, plan
from app.actions.undo import Undoing
from app.domain.panel import PRIOR_VARIANCE, Zone
from app.domain.plan import InterviewPlan, PlannedRound, PlannedSeat, plan_from_text, plan_of_pack
from app.errors import Refused
from app.queries.application import application_page
from app.records.panel_scores import judged
from app.records.plan import newest_plan, read_plan
from app.store.check import check_workspace
from tests.actions.panel import LENA, OMAR, PACK, RUTH, Panel

SIX = plan_of_pack(PACK.rubric, PACK.rubric.default_plan)


def stored(panel: Panel) -> InterviewPlan:
    with panel.workspace.read() as connection:
        return read_plan(connection, newest_plan(connection, 1)).plan


def plan_id(panel: Panel, application: int) -> int:
    with panel.workspace.read() as connection:
        row = connection.exec_driver_sql("SELECT plan_id FROM application WHERE id = ?", (application,))
        return int(row.scalar_one())


def test_a_used_plan_gets_a_new_version_for_who_has_no_interview_yet(panel: Panel) -> None:
    """Ada's interviews are planned, Ben has none."""
    four = replace(SIX, rounds=SIX.rounds[:4], must_have=("mlops",))
    with pytest.raises(Refused, match="an interview is planned by it"):
        plan.change(panel.workspace, 1, four)
    plan.change(panel.workspace, 1, four, "Six rounds can’t be had this spring.")
    assert plan_id(panel, panel.ada) != plan_id(panel, panel.ben)
    assert len(application_page(panel.workspace, panel.ada).rounds) == 6
    assert len(application_page(panel.workspace, panel.ben).rounds) == 4
    assert application_page(panel.workspace, panel.ben).sealing.cards_planned == 4
    with pytest.raises(Refused, match="another plan"):
        interview.add(panel.workspace, panel.ben, 1, RUTH)
    assert check_workspace(panel.workspace) == []


def test_the_rule_a_candidate_is_judged_by_is_that_of_their_plan(panel: Panel) -> None:
    panel.bring_in(0, 1, 2, 3, 4, 5)
    stricter = replace(SIX, hire_from=Fraction(31, 10))
    plan.change(panel.workspace, 1, stricter, "The seat grew.")
    with panel.workspace.read() as connection:
        assert judged(connection, panel.ada, PRIOR_VARIANCE).first.zone is Zone.SUPPORTS_HIRE


def test_an_unused_plan_is_changed_in_its_place_and_undone(panel: Panel) -> None:
    for row in panel.interviews:
        interview.remove(panel.workspace, row)
    seats = (PlannedSeat(OMAR, ("mlops", "data")), PlannedSeat(LENA, ("mlops",), shadow=True))
    changed = replace(SIX, rounds=(PlannedRound("system_design", 75, seats), *SIX.rounds[1:]))
    undoing = Undoing()
    undoing.note(plan.change(panel.workspace, 1, changed))
    assert stored(panel) == changed
    assert len(panel.tables()["plan"]) == 1
    undoing.undo(panel.workspace)
    assert stored(panel) == SIX


def test_an_interview_takes_the_dimensions_of_its_seat(panel: Panel) -> None:
    seats = (PlannedSeat(OMAR, ("mlops", "data")), PlannedSeat(LENA, ("governance",)))
    changed = replace(SIX, rounds=(PlannedRound("system_design", 75, seats),))
    plan.change(panel.workspace, 1, changed, "One long round.")
    first = application_page(panel.workspace, panel.ben).rounds[0]
    interview.add(panel.workspace, panel.ben, first.plan_round, LENA)
    page = application_page(panel.workspace, panel.ben)
    assert page.rounds[0].dimensions == ("governance",)
    assert page.sealing.cards_planned == 2, "the second place of the round is still to be held"
    interview.add(panel.workspace, panel.ben, first.plan_round, OMAR)
    assert application_page(panel.workspace, panel.ben).sealing.cards_planned == 2


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (replace(SIX, rounds=()), "no rounds"),
        (replace(SIX, must_have=("charm",)), "not in this rubric"),
        (replace(SIX, rounds=(PlannedRound("no_such", 60, SIX.rounds[0].seats),)), "Round 1: It names something"),
        (replace(SIX, rounds=(PlannedRound("review", 60, (PlannedSeat(None, ("mlops",), True),)),)), "only shadows"),
        (replace(SIX, rounds=(PlannedRound("review", 60, (PlannedSeat(None, ()),)),)), "has no dimension"),
        (replace(SIX, rounds=(PlannedRound("review", 2, SIX.rounds[0].seats),)), "5 to 480"),
        (
            replace(SIX, rounds=(PlannedRound("review", 60, (PlannedSeat(1, ("mlops",)), PlannedSeat(1, ("data",)))),)),
            "sits in it twice",
        ),
        (replace(SIX, mixed_from=Fraction(3)), "mixed from"),
    ],
)
def test_a_plan_that_does_not_hold_is_refused_with_its_round(panel: Panel, wrong: InterviewPlan, why: str) -> None:
    before = panel.tables()
    with pytest.raises(Refused, match=why):
        plan.change(panel.workspace, 1, wrong, "Because.")
    assert panel.tables() == before


@given(st.lists(st.tuples(st.integers(5, 480), st.sets(st.sampled_from(PACK.rubric.dimension_ids), min_size=1))))
def test_a_template_brings_back_what_was_kept(rounds: list[tuple[int, set[str]]]) -> None:
    kept = replace(
        SIX, rounds=tuple(PlannedRound("review", m, (PlannedSeat(None, tuple(sorted(d))),)) for m, d in rounds)
    )
    assert plan_from_text(kept.as_text()) == kept


def test_a_template_has_no_people_and_is_replaced_by_name(panel: Panel) -> None:
    seats = (PlannedSeat(OMAR, ("mlops",)),)
    plan.keep_template(panel.workspace, " One round ", replace(SIX, rounds=(PlannedRound("review", 60, seats),)))
    plan.keep_template(panel.workspace, "One round", SIX)
    kept = panel.tables()["plan_template"]
    assert len(kept) == 1
    assert plan_from_text(str(kept[0][2])) == SIX
    with pytest.raises(Refused, match="needs a name"):
        plan.keep_template(panel.workspace, " ", SIX)
