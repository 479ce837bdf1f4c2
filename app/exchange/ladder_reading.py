"""A ladder's file, or a folder of files of one ladder, read in a process of its own."""

from __future__ import annotations

import os
from pathlib import Path

from app.exchange.answer_by_line import problems_in
from app.exchange.ladder_files import SUFFIXES, Content
from app.exchange.ladders import Source, heard
from app.exchange.located_values import LadderError
from app.exchange.packed import PACKED_BYTES
from app.exchange.quarantine import LADDERS, SECONDS, Failed, Quarantine
from app.exchange.sheet import refusal
from app.store.files import bytes_in
from app.words import tr

_MOST_FILES = 60


def read_ladder(path: Path, seconds: float = SECONDS, encoding: str = "") -> Source:
    """The ladder in a file or folder, in a process of its own that may take so long. Raises LadderError."""
    try:
        files = _in_folder(path) if path.is_dir() else [Content(path.name, bytes_in(path, PACKED_BYTES + 1))]
    except OSError as failed:
        words = tr("this file can’t be read: {why}.").format(why=failed.strerror)
        if isinstance(failed, FileNotFoundError):
            words = tr("there is no such file.")
        raise refusal(path.name, words) from failed
    if sum(len(file.content) for file in files) > PACKED_BYTES:
        raise refusal(path.name, tr("this file is larger than 8 MB."))
    try:
        with Quarantine(seconds, reader=LADDERS) as quarantine:
            told = quarantine.told(path.name, [(f.name, f.content) for f in files], encoding)
    except Failed as failed:
        words = {
            "late": tr("reading this file takes longer than any ladder does; it was left alone."),
            "large": tr("this file is too large for a ladder."),
        }.get(failed.why, tr("this file can’t be read: its reader came to its end with it."))
        raise refusal(path.name, words) from failed
    if problems := problems_in(told):
        raise LadderError(problems)
    return heard(told)


def _in_folder(folder: Path) -> list[Content]:
    """The files of a folder by their names, its folders and hidden files left out; of other kinds only the name."""
    names = sorted(e.name for e in os.scandir(folder) if e.is_file() and not e.name.startswith((".", "~$")))
    kinds = [name for name in names if Path(name).suffix.lower() in SUFFIXES]
    if not kinds:
        raise refusal(folder.name, tr("this folder holds no ladder; name one file, or the folder its files are in."))
    if len(names) > _MOST_FILES:
        words = tr("this folder holds {n} files, more than any ladder has; name one file.").format(n=len(names))
        raise refusal(folder.name, words)
    return [Content(name, bytes_in(folder / name, PACKED_BYTES + 1) if name in kinds else b"") for name in names]
