"""From an older file's schema to this program's. The schema number is `user_version`; a backup comes first."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from app.store import sqlite
from app.store.registry import metadata
from app.store.shape import must_be_ours
from app.store.sqlite_errors import damaged


def build(connection: Connection) -> None:
    """Make this program's schema in an empty file. A test holds it equal to all migrations in a row."""
    metadata.create_all(connection)
    sqlite.mark(connection, sqlite.SCHEMA)


def upgrade(path: Path, schema: int, backups: Path | None) -> None:
    """Run every migration above `schema` in one transaction, after a backup into `backups`.

    Raises Busy, Damaged or ReadOnly; the file is then as it was.
    """
    if backups is not None:
        from app.store.backup import copy_before_migration  # noqa: PLC0415  (backup opens workspaces)

        copy_before_migration(path, backups)
    migrate_to_newest(path, schema)


def migrate_to_newest(path: Path, schema: int) -> None:
    """The migrations alone. Foreign keys are off meanwhile (SQLite rebuilds tables) and checked before the commit.

    Another command may have been here first: the schema counts that the file has once it is ours to write.
    """
    engine = sqlite.connect(path, writing=True)
    raw = engine.raw_connection()
    raw.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
    raw.close()
    try:
        with sqlite.transaction(engine, path) as connection:
            now = int(sqlite.pragma(connection, "user_version"))
            if now > schema:
                return
            must_be_ours(connection, path)
            run_migrations(connection, now, sqlite.SCHEMA)
            problems = sqlite.integrity(connection)
            if problems:
                raise damaged(path, problems[0])
            sqlite.mark(connection, sqlite.SCHEMA)
    finally:
        engine.dispose()


def run_migrations(connection: Connection, above: int, newest: int) -> None:
    """Those above one schema number, up to another, in a running transaction."""
    from alembic.migration import MigrationContext  # noqa: PLC0415  (180 ms, and rarely needed)
    from alembic.operations import Operations  # noqa: PLC0415

    from app.store.migrations import STEPS  # noqa: PLC0415

    context = MigrationContext.configure(connection, opts={"render_as_batch": True, "target_metadata": metadata})
    for number in range(above + 1, newest + 1):
        with Operations.context(context) as operations:
            STEPS[number](operations)
