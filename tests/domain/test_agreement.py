"""Alpha and severity against published values, and what must hold whatever the scores."""

from __future__ import annotations

import csv
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreement import Metric, RaterScore, agreement, alpha, candidates_of, units_of
from app.domain.severity import ERROR_VARIANCE, RATER_VARIANCE, Severities, severities
from tests.domain.reference import needed, reference

RATINGS = Path(__file__).resolve().parents[3] / "shared/data/ratings/eckes_jin_2021_study2_itercal_sim.csv"
PUBLISHED = reference("krippendorff_alpha") or []


def columns(case: dict[str, Any]) -> list[list[int]]:
    """Units from rows of raters."""
    return [[s for s in unit if s is not None] for unit in zip(*case["scores"], strict=True)]


@needed
@pytest.mark.parametrize("case", PUBLISHED, ids=[c["source"] for c in PUBLISHED])
def test_alpha_is_the_published_one(case: dict[str, Any]) -> None:
    found = alpha(columns(case))
    if case["ordinal"] is None:
        assert found is None
    else:
        assert found is not None
        assert float(found) == pytest.approx(case["ordinal"], abs=5e-7)
    if case.get("nominal") is not None:
        assert float(alpha(columns(case), Metric.NOMINAL) or 0) == pytest.approx(case["nominal"], abs=5e-7)


@needed
def test_severity_is_the_published_one() -> None:
    known = reference("severity")
    scored = [
        RaterScore(target, target, "all", judge, score)
        for target, row in enumerate(known["rows_targets_columns_judges"])
        for judge, score in enumerate(row, start=1)
    ]
    found = severities(scored, (5.244444, 1.019444), least=6)
    assert found.of(1).points == pytest.approx(known["judge_1"], abs=5e-5)
    assert sum(s.points or 0 for s in found.raters) == pytest.approx(known["sum_of_judges"], abs=1e-9)
    assert all(s.points is None for s in severities(scored).raters), "six scores say nothing of a rater"


scores = st.integers(1, 4)
unit = st.lists(scores, min_size=0, max_size=5)
units = st.lists(unit, min_size=0, max_size=12)


@given(units, st.randoms())
def test_the_order_of_raters_and_units_never_matters(given_units: list[list[int]], chance: random.Random) -> None:
    before = alpha(given_units)
    shuffled = [chance.sample(u, len(u)) for u in given_units]
    chance.shuffle(shuffled)
    assert alpha(shuffled) == before


@given(units)
def test_alpha_is_never_over_one(given_units: list[list[int]]) -> None:
    found = alpha(given_units)
    assert found is None or found <= 1


@given(st.lists(st.tuples(scores, st.integers(2, 4)), min_size=2, max_size=12))
def test_alpha_is_one_where_all_agree_on_several_values(cells: list[tuple[int, int]]) -> None:
    found = alpha([[score] * raters for score, raters in cells])
    assert found == (None if len({s for s, _ in cells}) == 1 else 1)


def test_ordinal_on_two_values_is_nominal() -> None:
    cells = [[1, 2], [2, 2], [1, 1], [2, 1], [2, 2]]
    assert alpha(cells) == alpha(cells, Metric.NOMINAL)


def panel(candidates: int, dimensions: int = 2, apart: int = 1) -> list[RaterScore]:
    """Two raters who score every cell; every third cell differs by `apart`."""
    found = []
    for c in range(candidates):
        for d in range(dimensions):
            score = 2 + (c + d) % 2
            other = score + (apart if (c + d) % 3 == 0 else 0)
            found += [RaterScore(c, c, f"d{d}", 1, score), RaterScore(c, c, f"d{d}", 2, min(4, other))]
    return found


def draws(size: int, times: int, seed: int) -> list[list[int]]:
    chance = random.Random(seed)
    found = []
    for _ in range(times):
        row = [0] * size
        for _ in range(size):
            row[chance.randrange(size)] += 1
        found.append(row)
    return found


def test_too_few_units_say_nothing() -> None:
    few = agreement(panel(9))
    assert (few.units, few.enough, few.alpha) == (18, False, None)
    assert agreement(panel(10)).enough
    assert agreement([]).units == 0


def test_one_value_only_is_said_and_is_no_figure() -> None:
    same = [RaterScore(c, c, "d", r, 3) for c in range(20) for r in (1, 2)]
    found = agreement(same)
    assert found.one_value
    assert found.alpha is None
    assert found.apart == {0: 20}


def test_the_interval_holds_the_figure_and_comes_again() -> None:
    scored = panel(30)
    assert candidates_of(units_of(scored)) == 30
    first = agreement(scored, draws(30, 400, 7))
    assert first.alpha is not None
    assert first.low is not None
    assert first.high is not None
    assert first.low < first.alpha < first.high
    assert agreement(list(reversed(scored)), draws(30, 400, 7)) == first


def test_one_resample_of_everybody_is_the_figure_itself() -> None:
    scored = panel(25)
    found = agreement(scored, [[1] * 25] * 20)
    assert found.low == pytest.approx(float(found.alpha or 0))
    assert found.high == pytest.approx(float(found.alpha or 0))


