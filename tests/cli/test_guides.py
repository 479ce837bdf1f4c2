"""Guides on the command line: in, listed, out as PDF and YAML."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.cli.main import main
from app.exchange.new_workspace import make_new

LADDERS = Path(__file__).resolve().parents[3] / "shared" / "data" / "ladders"
LADDER = (
    "name: Ours\nwhy: kept\nlevels:\n- id: L1\n  name: One\nthemes:\n- id: a\n  name: Writing\n"
    "competencies:\n- level: L1\n  theme: a\n  summary: says it plainly\n"
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TENFOLD_DATA", str(tmp_path / "data"))
    (tmp_path / "ours.yaml").write_text(LADDER, "utf-8")
    return str(make_new(tmp_path / "trial"))


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def once(code: int, *arguments: str) -> str:
        assert main(arguments) == code
        told = capsys.readouterr()
        return told.out + told.err

    return once


def test_a_ladder_comes_in_is_listed_and_goes_out(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = str(tmp_path / "ours.yaml")
    assert main(["import", file, "guide", source, "--dry-run"]) == 0
    assert "Would bring in “Ours”: 1 level of 1 dimension. Kept beside it: why." in capsys.readouterr().out
    assert main(["import", file, "guide", source, "--json"]) == 0
    assert said(capsys) == {
        "guide": 2,
        "version": 1,
        "added": True,
        "name": "Ours",
        "levels": 1,
        "dimensions": 1,
        "kept": ["why"],
        "dry_run": False,
        "map": {
            "cells": "competencies.*",
            "level": "level",
            "dimension": "theme",
            "text": "summary",
            "levels": "levels.*",
            "level_id": "id",
            "level_title": "name",
            "dimensions": "themes.*",
            "dimension_id": "id",
            "dimension_name": "name",
            "title": "name",
        },
        "read": ["Levels are what “level” says: One.", "Dimensions are what “theme” says: Writing."],
    }
    assert main(["import", file, "guide", source]) == 0
    assert "is there already, as version 1" in capsys.readouterr().out
    assert main(["list", file, "guides", "--json"]) == 0
    rows = said(capsys)
    assert [(r["id"], r["name"], r["version"], r["newest"], r["source"], r["levels"]) for r in rows] == [
        (1, "Machine Learning Engineering Manager", 1, True, "pack ml-engineering-manager 1.0", 8),
        (2, "Ours", 1, True, "ours.yaml", 1),
    ]
    assert main(["list", file, "guides"]) == 0
    assert "name Ours" in capsys.readouterr().out
    out = tmp_path / "again.yaml"
    assert main(["export", file, "leveling-guide", "--guide", "2", "--format", "yaml", "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["import", file, "guide", str(out)]) == 0
    assert "is there already" in capsys.readouterr().out


def test_a_guide_is_printed_with_the_same_bytes_each_time(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = []
    for name in ("one.pdf", "two.pdf"):
        arguments = ["export", file, "leveling-guide", "--guide", "1", "--out", str(tmp_path / name), "--json"]
        assert main(arguments) == 0
        facts = said(capsys)
        found.append((facts["number"], facts["sha256"], (tmp_path / name).read_bytes()))
    assert found[0] == found[1]
    assert len(PdfReader(BytesIO(found[0][2])).pages) == 10
    assert main(["check", file]) == 0


def test_what_is_wrong_is_said_and_changes_nothing(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(LADDER.replace("level: L1", "level: L9"), "utf-8")
    assert main(["import", file, "guide", str(broken)]) == 1
    told = capsys.readouterr().err
    assert "broken.yaml, line 10, competencies.0.level: “L9” is no level of this ladder." in told
    assert "Nothing was changed." in told
    assert main(["import", file, "guide", str(tmp_path / "none.json"), "--json"]) == 1
    assert "no such file" in str(said(capsys))
    assert main(["export", file, "leveling-guide", "--guide", "9", "--out", str(tmp_path / "x.pdf")]) == 1
    assert "no leveling guide 9" in capsys.readouterr().err
    assert main(["list", file, "guides", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "leveling-guide", "--opening", "1", "--out", "x"],
        ["export", "leveling-guide", "--guide", "1", "--format", "csv", "--out", "x"],
        ["export", "report", "--report", "severity", "--format", "yaml", "--out", "x"],
        ["import", "guide", "x.yaml", "--opening", "1"],
    ],
)
def test_wrong_usage_ends_with_2(file: str, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([arguments[0], file, *arguments[1:]])
    assert ended.value.code == 2


def test_the_map_of_a_ladder_is_shown_and_can_be_said(file: str, run: Run, tmp_path: Path) -> None:
    table = tmp_path / "ladder.csv"
    table.write_text(
        "Grade,Theme,Note,What we look for\n"
        "One,Craft,n,Writes code that others can read\nTwo,Craft,n,Writes code that others learn from\n",
        "utf-8",
    )
    told = run(0, "import", file, "guide", str(table), "--dry-run")
    assert "Read like this:" in told
    fields = ("cells=rows.*", "level=Grade", "dimension=Theme", "text=What we look for", "dimensions=")
    maps = [part for said_ in fields for part in ("--map", said_)]
    told = run(0, "import", file, "guide", str(table), *maps, "--json")
    found = json.loads(told)
    assert (found["levels"], found["dimensions"]) == (2, 1)
    assert found["map"]["text"] == "What we look for"
    told = run(1, "import", file, "guide", str(table), "--map", "colour=red")
    assert "“colour=red” is nothing a ladder can be read by" in told
    assert "text" in told


@pytest.mark.parametrize("content", ["foo,bar\n1,2\n", "Level,Theme,Text\n1,a,b\n2,a,c\n"])
def test_what_is_no_ladder_is_not_taken_for_one(file: str, run: Run, tmp_path: Path, content: str) -> None:
    table = tmp_path / "figures.csv"
    table.write_text(content, "utf-8")
    assert "does not look like a ladder" in run(1, "import", file, "guide", str(table))
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "name one file" in run(1, "import", file, "guide", str(empty))


def test_a_schema_beside_a_real_ladder_is_none(file: str, run: Run) -> None:
    schema = LADDERS / "ft" / "job-family.schema.json"
    if not schema.is_file():
        pytest.skip("../shared/data/ladders is not here")
    assert "nothing here looks like levels" in run(1, "import", file, "guide", str(schema))


def test_the_name_of_the_file_says_its_format(file: str, run: Run, tmp_path: Path) -> None:
    run(0, "export", file, "leveling-guide", "--guide", "1", "--out", str(tmp_path / "guide.yaml"))
    assert (tmp_path / "guide.yaml").read_text("utf-8").startswith("tenfold_guide: 1")


def test_a_column_with_nothing_in_it_is_a_level_all_the_same(file: str, run: Run, tmp_path: Path) -> None:
    table = tmp_path / "matrix.csv"
    table.write_text("Theme,L1,L2,L3\nCraft,Writes code others can read,,Sets how code is written\n", "utf-8")
    told = run(0, "import", file, "guide", str(table), "--json")
    assert json.loads(told)["levels"] == 3


def test_a_row_that_is_wrong_is_named_by_its_heading(file: str, run: Run, tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    table.write_text("Level,Theme,Expectation\nL1,Craft,Writes code others can read\nL2,Craft,\n", "utf-8")
    told = run(1, "import", file, "guide", str(table))
    assert "line 3, Expectation: the text of this statement is missing" in told


KEPT = Path(__file__).resolve().parents[1] / "exchange" / "kept_ladders"


def test_a_dry_run_names_levels_dimensions_and_groups_in_plain_words(file: str, run: Run) -> None:
    told = run(0, "import", file, "guide", str(KEPT / "cat.csv"), "--dry-run")
    assert "Levels are the columns Junior, Senior." in told
    assert "Testing, Design, Mentoring, in the groups Craft, People." in told
    assert "rows.*" not in told
    said_ = ("--map", "level_columns=Senior", "--map", "rows=Competency", "--map", "groups=Category")
    found = json.loads(run(0, "import", file, "guide", str(KEPT / "cat.csv"), *said_, "--dry-run", "--json"))
    assert (found["levels"], found["map"]["across"], found["map"]["groups"]) == (1, ["Senior"], ["Category"])


def test_the_encoding_of_a_ladder_can_be_said(file: str, run: Run) -> None:
    source = str(KEPT / "ru.csv")
    told = run(1, "import", file, "guide", source)
    assert "Read as Windows-1251: “Уровень”" in told
    assert "--encoding" in told
    told = run(0, "import", file, "guide", source, "--encoding", "cp1251", "--dry-run")
    assert "Levels are the rows under “Уровень”: Младший, Старший." in told
    assert "no encoding “klingon”" in run(1, "import", file, "guide", source, "--encoding", "klingon")


def test_what_needs_a_person_is_said_when_a_ladder_comes_in(file: str, run: Run) -> None:
    told = run(0, "import", file, "guide", str(KEPT / "notes.xlsx"))
    assert "row 3, column 2: a formula without a stored value, kept beside." in told


def test_a_folder_of_files_is_one_ladder(file: str, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "Our ladder"
    folder.mkdir()
    (folder / "Testing.csv").write_text("Junior,Senior\nWrites own tests,Sets the way\n", "utf-8")
    (folder / "Design.csv").write_text("Junior,Senior\nFollows the design,Designs alone\n", "utf-8")
    found = json.loads(run(0, "import", file, "guide", str(folder), "--json"))
    assert (found["name"], found["levels"], found["dimensions"]) == ("Our ladder", 2, 2)


@pytest.mark.parametrize(
    ("said_", "sentence"),
    [
        ("sheet=Nowhere", "There is no sheet “Nowhere”. There are: Ladder, Examples."),
        ("level_columns=Nobody", "There is no column “Nobody”. The columns are: Competency, Junior, Senior."),
        ("heading_row=99", "There are no headings in row 99."),
    ],
)
def test_what_a_table_does_not_have_is_refused_with_what_it_has(file: str, run: Run, said_: str, sentence: str) -> None:
    told = run(1, "import", file, "guide", str(KEPT / "notes.xlsx"), "--map", said_)
    assert sentence in " ".join(told.split())
