"""A file or folder that is whole before it has its name, where writing it and naming it are two pieces of work.

A window writes it beside what is shown, and gives it its name with the record that it left.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.errors import Refused
from app.store.files import create_private, make_durable, must_be_free, take_place, written_to
from app.store.partial_files import forget, make_private_folder, remember
from app.words import tr


@dataclass(frozen=True)
class WrittenAside:
    """What lies at `path` and is to be `target`. `record` has it cleared away after a kill."""

    path: Path
    target: Path
    record: Path | None

    def take_place(self) -> None:
        """Give it its name. Raises ReadOnly."""
        with written_to(self.target):
            if self.path.is_dir() and self.target.is_dir():
                self.target.rmdir()  # it is empty; not every system renames onto it
            take_place(self.path, self.target)

    def let_go(self) -> None:
        """Forget about it; what has no name yet goes."""
        forget(self.path, self.record)


@contextmanager
def file_aside(target: Path) -> Iterator[tuple[WrittenAside, BinaryIO]]:
    """A file that its owner alone may read, to be written in the block and durable after it.

    It goes where the block fails. Raises Refused where `target` may not be replaced, ReadOnly.
    """
    must_be_free(target)
    with written_to(target), _aside(target) as written:
        create_private(written.path)
        with written.path.open("r+b") as out:
            yield written, out
            out.flush()
            os.fsync(out.fileno())


@contextmanager
def folder_aside(target: Path) -> Iterator[WrittenAside]:
    """A folder into which its owner alone may look, to be filled in the block; it goes where the block fails.

    Raises Refused where `target` is there and is no empty folder, ReadOnly.
    """
    must_be_new(target)
    with written_to(target), _aside(target) as written:
        make_private_folder(written.path)
        yield written
        make_durable(written.path)


def must_be_new(target: Path) -> None:
    """Raises Refused where something lies there, but for an empty folder."""
    try:
        there = target.is_symlink() or (target.exists() and not (target.is_dir() and not any(target.iterdir())))
    except (OSError, ValueError):  # writing says what is wrong
        return
    if there:
        raise Refused(
            tr("{path} is there already. It was left as it is.").format(path=target),
            tr("Choose a new folder, or an empty one."),
        )


@contextmanager
def _aside(target: Path) -> Iterator[WrittenAside]:
    path = target.absolute().with_name(f".{target.name[:40]}.{os.urandom(4).hex()}.part")
    written = WrittenAside(path, target, remember(path))
    try:
        yield written
    except BaseException:
        written.let_go()
        raise
