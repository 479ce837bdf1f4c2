"""A new workspace made of an export of everything: equal to the one it was made of, or nothing.

It has its name once every row is in, the file is of this program's schema, and the whole check finds it sound.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.errors import Damaged, Refused
from app.store import sqlite
from app.store.check import UNREADABLE, check_file
from app.store.create import at_last
from app.store.everything_lines import FORMAT, Cell, Header, Lines, TableHead
from app.store.everything_tables import COUNTERS, MovedTable, moved_tables
from app.store.file_identity import must_not_be_held
from app.store.files import create_private, make_durable, open_ordinary
from app.store.migrate import migrate_to_newest
from app.store.schema import build, run_migrations
from app.store.search_index import rebuild
from app.store.workspace import read_workspace
from app.words import tr

_BATCH = 1000  # rows
_BATCH_BYTES = 8 * 1024 * 1024
_ROWS_END = 0.7  # of the way: the check takes the rest
Told = Callable[[float], object]


def bring_everything(path: Path, source: Path, told: Told = lambda _fraction: None) -> Path:
    """Make a new workspace at `path` of an export of everything, and give its path; `told` may raise to stop it.

    Raises Refused where `path` exists, or the export can't be brought in, with the line that is wrong; ReadOnly where
    the workspace can't be made. Nothing half is left.
    """
    with at_last(path) as (aside, named), _opened(source) as exported:
        size = os.fstat(exported.fileno()).st_size or 1
        lines = Lines(exported, source.name)
        schema = _schema(lines, lines.header())
        create_private(aside)
        _fill(aside, lines, schema, lambda read: told(_ROWS_END * read / size))
        if schema < sqlite.SCHEMA:
            _migrate(aside, lines, schema)
        _index(aside)
        told(_ROWS_END)
        _must_hold(aside, source)
        make_durable(aside.parent)
    return named


def _opened(source: Path) -> BinaryIO:
    must_not_be_held(source)
    try:
        return open_ordinary(source)
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or tr("it is no name of a file")
        raise Refused(
            tr("{path} could not be read: {why}.").format(path=source, why=why), tr("Check the name, and try again.")
        ) from error


def _schema(lines: Lines, header: Header) -> int:
    if header.format != FORMAT or header.schema > sqlite.SCHEMA:
        why = tr("it was written by a newer Tenfold (format {format}, schema {schema}; this one knows {f} and {s})")
        raise lines.refusal(why.format(format=header.format, schema=header.schema, f=FORMAT, s=sqlite.SCHEMA))
    if header.schema < 1:
        raise lines.refusal(tr("no Tenfold ever wrote schema {schema}").format(schema=header.schema))
    return header.schema


def _fill(aside: Path, lines: Lines, schema: int, told: Told) -> None:
    """An empty file of that schema with every row of the export, in one transaction. That rows refer to rows that are
    there is looked at with the check."""
    engine = sqlite.connect(aside, writing=True)
    try:
        sqlite.leave_references(engine)
        with sqlite.transaction(engine, aside) as connection:
            if schema == sqlite.SCHEMA:
                build(connection)
            else:
                run_migrations(connection, 0, schema)
                sqlite.mark(connection, schema)
            _take_all(connection, lines, told)
    finally:
        engine.dispose()


def _take_all(connection: Connection, lines: Lines, told: Told) -> None:
    tables = {table.name: table for table in moved_tables(connection)}
    left, taken = dict(tables), 0
    while isinstance(head := lines.head_or_ending(), TableHead):
        table = left.pop(head.name, None)
        if table is None:
            raise lines.refusal(tr("its schema has no such table, or it comes a second time"))
        if head.columns != table.columns:
            raise lines.refusal(tr("table “{name}” has not the columns of its schema").format(name=table.name))
        _take(connection, table, head.rows, lines, told)
        taken += head.rows
    if left:
        raise lines.refusal(tr("no table “{name}” came before the end").format(name=min(left)))
    if head.rows != taken:
        raise lines.refusal(tr("it counts other rows than there were"))
    lines.must_end()


def _take(connection: Connection, table: MovedTable, count: int, lines: Lines, told: Told) -> None:
    if table.name == COUNTERS:
        connection.exec_driver_sql(f"DELETE FROM {COUNTERS}")  # noqa: S608
    for batch in _batches(table, count, lines):
        try:
            connection.exec_driver_sql(table.insert, batch)
        except IntegrityError:  # which says a person's words
            raise lines.refusal(
                tr("a row of table “{name}” up to here comes twice, or holds what it can’t").format(name=table.name)
            ) from None
        told(lines.read)
    if table.name == COUNTERS:
        _counters_must_fit(connection, lines)


def _batches(table: MovedTable, count: int, lines: Lines) -> Iterator[list[tuple[Any, ...]]]:
    keys = [table.columns.index(key) for key in table.keys]
    batch: list[tuple[Cell, ...]] = []
    begun = lines.read
    for _ in range(count):
        row = lines.row(table.kinds)
        if any(row[key] is None for key in keys):
            raise lines.refusal(tr("a row of table “{name}” has no number").format(name=table.name))
        batch.append(row)
        if len(batch) == _BATCH or lines.read - begun > _BATCH_BYTES:
            yield batch
            batch, begun = [], lines.read
    if batch:
        yield batch


def _counters_must_fit(connection: Connection, lines: Lines) -> None:
    """Each is of a table that counts, and there once: SQLite takes any."""
    counted = set(connection.exec_driver_sql(_COUNTED).scalars())
    names = connection.exec_driver_sql(f"SELECT name FROM {COUNTERS}").scalars().all()  # noqa: S608
    if len(set(names)) != len(names) or not counted.issuperset(names):
        raise lines.refusal(tr("a counter is of no table, or comes twice"))


_COUNTED = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"


def _migrate(aside: Path, lines: Lines, schema: int) -> None:
    """To this program's schema. Anybody may have written what is in the rows, so a migration may fail on them."""
    try:
        migrate_to_newest(aside, schema)
    except (Damaged, DBAPIError, AssertionError, *UNREADABLE):
        raise lines.refusal(tr("what is before it does not hold as schema {schema}").format(schema=schema)) from None


def _index(aside: Path) -> None:
    """The index of words, empty, with every row marked that is to be in it."""
    engine = sqlite.connect(aside, writing=True)
    try:
        with sqlite.transaction(engine, aside) as connection:
            rebuild(connection)
    finally:
        engine.dispose()


def _must_hold(aside: Path, source: Path) -> None:
    findings = [found.sentence for found in check_file(aside)] or _zone_findings(aside)
    if findings:
        sentence = findings[0].replace(str(aside), source.name)
        raise Refused(
            tr("{name} can’t be brought in: what it holds is not sound. {what}").format(
                name=source.name, what=sentence
            ),
            tr("Run “tenfold check” on the workspace it was made of. Nothing was made of this file."),
        )


def _zone_findings(aside: Path) -> list[str]:
    """Its time zone must be one that this machine knows, or nothing of it could be shown."""
    workspace = read_workspace(aside)
    try:
        _ = workspace.zone
    except (KeyError, ValueError, OSError):
        return [tr("Its time zone “{name}” is none that is known here.").format(name=workspace.settings.time_zone[:40])]
    finally:
        workspace.close()
    return []
