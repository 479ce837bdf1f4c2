"""The index of words: an FTS5 table made of other rows, and which rows it has yet to be told of.

A step marks the rows it changed, in its own transaction. Rows are indexed a few at a time, by `index_some`; a row
somebody is typing in waits until that is finished. What leaves the index is overwritten in it. It holds nothing that
is not in other rows, so it has no history, and one that is missing or damaged is made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from app.domain.search_words import Sought, words_of
from app.store.search_sources import SOURCES, TABLES, Group, Source

INDEX, MARKS, FILES = "search_index", "search_mark", "search_file"
_ROW_BITS, _CODE_BITS = 44, 8
_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")
TABLES_OF_INDEX = frozenset({INDEX, MARKS, FILES, *(INDEX + tail for tail in _SHADOWS)})
"""What of a file may be missing or damaged without any loss."""

_DDL = (
    f"CREATE TABLE {MARKS} (table_name TEXT, row_id INTEGER, PRIMARY KEY (table_name, row_id)) WITHOUT ROWID",
    f"CREATE TABLE {FILES} (digest TEXT PRIMARY KEY, words TEXT) WITHOUT ROWID",
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5(name, words, prefix='2 3', tokenize='unicode61 remove_diacritics 2')",
    f"INSERT INTO {INDEX}({INDEX}, rank) VALUES ('secure-delete', 1)",  # noqa: S608
)


def make_index(connection: Connection) -> None:
    """Make an empty index, and mark every row that is to be in it."""
    for statement in _DDL:
        connection.exec_driver_sql(statement)
    for table in sorted(TABLES):
        connection.exec_driver_sql(f"INSERT OR IGNORE INTO {MARKS} SELECT ?, id FROM {table}", (table,))  # noqa: S608


def rebuild(connection: Connection) -> None:
    """Make the index anew. Nothing of it shows until `index_some` has gone through the marks."""
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {MARKS}")
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {FILES}")
    try:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {INDEX}")
    except DatabaseError:  # FTS5 drops what it can open; what it can't is forgotten, and its tables go by themselves
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql("DELETE FROM sqlite_master WHERE type = 'table' AND name = ?", (INDEX,))
        connection.exec_driver_sql("PRAGMA writable_schema = RESET")
    for tail in _SHADOWS:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {INDEX}{tail}")
    make_index(connection)


def is_there(connection: Connection) -> bool:
    """Whether every table of the index is in the file: a step writes to one of them."""
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
    return TABLES_OF_INDEX.issubset(names.all())


def is_whole(connection: Connection) -> bool:
    """Whether the index is there and can be read."""
    try:
        connection.exec_driver_sql(f"SELECT count(*) FROM {MARKS}").scalar()  # noqa: S608
        problems = connection.exec_driver_sql(f"PRAGMA integrity_check({INDEX})").scalars().all()
    except DatabaseError:
        return False
    return list(problems) == ["ok"]


def mark_changed(connection: Connection, changed: Iterable[tuple[str, int]]) -> None:
    """Remember rows that the index has to be told of; called inside the transaction that changed them."""
    rows = [(table, row) for table, row in changed if table in TABLES]
    if rows:
        connection.exec_driver_sql(f"INSERT OR IGNORE INTO {MARKS} VALUES (?, ?)", rows)  # noqa: S608


_READY = (
    f"SELECT table_name, row_id FROM {MARKS} m WHERE NOT EXISTS"  # noqa: S608
    " (SELECT 1 FROM unfinished u WHERE u.table_name = m.table_name AND u.row_id = m.row_id) LIMIT ?"
)


def is_behind(connection: Connection) -> bool:
    """Whether a row that is finished has yet to be indexed."""
    return connection.exec_driver_sql(_READY, (1,)).first() is not None


def index_some(connection: Connection, most: int) -> int:
    """Tell the index of at most so many marked rows; gives of how many. It hangs on rows of other tables too: those
    are marked first, and told of next."""
    ready = connection.exec_driver_sql(_READY, (most,)).all()
    for table, row in ready:
        for source in SOURCES:
            if source.table == table:
                _index(connection, source, row)
            for other, rows in source.of:
                if other == table:
                    concerned = connection.exec_driver_sql(rows, (row,)).scalars().all()
                    mark_changed(connection, [(source.table, one) for one in concerned])
        if table == "attachment":  # what nobody has attached any more is nobody's to find
            connection.exec_driver_sql(f"DELETE FROM {FILES} WHERE digest NOT IN (SELECT digest FROM attachment)")  # noqa: S608
        connection.exec_driver_sql(f"DELETE FROM {MARKS} WHERE table_name = ? AND row_id = ?", (table, row))  # noqa: S608
    return len(ready)


def _index(connection: Connection, source: Source, row: int) -> None:
    number = _first(source) + row
    connection.exec_driver_sql(f"DELETE FROM {INDEX} WHERE rowid = ?", (number,))  # noqa: S608
    query = f"SELECT {source.names}, {source.words} FROM {source.table} t WHERE t.id = ? AND {source.where}"  # noqa: S608
    found = connection.exec_driver_sql(query, (row,)).first()
    if found is None:
        return
    names, words = (" ".join(words_of(str(text or ""))) for text in found)
    if names or words:
        connection.exec_driver_sql(
            f"INSERT INTO {INDEX}(rowid, name, words) VALUES (?, ?, ?)",  # noqa: S608
            (number, names, words),
        )


Fit = Literal["begins", "begins so", "named", "named so", "holds", "holds so"]
FITS: tuple[Fit, ...] = ("begins", "begins so", "named", "named so", "holds", "holds so")
"""How well a row fits, the best first: its name begins with the words, has them, or it has them anywhere; and each with
the last word whole before the last one begun."""


def rows_that_fit(
    connection: Connection, wanted: Sought, group: Group, fit: Fit, *, most: int, below: int | None = None
) -> Sequence[tuple[int, str, int]]:
    """Rows of a group, the newest first: the number to go on `below`, the table and the row.

    The order is that of the rows, and not how rare the words are: that counts cards which one may not see.
    """
    low, high = int(group) << (_ROW_BITS + _CODE_BITS), (int(group) + 1) << (_ROW_BITS + _CODE_BITS)
    query = (
        f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH ? AND rowid >= ? AND rowid < ? "  # noqa: S608
        "ORDER BY rowid DESC LIMIT ?"
    )
    values: tuple[Any, ...] = (_match(wanted, fit), low, high if below is None else below, most)
    return [(number, *_place(number)) for number in connection.exec_driver_sql(query, values).scalars()]


def _match(wanted: Sought, fit: Fit) -> str:
    """FTS5's own words for what is sought: each word in quotes, so that none of it is syntax."""
    parts = []
    for number, piece in enumerate(wanted.pieces):
        start = "^ " if fit.startswith("begins") and number == 0 else ""
        end = " *" if fit.endswith(" so") and number == len(wanted.pieces) - 1 else ""
        parts.append(f'({start}"{" ".join(piece)}"{end})')
    together = " AND ".join(parts)
    return f"({together})" if fit.startswith("holds") else f"name : ({together})"


def _first(source: Source) -> int:
    return (int(source.group) << _CODE_BITS | source.code) << _ROW_BITS


def _place(number: int) -> tuple[str, int]:
    return _BY_CODE[number >> _ROW_BITS], number & ((1 << _ROW_BITS) - 1)


_BY_CODE = {_first(source) >> _ROW_BITS: source.table for source in SOURCES}
