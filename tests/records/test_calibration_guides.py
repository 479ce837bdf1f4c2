"""Which guide a member is proposed by, and that all whom one holds go by the same version."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.actions import calibration, guide, member
from app.actions.calibration_import import NotInAsItIs, WrittenCalibration, WrittenMember, bring_calibration
from app.actions.member import NewMember
from app.errors import Refused
from tests.actions.calibrating import RUTH, TOMASZ, Team
from tests.actions.panel import PACK
from tests.wide import guide_of

THEIRS = "Their ladder"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


@pytest.fixture
def eva(team: Team) -> int:
    """Somebody by another guide."""
    ladder = guide.adopt(team.workspace, guide_of(THEIRS), "import").subject
    return member.add(team.workspace, NewMember("L2", "Eva Holm", manager=RUTH), ladder).subject


def test_everybody_is_proposed_by_their_own_guide_where_it_has_the_level(team: Team, eva: int) -> None:
    calibration.propose(team.workspace, team.cycle, eva, "L3", (TOMASZ,))
    assert (team.of(eva).guide.name, len(team.of(eva).cells)) == (THEIRS, 16)
    assert len(team.of(team.anders).cells) == 10
    calibration.propose(team.workspace, team.cycle, eva, "MLE4", (RUTH,))
    assert team.of(eva).guide.name == PACK.title, "a level that only the calibration's own guide has"
    with pytest.raises(Refused, match="no level “L9”"):
        calibration.propose(team.workspace, team.cycle, eva, "L9")
    with pytest.raises(Refused, match="no level “L3”"):
        calibration.propose(team.workspace, team.cycle, team.anders, "L3")


def test_whom_one_guide_holds_go_by_the_version_that_is_there(team: Team, eva: int) -> None:
    calibration.propose(team.workspace, team.cycle, eva, "L3", (TOMASZ,))
    newer = guide.adopt(team.workspace, guide_of(THEIRS, levels=6), "import", "a level more").subject
    bo = member.add(team.workspace, NewMember("L2", "Bo Falk", manager=RUTH), newer).subject
    calibration.propose(team.workspace, team.cycle, bo, "L3", (TOMASZ,))
    assert team.of(bo).number == team.of(eva).number == 1
    calibration.propose(team.workspace, team.cycle, eva, "L3", anchor=True)
    assert team.of(eva).number == 1, "the version stays while the level does"
    with pytest.raises(Refused, match="no level “L6”"):
        calibration.propose(team.workspace, team.cycle, bo, "L6")


def test_a_file_that_names_its_guides_takes_nobody_of_another(team: Team, eva: int) -> None:
    written = WrittenCalibration("Autumn", guides=(PACK.title,), members=(WrittenMember(7, "Eva Holm"),))
    with pytest.raises(NotInAsItIs, match=f"Line 7: Eva Holm is kept by {THEIRS}"):
        bring_calibration(team.workspace, written)
    both = WrittenCalibration("Autumn", guides=(PACK.title, THEIRS), members=written.members)
    made = bring_calibration(team.workspace, both)
    assert made.members == 1
