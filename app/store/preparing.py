"""What is done to a file before it is opened for writing: looked at, mended where a writer was killed, upgraded."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from sqlalchemy import Connection, select

from app.store import sqlite
from app.store.claim import must_be_its_log
from app.store.columns import Unreadable, table_of
from app.store.header import read_header
from app.store.search_index import is_there, rebuild
from app.store.shape import must_be_ours
from app.store.sqlite_errors import damaged
from app.store.tables import Setting
from app.words import tr

_CHECKED_AT_OPEN = 32 * 1024 * 1024


def make_ready(path: Path, backups: Path | None, *, claimed: bool) -> None:
    """Take back what a killed writer left half done, look at the file, and bring it to this program's schema."""
    must_be_its_log(path, mending=claimed)
    sqlite.take_back(path)
    header = read_header(path)
    if header.schema > sqlite.SCHEMA:
        raise sqlite.too_new(path, header.schema)
    there = _look_before_writing(path)
    if header.schema < sqlite.SCHEMA:
        from app.store import migrate  # noqa: PLC0415  (it brings every table)

        migrate.upgrade(path, header.schema, backups)
    elif not there:
        _make_index_anew(path)


def settings_in(connection: Connection) -> Setting | None:
    """The row about the workspace; None where there is none that can be read."""
    try:
        row = connection.execute(select(table_of(Setting))).first()
    except Unreadable:  # a day or a moment that is none
        return None
    return cast("Setting | None", row)  # as in Step.get: it has the columns by name


def _make_index_anew(path: Path) -> None:
    engine = sqlite.connect(path, writing=True)
    try:
        with sqlite.transaction(engine, path) as connection:
            if not is_there(connection):
                rebuild(connection)
    finally:
        engine.dispose()


def _look_before_writing(path: Path) -> bool:
    """Look at the content with a reader, so that a damaged file stays byte for byte as it was; gives whether the index
    of words is in it."""
    engine = sqlite.connect(path, writing=False)
    try:
        with sqlite.transaction(engine, path) as connection:
            must_be_ours(connection, path)
            if path.stat().st_size <= _CHECKED_AT_OPEN:
                broken = sqlite.broken_parts(connection, "quick_check")
                if broken:
                    raise damaged(path, broken[0])
            if sqlite.pragma(connection, "user_version") == sqlite.SCHEMA and settings_in(connection) is None:
                raise damaged(path, tr("the row about the workspace is missing"))
            return is_there(connection)
    finally:
        engine.dispose()
