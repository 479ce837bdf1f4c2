"""A strange file's tables as text: sheets of rows, what was noted on their cells, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from app.exchange.located_values import LadderError
from app.exchange.yaml_nodes import Problem
from app.words import tr

MAX_ROWS = 20_000
MAX_COLUMNS = 400
MAX_CELLS = 400_000
MAX_SHEETS = 60


@dataclass(frozen=True)
class Size:
    """How large a workbook may be at most: rows and columns of a sheet, cells of all, bytes unpacked and packed."""

    rows: int = MAX_ROWS
    columns: int = MAX_COLUMNS
    cells: int = MAX_CELLS
    unpacked: int = 40_000_000
    packed: int = 8_000_000


LADDER = Size()
Row = tuple[int, list[str]]
"""A row that holds anything, with its line or number, from 1."""


@dataclass(frozen=True)
class CellNote:
    """What a cell holds beside its text: a comment, the address of a link, or a formula that was never worked out.

    `row` is its line or number, `column` counts from 0.
    """

    row: int
    column: int
    kind: Literal["note", "link", "formula"]
    text: str


@dataclass
class Sheet:
    """One table. Of a `strict` one no row may be wider than its headings; `file` is the one it stands in."""

    name: str
    rows: list[Row] = field(default_factory=list)
    notes: list[CellNote] = field(default_factory=list)
    strict: bool = False
    file: str = ""


@dataclass
class Sheets:
    """Every table of a file, what else it says by name, and sentences a person should read."""

    sheets: list[Sheet] = field(default_factory=list)
    beside: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def refusal(file: str, sentence: str, line: int = 0) -> LadderError:
    """A file that does not come in, for one reason."""
    return LadderError([Problem(file, line, "", sentence)])


def must_be_bounded(file: str, sheets: Iterable[Sheet]) -> None:
    """Raises LadderError for more sheets, rows, columns or cells than any ladder has."""
    cells = 0
    for number, sheet in enumerate(sheets, 1):
        cells += sum(len(row) for _, row in sheet.rows)
        wide = any(len(row) > MAX_COLUMNS for _, row in sheet.rows)
        if wide or cells > MAX_CELLS or len(sheet.rows) > MAX_ROWS or number > MAX_SHEETS:
            raise refusal(file, tr("this table is too large for a ladder."))
