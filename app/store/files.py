"""Writing a file so that a reader finds the old one or the new one, never half of either."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from app.errors import ReadOnly
from app.words import tr


def replace_file(target: Path, content: bytes) -> None:
    """Write `content` aside, make it durable, and put it in place of `target` in one move.

    Raises ReadOnly when the folder or file cannot be written.
    """
    try:
        handle, aside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            take_place(Path(aside), target)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ReadOnly(
            tr("{path} could not be written: {why}.").format(path=target, why=error.strerror or error),
            tr("Choose another folder, or free some space."),
        ) from error


def take_place(aside: Path, target: Path) -> None:
    """Rename `aside` over `target` and make the rename itself durable."""
    aside.replace(target)
    make_durable(target.parent)


def make_durable(folder: Path) -> None:
    """Flush a folder's entries; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
