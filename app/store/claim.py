"""The claim on a workspace: a lock file beside it, which the system frees when its holder is killed.

A window holds it while it is open. Whoever holds it folds the log into the file; a command beside a window adds to
the log and leaves it there.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, SoftFileLock, Timeout
from sqlalchemy import Engine

from app.errors import Busy, ReadOnly, Refused
from app.store import sqlite
from app.store.file_identity import held_here
from app.words import tr

_WAIT = 1.0  # seconds: a command that is just ending holds it for some milliseconds
_SHARED_MEMORY_IN_USE = 128  # the byte of "-shm" that SQLite keeps locked for as long as somebody has the log open


def claim(path: Path, *, wait: bool = True) -> FileLock:
    """Take the claim on a workspace. Raises Busy where somebody else keeps it."""
    lock = FileLock(path.with_name(f".{path.name}.lock"), thread_local=False)
    try:
        lock.acquire(timeout=_WAIT if wait else 0)
    except Timeout as error:
        raise open_elsewhere(path) from error
    except (OSError, NotImplementedError) as error:
        raise ReadOnly(
            tr("{path} can’t be kept for one window: {why}.").format(
                path=path, why=getattr(error, "strerror", None) or tr("this disk keeps no locks")
            ),
            tr("Copy the workspace to a folder on this machine that you may write to, and open it there."),
        ) from error
    return lock


def let_go(lock: FileLock) -> None:
    """The file goes while the lock is still held, so that nobody can claim a file that is about to vanish. It stays
    beside a log that was left: it says whose log that is."""
    held = Path(lock.lock_file)
    if sqlite.log_of(held.with_name(held.name[1:].removesuffix(".lock"))).exists():
        lock.release()
        return
    with contextlib.suppress(PermissionError):  # Windows keeps a file that is held
        Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()


def note_files(lock: FileLock, path: Path) -> None:
    """Write into the claim which file and log belong together: after a kill, another file may come to the log."""
    if isinstance(lock, SoftFileLock):  # a disk without such locks: there its own words are in the file
        return
    with contextlib.suppress(OSError):
        Path(lock.lock_file).write_text(_pair(path), "ascii")


def must_be_its_log(path: Path, *, mending: bool = False) -> None:
    """Raises Refused where the log beside a file is of the file that lay there before: it would be played onto this
    one. With `mending` the log is first put aside, so that the file can be opened as it is."""
    log = sqlite.log_of(path)
    try:
        noted = path.with_name(f".{path.name}.lock").read_text("ascii", errors="replace").split()
        now = _pair(path).split()
    except OSError:
        return
    if len(noted) != 2 or noted[1] != now[1] or noted[0] == now[0] or log.stat().st_size == 0:
        return
    sentence = tr("Another file was put in the place of {path} while it was open: the log beside it is not its own.")
    if not mending:
        raise Refused(
            sentence.format(path=path),
            tr("Close the window that has it, where there is one, then open it in Tenfold once."),
        )
    kept = log.with_name(f"{log.name}.kept")
    log.replace(kept)
    log.with_name(path.name + "-shm").unlink(missing_ok=True)
    raise Refused(
        sentence.format(path=path),
        tr("The log of the file before is kept as {kept}. Open {path} again: it is as it was put there.").format(
            kept=kept.name, path=path
        ),
    )


def _pair(path: Path) -> str:
    """File and log by what they are; a copy of a whole folder has two others, a file that was replaced has one."""
    return " ".join(f"{s.st_dev}:{s.st_ino}" for s in (path.stat(), sqlite.log_of(path).stat()))


@contextmanager
def claimed(path: Path) -> Iterator[None]:
    """Nobody else may open a window on `path` while the block runs. Raises Busy where somebody has."""
    lock = claim(path)
    try:
        yield
    finally:
        let_go(lock)


@contextmanager
def claimed_if_free(path: Path) -> Iterator[bool]:
    """Whether the claim could be taken, for the block."""
    try:
        lock = claim(path, wait=False)
    except (Busy, ReadOnly):  # a folder one may not write to has no claims
        yield False
        return
    try:
        yield True
    finally:
        let_go(lock)


def close_file(engine: Engine, path: Path, lock: FileLock | None) -> None:
    """Fold the log into the file and close it, where that is ours to do; else leave the log to who has the file."""
    if lock is not None:
        sqlite.end_log(engine)
    elif sqlite.is_logged(engine):
        with claimed_if_free(path) as free:
            if free:
                sqlite.end_log(engine)
            else:
                sqlite.leave_log(engine, path)
            engine.dispose()
    engine.dispose()


def open_elsewhere(path: Path) -> Busy:
    """The sentence for a workspace that a window has."""
    return Busy(
        tr("{path} is open in another window.").format(path=path),
        tr("Use that window, or close it first."),
    )


def must_be_guarded(path: Path) -> None:
    """Look whether the window that has the file still holds SQLite's locks on it, before anything is written.

    A program that opened and closed one of its files inside the window's process has dropped them; SQLite would then
    start the log anew under the window. Raises Busy.
    """
    until = time.monotonic() + _WAIT
    while not is_guarded(path):
        if time.monotonic() > until:
            raise Busy(
                tr("{path} is open in a window that has lost its hold on the file.").format(path=path),
                tr("Close that window, then try again. Nothing was changed."),
            )
        time.sleep(0.05)  # it is being opened or closed


def is_guarded(path: Path) -> bool:
    """Whether SQLite's locks are held by the window that has the file, or no window has it."""
    if sys.platform == "win32" or held_here(path):
        return True
    import fcntl  # noqa: PLC0415  (not on Windows)

    try:
        shared = os.open(path.with_name(path.name + "-shm"), os.O_RDWR)
    except OSError:  # nobody has a log
        return True
    try:
        fcntl.lockf(shared, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _SHARED_MEMORY_IN_USE)
    except OSError:
        return True
    finally:
        os.close(shared)
    with claimed_if_free(path) as free:
        return free
