"""This program's schema made in an empty file, at once or by all migrations in a row."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, create_mock_engine
from sqlalchemy.dialects.sqlite import dialect

from app.store import sqlite
from app.store.registry import metadata
from app.store.search_index import make_index


def build(connection: Connection) -> None:
    """Make this program's schema in an empty file. A test holds it equal to all migrations in a row."""
    for statement in _statements():
        connection.exec_driver_sql(statement)
    make_index(connection)
    sqlite.mark(connection, sqlite.SCHEMA)


@cache
def _statements() -> tuple[str, ...]:
    """What makes its tables and indexes, in the order of what refers to what. Writing them takes longer than running
    them."""
    made: list[str] = []
    engine = create_mock_engine("sqlite://", lambda ddl, *_: made.append(str(ddl.compile(dialect=dialect()))))
    metadata.create_all(engine, checkfirst=False)
    return tuple(made)


def run_migrations(connection: Connection, above: int, newest: int) -> None:
    """Those above one schema number, up to another, in a running transaction."""
    from alembic.migration import MigrationContext  # noqa: PLC0415  (180 ms, and rarely needed)
    from alembic.operations import Operations  # noqa: PLC0415

    from app.store.migrations import STEPS  # noqa: PLC0415

    context = MigrationContext.configure(connection, opts={"render_as_batch": True, "target_metadata": metadata})
    for number in range(above + 1, newest + 1):
        with Operations.context(context) as operations:
            STEPS[number](operations)
