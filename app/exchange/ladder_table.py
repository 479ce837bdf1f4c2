"""One table out of a file's sheets: which sheet, which row holds the headings, and its rows as fields under them.

What stands above the headings, on other sheets and in notes on cells stays beside it by name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.exchange.ladder_map import DIMENSION_WORDS, LEVEL_WORDS, look_like_levels, plain_word
from app.exchange.located_values import LadderError, Marked
from app.exchange.sheet import CellNote, Sheet
from app.exchange.yaml_nodes import Problem
from app.words import tr

EVERY = "*"
"""Stands for all sheets that have the same headings; the sheet's name is then the first column."""

_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_LOOKED_AT = 30  # rows from the top in which the headings may stand
_LONGEST_HEADING = 120
_CELLS = "cells"  # what the cells of a matrix lie under; a column so called is written otherwise
_WORDS = 3  # a cell with so many is a text


@dataclass(frozen=True)
class TablePlace:
    """Where the table is: a sheet by its name or EVERY, and the row of the headings, 0 where it is to be found."""

    sheet: str
    heading_row: int = 0


def guess_place(sheets: Sequence[Sheet]) -> TablePlace:
    """The sheet that looks most like a ladder; all that share its headings where there are several."""
    best = max(sheets, key=_likely)
    alike = [s for s in sheets if _written(s, 0) == _written(best, 0)]
    return TablePlace(EVERY if len(alike) > 1 else best.name)


def heading_row(sheet: Sheet) -> int:
    """The row that holds the headings: the first that is as wide as the table, below its title."""
    top = sheet.rows[:_LOOKED_AT]
    widest = max((_filled(cells) for _, cells in top), default=0)
    for line, cells in top:
        filled = [c for c in cells if c.strip()]
        if len(filled) >= max(2, (widest + 1) // 2) and (len(set(filled)) > 1 or len(top) == 1 or line == top[0][0]):
            return line
    return top[0][0] if top else 1


def headings_of(sheets: Sequence[Sheet], place: TablePlace) -> tuple[str, ...]:
    """The table's headings as its fields are called."""
    chosen = _chosen(sheets, place)
    if not chosen:
        return ()
    row = place.heading_row or heading_row(chosen[0])
    written = ("Cells" if h == _CELLS else h for h in _written(chosen[0], row))
    names = [h or tr("Column {n}").format(n=n) for n, h in enumerate(written, start=1)]
    if not chosen[0].strict:
        widest = max((len(c) for s in chosen for line, c in s.rows if line > _row(s, place)), default=0)
        names += [tr("Column {n}").format(n=n) for n in range(len(names) + 1, widest + 1)]
        names = _apart(names)
    return (_free(tr("Sheet"), names), *names) if place.sheet == EVERY else tuple(names)


def body_of(sheets: Sequence[Sheet], place: TablePlace) -> list[dict[str, str]]:
    """The rows as fields, as far as they can be read; for a guess."""
    headings = headings_of(sheets, place)
    return [_fields(sheet, cells, headings, place) for sheet, _, cells in _body(sheets, place)]


def table_tree(file: str, sheets: Sequence[Sheet], beside: Mapping[str, Any], place: TablePlace) -> Marked:
    """The table as values with their lines, and beside it all else the file holds. Raises LadderError."""
    chosen = _chosen(sheets, place)
    if not chosen or not chosen[0].rows:
        raise LadderError([Problem(file, 1, "", tr("this table is empty."))])
    headings = headings_of(sheets, place)
    first = _row(chosen[0], place)
    tree = Marked(file, {"rows": []}, {(): first, ("rows",): first}, table=True)
    twice = next((h for n, h in enumerate(headings) if h in headings[:n]), None)
    if twice is not None:
        words = tr("the heading “{name}” stands here twice.").format(name=twice)
        raise LadderError([Problem(file, first, "", words)])
    notes: dict[tuple[str, int], list[CellNote]] = {}
    for sheet in chosen:
        for note in sheet.notes:
            notes.setdefault((sheet.name, note.row), []).append(note)
    for sheet, line, cells in _body(sheets, place):
        way = ("rows", len(tree.value["rows"]))
        tree.lines[way] = line
        tree.files[way] = _label(file, sheet, sheets)
        _must_be_a_row(tree.files[way], sheet, line, cells, headings)
        row: dict[str, Any] = dict(_fields(sheet, cells, headings, place))
        row |= _noted(notes.get((sheet.name, line), []), headings, place, row)
        tree.value["rows"].append(row)
    _keep_others(tree, sheets, chosen, place)
    for name, value in beside.items():
        tree.value[_free(name, tree.value)] = value
    return tree


def _likely(sheet: Sheet) -> tuple[int, int]:
    """How much a sheet looks like a ladder: by its headings, then by its texts."""
    row = heading_row(sheet)
    written = _written(sheet, row)
    known = {*LEVEL_WORDS, *DIMENSION_WORDS}
    named = any(plain_word(h) in known for h in written) or look_like_levels([h for h in written if h])
    body = [cells for line, cells in sheet.rows if line > row]
    texts = sum(len(c.split()) >= _WORDS for cells in body for c in cells)
    wide = sum(bool(h) for h in written) >= 2 and bool(body)
    return (2 if wide and named else 1 if wide else 0), texts


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(c.strip()) for c in cells)


