"""Other people's ladders: what comes in, that nothing is lost, and which line is named where something is wrong."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.guide import BAR_OF, Extra, Guide, GuideCell, Statement, cell_of, guide_of_pack
from app.exchange.guide_yaml import guide_yaml
from app.exchange.ladder_found import NARROW, narrow_names
from app.exchange.ladder_map import LadderMap, map_with_fields
from app.exchange.ladder_reading import read_ladder
from app.exchange.ladders import Source, build, guess_map
from app.exchange.located_values import LadderError
from app.exchange.packs import load_pack
from app.exchange.sheet import Size
from app.exchange.workbook import read_workbook
from app.resources import packs
from tests.ladders import source_of

LADDERS = Path(__file__).resolve().parents[3] / "shared" / "data" / "ladders"
FT = ("engineering", "engineering-v1", "operations")
real = pytest.mark.skipif(not LADDERS.is_dir(), reason="the real ladders lie beside the checkout, not in it")


def read(name: str, content: str | bytes) -> Guide:
    source = source_of(name, content.encode() if isinstance(content, str) else content)
    return build(source, guess_map(source))


def wrong(name: str, content: str | bytes, map_: LadderMap | None = None) -> LadderError:
    with pytest.raises(LadderError) as caught:
        source = source_of(name, content.encode() if isinstance(content, str) else content)
        build(source, map_ or guess_map(source))
    return caught.value


def kept(extras: tuple[Extra, ...]) -> dict[str, Any]:
    return {e.name: e.value for e in extras}


def again(guide: Guide) -> Guide:
    return read("guide.yaml", guide_yaml(guide))


# The real ones


def ft_from(guide: Guide) -> dict[str, Any]:
    """The Financial Times' file, from nothing but the guide."""
    competencies = [
        {
            "level": level.id,
            "theme": dimension,
            "summary": said.text,
            "examples": list(said.examples),
            **kept(said.extras),
        }
        for level in guide.levels
        for dimension, cell in level.cells.items()
        for said in cell.said
    ]
    return {
        "name": guide.name,
        "summary": guide.note,
        "levels": [{"id": x.id, "name": x.title, **kept(x.extras)} for x in guide.levels],
        "themes": [{"id": d.id, "name": d.name, "summary": d.definition, **kept(d.extras)} for d in guide.dimensions],
        "competencies": sorted(competencies, key=lambda c: c["id"]),
        **kept(guide.extras),
    }


@real
@pytest.mark.parametrize("name", FT)
def test_a_whole_job_family_can_be_written_again_from_its_guide(name: str) -> None:
    path = LADDERS / "ft" / f"{name}.yml"
    source = read_ladder(path)
    guide = build(source, guess_map(source))
    original = yaml.safe_load(path.read_text("utf-8"))
    for theme in original["themes"]:
        theme.setdefault("summary", "")
    for competency in original["competencies"]:
        competency.setdefault("examples", [])
    original["competencies"].sort(key=lambda c: c["id"])
    assert ft_from(guide) == original
    assert again(guide) == guide


@real
def test_the_job_family_s_sizes_and_order() -> None:
    source = read_ladder(LADDERS / "ft" / "engineering-v1.yml")
    guide = build(source, guess_map(source))
    assert (len(guide.levels), len(guide.dimensions)) == (4, 4)
    assert max(len(c.said) for level in guide.levels for c in level.cells.values()) == 13
    assert [x.id for x in guide.in_order] == ["junior", "engineer", "senior-1", "senior-2"]
    assert {w for level in guide.levels for c in level.cells.values() for w in (c.weight,)} == {"important"}


@real
def test_milestones_become_levels_and_points_and_titles_stay_by_name() -> None:
    path = LADDERS / "snowflake" / "snowflake.json"
    source = read_ladder(path)
    guide = build(source, guess_map(source))
    original = json.loads(path.read_text("utf-8"))
    assert (len(guide.levels), len(guide.dimensions)) == (5, 16)
    assert [x.title for x in guide.levels] == [f"Milestone {n}" for n in range(1, 6)]
    tracks = {
        d.id: {
            "displayName": d.name,
            "description": d.definition,
            **kept(d.extras),
            "milestones": [
                {
                    "summary": level.cells[d.id].expect,
                    "examples": list(level.cells[d.id].examples),
                    **kept(level.cells[d.id].extras),
                }
                for level in guide.levels
            ],
        }
        for d in guide.dimensions
    }
    assert {**kept(guide.extras), "tracks": tracks} == original
    assert [e.name for e in guide.extras] == ["source", "milestone_points", "points_to_level", "titles"]
    assert again(guide) == guide


