"""Growth plans: begun, goals and their actions, check-ins, evidence, sharing; and undo of everything typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.actions import checkin, evidence, growth
from app.actions.growth import NewGoal
from app.actions.undo import Undoing
from app.domain.growth import next_check_in
from app.errors import NotFound, Refused
from app.queries.growth import GrowthView, compare_tracks, growth_page, growth_rows, suggested
from app.store.change_report import ChangeReport
from app.store.check import check_file
from app.store.workspace import Workspace
from tests.actions.panel import Panel
from tests.grown import add_member, salma

GOAL = NewGoal("people", "Bruno owns the pipeline", "Two releases", steps=2, steps_unit="releases")


class Plan:
    """Ada's workspace with one member and an empty plan."""

    def __init__(self, panel: Panel) -> None:
        self.panel, self.workspace = panel, panel.workspace
        self.member = add_member(self.workspace, "Salma Petrov")
        self.plan = growth.begin(self.workspace, self.member, "M1").subject
        self.undoing = Undoing()

    @property
    def page(self) -> GrowthView:
        return growth_page(self.workspace, self.member)

    def goal(self, **values: Any) -> int:
        return growth.add_goal(
            self.workspace, self.plan, NewGoal(**{"dimension": "people", "title": "A", **values})
        ).subject


@pytest.fixture
def plan(panel: Panel) -> Plan:
    return Plan(panel)


def test_a_new_plan_ends_the_one_before(plan: Plan) -> None:
    again = growth.begin(plan.workspace, plan.member, None).subject
    assert plan.page.plan == again
    assert plan.page.target is None
    assert plan.page.against == "MLE3"
    with plan.workspace.read() as connection:
        ended = connection.exec_driver_sql("SELECT id, ended_on FROM growth_plan ORDER BY id").all()
    assert [row[1] is not None for row in ended] == [True, False]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": "  "}, "needs a sentence"),
        ({"dimension": "charm"}, "no dimension"),
        ({"steps": 51}, "fifty"),
        ({"owner": 99}, "There is no colleague 99"),
    ],
)
def test_a_goal_that_is_not_sound_is_refused(plan: Plan, values: dict[str, Any], words: str) -> None:
    with pytest.raises((Refused, NotFound), match=words):
        plan.goal(**values)
    assert plan.page.goals == ()


def test_a_level_the_guide_has_not_is_refused(plan: Plan) -> None:
    with pytest.raises(Refused, match="M9"):
        growth.begin(plan.workspace, plan.member, "M9")
    with pytest.raises(Refused, match="M9"):
        growth.edit_plan(plan.workspace, plan.plan, target="M9")


def test_a_fourth_open_goal_asks_why_and_so_does_opening_one_again(plan: Plan) -> None:
    goals = [plan.goal() for _ in range(3)]
    with pytest.raises(Refused, match="3 goals are open"):
        plan.goal()
    growth.settle_goal(plan.workspace, goals[0], growth.REACHED)
    plan.goal()
    with pytest.raises(Refused, match="3 goals are open"):
        growth.settle_goal(plan.workspace, goals[0], growth.OPEN)
    growth.settle_goal(plan.workspace, goals[0], growth.OPEN, "The release can’t wait.")
    fifth = plan.goal(more_reason="Asked for by the client.")
    assert [g.more_reason for g in plan.page.goals if g.id in (goals[0], fifth)] == [
        "The release can’t wait.",
        "Asked for by the client.",
    ]
    assert len(plan.page.open_goals) == 5


def test_when_i_will_is_tidied_and_half_of_one_is_refused(plan: Plan) -> None:
    made = growth.add_goal(
        plan.workspace, plan.plan, GOAL, [("When a test fails,", "I will say so."), ("", ""), ("it slips", "tell Ruth")]
    )
    assert [(c.when, c.will) for c in plan.page.goals[0].checks] == [
        ("a test fails", "say so"),
        ("it slips", "tell Ruth"),
    ]
    with pytest.raises(Refused, match="needs a “When”"):
        growth.change_goal(plan.workspace, made.subject, GOAL, [("", "say so")])


def test_a_tick_stays_with_the_action_whose_words_stay(plan: Plan) -> None:
    checks = [("a", "do a"), ("b", "do b")]
    goal = growth.add_goal(plan.workspace, plan.plan, GOAL, checks).subject
    growth.tick(plan.workspace, plan.page.goals[0].checks[1].id, done=True)
    growth.change_goal(plan.workspace, goal, GOAL, [("c", "do c"), ("b", "do b"), ("a", "do a")])
    assert [(c.when, c.done) for c in plan.page.goals[0].checks] == [("c", False), ("b", True), ("a", False)]
    growth.change_goal(plan.workspace, goal, GOAL, [("b", "do b")])
    assert [(c.when, c.done) for c in plan.page.goals[0].checks] == [("b", True)]


