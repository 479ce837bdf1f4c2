"""A leveling guide of any size: what holds, what changed between two versions, how two levels differ."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from app.domain.guide import BAR_OF, Extra, Guide, GuideCell, GuideLevel, Statement, cell_of, guide_of_pack
from app.domain.guide_diff import GuideChange, What, compare_levels, difference, levels_changed
from app.exchange.packs import load_pack
from app.resources import packs

SHIPPED = guide_of_pack(load_pack(packs() / "ml-engineering-manager"))


def small(levels: int = 3, dimensions: int = 2, more: dict[str, Any] | None = None) -> Guide:
    """A guide of one track, each cell with its own sentence."""
    names = [f"L{n}" for n in range(1, levels + 1)]
    things = [f"d{n}" for n in range(1, dimensions + 1)]
    return Guide.model_validate(
        {
            "name": "Small",
            "dimensions": [{"id": d, "name": d, "short": d, "narrow": d} for d in things],
            "tracks": [{"id": "t", "name": "Track", "order": names}],
            "levels": [
                {
                    "id": n,
                    "track": "t",
                    "title": f"Level {n}",
                    "cells": {d: {"weight": "core", "bar": 3, "expect": f"{n} on {d}"} for d in things},
                }
                for n in names
            ],
            **(more or {}),
        }
    )


def with_level(guide: Guide, level: GuideLevel) -> Guide:
    return guide.model_copy(update={"levels": tuple(level if x.id == level.id else x for x in guide.levels)})


def with_cell(guide: Guide, level: str, dimension: str, cell: GuideCell | None) -> Guide:
    at = guide.level(level)
    cells = {d: c for d, c in at.cells.items() if d != dimension}
    if cell is not None:
        cells[dimension] = cell
    return with_level(guide, at.model_copy(update={"cells": cells}))


@pytest.mark.parametrize(("levels", "dimensions"), [(1, 1), (5, 16), (16, 5), (40, 40)])
def test_any_number_of_levels_and_dimensions(levels: int, dimensions: int) -> None:
    guide = small(levels, dimensions)
    assert Guide.model_validate_json(guide.canonical_text()) == guide
    assert [x.id for x in guide.in_order] == [x.id for x in guide.levels]


def test_the_pack_s_guide_says_what_its_ways_are() -> None:
    assert {w.to for w in SHIPPED.ways_from("M1") if w.kind == "return"} == {"MLE4", "MLE5"}
    assert {w.from_ for w in SHIPPED.ways_to("M1")} == {"MLE3", "MLE4"}
    assert SHIPPED.way_between("M1", "MLE5") == SHIPPED.way_between("MLE5", "M1")
    assert SHIPPED.way_between("MLE1", "M3") is None
    assert "Typical, not a gate" in SHIPPED.level("M1").typical
    assert [e.name for e in SHIPPED.level("M1").extras] == ["Feeders", "Next roles"]
    assert "Tech lead, ML platform or MLOps" in SHIPPED.level("M1").extras[0].lines
    assert not [e for level in SHIPPED.levels if level.id != "M1" for e in level.extras]
    assert SHIPPED.level("M1").label == "M1"


@pytest.mark.parametrize(
    ("where", "value", "sentence"),
    [
        ("transitions", [{"from": "L1", "to": "L9", "kind": "promotion"}], "“L9” is no level"),
        ("transitions", [{"from": "L1", "to": "L2", "kind": "return"}], "a promotion stays on its track"),
        ("yardstick", "L9", "“L9” is no level"),
        ("tracks", [{"id": "t", "name": "T", "order": ["L1"]}], "leaves out a level"),
        ("tracks", [{"id": "u", "name": "T", "order": ["L1", "L2", "L3"]}], "no track of this guide"),
        ("dimensions", [{"id": "d1", "name": "d", "short": "d", "narrow": "d"}], "“d2” is no dimension"),
        ("extras", [{"name": "points", "content": "{1"}], "no JSON"),
    ],
)
def test_what_does_not_hold_is_said(where: str, value: object, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        small(more={where: value})


def test_a_cell_has_a_bar_where_something_is_expected() -> None:
    with pytest.raises(ValidationError, match="needs a bar"):
        GuideCell(weight="core", expect="x")
    with pytest.raises(ValidationError, match="needs a bar"):
        GuideCell(weight="not_expected", bar=2, expect="x")
    assert BAR_OF["supporting"] == 2


def test_several_statements_stand_in_one_cell_with_their_own_examples() -> None:
    said = (Statement(text="one\nin two lines", examples=("a",)), Statement(text="two", examples=("b", "c")))
    cell = cell_of(said, "core", 3)
    assert (cell.expect, cell.examples, cell.said) == ("one\nin two lines\ntwo", ("a", "b", "c"), said)
    assert cell_of(said[:1], "core", 3).statements == ()
    assert cell_of(said[:1], "core", 3).said == said[:1]
    with pytest.raises(ValidationError, match="are not what"):
        GuideCell(weight="core", bar=3, expect="else", statements=said)


def test_an_extra_reads_as_its_text() -> None:
    assert Extra(name="id", content='"7ed8"').words == "7ed8"
    assert Extra(name="points", content='{"a":1}').words == '{"a":1}'


def test_a_difference_names_level_dimension_and_field() -> None:
    cell = SHIPPED.level("M1").cells["people"]
    later = with_cell(SHIPPED, "M1", "people", cell.model_copy(update={"weight": "supporting", "bar": 2}))
    level = later.level("MLE2").model_copy(update={"scope": "Two features"})
    later = with_level(later, level)
    changes = difference(SHIPPED, later)
    assert changes == (
        GuideChange("scope", "A feature or pipeline end to end", "Two features", "MLE2"),
        GuideChange("weight", "core", "supporting", "M1", "people"),
        GuideChange("bar", "3", "2", "M1", "people"),
    )
    assert levels_changed(changes) == ("MLE2", "M1")
    assert difference(SHIPPED, SHIPPED) == ()


def test_a_difference_sees_what_came_and_went() -> None:
    before, after = small(3, 2), small(2, 3)
    found = {(c.field, c.level, c.dimension) for c in difference(before, after)}
    assert (What.REMOVED, "L3", None) in found
    assert (What.ADDED, None, "d3") in found
    assert (What.ADDED, "L1", "d3") in found
    assert (What.ORDER, None, None) in found
    gone = with_cell(before, "L1", "d1", None)
    assert difference(before, gone) == (GuideChange(What.REMOVED, "L1 on d1", "", "L1", "d1"),)


def test_an_empty_cell_and_a_regrouped_one_are_changes_too() -> None:
    empty = GuideCell(weight="core", bar=3, expect="")
    without = with_cell(small(), "L1", "d1", None)
    assert difference(without, with_cell(small(), "L1", "d1", empty)) != ()
    one = cell_of((Statement(text="a", examples=("x",)), Statement(text="b")), "core", 3)
    other = cell_of((Statement(text="a"), Statement(text="b", examples=("x",))), "core", 3)
    assert difference(with_cell(small(), "L1", "d1", one), with_cell(small(), "L1", "d1", other)) != ()


def test_two_levels_side_by_side() -> None:
    pairs = compare_levels(SHIPPED, "MLE2", "M1")
    assert [p.dimension.id for p in pairs] == list(SHIPPED.dimension_ids)
    people = next(p for p in pairs if p.dimension.id == "people")
    assert (people.weight_moves, people.bar_moves) == (True, True)
    assert not next(p for p in pairs if p.dimension.id == "mlops").weight_moves
    assert compare_levels(with_cell(small(), "L1", "d1", None), "L1", "L2")[0].left is None


_words = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)
_cells = st.builds(
    lambda said, weight: cell_of(said, weight, BAR_OF[weight]),
    st.lists(
        st.builds(Statement, text=_words, examples=st.lists(_words, max_size=2).map(tuple)), min_size=1, max_size=3
    ),
    st.sampled_from(list(BAR_OF)),
)


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(["L1", "L2", "L3"]), st.sampled_from(["d1", "d2"]), st.one_of(st.none(), _cells), _words, _words)
def test_nothing_changed_exactly_where_nothing_differs(
    level: str, dimension: str, cell: GuideCell | None, scope: str, note: str
) -> None:
    before = small()
    after = with_cell(before, level, dimension, cell)
    after = with_level(after, after.level("L2").model_copy(update={"scope": scope}))
    after = after.model_copy(update={"note": note})
    assert (difference(before, after) == ()) == (before == after)
    assert (difference(before, after) == ()) == (
        json.loads(before.canonical_text()) == json.loads(after.canonical_text())
    )