@real
def test_narrow_names_of_the_real_ladders_fit_and_differ() -> None:
    for path in (*(LADDERS / "ft").glob("*.yml"), LADDERS / "snowflake" / "snowflake.json"):
        source = read_ladder(path)
        narrow = [d.narrow for d in build(source, guess_map(source)).dimensions]
        assert len(set(narrow)) == len(narrow)
        assert all(0 < len(n) <= NARROW for n in narrow)


# Shapes

MATRIX = "Dimension,Definition,L1,L2\nSystems,How it is built,Draws it,Designs it\nPeople,,Listens,\n"
LONG = (
    "Level,Track,Theme,Expectation,Example,Weight,Bar,Link\n"
    'L1,ic,Systems,"Draws it,\nin two lines",A box,core,,one\n'
    "L1,ic,Systems,Says why,,core,,\n"
    "L2,ic,Systems,Designs it,,Supporting,2,two\n"
    "M1,lead,People,Listens,,not expected,,\n"
)


def test_a_matrix_has_levels_across() -> None:
    guide = read("matrix.csv", MATRIX)
    assert [x.id for x in guide.levels] == ["L1", "L2"]
    assert [(d.id, d.definition) for d in guide.dimensions] == [("Systems", "How it is built"), ("People", "")]
    assert guide.level("L2").cells["Systems"].expect == "Designs it"
    assert "People" not in guide.level("L2").cells
    assert again(guide) == guide


def test_a_matrix_may_have_levels_down() -> None:
    guide = read("matrix.csv", "Level;Systems;People\nL1;Draws it;Listens\nL2;Designs it;Coaches\n")
    assert [x.id for x in guide.levels] == ["L1", "L2"]
    assert guide.level("L2").cells["People"].expect == "Coaches"


def test_a_statement_a_row_keeps_weights_tracks_and_what_has_no_place() -> None:
    guide = read("long.csv", LONG)
    systems = guide.level("L1").cells["Systems"]
    assert [s.text for s in systems.said] == ["Draws it,\nin two lines", "Says why"]
    assert (systems.weight, systems.bar, systems.examples) == ("core", 3, ("A box",))
    assert kept(systems.said[0].extras) == {"Link": "one"}
    assert (guide.level("L2").cells["Systems"].weight, guide.level("L2").cells["Systems"].bar) == ("supporting", 2)
    assert guide.level("M1").cells["People"].bar is None
    assert [(t.id, t.order) for t in guide.tracks] == [("ic", ("L1", "L2")), ("lead", ("M1",))]
    assert again(guide) == guide


def test_levels_as_names_of_tables() -> None:
    nested = {
        "levels": {"L1": {"Systems": ["a", "b"], "People": "c"}, "L2": {"Systems": "d", "People": "e"}},
        "by": "x",
    }
    guide = read("nested.json", json.dumps(nested))
    assert [x.id for x in guide.levels] == ["L1", "L2"]
    assert [s.text for s in guide.level("L1").cells["Systems"].said] == ["a", "b"]
    assert kept(guide.extras) == {"by": "x"}


def test_levels_listed_within_tracks_may_be_called_the_same() -> None:
    def level(name: str, said: str) -> dict[str, Any]:
        return {"name": name, "expectations": {"Impact": f"{said} impact", "Scope": f"{said} scope"}}

    tracks = [
        {"name": "IC", "levels": [level("L1", "own"), level("L2", "wide")]},
        {"name": "Lead", "levels": [level("L1", "team")]},
    ]
    source = source_of("nested.json", json.dumps({"tracks": tracks}).encode())
    by_name = source_of("nested.json", json.dumps({"tracks": {t["name"]: t for t in tracks}}).encode())
    for known, map_ in ((source, guess_map(source)), (by_name, replace(guess_map(source), track="*1"))):
        guide = build(known, map_)
        assert [(t.id, t.order) for t in guide.tracks] == [("IC", ("IC L1", "L2")), ("Lead", ("Lead L1",))]
        assert guide.level("Lead L1").cells["Scope"].expect == "team scope"
        assert [d.extras for d in guide.dimensions] == [(), ()]


