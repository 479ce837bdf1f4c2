"""What a session decided stands before the rule's word, and before a newer or an older version of the guide."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.actions import assessment, calibration, calibration_session, growth, guide, member
from app.actions.calibration import NewCalibration
from app.actions.undo import Undoing
from app.desk.pages.calibration.matrix import under_cell
from app.domain.assessment import AssessedRating, EvidenceEntry
from app.domain.calibration import CalibrationOutcome
from app.errors import Refused
from app.packets.paper.page import Packet
from app.phrases.growth import head_words
from app.phrases.readiness import said_of
from app.queries.assessment import assessment_page
from app.queries.calibration import calibration_view
from app.queries.growth import growth_page
from app.queries.guide import guide_at
from app.queries.plain_lists import members
from app.queries.team import member_page
from tests.actions.calibrating import DANA, RUTH, TOMASZ, Team
from tests.packets.reading import text_of
from tests.printing import make_growth_packet, make_minutes, make_promotion_packet


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def whole(packet: Packet) -> str:
    return " ".join(" ".join(text_of(packet)).split())


def ready_but_not_now(team: Team) -> None:
    """Both rate every cell at the bar, so the rule says Ready; the session says not now."""
    team.fill(team.anders, TOMASZ)
    team.fill(team.anders, DANA)
    team.fill(team.nadia, RUTH)
    calibration.start(team.workspace, team.cycle, "Tomasz is on leave.")
    calibration_session.decide(
        team.workspace,
        team.of(team.anders).proposal,
        CalibrationOutcome.NOT_NOW,
        "No seat at this level before autumn.",
    )


def test_not_now_is_never_outshouted_by_ready(team: Team) -> None:
    growth.begin(team.workspace, team.anders, "MLE4", team.workspace.today())
    ready_but_not_now(team)
    one = team.of(team.anders)
    assert one.judged is not None
    assert one.outcome is not None
    assert said_of(one.judged.verdict.word, one.outcome.outcome).word == "Not now"
    shown = growth_page(team.workspace, team.anders)
    names = {d.id: d.short for d in shown.guide.dimensions}
    word, beside = head_words(names, shown.gaps, shown.readiness, shown.outcome)
    assert (word, beside.split(":")[0]) == ("Not now", "the rule said Ready")
    paper = whole(make_growth_packet(team.workspace, team.anders))
    assert paper.index("Not now") < paper.index("the rule said Ready")
    packet = text_of(make_promotion_packet(team.workspace, team.anders))
    front = " ".join(packet[0].split())
    assert front.index("Not now") < front.index("the rule said Ready")
    assert "rule: Ready" in whole(make_minutes(team.workspace, team.cycle))
    assert "Not now. The rule said Ready" in whole(make_minutes(team.workspace, team.cycle))
    strip = member_page(team.workspace, team.anders).row.latest  # type: ignore[union-attr]
    assert strip is not None
    assert strip.outcome == "not_now"
    assert next(m["outcome"] for m in members(team.workspace) if m["name"] == "Anders Mbeki") == "not_now"


def test_a_score_on_evidence_from_outside_the_days_says_so_in_grid_and_packet(team: Team) -> None:
    team.fill(team.anders, TOMASZ)
    row = team.seat(team.anders, DANA)
    old = (EvidenceEntry(date(2023, 5, 4), "Led it then"),)
    with team.workspace.acting(DANA):
        dimensions = assessment_page(team.workspace, row).content.dimensions
        assessment.fill(team.workspace, row, [AssessedRating(d, 3, facts=old) for d in dimensions])
        assessment.submit(team.workspace, row)
    one = team.of(team.anders)
    assert one.judged is not None
    cell = one.judged.verdict.cells[0]
    assert under_cell(one, cell) == ("1× 2023", "warn")
    paper = whole(make_promotion_packet(team.workspace, team.anders))
    assert "only 2023: unsupported" in paper
    assert "1× 2023" in paper


def revised(team: Team) -> int:
    """A further version in which every sentence of MLE4 says something else."""
    version = guide.guide_in_use(team.workspace)
    known = guide_at(team.workspace, version)
    level = known.level("MLE4")
    cells = {d: c.model_copy(update={"expect": f"{c.expect} Anew."}) for d, c in level.cells.items()}
    new = level.model_copy(update={"cells": cells})
    levels = tuple(new if one.id == "MLE4" else one for one in known.levels)
    made = guide.revise(team.workspace, version, known.model_copy(update={"levels": levels}), "Clearer").subject
    assert made is not None
    return made


def session_by(team: Team, version: int) -> int:
    """Anders settled against MLE4 of this version."""
    made = calibration.add(
        team.workspace, NewCalibration("Summer 2026", date(2025, 3, 12), date(2026, 3, 12), guide=version)
    ).subject
    assert made is not None
    calibration.propose(team.workspace, made, team.anders, "MLE4", (TOMASZ, DANA))
    team.cycle = made
    team.fill(team.anders, TOMASZ)
    team.fill(team.anders, DANA, "2")
    return made


def test_a_member_on_an_older_version_shows_what_the_session_settled(team: Team) -> None:
    growth.begin(team.workspace, team.anders, "MLE4", team.workspace.today())
    session_by(team, revised(team))
    shown = growth_page(team.workspace, team.anders)
    assert all(g.scores for g in shown.gaps if g.bar is not None), "never “no score”"
    assert shown.settled_by == 2
    assert shown.raters == ("Tomasz Wieland", "Dana Whitlock")
    assert "against the sentences of version 2 of the guide" in whole(make_growth_packet(team.workspace, team.anders))


def test_all_members_move_to_the_version_of_a_calibration_in_one_step(team: Team) -> None:
    version = revised(team)
    made = session_by(team, version)
    calibration.propose(team.workspace, made, team.nadia, "MLE3", (TOMASZ,))
    page = calibration_view(team.workspace, made)
    assert page.behind == ((team.anders, version), (team.nadia, version))
    undoing = Undoing()
    undoing.note(member.move_all(team.workspace, page.behind))
    assert calibration_view(team.workspace, made).behind == ()
    undoing.undo(team.workspace)
    assert calibration_view(team.workspace, made).behind == page.behind
    with pytest.raises(Refused):
        member.move_all(team.workspace, [(team.anders, 99)])


def test_the_guides_example_never_reads_as_the_persons_deed(team: Team) -> None:
    ready_but_not_now(team)
    front = " ".join(text_of(make_promotion_packet(team.workspace, team.anders))[0].split())
    assert "What it looks like:" not in front
    assert "The guide’s own example of MLE4, of nobody here: “" in front


def test_an_assessment_amended_after_the_opening_says_so(team: Team) -> None:
    team.fill(team.anders, TOMASZ)
    before = team.fill(team.anders, DANA, "2")
    team.clock.turn(hours=1)
    with team.workspace.acting(DANA):
        row = assessment.amend(team.workspace, before, "Tomasz saw more than I did.").subject
        assessment.rate(team.workspace, row, "systems_design", 3)
        assessment.submit(team.workspace, row)
    one = team.of(team.anders)
    assert one.judged is not None
    assert one.judged.after_open == {row}
    paper = whole(make_promotion_packet(team.workspace, team.anders))
    assert "amended after all were open" in paper
    assert "each given alone but for Dana Whitlock" in paper


def test_an_assessment_amended_while_others_are_due_was_given_alone(team: Team) -> None:
    row = team.fill(team.anders, TOMASZ)
    with team.workspace.acting(TOMASZ):
        again = assessment.amend(team.workspace, row, "A wrong day.").subject
        assessment.submit(team.workspace, again)
    team.clock.turn(hours=1)
    team.fill(team.anders, DANA)
    one = team.of(team.anders)
    assert one.judged is not None
    assert one.judged.after_open == frozenset()
    assert "each given alone." in whole(make_promotion_packet(team.workspace, team.anders))
