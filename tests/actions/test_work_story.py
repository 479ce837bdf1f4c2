"""Work stories of a promotion packet: chosen one by one, up to four, and nothing of it once closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import assessment_request, calibration, calibration_session, work_story
from app.actions.undo import Undoing
from app.domain.calibration import CalibrationOutcome
from app.errors import NotYet, Refused
from app.queries.team import team_page
from app.store.check import check_workspace
from tests.actions.calibrating import DANA, RUTH, TOMASZ, Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.workspace.close()


def chosen(team: Team) -> list[tuple[str, int]]:
    return list(team.of(team.anders).stories)


def test_up_to_four_are_chosen_and_the_others_move_up(team: Team) -> None:
    proposal = team.of(team.anders).proposal
    with pytest.raises(NotYet, match="not open to you yet"):
        work_story.tell(team.workspace, proposal, "mlops", TOMASZ)
    anders = next(m for m in team_page(team.workspace).members if m.name == "Anders Mbeki").colleague
    assessment_request.ask(team.workspace, team.anders, anders, team.cycle)
    team.fill(team.anders, anders)
    team.fill(team.anders, TOMASZ, "0")
    team.fill(team.anders, DANA)
    for dimension in ("reliability", "mlops", "data", "governance"):
        work_story.tell(team.workspace, proposal, dimension, TOMASZ)
    with pytest.raises(Refused, match="MLOps by Tomasz Wieland is in the packet already"):
        work_story.tell(team.workspace, proposal, "mlops", TOMASZ)
    with pytest.raises(Refused, match="Four work stories of Anders Mbeki are chosen already"):
        work_story.tell(team.workspace, proposal, "software", DANA)
    work_story.leave_out(team.workspace, proposal, "mlops", TOMASZ)
    with pytest.raises(Refused, match="MLOps by Tomasz Wieland was not chosen"):
        work_story.leave_out(team.workspace, proposal, "mlops", TOMASZ)
    with pytest.raises(Refused, match="Systems design by Tomasz Wieland: there is no evidence to tell"):
        work_story.tell(team.workspace, proposal, "systems_design", TOMASZ)
    with pytest.raises(Refused, match="there is no evidence to tell"):
        work_story.tell(team.workspace, proposal, "mlops", anders)
    with pytest.raises(Refused, match="no dimension “charm”"):
        work_story.tell(team.workspace, proposal, "charm", DANA)
    work_story.tell(team.workspace, proposal, "software", DANA)
    assert chosen(team) == [("reliability", TOMASZ), ("data", TOMASZ), ("governance", TOMASZ), ("software", DANA)]
    assert check_workspace(team.workspace) == []


def test_choosing_is_in_the_history_and_can_be_taken_back_until_it_is_closed(team: Team) -> None:
    team.all_in()
    calibration.start(team.workspace, team.cycle)
    proposal = team.of(team.anders).proposal
    undoing = Undoing()
    undoing.note(work_story.tell(team.workspace, proposal, "mlops", TOMASZ))
    assert team.chain()[-1] == "choose story"
    undoing.undo(team.workspace)
    assert chosen(team) == []
    undoing.redo(team.workspace)
    undoing.note(work_story.tell(team.workspace, proposal, "data", TOMASZ))
    for one in team.page.members:
        calibration_session.decide(team.workspace, one.proposal, CalibrationOutcome.NOT_NOW, "Not yet.")
    calibration.close(team.workspace, team.cycle)
    with pytest.raises(Refused, match="Spring 2026 is closed"):
        work_story.tell(team.workspace, proposal, "mlops", DANA)
    with pytest.raises(Refused, match="Spring 2026 is closed"):
        work_story.leave_out(team.workspace, proposal, "mlops", TOMASZ)
    with pytest.raises(Refused, match="was closed since"):
        undoing.undo(team.workspace)
    assert chosen(team) == [("mlops", TOMASZ), ("data", TOMASZ)]


def test_another_level_drops_what_was_told_against_the_one_before(team: Team) -> None:
    team.all_in()
    nadia = team.of(team.nadia).proposal
    work_story.tell(team.workspace, nadia, "mlops", RUTH)
    done = calibration.propose(team.workspace, team.cycle, team.nadia, "MLE4")
    assert team.of(team.nadia).stories == ()
    undoing = Undoing()
    undoing.note(done)
    undoing.undo(team.workspace)
    assert team.of(team.nadia).stories == (("mlops", RUTH),)