def test_a_list_of_levels_is_told_apart_by_what_its_texts_name_it_by() -> None:
    value = [{"level": n, "skills": {"Impact": [f"{n} has impact"], "Scope": ["x"]}} for n in ("L1", "L2")]
    guide = read("list.json", json.dumps(value))
    assert [x.id for x in guide.levels] == ["L1", "L2"]
    assert guide.level("L2").cells["Impact"].expect == "L2 has impact"


def test_a_column_may_be_called_cells() -> None:
    guide = read("c.csv", "Competency,L1,cells\nTesting,Writes own tests,Something of its own\n")
    assert guide.level("Cells").cells["Testing"].expect == "Something of its own"
    assert guide.level("L1").cells["Testing"].expect == "Writes own tests"


def test_columns_called_as_levels_are_stand_right_of_what_names_the_rows() -> None:
    guide = read("two.csv", "Skill,Sub-skill,IC1,IC2\nCraft,Testing,a b c,d e f\nCraft,Design,x y z,u v w\n")
    assert [x.id for x in guide.levels] == ["IC1", "IC2"]
    assert [(d.id, kept(d.extras)) for d in guide.dimensions] == [
        ("Testing", {"Skill": "Craft"}),
        ("Design", {"Skill": "Craft"}),
    ]


def test_the_pack_s_own_levels_come_in() -> None:
    path = packs() / "ml-engineering-manager" / "levels.yaml"
    source = read_ladder(path)
    guide = build(source, guess_map(source))
    shipped = guide_of_pack(load_pack(path.parent))
    assert [(x.id, x.title, x.scope, x.horizon) for x in guide.levels] == [
        (x.id, x.title, x.scope, x.horizon) for x in shipped.levels
    ]
    assert {d: (c.weight, c.bar, c.expect) for d, c in guide.level("M1").cells.items()} == {
        d: (c.weight, c.bar, c.expect) for d, c in shipped.level("M1").cells.items()
    }
    assert set(kept(guide.extras)) >= {"transitions", "readiness", "feeders"}


def test_another_map_reads_the_same_file_another_way() -> None:
    source = source_of("long.csv", LONG.encode())
    guide = build(source, replace(guess_map(source), name="Ours", examples="", every_weight="core", track=""))
    assert guide.name == "Ours"
    assert kept(guide.level("L1").cells["Systems"].said[0].extras)["Example"] == "A box"
    assert [t.id for t in guide.tracks] == ["levels"]


def test_numbers_stay_as_they_are_written() -> None:
    guide = read(
        "n.yaml", ladder_text(extra="version: 1.10\nbuild: 007\npoints: 12\nratio: 0.5\nopen: true\nnone: null\n")
    )
    assert kept(guide.extras) == {
        "version": "1.10",
        "build": "007",
        "points": 12,
        "ratio": 0.5,
        "open": True,
        "none": None,
    }


def test_an_empty_list_is_not_forgotten() -> None:
    guide = read("n.yaml", ladder_text(extra="people: []\nmore: {}\n"))
    assert kept(guide.extras) == {"people": [], "more": {}}


# Broken files


def ladder_text(statements: int = 4, extra: str = "") -> str:
    head = "name: Ours\nlevels:\n- id: L1\n  name: One\n- id: L2\n  name: Two\n"
    head += "themes:\n- id: a\n  name: A\n- id: b\n  name: B\n"
    items = "".join(
        f"- level: {('L1', 'L2')[n % 2]}\n  theme: {('a', 'b')[n // 2 % 2]}\n  summary: says {n}\n"
        for n in range(statements)
    )
    return f"{head}competencies:\n{items}{extra}"


