"""Readiness: a worked case for each line of the rule and its edges, the eight members of the picture, properties."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.guide import EvidenceNeeded, guide_of_pack
from app.domain.panel import State
from app.domain.readiness import (
    DatedEvidence,
    LevelAsk,
    Obstacle,
    Readiness,
    ReadinessNeed,
    ReadinessScore,
    ReadinessVerdict,
    Tally,
    asked_by,
    judge_readiness,
    movement,
    outcome,
)
from app.exchange.packs import load_pack
from app.resources import packs

GUIDE = guide_of_pack(load_pack(packs() / "ml-engineering-manager"))
READY, CLOSE, NOT_YET, CANNOT_SAY = Readiness.READY, Readiness.CLOSE, Readiness.NOT_YET, Readiness.CANNOT_SAY
MONTHS = (date(2025, 9, 8), date(2026, 1, 20))

CORE = tuple(LevelAsk(f"c{n}", "core", 3) for n in range(5))
IMPORTANT = tuple(LevelAsk(f"i{n}", "important", 3) for n in range(4))
LEVEL = (*CORE, *IMPORTANT, LevelAsk("s0", "supporting", 2), LevelAsk("n0", "not_expected", None))


def verdict(
    asked: tuple[LevelAsk, ...], months: Mapping[str, tuple[date, ...]] | None = None, **cells: str
) -> ReadinessVerdict:
    """A verdict by cells: "33" is a 3 by each of two raters; what is not named is met by both."""
    scores = [
        ReadinessScore("abcd"[place], a.dimension, int(digit))
        for a in asked
        for place, digit in enumerate(cells.get(a.dimension, "33"))
        if digit != "-"
    ]
    dated = [DatedEvidence("a", a.dimension, on) for a in asked for on in (months or {}).get(a.dimension, MONTHS)]
    return judge_readiness(asked, scores, dated)


CASES = [
    ("all met", {}, READY),
    ("one core split is still ready", {"c0": "23"}, READY),
    ("two core split", {"c0": "23", "c1": "23"}, CLOSE),
    ("three core split", {"c0": "23", "c1": "23", "c2": "23"}, NOT_YET),
    ("one core not met", {"c0": "22"}, CLOSE),
    ("two core not met", {"c0": "22", "c1": "22"}, NOT_YET),
    ("one core not met and one split", {"c0": "22", "c1": "23"}, CLOSE),
    ("one core not met and two split: no better than three split", {"c0": "22", "c1": "23", "c2": "23"}, NOT_YET),
    ("a thin core cell counts as one that falls short", {"c0": "3", "c1": "23", "c2": "23"}, NOT_YET),
    ("one thin core cell beside a split one", {"c0": "3", "c1": "23"}, CLOSE),
    ("all that close allows at once", {"c0": "22", "c1": "23", "i0": "22", "i1": "22"}, CLOSE),
    ("one important not met is still ready", {"i0": "22"}, READY),
    ("two important not met", {"i0": "22", "i1": "22"}, CLOSE),
    ("three important not met", {"i0": "22", "i1": "22", "i2": "22"}, NOT_YET),
    ("important splits never count", {f"i{n}": "23" for n in range(4)}, READY),
    ("a 1 in a core cell that is met", {"c0": "1333"}, CLOSE),
    ("a 1 in a core cell that is split", {"c0": "13"}, CLOSE),
    ("a 1 in an important cell that is met", {"i0": "1333"}, CLOSE),
    ("nobody assessed anything", {f"{k}{n}": "" for k, most in (("c", 5), ("i", 4)) for n in range(most)}, CANNOT_SAY),
    ("a 1 in an important cell with one rater", {"i0": "1"}, CLOSE),
    ("a 1 in a supporting cell decides nothing", {"s0": "11"}, READY),
    ("supporting not met decides nothing", {"s0": "11", "i0": "22"}, READY),
    ("a supporting 2 at a bar of 2 is met", {"s0": "22"}, READY),
    ("thin important ones decide nothing", {"i0": "2", "i1": "2", "i2": "2"}, READY),
    ("important ones nobody assessed decide nothing", {"i0": "", "i1": "", "i2": ""}, READY),
    ("one thin core cell is never ready", {"c0": "3"}, CLOSE),
    ("one core cell nobody assessed", {"c0": ""}, CLOSE),
    ("a thin core cell below the bar is no cell not met", {"c0": "2", "c1": "22"}, CLOSE),
    ("two thin core cells", {"c0": "3", "c1": "3"}, CANNOT_SAY),
    ("thin goes before not met", {"c0": "3", "c1": "", "c2": "22", "c3": "22"}, CANNOT_SAY),
    ("scores where nothing is expected", {"n0": "11"}, READY),
    ("four raters, one below of four", {"c0": "2333"}, READY),
    ("four raters, two below of four, twice", {"c0": "2233", "c1": "2233"}, CLOSE),
    ("three raters, one met of three is not met", {"c0": "223", "c1": "223"}, NOT_YET),
    ("above the bar is met", {"c0": "44", "i0": "44"}, READY),
]


@pytest.mark.parametrize(("name", "cells", "word"), CASES, ids=[c[0] for c in CASES])
def test_the_rule(name: str, cells: dict[str, str], word: Readiness) -> None:
    assert verdict(LEVEL, None, **cells).word is word


def test_a_core_cell_from_one_month_is_thin_and_an_important_one_is_not() -> None:
    once = {"c0": MONTHS[:1], "i0": MONTHS[:1]}
    found = verdict(LEVEL, once)
    assert found.cell("c0").state is State.THIN
    assert found.cell("i0").state is State.MET
    assert found.word is CLOSE
    same_month = {"c0": (date(2026, 1, 2), date(2026, 1, 30)), "c1": ()}
    assert verdict(LEVEL, same_month).word is CANNOT_SAY
    same_month_of_two_years = {"c0": (date(2025, 3, 20), date(2026, 3, 2))}
    assert verdict(LEVEL, same_month_of_two_years).word is READY


PICTURE = {
    "Bruno Achterberg": ("MLE2", "33 33 33 33 23 33 33 33 33 33", READY),
    "Yuki Barros": ("MLE3", "33 33 33 33 33 23 22 33 33 33", READY),
    "Anders Mbeki before": ("MLE4", "43 33 43 32 33 33 32 32 33 32", CLOSE),
    "Anders Mbeki": ("MLE4", "43 33 43 33 33 33 32 32 33 32", READY),
    "Nadia Rousselle": ("MLE3", "22 33 33 23 33 33 33 33 22 33", CLOSE),
    "Salma Petrov": ("M1", "33 33 33 33 33 22 22 33 33 23", CLOSE),
    "Tessa Lindholm": ("MLE4", "3- 33 33 3- -- 33 22 33 33 33", CANNOT_SAY),
    "Viktor Amoah": ("M2", "33 33 33 33 33 24 33 22 33 22", NOT_YET),
    "Colm Iwata": ("MLE5", "33 33 44 33 33 22 22 23 11 33", CLOSE),
}


def of_picture(name: str) -> ReadinessVerdict:
    level, typed, _ = PICTURE[name]
    asked = asked_by(GUIDE, level)
    return verdict(asked, None, **dict(zip(GUIDE.dimension_ids, typed.split(), strict=True)))


@pytest.mark.parametrize("name", PICTURE)
def test_the_eight_members_of_the_picture(name: str) -> None:
    assert of_picture(name).word is PICTURE[name][2]


def test_bars_met_of_eight_as_in_the_picture() -> None:
    names = [n for n in PICTURE if n != "Anders Mbeki before"]
    met = [sum(of_picture(n).cell(d).state is State.MET for n in names) for d in GUIDE.dimension_ids]
    assert met == [6, 8, 8, 6, 6, 4, 7, 5, 6, 5]


def test_a_cell_shows_its_low_median_its_corner_and_how_far_below_it_is() -> None:
    product = of_picture("Viktor Amoah").cell("product")
    assert (product.low, product.high, product.below) == (2, 4, 1)
    governance = of_picture("Colm Iwata").cell("governance")
    assert (governance.low, governance.high, governance.below, governance.with_a_one) == (1, None, 2, True)
    data = of_picture("Tessa Lindholm").cell("data")
    assert (data.low, data.high, data.below, data.state, data.thin) == (None, None, 0, State.EMPTY, True)
    at_two = of_picture("Yuki Barros").cell("people")
    assert (at_two.low, at_two.below, at_two.state) == (2, 0, State.MET)
    nothing = verdict(LEVEL, n0="14").cell("n0")
    assert (nothing.state, nothing.high, nothing.below) == (None, None, 0)


def test_what_would_change_it() -> None:
    ready = of_picture("Anders Mbeki")
    assert ready.better is None
    assert ready.needs == ()
    assert ready.worse == (
        (Obstacle.CORE_SPLIT, CLOSE),
        (Obstacle.CORE_NOT_MET, CLOSE),
    )  # one important not met is allowed
    nadia = of_picture("Nadia Rousselle")
    assert nadia.better is READY
    assert nadia.needs == (ReadinessNeed(Obstacle.CORE_NOT_MET, ("systems_design",), 1),)
    assert nadia.worse == ((Obstacle.CORE_SPLIT, NOT_YET), (Obstacle.CORE_NOT_MET, NOT_YET)), "one split, one not met"
    colm = of_picture("Colm Iwata")
    assert [n.obstacle for n in colm.needs] == [Obstacle.CORE_NOT_MET, Obstacle.ONE]
    viktor = of_picture("Viktor Amoah")
    assert viktor.better is CLOSE
    assert viktor.needs == (ReadinessNeed(Obstacle.CORE_NOT_MET, ("communication", "execution"), 1),)
    assert viktor.worse == ()
    tessa = of_picture("Tessa Lindholm")
    assert tessa.better is READY
    assert tessa.needs == (ReadinessNeed(Obstacle.CORE_THIN, ("systems_design", "reliability"), 1),)
    assert tessa.worse == ()
    two = verdict(LEVEL, c0="23", c1="23", i0="22", i1="22")
    assert two.needs == (
        ReadinessNeed(Obstacle.CORE_SPLIT, ("c0", "c1"), 1),
        ReadinessNeed(Obstacle.IMPORTANT_NOT_MET, ("i0", "i1"), 1),
    )
    three = verdict(LEVEL, c0="22", c1="23", c2="23")
    assert three.needs == (ReadinessNeed(Obstacle.CORE_SHORT, ("c0", "c1", "c2"), 1),)
    implied = verdict(LEVEL, c0="22", c1="22", c2="23")
    assert implied.needs == (ReadinessNeed(Obstacle.CORE_NOT_MET, ("c0", "c1"), 1),), "which leaves two that fall short"
    both = verdict(LEVEL, c0="22", c1="22", c2="23", c3="23")
    assert both.needs == (
        ReadinessNeed(Obstacle.CORE_NOT_MET, ("c0", "c1"), 1),
        ReadinessNeed(Obstacle.CORE_SHORT, ("c0", "c1", "c2", "c3"), 2),
    )
    assert [c.dimension for c in two.of(Obstacle.CORE_SPLIT)] == ["c0", "c1"]


def test_nothing_can_get_worse_where_no_cell_is_left() -> None:
    found = verdict((LevelAsk("c0", "core", 3),), c0="23")
    assert found.word is READY
    assert found.worse == ()


def test_who_carries_it() -> None:
    anders = of_picture("Anders Mbeki before")
    assert anders.carried_by == {"a": NOT_YET, "b": READY}
    assert of_picture("Nadia Rousselle").carried_by == {"b": NOT_YET}
    three = verdict(LEVEL, None, c0="332", c1="332", **{f"c{n}": "333" for n in (2, 3, 4)}, i0="332", i1="332")
    assert three.word is READY
    assert three.carried_by == {"a": CLOSE, "b": CLOSE}, "without one of them two core cells are split"
    assert of_picture("Tessa Lindholm").carried_by == {}, "nothing is said, so nobody carries it"
    lone = judge_readiness(LEVEL, [ReadinessScore("a", a.dimension, 3) for a in IMPORTANT], ())
    assert lone.carried_by == {}
    only = judge_readiness(IMPORTANT, [ReadinessScore("a", a.dimension, 2) for a in IMPORTANT], ())
    assert (only.word, only.carried_by) == (CANNOT_SAY, {}), "thin important cells, one rater: nobody to compare with"
    thin = verdict(LEVEL, c0="3-", c1="23")
    assert (thin.word, thin.carried_by) == (CLOSE, {}), "without the first it is close as well"


def test_the_order_of_tests() -> None:
    assert outcome(Tally(core_thin=2, core_not_met=5)) is CANNOT_SAY
    assert outcome(Tally()) is READY
    assert outcome(Tally(core_thin=1)) is CLOSE
    assert outcome(Tally(core_not_met=2)) is NOT_YET


def test_a_level_without_core_cells_needs_somebody_who_scored_it() -> None:
    """As in a ladder of somebody else's, where all cells are important."""
    unseen = judge_readiness(IMPORTANT, [], [])
    assert unseen.word is CANNOT_SAY
    assert unseen.needs == (ReadinessNeed(Obstacle.ALL_THIN, (), 4),)
    assert unseen.better is READY
    one_core = judge_readiness((CORE[0], *IMPORTANT), [], [])
    assert (one_core.word, [n.obstacle for n in one_core.needs]) == (CANNOT_SAY, [Obstacle.ALL_THIN])
    scored_once = judge_readiness(IMPORTANT, [ReadinessScore(r, "i0", 3) for r in "ab"], [])
    assert scored_once.word is READY


