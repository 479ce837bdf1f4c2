"""Reports of the team: time at level against a company worked by hand, outcomes, goals; small numbers in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.actions import calibration, calibration_session, growth, member
from app.actions.growth import NewGoal
from app.actions.member import LevelChange, NewMember
from app.domain.calibration import CalibrationOutcome
from app.domain.level_time import LevelEnd, LevelWait, time_at_level_of
from app.domain.report_filter import ReportFilter
from app.packets.reports.report import Report
from app.packets.reports.table import REPORTS
from tests.actions.calibrating import TOMASZ, Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.workspace.close()


def report(team: Team, name: str, **asked: object) -> Report:
    return REPORTS[name].report(team.workspace, ReportFilter(**asked))  # type: ignore[arg-type]


def test_half_of_a_level_is_read_off_the_incidence_and_leaving_competes() -> None:
    """By hand: of ten, eight move up after 1 to 8 years, one leaves after 2½, one is there after 9. Before the 2½ two
    are up (0.2); then 8 at risk, one gone; of the 7 left each move takes a share of 0.7/7 = 0.1142857…"""
    years = [LevelWait("L1", 365 * n, LevelEnd.UP) for n in range(1, 9)]
    waits = [*years, LevelWait("L1", 912, LevelEnd.OTHERWISE), LevelWait("L1", 365 * 9, LevelEnd.OPEN)]
    (figure,) = time_at_level_of(waits)
    assert (figure.times, figure.up, figure.otherwise, figure.open) == (10, 8, 1, 1)
    assert figure.half == pytest.approx(365 * 5 / (365.25 / 12), abs=0.05)
    assert figure.three_quarters == pytest.approx(365 * 8 / (365.25 / 12), abs=0.05)
    (few,) = time_at_level_of(years[:7])
    assert (few.enough, few.half, few.three_quarters) == (False, None, None)


def test_times_at_a_level_end_up_down_aside_or_not_yet(team: Team) -> None:
    ws = team.workspace

    def person(name: str, *levels: tuple[str, date]) -> int:
        row = member.add(ws, NewMember(levels[0][0], name, since=levels[0][1])).subject
        for level, since in levels[1:]:
            member.change_level(ws, row, LevelChange(level, since))
        return row

    person("Up", ("MLE1", date(2023, 1, 1)), ("MLE2", date(2024, 1, 1)))
    person("Aside", ("MLE1", date(2023, 1, 1)), ("M1", date(2024, 1, 1)))
    person("Down", ("MLE2", date(2023, 1, 1)), ("MLE1", date(2025, 1, 1)))
    left = person("Left", ("MLE1", date(2024, 1, 1)))
    member.edit(ws, left, left_on=date(2025, 1, 1))
    made = report(team, "time-at-level")
    rows = {row[0]: row[1:5] for row in made.rows}
    assert rows["MLE1"] == ("4", "1", "2", "1")
    assert rows["MLE2"] == ("2", "0", "1", "1")
    assert rows["M1"] == ("1", "0", "0", "1")
    assert {row[5] for row in made.rows} == {"too few to say"}
    assert made.draw is None
    assert "too few to say" in made.finding
    assert made.of == "the team · all time"
    later = report(team, "time-at-level", since=date(2024, 6, 1))
    assert {row[0]: row[1] for row in later.rows} == {"MLE1": "1"}, "the period is that of first days"
    assert not any(name in str(made.rows) for name in ("Up", "Left", "Anders"))


def test_outcomes_are_counted_and_what_is_sealed_is_said(team: Team) -> None:
    assert report(team, "outcomes").rows == []
    team.all_in()
    calibration.start(team.workspace, team.cycle)
    calibration_session.decide(
        team.workspace, team.of(team.anders).proposal, CalibrationOutcome.PROMOTE, "The core is covered."
    )
    made = report(team, "outcomes")
    assert made.rows == [("calibration", "Spring 2026", "2", "1", "0", "0", "1")]
    assert made.finding == "1 of 1 members were promoted."
    assert report(team, "outcomes", until=date(2020, 1, 1)).rows == []


def test_nothing_of_a_case_that_is_sealed_is_counted(team: Team) -> None:
    team.fill(team.anders, TOMASZ)
    team.fill(team.nadia, TOMASZ)
    from tests.actions.calibrating import DANA, RUTH

    team.fill(team.nadia, RUTH)
    calibration.start(team.workspace, team.cycle, "Dana is away.")
    calibration_session.decide(
        team.workspace, team.of(team.anders).proposal, CalibrationOutcome.PROMOTE, "The core is covered."
    )
    with team.workspace.acting(DANA):
        made = report(team, "outcomes")
    assert made.rows == [("calibration", "Spring 2026", "1", "0", "0", "0", "1")]
    assert made.left_out == "1 member’s assessments are not open to you and are left out"


def test_goals_by_dimension(team: Team) -> None:
    plan = growth.begin(team.workspace, team.anders, "MLE4").subject
    first = growth.add_goal(team.workspace, plan, NewGoal("mlops", "One", due_on=date(2026, 3, 13))).subject
    growth.add_goal(team.workspace, plan, NewGoal("mlops", "Two", due_on=date(2026, 3, 13)))
    growth.add_goal(team.workspace, plan, NewGoal("people", "Three", due_on=date(2026, 9, 1)))
    growth.settle_goal(team.workspace, first, "reached")
    team.clock.turn(days=3)
    made = report(team, "goals")
    assert [row[1:] for row in made.rows] == [("1", "0", "1", "1"), ("0", "0", "1", "0")]
    assert made.finding == "1 of 3 goals are reached, 1 are overdue."


def test_an_opening_narrows_nothing_and_that_is_said(team: Team) -> None:
    from app.actions.opening import NewOpening
    from app.actions.opening import add as add_opening

    opening = add_opening(team.workspace, NewOpening("SR-1", "ML Engineer", "MLE3"), 1).subject
    made = report(team, "goals", opening=opening)
    assert made.of == "the team · all time · an opening or a rubric narrows nothing here"