FIRST = 13  # the line of the first statement's level


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 12), st.data())
def test_the_line_that_is_wrong_is_named(statements: int, data: st.DataObject) -> None:
    lines = ladder_text(statements).splitlines()
    number = data.draw(st.integers(0, statements - 1))
    at = FIRST + 3 * number  # counted from 1
    kind = data.draw(st.sampled_from(["level", "theme", "text", "twice", "tab", "alias", "tag", "long", "control"]))
    if kind == "level":
        line, lines[at - 1] = at, "- level: L9"
    elif kind == "theme":
        line, lines[at] = at + 1, "  theme: z"
    elif kind == "text":
        line, lines[at + 1] = at, "  note: nothing"
    elif kind == "twice":
        line, lines[at + 1] = at + 2, "  theme: a"
    elif kind == "tab":
        line, lines[at + 1] = at + 2, "\t  summary: x"
    elif kind == "alias":
        line, lines[at + 1] = at + 2, "  summary: *there"
    elif kind == "tag":
        line, lines[at + 1] = at + 2, "  summary: !!python/name:os.system x"
    elif kind == "long":
        line, lines[at + 1] = at + 2, f"  summary: {'x' * 20_001}"
    else:
        line, lines[at + 1] = at + 2, '  summary: "a\\x07b"'
    problem = wrong("ours.yaml", "\n".join(lines) + "\n").problems[0]
    assert problem.line == line, (kind, problem)
    assert f"line {line}" in str(problem)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 8), st.data())
def test_the_line_of_broken_json_is_named(statements: int, data: st.DataObject) -> None:
    value = yaml.safe_load(ladder_text(statements))
    lines = json.dumps(value, indent=1).splitlines()
    at = data.draw(st.sampled_from([n for n, line in enumerate(lines) if '"summary"' in line]))
    kind = data.draw(st.sampled_from(["comma", "quote", "twice", "nan", "end"]))
    if kind == "comma":
        lines[at - 1] = lines[at - 1].rstrip(",")
        expected = {at + 1}
    elif kind == "quote":
        lines[at] = lines[at].replace('": "', '": ').replace('"says', "says")
        expected = {at + 1}
    elif kind == "twice":
        lines[at] = '   "theme": "a"'
        expected = {at + 1}
    elif kind == "nan":
        lines[at] = '   "summary": NaN'
        expected = {at + 1}
    else:
        lines = lines[: at + 1]
        expected = {at + 1}
    assert wrong("ours.json", "\n".join(lines)).problems[0].line in expected


def test_the_line_of_a_broken_table_is_named() -> None:
    assert wrong("l.csv", LONG.replace("M1,lead,People,Listens", "M1,lead,People,")).problems[0].line == 6
    assert wrong("l.csv", LONG.replace("Supporting,2", "Supporting,9")).problems[0].line == 5
    assert "“9” is no bar" in str(wrong("l.csv", LONG.replace("Supporting,2", "Supporting,9")))
    assert wrong("l.csv", LONG.replace("Supporting", "often")).problems[0].line == 5
    assert wrong("l.csv", LONG.replace("Says why,,core", "Says why,,important")).problems[0].line == 4
    assert wrong("l.csv", MATRIX + "x,y,z,1,2,3\n").problems[0].line == 4
    assert wrong("l.csv", "Level,Level\nL1,x\n").problems[0].line == 1
    assert "Line 3" in str(wrong("l.csv", 'A,B\nx,y\n"unclosed'))


def test_every_problem_is_told_in_the_order_of_the_lines() -> None:
    text = ladder_text(6).replace("level: L2", "level: L9")
    problems = wrong("ours.yaml", text).problems
    assert [p.line for p in problems] == [16, 22, 28]
    assert "And 2 more problems." in str(wrong("ours.yaml", text))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.yaml", "", "empty"),
        ("a.json", " ", "empty"),
        ("a.csv", "", "empty"),
        ("a.yaml", "just words", "no ladder"),
        ("a.json", "[1, 2]", "nothing here looks like levels"),
        ("a.yaml", "a: 1\nb: 2\n", "nothing here looks like levels"),
        ("a.pdf", "x", "none by its name"),
        ("a.docx", "x", "damaged or locked"),
        ("a.yaml", b"\xff\xfe\x00", "not UTF-8"),
        ("a.xlsx", b"PK\x03\x04 nothing", "damaged or locked"),
        ("a.json", '{"a": "\\ud800"}', "control character"),
        ("a.json", '{"a": 1} x', "after the end"),
    ],
)
def test_what_is_no_ladder_is_said(name: str, content: str | bytes, sentence: str) -> None:
    assert sentence in str(wrong(name, content))