def test_how_much_evidence_is_needed_is_the_guides() -> None:
    asked, scores = (LevelAsk("c0", "core", 3),), [ReadinessScore(r, "c0", 3) for r in "ab"]
    dated = [DatedEvidence("a", "c0", on) for on in MONTHS]
    for needs, word in (
        (EvidenceNeeded(), READY),
        (EvidenceNeeded(min_raters=3), CANNOT_SAY),
        (EvidenceNeeded(min_evidence_core=3), CANNOT_SAY),
        (EvidenceNeeded(min_months_core=3), CANNOT_SAY),
    ):
        assert judge_readiness(asked, scores, dated, needs).word is word, needs
    assert GUIDE.needs == EvidenceNeeded(window_days=365, min_raters=2, min_evidence_core=2, min_months_core=2)


def test_a_dimension_the_level_says_nothing_of_is_not_expected() -> None:
    cells = dict(GUIDE.level("MLE4").cells)
    del cells["data"]
    level = GUIDE.level("MLE4").model_copy(update={"cells": cells})
    guide = GUIDE.model_copy(update={"levels": (level,)})
    assert next(a for a in asked_by(guide, "MLE4") if a.dimension == "data") == LevelAsk("data", "not_expected", None)


def test_movement_counts_ups_and_downs() -> None:
    found = movement([(2, 3), (3, 2), (2, 4), (3, 3), (None, 3), (3, None)])
    assert (found.up, found.down, found.net) == (2, 1, 1)


