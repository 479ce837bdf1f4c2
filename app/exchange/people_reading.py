"""A stranger's table of people, read in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from app.domain.import_fields import About
from app.errors import Refused
from app.exchange.csv_rows import LARGEST, TableError
from app.exchange.people_table import SUFFIXES, PeopleTable, heard
from app.exchange.quarantine import PEOPLE, Failed, Quarantine
from app.store.files import bytes_in
from app.words import tr

SECONDS = 60.0
"""How long one table may take; a workbook of 50,000 rows takes some seconds."""


def read_people(
    path: Path, about: About, encoding: str = "", *, seconds: float = SECONDS, wanted: Callable[[], None] | None = None
) -> PeopleTable:
    """The table in a file. `wanted` is called meanwhile, and raises where it is not wanted any more. Raises Refused."""
    try:
        content = bytes_in(path, LARGEST + 1)
    except OSError as failed:
        raise Refused(
            tr("{path} could not be read: {why}.").format(path=path.name, why=failed.strerror), tr("Check its name.")
        ) from failed
    if len(content) > LARGEST:
        raise TableError(tr("The table is larger than 20 MB."), tr("Split it."))
    more = {} if wanted is None else {"wanted": wanted}
    try:
        with Quarantine(seconds, reader=PEOPLE, largest=LARGEST + 4096, **more) as quarantine:
            told = quarantine.people((path.name, about, encoding), content)
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
    return heard(iter(told.splitlines()))
