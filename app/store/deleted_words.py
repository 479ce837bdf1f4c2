"""Words and votes that were deleted for good: once their step is committed they go out of the log, and every backup.

In the file itself SQLite overwrites what is freed (`PRAGMA secure_delete`), and in each backup when they are deleted
there. A backup that can't be reached is named, and cleared with the next one that is made.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
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


@dataclass(frozen=True)
class _Gone:
    """What can be deleted for good since a schema: which are gone, by what a backup knows them too, and how those that
    are still there are counted and wiped in it; `:gone` stands for all that are gone, as a list of JSON."""

    since: int
    gone: str
    count: str
    wipe: str


_WORDS = "key IN (SELECT value FROM json_each(:gone)) AND content IS NOT NULL"
_VOTES = "vote_id IN (SELECT v.id FROM committee_vote AS v JOIN json_each(:gone) ON value = v.id || ' ' || v.opened_at)"
_ALL = (
    _Gone(
        7,
        "SELECT key FROM transcript WHERE content IS NULL",
        f"SELECT count(*) FROM transcript WHERE {_WORDS}",  # noqa: S608  (words of ours alone)
        f"UPDATE transcript SET content = NULL, name = '', deleted_at = :at WHERE {_WORDS}",  # noqa: S608
    ),
    _Gone(
        10,
        "SELECT id || ' ' || opened_at FROM committee_vote WHERE ended_at IS NOT NULL",
        f"SELECT count(*) FROM committee_ballot WHERE {_VOTES}",  # noqa: S608
        f"DELETE FROM committee_ballot WHERE {_VOTES}",  # noqa: S608
    ),
)


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
        gone = [(one, json.dumps(sorted(connection.exec_driver_sql(one.gone).scalars()))) for one in _ALL]
    gone = [(one, keys) for one, keys in gone if keys != "[]"]
    at = workspace.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    left = []
    for backup in list_backups(backups_of(data, workspace.settings.key)) if gone else ():
        try:
            _clear(backup.path, gone, at)
        except (Refused, OSError, DBAPIError, DriverError):
            left.append(backup.path)
    return left


def _clear(backup: Path, gone: Sequence[tuple[_Gone, str]], at: str) -> None:
    schema = read_header(backup).schema
    known = [(one, keys) for one, keys in gone if schema >= one.since]
    if not known:
        return
    engine = sqlite.connect(backup, writing=True)
    try:
        with sqlite.transaction(engine, backup) as connection:
            must_be_ours(connection, backup)
            for one, keys in known:
                if connection.execute(text(one.count), {"gone": keys}).scalar():
                    connection.execute(text(one.wipe), {"gone": keys, "at": at})
    finally:
        engine.dispose()