def test_systematic_disagreement_is_shown_as_negative() -> None:
    scored = [RaterScore(c, c, "d", r, 4 if (c + r) % 2 else 1) for c in range(24) for r in (1, 2)]
    found = agreement(scored, draws(24, 200, 1))
    assert found.alpha is not None
    assert found.alpha < 0


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 4), scores), max_size=60), st.randoms())
def test_the_order_of_scores_never_matters_to_severity(
    given_scores: list[tuple[int, int, int]], chance: random.Random
) -> None:
    scored = [RaterScore(c, c, "d", r, s) for c, r, s in given_scores]
    before = severities(scored, least=1)
    after = severities(chance.sample(scored, len(scored)), least=1)
    assert [r.rater for r in before.raters] == [r.rater for r in after.raters]
    for one, other in zip(before.raters, after.raters, strict=True):
        assert one.points == pytest.approx(other.points)
        assert one.low == pytest.approx(other.low)


def strict_one(cells: int, by: int = 1) -> list[RaterScore]:
    """Rater 1 gives 3, rater 2 less by `by`, rater 3 sits in every second cell and gives 3."""
    found = []
    for c in range(cells):
        found += [RaterScore(c, c, "d", 1, 3), RaterScore(c, c, "d", 2, 3 - by)]
        found += [RaterScore(c, c, "d", 3, 3)] if c % 2 else []
    return found


def test_a_stricter_rater_stands_below_and_is_shrunken() -> None:
    found = severities(strict_one(16))
    strict = found.of(2)
    assert strict.points is not None
    assert strict.low is not None
    assert strict.high is not None
    assert -1 < strict.points < -0.2
    assert strict.low < strict.points < strict.high
    assert found.of(3).points is None, "eight informative scores are too few"
    assert (found.of(3).scores, found.of(3).peers) == (8, 2)
    assert (found.rater_variance, found.error_variance) == (RATER_VARIANCE, ERROR_VARIANCE)


def test_the_priors_hold_until_thirty_residual_degrees() -> None:
    def two(cells: int) -> Severities:
        return severities([RaterScore(c, c, "d", r, 3 - (c + r) % 2) for c in range(cells) for r in (1, 2)])

    assert (two(30).residual_degrees, two(30).estimated) == (29, False)
    assert (two(31).residual_degrees, two(31).estimated) == (30, True)


def test_estimated_variances_are_those_of_the_data() -> None:
    chance = random.Random(3)
    place = {r: chance.gauss(0, 0.5) for r in range(8)}
    scored = []
    for c in range(800):
        for r in chance.sample(range(8), 3):
            scored.append(RaterScore(c, c, "d", r, round(10 * (2.5 + place[r] + chance.gauss(0, 0.6)))))
    found = severities(scored)
    assert found.estimated
    assert found.error_variance == pytest.approx(36, rel=0.1)
    mean = sum(place.values()) / 8
    for s in found.raters:
        assert s.points == pytest.approx(10 * (place[s.rater] - mean), abs=1.2)


def test_groups_who_never_met_stand_for_themselves() -> None:
    low = [RaterScore(c, c, "d", r, 1) for c in range(20) for r in (1, 2)]
    high = [RaterScore(c, c, "d", r, 4) for c in range(20, 40) for r in (3, 4)]
    found = severities(low + high)
    assert all(s.points == pytest.approx(0) and s.peers == 1 for s in found.raters)
    assert sum((s.points or 0) for s in severities(strict_one(16), least=1).raters) == pytest.approx(0)


def test_a_cell_of_one_person_alone_says_nothing() -> None:
    assert (
        severities([RaterScore(1, 1, "d", 1, 3), RaterScore(1, 1, "d", 1, 2), RaterScore(2, 2, "d", 2, 2)]).raters == ()
    )
    assert severities([]).of(5).points is None


def test_alpha_is_exact() -> None:
    assert alpha([[1, 4], [4, 1], [1, 4], [4, 1]]) == Fraction(-3, 4)


@pytest.mark.skipif(not RATINGS.is_file(), reason="the simulated ratings are not beside this checkout")
def test_a_whole_workspace_of_ratings() -> None:
    """206 people, 2 of 12 raters each, 9 criteria, some missing: simulated after Eckes and Jin (2021)."""
    with RATINGS.open(encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    people = {p: n for n, p in enumerate(sorted({r["Person"] for r in rows}))}
    raters = {p: n for n, p in enumerate(sorted({r["Rater"] for r in rows}))}
    scored = [
        RaterScore(people[r["Person"]], people[r["Person"]], r["Criterion"], raters[r["Rater"]], int(r["Score"]))
        for r in rows
    ]
    found = agreement(scored, draws(len(people), 200, 5))
    assert found.alpha is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < found.alpha < found.high < 0.3
    strict = severities(scored)
    assert strict.estimated
    assert len(strict.raters) == 12
    assert sum(s.points or 0 for s in strict.raters) == pytest.approx(0, abs=1e-9)
    assert 0 < strict.rater_variance < strict.error_variance < 1