def test_a_place_where_nothing_lies_is_said() -> None:
    source = source_of("n.yaml", ladder_text().encode())
    known = guess_map(source)
    for map_, sentence in (
        (replace(known, cells="nowhere.*"), "nothing lies at nowhere.*"),
        (replace(known, level="*4"), "there is no *4 here"),
        (replace(known, dimension="^none"), "says nothing about its none"),
        (replace(known, text="none"), "text of this statement is missing"),
        (replace(known, levels="themes.*"), "is no level of this ladder"),
    ):
        assert sentence in str(wrong("n.yaml", ladder_text(), map_))


_names = st.sampled_from(
    ["level", "theme", "summary", "id", "name", "cells", "*1", "^id", "*x", "levels", "", "a.b", "bar"]
)
_values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text("ab\n", max_size=3),
    lambda x: st.lists(x, max_size=4) | st.dictionaries(_names, x, max_size=4),
    max_leaves=25,
)
_sources = st.sampled_from(["", "level", "^id", "*1", "*2", "*9", "id", "*x", "^", "name"])
_ways = st.sampled_from(["", "*", "levels.*", "levels.*.cells.*", "*.*", "*.cells.*", "cells.*", "rows.*"])


@settings(deadline=None, max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(_values, st.data())
def test_whatever_a_file_and_a_map_hold_it_comes_in_whole_or_not_at_all(value: object, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["x.json", "x.yaml"]))
    try:
        source = source_of(name, json.dumps(value).encode())
        drawn = {f: data.draw(_sources) for f in ("level", "dimension", "text", "level_id", "dimension_id", "title")}
        ways = {f: data.draw(_ways) for f in ("cells", "levels", "dimensions")}
        for map_ in (guess_map(source), map_with_fields(LadderMap(name="x"), **drawn, **ways)):
            guide = build(source, map_)
            assert again(guide) == guide
    except LadderError as refused:
        assert refused.problems


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.lists(st.sampled_from(["Level", "*Level", "^x", "Theme", "a", "", "3", 'q"', "a\nb"]), max_size=4),
        max_size=5,
    )
)
def test_whatever_a_table_holds_it_comes_in_whole_or_not_at_all(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    try:
        guide = read("x.csv", written.getvalue())
        assert again(guide) == guide
    except LadderError as refused:
        assert refused.problems


# Hostile files


def test_no_file_grows_past_its_bounds() -> None:
    laughs = "a: &a [x, x]\nb: &b [*a, *a]\nlevels: [*b, *b]\n"
    assert "line 2" in str(wrong("l.yaml", laughs))
    assert "nested too deeply" in str(wrong("l.yaml", "a: " + "[" * 40 + "]" * 40))
    assert "nested too deeply" in str(wrong("l.json", '{"a": ' + "[" * 5000 + "]" * 5000 + "}"))
    assert "larger than 4 MB" in str(wrong("l.yaml", "a: " + "x" * 4_000_001))
    assert "too much" in str(wrong("l.json", "[" + "1," * 200_001 + "1]"))
    assert "too much" in str(wrong("l.yaml", "- 1\n" * 200_001))
    assert "too large" in str(wrong("l.csv", "Level,Theme,Text\n" + "a,b,c\n" * 20_001))
    big = build_source("n.yaml", ladder_text(extra=f"big: {'9' * 5000}\n"))
    assert kept(build(big, guess_map(big)).extras)["big"] == "9" * 5000
    number = source_of("n.json", b'{"levels": [{"id": ' + b"9" * 5000 + b"}]}")
    assert number.tree.value["levels"][0]["id"] == "9" * 5000


def build_source(name: str, content: str) -> Source:
    return source_of(name, content.encode())


# Workbooks


def xlsx(sheets: Mapping[str, list[list[str]]], *, prolog: str = "") -> bytes:
    """A workbook as spreadsheets write it; `prolog` comes before the first sheet's own text."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for cells in rows:
            page.append([int(c) if c.isdecimal() else c or None for c in cells])
    made = io.BytesIO()
    book.save(made)
    return (
        with_part(made.getvalue(), "xl/worksheets/sheet1.xml", lambda text: prolog + text)
        if prolog
        else made.getvalue()
    )


def with_part(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """A workbook in which one part is another."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in old.namelist():
            text = old.read(part)
            archive.writestr(part, change(text.decode()) if part == name else text)
    return made.getvalue()


ROWS = [["Dimension", "L1", "L2"], ["Systems", "Draws it\nby hand", "Designs < it"], [], ["People", "", "7"]]


def test_a_workbook_is_a_table_and_its_other_sheets_stay_by_name() -> None:
    guide = read("ours.xlsx", xlsx({"Ladder": ROWS, "Points": [["a", "b"], ["1", ""]]}))
    assert guide.level("L1").cells["Systems"].expect == "Draws it\nby hand"
    assert guide.level("L2").cells["Systems"].expect == "Designs < it"
    assert guide.level("L2").cells["People"].expect == "7"
    assert kept(guide.extras) == {"Sheet Points": [["a", "b"], ["1"]]}
    assert again(guide) == guide


def test_the_row_of_a_wrong_cell_is_named() -> None:
    rows = [["Level", "Theme", "Text", "Bar"], ["L1", "a", "x", "3"], [], ["L1", "b", "y", "8"]]
    assert wrong("ours.xlsx", xlsx({"S": rows})).problems[0].line == 4


def test_a_hostile_workbook_is_refused() -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    assert "document type" in str(wrong("e.xlsx", xlsx({"S": ROWS}, prolog=entity)))
    hidden = xlsx({"S": ROWS}, prolog=" " * 65_530 + entity)
    assert "document type" in str(wrong("e.xlsx", hidden)), "across the border of two reads"
    bomb = with_part(xlsx({"S": ROWS}), "xl/worksheets/sheet1.xml", lambda text: text + " " * 60_000_000)
    assert len(bomb) < 100_000
    assert "unpacks to more" in str(wrong("b.xlsx", bomb))
    broken = xlsx({"S": ROWS})
    assert "damaged" in str(wrong("d.xlsx", broken[: len(broken) // 2]))
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "[Content_Types].xml"):
        for changed in ("", "<x/>", "<"):
            made = with_part(broken, part, lambda _text, changed=changed: changed)  # type: ignore[misc]
            with pytest.raises(LadderError):
                read("p.xlsx", made)
    far = with_part(broken, "xl/worksheets/sheet1.xml", lambda text: text.replace('"C2"', '"XFD1048576"', 1))
    assert "too large" in str(wrong("f.xlsx", far)), "one cell at the far end takes no room"
    for size, words in ((Size(cells=3), "too many cells"), (Size(rows=2), "too large"), (Size(columns=2), "too large")):
        with pytest.raises(LadderError, match=words):
            read_workbook("c.xlsx", xlsx({"S": ROWS}), size)


# Any guide goes out and comes back

_text = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff"), max_size=25
) | st.sampled_from(
    ["a\nb", "a\r\nb\n", "\t x", "- a", "'", '"', ": x", "#", "no", "1.10", "null", " a ", "\n", "%", "@", "*a"]
)
_key = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x2FF, blacklist_categories=["Cc", "Cs"]), min_size=1, max_size=8
)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | _text,
    lambda x: st.lists(x, max_size=3) | st.dictionaries(_text, x, max_size=3),
    max_leaves=5,
)
_extras = st.lists(st.builds(lambda n, v: Extra(name=n, content=json.dumps(v)), _key, _json), max_size=2).map(tuple)
_said = st.builds(Statement, text=_text, examples=st.lists(_text, max_size=2).map(tuple), extras=_extras)
_cell: st.SearchStrategy[GuideCell] = st.builds(
    lambda said, weight: cell_of(said, weight, BAR_OF[weight]),
    st.lists(_said, min_size=1, max_size=3),
    st.sampled_from(list(BAR_OF)),
)


