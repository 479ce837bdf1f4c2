"""Headings with text beneath them as a table: one row a text, with a column for each depth of headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from app.exchange.sheet import CellNote, Sheet, Sheets
from app.exchange.spanned_rows import SpannedCell, SpannedRows
from app.words import tr


@dataclass(frozen=True)
class Block:
    """A heading of some depth, from 1, or a text, whose depth is 0."""

    line: int
    depth: int
    text: str


@dataclass
class Document:
    """A document as its blocks, and its tables, each called by the heading above it."""

    file: str
    blocks: list[Block] = field(default_factory=list)
    tables: list[Sheet] = field(default_factory=list)

    def add_table(self, name: str, rows: Sequence[tuple[int, Sequence[SpannedCell]]]) -> None:
        """A table with its spans laid out; links and comments become notes of its cells."""
        laid = SpannedRows(self.file)
        sheet = Sheet(name or self._heading() or tr("Table {n}").format(n=len(self.tables) + 1))
        for line, cells in rows:
            for column, cell in laid.add(line, cells):
                sheet.notes += [CellNote(line, column, "link", link) for link in cell.links]
                sheet.notes += [CellNote(line, column, "note", note) for note in cell.notes]
        sheet.rows = laid.rows
        taken = {t.name for t in self.tables}
        plain = sheet.name
        sheet.name = next(n for k in count(1) if (n := plain if k == 1 else f"{plain} ({k})") not in taken)
        if sheet.rows:
            self.tables.append(sheet)

    def _heading(self) -> str:
        return next((b.text for b in reversed(self.blocks) if b.depth), "")


def sheets_of(document: Document, columns: Mapping[str, str], beside: Mapping[str, Any]) -> Sheets:
    """The tables of a document with its text beside them; without any, its outline. `columns` stand in every row."""
    kept = dict(beside)
    if document.tables:
        if columns:
            kept |= columns
        if document.blocks:
            kept[tr("Text beside the tables")] = [b.text for b in document.blocks]
        return Sheets(document.tables, kept)
    sheet, others = _outline(document, columns)
    if others:
        kept[tr("Text beside the outline")] = others
    return Sheets([sheet] if sheet.rows else [], kept)


def _outline(document: Document, columns: Mapping[str, str]) -> tuple[Sheet, list[str]]:
    blocks = document.blocks
    depths = sorted({b.depth for b in blocks if b.depth})
    others: list[str] = []
    if len(depths) > 1 and sum(b.depth == depths[0] for b in blocks) == 1:
        others.append(next(b.text for b in blocks if b.depth == depths[0]))
        depths = depths[1:]  # the title of the whole
    at: dict[int, str] = {}
    unsaid: dict[int, str] = {}  # headings no text of the table has said yet
    rows = []
    for block in blocks:
        if block.depth:
            _leave(block.depth, at, unsaid, others)
            if block.depth in depths:
                at[block.depth] = unsaid[block.depth] = block.text
        elif depths and all(d in at for d in depths[-2:]):
            unsaid.clear()
            rows.append((block.line, [*columns.values(), *(at.get(d, "") for d in depths), block.text]))
        else:
            others.append(" / ".join([*(at[d] for d in sorted(at)), block.text]))
    _leave(0, at, unsaid, others)
    if rows:
        heads = [*columns, *(tr("Heading {n}").format(n=d) for d in depths), tr("Text")]
        rows.insert(0, (0, heads))
    return Sheet(Path(document.file).stem, rows), others


def _leave(depth: int, at: dict[int, str], unsaid: dict[int, str], others: list[str]) -> None:
    """Headings of this depth and deeper are over; one with no text beneath is kept."""
    for known in [d for d in at if d >= depth]:
        del at[known]
        if known in unsaid:
            others.append(unsaid.pop(known))
