"""What the rule says and what was decided never contradict each other, on any page or paper, in random calibrations.

Three seeds run with every test run; `-m trial` runs sixty more.
"""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from app.actions import calibration, calibration_session, growth
from app.domain.calibration import CalibrationOutcome
from app.domain.panel import State
from app.domain.readiness import Readiness
from app.phrases.growth import head_words
from app.phrases.readiness import readiness_word, said_of
from app.phrases.rubric import outcome_word
from app.queries.calibration import CalibrationMember
from app.queries.growth import growth_page
from app.queries.outcome_letters import outcome_letters
from app.queries.team import team_page
from app.queries.team_tables import outcomes_table
from tests.actions.calibrating import DANA, JOEL, RUTH, TOMASZ, Team
from tests.packets.reading import text_of
from tests.printing import make_book, make_minutes, make_promotion_packet


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(n, marks=pytest.mark.trial) for n in range(3, 63))])
def test_the_rule_and_what_was_decided_never_contradict_each_other(seed: int, tmp_path: Path) -> None:
    team, chance = Team(tmp_path), random.Random(seed)
    asked = ((team.anders, (TOMASZ, DANA)), (team.nadia, (TOMASZ, RUTH)))
    for member, raters in asked:
        for rater in raters:
            team.fill(member, rater, "".join(chance.choice("01223333344") for _ in range(10)))
    calibration.start(team.workspace, team.cycle)
    for member, _ in asked:
        _vote_at_random(team, member, chance)
        if chance.random() < 0.8:
            _decide(team, member, chance)
        if chance.random() < 0.3:
            _decide(team, member, chance, again="On second thought.")
    for one in team.page.members:
        _rests_on_its_cells(one)
        _pages_agree(team, one)
        _papers_agree(team, one)


def _vote_at_random(team: Team, member: int, chance: random.Random) -> None:
    one = team.of(member)
    assert one.judged is not None
    for cell in one.judged.before.cells:
        voters = one.judged.voters(cell.dimension)
        if voters and chance.random() < 0.3:
            scores = {v.rater: chance.choice((None, 1, 2, 3, 4)) for v in voters}
            whys = dict.fromkeys(scores, "We heard more.")
            calibration_session.vote(team.workspace, one.proposal, cell.dimension, scores, whys)


def _decide(team: Team, member: int, chance: random.Random, again: str = "") -> None:
    one, outcome = team.of(member), chance.choice(list(CalibrationOutcome))
    dissents = [(JOEL, "Not yet.")] if chance.random() < 0.5 else []
    again = again if one.outcome is not None else ""
    calibration_session.decide(team.workspace, one.proposal, outcome, "As talked about.", dissents, again)


def _rests_on_its_cells(one: CalibrationMember) -> None:
    """'Ready' never stands over a core cell that is not met, and nothing thin decides for it."""
    assert one.judged is not None
    verdict = one.judged.verdict
    core = [cell.state for cell in verdict.cells if cell.core]
    if verdict.word is Readiness.READY:
        assert State.NOT_MET not in core
        assert not any(1 in cell.scores for cell in verdict.cells if cell.core)
    if verdict.word is Readiness.CANNOT_SAY:
        assert sum(state in (State.THIN, State.EMPTY) for state in core) >= 1


def _pages_agree(team: Team, one: CalibrationMember) -> None:
    assert one.judged is not None
    ws, verdict = team.workspace, one.judged.verdict
    outcome = one.outcome.outcome if one.outcome is not None else ""
    strip = next(m for m in team_page(ws).members if m.id == one.member).strips[0]
    assert strip.outcome == outcome
    growth.begin(ws, one.member, one.target, date(2026, 3, 12))
    plan = growth_page(ws, one.member)
    assert (plan.readiness, plan.outcome) == (verdict.word, outcome)
    names = {d.id: d.short for d in plan.guide.dimensions}
    assert head_words(names, plan.gaps, plan.readiness, plan.outcome)[0] == said_of(verdict.word, outcome).word
    row = next(row for row in outcomes_table(ws, team.cycle).rows if one.name in row)
    assert (outcome_word(outcome) if outcome else "") in row
    assert [letter.outcome for letter in outcome_letters(ws, team.cycle) if letter.name == one.name] == (
        [CalibrationOutcome(outcome)] if outcome else []
    )


def _papers_agree(team: Team, one: CalibrationMember) -> None:
    assert one.judged is not None
    ws, word = team.workspace, one.judged.verdict.word
    outcome = one.outcome.outcome if one.outcome is not None else ""
    said = said_of(word, outcome).word
    front = text_of(make_promotion_packet(ws, one.member))[0]
    assert said in front
    others = {outcome_word(o) for o in CalibrationOutcome} - {said}
    if not outcome:
        assert not any(f"{other}." in front for other in others), "nothing is decided before it is"
    heading = f"{one.name}, {one.level} to {one.target}"
    for pages in (text_of(make_minutes(ws, team.cycle)), text_of(make_book(ws, team.cycle, record=True))):
        assert f"{heading} {said}" in " ".join(pages)
    before = " ".join(text_of(make_book(ws, team.cycle)))
    assert readiness_word(word) in before
    assert f"{heading} {outcome_word(outcome)}" not in before if outcome else True
