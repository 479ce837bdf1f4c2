"""Words that were deleted for good: once their step is committed they go out of the log, and out of every backup.

In the file itself SQLite overwrites what is freed (`PRAGMA secure_delete`), and in each backup when they are deleted
there. A backup that can't be reached is named, and cleared with the next one that is made.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.errors import Refused
from app.store import sqlite
from app.store.backup_folder import backups_of, list_backups
from app.store.claim import claimed_if_free
from app.store.header import read_header
from app.store.shape import must_be_ours
from app.store.sqlite_errors import DriverError
from app.store.step import Step
from app.store.workspace import Workspace

_SINCE = 7
"""The first schema that has words which can be deleted for good."""
_DELETED = "SELECT key FROM transcript WHERE content IS NULL"
_STILL_THERE = "key IN (SELECT value FROM json_each(?)) AND content IS NOT NULL"
_COUNT = f"SELECT count(*) FROM transcript WHERE {_STILL_THERE}"  # noqa: S608  (words of ours alone)
_WIPE = f"UPDATE transcript SET content = NULL, name = '', deleted_at = ? WHERE {_STILL_THERE}"  # noqa: S608


def clear_after(step: Step, workspace: Workspace) -> None:
    """What a committed step deleted goes out of log and backups; the step remembers the files it may remain in."""
    log = () if _clear_log(workspace) else (sqlite.log_of(workspace.path),)
    step.remains = (*log, *clear_backups(workspace, workspace.rescues))


def _clear_log(workspace: Workspace) -> bool:
    """Where a window has the file, the log is its to fold in. What stays in it goes when the last one closes it."""
    if not sqlite.is_logged(workspace.engine):
        return True
    if workspace.window:
        return workspace.fold(wholly=True)
    with claimed_if_free(workspace.path) as free:
        return free and workspace.fold(wholly=True)


def clear_backups(workspace: Workspace, data: Path | None) -> list[Path]:
    """Take what was deleted for good out of this workspace's backups; gives those that may still hold some of it.

    `data` is the folder they lie under; without one there are none.
    """
    if data is None:
        return []
    with workspace.read() as connection:
        keys = list(connection.exec_driver_sql(_DELETED).scalars())
    at = workspace.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    left = []
    for backup in list_backups(backups_of(data, workspace.settings.key)) if keys else ():
        try:
            _clear(backup.path, keys, at)
        except (Refused, OSError, DBAPIError, DriverError):
            left.append(backup.path)
    return left


def _clear(backup: Path, keys: Collection[str], at: str) -> None:
    if read_header(backup).schema < _SINCE:
        return
    engine = sqlite.connect(backup, writing=True)
    try:
        with sqlite.transaction(engine, backup) as connection:
            must_be_ours(connection, backup)
            known = json.dumps(sorted(keys))
            if connection.exec_driver_sql(_COUNT, (known,)).scalar():
                connection.exec_driver_sql(_WIPE, (at, known))
    finally:
        engine.dispose()
