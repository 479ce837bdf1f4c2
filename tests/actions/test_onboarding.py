"""The first year: the variant once, goals that depend, closed targets, check-ins on Today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.actions import checkin, growth, onboarding
from app.actions.undo import Undoing
from app.errors import NotYet, Refused
from app.queries.growth import growth_page
from app.queries.onboarding import OnboardingView, year_page
from app.queries.today import waiting
from app.queries.waiting import WaitKind
from app.store.change_report import ChangeReport
from tests.actions.panel import Panel
from tests.grown import add_member


@pytest.fixture
def member(panel: Panel) -> int:
    return add_member(panel.workspace, "Noor Salimi", "M1", started_on=date(2026, 1, 5))


def year(panel: Panel, member: int) -> OnboardingView:
    found = year_page(panel.workspace, member)
    assert found is not None
    return found


def test_a_variant_is_chosen_once_and_taken_back_by_undo_alone(panel: Panel, member: int) -> None:
    undoing = Undoing()
    undoing.note(onboarding.begin(panel.workspace, member, 1, "regulated"))
    with pytest.raises(Refused, match="begun already"):
        onboarding.begin(panel.workspace, member, 1, "startup")
    undoing.undo(panel.workspace)
    onboarding.begin(panel.workspace, member, 1, "startup")
    assert year(panel, member).variant == "startup"


def test_without_a_first_day_nothing_begins(panel: Panel) -> None:
    new = add_member(panel.workspace, "Ines Halvorsen", "M1")
    with pytest.raises(NotYet, match="no first day"):
        onboarding.begin(panel.workspace, new, 1, "startup")
    with pytest.raises(NotYet, match="no first day"):
        onboarding.hold(panel.workspace, new, 30)
    with pytest.raises(Refused, match="no variant"):
        onboarding.set_start(panel.workspace, new, date(2026, 3, 2))
        onboarding.begin(panel.workspace, new, 1, "cooperative")


def test_dates_count_from_the_first_day_and_move_off_weekends(panel: Panel, member: int) -> None:
    onboarding.begin(panel.workspace, member, 1, "startup")
    found = year(panel, member)
    assert [h.due_on for h in found.horizons] == [
        date(2026, 2, 4),
        date(2026, 3, 6),
        date(2026, 4, 6),
        date(2026, 7, 6),
        date(2027, 1, 5),
        None,
    ]
    assert [h.moved for h in found.horizons] == [False, False, True, True, False, False]
    onboarding.set_start(panel.workspace, member, date(2026, 1, 12))
    assert year(panel, member).horizons[0].due_on == date(2026, 2, 11)


def test_a_target_is_closed_until_its_baseline_is_written_down(panel: Panel, member: int) -> None:
    onboarding.begin(panel.workspace, member, 1, "startup")
    with pytest.raises(NotYet, match="closed until"):
        onboarding.set_goal(panel.workspace, member, "m6_ttp", reached="20 % shorter")
    with pytest.raises(NotYet, match="closed until"):
        onboarding.set_goal(panel.workspace, member, "m6_ttp", done_on=date(2026, 3, 1))
    onboarding.set_goal(panel.workspace, member, "m6_ttp", baseline="34 days")
    onboarding.set_goal(panel.workspace, member, "m6_ttp", reached="20 % shorter")
    with pytest.raises(NotYet):
        onboarding.set_goal(panel.workspace, member, "m6_ttp", baseline="", reached="x")
    with pytest.raises(Refused, match="Progress stands"):
        onboarding.set_goal(panel.workspace, member, "m6_ttp", baseline="")
    goal = next(g for h in year(panel, member).horizons for g in h.goals if g.id == "m6_ttp")
    assert (goal.baseline, goal.reached, goal.closed) == ("34 days", "20 % shorter", False)


def test_a_goal_that_depends_is_left_out_until_it_is_chosen(panel: Panel, member: int) -> None:
    def ids() -> set[str]:
        return {g.id for h in year(panel, member).horizons for g in h.goals}

    onboarding.begin(panel.workspace, member, 1, "startup")
    assert "d60_hire" not in ids()
    onboarding.choose_goals(panel.workspace, member, ["d60_hire"])
    assert "d60_hire" in ids()
    with pytest.raises(Refused, match="does not depend"):
        onboarding.choose_goals(panel.workspace, member, ["d30_inv"])


def test_a_variant_changes_what_it_names(panel: Panel, member: int) -> None:
    onboarding.begin(panel.workspace, member, 1, "regulated")
    found = {g.id: g.changes for h in year(panel, member).horizons for g in h.goals}
    assert "Legal" in found["d30_rel"][0]
    assert found["d30_inv"] == ()


def test_check_ins_wait_on_today_once_the_year_has_begun(panel: Panel, member: int) -> None:
    def waits() -> list[tuple[date, bool]]:
        found = []
        for item in waiting(panel.workspace):
            if item.kind is WaitKind.CHECK_IN:
                assert isinstance(item.at, date)
                found.append((item.at, item.late))
        return found

    assert waits() == [], "nobody has begun the year"
    onboarding.begin(panel.workspace, member, 1, "midsize")
    assert waits() == [
        (date(2026, 1, 12), True),
        (date(2026, 1, 19), True),
        (date(2026, 2, 4), True),
        (date(2026, 3, 6), True),
    ]
    for day in (7, 14, 30):
        onboarding.hold(panel.workspace, member, day)
    assert waits() == [(date(2026, 3, 6), True)]
    held = onboarding.hold(panel.workspace, member, 60).subject
    assert onboarding.hold(panel.workspace, member, 60).subject == held
    assert waits() == []


def test_a_check_in_of_a_plan_waits_on_its_day_and_not_before(panel: Panel, member: int) -> None:
    plan = growth.begin(panel.workspace, member, "M2").subject
    checkin.plan_next(panel.workspace, plan, date(2026, 3, 13))
    assert not [w for w in waiting(panel.workspace) if w.kind is WaitKind.CHECK_IN]
    panel.clock.turn(days=1)
    (item,) = [w for w in waiting(panel.workspace) if w.kind is WaitKind.CHECK_IN]
    assert (item.about, item.late, item.place, item.where) == ("Noor Salimi", False, "growthplan", {"id": member})
    growth.begin(panel.workspace, member, None)
    assert not [w for w in waiting(panel.workspace) if w.kind is WaitKind.CHECK_IN], "that plan has ended"


def test_undo_of_everything_of_the_first_year(panel: Panel, member: int) -> None:
    workspace = panel.workspace
    acts: tuple[Callable[[], ChangeReport], ...] = (
        lambda: onboarding.set_start(workspace, member, date(2026, 2, 2)),
        lambda: onboarding.begin(workspace, member, 1, "startup"),
        lambda: onboarding.choose_goals(workspace, member, ["d60_hire"]),
        lambda: onboarding.set_goal(workspace, member, "d30_rel", reached="Three held", typing=True),
        lambda: onboarding.set_goal(workspace, member, "d30_rel", done_on=date(2026, 3, 2)),
        lambda: onboarding.hold(workspace, member, 14),
    )
    for act in acts:
        before = panel.tables()
        undoing = Undoing()
        undoing.note(act())
        after = panel.tables()
        assert after != before
        undoing.undo(workspace)
        assert panel.tables() == before
        undoing.redo(workspace)
        assert panel.tables() == after


def test_a_held_check_in_stays_held_when_the_first_day_moves(panel: Panel, member: int) -> None:
    onboarding.begin(panel.workspace, member, 1, "midsize")
    held = onboarding.hold(panel.workspace, member, 14).subject
    checkin.edit(panel.workspace, held, said="The first model is out.")
    onboarding.set_start(panel.workspace, member, date(2026, 1, 12))
    found = next(t for t in year(panel, member).talks if t.day == 14)
    assert (found.held, found.on) == (held, date(2026, 1, 26))
    assert onboarding.hold(panel.workspace, member, 14).subject == held
    page = growth_page(panel.workspace, member)
    assert [t.said for t in page.talks if t.id == held] == ["The first model is out."]
    assert all(t.held is None for t in year(panel, member).talks if t.day != 14)
