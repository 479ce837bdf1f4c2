"""Backups: made with SQLite's own backup, opened and checked before they count, thinned by age and size."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from platformdirs import user_data_path

from app.errors import Busy, Damaged, NotAWorkspace, ReadOnly, Refused
from app.store import sqlite
from app.store.check import check_workspace
from app.store.claim import claimed
from app.store.files import take_place
from app.store.workspace import SUFFIX, Workspace, read_workspace
from app.words import tr

NEWEST = 5
DAYS = 7
WEEKS = 4
MOST_BYTES = 2 * 1024**3
NEVER_FEWER = 2
_STAMP = "%Y-%m-%dT%H%M%S.%fZ"


def data_folder() -> Path:
    """The user's data folder for Tenfold; the variable TENFOLD_DATA names another one."""
    return Path(os.environ.get("TENFOLD_DATA") or user_data_path("Tenfold", appauthor=False))


def backups_of(data: Path, key: str) -> Path:
    """The folder of one workspace's backups. Raises Damaged for a key that is none of ours: it names a folder."""
    if not re.fullmatch("[0-9a-f]{32}", key):
        raise Damaged(tr("The workspace's own key is no key."), tr("Restore the newest backup of it by its name."))
    return data / "backups" / key


@dataclass(frozen=True)
class Backup:
    """One backup file: when it was made (aware) and its size in bytes."""

    path: Path
    made: datetime
    size: int


