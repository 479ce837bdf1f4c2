"""By when assessments are asked for: one day for a calibration, another for who needs one, said where it matters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.actions import assessment_request, calibration, calibration_session, colleague, growth, member
from app.actions.assessment_request import DueDay, ask_for, set_due
from app.actions.calibration import NewCalibration
from app.actions.growth import NewGoal
from app.actions.member import LevelChange
from app.actions.undo import Undoing
from app.domain.calibration import CalibrationOutcome
from app.errors import Refused
from app.queries.assessment import my_assessments
from app.queries.assessment_request import assessment_lines
from app.queries.today import waiting
from app.queries.waiting import Waiting, WaitKind
from app.store.check import check_workspace
from tests.actions.calibrating import DANA, JOEL, RUTH, TOMASZ, Team
from tests.packets.test_promotion import text_of
from tests.printing import make_form

DUE, LATER = date(2026, 3, 20), date(2026, 3, 27)
WINDOW = (date(2025, 3, 12), date(2026, 3, 12))


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.workspace.close()


def by(team: Team, day: date | None, name: str = "Spring 2026") -> None:
    calibration.edit(team.workspace, team.cycle, NewCalibration(name, *WINDOW, due_on=day))


def days(team: Team, who: int) -> dict[int, date | None]:
    return {s.rater: s.due_on for s in team.of(who).seats}


def of_kind(team: Team, kind: WaitKind) -> list[Waiting]:
    return [w for w in waiting(team.workspace) if w.kind is kind]


def test_a_calibrations_day_is_everybodys_but_who_has_one_of_their_own(team: Team) -> None:
    undoing = Undoing()
    set_due(team.workspace, team.seat(team.anders, DANA), DueDay(LATER))
    undoing.note(calibration.edit(team.workspace, team.cycle, NewCalibration("Spring 2026", *WINDOW, due_on=DUE)))
    assert days(team, team.anders) == {TOMASZ: DUE, DANA: LATER}
    assert days(team, team.nadia) == {TOMASZ: DUE, RUTH: DUE}
    assessment_request.ask(team.workspace, team.anders, JOEL, team.cycle)
    assert days(team, team.anders)[JOEL] == DUE, "who is asked later answers by it too"
    team.fill(team.anders, TOMASZ)
    by(team, LATER)
    assert days(team, team.anders) == {TOMASZ: DUE, DANA: LATER, JOEL: LATER}, "what is in keeps its day"
    by(team, None)
    assert days(team, team.nadia) == {TOMASZ: None, RUTH: None}
    assert check_workspace(team.workspace) == []


def test_a_day_that_has_passed_and_one_of_what_is_in_are_refused(team: Team) -> None:
    with pytest.raises(Refused, match="1 March 2026 has passed"):
        set_due(team.workspace, team.seat(team.anders, DANA), DueDay(date(2026, 3, 1)))
    seat = team.fill(team.anders, DANA)
    with pytest.raises(Refused, match="Dana Whitlock’s assessment of Anders Mbeki is in"):
        set_due(team.workspace, seat, DueDay(LATER))


def test_today_says_what_of_mine_and_of_others_is_late(team: Team) -> None:
    by(team, DUE)
    (mine,) = of_kind(team, WaitKind.ASSESSMENT)
    assert (mine.at, mine.late) == (DUE, False)
    assert of_kind(team, WaitKind.LATE_ASSESSMENT) == []
    team.clock.turn(days=9)
    (mine,) = of_kind(team, WaitKind.ASSESSMENT)
    assert mine.late
    late = of_kind(team, WaitKind.LATE_ASSESSMENT)
    assert {(w.about, w.who, w.at, w.place) for w in late} == {
        ("Anders Mbeki", "Tomasz Wieland", DUE, "calibration"),
        ("Anders Mbeki", "Dana Whitlock", DUE, "calibration"),
        ("Nadia Rousselle", "Tomasz Wieland", DUE, "calibration"),
    }
    assert len({w.key for w in late}) == 3, "each is put off by itself"
    calibration.propose(team.workspace, team.cycle, team.anders, "MLE5")
    team.fill(team.nadia, TOMASZ)
    assert {w.who for w in of_kind(team, WaitKind.LATE_ASSESSMENT)} == {"Tomasz Wieland", "Dana Whitlock"}


def test_outside_a_calibration_too(team: Team) -> None:
    ask_for(team.workspace, team.nadia, [DANA, RUTH], "MLE2", due_on=DUE)
    assert {line.rater: line.due_on for line in assessment_lines(team.workspace, team.nadia) if not line.cycle} == {
        "Dana Whitlock": DUE,
        "Ruth Amadi": DUE,
    }
    assert [due.due_on for due in my_assessments(team.workspace) if due.cycle is None] == [DUE]
    team.clock.turn(days=9)
    (late,) = of_kind(team, WaitKind.LATE_ASSESSMENT)
    assert (late.about, late.who, late.detail, late.place) == (
        "Nadia Rousselle",
        "Dana Whitlock",
        "against MLE2",
        "member",
    )


def test_the_form_says_it(team: Team) -> None:
    row = team.seat(team.anders, DANA)
    set_due(team.workspace, row, DueDay(DUE))
    colleague.edit(team.workspace, RUTH, "Ruth Amadi", "ruth@example.org", "")
    said = " ".join(text_of(make_form(team.workspace, row)[0]))
    assert "Please by" in said
    assert "20 March 2026" in said


def test_a_promotion_waits_until_the_level_is_given(team: Team) -> None:
    team.all_in()
    calibration.start(team.workspace, team.cycle)
    proposal = team.of(team.anders).proposal
    calibration_session.decide(team.workspace, proposal, CalibrationOutcome.PROMOTE, "The core is covered.")
    calibration_session.decide(
        team.workspace, team.of(team.nadia).proposal, CalibrationOutcome.NOT_NOW, "Systems design is below."
    )
    (item,) = of_kind(team, WaitKind.PROMOTION)
    assert (item.about, item.detail, item.who, item.place) == ("Anders Mbeki", "to MLE4", "Spring 2026", "member")
    member.change_level(team.workspace, team.anders, LevelChange("MLE4", date(2026, 4, 1)))
    assert of_kind(team, WaitKind.PROMOTION) == [], "from a day on is enough"


def test_a_goal_whose_day_has_passed_stands_on_today_once(team: Team) -> None:
    plan = growth.begin(team.workspace, team.anders, "MLE4").subject
    growth.add_goal(team.workspace, plan, NewGoal("mlops", "Run the failover review", due_on=date(2026, 3, 13)))
    assert of_kind(team, WaitKind.GOAL) == []
    team.clock.turn(days=2)
    (item,) = of_kind(team, WaitKind.GOAL)
    assert (item.about, item.detail, item.late) == ("Anders Mbeki", "Run the failover review", True)
