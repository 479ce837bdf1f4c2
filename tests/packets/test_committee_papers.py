"""A committee on paper: who sat on it, what each vote came to, and nothing of one that is open or kept as counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import calibration, committee
from app.domain.calibration import CalibrationOutcome
from app.domain.committee import Ballots, Office
from app.queries.ballots import ballot_facts
from tests.actions.calibrating import DANA, JOEL, RUTH, TOMASZ, Team
from tests.packets.test_promotion import text_of
from tests.printing import make_ballots, make_minutes

NADIA = 6  # as a colleague
CHOICES = {
    TOMASZ: CalibrationOutcome.PROMOTE,
    DANA: CalibrationOutcome.NOT_NOW,
    NADIA: CalibrationOutcome.PROMOTE,
    JOEL: CalibrationOutcome.PROMOTE,
}


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    made.all_in()
    calibration.start(made.workspace, made.cycle)
    for who in (RUTH, TOMASZ, DANA, NADIA):
        committee.seat(made.workspace, made.cycle, who, Office.NONE, votes=True)
    committee.seat(made.workspace, made.cycle, JOEL, Office.CHAIR, votes=True)
    yield made
    made.workspace.close()


def vote(team: Team, *, end: bool = True) -> None:
    committee.open_vote(team.workspace, team.of(team.anders).proposal)
    held = team.of(team.anders).vote
    assert held is not None
    for who, choice in CHOICES.items():
        committee.cast(team.workspace, held.id, who, choice)
    if end:
        committee.end_vote(team.workspace, held.id)


def minutes(team: Team) -> str:
    return " ".join(" ".join(text_of(make_minutes(team.workspace, team.cycle))).split())


def test_minutes_say_who_sat_there_and_how_each_voted(team: Team) -> None:
    vote(team)
    said = minutes(team)
    assert "On the committee: Ruth Amadi (votes)" in said
    assert "Joel Abara (chairs and votes)" in said
    assert "Each vote is kept with its name." in said
    assert said.index("What was decided") < said.index("In this order")
    assert "The committee’s vote: promote (3 promote, 1 not now)" in said
    assert "Ruth Amadi: recused: manager" in said
    assert "Dana Whitlock: not now" in said


def test_minutes_of_counts_name_no_vote(team: Team) -> None:
    committee.keep_ballots(team.workspace, team.cycle, Ballots.COUNTS)
    vote(team)
    said = minutes(team)
    assert "Only how many there were of each is kept" in said
    assert "promote (3 promote, 1 not now)" in said
    assert "Dana Whitlock: voted" in said
    assert "Dana Whitlock: not now" not in said


def test_minutes_tell_nothing_of_a_vote_that_is_open(team: Team) -> None:
    before = minutes(team)
    vote(team, end=False)
    said = minutes(team)
    assert "The committee’s vote is open." in said
    assert said.lower().count("promote") == before.lower().count("promote")
    assert "not now" not in said.lower()


def test_everybody_who_votes_on_the_outcome_gets_a_slip(team: Team) -> None:
    slips = [b for b in ballot_facts(team.workspace, team.cycle).ballots if b.member == "Anders Mbeki"]
    assert [(b.voter, b.seat, b.outcome) for b in slips] == [
        ("Tomasz Wieland", 1, True),
        ("Dana Whitlock", 2, True),
        ("Nadia Rousselle", 0, True),
        ("Joel Abara", 0, True),
    ]
    assert all(not b.cells for b in slips if not b.seat)
    whole = " ".join(text_of(make_ballots(team.workspace, team.cycle)))
    assert "The committee’s vote on the outcome" in whole
    assert "seat 0" not in whole
