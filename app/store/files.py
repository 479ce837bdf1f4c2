"""Writing a file so that a reader finds the old one or the new one, never half of either."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
import sys
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.errors import ReadOnly, Refused
from app.store.file_identity import BESIDE, held_here, must_not_be_held
from app.store.partial_files import part_of
from app.words import tr

_LONGEST = 200  # bytes of a file name that every system takes, with room for what is put before and behind it
_BINARY = getattr(os, "O_BINARY", 0)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
MAGIC = b"SQLite format 3\x00"
STANDARD_OUTPUT = Path("-")
"""Where a command writes when it is to write no file."""


def replace_file(target: Path, content: bytes) -> None:
    """Write `content` aside, make it durable, and put it in place of `target` in one move.

    Raises ReadOnly when the folder or file cannot be written, Refused when a database would be lost: no packet,
    attached file or preference ever takes the place of a workspace.
    """
    with _put_in_place(target, content):
        pass


@contextmanager
def _put_in_place(target: Path, content: bytes) -> Iterator[None]:
    """Write aside, do the block, and rename."""
    if target == STANDARD_OUTPUT:
        out = _standard_output()
        yield
        out.write(content)
        out.flush()
        return
    must_be_free(target)
    with written_to(target), part_of(target) as aside:
        with aside.open("xb") as out:  # readable by whom the folder's ways say
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        yield
        take_place(aside, target)


def must_be_free(target: Path) -> None:
    """Raises Refused where something lies whose place no file may take."""
    must_be_replaceable(target)
    if _belongs_to_database(target):
        raise Refused(
            tr("{path} is a workspace or another database, or a part of one. It was left as it is.").format(
                path=target
            ),
            tr("Choose another name."),
        )


@contextmanager
def written_to(target: Path) -> Iterator[None]:
    """What the system refuses in the block becomes a sentence about `target`: ReadOnly."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise _unspeakable(target) from error
    except OSError as error:
        raise ReadOnly(
            tr("{path} could not be written: {why}.").format(path=target, why=error.strerror or error),
            _where_instead(target, error),
        ) from error


def _unspeakable(target: Path) -> ReadOnly:
    return ReadOnly(
        tr("This system can’t write the name {path}.").format(path=target),
        tr("Choose another name, or a language with UTF-8 (such as LC_ALL=C.UTF-8)."),
    )


def _where_instead(target: Path, error: OSError) -> str:
    if error.errno == errno.ENAMETOOLONG:
        return tr("Choose a shorter name.")
    try:
        there = target.parent.is_dir()
    except OSError:
        there = True
    return tr("Choose another folder, or free some space.") if there else tr("Make its folder first.")


def _standard_output() -> BinaryIO:
    """Where bytes go. Raises ReadOnly where it was closed, before anything is recorded as having left."""
    if sys.stdout is None:
        raise ReadOnly(tr("There is no standard output to write to."), tr("Name a file."))
    sys.stdout.flush()
    return sys.stdout.buffer


def must_be_replaceable(target: Path) -> None:
    """Raises Refused where something lies that is no ordinary file: a folder, a device, a pipe, a link."""
    try:
        mode = os.lstat(target).st_mode
    except (OSError, ValueError):  # nothing there, or nothing that can be: writing says what is wrong
        return
    if stat.S_ISLNK(mode):
        raise Refused(
            tr("{path} is a link. What it leads to was left as it is.").format(path=target),
            tr("Choose another name, or name the file it leads to."),
        )
    if not stat.S_ISREG(mode):
        raise Refused(
            tr("{path} is {what}, not a file. It was left as it is.").format(path=target, what=kind_of(mode)),
            tr("Choose another name."),
        )


def kind_of(mode: int) -> str:
    """What lies there, where it is no ordinary file."""
    kinds = (
        (stat.S_ISDIR, tr("a folder")),
        (stat.S_ISFIFO, tr("a pipe")),
        (stat.S_ISSOCK, tr("a socket")),
        (stat.S_ISCHR, tr("a device")),
        (stat.S_ISBLK, tr("a device")),
    )
    return next((words for is_one, words in kinds if is_one(mode)), tr("something else"))


def open_ordinary(path: Path) -> BinaryIO:
    """Open an ordinary file to be read; a pipe or a terminal would be waited for. Raises OSError for anything else."""
    handle = os.open(path, os.O_RDONLY | _BINARY | _AT_ONCE)
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        raise OSError(
            errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL,
            tr("it is {what}, not a file").format(what=kind_of(mode)),
        )
    return os.fdopen(handle, "rb")


