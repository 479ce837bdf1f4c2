"""Four fifths in whole numbers, Fisher's test and one different person, against published values."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.domain.adverse_impact import Selected, below_four_fifths, fisher, impact_of, one_person_flips
from tests.domain.reference import needed, reference


@needed
def test_four_fifths_as_published() -> None:
    cases = reference("four_fifths")["cases"]
    assert len(cases) == 6
    for a, n, b, m, below in cases:
        assert below_four_fifths(Selected(a, n), Selected(b, m)) is below


@needed
def test_fisher_as_published() -> None:
    for case in reference("fisher_two_sided"):
        (a, not_a), (b, not_b) = case["table"][:2], case["table"][2:]
        wanted = float(Fraction(case["p"])) if isinstance(case["p"], str) else case["p"]
        assert fisher(Selected(a, a + not_a), Selected(b, b + not_b)) == pytest.approx(wanted, abs=5e-4)


def test_one_different_person() -> None:
    """2 of 20 beside 16 of 80 is half; with 3 and 15 it is exactly four fifths, which is not under."""
    assert below_four_fifths(Selected(2, 20), Selected(16, 80))
    assert one_person_flips(Selected(2, 20), Selected(16, 80))
    assert not one_person_flips(Selected(45, 100), Selected(60, 100))
    assert one_person_flips(Selected(48, 100), Selected(60, 100)), "47 beside 61 is under"
    assert not one_person_flips(Selected(0, 10), Selected(9, 10))


def test_the_highest_rate_is_what_the_others_stand_beside() -> None:
    found = {g.name: g for g in impact_of({"a": Selected(2, 20), "b": Selected(16, 80), "c": Selected(1, 1)})}
    assert found["c"].small, "one of 101"
    assert found["c"].ratio is None
    assert found["b"].highest
    assert (found["a"].ratio, found["a"].below, found["a"].flips) == (Fraction(1, 2), True, True)
    assert found["a"].chance == pytest.approx(0.515, abs=1e-3)


def test_without_a_highest_rate_nobody_is_judged() -> None:
    for groups in ({"a": Selected(3, 20)}, {"a": Selected(0, 20), "b": Selected(0, 30)}, {}):
        assert all(g.ratio is None and not g.highest for g in impact_of(groups))