def test_steps_stay_between_none_and_all(plan: Plan) -> None:
    goal = growth.add_goal(plan.workspace, plan.plan, GOAL).subject
    growth.set_steps(plan.workspace, goal, 2, date(2026, 3, 3))
    with pytest.raises(Refused, match="2 steps"):
        growth.set_steps(plan.workspace, goal, 3, None)
    growth.change_goal(plan.workspace, goal, replace(GOAL, steps=1), [])
    assert (plan.page.goals[0].steps_done, plan.page.goals[0].steps) == (1, 1)


def test_evidence_of_a_goal_that_is_taken_out_stays_with_its_dimension(plan: Plan) -> None:
    goal = plan.goal()
    evidence.add(
        plan.workspace, plan.member, evidence.NewEvidence("people", "Ran it alone", date(2026, 3, 3), goal_id=goal)
    )
    changed = growth.remove_goal(plan.workspace, goal)
    assert not plan.page.goals
    assert [(f.text, f.goal) for f in plan.page.facts] == [("Ran it alone", None)]
    plan.undoing.note(changed)
    plan.undoing.undo(plan.workspace)
    assert plan.page.facts[0].goal == plan.page.goals[0].id == goal


def test_check_ins_follow_each_other_two_weeks_apart_on_working_days(plan: Plan) -> None:
    first = checkin.start(plan.workspace, plan.plan).subject
    assert checkin.start(plan.workspace, plan.plan).subject == first, "twice on a day is the same one"
    held, following = list(plan.page.talks)
    assert held.held_on == date(2026, 3, 12)
    assert following.due_on == date(2026, 3, 26)
    plan.panel.clock.turn(days=16)
    second = checkin.start(plan.workspace, plan.plan).subject
    assert second == following.id, "the one that was due is the one that is held"
    assert plan.page.next_talk is not None
    assert plan.page.next_talk.due_on == date(2026, 4, 13), "a Saturday’s two weeks end on the Monday after"


def test_a_check_in_is_prepared_in_three_lines(plan: Plan) -> None:
    talk = checkin.plan_next(plan.workspace, plan.plan).subject
    checkin.edit(plan.workspace, talk, prepared=["a", "b", "c"], said="Good.", private_note="Tired.")
    with pytest.raises(Refused, match="three lines"):
        checkin.edit(plan.workspace, talk, prepared=["a", "b", "c", "d"])
    assert plan.page.next_talk is not None
    assert plan.page.next_talk.prepared == ("a", "b", "c")


def test_evidence_is_private_until_it_is_shared_one_by_one(plan: Plan) -> None:
    rows = [
        evidence.add(plan.workspace, plan.member, evidence.NewEvidence("people", t, date(2026, 3, 3))).subject
        for t in ("One", "Two")
    ]
    assert [f.shared for f in plan.page.facts] == [False, False]
    evidence.share(plan.workspace, rows[0], shared=True)
    assert {f.text for f in plan.page.facts if f.shared} == {"One"}
    evidence.share(plan.workspace, rows[0], shared=False)
    assert not any(f.shared for f in plan.page.facts)
    with pytest.raises(Refused, match="needs words"):
        evidence.edit(plan.workspace, rows[0], text=" ")


def every_typed_thing(
    plan: Plan, salma_goal: int, talk: int, fact: int
) -> list[tuple[str, Callable[[], ChangeReport]]]:
    workspace = plan.workspace
    action = plan.page.goals[0].checks[0].id
    return [
        ("begin", lambda: growth.begin(workspace, plan.member, None)),
        ("target", lambda: growth.edit_plan(workspace, plan.plan, target="MLE4", agreed_on=date(2026, 3, 1))),
        ("note", lambda: growth.edit_plan(workspace, plan.plan, typing=True, private_note="Only mine.")),
        ("goal", lambda: growth.add_goal(workspace, plan.plan, GOAL, [("x", "do x")])),
        ("form", lambda: growth.change_goal(workspace, salma_goal, GOAL, [("y", "do y"), ("z", "do z")])),
        ("settle", lambda: growth.settle_goal(workspace, salma_goal, growth.REACHED)),
        ("steps", lambda: growth.set_steps(workspace, salma_goal, 1, date(2026, 3, 1))),
        ("tick", lambda: growth.tick(workspace, action, done=True)),
        ("out", lambda: growth.remove_goal(workspace, salma_goal)),
        ("next", lambda: checkin.plan_next(workspace, plan.plan, date(2026, 5, 4))),
        ("start", lambda: checkin.start(workspace, plan.plan)),
        ("record", lambda: checkin.record(workspace, plan.plan, date(2026, 2, 5), "Good.")),
        ("said", lambda: checkin.edit(workspace, talk, typing=True, said="Went well")),
        ("talk out", lambda: checkin.remove(workspace, talk)),
        (
            "fact",
            lambda: evidence.add(workspace, plan.member, evidence.NewEvidence("mlops", "Shipped", date(2026, 3, 2))),
        ),
        ("fact text", lambda: evidence.edit(workspace, fact, text="Seen twice")),
        ("share", lambda: evidence.share(workspace, fact, shared=True)),
        ("fact out", lambda: evidence.remove(workspace, fact)),
    ]


