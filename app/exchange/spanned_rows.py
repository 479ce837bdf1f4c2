"""Rows of cells that may span columns and rows: such a cell says its text in each place it covers, as it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.exchange.sheet import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Row, refusal
from app.words import tr


@dataclass(frozen=True)
class SpannedCell:
    """A cell's text, how many columns and rows it covers, and the addresses of its links and its comments."""

    text: str
    columns: int = 1
    rows: int = 1
    links: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class SpannedRows:
    """Takes rows from the top and lays them out. No more is made than a ladder may hold."""

    def __init__(self, file: str) -> None:
        self._file, self._count = file, 0
        self._below: dict[int, tuple[str, int]] = {}
        self.rows: list[Row] = []

    def add(self, line: int, cells: Sequence[SpannedCell]) -> list[tuple[int, SpannedCell]]:
        """Lay out one row; the column each of its cells starts in."""
        row: list[str] = []
        placed = []
        for cell in cells:
            self._continue(row)
            placed.append((len(row), cell))
            for _ in range(max(1, min(cell.columns, MAX_COLUMNS))):
                if cell.rows > 1:
                    self._below[len(row)] = (cell.text, cell.rows - 1)
                row.append(cell.text)
        self._continue(row)
        self._count += len(row)
        if len(row) > MAX_COLUMNS or self._count > MAX_CELLS or len(self.rows) >= MAX_ROWS:
            raise refusal(self._file, tr("this table is too large for a ladder."))
        if any(cell.strip() for cell in row):
            self.rows.append((line, row))
        return placed

    def _continue(self, row: list[str]) -> None:
        """What reaches down from the rows above."""
        while len(row) in self._below:
            text, left = self._below.pop(len(row))
            if left > 1:
                self._below[len(row)] = (text, left - 1)
            row.append(text)
