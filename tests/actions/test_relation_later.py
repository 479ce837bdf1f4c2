"""How a rater stands to a member, said after theirs is in: beside it, with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.actions import calibration, calibration_session
from app.actions.rater_relation import say_relation, say_relation_later
from app.actions.undo import Undoing
from app.domain.assessment import Relation
from app.domain.calibration import CalibrationOutcome
from app.errors import Refused
from app.queries.assessment import assessment_page
from app.queries.promotion import promotion_facts
from app.store.check import check_workspace
from tests.actions.calibrating import DANA, TOMASZ, Team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    made = Team(tmp_path)
    made.all_in()
    return made


def relation(team: Team, rater: int) -> Relation:
    return next(s.relation for s in team.of(team.anders).seats if s.rater == rater)


def test_it_holds_from_then_on_and_the_assessment_keeps_what_it_said(team: Team) -> None:
    row = team.seat(team.anders, DANA)
    with pytest.raises(Refused, match="is in and stays"):
        say_relation(team.workspace, row, Relation.PEER)
    with pytest.raises(Refused, match="needs a reason"):
        say_relation_later(team.workspace, row, Relation.PEER, " ")
    with pytest.raises(Refused, match="self-view"):
        say_relation_later(team.workspace, row, Relation.SELF, "It is her own")
    undoing = Undoing()
    undoing.note(say_relation_later(team.workspace, row, Relation.PEER, "She moved to the team in May."))
    assert relation(team, DANA) is Relation.PEER
    assert assessment_page(team.workspace, row).relation is Relation.PEER
    assert [g.name for g in promotion_facts(team.workspace, team.anders).of(Relation.PEER)] == ["Dana Whitlock"]
    with pytest.raises(Refused, match="that is what it says"):
        say_relation_later(team.workspace, row, Relation.PEER, "Again")
    say_relation_later(team.workspace, row, Relation.SKIP_LEVEL, "She leads the department.")
    assert relation(team, DANA) is Relation.SKIP_LEVEL, "the newest entry holds"
    assert check_workspace(team.workspace) == [], "the digest of what she submitted holds"


def test_it_is_taken_back_and_refused_of_one_that_is_closed_or_not_in(team: Team) -> None:
    row = team.seat(team.anders, TOMASZ)
    undoing = Undoing()
    undoing.note(say_relation_later(team.workspace, row, Relation.OTHER, "A customer"))
    undoing.undo(team.workspace)
    assert relation(team, TOMASZ) is Relation.NOT_SAID
    calibration.start(team.workspace, team.cycle)
    for one in team.page.members:
        calibration_session.decide(team.workspace, one.proposal, CalibrationOutcome.NOT_NOW, "Later.")
    calibration.close(team.workspace, team.cycle)
    with pytest.raises(Refused, match="is closed"):
        say_relation_later(team.workspace, row, Relation.OTHER, "A customer")
