"""Members kept by another guide than the pack's: added, taken in from an offer or a table, moved there later."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.actions import assessment, assessment_request, calibration, evidence, growth, guide, member
from app.actions.calibration import NewCalibration
from app.actions.member import LevelChange, NewMember
from app.actions.member_import import import_all
from app.actions.undo import Undoing
from app.errors import Refused
from app.queries.assessment import assessment_page
from app.queries.calibration import calibration_view
from app.queries.growth import growth_page, growth_rows
from app.queries.team import MemberView, member_page, team_page
from app.store.check import check_workspace
from app.store.workspace import open_workspace
from tests.actions.calibrating import DANA, JOEL, RUTH, TOMASZ, Team
from tests.exchange.people import members_in
from tests.wide import guide_of


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


@pytest.fixture
def ladder(team: Team) -> int:
    return guide.adopt(team.workspace, guide_of("Their ladder"), "import").subject


def page(team: Team, row: int) -> MemberView:
    found = member_page(team.workspace, row)
    assert found is not None
    return found


def test_a_member_is_added_by_an_imported_ladder(team: Team, ladder: int) -> None:
    row = member.add(team.workspace, NewMember("L2", "Eva Holm", manager=RUTH), ladder).subject
    assert (page(team, row).guide.name, page(team, row).row.title) == ("Their ladder", "Engineer 2")
    with pytest.raises(Refused, match="no level “MLE3”"):
        member.add(team.workspace, NewMember("MLE3", "Bo Falk"), ladder)
    member.change_level(team.workspace, row, LevelChange("L3", team.workspace.today()))
    growth.begin(team.workspace, row, "L4")
    assert len(growth_page(team.workspace, row).gaps) == 16
    assert next(r for r in growth_rows(team.workspace) if r.member == row).title == "Engineer 3"
    asked = assessment_request.ask(team.workspace, row, RUTH).subject
    assert assessment_page(team.workspace, asked).level.id == "L3"
    known = team_page(team.workspace)
    assert [(name, len(dims)) for name, dims in known.by_guide] == [
        (page(team, team.anders).guide.name, 10),
        ("Their ladder", 16),
    ]
    assert [g.name for g in known.guides][1:] == ["Their ladder"]
    assert known.guides[0].in_use


def test_each_strip_has_the_names_of_its_own_guide(team: Team, ladder: int) -> None:
    team.all_in()
    row = member.add(team.workspace, NewMember("L2", "Eva Holm", manager=RUTH), ladder).subject
    days = (date(2025, 3, 12), date(2026, 3, 12))
    held = calibration.add(team.workspace, NewCalibration("Theirs", *days, guide=ladder)).subject
    calibration.propose(team.workspace, held, row, "L3", (TOMASZ, DANA))
    for seat in calibration_view(team.workspace, held).members[0].seats:
        with team.workspace.acting(seat.rater):
            for dimension in guide_of("x").dimension_ids:
                assessment.add_fact(team.workspace, seat.assessment, dimension, "Seen", date(2026, 1, 20))
                assessment.rate(team.workspace, seat.assessment, dimension, 3)
            assessment.submit(team.workspace, seat.assessment)
    strips = {m.name: m.latest for m in team_page(team.workspace).members}
    theirs, ours = strips["Eva Holm"], strips["Anders Mbeki"]
    assert theirs is not None
    assert ours is not None
    assert (len(theirs.names), len(theirs.cells)) == (16, 16)
    assert (len(ours.names), len(ours.cells)) == (10, 10)
    member.keep_by(team.workspace, team.anders, ladder, "L3")
    kept = next(m for m in team_page(team.workspace).members if m.name == "Anders Mbeki")
    assert kept.latest is not None
    assert len(kept.latest.names) == 10, "what was scored by the former guide stays as it was"
    dims = dict(team_page(team.workspace).by_guide)["Their ladder"]
    assert {d.looked for d in dims} == {1}, "and is not read as this one’s"


def test_a_member_is_kept_by_another_guide_from_today_on(team: Team, ladder: int) -> None:
    today = team.workspace.today()
    growth.begin(team.workspace, team.anders, "MLE4")
    member.change_level(team.workspace, team.anders, LevelChange("MLE4", today + timedelta(days=30)))
    with pytest.raises(Refused, match="no level “MLE3”"):
        member.keep_by(team.workspace, team.anders, ladder, "MLE3")
    undoing = Undoing()
    undoing.note(member.keep_by(team.workspace, team.anders, ladder, "L3"))
    now = page(team, team.anders)
    assert (now.guide.name, now.row.level, now.row.level_since) == ("Their ladder", "L3", today)
    assert [s.level for s in now.spells] == ["MLE3", "L3"], "a level to come that it has not is gone"
    assert now.spells[-1].reason == "Kept by the guide Their ladder"
    plan = growth_page(team.workspace, team.anders)
    assert (plan.target, plan.behind, plan.level_known) == ("MLE4", True, True)
    with pytest.raises(Refused, match="kept by this guide already"):
        member.keep_by(team.workspace, team.anders, ladder, "L4")
    undoing.undo(team.workspace)
    assert (page(team, team.anders).row.level, len(page(team, team.anders).spells)) == ("MLE3", 2)
    assert check_workspace(team.workspace) == []


def test_a_level_to_come_holds_by_the_guide_they_move_to(team: Team, ladder: int) -> None:
    row = member.add(team.workspace, NewMember("L2", "Eva Holm"), ladder).subject
    member.change_level(team.workspace, row, LevelChange("L3", team.workspace.today() + timedelta(days=2)))
    fewer = guide_of("Their ladder", levels=4)
    order = fewer.tracks[0].model_copy(update={"order": ("L3", "L4")})
    short = fewer.model_copy(update={"levels": fewer.levels[2:], "transitions": (), "tracks": (order,)})
    guide.revise(team.workspace, ladder, short, "Two levels went")
    newer = page(team, row).newer
    assert newer is not None
    assert not newer.has_level
    with pytest.raises(Refused, match="no level “L2”"):
        member.move_guide(team.workspace, row)
    team.clock.turn(days=3)
    assert member.move_guide(team.workspace, row).words == "Eva Holm on version 2 of the guide", "L3 since midnight"


def test_a_table_names_the_guide(team: Team, ladder: int) -> None:
    table = "Name,Level,Guide\nEva Holm,L2,their ladder\nBo Falk,MLE1,\n"
    done = import_all(team.workspace, members_in(table.encode()))
    kept = {m.name: m.guide for m in team_page(team.workspace).members}
    assert len(done.added) == 2
    assert kept["Eva Holm"] == "Their ladder" != kept["Bo Falk"]
    wrong = "Name,Level,Guide\nNew One,L2,Nobody’s\nNew Two,MLE1,Their ladder\nNew Three,L1,\n"
    with pytest.raises(Refused) as refused:
        import_all(team.workspace, members_in(wrong.encode()))
    for words in (
        "Line 2: there is no leveling guide “Nobody’s”",
        "Line 3: the guide has no level “MLE1”",
        "Line 4: the guide has no level “L1”",
    ):
        assert words in str(refused.value)
    other = import_all(team.workspace, members_in(b"Name,Level,Guide\nBo Falk,L1,Their ladder\n"))
    assert (
        "Bo Falk (guide Their ladder, here Machine Learning Engineering Manager and level L1, here MLE1)" in other.words
    )


def test_two_lines_of_one_name_are_told_apart_by_their_mail(team: Team) -> None:
    with pytest.raises(Refused, match="Line 3: Kim Lee stands on line 2 already; give a mail"):
        import_all(team.workspace, members_in(b"Name,Level\nKim Lee,MLE1\nKim Lee,MLE2\n"))
    with pytest.raises(Refused, match="Line 3: Anders Mbeki stands on line 2 already; give a mail"):
        import_all(team.workspace, members_in(b"Name,Level\nAnders Mbeki,MLE3\nAnders Mbeki,MLE3\n"))
    twice = b"Name,Mail,Level\nKim Lee,k@example.org,MLE1\nKim Lee,k@example.org,MLE1\n"
    with pytest.raises(Refused, match="Line 3: Kim Lee stands on line 2 already; take one of the two out"):
        import_all(team.workspace, members_in(twice))
    assert "Kim Lee" not in {m.name for m in team_page(team.workspace).members}


def test_an_accepted_offer_comes_in_by_another_guide(sample_copy: Path) -> None:
    workspace = open_workspace(sample_copy)
    ladder = guide.adopt(workspace, guide_of("Their ladder"), "import").subject
    hired = team_page(workspace).joining[0]
    with pytest.raises(Refused, match="The guide has no level"):
        member.from_offer(workspace, hired.application, guide=ladder)
    row = member.from_offer(workspace, hired.application, guide=ladder, level="L4").subject
    found = member_page(workspace, row)
    assert found is not None
    assert (found.guide.name, found.row.level) == ("Their ladder", "L4")
    assert found.row.latest is not None
    assert len(found.row.latest.names) == len(found.row.latest.cells) == 10, "the panel’s strip is the rubric’s"
    assert len(growth_page(workspace, row).gaps) == 16
    workspace.close()


def test_a_plan_may_be_begun_by_the_guide_they_are_kept_by(team: Team, ladder: int) -> None:
    member.keep_by(team.workspace, team.nadia, ladder, "L2")
    growth.begin(team.workspace, team.nadia, "L3")
    assert growth_page(team.workspace, team.nadia).guide.name == "Their ladder"
    with pytest.raises(Refused, match="no level “MLE3”"):
        growth.begin(team.workspace, team.nadia, "MLE3")
    with pytest.raises(Refused, match="no level “MLE2”"):
        assessment_request.ask(team.workspace, team.nadia, JOEL, level="MLE2")


def test_a_level_written_down_ahead_holds_from_midnight_everywhere(team: Team) -> None:
    tomorrow = team.workspace.today() + timedelta(days=1)
    member.change_level(team.workspace, team.anders, LevelChange("MLE4", tomorrow))
    held = calibration.add(team.workspace, NewCalibration("Next", date(2025, 3, 12), date(2026, 3, 12))).subject
    calibration.propose(team.workspace, held, team.anders, "MLE5")
    calibration.propose(team.workspace, held, team.nadia, "MLE3")

    def levels() -> list[str]:
        return [m.level for m in calibration_view(team.workspace, held).members]

    assert levels() == ["MLE3", "MLE2"]
    team.clock.turn(days=1)
    assert levels() == ["MLE4", "MLE2"]
    asked = assessment.assess_myself(team.workspace, team.anders).subject
    assert assessment_page(team.workspace, asked).level.id == "MLE4"
    calibration.start(team.workspace, held, "Nobody was asked yet.")
    member.change_level(team.workspace, team.anders, LevelChange("MLE5", tomorrow))
    assert levels() == ["MLE4", "MLE2"], "the session keeps what held when it began"


def test_evidence_is_kept_on_a_dimension_of_the_plan_they_still_have(team: Team, ladder: int) -> None:
    growth.begin(team.workspace, team.anders, "MLE4")
    member.keep_by(team.workspace, team.anders, ladder, "L3")
    evidence.add(team.workspace, team.anders, evidence.NewEvidence("mlops", "Mended the road", date(2026, 3, 1)))
    evidence.add(team.workspace, team.anders, evidence.NewEvidence("d01", "Mended the alarms", date(2026, 3, 2)))
    with pytest.raises(Refused, match="no dimension “charm”"):
        evidence.add(team.workspace, team.anders, evidence.NewEvidence("charm", "Smiles", None))
    assert {f.dimension for f in growth_page(team.workspace, team.anders).facts} == {"mlops", "d01"}


def test_what_was_scored_by_another_guide_is_not_drawn_against_this_ones_level(team: Team, ladder: int) -> None:
    other = guide.adopt(team.workspace, guide_of("Another", 12), "import").subject
    row = member.add(team.workspace, NewMember("L3", "Eva Holm"), other).subject
    seat = assessment_request.ask(team.workspace, row, RUTH).subject
    for dimension in guide_of("Another", 12).dimension_ids:
        assessment.add_fact(team.workspace, seat, dimension, "Seen", date(2026, 1, 20))
        assessment.rate(team.workspace, seat, dimension, 3)
    assessment.submit(team.workspace, seat)
    assert [o.level for o in growth_page(team.workspace, row).occasions] == ["L3"]
    member.keep_by(team.workspace, row, ladder, "L3")
    assert growth_page(team.workspace, row).occasions == ()
