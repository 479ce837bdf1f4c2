"""Time to fill and acceptance against published values, and their edges."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from app.domain.durations import (
    CurveStep,
    End,
    Outlook,
    Wait,
    above,
    acceptance,
    days_open,
    incidence,
    time_to_fill,
    wilson,
)
from tests.domain.reference import needed, reference

WILSON = reference("wilson") or []


def at(steps: tuple[CurveStep, ...], day: int) -> CurveStep:
    return next(s for s in steps if s.day == day)


@needed
def test_kaplan_meier_is_the_published_one() -> None:
    known = reference("kaplan_meier")
    steps = incidence(known["times"], known["events"])
    for day, left, error in zip(known["at"], known["survival"], known["greenwood_se"], strict=True):
        assert float(at(steps, day).left) == pytest.approx(left, abs=5e-5)
        assert at(steps, day).error == pytest.approx(error, abs=5e-5)
    for day, (low, high) in known["loglog_95"].items():
        step = at(steps, int(day))
        assert 1 - (step.high or 0) == pytest.approx(low, abs=5e-5)
        assert 1 - (step.low or 0) == pytest.approx(high, abs=5e-5)
    ends = [End.FILLED if e else End.OPEN for e in known["events"]]
    figure = time_to_fill([Wait(t, e) for t, e in zip(known["times"], ends, strict=True)])
    assert (figure.half, figure.three_quarters) == (known["median"], known["p75"])


@needed
def test_cumulative_incidence_is_the_published_one() -> None:
    known = reference("cumulative_incidence")
    for cause, share in known["at_end"].items():
        steps = incidence(known["times"], known["causes"], int(cause))
        assert float(steps[-1].share) == pytest.approx(share, abs=5e-5)
    naive = incidence(known["times"], [int(c == 1) for c in known["causes"]])
    assert float(naive[-1].share) == pytest.approx(known["naive_one_minus_km_cause_1"], abs=5e-3)


@needed
@pytest.mark.parametrize("case", WILSON, ids=[f"{c['x']} of {c['n']}" for c in WILSON])
def test_wilson_is_the_published_one(case: dict[str, Any]) -> None:
    low, high = wilson(case["x"], case["n"])
    assert low == pytest.approx(case["low"], abs=5e-5)
    assert high == pytest.approx(case["high"], abs=5e-5)


@needed
def test_acceptance_is_the_published_one() -> None:
    known = reference("acceptance")
    found = acceptance(known["x"], known["n"] - known["x"], 0)
    assert found.low == pytest.approx(known["wilson_low"], abs=5e-5)
    assert found.above == pytest.approx(known["p_above_70"], abs=5e-5)
    assert found.outlook is Outlook.TOO_EARLY
    assert (round(float(found.rate or 0), 2), round(found.high or 0, 2)) == (0.83, 0.97)


def test_acceptance_says_what_it_may() -> None:
    assert acceptance(0, 0, 0, withdrawn=2, pending=1).outlook is Outlook.NO_DATA
    assert acceptance(30, 1, 1).outlook is Outlook.ABOVE
    assert acceptance(3, 12, 3).outlook is Outlook.BELOW
    with_others = acceptance(5, 1, 0, withdrawn=9, pending=4)
    assert with_others.rate == Fraction(5, 6), "withdrawn by us and pending stand apart"
    assert above(1, 1) < above(2, 2)


times = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 2)), min_size=1, max_size=40)


@given(times)
def test_without_competing_it_is_kaplan_and_meier(rows: list[tuple[int, int]]) -> None:
    events = [(t, int(c == 1)) for t, c in rows]
    if not any(c for _, c in events):
        return
    steps = incidence([t for t, _ in events], [c for _, c in events])
    data = CensoredData(uncensored=[t for t, c in events if c], right=[t for t, c in events if not c])
    theirs = ecdf(data).sf
    for step in steps:
        assert float(step.left) == pytest.approx(float(theirs.evaluate(step.day)))
        assert step.share == 1 - step.left
        risk = [s for s in steps if s.day <= step.day]
        if all(s.at_risk > s.filled for s in risk):
            greenwood = sum(s.filled / (s.at_risk * (s.at_risk - s.filled)) for s in risk)
            assert step.error == pytest.approx(float(step.left) * math.sqrt(greenwood), abs=1e-9)


@given(times)
def test_shares_of_all_causes_and_what_is_left_are_one(rows: list[tuple[int, int]]) -> None:
    days, causes = [t for t, _ in rows], [c for _, c in rows]
    first, second = incidence(days, causes, 1), incidence(days, causes, 2)
    for one, other in zip(first, second, strict=True):
        assert one.share + other.share + one.left == 1
    assert [s.share for s in first] == sorted(s.share for s in first)
    for step in first:
        if step.low is not None and step.high is not None:
            assert 0 <= step.low <= float(step.share) <= step.high <= 1


@given(times, st.randoms())
def test_the_order_of_seats_never_matters(rows: list[tuple[int, int]], chance: Any) -> None:
    ends = (End.OPEN, End.FILLED, End.CANCELLED)
    waits = [Wait(t, ends[c]) for t, c in rows]
    assert time_to_fill(waits) == time_to_fill(chance.sample(waits, len(waits)))


def test_few_fills_are_bars_and_an_unreached_half_is_none() -> None:
    figure = time_to_fill([Wait(50, End.FILLED), Wait(90, End.OPEN), Wait(95, End.OPEN), Wait(20, End.CANCELLED)])
    assert (figure.fills, figure.open, figure.cancelled, figure.seats, figure.enough) == (1, 2, 1, 4, False)
    assert figure.half is None
    by_60, by_120 = figure.by[60], figure.by[120]
    assert by_60 is not None
    assert by_60.value == Fraction(1, 4)
    assert by_120 is None, "nobody was followed that long"


def test_before_the_first_fill_nothing_is_filled_and_afterwards_all_may_be() -> None:
    figure = time_to_fill([Wait(100, End.FILLED)] * 5)
    assert figure.enough
    assert (figure.half, figure.three_quarters) == (100, 100)
    assert [s.value for s in figure.by.values() if s] == [0, 1]
    assert time_to_fill([]).by == {60: None, 120: None}
    assert time_to_fill([Wait(5, End.OPEN)]).by[60] is None


def test_days_on_which_an_opening_was_closed_are_no_days_of_waiting() -> None:
    begun, closed = date(2024, 4, 1), [(date(2024, 8, 1), date(2024, 10, 1))]
    assert days_open(begun, date(2024, 12, 10), closed) == 192
    assert days_open(begun, date(2024, 9, 1), closed) == 122, "it ended while it was closed"
    assert days_open(date(2024, 11, 1), date(2024, 12, 1), closed) == 30
    assert days_open(begun, begun, closed) == 0


def test_a_hundred_thousand_spells_are_worked_out_at_once_and_as_a_few() -> None:
    """The same spells a thousand times over have the same curve."""
    times, causes = [3, 5, 5, 8, 10, 12, 15, 15, 20, 22], [1, 2, 1, 0, 2, 1, 0, 3, 1, 0]
    few, many = incidence(times, causes), incidence(times * 10_000, causes * 10_000)
    assert [(s.day, s.share, s.left) for s in few] == [(s.day, s.share, s.left) for s in many]
    assert all(a.error == pytest.approx(100 * b.error, rel=1e-9) for a, b in zip(few, many, strict=True))
    long = incidence([n % 900 for n in range(30_000)], [n % 3 for n in range(30_000)])
    assert len(long) == 600
    assert 0 < float(long[-1].share) < 1
