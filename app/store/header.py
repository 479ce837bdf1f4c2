"""What can be known of a file before SQLite opens it: whether it is a workspace at all, and of which schema."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from app.errors import Busy, NotAWorkspace, ReadOnly
from app.store import sqlite
from app.store.file_identity import held_here
from app.store.files import MAGIC, kind_of, open_ordinary
from app.store.sqlite_errors import damaged
from app.words import tr

SUFFIX = ".tenfold"
_LOGGED = 2  # the header's byte 18 of a file with a write-ahead log


@dataclass(frozen=True)
class Header:
    """What the first hundred bytes of a workspace say."""

    schema: int


def read_header(path: Path) -> Header:
    """Read the file's header without SQLite; of a file this process has open, which is ours, nothing is read.

    Raises NotAWorkspace, Damaged or ReadOnly, each with a sentence, and Busy for a file that is open, or was left
    open, under another name; the file is not touched.
    """
    if held_here(path):
        if _lacks_log(path):
            raise _under_another_name(path)
        return Header(schema=sqlite.SCHEMA)
    head = _first_bytes(path)
    if head[:16] != MAGIC or int.from_bytes(head[68:72], "big") != sqlite.APPLICATION_ID:
        raise NotAWorkspace(
            tr("{path} is not a Tenfold workspace.").format(path=path),
            tr("Open a file that ends in .tenfold, or create a new workspace."),
        )
    if len(head) < 100 or _is_cut_short(path, head):
        raise damaged(path, tr("it is shorter than it says"))
    if head[18] == _LOGGED and _lacks_log(path):
        raise _under_another_name(path)
    return Header(schema=int.from_bytes(head[60:64], "big"))


def _lacks_log(path: Path) -> bool:
    """Whether the file has a second name, beside which a log would lie: none lies beside this one."""
    return path.stat().st_nlink > 1 and not sqlite.log_of(path).exists()


def _under_another_name(path: Path) -> Busy:
    return Busy(
        tr("{path} has a second name, and is open under it or was not closed there.").format(path=path),
        tr("Open it under its other name, and close it there. Then remove one of the names."),
    )


def full_path(path: Path) -> Path:
    """The file a name leads to. Raises NotAWorkspace for a name that leads nowhere by its own fault."""
    try:
        found = path.expanduser().resolve()
        found.stat()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return found
    except (OSError, RuntimeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else tr("it leads nowhere")
        raise NotAWorkspace(
            tr("{path} is no file: {why}.").format(path=path, why=why), tr("Check the name.")
        ) from error
    return found


def _first_bytes(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise NotAWorkspace(
                tr("{path} is {what}, not a workspace.").format(path=path, what=kind_of(mode)),
                tr("Choose a file in it.") if stat.S_ISDIR(mode) else tr("Choose a file that ends in .tenfold."),
            )
        with open_ordinary(path) as file:
            return file.read(100)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotAWorkspace(
            tr("There is no file {path}.").format(path=path), tr("Check the name, or create a new workspace.")
        ) from error
    except PermissionError as error:
        raise ReadOnly(
            tr("{path} may not be read by you.").format(path=path),
            tr("Ask its owner for permission, or copy it to a folder of yours."),
        ) from error
    except OSError as error:
        raise ReadOnly(
            tr("{path} can’t be read: {why}.").format(path=path, why=error.strerror or error),
            tr("Copy it to another disk, and open the copy."),
        ) from error


def _is_cut_short(path: Path, head: bytes) -> bool:
    """A header counts its pages; a file with a log or a rollback journal beside it may rightly be shorter."""
    size = int.from_bytes(head[16:18], "big")
    page = 65536 if size == 1 else size
    pages = int.from_bytes(head[28:32], "big")
    return not sqlite.log_of(path).exists() and not sqlite.was_cut_off(path) and path.stat().st_size < page * pages
