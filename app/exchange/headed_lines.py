"""The lines of a table with headings that are ours: every wrong line is named, none comes in without the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from app.domain.csv_table import one_line
from app.domain.import_map import DateOrder
from app.exchange.csv_rows import TableError, read_rows
from app.exchange.people_rows import LONGEST_CELL
from app.exchange.written_days import TwoDays, day_of
from app.words import tr

T = TypeVar("T")


def by_heading(headings: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The field of each plain heading."""
    return {_plain(heading): field for field, known in headings.items() for heading in known}


def _plain(heading: str) -> str:
    return " ".join(heading.strip().lower().replace("_", " ").replace("-", " ").rstrip(":*").split())


def read_lines(
    content: bytes,
    known: Mapping[str, str],
    check: Callable[[list[str], list[str]], None],
    make: Callable[[dict[str, str], int], T],
    encoding: str = "",
) -> tuple[list[T], tuple[str, ...]]:
    """Every line of a table as `make` gives it, with the headings that mean nothing here.

    `known` are the fields by plain heading; `check` gets the fields and the headings and raises TableError; `make`
    gets a line's cells by field and its number, and raises ValueError with what is wrong. Raises TableError that
    names every wrong line.
    """
    rows = iter(read_rows(content, encoding)[0])
    try:
        _, written = next(rows)
    except StopIteration:
        raise TableError(tr("The table is empty."), tr("Give it a line of headings, then one line a person.")) from None
    headings = [one_line(h) for h in written]
    fields = [known.get(_plain(h)) for h in headings]
    _no_doubles(headings, fields)
    check([f for f in fields if f is not None], headings)
    found, problems = [], []
    for line, cells in rows:
        try:
            found.append(make(_values(cells, fields, len(headings)), line))
        except ValueError as wrong:
            problems.append(tr("Line {line}: {what}.").format(line=line, what=wrong))
    if problems:
        raise TableError(tr("Nothing came in."), tr("Mend these lines and import again."), tuple(problems))
    return found, tuple(h for h, f in zip(headings, fields, strict=True) if f is None and h)


def _no_doubles(headings: list[str], fields: list[str | None]) -> None:
    named = [f for f in fields if f is not None]
    doubled = sorted({h for h, f in zip(headings, fields, strict=True) if f and named.count(f) > 1})
    if doubled:
        raise TableError(
            tr("Two headings mean the same: {names}.").format(names=", ".join(doubled)), tr("Keep one of them.")
        )


def _values(cells: list[str], fields: list[str | None], width: int) -> dict[str, str]:
    if len(cells) > width and any(c.strip() for c in cells[width:]):
        raise ValueError(tr("it has {n} cells and the headings are {width}").format(n=len(cells), width=width))
    return {field: _cell(cell) for field, cell in zip(fields, cells, strict=False) if field is not None}


def _cell(cell: str) -> str:
    if len(cell) > LONGEST_CELL:
        raise ValueError(tr("a cell is longer than {n} characters").format(n=LONGEST_CELL))
    return one_line(cell)


def date_in(text: str, order: DateOrder | None = None) -> date | None:
    """A day as people write it; None for an empty cell. Raises ValueError for what is no day, or could be two where the
    `order` of day and month is not known."""
    try:
        return day_of(text, order)
    except TwoDays as unclear:
        raise ValueError(tr("“{text}” is no date; write 2026-03-12").format(text=unclear)) from unclear
