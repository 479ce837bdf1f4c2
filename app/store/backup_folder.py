"""A folder of backups: what lies there, a further copy that is checked before it counts, and which are kept."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.errors import Damaged, ReadOnly
from app.store import sqlite
from app.store.files import take_place
from app.store.header import SUFFIX, read_header
from app.store.partial_files import make_private_folder, part_of
from app.store.sqlite_errors import damaged
from app.words import tr

NEWEST = 5
DAYS = 7
WEEKS = 4
MOST_BYTES = 2 * 1024**3
NEVER_FEWER = 2
_STAMP = "%Y-%m-%dT%H%M%S.%fZ"
_FINDINGS = " with findings"
_NAME = re.compile(
    r"(?:(?P<order>\d{6,}) )?(?P<stamp>[^ ]+Z)(?: (?P<line>[0-9a-f]{8}))?(?P<findings>" + _FINDINGS + r")?\.tenfold"
)


def backups_of(data: Path, key: str) -> Path:
    """The folder of one workspace's backups. Raises Damaged for a key that is none of ours: it names a folder."""
    if not re.fullmatch("[0-9a-f]{32}", key):
        raise Damaged(tr("The workspace's own key is no key."), tr("Restore the newest backup of it by its name."))
    return data / "backups" / key


@dataclass(frozen=True)
class Backup:
    """One backup file: when it was made (aware) and its size in bytes.

    `order` counts up with each backup of a folder, whatever the clock says; `line` tells the copies of a workspace
    apart, which have one key; `sound` is False where the check found something in it.
    """

    path: Path
    made: datetime
    size: int
    order: int = 0
    line: str = ""
    sound: bool = True


def list_backups(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first; files of other names are not ours and stay."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        parts = _NAME.fullmatch(path.name)
        try:
            made = datetime.strptime(parts["stamp"], _STAMP).replace(tzinfo=UTC) if parts else None
            size = path.stat().st_size
        except (ValueError, OSError):
            continue
        if parts and made:
            order, line = int(parts["order"] or 0), parts["line"] or ""
            found.append(Backup(path, made, size, order, line, not parts["findings"]))
    return sorted(found, key=_age, reverse=True)


def _age(backup: Backup) -> tuple[int, datetime]:
    """The clock may have been ahead once; the order of what was made before there was one is the clock's."""
    return backup.order, backup.made


def add_backup(
    source: Path, folder: Path, now: datetime, check: Callable[[Path], str], still: Callable[[], None] = lambda: None
) -> tuple[Path, str]:
    """Copy aside, check the copy, then let it count and thin the older ones; gives it and what the check found.

    `still` raises where the source is no longer what was to be copied.
    """
    stamp = now.astimezone(UTC).strftime(_STAMP)
    line = hashlib.sha256(os.fsencode(source)).hexdigest()[:8]
    try:
        make_private_folder(folder)
        with part_of(folder / stamp) as aside:
            copy_file(source, aside)
            still()
            finding = check(aside)
            order = max((b.order for b in list_backups(folder)), default=0) + 1
            target = folder / f"{order:06} {stamp} {line}{_FINDINGS if finding else ''}{SUFFIX}"
            take_place(aside, target)
    except OSError as error:
        raise ReadOnly(
            tr("The backup could not be written to {folder}: {why}.").format(folder=folder, why=error.strerror),
            tr("Free some space there, or set TENFOLD_DATA to another folder."),
        ) from error
    thin(folder, target)
    return target, finding


def copy_file(source: Path, target: Path) -> None:
    """Copy through a reader of its own, so that writing goes on meanwhile."""
    engine = sqlite.connect(source, writing=False)
    try:
        sqlite.copy_database(engine, target)
    finally:
        engine.dispose()


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
    return add_backup(path, backups_of(data, str(key)), datetime.now(UTC), _must_be_whole)[0]


def _must_be_whole(copy: Path) -> str:
    read_header(copy)
    engine = sqlite.connect(copy, writing=False)
    try:
        with sqlite.transaction(engine, copy) as connection:
            problems = sqlite.integrity(connection)
    finally:
        engine.dispose()
    if problems:
        raise damaged(copy, problems[0])
    return ""


def to_keep(backups: Sequence[Backup]) -> set[Path]:
    """Which to keep: the 5 newest, the newest of each day for a week and of each week for a month, at most 2 GB.

    The newest two are kept whatever their size. Ages count from the newest backup, so that a machine that was
    off for a year loses nothing when it wakes; one whose clock was ahead then is as far away as one behind.
    """
    ordered = sorted(backups, key=_age, reverse=True)
    if not ordered:
        return set()
    start = ordered[0].made
    wanted = ordered[:NEWEST]
    wanted += _newest_of_each([b for b in ordered if abs(start - b.made) < timedelta(days=DAYS)], "%Y-%j")
    wanted += _newest_of_each([b for b in ordered if abs(start - b.made) < timedelta(weeks=WEEKS)], "%G-%V")
    kept: set[Path] = set()
    total = 0
    for backup in sorted(set(wanted), key=_age, reverse=True):
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


def thin(folder: Path, made: Path) -> None:
    """Delete the backups that are not to be kept, among those of the same file that hold, or do not, like the one that
    was just made: that one stays."""
    backups = list_backups(folder)
    newest = next((b for b in backups if b.path == made), None)
    if newest is None:
        return
    like = [b for b in backups if (b.line, b.sound) == (newest.line, newest.sound)]
    keep = to_keep(like) | {made}
    for backup in like:
        if backup.path not in keep:
            backup.path.unlink(missing_ok=True)