def _belongs_to_database(path: Path) -> bool:
    if _is_database(path):
        return True
    return any(path.name.endswith(tail) and _is_database(path.parent / path.name[: -len(tail)]) for tail in BESIDE)


def _is_database(path: Path) -> bool:
    """Whether there is a database, under this name or where a link of this name leads."""
    if not path.is_file():
        return False
    if held_here(path):
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:  # nothing there, or nothing that can be read: writing says what is wrong with it
        return False


def take_place(aside: Path, target: Path) -> None:
    """Rename `aside` over `target` and make the rename itself durable."""
    aside.replace(target)
    make_durable(target.parent)


def give_name(aside: Path, target: Path) -> None:
    """Rename `aside` to `target`, where nothing lies. Raises FileExistsError where something does."""
    try:
        os.link(aside, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without second names
        if target.exists():
            raise FileExistsError(tr("a file of that name is there")) from None
        aside.rename(target)
    aside.unlink(missing_ok=True)
    make_durable(target.parent)


def second_name(path: Path, name: Path) -> None:
    """Let `name` lead to the same file, or to a copy of it on a disk without second names. Raises OSError."""
    try:
        os.link(path, name)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(path, name)


@contextmanager
def leaving(target: Path | None, content: bytes) -> Iterator[None]:
    """A file that leaves only with its record: it is written aside, the block records it, then it gets its name.

    Nothing is left of it where the block fails. Without a target the block alone runs. Raises as `replace_file`.
    """
    if target is None:
        yield
        return
    with _put_in_place(target, content):
        yield


def create_private(path: Path) -> None:
    """Make an empty file that nobody but its owner may read, from its first byte on. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    keep_private(path)


def keep_private(path: Path) -> None:
    """Let nobody but its owner read a file: it holds people's records. Where a disk has no such rights, they stay."""
    with contextlib.suppress(OSError, NotImplementedError):
        path.chmod(0o600)


def make_durable(folder: Path) -> None:
    """Flush a folder's entries; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def safe_name(words: str) -> str:
    """A file name every system takes, for any words; never empty, never a path."""
    text = unicodedata.normalize("NFC", words)
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    text = re.sub(r'[/\\:*?"<>|]+', "-", text).strip(" .")
    stem, dot, suffix = text.rpartition(".")
    if dot and len(suffix) <= 10:
        text = f"{_cut(stem, _LONGEST - 1 - len(suffix.encode())).rstrip(' .')}.{suffix}"
    text = _cut(text, _LONGEST)
    if _RESERVED.match(text):
        text = f"_{text}"
    return text or tr("file")


def _cut(text: str, size: int) -> str:
    """At most so many bytes of a text, and no half of a letter: what marks a letter goes with it."""
    if len(text.encode("utf-8", "replace")) <= size:
        return text
    kept = text.encode("utf-8", "replace")[:size].decode("utf-8", "ignore")
    while kept and unicodedata.combining(text[len(kept)]):
        kept = kept[:-1]
    return kept


def kept_beside(target: Path, content: bytes) -> Path:
    """Where `content` can go and what is there stays: `target`, while it is free or holds the same, else the same name
    with a number. A form that was filled in where it lay is not lost to an empty one."""
    if not target.exists() or _holds(target, content):
        return target
    taken = {path.name for path in target.parent.iterdir()}
    return target.with_name(unused_name(target.name, taken))


def bytes_in(path: Path, most: int) -> bytes:
    """What an ordinary file holds, at most so many bytes. Raises OSError, and Refused for the workspace that is open:
    a file of it that is opened and closed beside SQLite drops SQLite's locks."""
    must_not_be_held(path)
    with open_ordinary(path) as file:
        return file.read(most)


def _holds(target: Path, content: bytes) -> bool:
    if held_here(target):
        return False
    try:
        return target.stat().st_size == len(content) and target.read_bytes() == content
    except OSError:
        return False


def unused_name(words: str, taken: Collection[str]) -> str:
    """The same, unlike any in `taken`: "A.pdf", "A 2.pdf". No system's letters of two sizes are two names."""
    name = safe_name(words)
    stem, dot, suffix = name.rpartition(".")
    known, number = {t.casefold() for t in taken}, 2
    while name.casefold() in known:
        room = _LONGEST - len(f" {number}{dot}{suffix}".encode())
        name = safe_name(f"{_cut(stem, room)} {number}{dot}{suffix}")
        number += 1
    return name
