"""A stranger's table of people, read in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.domain.import_fields import About
from app.errors import Refused
from app.exchange.csv_rows import LARGEST, TableError
from app.exchange.people_table import SUFFIXES, PeopleTable, heard
from app.exchange.quarantine import PEOPLE, Failed, Quarantine
from app.store.files import bytes_in
from app.words import ntr, tr

_LARGEST_FOLDER = 60 * 1024 * 1024
_MOST_FILES = 20_000
SECONDS = 60.0
"""How long one table may take; a workbook of 50,000 rows takes some seconds."""


def read_people(
    path: Path, about: About, encoding: str = "", *, seconds: float = SECONDS, wanted: Callable[[], None] | None = None
) -> PeopleTable:
    """The table in a file, or in a folder of files as Greenhouse's API gives them.

    `wanted` is called meanwhile, and raises where it is not wanted any more. Raises Refused.
    """
    said = [path.name, str(about), encoding]
    remarks: tuple[str, ...] = ()
    if path.is_dir():
        files, remarks = _inside(path)
        content = b"".join(held for _, held in files)
        said += [word for name, held in files for word in (name, str(len(held)))]
    else:
        content = _content(path)
        if len(content) > LARGEST:
            raise TableError(tr("The table is larger than 20 MB."), tr("Split it."))
    more = {} if wanted is None else {"wanted": wanted}
    try:
        with Quarantine(seconds, reader=PEOPLE, largest=_LARGEST_FOLDER + 2 * 1024 * 1024, **more) as quarantine:
            told = quarantine.people(said, content)
    except Failed as failed:
        words = {
            "late": tr("Reading {path} takes longer than any table does; it was left alone."),
            "large": tr("{path} is too large for a table."),
        }.get(failed.why, tr("{path} is no table that can be read: it is damaged, locked or of another kind."))
        raise TableError(
            words.format(path=path.name), tr("Save it as one of: {kinds}.").format(kinds=", ".join(SUFFIXES))
        ) from failed
    if told.startswith(b"{"):
        sentence, remedy = json.loads(told)["refused"]
        raise TableError(sentence, remedy)
    table = heard(iter(told.splitlines()))
    return replace(table, remarks=(*table.remarks, *remarks))


def _content(path: Path) -> bytes:
    try:
        return bytes_in(path, LARGEST + 1)
    except OSError as failed:
        raise Refused(
            tr("{path} could not be read: {why}.").format(path=path.name, why=failed.strerror), tr("Check its name.")
        ) from failed


def _inside(folder: Path) -> tuple[list[tuple[str, bytes]], tuple[str, ...]]:
    """The JSON files of a folder and of those in it, and what is said of the others. Raises Refused."""
    try:
        every = sorted(path for path in (*folder.glob("*"), *folder.glob("*/*")) if path.is_file())
    except OSError as failed:
        raise Refused(
            tr("{path} could not be read: {why}.").format(path=folder.name, why=failed.strerror), tr("Check its name.")
        ) from failed
    kept = [path for path in every if path.suffix.lower() == ".json" and not path.name.startswith(".")]
    if not kept:
        raise TableError(tr("There is no JSON in {folder}.").format(folder=folder.name), tr("Choose one table."))
    if len(kept) > _MOST_FILES:
        raise TableError(
            tr("{folder} holds more than {n} files.").format(folder=folder.name, n=_MOST_FILES), tr("Split it.")
        )
    files, size = [], 0
    for path in kept:
        held = _content(path)
        size += len(held)
        if len(held) > LARGEST or size > _LARGEST_FOLDER:
            raise TableError(
                tr("{file} is too large: a file may have 20 MB, all of a folder 60 MB.").format(file=path.name),
                tr("Split it."),
            )
        files.append((str(path.relative_to(folder)), held))
    others = [str(path.relative_to(folder)) for path in every if path not in set(kept)]
    if not others:
        return files, ()
    words = ntr(
        "{n} file is no JSON and was not read: {{names}}.",
        "{n} files are no JSON and were not read: {{names}}.",
        len(others),
    )
    return files, (words.format(names=", ".join(others[:8]) + (" …" if len(others) > 8 else "")),)
