"""Backups: made with SQLite's own backup, opened and checked before they count, thinned by age and size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.errors import Busy, Damaged, NotAWorkspace, ReadOnly, Refused
from app.store import sqlite
from app.store.backup_folder import add_backup, backups_of, copy_file
from app.store.check import check_file
from app.store.claim import claimed
from app.store.deleted_words import clear_backups
from app.store.file_identity import BESIDE
from app.store.files import give_name, make_durable, must_be_replaceable, second_name, take_place
from app.store.header import SUFFIX, full_path
from app.store.partial_files import part_of
from app.store.sqlite_errors import DriverError
from app.store.workspace import Workspace, read_workspace
from app.words import tr


def make_backup(workspace: Workspace, data: Path, now: datetime) -> Path:
    """Back the open workspace up, check the copy, thin the older ones; gives the new file.

    `now` is the machine's moment, not the workspace's day. Raises ReadOnly where the data folder can't be
    written, Damaged where the copy does not hold: it is kept and marked, and thins none that holds.
    """
    workspace.must_be_there()
    made, finding = add_backup(
        workspace.path, backups_of(data, workspace.settings.key), now, _finding_in, workspace.must_be_there
    )
    clear_backups(workspace, data)  # the copy may have begun before something was deleted for good
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
            copy_file(workspace.path, aside)
            workspace.must_be_there()
            _must_hold(aside)
            give_name(aside, target)
    except OSError as error:
        raise ReadOnly(
            tr("The copy could not be written to {path}: {why}.").format(path=target, why=error.strerror),
            tr("Choose another folder."),
        ) from error
    return target


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
        copy_file(backup, aside)
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
