"""What a workbook's cells hold beside their values: merged cells, comments, link addresses, formulas never worked out.

Read from the parts themselves, which were counted before: the reader that goes row by row does not tell.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, iterparse

from app.exchange.packed import attribute, part_of_archive, plain_tag, relations
from app.exchange.sheet import MAX_COLUMNS, MAX_ROWS, CellNote

_BOOK = "xl/workbook.xml"
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass
class SheetMarks:
    """The marks of one sheet; a merged area is its first row and column, and its last, from 1 and 0."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    notes: list[CellNote] = field(default_factory=list)


def marks_of(archive: zipfile.ZipFile) -> dict[str, SheetMarks]:
    """The marks of every sheet, by its name."""
    book = part_of_archive(archive, _BOOK)
    parts = relations(archive, _BOOK)
    found = {}
    for element in book.iter() if book is not None else ():
        if plain_tag(element) == "sheet":
            _, part = parts.get(attribute(element, "id"), ("", ""))
            found[attribute(element, "name")] = _marks(archive, part)
    return found


def _marks(archive: zipfile.ZipFile, part: str) -> SheetMarks:
    marks = SheetMarks()
    if part not in archive.namelist():
        return marks
    beside = relations(archive, part)
    shared: dict[str, str] = {}
    with archive.open(part) as opened:
        for _, element in iterparse(opened):  # noqa: S314  (counted, and no document type)
            match plain_tag(element):
                case "c":
                    _formula(element, shared, marks)
                    element.clear()
                case "mergeCell":
                    _merged(attribute(element, "ref"), marks)
                case "hyperlink":
                    _link(element, beside, marks)
    for kind, target in beside.values():
        if kind == "comments":
            _comments(part_of_archive(archive, target), marks)
    return marks


def _place(reference: str) -> tuple[int, int] | None:
    """The row, from 1, and the column, from 0."""
    known = _CELL.fullmatch(reference)
    if known is None:
        return None
    column = 0
    for letter in known[1]:
        column = column * 26 + ord(letter) - 64
    return int(known[2]), column - 1


def _formula(cell: Element, shared: dict[str, str], marks: SheetMarks) -> None:
    inside = {plain_tag(e): e for e in cell}
    if "f" not in inside:
        return
    text, group = inside["f"].text or "", attribute(inside["f"], "si")
    if group and text:
        shared[group] = text  # the others of its group are written without it
    stored = inside.get("v")
    place = _place(attribute(cell, "r"))
    if place is not None and (stored is None or stored.text is None) and "is" not in inside:
        marks.notes.append(CellNote(*place, "formula", f"={text or shared.get(group, '')}"))


def _merged(reference: str, marks: SheetMarks) -> None:
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last or first)
    if start is not None and end is not None:
        marks.merged.append((*start, min(end[0], MAX_ROWS), min(end[1], MAX_COLUMNS)))


def _link(element: Element, beside: object, marks: SheetMarks) -> None:
    assert isinstance(beside, dict)
    place = _place(attribute(element, "ref").partition(":")[0])
    _, target = beside.get(attribute(element, "id"), ("", ""))
    inside = attribute(element, "location")
    address = "#".join(part for part in (target, inside) if part)
    if place is not None and address:
        marks.notes.append(CellNote(*place, "link", address))


def _comments(root: Element | None, marks: SheetMarks) -> None:
    for element in root.iter() if root is not None else ():
        place = _place(attribute(element, "ref")) if plain_tag(element) == "comment" else None
        text = "".join(e.text or "" for e in element.iter() if plain_tag(e) == "t").strip()
        if place is not None and text:
            marks.notes.append(CellNote(*place, "note", text))
