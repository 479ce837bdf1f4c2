"""What lies in a file beside its rows: its tables, columns, keys, checks and indexes, and nothing else.

A trigger or a view would run when a table is written or read. So what `sqlite_master` says is compared with what the
schema number promises before anything is read or written.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.errors import Damaged
from app.store import sqlite
from app.store.search_index import TABLES_OF_INDEX
from app.store.sqlite_errors import damaged
from app.words import tr

Shape = dict[str, tuple[object, ...]]
"""By table what it is made of."""

AS_MADE = {
    10: (
        "71ff0e026e5c3c950b73601cac9a1bec827c52e8ad25a8be48f2c6d8f159baa9",  # a new file
        "a3d97452cee1042ea8a83e2c41032164e9dbf6f81bcc4fc8bb7a2d33c128d69e",  # one whose history's keys have no names
        "dd5d86f8a6b383264eaf2819023d0ed7027b4f2b37e7c19ada6fc5541078d044",  # one that was made with schema 9
    ),
}
"""By schema number, digests of what `sqlite_master` says in files as Tenfold makes them. Such a file opens without one
made anew to compare it with, for which every table would have to be built; any other is compared with that."""

_LONGEST = 60
_OWN = re.compile(r"sqlite_(sequence|stat\d)")
_LITERAL = re.compile(r"NULL|-?\d+|'[^']*'")
_SPACE = re.compile(r'[\s"\[\]`]+')


def must_be_ours(connection: Connection, path: Path) -> None:
    """Raises Damaged where a file holds anything but the tables and indexes of its schema number, TooNew for a number
    that is not known."""
    schema, rows = int(sqlite.pragma(connection, "user_version")), _master(connection)
    if schema > sqlite.SCHEMA:
        raise sqlite.too_new(path, schema)
    if digest(rows) in AS_MADE.get(schema, ()) or rows == _made(schema)[0]:
        return
    made, expected = _made(schema)
    for kind, name, table, sql in rows:
        if (kind, name, table, sql) in made:
            continue
        if kind not in ("table", "index") or "VIRTUAL" in str(sql).upper().split()[:3]:
            raise _foreign(path, f"{kind} {name}")
    found = _shape(connection, rows)
    for name in sorted(found.keys() - expected.keys()):
        raise _foreign(path, f"table {name}")
    for name in sorted(expected):
        if found.get(name) != expected[name]:
            raise damaged(
                path,
                tr("it says schema {n}, but its table “{table}” is not as it is there").format(n=schema, table=name),
            )


def _master(connection: Connection) -> list[Any]:
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    return [tuple(row) for row in connection.exec_driver_sql(query)]


def digest(rows: list[Any]) -> str:
    """SHA-256 of what `sqlite_master` says."""
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _foreign(path: Path, what: str) -> Damaged:
    name = what if len(what) <= _LONGEST else f"{what[:_LONGEST]}…"
    return Damaged(
        tr("{path} holds something that Tenfold never put there: {what}.").format(path=path, what=name),
        tr(
            "It could run when the file is read, so nothing of it was read, and it was left as it is. Ask who gave you "
            "the file, or take a backup (tenfold restore FILE BACKUP)."
        ),
    )


@cache
def _made(schema: int) -> tuple[list[Any], Shape]:
    """What a file of that schema holds, as it is written there and as it is meant: made anew, in memory."""
    from app.store.schema import build, run_migrations  # noqa: PLC0415  (it brings every table)

    engine = sqlite.connect_nothing()
    try:
        with engine.begin() as connection:
            if schema == sqlite.SCHEMA:
                build(connection)
            else:
                run_migrations(connection, 0, schema)
            rows = _master(connection)
            return rows, _shape(connection, rows)
    finally:
        engine.dispose()


def _shape(connection: Connection, rows: Any) -> Shape:
    """By table what it is, but for the index of words: that is made anew where it is not as it is to be."""
    return {
        name: (
            _columns(connection, name),
            sorted(tuple(r)[2:8] for r in connection.exec_driver_sql(f"PRAGMA foreign_key_list({_quoted(name)})")),
            _indexes(connection, name),
            _checks(sql),
            "WITHOUT ROWID" in sql.upper(),
        )
        for kind, name, _, sql in rows
        if kind == "table" and not _OWN.fullmatch(name) and name not in TABLES_OF_INDEX
    }


def _columns(connection: Connection, table: str) -> Sequence[object]:
    """Name, type, whether it may be empty, key, whether it is worked out; a value it has of itself is a plain one."""
    rows = connection.exec_driver_sql(f"PRAGMA table_xinfo({_quoted(table)})")
    return sorted(
        (
            r[1],
            str(r[2]).upper().replace("VARCHAR", "TEXT"),
            r[3],
            r[5],
            r[6],
            r[4] is None or bool(_LITERAL.fullmatch(r[4])),
        )
        for r in rows
    )


def _indexes(connection: Connection, table: str) -> Sequence[object]:
    """Each index with what it is of, in which order and by which letters; none is over a calculation, or in part."""
    found = []
    for _, name, unique, origin, partial in connection.exec_driver_sql(f"PRAGMA index_list({_quoted(table)})").all():
        parts = connection.exec_driver_sql(f"PRAGMA index_xinfo({_quoted(name)})")
        found.append((unique, origin, partial, [(r[2], r[3], r[4]) for r in parts if r[5]]))
    return sorted(found, key=repr)


def _checks(sql: str) -> list[str]:
    """The CHECK constraints of a table, as they are written but for spaces and quotes of names; and whether any
    constraint would take rows out where ours refuses."""
    found = []
    for start in (m.end() for m in re.finditer(r"\bCHECK\s*\(", sql, re.IGNORECASE)):
        depth, at = 1, start
        while depth and at < len(sql):
            depth += {"(": 1, ")": -1}.get(sql[at], 0)
            at += 1
        found.append(_SPACE.sub("", sql[start : at - 1]))
    found += re.findall(r"\bON\s+CONFLICT\b", sql, re.IGNORECASE)  # none of ours has one
    return sorted(found)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