levels = st.tuples(
    *(
        st.builds(LevelAsk, st.just(f"d{n}"), st.sampled_from(["core", "important", "supporting"]), st.integers(1, 4))
        for n in range(8)
    )
)
cells = st.lists(st.lists(st.integers(1, 4), max_size=4), min_size=8, max_size=8)


def scored(typed: list[list[int]]) -> list[ReadinessScore]:
    return [
        ReadinessScore(f"r{place}", f"d{n}", score)
        for n, given in enumerate(typed)
        for place, score in enumerate(given)
    ]


DATED = [DatedEvidence("r0", f"d{n}", on) for n in range(8) for on in MONTHS]


@given(levels, cells, st.integers(0, 7), st.integers(0, 1))
def test_a_met_score_never_lowers_readiness(
    asked: tuple[LevelAsk, ...], typed: list[list[int]], where: int, above: int
) -> None:
    before = judge_readiness(asked, scored(typed), DATED)
    assume(before.word is not CANNOT_SAY)
    bar = asked[where].bar
    assert bar is not None
    more = ReadinessScore("new", f"d{where}", min(4, bar + above))
    after = judge_readiness(asked, [*scored(typed), more], DATED)
    order = [NOT_YET, CLOSE, READY]
    assert order.index(after.word) >= order.index(before.word)


@given(levels, cells, st.randoms(use_true_random=False))
def test_the_order_of_raters_never_matters(
    asked: tuple[LevelAsk, ...], typed: list[list[int]], chance: random.Random
) -> None:
    scores = scored(typed)
    shuffled = list(scores)
    chance.shuffle(shuffled)
    assert judge_readiness(asked, scores, DATED) == judge_readiness(asked, shuffled, list(reversed(DATED)))
