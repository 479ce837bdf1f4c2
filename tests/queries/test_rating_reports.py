"""How ratings hold: splits and what became of them, one rater at a time, the same asked again; and what stays out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.actions import assessment, calibration, calibration_session, guide
from app.domain.calibration import CalibrationOutcome
from app.domain.operations import Op
from app.domain.report_filter import ReportFilter
from app.domain.score_pairs import Moves, Standing
from app.errors import Refused
from app.packets.reports.ratings import splits as splits_report
from app.packets.reports.report import Report
from app.packets.reports.table import REPORTS, content_of
from app.queries.reports.ratings import Fate, RaterReport, SplitReport, raters, re_ratings
from app.store.guide import read_guide
from app.store.tables_growth import Member
from tests.actions.calibrating import DANA, JOEL, RUTH, TOMASZ, Team
from tests.grown import DIMENSIONS, assess
from tests.printing import worked_out

AT = datetime.fromisoformat("2026-02-02T10:00:00+00:00")
FOUR = DIMENSIONS[:4]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.workspace.close()


def report(team: Team, name: str, who: int | None = None, **asked: object) -> Report:
    return REPORTS[name].report(team.workspace, ReportFilter(**asked), who)  # type: ignore[arg-type]


def in_session(team: Team) -> None:
    """Anders is split on reliability, communication and execution, Nadia on reliability and governance."""
    team.all_in()
    calibration.start(team.workspace, team.cycle)


def vote(team: Team, member: int, dimension: str, **scores: int | None) -> None:
    given = {{"tomasz": TOMASZ, "dana": DANA}[who]: score for who, score in scores.items()}
    reason = "Once more." if team.of(member).votes else ""
    calibration_session.vote(
        team.workspace, team.of(member).proposal, dimension, given, dict.fromkeys(given, "I read it again."), reason
    )


def rater(team: Team, who: int) -> RaterReport:
    return next(one for one in worked_out(team.workspace, raters).raters if one.id == who)


def figures(made: Report) -> dict[str, str]:
    return {row[0]: row[1] for row in made.rows}


# Splits


def test_what_became_of_split_cells_and_how_the_outcome_came(team: Team) -> None:
    assert report(team, "splits").finding == "No session has begun yet."
    in_session(team)
    vote(team, team.anders, "reliability", tomasz=3, dana=3)
    vote(team, team.anders, "communication", tomasz=2, dana=2)
    vote(team, team.nadia, "governance", tomasz=3)
    calibration_session.decide(
        team.workspace, team.of(team.anders).proposal, CalibrationOutcome.NOT_NOW, "Communication is below."
    )
    made = report(team, "splits")
    assert made.rows == [
        ("Spring 2026", "then met", "1", "0", "1", "0", "0"),
        ("Spring 2026", "then not met", "1", "0", "1", "0", "0"),
        ("Spring 2026", "still split", "1", "0", "0", "0", "1"),
        ("Spring 2026", "no second vote", "2", "0", "1", "0", "1"),
    ]
    assert made.finding == (
        "5 cells were split; 3 taken up in a second vote: 1 then met, 1 then not met and 1 still split."
    )
    assert made.of == "the team · all time"
    assert made.draw is not None
    assert content_of(made, "pdf") == content_of(report(team, "splits"), "pdf")


def test_a_vote_that_leaves_too_few_scores_makes_a_cell_thin(team: Team) -> None:
    in_session(team)
    vote(team, team.anders, "execution", tomasz=3, dana=None)
    assert ("Spring 2026", "then thin", "1", "0", "0", "0", "1") in report(team, "splits").rows


def test_a_vote_on_a_cell_that_was_not_split_is_no_split(team: Team) -> None:
    in_session(team)
    vote(team, team.anders, "mlops", tomasz=3, dana=2)
    assert report(team, "splits").rows == [("Spring 2026", "no second vote", "5", "0", "0", "0", "5")]


def test_the_period_of_splits_is_that_of_sessions_and_a_calibration_stays_whole(team: Team) -> None:
    in_session(team)
    began = team.workspace.today()
    assert len(report(team, "splits", since=began, until=began).rows) == 1
    earlier = report(team, "splits", until=began - timedelta(days=1))
    assert (earlier.rows, earlier.draw) == ([], None)


def test_of_several_calibrations_the_last_rows_are_over_all_and_one_without_splits_says_so() -> None:
    value = SplitReport(
        (("One", Counter({(Fate.MET, "promote"): 2, (Fate.NO_VOTE, ""): 1})), ("Two", Counter())),
        sealed=0,
    )
    made = splits_report(value)
    assert made.rows[2:] == [
        ("Two", "no cell was split", "0", "0", "0", "0", "0"),
        ("All calibrations", "then met", "2", "2", "0", "0", "0"),
        ("All calibrations", "no second vote", "1", "0", "0", "0", "1"),
    ]
    assert made.as_png() is not None


# Raters


def test_one_rater_beside_the_others_with_their_second_scores_and_days(team: Team) -> None:
    """Tomasz and Dana differ on four of Anders's ten cells, Tomasz and Ruth on two of Nadia's."""
    team.clock.turn(days=3)
    in_session(team)
    vote(team, team.anders, "reliability", tomasz=3, dana=3)
    vote(team, team.anders, "execution", tomasz=3, dana=None)
    found = rater(team, TOMASZ)
    assert found.standing == Standing(above=5, same=14, below=1)
    assert (found.moves, found.withdrawn) == (Moves(same=2), 0)
    assert found.days == (3, 3)
    assert found.severity.points is not None, "twenty scores are enough"
    dana = rater(team, DANA)
    assert dana.standing == Standing(above=0, same=6, below=4)
    assert (dana.moves, dana.withdrawn) == (Moves(up=1), 1)
    made = report(team, "raters", DANA)
    assert made.title == "Ratings of Dana Whitlock"
    assert made.finding == "Of 10 cells in common 0 are above the others, 6 the same, 4 below."
    rows = figures(made)
    assert rows["Severity, points"] == "too few to say", "an interval needs fifteen"
    assert rows["Changed"] == "1 by one up and 1 taken back"
    assert rows["Days from being asked"] == "3"
    assert "For coaching only" in made.note
    assert not any("Tomasz" in str(part) for part in (made.rows, made.finding, made.definition))


def test_under_eight_cells_in_common_there_are_words_alone(team: Team) -> None:
    team.fill(team.anders, TOMASZ, "3333000000")
    team.fill(team.anders, DANA, "4333333333")
    team.fill(team.nadia, RUTH)
    calibration.start(team.workspace, team.cycle, "One of Nadia’s is late.")
    made = report(team, "raters", DANA)
    assert made.finding == "Too few to say: 4 of 8 cells in common needed."
    assert made.draw is None
    assert [row[1] for row in made.rows[:6]] == ["4", *["too few to say"] * 5]


def test_what_members_say_of_themselves_and_what_was_amended_after_reading_is_no_first_score(team: Team) -> None:
    assess(
        team.workspace,
        team.anders,
        "Anders Mbeki",
        dict.fromkeys(DIMENSIONS, 4),
        AT,
        level="MLE4",
        relation="self",
        cycle=team.cycle,
    )
    team.all_in()
    team.clock.turn(hours=1)
    with team.workspace.acting(DANA):
        again = assessment.amend(team.workspace, team.seat(team.anders, DANA), "I read what Tomasz saw.").subject
        assessment.rate(team.workspace, again, "reliability", 3)
        assessment.submit(team.workspace, again)
    calibration.start(team.workspace, team.cycle)
    found = worked_out(team.workspace, raters).raters
    assert [one.name for one in found] == ["Dana Whitlock", "Ruth Amadi", "Tomasz Wieland"]
    assert rater(team, DANA).standing == Standing()
    assert rater(team, TOMASZ).standing.cells == 10, "with Ruth alone"


def test_before_a_session_nobody_is_looked_at(team: Team) -> None:
    team.all_in()
    assert worked_out(team.workspace, raters).raters == ()
    with pytest.raises(Refused, match="one interviewer at a time"):
        report(team, "raters", TOMASZ)


def test_nothing_of_a_case_that_is_sealed_is_in_splits_or_raters(team: Team) -> None:
    team.fill(team.anders, TOMASZ, "4333333333")
    team.fill(team.nadia, TOMASZ, "2332333333")
    team.fill(team.nadia, RUTH, "2333333323")
    calibration.start(team.workspace, team.cycle, "Dana is away.")
    with team.workspace.acting(DANA):
        made, shown = report(team, "splits"), report(team, "raters", TOMASZ)
        assert rater(team, TOMASZ).days == (0,)
    assert made.rows == [("Spring 2026", "no second vote", "2", "0", "0", "0", "2")]
    assert made.left_out == shown.left_out == "1 member’s assessments are not open to you and are left out"
    assert figures(shown)["Assessments in"] == "1"


# Re-ratings


def test_later_scores_beside_earlier_ones_by_the_same_rater_against_the_same_level(team: Team) -> None:
    def again(rater: str, months: int, *scores: int | None, level: str = "MLE4", relation: str = "peer") -> None:
        at = AT - timedelta(days=30 * months)
        rated = dict(zip(FOUR, scores, strict=False))
        assess(team.workspace, team.nadia, rater, rated, at, level=level, relation=relation)

    again("Joel Abara", 24, 2, 2, 3, 4)
    again("Joel Abara", 12, 2, 3, 2, 2)
    again("Joel Abara", 1, None, 3, 4)
    again("Dana Whitlock", 12, 4, 4, 4, 4)  # once
    again("Dana Whitlock", 1, 1, 1, 1, 1, level="MLE3")  # against another level
    again("Nadia Rousselle", 12, 1, 1, relation="self")
    again("Nadia Rousselle", 1, 4, 4, relation="self")
    found = worked_out(team.workspace, re_ratings)
    assert [moves for _, moves in found.dimensions] == [
        Moves(same=1),
        Moves(same=1, up=1),
        Moves(down=1, further=1),
        Moves(further=1),
    ]
    assert (found.total, found.members, found.raters) == (Moves(2, 1, 1, 2), 1, 1)
    made = report(team, "re-ratings")
    assert made.finding == "Too few to say: 6 of 8 pairs needed. The table lists them."
    assert made.draw is None
    assert made.rows[-1] == ("All dimensions", "6", "2", "1", "1", "2")
    later = report(team, "re-ratings", since=date(2025, 6, 1))
    assert later.rows[-1] == ("All dimensions", "2", "1", "0", "0", "1"), "the period is that of later ones"
    again("Joel Abara", 0, 2, 2, 2, 2)
    made = report(team, "re-ratings")
    assert made.finding == "Of 10 pairs 4 have the same score, 1 one up, 2 one down, 3 lie further apart."
    assert made.as_png() is not None
    assert not any(name in str(made.rows) for name in ("Joel", "Nadia"))


def test_a_sentence_that_changed_begins_anew_and_one_that_did_not_goes_on(team: Team) -> None:
    workspace = team.workspace
    assess(workspace, team.nadia, "Joel Abara", dict.fromkeys(FOUR, 2), AT, level="MLE4")
    with workspace.read() as connection:
        known = read_guide(connection, 1)
    level = known.level("MLE4")
    cell = level.cells["mlops"].model_copy(update={"expect": "Owns the road."})
    new = level.model_copy(update={"cells": {**level.cells, "mlops": cell}})
    levels = tuple(new if one.id == "MLE4" else one for one in known.levels)
    version = guide.revise(workspace, 1, known.model_copy(update={"levels": levels}), "Clearer").subject
    workspace_member(team, version)
    assess(workspace, team.nadia, "Joel Abara", dict.fromkeys(FOUR, 3), AT + timedelta(days=90), level="MLE4")
    assert worked_out(workspace, re_ratings).total == Moves(up=3), "not on MLOps"
    workspace_member(team, 1)
    assess(workspace, team.nadia, "Joel Abara", dict.fromkeys(FOUR, 3), AT + timedelta(days=180), level="MLE4")
    assert worked_out(workspace, re_ratings).total == Moves(same=3, up=4), "MLOps goes on from the first one"


def workspace_member(team: Team, version: int | None) -> None:
    """Nadia is assessed by this version of the guide from now on."""
    with team.workspace.step(Op.EDIT_MEMBER) as step:
        step.edit(Member, team.nadia, guide_id=version)


def test_an_amendment_is_no_second_assessment(team: Team) -> None:
    in_session(team)
    with team.workspace.acting(DANA):
        again = assessment.amend(team.workspace, team.seat(team.anders, DANA), "I was wrong.").subject
        assessment.rate(team.workspace, again, "mlops", 4)
        assessment.submit(team.workspace, again)
    assert worked_out(team.workspace, re_ratings).total == Moves()
    assess(team.workspace, team.anders, "Dana Whitlock", {"mlops": 4}, AT + timedelta(days=400), level="MLE4")
    assert worked_out(team.workspace, re_ratings).total == Moves(same=1), "the amended one stands for the first"


def test_re_ratings_that_are_sealed_are_left_out_and_that_is_said(team: Team) -> None:
    for days in (0, 200):
        assess(team.workspace, team.nadia, "Joel Abara", {"mlops": 3}, AT + timedelta(days=days), level="MLE4")
    assert worked_out(team.workspace, re_ratings).total.pairs == 1
    at = AT + timedelta(days=201)
    assess(team.workspace, team.nadia, "Dana Whitlock", {"mlops": None}, at, level="MLE4", state="draft")
    for who in (RUTH, DANA, JOEL):
        with team.workspace.acting(who):
            made = report(team, "re-ratings")
            assert made.rows == []
            assert made.left_out == "1 member’s assessments are not open to you and are left out"
