"""Ladders as people keep them: each comes in as a person would read it, or is refused by line; no word is lost."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from app.domain.guide import Guide, GuideDimension
from app.exchange.guide_yaml import guide_yaml
from app.exchange.ladder_map import LadderMap
from app.exchange.ladder_reading import read_ladder
from app.exchange.ladder_said import said_map
from app.exchange.ladder_words import reading_words
from app.exchange.ladders import Source, build, guess_map
from app.exchange.located_values import LadderError
from tests.ladders import source_of

KEPT = Path(__file__).parent / "kept_ladders"
ENCODINGS = {"ru.csv": "cp1251"}
MATRIX = {
    ("Junior", "Testing"): "Writes tests for own code",
    ("Senior", "Testing"): "Sets the way the team tests",
    ("Junior", "Design"): "Follows the design of others",
    ("Senior", "Design"): "Designs whole parts alone",
}


def source_in(name: str) -> Source:
    return source_of(name, (KEPT / name).read_bytes(), ENCODINGS.get(name, ""))


def read(name: str, *said: str) -> Guide:
    source = source_in(name)
    guide = build(source, said_map(source, said))
    again = source_of("again.yaml", guide_yaml(guide))
    assert again.guide == guide, "what came in goes out and comes in again"
    return guide


def refused(name: str, *said: str) -> str:
    with pytest.raises(LadderError) as caught:
        source = source_in(name)
        build(source, said_map(source, said))
    return str(caught.value)


def texts(guide: Guide) -> dict[tuple[str, str], str]:
    return {(x.title, guide.dimension(d).name): c.expect for x in guide.levels for d, c in x.cells.items()}


def tracks(guide: Guide) -> dict[str, list[str]]:
    return {t.name: [guide.level(i).title for i in t.order] for t in guide.tracks}


def beside(thing: Guide | GuideDimension) -> dict[str, Any]:
    return {e.name: e.value for e in thing.extras}


def words_said(name: str, *said: str) -> list[str]:
    source = source_in(name)
    map_ = said_map(source, said)
    return reading_words(source, map_, build(source, map_))


# Nothing is lost


def words_of(text: object) -> list[str]:
    return re.findall(r"\w+", str(text))


def words_in(name: str) -> set[str]:
    """Every word of a source, read without any of what reads ladders."""
    content = (KEPT / name).read_bytes()
    if name.endswith(".xlsx"):
        return {word for text in _workbook(content) for word in words_of(text)}
    text = content.decode(ENCODINGS.get(name, "utf-8"))
    if name.endswith(".csv"):
        return {
            w for row in csv.reader(io.StringIO(text), delimiter=";" if ";" in text else ",") for w in words_of(row)
        }
    value = json.loads(text) if name.endswith(".json") else yaml.safe_load(text)
    return {word for said in _values(value) for word in words_of(said)}


def _workbook(content: bytes) -> Iterator[object]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                yield from (cell.value,) if cell.value is not None else ()
                yield from (cell.comment.text,) if cell.comment else ()
                yield from (cell.hyperlink.target,) if cell.hyperlink else ()


def _values(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)
    else:
        yield value


def words_kept(guide: Guide, map_: LadderMap) -> set[str]:
    """What is in the guide, and the names of places that the map says."""
    said = [v for v in vars(map_).values() if isinstance(v, str)] + list(map_.groups)
    return {*words_of(guide.canonical_text()), *words_of(said)} | {
        word for e in _all_extras(guide) for word in words_of(e)
    }


def _all_extras(guide: Guide) -> Iterator[object]:
    extras = [*guide.extras, *(e for d in guide.dimensions for e in d.extras)]
    extras += [e for x in guide.levels for e in x.extras]
    extras += [e for x in guide.levels for cell in x.cells.values() for said in cell.said for e in said.extras]
    for extra in extras:
        yield from (extra.name, *_values(extra.value))


MAPS: dict[str, list[tuple[str, ...]]] = {
    "merge.csv": [("levels=rows.*", "level_id=Role Level", "track=Role"), ("levels=rows.*", "level_id=Role Level")],
    "merge2.csv": [("levels=rows.*", "level_id=Role Level"), ("levels=rows.*", "level_id=Role Level", "track=Role")],
    "merge3.csv": [
        ("dimensions=rows.*", "dimension_id=Code", "dimension_name=Skill Name", "dimension=Code"),
        ("dimensions=rows.*", "dimension_id=Skill Name", "dimension_name=Code"),
    ],
    "groups.json": [
        ("cells=*.*.*", "level=*1", "dimension=*3", "groups="),
        ("cells=*.*.*", "level=*1", "dimension=*2"),
    ],
    "cat.csv": [("groups=",), ("level_columns=Senior",), ("dimension_columns=Junior, Senior", "rows=Competency")],
    "twotracks.csv": [("track=",), ("dimension_columns=Technical skill",)],
    "nolevel.json": [("level=*2",), ("level=^name", "dimension=name")],
    "topics.yaml": [("dimension=*1", "dimensions=")],
    "notes.xlsx": [("sheet=Examples",)],
    "readme-first.xlsx": [("sheet=Read me",)],
    "title-row.xlsx": [("heading_row=1",)],
    "sheet-per-dimension.xlsx": [("sheet=Delivery", "rows=Junior")],
}


@pytest.mark.parametrize(
    ("name", "said"),
    [(p.name, said) for p in sorted(KEPT.iterdir()) for said in ((), *MAPS.get(p.name, []))],
)
def test_every_word_of_a_source_is_kept_or_it_is_refused_by_name(name: str, said: tuple[str, ...]) -> None:
    source = source_in(name)
    map_ = said_map(source, said)
    try:
        guide = build(source, map_)
    except LadderError as wrong:
        assert all(p.sentence.endswith(".") and p.file for p in wrong.problems)
        return
    assert words_in(name) - words_kept(guide, map_) == set()


# One by one


def test_levels_of_one_name_in_two_roles_are_two() -> None:
    guide = read("merge.csv", "levels=rows.*", "level_id=Role Level", "track=Role")
    assert tracks(guide) == {"Alpha": ["Alpha Lead"], "Omega": ["Omega Lead"]}
    assert texts(guide) == {
        ("Alpha Lead", "Testing"): "Tests things with great care",
        ("Omega Lead", "Writing"): "Writes about things with great care",
    }
    assert [e.value for level in guide.levels for e in level.cells[next(iter(level.cells))].extras] == [
        "one team",
        "two countries",
    ]


def test_what_a_later_row_says_otherwise_of_a_level_is_kept() -> None:
    guide = read("merge2.csv", "levels=rows.*", "level_id=Role Level")
    assert tracks(guide) == {"Levels": ["Lead"]}
    assert guide.levels[0].scope == "one team"
    assert "two countries" in guide.canonical_text()
    assert texts(guide)["Lead", "Writing"] == "Writes about things with great care"


def test_another_name_of_the_same_dimension_is_kept() -> None:
    said = ("dimensions=rows.*", "dimension_id=Code", "dimension_name=Skill Name", "dimension=Code")
    guide = read("merge3.csv", *said)
    assert texts(guide) == {
        ("Lead", "Testing"): "Tests things with great care",
        ("Senior", "Testing"): "Writes about things with great care",
    }
    assert "Verifying" in guide.canonical_text()
    guessed = read("merge3.csv")
    assert tracks(guessed) == {"Levels": ["Lead", "Senior"]}
    assert [d.name for d in guessed.dimensions] == ["Testing", "Verifying"]


@pytest.mark.parametrize("said", [(), ("cells=*.*.*",), ("cells=*.*.*", "level=*1", "dimension=*3", "groups=")])
def test_groups_between_levels_and_dimensions_stay_by_name(said: tuple[str, ...]) -> None:
    guide = read("groups.json", *said)
    assert tracks(guide) == {"Levels": ["IC1", "IC2"]}
    assert {d.name: beside(d) for d in guide.dimensions} == {
        "Impact": {"Group": "Delivery group"},
        "Ownership": {"Group": "Delivery group"},
        "Mentoring": {"Group": "People group"},
    }
    assert texts(guide)["IC2", "Mentoring"] == "Helps one newcomer to start"
    assert words_said("groups.json") == [
        "Levels are the names at depth 1: IC1, IC2.",
        (
            "Dimensions are the names at depth 3: Impact, Ownership, Mentoring, "
            "in the groups Delivery group, People group."
        ),
    ]


def test_notes_links_and_formulas_without_a_value_stay_with_their_row() -> None:
    guide = read("notes.xlsx")
    assert tracks(guide) == {"Levels": ["Junior", "Senior"]}
    assert texts(guide) == {k: v for k, v in MATRIX.items() if k != ("Junior", "Design")}
    assert beside(guide.dimension("Testing")) == {
        "Note on Junior": "Example: a regression test with every bugfix",
        "Link of Senior": "https://example.org/how-we-test",
    }
    assert beside(guide.dimension("Design")) == {"Formula in Junior": '="Follows the "&"design of others"'}
    assert beside(guide) == {"Sheet Examples": [["Testing", "Wrote the harness"]]}
    assert words_said("notes.xlsx")[-1] == (
        "Sheet “Ladder”, row 3, column 2: a formula without a stored value, kept beside."
    )


def test_the_columns_that_are_levels_are_found_and_can_be_said() -> None:
    guide = read("cat.csv")
    assert tracks(guide) == {"Levels": ["Junior", "Senior"]}
    assert {d.name: beside(d) for d in guide.dimensions} == {
        "Testing": {"Category": "Craft"},
        "Design": {"Category": "Craft"},
        "Mentoring": {"Category": "People"},
    }
    assert texts(guide) == MATRIX | {
        ("Junior", "Mentoring"): "Asks for help early",
        ("Senior", "Mentoring"): "Helps two juniors to grow",
    }
    assert words_said("cat.csv") == [
        "Levels are the columns Junior, Senior.",
        "Dimensions are the rows under “Competency”: Testing, Design, Mentoring, in the groups Craft, People.",
    ]
    said = read("cat.csv", "level_columns=senior", "rows=Competency", "groups=category")
    assert tracks(said) == {"Levels": ["Senior"]}
    assert beside(said.dimension("Design")) == {"Category": "Craft", "Junior": "Follows the design of others"}


def test_two_tracks_may_call_a_level_the_same() -> None:
    guide = read("twotracks.csv")
    assert tracks(guide) == {"Engineer": ["Engineer 3", "4"], "Manager": ["Manager 3"]}
    assert [d.name for d in guide.dimensions] == ["Technical skill", "Communication"]
    assert texts(guide)["Engineer 3", "Technical skill"] == "Writes sound code alone"
    assert texts(guide)["Manager 3", "Technical skill"] == "Reviews the code of others"
    assert len(texts(guide)) == 6


def test_a_level_that_is_said_is_one_and_its_list_gives_no_dimension_by_position() -> None:
    guide = read("topics.yaml")
    assert tracks(guide) == {"Levels": ["1", "2"]}
    assert texts(guide) == {
        ("1", "communication"): "Gives regular news of the work",
        ("2", "communication"): "Explains choices to the whole team",
        ("1", "impact"): "Delivers small tasks with help",
        ("2", "impact"): "Delivers whole features alone",
    }
    assert guide.name == "Backend ladder"


def test_a_bare_position_is_a_level_only_where_it_is_said() -> None:
    assert refused("nolevel.json") == (
        "nolevel.json, line 1: nothing here says what the levels are; a place in a list is none unless you say so. "
        "Correct the file and import it again. Nothing was changed."
    )
    guide = read("nolevel.json", "level=*2")
    assert [x.title for x in guide.levels] == ["Capability 1", "Capability 2"]


def test_what_is_no_ladder_is_told_in_whole_sentences() -> None:
    assert refused("terms.json") == (
        "terms.json, line 1: nothing here looks like levels and what they ask. "
        "Correct the file and import it again. Nothing was changed."
    )
    assert "nothing says what this is called." in refused(
        "terms.json", "level=*1", "dimension=*2", "cells=children.*.terms.*.*", "dimensions=children.*.terms.*"
    )


def test_headings_below_a_title_are_found_and_can_be_said() -> None:
    guide = read("title-row.xlsx")
    assert tracks(guide) == {"Levels": ["Junior", "Senior"]}
    assert texts(guide) == {k: v.replace("the way ", "how ") for k, v in MATRIX.items() if k[1] == "Testing"} | {
        ("Senior", "Testing"): "Sets how the team tests"
    }
    assert beside(guide) == {"Above the table": [["Engineering ladder (draft)"]]}
    assert words_said("title-row.xlsx")[0] == "The headings stand in row 3; what is above is kept beside."
    assert texts(read("title-row.xlsx", "heading_row=3")) == texts(guide)


def test_merged_cells_say_their_text_in_every_row() -> None:
    guide = read("merged.xlsx")
    assert tracks(guide) == {"Levels": ["Junior", "Senior"]}
    assert {d.name: beside(d) for d in guide.dimensions} == {
        "Testing": {"Pillar": "Craft"},
        "Design": {"Pillar": "Craft"},
    }
    assert len(texts(guide)) == 4


def test_a_sheet_that_explains_the_workbook_is_not_the_ladder() -> None:
    guide = read("readme-first.xlsx")
    assert texts(guide) == MATRIX
    assert beside(guide) == {"Sheet Read me": [["How to use this workbook"], ["Read the second sheet"]]}
    assert words_said("readme-first.xlsx")[0] == "Of 2 sheets “Matrix” is read."


def test_a_sheet_for_each_dimension_is_read() -> None:
    guide = read("sheet-per-dimension.xlsx")
    assert tracks(guide) == {"Levels": ["Junior", "Senior"]}
    assert [d.name for d in guide.dimensions] == ["Delivery", "Communication"]
    assert [s.text for s in guide.level("Junior").cells["Delivery"].said] == [
        "Ends small tasks on time",
        "Says when late",
    ]
    assert [(e.name, e.value) for e in guide.dimension("Delivery").extras] == [
        ("Column 2", "1"),
        ("Column 4", "0"),
        ("Column 2", "2"),
        ("Column 4", "0"),
    ]


def test_an_encoding_is_never_guessed_in_silence(tmp_path: Path) -> None:
    with pytest.raises(LadderError) as caught:
        source_of("ru.csv", (KEPT / "ru.csv").read_bytes())
    assert "Read as Windows-1251: “Уровень”" in str(caught.value)
    assert "--encoding" in str(caught.value)
    source = read_ladder(KEPT / "ru.csv", encoding="cp1251")
    guide = build(source, guess_map(source))
    assert texts(guide) == {
        ("Младший", "Тесты"): "Пишет тесты для своего кода",
        ("Старший", "Тесты"): "Ставит правила тестов в команде",
    }
    western = source_of("w.csv", "Thème,Junior\nTests,Écrit des tests vérifiés\n".encode("cp1252"))
    assert western.remarks == ("Read as Windows-1252: “Thème”.",)
