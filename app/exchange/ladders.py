"""Other people's ladders as leveling guides, from whatever they are kept in, with nothing lost.

What a map names becomes levels, dimensions and cells; every other value stays beside the thing it belongs to, as an
extra under its name. Whatever does not hold is named by its line, and then nothing comes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from app.domain.guide import Guide
from app.exchange.guide_yaml import guide_in, is_guide
from app.exchange.ladder_build import GuideBuilder
from app.exchange.ladder_files import SUFFIXES, TABLES, Content, sheets_in, tree_in
from app.exchange.ladder_map import LadderMap, map_with_fields
from app.exchange.ladder_table import EVERY, TablePlace, body_of, guess_place, headings_of, table_tree
from app.exchange.ladder_table_guess import TableGuess
from app.exchange.ladder_tree_guess import guess_tree
from app.exchange.located_values import Marked
from app.exchange.sheet import CellNote, Sheet, Sheets, must_be_bounded, refusal
from app.words import tr

_LONGEST_NAME, _FEWEST_WORDS = 400, 3


@dataclass(frozen=True)
class Source:
    """What was read, one file or several of one ladder: values with their lines, or the sheets of its tables.

    `guide` is set where it is a guide Tenfold wrote. `beside` is what stands beside the tables; `remarks` are
    sentences a person should read.
    """

    name: str
    tree: Marked
    sheets: tuple[Sheet, ...] = ()
    beside: dict[str, Any] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    guide: Guide | None = None

    def place(self, map_: LadderMap) -> TablePlace:
        """Where by this map the table is."""
        return TablePlace(map_.sheet, int(map_.heading_row) if map_.heading_row.isdecimal() else 0)

    def headings(self, map_: LadderMap) -> tuple[str, ...]:
        """The headings of the table by this map; none where there is no table."""
        return headings_of(self.sheets, self.place(map_)) if self.sheets else ()


def source_of_files(name: str, files: Sequence[Content], encoding: str = "") -> Source:
    """The ladder in one file or several. Raises LadderError with the line that is wrong."""
    known = [f for f in files if f.suffix in SUFFIXES]
    if not known:
        words = tr("a ladder comes as YAML, JSON, CSV, XLSX, Markdown, HTML or DOCX, and this is none by its name.")
        raise refusal(name, words)
    remarks = [tr("Not read: {name}.").format(name=f.name) for f in files if f not in known]
    several = len(known) > 1
    found, trees = Sheets(), {}
    for file in known:
        if file.suffix in TABLES:
            _add_sheets(found, file, sheets_in(file, encoding), several=several)
        else:
            trees[file.name] = tree_in(file)
    remarks += found.remarks
    if not found.sheets:
        return _of_trees(name, trees, remarks)
    must_be_bounded(name, found.sheets)
    beside = {**found.beside, **{f: tree.value for f, tree in trees.items()}}
    source = Source(name, Marked(name), tuple(found.sheets), beside, tuple(remarks))
    table_tree(name, source.sheets, beside, guess_place(source.sheets))  # what is wrong with it is said at once
    return source


def _add_sheets(found: Sheets, file: Content, more: Sheets, *, several: bool) -> None:
    for sheet in more.sheets:
        if several:
            stem = Path(file.name).stem
            sheet.file, sheet.name = file.name, stem if len(more.sheets) == 1 else f"{stem} {sheet.name}"
        taken = {s.name for s in found.sheets}
        number, plain = 1, sheet.name
        while sheet.name in taken or sheet.name == EVERY:
            number += 1
            sheet.name = f"{plain} ({number})"
        found.sheets.append(sheet)
    for name, value in more.beside.items():
        found.beside[f"{file.name}: {name}" if several else name] = value
    found.remarks += [f"{file.name}: {words}" if several else words for words in more.remarks]


def _of_trees(name: str, trees: dict[str, Marked], remarks: Sequence[str]) -> Source:
    """Nested values; those of several files lie together under the names of the files."""
    if len(trees) == 1:
        tree = next(iter(trees.values()))
        return Source(name, tree, remarks=tuple(remarks), guide=guide_in(tree) if is_guide(tree) else None)
    whole = Marked(name, {}, {(): 1})
    for file, tree in trees.items():
        stem = Path(file).stem if Path(file).stem not in whole.value else file
        whole.value[stem] = tree.value
        whole.lines |= {(stem, *way): line for way, line in tree.lines.items()}
        whole.files[(stem,)] = file
    return Source(name, whole, remarks=tuple(remarks))


def guess_map(source: Source, place: TablePlace | None = None) -> LadderMap:
    """The most likely reading of a file, to be looked at and corrected; of its table at a place, where one is said."""
    name = Path(source.name).stem[:_LONGEST_NAME]
    if not source.sheets:
        return guess_tree(source.tree.value, name)
    where = place or guess_place(source.sheets)
    headings = headings_of(source.sheets, where)
    column = headings[0] if where.sheet == EVERY and headings else ""
    map_ = TableGuess(headings, body_of(source.sheets, where), column).map(name)
    return map_with_fields(map_, sheet=where.sheet, heading_row=str(where.heading_row or ""))


def looks_like_one(guide: Guide) -> bool:
    """Whether any of its texts says something: where all are a word or two, something else was guessed to be levels."""
    texts = (cell.expect for level in guide.levels for cell in level.cells.values())
    return any(len(text.split()) >= _FEWEST_WORDS for text in texts)


def tree_for(source: Source, map_: LadderMap) -> Marked:
    """The values as the map sees them: of a matrix, the cells of a row lie together. Raises LadderError."""
    if not source.sheets:
        return source.tree
    tree = table_tree(source.name, source.sheets, source.beside, source.place(map_))
    if not map_.across:
        return tree
    across = set(map_.across)
    rows, tree.value["rows"] = tree.value["rows"], []
    for number, row in enumerate(rows):
        tree.lines[("rows", number, "cells")] = tree.line(("rows", number))
        outside = {k: v for k, v in row.items() if k not in across}
        tree.value["rows"].append({**outside, "cells": {k: row[k] for k in map_.across if k in row}})
    return tree


def build(source: Source, map_: LadderMap) -> Guide:
    """The guide a file holds when it is read by this map. Raises LadderError with the lines that are wrong."""
    if source.guide is not None:
        return source.guide
    return GuideBuilder(tree_for(source, map_), map_, merging=bool(source.sheets)).guide()


def told(source: Source) -> dict[str, Any]:
    """A source as plain values, for the way out of the process that read it."""
    return {
        "name": source.name,
        "value": source.tree.value,
        "lines": [[list(way), line] for way, line in source.tree.lines.items()],
        "files": [[list(way), file] for way, file in source.tree.files.items()],
        "sheets": [asdict(sheet) for sheet in source.sheets],
        "beside": source.beside,
        "remarks": source.remarks,
        "guide": source.guide.model_dump_json(by_alias=True) if source.guide is not None else None,
    }


def heard(values: dict[str, Any]) -> Source:
    """The source again."""
    lines = {tuple(way): line for way, line in values["lines"]}
    files = {tuple(way): file for way, file in values["files"]}
    sheets = tuple(
        Sheet(
            s["name"],
            [(line, cells) for line, cells in s["rows"]],
            [CellNote(**note) for note in s["notes"]],
            s["strict"],
            s["file"],
        )
        for s in values["sheets"]
    )
    guide = Guide.model_validate_json(values["guide"]) if values["guide"] is not None else None
    tree = Marked(values["name"], values["value"], lines, files=files)
    return Source(values["name"], tree, sheets, values["beside"], tuple(values["remarks"]), guide)
