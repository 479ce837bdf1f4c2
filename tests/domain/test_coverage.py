"""What a plan sees, and what its rule does to candidates whose worth is known."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import plan_edit
from app.domain.coverage import DIMENSION_SD, OFFSETS, RATER_SD, CoverageGap, SimulatedOutcome, coverage, simulate
from app.domain.panel import PanelScore, Zone, judge_panel, pooled_variance
from app.domain.plan import InterviewPlan, PlannedRound, PlannedSeat, plan_of_pack
from app.domain.rubric import Rubric
from app.exchange.packs import load_pack
from app.resources import packs

RUBRIC: Rubric = load_pack(packs() / "ml-engineering-manager").rubric
SIX, FOUR = (plan_of_pack(RUBRIC, plan) for plan in RUBRIC.plans)
D = RUBRIC.dimension_ids


def plan(*rounds: PlannedRound, budget: int = 240) -> InterviewPlan:
    return replace(SIX, rounds=rounds, budget=budget)


def one(*seats: PlannedSeat, minutes: int = 60) -> PlannedRound:
    return PlannedRound("review", minutes, seats)


def run(chosen: InterviewPlan, n: int = 600, gaps: Fraction = Fraction(1, 20)) -> dict[Fraction, SimulatedOutcome]:
    return {o.offset: o for o in simulate(chosen, RUBRIC, n, random.Random, gaps)}


def test_the_six_rounds_see_everything_twice_and_the_four_do_not() -> None:
    six = coverage(SIX, RUBRIC)
    assert six.thin == ()
    assert (six.areas, six.signals, six.over_budget) == ((), (), 0)
    assert {s.dimension: s.gap for s in coverage(FOUR, RUBRIC).thin} == dict.fromkeys(
        ("software", "product", "governance", "execution"), CoverageGap.ONE_PERSON
    )


def test_two_rounds_of_one_person_are_one_person() -> None:
    seat = PlannedSeat(1, D[:2])
    found = coverage(plan(one(seat), one(seat)), RUBRIC).dimensions
    assert (found[0].people, found[0].rounds, found[0].gap) == (1, 2, CoverageGap.ONE_PERSON)
    assert found[2].gap is CoverageGap.NOBODY


def test_two_people_in_one_round_are_one_round() -> None:
    found = coverage(plan(one(PlannedSeat(1, D[:2]), PlannedSeat(2, D[:2]))), RUBRIC).dimensions
    assert (found[0].people, found[0].rounds, found[0].gap) == (2, 1, CoverageGap.ONE_ROUND)


def test_a_shadow_covers_nothing() -> None:
    found = coverage(plan(one(PlannedSeat(1, D[:1]), PlannedSeat(2, D, shadow=True))), RUBRIC)
    assert [s.people for s in found.dimensions] == [1] + [0] * 9
    assert [load.colleague for load in found.loads] == [1]


def test_one_person_over_the_whole_plan_may_score_four() -> None:
    most = RUBRIC.limits.max_dimensions_per_interviewer
    found = coverage(
        plan(one(PlannedSeat(1, D[:3])), one(PlannedSeat(1, D[2:5])), one(PlannedSeat(None, D[:4]))), RUBRIC
    )
    assert [(load.colleague, load.dimensions, load.over) for load in found.loads] == [(1, 5, True), (None, 4, False)]
    assert most == 4
    assert found.loads[0].places == ((0, 0), (1, 0))


def test_minutes_over_the_budget_and_what_nobody_reaches_are_named() -> None:
    found = coverage(
        plan(one(PlannedSeat(1, D[:1]), minutes=90), one(PlannedSeat(2, D[:1]), minutes=60), budget=120), RUBRIC
    )
    assert (found.minutes, found.over_budget) == (150, 30)
    assert set(found.areas) == {a.id for a in RUBRIC.areas if D[0] not in a.dimensions}
    assert set(found.signals) == {s.id for s in RUBRIC.signals if D[0] not in s.dimensions}


def test_a_plan_to_start_from_keeps_its_people() -> None:
    held = plan_edit.hold(plan_edit.hold(SIX, 1, 0, 7), 5, 0, 8)
    begun = plan_edit.begin_from(FOUR, held)
    assert {r.exercise: r.seats[0].colleague for r in begun.rounds} == {
        "track_record": 7,
        "system_design": None,
        "incident_sim": None,
        "leadership_scenario": None,
    }
    assert plan_edit.begin_from(FOUR, SIX) == FOUR


def test_the_same_chance_gives_the_same_rates() -> None:
    assert run(SIX) == run(SIX)
    for outcome in run(SIX).values():
        assert sum(outcome.counts.values()) == outcome.n == 600
        assert sum(outcome.rate(z) for z in Zone) == 1


def test_better_candidates_are_supported_more_often() -> None:
    above, at, below = (run(SIX)[o] for o in OFFSETS)
    assert above.rate(Zone.SUPPORTS_HIRE) > at.rate(Zone.SUPPORTS_HIRE) > below.rate(Zone.SUPPORTS_HIRE)
    assert below.rate(Zone.SUPPORTS_NO_HIRE) > at.rate(Zone.SUPPORTS_NO_HIRE) > above.rate(Zone.SUPPORTS_NO_HIRE)


@settings(max_examples=12, deadline=None)
@given(st.sets(st.sampled_from(D)), st.sampled_from(D))
def test_one_more_must_have_never_helps_anybody(must: set[str], further: str) -> None:
    fewer = run(replace(SIX, must_have=tuple(must)), 80)
    more = run(replace(SIX, must_have=(*must, further)), 80)
    for offset in OFFSETS:
        assert more[offset].rate(Zone.SUPPORTS_HIRE) <= fewer[offset].rate(Zone.SUPPORTS_HIRE)
        assert more[offset].rate(Zone.SUPPORTS_NO_HIRE) >= fewer[offset].rate(Zone.SUPPORTS_NO_HIRE)


def test_every_must_have_at_three_turns_many_good_people_away() -> None:
    strict = run(replace(SIX, must_have=D))[Fraction(0)]
    assert strict.rate(Zone.SUPPORTS_HIRE) < run(SIX)[Fraction(0)].rate(Zone.SUPPORTS_HIRE)


class Still:
    """No chance at all: everybody is worth their level."""

    def gauss(self, mu: float, sigma: float) -> float:
        return mu

    def random(self) -> float:
        return 0.5


@pytest.mark.parametrize("chosen", [SIX, FOUR, replace(SIX, must_have=D), replace(FOUR, without_score_allowed=0)])
@pytest.mark.parametrize("offset", [Fraction(1), Fraction(0), Fraction(-1)])
def test_the_word_is_the_panels_own(chosen: InterviewPlan, offset: Fraction) -> None:
    (found,) = simulate(chosen, RUBRIC, 1, lambda _number: Still(), Fraction(0), (offset,))
    score = int(3 + offset)
    given_scores = [
        PanelScore(f"{number}.{place}", d, score)
        for number, planned in enumerate(chosen.rounds)
        for place, seat in enumerate(planned.seats)
        for d in seat.dimensions
    ]
    assert found.counts[judge_panel(given_scores, chosen.rule(RUBRIC)).zone] == 1


def test_where_every_score_is_missing_the_rule_says_mixed() -> None:
    assert run(SIX, 5, Fraction(1))[Fraction(0)].counts[Zone.MIXED] == 5


def test_the_noise_is_the_stated_one() -> None:
    """Two people who look at candidates in the middle of the scale lie as far apart as is said."""
    chance = random.Random(4)
    noise = (RATER_SD**2 - 1 / 12) ** 0.5
    cells = []
    for _ in range(6000):
        worth = 2.5 + chance.gauss(0, DIMENSION_SD)
        cells.append([min(4, max(1, int(worth + chance.gauss(0, noise) + 0.5))) for _ in range(2)])
    assert float(pooled_variance(cells)) ** 0.5 == pytest.approx(RATER_SD, abs=0.03)
