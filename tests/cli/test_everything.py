"""Everything and all tables on the command line: what is said before they leave, and what comes back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.store.history import FIRST
from tests.cli.conftest import Tenfold
from tests.whole import every_row


def test_everything_leaves_once_it_is_said_that_sealed_things_go_along(
    tenfold: Tenfold, sample: Path, tmp_path: Path
) -> None:
    out, new = tmp_path / "all.jsonl", tmp_path / "new.tenfold"
    said = tenfold("export", sample, "everything", "--out", out)
    assert said.code == 1
    for words in ("history", "drafts", "sealed", "private notes", "--with-sealed"):
        assert words in said.err
    assert not out.exists()
    before = every_row(sample)
    assert tenfold("export", sample, "everything", "--out", out, "--with-sealed").code == 0
    said = tenfold("import", new, "everything", out, "--json")
    assert said.code == 0
    assert said.json == {"workspace": str(new)}
    assert every_row(new) == before
    assert len(every_row(sample)["history"]) == len(before["history"]) + 1
    assert tenfold("check", new).code == 0
    said = tenfold("import", new, "everything", out)
    assert said.code == 1
    assert "exists already" in said.err


def test_what_can_not_come_in_is_said_and_nothing_is_made(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    out, new = tmp_path / "all.jsonl", tmp_path / "new.tenfold"
    tenfold("export", sample, "everything", "--out", out, "--with-sealed")
    lines = out.read_text("utf-8").splitlines(keepends=True)
    out.write_text("".join(line for line in lines if FIRST not in line), "utf-8")
    said = tenfold("import", new, "everything", out, "--json")
    assert said.code == 1
    assert "can’t be brought in. Line" in said.json["error"]
    assert said.json["remedy"]
    assert tenfold("import", new, "everything", tmp_path / "nothing.jsonl").code == 1
    assert tenfold("import", new, "everything", tmp_path).code == 1
    assert tenfold("import", tmp_path / "no" / "new", "everything", out).code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.jsonl", "data", "sample.tenfold"]


def test_tables_leave_as_a_folder_or_a_workbook(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    said = tenfold("export", sample, "tables", "--out", folder, "--json")
    assert said.code == 0
    assert said.json == {"path": str(folder), "format": "csv", "left_out": {"scorecards": 19}}
    assert (folder / "README.txt").exists()
    said = tenfold("export", sample, "tables", "--out", folder)
    assert said.code == 1
    assert "there already" in said.err
    said = tenfold("export", sample, "tables", "--out", tmp_path / "tables.xlsx")
    assert said.code == 0
    assert "Left out, because they are sealed to you: 19 scorecards." in said.out
    assert (tmp_path / "tables.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    "arguments",
    [
        ("everything", "--out", "-", "--with-sealed"),
        ("everything", "--out", "x.csv", "--with-sealed"),
        ("everything", "--out", "x", "--format", "csv"),
        ("everything", "--out", "x", "--application", "1"),
        ("tables", "--out", "-"),
        ("tables", "--out", "x", "--format", "pdf"),
        ("tables", "--out", "x", "--member", "1"),
        ("tables", "--out", "x", "--with-sealed"),
        ("hiring-packet", "--application", "1", "--out", "x.pdf", "--with-sealed"),
        ("hiring-packet", "--out", "x.pdf"),
    ],
)
def test_what_does_not_go_together_ends_with_two(tenfold: Tenfold, sample: Path, arguments: tuple[str, ...]) -> None:
    assert tenfold("export", sample, *arguments).code == 2


@pytest.mark.parametrize(
    "more", [("--map", "a=b"), ("--dry-run",), ("--opening", "X"), ("--held",), ("--use-map", "a")]
)
def test_an_import_of_everything_takes_no_options(tenfold: Tenfold, tmp_path: Path, more: tuple[str, ...]) -> None:
    assert tenfold("import", tmp_path / "new", "everything", tmp_path / "all.jsonl", *more).code == 2


def test_everything_is_lines_of_json(tenfold: Tenfold, sample: Path, tmp_path: Path) -> None:
    """As it is written down in `store/everything_lines.py`: any program reads it a line at a time."""
    out = tmp_path / "all.jsonl"
    tenfold("export", sample, "everything", "--out", out, "--with-sealed")
    lines = [json.loads(line) for line in out.read_text("utf-8").split("\n")[:-1]]
    assert lines[0]["tenfold"] == lines[-1]["end"] == "everything"
    heads = [line for line in lines if isinstance(line, dict) and "table" in line]
    assert (
        sum(head["rows"] for head in heads) == lines[-1]["rows"] == len([line for line in lines if type(line) is list])
    )
