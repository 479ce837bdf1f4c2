"""Backups: made with SQLite's own backup, opened and checked before they count, thinned by age and size."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.errors import Busy, Damaged, NotAWorkspace, ReadOnly, Refused
from app.store import sqlite
from app.store.check import check_file
from app.store.claim import claimed
from app.store.file_identity import BESIDE
from app.store.files import give_name, make_durable, must_be_replaceable, second_name, take_place
from app.store.header import full_path, read_header
from app.store.partial_files import make_private_folder, part_of
from app.store.sqlite_errors import DriverError, damaged
from app.store.workspace import SUFFIX, Workspace, read_workspace
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


def make_backup(workspace: Workspace, data: Path, now: datetime) -> Path:
    """Back the open workspace up, check the copy, thin the older ones; gives the new file.

    `now` is the machine's moment, not the workspace's day. Raises ReadOnly where the data folder can't be
    written, Damaged where the copy does not hold: it is kept and marked, and thins none that holds.
    """
    workspace.must_be_there()
    made, finding = _add(
        workspace.path, backups_of(data, workspace.settings.key), now, _finding_in, workspace.must_be_there
    )
    if finding:
        raise Damaged(
            tr("The workspace is backed up to {path}, but it does not hold: {what}").format(path=made, what=finding),
            tr("Backups that held were all kept. Run “tenfold check” on the workspace."),
        )
    return made


def save_copy(workspace: Workspace, target: Path) -> Path:
    """Copy the open workspace to a new file, opened and checked; gives its path, which ends in `.tenfold`.

    It is the file itself: cards that are sealed here are in it. Raises Refused where a file of that name is there,
    ReadOnly where it can't be written, Damaged where the copy does not hold (it is then removed).
    """
    target = target if target.suffix == SUFFIX else target.with_name(target.name + SUFFIX)
    if target.exists():
        raise Refused(tr("{path} exists already.").format(path=target), tr("Choose another name."))
    workspace.must_be_there()
    try:
        with part_of(target) as aside:
            _copy(workspace.path, aside)
            workspace.must_be_there()
            _must_hold(aside)
            give_name(aside, target)
    except OSError as error:
        raise ReadOnly(
            tr("The copy could not be written to {path}: {why}.").format(path=target, why=error.strerror),
            tr("Choose another folder."),
        ) from error
    return target


def _add(
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
            _copy(source, aside)
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


def _copy(source: Path, target: Path) -> None:
    """Copy through a reader of its own, so that writing goes on meanwhile."""
    engine = sqlite.connect(source, writing=False)
    try:
        sqlite.copy_database(engine, target)
    finally:
        engine.dispose()


def _finding_in(copy: Path) -> str:
    """The first thing that does not hold in a copy, in words; empty where it holds."""
    findings = check_file(copy)
    return findings[0].sentence if findings else ""


def _must_hold(copy: Path) -> None:
    finding = _finding_in(copy)
    if finding:
        raise Damaged(
            tr("The backup does not hold: {what}").format(what=finding),
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
    return _add(path, backups_of(data, str(key)), datetime.now(UTC), _must_be_whole)[0]


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


def restore(path: Path, backup: Path, now: datetime) -> Path | None:
    """Put a backup in the place of a closed workspace; what was there is kept beside it and its path is given.

    The backup is checked first. A file that is damaged or missing may be replaced. Nothing but the two files is
    left behind. Raises Busy while the workspace is open anywhere, Damaged or NotAWorkspace for a bad backup,
    Refused for a backup of another workspace.
    """
    path, backup = path.expanduser().absolute(), full_path(backup)
    must_be_replaceable(path)
    if full_path(path) == backup:
        raise Refused(tr("The backup and the workspace are the same file."), tr("Name a backup file."))
    _must_hold(backup)
    _must_be_the_same(path, backup)
    with claimed(path), _written_to(path), part_of(path) as aside:
        _copy(backup, aside)
        kept = _keep(path, now)
        take_place(aside, path)
    return kept


@dataclass(frozen=True)
class Reach:
    """How far a file's history goes: its number of rows and when the last was written, UTC as text."""

    rows: int
    last: str


def reach(path: Path) -> Reach | None:
    """How far what a file holds goes; None where it can't be read."""
    try:
        workspace = read_workspace(path)
    except Refused:
        return None
    try:
        with workspace.read() as connection:
            rows, last = connection.exec_driver_sql("SELECT count(*), coalesce(max(at), '') FROM history").one()
    except Refused:
        return None
    finally:
        workspace.close()
    return Reach(int(rows), str(last))


@contextmanager
def _written_to(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ReadOnly(
            tr("{path} could not be restored: {why}.").format(path=path, why=error.strerror or error),
            tr("Free some space there, or restore it into another folder. It was left as it was."),
        ) from error


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


def _keep(path: Path, now: datetime) -> Path | None:
    """Give the present file, with what its log still holds, a second name that says when: its own may then go to
    another file in one move. None where there is no file."""
    if not path.exists():
        return None
    name = f"{path.stem} before {now.astimezone(UTC).strftime('%Y-%m-%d %H%M%S')}"
    kept = path.with_name(name + SUFFIX)
    for number in count(2):
        if not kept.exists():
            break
        kept = path.with_name(f"{name} {number}{SUFFIX}")
    _fold(path)
    for tail in ("", *BESIDE):
        present = path.with_name(path.name + tail)
        if present.exists():
            second_name(present, kept.with_name(kept.name + tail))
    make_durable(path.parent)
    for beside in sqlite.sidecars(path):  # a log that is left would be played onto the file that comes
        beside.unlink(missing_ok=True)
    return kept


def _fold(path: Path) -> None:
    """Bring the log into the file. One that is too damaged to open keeps its bytes and its log. Raises Busy."""
    engine = sqlite.connect(path, writing=True)
    try:
        if sqlite.log_of(path).exists() and not sqlite.end_log(engine):
            raise Busy(tr("{path} is in use.").format(path=path), tr("Close Tenfold everywhere, then restore."))
    except (DriverError, DBAPIError):
        pass
    finally:
        engine.dispose()