@st.composite
def guides(draw: st.DrawFn) -> Guide:
    levels = draw(st.lists(_key, min_size=1, max_size=4, unique=True))
    dimensions = draw(st.lists(_key, min_size=1, max_size=4, unique=True))
    return Guide.model_validate(
        {
            "name": draw(_key),
            "note": draw(_text),
            "dimensions": [{"id": d, "name": d, "short": d, "narrow": d, "extras": draw(_extras)} for d in dimensions],
            "tracks": [{"id": "t", "name": "T", "order": levels}],
            "levels": [
                {
                    "id": x,
                    "track": "t",
                    "title": x,
                    "scope": draw(_text),
                    "extras": draw(_extras),
                    "cells": {d: draw(_cell) for d in dimensions if draw(st.booleans())},
                }
                for x in levels
            ],
            "extras": draw(_extras),
        }
    )


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(guides())
def test_what_goes_out_as_yaml_comes_in_as_it_was(guide: Guide) -> None:
    assert again(guide) == guide
    assert guide_yaml(again(guide)) == guide_yaml(guide)


def test_a_guide_someone_edited_by_hand_names_its_line() -> None:
    text = guide_yaml(guide_of_pack(load_pack(packs() / "ml-engineering-manager"))).decode()
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if "weight: important" in line)
    lines[at] = lines[at].replace("important", "vital")
    problem = wrong("guide.yaml", "\n".join(lines)).problems[0]
    assert problem.line == at + 1
    assert "newer Tenfold" in str(wrong("guide.yaml", text.replace("tenfold_guide: 1", "tenfold_guide: 2")))


