"""Gaps, the few goals, when-I-will, days, and what the pack suggests."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.gap_sources import gaps_of_hire, topics_of
from app.domain.growth import (
    CheckFault,
    From,
    Gap,
    GapStanding,
    asks_why,
    check_faults,
    evidence_by_month,
    gap,
    gaps,
    months_until,
    next_check_in,
    rerating_due,
    suggestions,
    tidy_check,
)
from app.domain.guide import GuideCell, guide_of_pack
from app.exchange.packs import load_pack
from app.resources import packs

PACK = load_pack(packs() / "ml-engineering-manager")
GUIDE = guide_of_pack(PACK)
CORE = GuideCell(weight="core", bar=3, expect="Does it.")
LOW = GuideCell(weight="supporting", bar=2, expect="Does some of it.")
NONE = GuideCell(weight="not_expected", expect="Nothing yet.")


@pytest.mark.parametrize(
    ("cell", "scores", "standing", "score", "high", "below"),
    [
        (CORE, (3, 3), GapStanding.MET, 3, None, 0),
        (CORE, (2, 2), GapStanding.BELOW, 2, None, 1),
        (CORE, (1, 1), GapStanding.BELOW, 1, None, 2),
        (CORE, (2, 3), GapStanding.SPLIT, 2, 3, 1),
        (CORE, (2, 3, 3), GapStanding.MET, 3, 3, 0),
        (CORE, (2, 2, 3), GapStanding.BELOW, 2, 3, 1),
        (CORE, (4,), GapStanding.THIN, 4, None, 0),
        (CORE, (), GapStanding.EMPTY, None, None, 0),
        (LOW, (2, 2), GapStanding.MET, 2, None, 0),
        (LOW, (1, 2), GapStanding.SPLIT, 1, 2, 1),
        (NONE, (1, 1), GapStanding.NOT_EXPECTED, 1, None, 0),
        (None, (2,), GapStanding.NOT_EXPECTED, 2, None, 0),
    ],
)
def test_a_gap_is_asked_of_the_cells_own_bar(
    cell: GuideCell | None,
    scores: tuple[int, ...],
    standing: GapStanding,
    score: int | None,
    high: int | None,
    below: int,
) -> None:
    found = gap("people", cell, scores)
    assert (found.standing, found.score, found.high, found.below) == (standing, score, high, below)
    assert found.is_gap == (standing in (GapStanding.SPLIT, GapStanding.BELOW))


@given(st.lists(st.integers(1, 4), max_size=7), st.integers(1, 4))
def test_the_order_of_raters_never_matters_and_a_met_score_never_opens_a_gap(scores: list[int], bar: int) -> None:
    cell = GuideCell(weight="core", bar=bar, expect="Does it.")
    assert gap("x", cell, scores) == gap("x", cell, scores[::-1])
    before, after = gap("x", cell, scores), gap("x", cell, [*scores, 4])
    assert not (after.is_gap and before.standing is GapStanding.MET)
    assert after.below <= before.below or not scores


def test_every_dimension_stands_in_the_order_of_the_strip() -> None:
    found = gaps(GUIDE, "M1", {"people": [2, 2], "execution": [2, 3]})
    assert tuple(g.dimension for g in found) == GUIDE.dimension_ids
    assert {g.dimension for g in found if g.is_gap} == {"people", "execution"}
    with pytest.raises(KeyError):
        gaps(GUIDE, "M9", {})


def test_what_a_panel_scored_under_its_bar_comes_core_first_and_the_lower_first() -> None:
    rows = gaps_of_hire(GUIDE, "M1", 3, {"product": [1, 1], "people": [2, 3], "execution": [3], "mlops": [1, 1]})
    assert topics_of(rows) == ("mlops", "people", "product")
    assert {g.dimension: g.bar for g in rows if g.scores} == dict.fromkeys(
        ("product", "people", "execution", "mlops"), 3
    )
    assert {g.weight for g in rows if g.dimension == "product"} == {GUIDE.level("M1").cells["product"].weight}


def test_a_panels_bar_holds_whatever_the_levels_bar_is() -> None:
    low = next(d for d, c in GUIDE.level("MLE1").cells.items() if c.bar == 2)
    none = next(d for d, c in GUIDE.level("MLE1").cells.items() if c.bar is None)
    rows = {g.dimension: g for g in gaps_of_hire(GUIDE, "MLE1", 3, {low: [2, 2], none: [2, 2]})}
    assert (rows[low].standing, rows[low].below) == (GapStanding.BELOW, 1)
    assert rows[none].standing is GapStanding.NOT_EXPECTED


def test_a_fourth_goal_asks_why() -> None:
    assert [asks_why(n) for n in range(5)] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("when", "will", "tidied", "faults"),
    [
        ("When a test fails", "I will say so.", ("a test fails", "say so"), ()),
        ("a 1:1 starts,", "I’ll open the list", ("a 1:1 starts", "open the list"), ()),
        ("  ", "say so", ("", "say so"), (CheckFault.NO_WHEN,)),
        ("it slips", "", ("it slips", ""), (CheckFault.NO_WILL,)),
        ("say so", "Say so", ("say so", "Say so"), (CheckFault.SAME,)),
        ("x" * 161, "say so", ("x" * 161, "say so"), (CheckFault.TOO_LONG,)),
    ],
)
def test_when_i_will_needs_a_moment_and_an_act(
    when: str, will: str, tidied: tuple[str, str], faults: tuple[CheckFault, ...]
) -> None:
    assert tidy_check(when, will) == tidied
    assert check_faults(*tidied) == faults


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_check_ins_are_two_weeks_on_and_never_on_a_weekend(on: date) -> None:
    following = next_check_in(on)
    assert following.weekday() < 5
    assert timedelta(14) <= following - on <= timedelta(16)
    due = rerating_due(on)
    assert due is not None
    assert due.weekday() < 5
    assert timedelta(91) <= due - on <= timedelta(93)


def test_a_level_never_rated_is_never_due() -> None:
    assert rerating_due(None) is None


def test_months_go_back_over_the_turn_of_the_year() -> None:
    assert months_until(date(2026, 3, 12)) == tuple(
        date(y, m, 1) for y, m in ((2025, 10), (2025, 11), (2025, 12), (2026, 1), (2026, 2), (2026, 3))
    )


def test_two_items_in_one_month_are_one_month() -> None:
    months = months_until(date(2026, 3, 12))
    facts = [
        ("people", date(2026, 1, 3)),
        ("people", date(2026, 1, 30)),
        ("mlops", date(2026, 1, 1)),
        ("mlops", date(2026, 3, 1)),
        ("mlops", None),
        ("mlops", date(2024, 3, 1)),
    ]
    people, mlops = evidence_by_month(["people", "mlops"], facts, months, 2)
    assert (people.count, people.enough) == (1, False)
    assert (mlops.count, mlops.enough) == (2, True)
    assert mlops.seen == (False, False, False, True, False, True)


def test_suggestions_come_from_the_pack_and_say_where_they_stand() -> None:
    found = suggestions(GUIDE, "M1", "people", PACK.rubric)
    assert found[0].text == GUIDE.level("M1").cells["people"].expect
    assert found[0].where == "M1"
    assert {s.source for s in found} == {From.LEVEL, From.ANCHOR, From.SKILL, From.QUESTION, From.KPI}
    known = {q.text for q in PACK.rubric.dimension("people").questions}
    assert {s.text for s in found if s.source is From.QUESTION} == known
    assert {s.source for s in suggestions(GUIDE, "M1", "people", None)} == {From.LEVEL}


def test_a_gap_knows_the_shape_of_its_state() -> None:
    assert Gap("x", "core", 3, (2, 2), GapStanding.BELOW, 2).state == "not_met"
    assert Gap("x", "not_expected", None, (), GapStanding.NOT_EXPECTED).state == "empty"
