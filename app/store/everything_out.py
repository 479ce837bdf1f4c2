"""Everything a workspace holds, written as lines of JSON (`everything_lines.py`)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import BinaryIO

from sqlalchemy import Connection

from app.store import sqlite
from app.store.everything_lines import (
    LONGEST_LINE,
    Cell,
    Ending,
    NotRead,
    TableHead,
    ending_line,
    head_line,
    header_line,
    must_be,
    row_line,
)
from app.store.everything_tables import MovedTable, moved_tables
from app.words import tr

_TOLD_EACH = 2000  # rows
Told = Callable[[float], object]


def write_everything(connection: Connection, out: BinaryIO, told: Told = lambda _fraction: None) -> int:
    """Write every row of every table as the connection sees them, and give how many; `told` may raise to stop it.

    Raises NotRead for a value that is not of its column's kind, or longer than any that is read.
    """
    digest, written = hashlib.sha256(), 0
    tables = [(table, table.count(connection)) for table in moved_tables(connection)]
    every = sum(count for _, count in tables) or 1

    def put(line: bytes) -> None:
        digest.update(line)
        out.write(line)

    put(header_line(int(sqlite.pragma(connection, "user_version"))))
    for table, count in tables:
        put(head_line(TableHead(table.name, table.columns, count)))
        for row in table.rows(connection):
            put(_line(table, row))
            written += 1
            if written % _TOLD_EACH == 0:
                told(written / every)
    out.write(ending_line(Ending(written, digest.hexdigest())))
    return written


def _line(table: MovedTable, row: tuple[Cell, ...]) -> bytes:
    line = row_line([must_be(cell, kind) for cell, kind in zip(row, table.kinds, strict=True)])
    if len(line) > LONGEST_LINE:
        why = tr("a row of table “{name}” is larger than {n} MB")
        raise NotRead(why.format(name=table.name, n=LONGEST_LINE // 1_000_000))
    return line
