"""The leveling guide on paper: what stands where, links, and the same bytes for the same facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.guide import Extra, Guide, Statement, cell_of, guide_of_pack
from app.exchange.packs import load_pack
from app.packets.guide.packet import leveling_guide
from app.packets.paper.page import Packet
from app.queries.guide import GuideFacts
from app.resources import packs

SHIPPED = guide_of_pack(load_pack(packs() / "ml-engineering-manager"))
FACTS = GuideFacts(
    SHIPPED, 2, "version 1", "Titles agreed", datetime(2026, 3, 12, 9, tzinfo=UTC), "Ruth Amadi", "0" * 64, "A4"
)


def pages(packet: Packet) -> list[str]:
    return [" ".join(p.extract_text().split()) for p in PdfReader(BytesIO(packet.bytes)).pages]


@pytest.fixture(scope="module")
def packet() -> Packet:
    return leveling_guide(FACTS)


def test_the_first_page_says_what_it_is_and_where_each_level_stands(packet: Packet) -> None:
    found = pages(packet)
    assert packet.pages == len(found) == 10
    for words in (
        "Machine Learning Engineering Manager",
        "Version 2 of 12 March 2026",
        "kept by Ruth Amadi",
        "Why this version: Titles agreed",
        "guide version 2",
        "page 1 of 10",
        "8 levels, 10 dimensions",
    ):
        assert words in found[0], words
    for number, level in enumerate(SHIPPED.in_order, start=3):
        assert f"{level.title} {level.scope} {number}" in found[0]
        assert found[number - 1].count(level.title) >= 1
        assert level.example[:40] in found[number - 1]


def test_each_level_s_page_has_every_expectation_with_weight_and_bar(packet: Packet) -> None:
    found = pages(packet)
    for number, level in enumerate(SHIPPED.in_order, start=2):
        for dimension in SHIPPED.dimensions:
            assert dimension.short in found[number]
            assert level.cells[dimension.id].expect in found[number]
    manager = found[7]
    assert "Typical, not a gate" in manager
    assert "Feeders Tech lead, ML platform or MLOps; Senior backend engineer" in manager
    assert "Product director, AI/ML (rarer)" in manager
    assert "Staff ML Engineer, lateral: back to the work of an engineer, no promotion" in manager
    assert "Senior ML Engineer, feeder: change of track, no promotion" in manager
    assert "important, bar 3" in manager
    assert "not expected" in found[2]


def test_the_matrix_is_on_the_second_page_with_the_ways(packet: Packet) -> None:
    second = pages(packet)[1]
    assert all(level.id in second for level in SHIPPED.levels)
    assert "Bars and weights" in second
    assert "Ways between the levels" in second
    assert "promotion" in second


def test_links_and_outline_lead_to_each_level(packet: Packet) -> None:
    reader = PdfReader(BytesIO(packet.bytes))
    outline = [str(entry["/Title"]) for entry in reader.outline if isinstance(entry, dict)]
    assert outline[1] == "Bars and weights"
    assert outline[2:] == [level.title for level in SHIPPED.in_order]
    links = list(reader.pages[0].get("/Annots", []))
    assert len(links) >= len(SHIPPED.levels)


def test_the_same_facts_have_the_same_bytes_and_others_another_number(packet: Packet) -> None:
    again = leveling_guide(FACTS)
    assert (again.bytes, again.number) == (packet.bytes, packet.number)
    assert leveling_guide(replace(FACTS, version=3)).number != packet.number
    assert leveling_guide(replace(FACTS, paper="Letter")).number != packet.number


def sized(levels: int, dimensions: int, text: str) -> Guide:
    names, things = [f"Level number {n}" for n in range(levels)], [f"d{n}" for n in range(dimensions)]
    said = (
        Statement(
            text=text, examples=(text, "<b>bold</b> & more"), extras=(Extra(name="signals", content='["one", "two"]'),)
        ),
        Statement(text="Second", extras=(Extra(name="id", content='"7ed8-secret"'), Extra(name="of", content='"X"'))),
    )
    return Guide.model_validate(
        {
            "name": "Large",
            "dimensions": [{"id": d, "name": f"Dimension {d}", "short": f"Dimension {d}", "narrow": d} for d in things],
            "tracks": [{"id": "t", "name": "T", "order": names}],
            "levels": [
                {"id": n, "track": "t", "title": n, "cells": {d: cell_of(said, "core", 3) for d in things[1:]}}
                for n in names
            ],
            "extras": [{"name": "points", "content": '{"a": 1}'}],
        }
    )


@pytest.mark.parametrize(("levels", "dimensions"), [(5, 16), (17, 3), (1, 2)])
def test_a_guide_of_any_size_is_printed(levels: int, dimensions: int) -> None:
    found = pages(leveling_guide(replace(FACTS, guide=sized(levels, dimensions, "Text"))))
    whole = " ".join(found)
    assert whole.count("Level number 0") >= 3
    assert "<b>bold</b> & more" in whole
    assert "The guide says nothing here about Dimension d0." in whole
    assert "– one" in whole
    assert "of: X" in whole
    assert "7ed8-secret" not in whole
    assert "Kept from the source" in found[-1]
    assert '{"a": 1}' in found[-1]


def test_a_cell_longer_than_a_page_runs_on_under_its_name() -> None:
    long = "\n".join(f"Line {n} of a very long expectation." for n in range(120))
    found = pages(leveling_guide(replace(FACTS, guide=sized(1, 2, long))))
    assert "Dimension d1, continued" in " ".join(found)
    assert all(f"Line {n} of" in " ".join(found) for n in range(120))


def test_a_guide_without_weights_says_once_that_they_are_ours() -> None:
    """As ladders of others come in: no cell claims a weight, and no page holds a matrix of threes."""
    large = sized(3, 2, "Text")
    cell = large.levels[0].cells["d1"].model_copy(update={"weight": "important"})
    levels = tuple(level.model_copy(update={"cells": {"d1": cell}}) for level in large.levels)
    guide = large.model_copy(update={"levels": levels})
    found = pages(leveling_guide(replace(FACTS, guide=guide)))
    whole = " ".join(found)
    assert whole.count("weights and bars; they are Tenfold’s defaults") == 1
    assert "important, bar 3" not in whole
    assert "Bars and weights" not in whole
    assert "Level number 0 2 Level number 1 3" in found[0]
    assert found[1].startswith("Level number 0 Level 1 of 3 What it asks")


def test_a_statement_is_not_torn_off_behind_its_first_example() -> None:
    examples = tuple(f"Example {n} of it" for n in range(5))
    said = tuple(Statement(text=f"Statement {n}", examples=examples) for n in range(30))
    large = sized(1, 2, "Text")
    cells = {"d1": cell_of(said, "core", 3)}
    guide = large.model_copy(update={"levels": (large.levels[0].model_copy(update={"cells": cells}),)})
    for page in pages(leveling_guide(replace(FACTS, guide=guide)))[2:-1]:
        assert page.count("Example 0") == page.count("Example 4")
