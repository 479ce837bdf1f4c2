"""What a file holds, compared with another: every row of every table, and the bytes of its export."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from app.store import sqlite
from app.store.everything_out import write_everything
from app.store.search_index import TABLES_OF_INDEX

Rows = dict[str, list[tuple[Any, ...]]]


def every_row(path: Path) -> Rows:
    """By table each row as its columns and values; the index of words, which is made of other rows, is left out."""
    engine = sqlite.connect(path, writing=False)
    found: Rows = {}
    with engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        for name in names:
            if name not in TABLES_OF_INDEX:
                rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').mappings()
                found[name] = sorted((tuple(sorted(row.items())) for row in rows), key=repr)
    engine.dispose()
    return found


def exported(path: Path) -> bytes:
    """The export of everything, of a file of any schema, as bytes."""
    engine = sqlite.connect(path, writing=False)
    out = io.BytesIO()
    with engine.connect() as connection:
        write_everything(connection, out)
    engine.dispose()
    return out.getvalue()