def test_narrow_names() -> None:
    names = ["Planning and Organising", "Problem Solving", "Team Work", "Problem Finding", "Communication", "&"]
    assert narrow_names(names) == ["Planning", "Problem", "Team Work", "Problem 2", "Communic…", "&"]


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(LadderError, match="no such file"):
        read_ladder(tmp_path / "none.yaml")


def test_a_file_whose_reading_takes_too_long_is_left_alone_and_holds_nobody_up(tmp_path: Path) -> None:
    """A small workbook of a million styles: its reader is ended, in a process of its own."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Level", "Theme", "Text"])
    book.save(tmp_path / "plain.xlsx")
    styled = tmp_path / "styled.xlsx"
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as old, zipfile.ZipFile(styled, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/styles.xml":
                content = content.replace(b"</cellXfs>", b"<xf/>" * 1_000_000 + b"</cellXfs>")
            new.writestr(part.filename, content)
    assert styled.stat().st_size < 200_000
    with pytest.raises(LadderError, match="takes longer than any ladder"):
        read_ladder(styled, seconds=0.5)


def test_a_reader_hands_over_what_it_read_unchanged(tmp_path: Path) -> None:
    """By way of its process a ladder is the same as read here: values, lines, headings, and what is wrong."""
    texts = {
        "a.yaml": "lv:\n  - id: 1.50\n    on: true\n    n: 0x1F\n    big: 12345678901234567890\n    f: 1.5\n  - ~\n",
        "b.json": '{"a": [1, 2.5, null, {"b": "é \\u2028"}]}',
        "c.csv": "Level,Theme,Text\nA,Craft,Does it well.\nB,Craft,Does it better.\n",
        "d.csv": "x\n",
        "e.json": "[1,",
        "f.yaml": "- &a 1\n- *a\n",
        "g.yaml": guide_yaml(guide_of_pack(load_pack(packs() / "ml-engineering-manager"))).decode(),
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.write_text(text, "utf-8")
        try:
            here: Source | LadderError = source_of(name, text.encode())
        except LadderError as wrong:
            with pytest.raises(LadderError) as told:
                read_ladder(path)
            assert told.value.problems == wrong.problems
        else:
            assert read_ladder(path) == here


def test_a_table_of_people_is_no_ladder(tmp_path: Path) -> None:
    """Taken for one, their names would stand in a version of a guide, which never changes."""
    table = tmp_path / "people.csv"
    table.write_text("Name,Email,Current role,Source\nIngrid Vale,ingrid@example.org,Lead,Careers page\n", "utf-8")
    with pytest.raises(LadderError, match="a table of people"):
        read_ladder(table)
