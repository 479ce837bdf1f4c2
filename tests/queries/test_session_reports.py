"""Reports of sessions, against a calibration worked by hand: splits, one rater at a time, who was rated again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.actions import calibration, calibration_session
from app.actions.calibration import NewCalibration
from app.domain.calibration import CalibrationOutcome
from app.domain.report_filter import ReportFilter
from app.errors import Refused
from app.packets.reports.report import Report
from app.packets.reports.table import REPORTS
from tests.actions.calibrating import DANA, JOEL, RUTH, TOMASZ, Team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    made = Team(tmp_path)
    made.all_in()
    return made


def report(team: Team, name: str, rater: int | None = None, **asked: date) -> Report:
    return REPORTS[name].report(team.workspace, ReportFilter(until=asked.get("until")), rater)


def figures(made: Report) -> dict[str, str]:
    return {row[0]: row[1] for row in made.rows}


def test_splits_are_counted_with_what_the_session_made_of_them(team: Team) -> None:
    assert report(team, "splits").rows == [], "no session has begun"
    calibration.start(team.workspace, team.cycle)
    anders, nadia = team.of(team.anders), team.of(team.nadia)
    assert anders.judged is not None
    split = [c.dimension for c in anders.judged.before.cells if c.state == "split"]
    assert len(split) >= 2
    calibration_session.vote(
        team.workspace, anders.proposal, split[0], {TOMASZ: 3, DANA: 3}, {DANA: "The memo was theirs."}
    )
    calibration_session.vote(team.workspace, anders.proposal, split[1], {TOMASZ: 3, DANA: 2}, {})
    calibration_session.decide(team.workspace, anders.proposal, CalibrationOutcome.NOT_NOW, "Once more.")
    made = report(team, "splits")
    assert nadia.judged is not None
    hers = sum(c.state == "split" for c in nadia.judged.before.cells)
    ((name, members, all_, met, not_met, still, untouched, *became),) = made.rows
    assert (name, members) == ("Spring 2026", str(1 + bool(hers)))
    assert int(all_) == len(split) + hers
    assert (met, not_met, still, int(untouched)) == ("1", "0", "1", len(split) + hers - 2)
    assert became == ["0", "1", "0", str(int(bool(hers)))]
    assert made.finding.startswith("2 of ")
    assert report(team, "splits", until=date(2020, 1, 1)).rows == []


def test_one_rater_beside_the_others_and_never_two(team: Team) -> None:
    calibration.start(team.workspace, team.cycle)
    with pytest.raises(Refused, match="one interviewer at a time"):
        report(team, "raters")
    with pytest.raises(Refused):
        report(team, "raters", JOEL)
    made = report(team, "raters", TOMASZ)
    rows = figures(made)
    assert made.title == "Tomasz Wieland as a rater"
    shared = int(rows["Scores somebody else gave too"])
    assert shared == sum(int(rows[name]) for name in ("Above the others", "As the others", "Below the others"))
    assert int(rows["Above the others"]) > 0, "he gave Anders a 4 and several 3 where Dana gave a 2"
    assert rows["Assessments in"] == "2"
    assert "Dana" not in str(made.rows)
    assert "in no packet" in made.note
    assert ("Severity, points" in rows) == (shared >= 15)


def test_a_case_that_is_sealed_is_in_none_of_them(tmp_path: Path) -> None:
    team = Team(tmp_path)
    team.fill(team.anders, TOMASZ)
    team.fill(team.nadia, TOMASZ)
    team.fill(team.nadia, RUTH)
    calibration.start(team.workspace, team.cycle, "Dana is away.")
    with team.workspace.acting(DANA):
        made = report(team, "raters", TOMASZ)
        assert figures(made)["Assessments in"] == "1"
        assert made.left_out == "1 member’s assessments are not open to you and are left out"
        assert report(team, "splits").left_out == made.left_out


def test_scores_given_again_against_the_same_sentence(team: Team) -> None:
    few = report(team, "re-ratings")
    assert (few.rows, few.draw) == ([], None)
    assert few.finding == "Too few to say: 0 of 8 scores given again."
    team.clock.turn(days=90)
    days = (date(2025, 3, 12), date(2026, 9, 12))
    first = team.cycle
    team.cycle = calibration.add(team.workspace, NewCalibration("Autumn 2026", *days)).subject
    calibration.propose(team.workspace, team.cycle, team.anders, "MLE4", (TOMASZ, DANA))
    team.fill(team.anders, TOMASZ, "3333333333")
    team.fill(team.anders, DANA, "3332333232")
    made = report(team, "re-ratings")
    moved = [tuple(int(n) for n in row[1:]) for row in made.rows]
    assert all(all_ == sum(ways) for all_, *ways in moved)
    assert sum(all_ for all_, *_ in moved) == 2 * len(made.rows), "each of two raters on each dimension"
    assert sum(row[2] for row in moved) == 1, "the 4 of Tomasz is a 3 now"
    assert (
        made.finding
        == f"{sum(row[3] for row in moved)} of {sum(row[0] for row in moved)} scores given again are the same."
    )
    assert report(team, "re-ratings", until=date(2026, 4, 1)).rows == [], "by the day of the second"
    calibration.propose(team.workspace, team.cycle, team.nadia, "MLE4", (TOMASZ,))
    team.fill(team.nadia, TOMASZ)
    assert report(team, "re-ratings").rows == made.rows, "another level is another sentence"
    assert first != team.cycle
