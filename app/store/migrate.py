"""From an older file's schema to this program's. The schema number is `user_version`; a backup comes first."""

from __future__ import annotations

from pathlib import Path

from app.store import sqlite
from app.store.backup_folder import copy_before_migration
from app.store.schema import run_migrations
from app.store.shape import must_be_ours
from app.store.sqlite_errors import damaged


def upgrade(path: Path, schema: int, backups: Path | None) -> None:
    """Run every migration above `schema` in one transaction, after a backup into `backups`.

    Raises Busy, Damaged or ReadOnly; the file is then as it was.
    """
    if backups is not None:
        copy_before_migration(path, backups)
    migrate_to_newest(path, schema)


def migrate_to_newest(path: Path, schema: int) -> None:
    """The migrations alone. Foreign keys are off meanwhile (SQLite rebuilds tables) and checked before the commit.

    Another command may have been here first: the schema counts that the file has once it is ours to write.
    """
    engine = sqlite.connect(path, writing=True)
    sqlite.leave_references(engine)
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