def test_undo_and_redo_of_everything_typed(plan: Plan) -> None:
    goal = growth.add_goal(plan.workspace, plan.plan, GOAL, [("a", "do a")]).subject
    talk = checkin.plan_next(plan.workspace, plan.plan).subject
    fact = evidence.add(
        plan.workspace, plan.member, evidence.NewEvidence("people", "Seen", date(2026, 3, 1), goal_id=goal)
    ).subject
    for name, act in every_typed_thing(plan, goal, talk, fact):
        before = plan.panel.tables()
        undoing = Undoing()
        undoing.note(act())
        after = plan.panel.tables()
        assert after != before, name
        assert undoing.next_undo, name
        undoing.undo(plan.workspace)
        assert plan.panel.tables() == before, name
        undoing.redo(plan.workspace)
        assert plan.panel.tables() == after, name
        undoing.undo(plan.workspace)
    plan.workspace.finish_typing()
    path = plan.workspace.path
    plan.workspace.close()
    assert check_file(path) == []


@pytest.fixture
def grown(tmp_path: Path) -> Iterator[tuple[Workspace, int]]:
    made = Panel(tmp_path)
    yield made.workspace, salma(made.workspace)
    made.workspace.close()


def test_the_page_is_the_picture(grown: tuple[Workspace, int]) -> None:
    page = growth_page(*grown)
    assert [g.standing.value for g in page.gaps] == ["met"] * 5 + ["below"] * 2 + ["met"] * 2 + ["split"]
    assert page.assessed_on == date(2026, 1, 16)
    assert page.rerate_on == date(2026, 4, 17)
    assert page.raters == ("Tomasz Wieland", "Ruth Amadi")
    assert page.way == "track_change"
    assert page.goals[0].title == "Bruno owns the retraining pipeline"
    assert [m.count for m in page.by_month] == [4, 3, 3, 3, 4, 4]
    row = growth_rows(grown[0])[0]
    assert (row.name, row.target, row.open_goals, row.next_talk) == ("Salma Petrov", "M1", 3, date(2026, 3, 19))


def test_two_tracks_stand_beside_each_other_each_with_its_own_scores(grown: tuple[Workspace, int]) -> None:
    workspace, member = grown
    manager, staff = compare_tracks(workspace, member, ("M1", "MLE4"))
    assert manager.assessed_on == date(2026, 1, 16)
    assert staff.assessed_on is None
    assert all(g.score is None for g in staff.gaps), "a score against M1 says nothing against MLE4"
    assert staff.expects[0].startswith("Sets the architecture")


def test_suggestions_are_of_the_level_one_grows_towards(grown: tuple[Workspace, int]) -> None:
    workspace, member = grown
    found = suggested(workspace, member, "people")
    assert found[0].text.startswith("Hires well")
    growth.edit_plan(workspace, growth_page(workspace, member).plan or 0, target=None)
    assert suggested(workspace, member, "people")[0].text.startswith("Mentors one or two")


def test_after_a_long_pause_the_next_check_in_lies_ahead(plan: Plan) -> None:
    today = plan.workspace.today()
    checkin.record(plan.workspace, plan.plan, date(2025, 11, 3), "Before the pause")
    checkin.plan_next(plan.workspace, plan.plan)
    assert plan.page.next_talk is not None
    assert plan.page.next_talk.due_on == next_check_in(today)


def test_no_check_in_was_held_on_a_day_to_come(plan: Plan) -> None:
    tomorrow = plan.workspace.today() + timedelta(days=1)
    with pytest.raises(Refused, match="still to come"):
        checkin.record(plan.workspace, plan.plan, tomorrow, "Not yet")
    talk = checkin.start(plan.workspace, plan.plan).subject
    with pytest.raises(Refused, match="still to come"):
        checkin.edit(plan.workspace, talk, held_on=tomorrow)
    checkin.edit(plan.workspace, talk, held_on=plan.workspace.today() - timedelta(days=1))


def test_a_plan_that_has_ended_takes_no_further_goal(plan: Plan) -> None:
    before = plan.plan
    growth.begin(plan.workspace, plan.member, "M2")
    with pytest.raises(Refused, match="This plan ended on 12 March 2026"):
        growth.add_goal(plan.workspace, before, NewGoal("people", "Late"))
