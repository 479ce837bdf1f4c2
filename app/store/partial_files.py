"""What is being written lies beside its place until it is whole; what a kill leaves goes with the next start.

A record of each part lies in the data folder, named by the process that writes it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_data_path

from app.errors import ReadOnly
from app.words import tr

_TAILS = ("", "-wal", "-shm", "-journal")
_OLD = 24 * 3600.0  # seconds: where nobody says whether a process runs


def data_folder() -> Path:
    """The user's data folder for Tenfold; the variable TENFOLD_DATA names another one."""
    return Path(os.environ.get("TENFOLD_DATA") or user_data_path("Tenfold", appauthor=False))


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it, that only its owner may look into; where it is there it becomes so.

    Raises OSError.
    """
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
    if folder != Path.home():
        with contextlib.suppress(OSError, NotImplementedError):  # somebody else's, or a disk without such rights
            folder.chmod(0o700)


def no_folder(folder: Path, error: OSError) -> ReadOnly:
    """The sentence for a folder of Tenfold's own that can't be made or written."""
    return ReadOnly(
        tr("Tenfold can't write in {folder}: {why}.").format(folder=folder, why=error.strerror or error),
        tr("Make it yours, or set TENFOLD_DATA to another folder. Until then there are no backups, and what you")
        + " "
        + tr("choose here is not kept."),
    )


def must_be_writable(folder: Path) -> None:
    """Raises ReadOnly where one of Tenfold's own folders can't be made, or written."""
    try:
        make_private_folder(folder)
        probe = folder / f".{os.urandom(4).hex()}.part"
        probe.touch(mode=0o600)
        probe.unlink()
    except OSError as error:
        raise no_folder(folder, error) from error


@contextmanager
def part_of(target: Path) -> Iterator[Path]:
    """Where to write what is to become `target`; what still lies there when the block is left is removed."""
    aside = target.with_name(f".{target.name[:40]}.{os.urandom(4).hex()}.part")
    with remembered(aside):
        yield aside


@contextmanager
def remembered(place: Path) -> Iterator[None]:
    """A file or folder that is gone when the block is left, or, after a kill, with the next start."""
    record = remember(place)
    try:
        yield
    finally:
        forget(place, record)


def remember(place: Path) -> Path | None:
    """Note what has to go; None where nothing can be written in the data folder."""
    folder = data_folder() / "parts"
    record = folder / f"{os.getpid()}-{os.urandom(8).hex()}"
    try:
        make_private_folder(folder)
        record.write_text(str(place.absolute()), "utf-8", errors="surrogateescape")
    except OSError:
        return None
    return record


def forget(place: Path, record: Path | None) -> None:
    """Remove it, and the note about it."""
    _remove(place)
    if record is not None:
        with contextlib.suppress(OSError):
            record.unlink(missing_ok=True)


def sweep() -> None:
    """Remove what killed processes left half written; called at a start."""
    parts = [part for folder in _listed(data_folder() / "backups") for part in _listed(folder)]
    being_written: set[Path] = set()
    for record in _listed(data_folder() / "parts"):
        process, _, _ = record.name.partition("-")
        with contextlib.suppress(OSError, ValueError):
            place = Path(record.read_text("utf-8", errors="surrogateescape"))
            if not process.isdecimal() or _runs(int(process), record):
                being_written.add(place)
                continue
            if place.name.endswith(".part") or place.name.startswith("tenfold-files-"):
                _remove(place)
            record.unlink()
    for part in parts:  # of a program that kept no records
        if part.name.startswith(".") and part.name.endswith(".part") and part.absolute() not in being_written:
            _remove(part)


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _runs(process: int, record: Path) -> bool:
    if sys.platform == "win32":  # asking after a process ends it there
        return time.time() - record.stat().st_mtime < _OLD
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place, ignore_errors=True)
        return
    with contextlib.suppress(OSError):
        for tail in _TAILS:
            place.with_name(place.name + tail).unlink(missing_ok=True)
        place.with_name(f".{place.name}.lock").unlink(missing_ok=True)  # stays beside a log that was left
