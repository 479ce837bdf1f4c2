"""Where an open workspace lies: whether its file and log are still the ones it opened.

SQLite does not notice that its file was moved, deleted or replaced under it; and closing any descriptor of the file
drops all locks of this process on it. So an open file is known here by device and inode, and nobody else opens it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from app.errors import Refused, Replaced
from app.words import tr

Mark = tuple[int, int]
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite appends to a database's name for the files it puts beside it."""
_open: list[FileIdentity] = []


def held_here(path: Path) -> bool:
    """Whether an open workspace of this process has this file, under whatever name, or one SQLite put beside it."""
    if not _open:
        return False
    mark = _mark(path)
    return mark is not None and any(mark in identity.marks() for identity in _open)


def must_not_be_held(path: Path) -> None:
    """Raises Refused for a file of the open workspace: it must not be opened as an ordinary file."""
    if held_here(path):
        raise Refused(
            tr("{path} is the workspace that is open here.").format(path=path),
            tr("Choose another file; Settings saves a copy of the workspace."),
        )


class FileIdentity:
    """The file, log and shared memory of a workspace, as they were when it was opened."""

    def __init__(self, path: Path, *, alone: bool) -> None:
        """`alone`: nobody else writes to the file itself, so that its size and time say whether somebody did."""
        self.path = path
        self._alone = alone and os.name != "nt"  # Windows sets the time of an open file when it likes
        self._file = _mark(path)
        self._log = _mark(_beside(path, "-wal"))
        self._marks = [m for m in (self._file, *(_mark(_beside(path, tail)) for tail in BESIDE)) if m is not None]
        self._written = _written(path)
        _open.append(self)

    def leave(self) -> None:
        """The workspace is closed: its files are like any others."""
        if self in _open:
            _open.remove(self)
        self._marks = []

    def marks(self) -> set[Mark | None]:
        """The file that was opened, and what lies beside it now: a journal that SQLite has deleted meanwhile gives its
        number to the next file somebody makes."""
        return {self._file, *(_mark(_beside(self.path, tail)) for tail in BESIDE)}

    def is_there(self) -> bool:
        """Whether the file under the name is the one that was opened."""
        return _mark(self.path) == self._file

    def seems_there(self) -> bool:
        """Whether neither the file nor its log is another one, and nobody else seems to have written to the file."""
        try:
            self.must_be_untouched()
        except Replaced:
            return False
        return True

    def must_be_there(self) -> None:
        """Raises Replaced where another file, or none, lies under the name of the file or of its log."""
        now = _mark(self.path)
        if now is None:
            raise _replaced(self.path, tr("{path} was moved or deleted while it was open."))
        if now != self._file:
            raise _replaced(self.path, tr("Another file was put in the place of {path} while it was open."))
        if self._log is not None and _mark(_beside(self.path, "-wal")) != self._log:
            raise _replaced(self.path, tr("The log beside {path} was taken away while it was open."))

    def must_be_untouched(self) -> None:
        """The same, and nobody else has written into the file. Called by the one who writes, between his writes."""
        self.must_be_there()
        if self._alone and _written(self.path) != self._written:
            raise _replaced(self.path, tr("Another program wrote to {path} while it was open."))

    def note_written(self) -> None:
        """The file was written to by its own workspace."""
        self._written = _written(self.path)

    def part_from_log(self, *, keep: bool) -> None:
        """Take a log that belongs to this workspace from beside a file that is another one: it would be played onto
        it. It is kept under another name where what it holds is nowhere else."""
        for tail in BESIDE:
            beside = _beside(self.path, tail)
            if _mark(beside) not in self._marks and not _is_empty(beside):  # SQLite may have begun a new log
                continue
            if keep and tail == "-wal":
                beside.replace(beside.with_name(f"{beside.name}.kept"))
            else:
                beside.unlink(missing_ok=True)


def _replaced(path: Path, sentence: str) -> Replaced:
    return Replaced(sentence.format(path=path), tr("Nothing more is saved to it."))


def _beside(path: Path, tail: str) -> Path:
    return path.with_name(path.name + tail)


def _is_empty(path: Path) -> bool:
    written = _written(path)
    return written is not None and written[0] == 0


def _mark(path: Path) -> Mark | None:
    """Of a file that a workspace may be; a pipe can get the inode of a log that SQLite has deleted since."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def _written(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
