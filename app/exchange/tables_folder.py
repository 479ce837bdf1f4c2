"""All tables that one may see: a folder of CSV files with a README, or one XLSX workbook with a sheet for each."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app.domain.csv_table import table_lines
from app.errors import Refused
from app.exchange.workbook_writer import Written, write_workbook
from app.phrases.tables import table_words, tables_readme
from app.queries.tables import Cell, TableShown, rows_in_all, tables_shown
from app.store.files import create_private
from app.store.workspace import Workspace
from app.store.written_aside import WrittenAside, file_aside, folder_aside
from app.words import tr

_MOST_IN_WORKBOOK = 50_000  # rows: a workbook is built as a whole
_TOLD_EACH = 500  # rows
_LONGEST_SHEET = 31  # letters of a sheet's name
_WIDTH = 24  # letters
README = "README.txt"
Told = Callable[[float], object]


def tables_written(
    workspace: Workspace, target: Path, form: str, told: Told = lambda _fraction: None
) -> tuple[WrittenAside, Counter[str]]:
    """Write them aside, as "csv" or "xlsx", and give with that how many rows of which table are left out.

    `told` may raise to stop it. Raises Refused where `target` may not be taken, and for a workbook of too many rows;
    ReadOnly where it can't be written.
    """
    count = _Counted(rows_in_all(workspace), told)
    if form == "xlsx":
        return _workbook(workspace, target, count)
    with folder_aside(target) as written, tables_shown(workspace) as tables:
        shown = [_write_csv(written.path, table, count) for table in tables]
        _write(written.path / README, [tables_readme([_described(t, n, "csv") for t, n in shown]).encode("utf-8")])
    return written, _left_out(shown)


class _Counted:
    """How far all rows are."""

    def __init__(self, every: int, told: Told) -> None:
        self.every, self._told = every, told
        self._done = 0

    def through(self, rows: Iterator[list[Cell]]) -> Iterator[list[Cell]]:
        """The same rows, told of."""
        for row in rows:
            self._done += 1
            if self._done % _TOLD_EACH == 0:
                self._told(min(1.0, self._done / self.every))
            yield row


def _write_csv(folder: Path, table: TableShown, count: _Counted) -> tuple[TableShown, int]:
    written = 0

    def rows() -> Iterator[list[str]]:
        nonlocal written
        for row in count.through(table.rows):
            written += 1
            yield [str(cell) for cell in row]

    _write(folder / f"{table.name}.csv", table_lines([c.heading for c in table.columns], rows()))
    return table, written


def _write(path: Path, parts: Iterator[bytes] | Sequence[bytes]) -> None:
    create_private(path)
    with path.open("r+b") as out:
        for part in parts:
            out.write(part)
        out.flush()
        os.fsync(out.fileno())


def _workbook(workspace: Workspace, target: Path, count: _Counted) -> tuple[WrittenAside, Counter[str]]:
    if count.every > _MOST_IN_WORKBOOK:
        raise Refused(
            tr("{n} rows are too many for a workbook.").format(n=count.every),
            tr("Export the tables as a folder of CSV instead: it takes any number."),
        )
    with file_aside(target) as (written, out), tables_shown(workspace) as tables:
        held = [(table, list(count.through(table.rows))) for table in tables]
        shown = [(table, len(rows)) for table, rows in held]
        told = tables_readme([_described(t, n, "") for t, n in shown]).split("\r\n")
        sheets = [Written(tr("Read me"), [told[0]], [[line] for line in told[1:]], [120])]
        for table, rows in held:
            headings = [column.heading for column in table.columns]
            sheets.append(Written(table.name[:_LONGEST_SHEET], headings, rows, [_WIDTH] * len(headings)))
        out.write(write_workbook(sheets))
    return written, _left_out(shown)


def _described(table: TableShown, rows: int, suffix: str) -> tuple[str, str, int, int, list[tuple[str, str]]]:
    name = f"{table.name}.{suffix}" if suffix else table.name
    return name, table.about, rows, table.left_out, [(c.heading, c.meaning) for c in table.columns]


def _left_out(shown: Sequence[tuple[TableShown, int]]) -> Counter[str]:
    return Counter({table_words(table.table)[0]: table.left_out for table, _ in shown if table.left_out})
