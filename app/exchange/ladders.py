"""Other people's ladders as leveling guides, from YAML, JSON, CSV and XLSX, with nothing lost.

What a map names becomes levels, dimensions and cells; every other value stays beside the thing it belongs to, as an
extra under its name. Whatever does not hold is named by its line, and then nothing comes in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.guide import Guide
from app.exchange.candidate_import import TableError, read_rows
from app.exchange.guide_yaml import guide_in, is_guide
from app.exchange.ladder_build import GuideBuilder
from app.exchange.ladder_map import LadderMap, guess_table, guess_tree
from app.exchange.located_values import LadderError, Marked, read_json, read_yaml
from app.exchange.quarantine import LADDERS, SECONDS, Failed, Quarantine
from app.exchange.workbook import MAX_COLUMNS, MAX_ROWS, WORKBOOK_BYTES, read_workbook
from app.exchange.yaml_nodes import Problem
from app.store.files import bytes_in
from app.words import tr

SUFFIXES = (".yaml", ".yml", ".json", ".csv", ".tsv", ".xlsx")
_LONGEST_NAME, _FEWEST_WORDS = 400, 3
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True)
class Source:
    """A file that was read: its values with their lines. `guide` is set where it is a guide Tenfold wrote.

    `headings` are a table's; `tree` then holds its rows.
    """

    name: str
    tree: Marked
    headings: tuple[str, ...] = ()
    guide: Guide | None = None


def read_ladder(path: Path, seconds: float = SECONDS) -> Source:
    """The ladder in a file, by its suffix, read in a process of its own that may take so long. Raises LadderError."""
    try:
        content = bytes_in(path, WORKBOOK_BYTES + 1)
    except OSError as failed:
        words = tr("this file can’t be read: {why}.").format(why=failed.strerror)
        if isinstance(failed, FileNotFoundError):
            words = tr("there is no such file.")
        if isinstance(failed, IsADirectoryError):
            words = tr("this is a folder; name one file.")
        raise LadderError([Problem(path.name, 0, "", words)]) from failed
    if len(content) > WORKBOOK_BYTES:
        raise LadderError([Problem(path.name, 0, "", tr("this file is larger than 8 MB."))])
    try:
        with Quarantine(seconds, reader=LADDERS) as quarantine:
            return _source(quarantine.ladder(path.name, content))
    except Failed as failed:
        words = {
            "late": tr("reading this file takes longer than any ladder does; it was left alone."),
            "large": tr("this file is too large for a ladder."),
        }.get(failed.why, tr("this file can’t be read: its reader came to its end with it."))
        raise LadderError([Problem(path.name, 0, "", words)]) from failed


def _source(told: dict[str, Any]) -> Source:
    """What the reader of ladders said."""
    if "problems" in told:
        raise LadderError([Problem(*problem) for problem in told["problems"]])
    lines = {tuple(way): line for way, line in told["lines"]}
    tree = Marked(told["name"], told["value"], lines, table=told["table"])
    guide = Guide.model_validate_json(told["guide"]) if told["guide"] is not None else None
    return Source(told["name"], tree, tuple(told["headings"]), guide)


def source_of(name: str, content: bytes) -> Source:
    """The ladder in some bytes. Raises LadderError with the line that is wrong."""
    suffix = Path(name).suffix.lower()
    if suffix in (".yaml", ".yml"):
        tree = read_yaml(name, content)
    elif suffix == ".json":
        tree = read_json(name, content)
    elif suffix in (".csv", ".tsv"):
        return _table(name, _csv_rows(name, content), [])
    elif suffix == ".xlsx":
        sheets = read_workbook(name, content)
        if not sheets:
            raise LadderError([Problem(name, 0, "", tr("this workbook is empty."))])
        others = [(s.name, [cells for _, cells in s.rows]) for s in sheets[1:]]
        return _table(name, sheets[0].rows, others)
    else:
        words = tr("a ladder comes as YAML, JSON, CSV or XLSX, and this is none by its name.")
        raise LadderError([Problem(name, 0, "", words)])
    if not isinstance(tree.value, (dict, list)):
        raise LadderError([tree.problem((), tr("this holds no ladder."))])
    return Source(name, tree, (), guide_in(tree) if is_guide(tree) else None)


def guess_map(source: Source) -> LadderMap:
    """The most likely reading of a file, to be looked at and corrected."""
    name = Path(source.name).stem[:_LONGEST_NAME]
    return guess_table(source.headings, name) if source.headings else guess_tree(source.tree.value, name)


def looks_like_one(guide: Guide) -> bool:
    """Whether any of its texts says something: where all are a word or two, something else was guessed to be levels."""
    texts = (cell.expect for level in guide.levels for cell in level.cells.values())
    return any(len(text.split()) >= _FEWEST_WORDS for text in texts)


def tree_for(source: Source, map_: LadderMap) -> Marked:
    """The file's values as the map sees them: of a matrix, the cells of a row lie together."""
    if not map_.across:
        return source.tree
    across = set(map_.across)
    made = Marked(source.tree.file, dict(source.tree.value), dict(source.tree.lines), table=True)
    made.value["rows"] = []
    for number, row in enumerate(source.tree.value["rows"]):
        line = source.tree.line(("rows", number))
        made.lines[("rows", number, "cells")] = line
        outside = {k: v for k, v in row.items() if k not in across}
        made.value["rows"].append({**outside, "cells": {k: row[k] for k in map_.across if k in row}})
    return made