def list_backups(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first; files of other names are not ours and stay."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            made = datetime.strptime(path.name.removesuffix(SUFFIX), _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append(Backup(path, made, path.stat().st_size))
    return sorted(found, key=lambda b: b.made, reverse=True)


def make_backup(workspace: Workspace, data: Path, now: datetime) -> Path:
    """Back the open workspace up, check the copy, thin the older ones; gives the new file.

    `now` is the machine's moment, not the workspace's day. Raises ReadOnly where the data folder can't be
    written, Damaged where the copy does not hold (it is then removed).
    """
    return _add(workspace.path, backups_of(data, workspace.settings.key), now, _must_hold)


def save_copy(workspace: Workspace, target: Path) -> Path:
    """Copy the open workspace to a new file, opened and checked; gives its path, which ends in `.tenfold`.

    It is the file itself: cards that are sealed here are in it. Raises Refused where a file of that name is there,
    ReadOnly where it can't be written, Damaged where the copy does not hold (it is then removed).
    """
    target = target if target.suffix == SUFFIX else target.with_name(target.name + SUFFIX)
    if target.exists():
        raise Refused(tr("{path} exists already.").format(path=target), tr("Choose another name."))
    aside = target.with_name(f".{target.name}.part")
    try:
        try:
            _copy(workspace.path, aside)
            _must_hold(aside)
            take_place(aside, target)
        finally:
            _remove(aside)
    except OSError as error:
        raise ReadOnly(
            tr("The copy could not be written to {path}: {why}.").format(path=target, why=error.strerror),
            tr("Choose another folder."),
        ) from error
    return target


def _add(source: Path, folder: Path, now: datetime, check: Callable[[Path], None]) -> Path:
    """Copy aside, check the copy, then let it count and thin the older ones."""
    target = folder / (now.astimezone(UTC).strftime(_STAMP) + SUFFIX)
    aside = target.with_name(f".{target.name}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            _copy(source, aside)
            check(aside)
            take_place(aside, target)
        finally:
            _remove(aside)
    except OSError as error:
        raise ReadOnly(
            tr("The backup could not be written to {folder}: {why}.").format(folder=folder, why=error.strerror),
            tr("Free some space there, or set TENFOLD_DATA to another folder."),
        ) from error
    thin(folder)
    return target


def _remove(aside: Path) -> None:
    for left in (aside, *sqlite.sidecars(aside)):
        left.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """Copy through a reader of its own, so that writing goes on meanwhile."""
    engine = sqlite.connect(source, writing=False)
    try:
        sqlite.copy_database(engine, target)
    finally:
        engine.dispose()


def _must_hold(copy: Path) -> None:
    opened = read_workspace(copy)
    try:
        findings = check_workspace(opened)
    finally:
        opened.close()
    if findings:
        raise Damaged(
            tr("The backup does not hold: {what}").format(what=findings[0].sentence),
            tr("Run “tenfold check” on the workspace itself."),
        )


def copy_before_migration(path: Path, data: Path) -> Path:
    """Back a file of an older schema up before it is migrated; what can be checked without its tables is checked.

    Raises Damaged where the file or its copy does not hold, ReadOnly where the data folder can't be written, Busy.
    """
    engine = sqlite.connect(path, writing=False)
    try:
        with sqlite.transaction(engine, path) as connection:
            key = connection.exec_driver_sql("SELECT key FROM workspace").scalar()
    finally:
        engine.dispose()
    return _add(path, backups_of(data, str(key)), datetime.now(UTC), _must_be_whole)


def _must_be_whole(copy: Path) -> None:
    sqlite.read_header(copy)
    engine = sqlite.connect(copy, writing=False)
    try:
        with sqlite.transaction(engine, copy) as connection:
            problems = sqlite.integrity(connection)
    finally:
        engine.dispose()
    if problems:
        raise sqlite.damaged(copy, problems[0])


def to_keep(backups: Sequence[Backup]) -> set[Path]:
    """Which to keep: the 5 newest, the newest of each day for a week and of each week for a month, at most 2 GB.

    The newest two are kept whatever their size. Ages count from the newest backup, so that a machine that was
    off for a year loses nothing when it wakes.
    """
    ordered = sorted(backups, key=lambda b: b.made, reverse=True)
    if not ordered:
        return set()
    start = ordered[0].made
    wanted = ordered[:NEWEST]
    wanted += _newest_of_each([b for b in ordered if start - b.made < timedelta(days=DAYS)], "%Y-%j")
    wanted += _newest_of_each([b for b in ordered if start - b.made < timedelta(weeks=WEEKS)], "%G-%V")
    kept: set[Path] = set()
    total = 0
    for backup in sorted(set(wanted), key=lambda b: b.made, reverse=True):
        total += backup.size
        if len(kept) >= NEVER_FEWER and total > MOST_BYTES:
            break
        kept.add(backup.path)
    return kept


def _newest_of_each(ordered: Sequence[Backup], period: str) -> list[Backup]:
    newest: dict[str, Backup] = {}
    for backup in ordered:
        newest.setdefault(backup.made.strftime(period), backup)
    return list(newest.values())


def thin(folder: Path) -> None:
    """Delete the backups that are not to be kept."""
    backups = list_backups(folder)
    keep = to_keep(backups)
    for backup in backups:
        if backup.path not in keep:
            backup.path.unlink(missing_ok=True)


def restore(path: Path, backup: Path, now: datetime) -> Path | None:
    """Put a backup in the place of a closed workspace; what was there is kept beside it and its path is given.

    The backup is checked first. A file that is damaged or missing may be replaced. Nothing but the two files is
    left behind. Raises Busy while the workspace is open anywhere, Damaged or NotAWorkspace for a bad backup,
    Refused for a backup of another workspace.
    """
    path, backup = path.expanduser().absolute(), backup.expanduser().absolute()
    if path.resolve() == backup.resolve():
        raise Refused(tr("The backup and the workspace are the same file."), tr("Name a backup file."))
    _must_hold(backup)
    _must_be_the_same(path, backup)
    with claimed(path):
        aside = path.with_name(f".{path.name}.restored")
        _remove(aside)
        try:
            _copy(backup, aside)
            kept = _set_aside(path, now)
            take_place(aside, path)
        finally:
            _remove(aside)
    return kept


def _must_be_the_same(path: Path, backup: Path) -> None:
    keys = []
    for file in (path, backup):
        try:
            opened = read_workspace(file)
        except (NotAWorkspace, Damaged, ReadOnly):
            return
        keys.append(opened.settings.key)
        opened.close()
    if keys[0] != keys[1]:
        raise Refused(
            tr("{backup} is a backup of another workspace.").format(backup=backup),
            tr("Restore it under a name of its own, or choose a backup of this one."),
        )


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Move the present file, with what its log still holds, out of the way under a name that says when."""
    if not path.exists():
        return None
    name = f"{path.stem} before {now.astimezone(UTC).strftime('%Y-%m-%d %H%M%S')}"
    kept = path.with_name(name + SUFFIX)
    for number in count(2):
        if not kept.exists():
            break
        kept = path.with_name(f"{name} {number}{SUFFIX}")
    try:
        engine = sqlite.connect(path, writing=True)
        try:
            if sqlite.log_of(path).exists() and not sqlite.end_log(engine):
                raise Busy(tr("{path} is in use.").format(path=path), tr("Close Tenfold everywhere, then restore."))
        finally:
            engine.dispose()
    except sqlite.DriverError:  # too damaged to open: keep its bytes and its log as they are
        pass
    path.replace(kept)
    for sidecar in sqlite.sidecars(path):
        if sidecar.exists():
            sidecar.replace(kept.with_name(kept.name + sidecar.name.removeprefix(path.name)))
    return kept
