"""A table of people as it lies in its file: headings, and rows of cells; where the headings were found, and how."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from app.domain.csv_table import one_line
from app.domain.import_fields import About, headings_known
from app.exchange.csv_rows import TableError, read_rows
from app.exchange.encodings import guess_words
from app.exchange.greenhouse import read_greenhouse
from app.exchange.greenhouse_records import is_greenhouse
from app.exchange.json_records import parsed, read_records
from app.exchange.located_values import LadderError
from app.exchange.people_beside import Beside, as_plain, from_plain
from app.exchange.sheet import Row, Size
from app.exchange.workbook import read_workbook
from app.words import ntr, tr

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".json")
WORKBOOK = Size(rows=110_000, columns=400, cells=1_500_000, unpacked=400_000_000, packed=20 * 1024 * 1024)
"""How large a workbook of people may be."""
_LOOKED_AT = 20  # rows in which the headings may stand


@dataclass(frozen=True)
class PeopleTable:
    """A table. Each heading is there once; `remarks` are sentences a person should read, on what was found or guessed.

    A row has its line, and a cell for each heading, or more where the file has too many. `beside` is by line what a
    program's own file knows of somebody that is no cell.
    """

    file: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()
    beside: Mapping[int, Beside] = field(default_factory=dict)

    def column(self, heading: str) -> Iterator[str]:
        """What stands in a column."""
        place = self.headings.index(heading)
        return (cells[place] for _, cells in self.rows if place < len(cells))

    def example(self, heading: str) -> str:
        """The first cell of a column that holds anything, on one line."""
        return next((one_line(cell)[:60] for cell in islice(self.column(heading), 500) if cell.strip()), "")


def table_in(file: str, content: bytes, about: About, encoding: str = "") -> PeopleTable:
    """The table of people in a file of one of `SUFFIXES`. Raises TableError."""
    suffix = Path(file).suffix.lower()
    if suffix == ".json" or content[:1] in (b"[", b"{"):
        held = parsed(content, encoding)
        if about is About.CANDIDATES and is_greenhouse(held):
            return _of_greenhouse(file, [(file, held)])
        headings, rows = read_records(held)
        return PeopleTable(file, _each_once([one_line(heading) or "?" for heading in headings]), rows)
    if suffix == ".xlsx" or content[:4] == b"PK\x03\x04":
        return _of_workbook(file, content, about)
    found, text = read_rows(content, encoding, lambda cells: headings_known(about, cells))
    return _headed(file, found, about, (guess_words(text),) if text.guess else ())


def table_in_folder(folder: str, files: Sequence[tuple[str, bytes]], about: About, encoding: str = "") -> PeopleTable:
    """The candidates in a folder of files as Greenhouse's API gives them. Raises TableError that names a file."""
    if about is not About.CANDIDATES:
        raise TableError(tr("Only candidates come in from a folder."), tr("Choose one table."))
    read: list[tuple[str, Any]] = []
    for file, content in files:
        try:
            read.append((file, parsed(content, encoding)))
        except TableError as wrong:
            raise TableError(f"{file}: {wrong.sentence}", wrong.remedy) from wrong
    if not any(is_greenhouse(held) for _, held in read):
        raise TableError(
            tr("No file of this folder holds candidates as Greenhouse’s API gives them."), tr("Choose one table.")
        )
    return _of_greenhouse(folder, read)


def _of_greenhouse(name: str, files: Sequence[tuple[str, Any]]) -> PeopleTable:
    found = read_greenhouse(files)
    return PeopleTable(name, _each_once(found.headings), found.rows, found.remarks, found.beside)


def _of_workbook(file: str, content: bytes, about: About) -> PeopleTable:
    try:
        sheets = read_workbook(file, content, WORKBOOK).sheets
    except LadderError as wrong:
        problem = wrong.problems[0]
        raise TableError(problem.sentence[:1].upper() + problem.sentence[1:], tr("Save it as CSV.")) from wrong
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise _empty()
    best = max(filled, key=lambda sheet: max(headings_known(about, cells) for _, cells in sheet.rows[:_LOOKED_AT]))
    others = [sheet.name for sheet in filled if sheet is not best]
    remarks = [tr("Read from the sheet “{name}”; not read: {others}.").format(name=best.name, others=", ".join(others))]
    return _headed(file, best.rows, about, tuple(remarks) if others else ())


def _headed(file: str, rows: Sequence[Row], about: About, remarks: tuple[str, ...]) -> PeopleTable:
    """The table under the row that names most fields, the first one where none names more."""
    if not rows:
        raise _empty()
    known = [headings_known(about, cells) for _, cells in rows[:_LOOKED_AT]]
    at = known.index(max(known)) if max(known) > max(1, known[0]) else 0
    if at:
        words = ntr(
            "The headings are in line {{line}}; {n} line above them is no part of the table.",
            "The headings are in line {{line}}; {n} lines above them are no part of the table.",
            at,
        )
        remarks = (*remarks, words.format(line=rows[at][0]))
    written = [one_line(cell) for cell in rows[at][1]]
    below = list(rows[at + 1 :])
    width = len(written)
    used = [any(n < len(cells) and cells[n].strip() for _, cells in below) for n in range(width)]
    kept = [n for n in range(width) if written[n] or used[n]]
    names = _each_once([written[n] or tr("Column {n}").format(n=n + 1) for n in kept])
    if len(kept) == width:
        return PeopleTable(file, names, tuple(below), remarks)
    short = [(line, [cells[n] if n < len(cells) else "" for n in kept] + cells[width:]) for line, cells in below]
    return PeopleTable(file, names, tuple(short), remarks)


def _each_once(headings: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    taken: set[str] = set()
    for heading in headings:
        name, number = heading, 2
        while name in taken:
            name, number = f"{heading} ({number})", number + 1
        taken.add(name)
        found.append(name)
    return tuple(found)


def _empty() -> TableError:
    return TableError(tr("The table is empty."), tr("Give it a line of headings, then one line a person."))


# As lines of text, from the process that reads to the one that asked


def written(table: PeopleTable) -> Iterator[str]:
    """The table as lines of JSON: a row each, so that hearing it holds nobody up."""
    yield json.dumps([table.file, table.headings, table.remarks])
    for line, cells in table.rows:
        beside = table.beside.get(line)
        yield json.dumps([line, cells] if beside is None else [line, cells, as_plain(beside)])


def heard(lines: Iterator[bytes]) -> PeopleTable:
    """The table that was written."""
    file, headings, remarks = json.loads(next(lines))
    rows: list[Any] = [json.loads(line) for line in lines]
    beside = {row[0]: from_plain(row[2]) for row in rows if len(row) > 2}
    return PeopleTable(file, tuple(headings), tuple((row[0], row[1]) for row in rows), tuple(remarks), beside)
