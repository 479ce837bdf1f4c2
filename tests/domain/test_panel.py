"""The panel's rules, against worked values and as properties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.panel import (
    PanelScore,
    Rule,
    State,
    Zone,
    band,
    dimension_state,
    judge_panel,
    low_median,
    pooled_variance,
)
from tests.domain.reference import needed, reference

TEN = (
    "systems_design",
    "mlops",
    "software",
    "reliability",
    "data",
    "product",
    "people",
    "communication",
    "governance",
    "execution",
)
MUST = frozenset({"systems_design", "mlops", "reliability", "people"})
RULE = Rule(dimensions=TEN, must_have=MUST)
SCORES = st.lists(st.integers(1, 4), max_size=6)
PANELS = st.lists(
    st.builds(PanelScore, rater=st.sampled_from("ABCDEF"), dimension=st.sampled_from(TEN), score=st.integers(1, 4)),
    max_size=30,
    unique_by=lambda g: (g.rater, g.dimension),
)


@needed
def test_reference_panel() -> None:
    worked = reference("panel")
    panel = judge_panel([PanelScore(*row) for row in worked["scores"]], Rule(TEN, frozenset(worked["must_have"])))
    assert {c.dimension: c.state.value for c in panel.cells} == worked["states"]
    assert panel.composite == Fraction(worked["composite"])
    assert panel.zone.value == worked["zone"]
    assert {rater: z.value for rater, z in panel.carried_by.items()} == worked["carried_by"]


@pytest.mark.parametrize(
    ("scores", "word"),
    [
        ([], State.EMPTY),
        ([3], State.THIN),
        ([1], State.THIN),
        ([3, 3], State.MET),
        ([2, 3], State.SPLIT),
        ([2, 2], State.NOT_MET),
        ([3, 3, 2], State.MET),
        ([3, 2, 2], State.NOT_MET),
        ([3, 3, 2, 2], State.SPLIT),
        ([2] * 5, State.NOT_MET),
        ([3] + [2] * 4, State.NOT_MET),
        ([3] * 2 + [2] * 3, State.SPLIT),
        ([3] * 3 + [2] * 2, State.SPLIT),
        ([3] * 4 + [2], State.MET),
        ([4] * 5, State.MET),
    ],
)
def test_words(scores: list[int], word: State) -> None:
    assert dimension_state(scores, 3) is word


@pytest.mark.parametrize(
    ("low", "count_low", "zone"),
    [
        (2, 0, Zone.SUPPORTS_HIRE),
        (2, 1, Zone.SUPPORTS_HIRE),
        (2, 2, Zone.MIXED),
        (2, 4, Zone.MIXED),
        (2, 5, Zone.SUPPORTS_NO_HIRE),
    ],
)
def test_thresholds_are_exact(low: int, count_low: int, zone: Zone) -> None:
    """2.9 is enough and 2.6 is not yet too low: ten dimensions of one score each, outside the must-haves."""
    free = [d for d in TEN if d not in MUST][:count_low]
    assert judge_panel([PanelScore("A", d, low if d in free else 3) for d in TEN], RULE).zone is zone


def test_edges_of_the_zone() -> None:
    good = [PanelScore("A", d, 3) for d in TEN]
    assert judge_panel([], RULE).zone is Zone.MIXED
    assert judge_panel(good[:-1], RULE).zone is Zone.SUPPORTS_HIRE, "one dimension without a score is allowed"
    assert judge_panel(good[:-2], RULE).zone is Zone.MIXED
    assert judge_panel(good[1:], RULE).zone is Zone.MIXED, "a must-have without a score"
    assert judge_panel(good, RULE, open_red_flags={"blame": {"A"}}).zone is Zone.MIXED
    two_failed = [PanelScore("A", d, 2 if d in ("mlops", "people") else 4) for d in TEN]
    assert judge_panel(two_failed, RULE).zone is Zone.SUPPORTS_NO_HIRE
    one_failed = [PanelScore("A", d, 2 if d == "mlops" else 4) for d in TEN]
    assert judge_panel(one_failed, RULE).zone is Zone.MIXED
    assert judge_panel(good, RULE).thin == TEN


@given(PANELS, st.randoms())
def test_order_never_matters(given_scores: list[PanelScore], chance: object) -> None:
    shuffled = list(given_scores)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert judge_panel(shuffled, RULE) == judge_panel(given_scores, RULE)


@given(PANELS)
def test_a_raised_score_never_hurts(given_scores: list[PanelScore]) -> None:
    order = [Zone.SUPPORTS_NO_HIRE, Zone.MIXED, Zone.SUPPORTS_HIRE]
    before = judge_panel(given_scores, RULE)
    for i, one in enumerate(given_scores):
        if one.score < 4:
            raised = [*given_scores[:i], PanelScore(one.rater, one.dimension, one.score + 1), *given_scores[i + 1 :]]
            assert order.index(judge_panel(raised, RULE).zone) >= order.index(before.zone)


@given(SCORES.filter(bool))
def test_low_median_was_given_by_somebody(scores: list[int]) -> None:
    assert low_median(scores) in scores
    assert sum(s <= low_median(scores) for s in scores) * 2 >= len(scores)


@given(st.lists(SCORES, max_size=8))
def test_unanimous_panels_keep_a_width(cells: list[list[int]]) -> None:
    assert pooled_variance(cells) > 0
    assert pooled_variance([]) == Fraction(49, 100)


def test_band_of_one_scorer() -> None:
    panel = judge_panel([PanelScore("A", d, 3) for d in TEN], RULE)
    assert panel.band == pytest.approx(1.96 * 0.7 * 10**0.5 / 10)
    assert band((), Fraction(49, 100)) is None


def test_whoever_alone_saw_a_red_flag_carries_what_it_does_to_the_zone() -> None:
    good = [PanelScore(rater, d, 4) for rater in "AB" for d in TEN]
    alone = judge_panel(good, RULE, open_red_flags={"blame": {"B"}})
    assert (alone.zone, alone.open_red_flags) == (Zone.MIXED, 1)
    assert alone.carried_by == {"B": Zone.SUPPORTS_HIRE}
    assert judge_panel(good, RULE, open_red_flags={"blame": {"A", "B"}}).carried_by == {}
    assert judge_panel(good, RULE, open_red_flags={"blame": {"C"}}).carried_by == {"C": Zone.SUPPORTS_HIRE}, (
        "no scores, a flag"
    )
