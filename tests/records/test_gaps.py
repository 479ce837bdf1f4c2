"""A word of readiness and the cells beside it are of one source; versions of a guide and who has assessed since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.actions import calibration, calibration_session, growth, guide, member, settings
from app.actions.calibration import NewCalibration
from app.actions.member import NewMember
from app.actions.undo import Undoing
from app.domain.growth import Gap, GapStanding
from app.domain.guide import EvidenceNeeded, Guide
from app.domain.guide_diff import same_sentences
from app.domain.readiness import Readiness
from app.errors import Refused
from app.phrases.growth import gaps_in_words
from app.queries.growth import GrowthView, compare_tracks, growth_page, growth_rows
from app.queries.growth_packet import growth_facts
from app.queries.guide import guide_at
from app.queries.reports.hire_outcome import hire_to_outcome
from app.queries.team import member_page
from tests.actions.calibrating import DANA, TOMASZ, Team
from tests.actions.panel import Panel
from tests.grown import DIMENSIONS, assess
from tests.packets.reading import text_of
from tests.packets.test_growth import hire
from tests.printing import make_growth_packet, worked_out
from tests.wide import guide_of


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def page(team: Team) -> GrowthView:
    return growth_page(team.workspace, team.anders)


def cells(found: tuple[Gap, ...]) -> dict[str, GapStanding]:
    return {g.dimension: g.standing for g in found}


def words(shown: GrowthView) -> tuple[str, str]:
    return gaps_in_words({d.id: d.short for d in shown.guide.dimensions}, shown.gaps)


def revised(team: Team, **texts: str) -> int:
    """A further version of the guide in which cells of MLE4 say something else."""
    version = guide.guide_in_use(team.workspace)
    known = guide_at(team.workspace, version)
    level = known.level("MLE4")
    changed = {d: c.model_copy(update={"expect": texts[d]}) if d in texts else c for d, c in level.cells.items()}
    new = level.model_copy(update={"cells": changed})
    levels = tuple(new if one.id == "MLE4" else one for one in known.levels)
    made = known.model_copy(update={"levels": levels})
    return guide.revise(
        team.workspace, version, Guide.model_validate(made.model_dump(by_alias=True)), "Clearer"
    ).subject


def test_the_cells_are_those_the_word_was_said_of(team: Team) -> None:
    growth.begin(team.workspace, team.anders, "MLE4")
    team.all_in()
    before = page(team)
    assert (before.readiness, words(before)[1]) == (Readiness.CLOSE, "Reliability split and Communication split")
    calibration.start(team.workspace, team.cycle)
    why = {DANA: "I had not seen the failover review."}
    calibration_session.vote(team.workspace, team.of(team.anders).proposal, "reliability", {TOMASZ: 3, DANA: 3}, why)
    after = page(team)
    assert (after.readiness, after.gap("reliability").standing) == (Readiness.READY, GapStanding.MET)
    assert words(after)[1] == "Communication split"
    assert cells(growth_facts(team.workspace, team.anders).gaps) == cells(after.gaps)
    (track,) = compare_tracks(team.workspace, team.anders, ["MLE4"])
    row = next(r for r in growth_rows(team.workspace) if r.member == team.anders)
    assert cells(track.gaps) == cells(row.cells) == cells(after.gaps)
    said = " ".join(text_of(make_growth_packet(team.workspace, team.anders)))
    assert "Ready" in said
    assert "Reliability split" not in said


def test_who_was_assessed_since_has_no_word_of_before(team: Team) -> None:
    growth.begin(team.workspace, team.anders, "MLE4")
    team.all_in()
    team.clock.turn(days=60)
    scores: dict[str, int | None] = dict.fromkeys(DIMENSIONS, 3)
    assess(team.workspace, team.anders, "Tomasz Wieland", scores, team.workspace.now(), level="MLE4")
    shown = page(team)
    assert shown.readiness is None
    assert shown.gap("systems_design").scores == (3, 3)
    assert shown.assessed_on == date(2026, 5, 11)


def test_a_calibration_in_which_nobody_has_scored_hides_nothing(team: Team) -> None:
    growth.begin(team.workspace, team.anders, "MLE4")
    team.all_in()
    before = page(team)
    team.clock.turn(days=60)
    later = calibration.add(team.workspace, NewCalibration("Autumn 2026", date(2026, 3, 13), date(2026, 9, 1))).subject
    calibration.propose(team.workspace, later, team.anders, "MLE4", ())
    scores: dict[str, int | None] = dict.fromkeys(DIMENSIONS, 4)
    at = team.workspace.now()
    assess(team.workspace, team.anders, "Anders Mbeki", scores, at, level="MLE4", relation="self", cycle=later)
    assert (page(team).gaps, page(team).readiness) == (before.gaps, before.readiness)


def test_a_level_the_plans_guide_lacks_is_said_and_not_an_error(team: Team) -> None:
    known = guide_at(team.workspace, guide.guide_in_use(team.workspace))
    short = known.model_dump(by_alias=True)
    short["name"], short["levels"] = "Short", [one for one in short["levels"] if one["id"] != "MLE3"]
    for track in short["tracks"]:
        track["order"] = [one for one in track["order"] if one != "MLE3"]
    short["transitions"] = [t for t in short["transitions"] if "MLE3" not in (t["from"], t["to"])]
    version = guide.adopt(team.workspace, Guide.model_validate(short), "by hand").subject
    growth.begin(team.workspace, team.anders, None, guide=version)
    shown = page(team)
    assert not shown.level_known
    assert (shown.title, shown.against_title) == ("MLE3", "MLE3")
    assert {g.standing for g in shown.gaps} == {GapStanding.NOT_EXPECTED}
    assert make_growth_packet(team.workspace, team.anders).pages >= 1


def test_an_assessment_counts_in_another_version_where_the_sentence_is_the_same(team: Team) -> None:
    team.all_in()
    version = revised(team, mlops="Something else altogether.")
    assert member.move_guide(team.workspace, team.anders).words == "Anders Mbeki on version 2 of the guide"
    growth.begin(team.workspace, team.anders, "MLE4")
    shown = page(team)
    assert shown.guide_version == version
    assert shown.gap("mlops").scores == ()
    assert shown.gap("reliability").scores == (2, 3)
    assert shown.readiness is None, "the word was said of other sentences"
    one, other = (guide_at(team.workspace, v) for v in (version - 1, version))
    assert same_sentences(one, other, "MLE4") == set(DIMENSIONS) - {"mlops"}
    assert same_sentences(one, other, "MLE3") == set(DIMENSIONS)
    assert same_sentences(one, other, "X") == frozenset()


def test_the_newest_version_is_offered_with_what_changed_and_moving_is_undone(team: Team) -> None:
    found = member_page(team.workspace, team.anders)
    assert found is not None
    assert found.newer is None
    with pytest.raises(Refused, match="on the newest version already"):
        member.move_guide(team.workspace, team.anders)
    revised(team, mlops="Something else altogether.")
    found = member_page(team.workspace, team.anders)
    assert found is not None
    assert found.newer is not None
    assert (found.version, found.newer.version, found.newer.changed) == (1, 2, ()), "MLE3 says what it said"
    undoing = Undoing()
    undoing.note(member.move_guide(team.workspace, team.anders))
    moved = member_page(team.workspace, team.anders)
    assert moved is not None
    assert (moved.version, moved.newer) == (2, None)
    undoing.undo(team.workspace)
    assert member_page(team.workspace, team.anders) == found


def test_a_rating_of_the_past_is_drawn_by_what_the_guide_needs_as_todays_is(team: Team) -> None:
    needs = EvidenceNeeded(min_raters=1, min_evidence_core=0, min_months_core=0)
    ladder = guide.adopt(team.workspace, guide_of("Theirs").model_copy(update={"evidence": needs}), "import").subject
    row = member.add(team.workspace, NewMember("L2", "Eva Holm"), ladder).subject
    growth.begin(team.workspace, row, "L3")
    scores = dict.fromkeys(guide_of("Theirs").dimension_ids, 3)
    assess(team.workspace, row, "Tomasz Wieland", {**scores}, team.workspace.now(), level="L3")
    facts = growth_facts(team.workspace, row)
    (rated,) = facts.ratings
    assert cells(rated.cells) == cells(facts.gaps)
    assert set(cells(rated.cells).values()) == {GapStanding.MET}, "one rater makes a cell of this guide"


def test_the_day_of_a_hire_is_the_workspaces(tmp_path: Path) -> None:
    panel = Panel(tmp_path)
    settings.set_time_zone(panel.workspace, "Pacific/Kiritimati")
    panel.clock.turn(hours=3)
    row = hire(panel)
    member.edit(panel.workspace, row, started_on=None)
    assess(panel.workspace, row, "Omar Haddad", dict.fromkeys(DIMENSIONS, 3), panel.workspace.now(), level="MLE3")
    report = worked_out(panel.workspace, hire_to_outcome)
    assert (report.waiting, report.pairs) == (1, ()), "assessed on the day they were hired, there"
    panel.workspace.close()