def build(source: Source, map_: LadderMap) -> Guide:
    """The guide a file holds when it is read by this map. Raises LadderError with the lines that are wrong."""
    if source.guide is not None:
        return source.guide
    return GuideBuilder(tree_for(source, map_), map_, merging=bool(source.headings)).guide()


def _csv_rows(name: str, content: bytes) -> list[tuple[int, list[str]]]:
    try:
        rows = read_rows(content)
    except TableError as wrong:
        raise LadderError([Problem(name, 0, "", wrong.sentence)]) from wrong
    if len(rows) > MAX_ROWS or any(len(cells) > MAX_COLUMNS for _, cells in rows):
        raise LadderError([Problem(name, 0, "", tr("this table is too large for a ladder."))])
    return rows


def _table(name: str, rows: list[tuple[int, list[str]]], others: list[tuple[str, list[list[str]]]]) -> Source:
    """Rows as fields under their headings, each with its line; empty cells are none."""
    if not rows:
        raise LadderError([Problem(name, 1, "", tr("this table is empty."))])
    (first, written), *body = rows
    headings = [" ".join(h.split()) or tr("Column {n}").format(n=n) for n, h in enumerate(written, start=1)]
    twice = next((h for n, h in enumerate(headings) if h in headings[:n]), None)
    if twice is not None:
        raise LadderError([Problem(name, first, "", tr("the heading “{name}” stands here twice.").format(name=twice))])
    tree = Marked(name, {"rows": []}, {(): first, ("rows",): first}, table=True)
    for line, cells in body:
        if any(_MAIL.fullmatch(c.strip()) for c in cells):
            words = tr("this row holds a mail address: a table of people is no ladder.")
            raise LadderError([Problem(name, line, "", words)])
        if len(cells) > len(headings) and any(c.strip() for c in cells[len(headings) :]):
            words = tr("this row has {n} cells, and there are {width} headings.").format(
                n=len(cells), width=len(headings)
            )
            raise LadderError([Problem(name, line, "", words)])
        tree.lines[("rows", len(tree.value["rows"]))] = line
        tree.value["rows"].append({h: c for h, c in zip(headings, cells, strict=False) if c.strip()})
    for sheet, content in others:
        tree.value[tr("Sheet {name}").format(name=sheet)] = content
    return Source(name, tree, tuple(headings))
