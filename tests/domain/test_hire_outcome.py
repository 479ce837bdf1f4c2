"""Tau-b against published values and scipy's, and the edges under which there is no figure."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from app.domain.hire_outcome import Pair, hire_outcome_of, tau_b
from app.queries.reports.resampling import resamples

SCORES = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=60)


def table_of(pairs: list[tuple[int, int]]) -> list[list[int]]:
    found = [[0] * 4 for _ in range(4)]
    for a, b in pairs:
        found[a - 1][b - 1] += 1
    return found


def pairs_of(scores: list[tuple[int, int]], each: int = 5) -> list[Pair]:
    return [
        Pair(n // each, f"Person {n // each}", f"d{n % each}", a, "MLE3", b, "M1", date(2026, 1, 16))
        for n, (a, b) in enumerate(scores)
    ]


@given(SCORES)
def test_our_tau_b_is_scipys(pairs: list[tuple[int, int]]) -> None:
    theirs = float(kendalltau([a for a, _ in pairs], [b for _, b in pairs]).statistic)
    ours = tau_b(table_of(pairs))
    if theirs != theirs:
        assert ours is None
    else:
        assert ours == pytest.approx(theirs)


def test_the_published_table() -> None:
    """Agresti, Categorical Data Analysis, 2nd ed., section 2.4: job satisfaction by income, C = 1331, D = 849."""
    table = [[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]
    assert tau_b(table) == pytest.approx(0.152, abs=0.001)


def test_under_twenty_pairs_there_is_no_figure() -> None:
    found = hire_outcome_of(pairs_of([(1, 2), (3, 3), (2, 4)] * 6), resamples(4))
    assert (found.pairs, found.tau, found.low, found.enough) == (18, None, None, False)
    assert hire_outcome_of(pairs_of([(1, 2), (2, 3), (3, 4), (4, 4)] * 5), resamples(4)).tau is not None


def test_one_value_alone_has_no_figure() -> None:
    found = hire_outcome_of(pairs_of([(3, n % 4 + 1) for n in range(25)]), resamples(5))
    assert (found.pairs, found.tau, found.enough) == (25, None, True)


def test_one_person_alone_has_no_interval() -> None:
    found = hire_outcome_of(pairs_of([(n % 4 + 1, n % 4 + 1) for n in range(24)], each=24), resamples(1))
    assert found.tau == pytest.approx(1)
    assert (found.low, found.high) == (None, None)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_never_matters(chance: random.Random) -> None:
    pairs = pairs_of([(n % 4 + 1, (n * 7 + n // 4) % 4 + 1) for n in range(40)])
    shuffled = pairs[:]
    chance.shuffle(shuffled)
    assume(shuffled != pairs)
    few = [list(c) for _, c in zip(range(20), resamples(8), strict=False)]
    assert hire_outcome_of(pairs, few) == hire_outcome_of(shuffled, few)


def test_the_interval_holds_the_figure_and_is_the_same_in_every_run() -> None:
    chance = random.Random(5)
    pairs = pairs_of(
        [(a, min(4, max(1, a + chance.choice((-1, 0, 0, 1))))) for a in (chance.randint(1, 4) for _ in range(80))]
    )
    first, second = hire_outcome_of(pairs, resamples(16)), hire_outcome_of(pairs, resamples(16))
    assert first == second
    assert first.tau is not None
    assert first.low is not None
    assert first.high is not None
    assert first.low < first.tau < first.high