def _written(sheet: Sheet, row: int) -> list[str]:
    """The headings as they are written, without what is empty at the end."""
    row = row or heading_row(sheet)
    found = [" ".join(c.split()) for c in next((cells for line, cells in sheet.rows if line == row), [])]
    while not sheet.strict and found and not found[-1]:
        found.pop()
    return found


def _row(sheet: Sheet, place: TablePlace) -> int:
    return place.heading_row or heading_row(sheet)


def _chosen(sheets: Sequence[Sheet], place: TablePlace) -> list[Sheet]:
    if place.sheet != EVERY:
        return [s for s in sheets if s.name == place.sheet][:1]
    best = max(sheets, key=_likely)
    return [s for s in sheets if _written(s, _row(s, place)) == _written(best, _row(best, place))]


def _body(sheets: Sequence[Sheet], place: TablePlace) -> list[tuple[Sheet, int, list[str]]]:
    first = {sheet.name: _row(sheet, place) for sheet in sheets}
    return [
        (sheet, line, cells)
        for sheet in _chosen(sheets, place)
        for line, cells in sheet.rows
        if line > first[sheet.name]
    ]


def _fields(sheet: Sheet, cells: Sequence[str], headings: Sequence[str], place: TablePlace) -> dict[str, str]:
    own = [sheet.name, *cells] if place.sheet == EVERY else cells
    return {h: c for h, c in zip(headings, own, strict=False) if c.strip()}


def _must_be_a_row(file: str, sheet: Sheet, line: int, cells: Sequence[str], headings: Sequence[str]) -> None:
    if any(_MAIL.fullmatch(c.strip()) for c in cells):
        words = tr("this row holds a mail address: a table of people is no ladder.")
        raise LadderError([Problem(file, line, "", words)])
    if sheet.strict and _filled(cells[len(headings) :]):
        words = tr("this row has {n} cells, and there are {width} headings.").format(n=len(cells), width=len(headings))
        raise LadderError([Problem(file, line, "", words)])


def _noted(
    notes: Sequence[CellNote], headings: Sequence[str], place: TablePlace, taken: Collection[str]
) -> dict[str, str]:
    """What is noted on the cells of a row, by the heading each stands under."""
    found: dict[str, str] = {}
    together: dict[tuple[int, str], list[str]] = {}
    for note in notes:
        together.setdefault((note.column, note.kind), []).append(note.text)
    kinds = {"note": tr("Note on {name}"), "link": tr("Link of {name}"), "formula": tr("Formula in {name}")}
    for (column, kind), texts in together.items():
        at = column + (place.sheet == EVERY)
        heading = headings[at] if at < len(headings) else tr("Column {n}").format(n=column + 1)
        found[_free(kinds[kind].format(name=heading)[:_LONGEST_HEADING], {*taken, *found})] = "\n".join(texts)
    return found


def _keep_others(tree: Marked, sheets: Sequence[Sheet], chosen: Sequence[Sheet], place: TablePlace) -> None:
    """What stands above the headings, what is noted outside the rows, and the other sheets."""
    for sheet in sheets:
        first = _row(sheet, place)
        inside = sheet in chosen
        rows = {line for line, _ in sheet.rows if line > first} if inside else set()
        above = [[c for c in dict.fromkeys(cells) if c.strip()] for line, cells in sheet.rows if line < first]
        notes = [n for n in sheet.notes if n.row not in rows]
        several = len(chosen) > 1
        if inside and above:
            name = tr("Above the table of {sheet}").format(sheet=sheet.name) if several else tr("Above the table")
            tree.value[_free(name, tree.value)] = above
        if not inside:
            name = sheet.file or tr("Sheet {name}").format(name=sheet.name)
            tree.value[_free(name, tree.value)] = [cells for _, cells in sheet.rows]
        if notes:
            name = tr("Notes of sheet {name}").format(name=sheet.name)
            tree.value[_free(name, tree.value)] = [f"{_cell_name(n)}: {n.text}" for n in notes]


def _cell_name(note: CellNote) -> str:
    letters, number = "", note.column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{note.row}"


def _label(file: str, sheet: Sheet, sheets: Sequence[Sheet]) -> str:
    """How a row's sheet is called where something is wrong in it."""
    own = sheet.file or file
    return tr("{file}, sheet “{sheet}”").format(file=own, sheet=sheet.name) if len(sheets) > 1 else own


def _apart(names: Sequence[str]) -> list[str]:
    """A heading that repeats, as merged ones do, gets a number."""
    found: list[str] = []
    for name in names:
        found.append(_free(name, found))
    return found


def _free(name: str, taken: Collection[str]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name} ({number})"
    return found
