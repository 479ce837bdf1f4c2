"""Asked outside a calibration: who can be, whose plan is due to be rated again, and that Today names them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.actions import assessment, assessment_request, calibration, growth, member
from app.actions.assessment_request import ask_for
from app.actions.calibration import NewCalibration
from app.domain.assessment import NoScore, Relation
from app.errors import Refused
from app.queries.assessment import my_assessments
from app.queries.assessment_request import ask_page
from app.queries.growth import growth_page
from app.queries.today import waiting
from app.queries.waiting import Waiting, WaitKind
from app.store.check import check_workspace
from tests.actions.calibrating import DANA, RUTH, TOMASZ, Team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    made = Team(tmp_path)
    growth.begin(made.workspace, made.anders, "MLE4")
    made.all_in()
    return made


def due(team: Team) -> list[Waiting]:
    return [w for w in waiting(team.workspace) if w.kind is WaitKind.RERATING]


def test_a_plan_is_rated_again_a_quarter_on_against_the_same_level(team: Team) -> None:
    team.clock.turn(days=90)
    assert due(team) == []
    team.clock.turn(days=1)
    assert growth_page(team.workspace, team.anders).rerate_on == team.workspace.today()
    (item,) = due(team)
    assert (item.about, item.detail, item.late) == ("Anders Mbeki", "MLE4", False)
    assert (item.place, item.where) == ("growthplan", {"id": team.anders, "again": 1})

    changed = ask_for(team.workspace, team.anders, [RUTH, TOMASZ], "MLE4")
    assert changed.words == "asking Ruth Amadi and Tomasz Wieland about Anders Mbeki"
    assert due(team) == [], "somebody was asked"
    mine = next(d for d in my_assessments(team.workspace) if d.cycle is None)
    assert (mine.id, mine.level) == (changed.subject, "MLE4")
    with pytest.raises(Refused, match="Tomasz Wieland was asked already"):
        ask_for(team.workspace, team.anders, [DANA, TOMASZ], "MLE4")
    with pytest.raises(Refused, match="Nobody is chosen"):
        ask_for(team.workspace, team.anders, [], "MLE4")

    for seat in [c.row for c in changed.changes]:
        with team.workspace.acting(RUTH if seat == mine.id else TOMASZ):
            for dimension in team.page.guide.dimension_ids:
                assessment.not_assessed(team.workspace, seat, dimension, NoScore.NOT_SEEN)
            assessment.add_fact(team.workspace, seat, "mlops", "Seen", date(2026, 6, 1))
            assessment.rate(team.workspace, seat, "mlops", 4)
            assessment.submit(team.workspace, seat)
    page = growth_page(team.workspace, team.anders)
    assert page.gap("mlops").scores == (3, 4, 4), "Dana's of the calibration counts until she is asked again"
    assert page.rerate_on is not None
    assert page.rerate_on > team.workspace.today()
    assert check_workspace(team.workspace) == []


def test_what_one_owes_of_oneself_and_an_amendment_are_not_asked_again(team: Team) -> None:
    team.clock.turn(days=91)
    with team.workspace.read() as connection:
        anders = connection.exec_driver_sql("SELECT colleague_id FROM member WHERE id = ?", (team.anders,)).scalar_one()
    ask_for(team.workspace, team.anders, [anders], "MLE4")
    assert [w.about for w in due(team)] == ["Anders Mbeki"], "what they say of themselves is no rating again"
    with team.workspace.acting(TOMASZ):
        assessment.amend(team.workspace, team.seat(team.anders, TOMASZ), "A wrong day")
    assert [w.about for w in due(team)] == ["Anders Mbeki"], "an amendment looks at the same weeks"


def test_who_is_asked_in_an_open_calibration_is_asked_again(team: Team) -> None:
    team.clock.turn(days=91)
    later = calibration.add(team.workspace, NewCalibration("Summer", date(2025, 6, 11), date(2026, 6, 11))).subject
    calibration.propose(team.workspace, later, team.anders, "MLE5", (TOMASZ,))
    assert [w.about for w in due(team)] == ["Anders Mbeki"], "against another level is another thing"
    calibration.propose(team.workspace, later, team.anders, "MLE4")
    assert due(team) == []


def test_who_can_be_asked_comes_in_the_order_one_would_ask(team: Team) -> None:
    shown = ask_page(team.workspace, team.anders)
    assert (shown.level, shown.target) == ("MLE3", "MLE4")
    assert [p.name for p in shown.people[:3]] == ["Ruth Amadi", "Dana Whitlock", "Tomasz Wieland"]
    assert {p.name: p.relation for p in shown.people} == {
        "Ruth Amadi": Relation.MANAGER,
        "Anders Mbeki": Relation.SELF,
        "Dana Whitlock": Relation.NOT_SAID,
        "Tomasz Wieland": Relation.NOT_SAID,
        "Joel Abara": Relation.NOT_SAID,
        "Nadia Rousselle": Relation.NOT_SAID,
    }
    assert [p.before for p in shown.people[:4]] == [False, True, True, False]
    ask_for(team.workspace, team.anders, [DANA], "MLE3")
    assert [p.asked for p in ask_page(team.workspace, team.anders).people[:3]] == [False, True, False]


def test_nothing_is_due_of_somebody_who_left(team: Team) -> None:
    ask_for(team.workspace, team.anders, [RUTH], "MLE3")
    assert [d.name for d in my_assessments(team.workspace)] == ["Anders Mbeki"]
    with pytest.raises(Refused, match="still to come"):
        member.edit(team.workspace, team.anders, left_on=date(2026, 4, 1))
    member.edit(team.workspace, team.anders, started_on=date(2025, 1, 1), left_on=date(2026, 3, 1))
    assert my_assessments(team.workspace) == ()
    with pytest.raises(Refused, match="before the first one"):
        member.edit(team.workspace, team.anders, left_on=date(2024, 3, 1))
    with pytest.raises(Refused, match="has left"):
        ask_for(team.workspace, team.anders, [TOMASZ], "MLE3")
    with pytest.raises(Refused, match="stands in a calibration"):
        member.remove(team.workspace, team.anders)


def test_who_has_a_plan_is_not_removed(team: Team) -> None:
    viktor = member.add(team.workspace, member.NewMember("M1", "Viktor Amoah")).subject
    asked = ask_for(team.workspace, viktor, [DANA], "M1").subject
    with pytest.raises(Refused, match="has assessments, or somebody was asked for one"):
        member.remove(team.workspace, viktor)
    assessment_request.excuse(team.workspace, asked)
    growth.begin(team.workspace, viktor, "M2")
    with pytest.raises(Refused, match="has a growth plan"):
        member.remove(team.workspace, viktor)
