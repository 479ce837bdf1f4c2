"""Candidates from a table: CSV of any usual encoding and separator, with the headings people use."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from app.actions.candidate import NewCandidate
from app.domain.candidate import FIELDS, CandidateField, FactKind, filled
from app.domain.contact import ContactKind, apart
from app.domain.csv_table import one_line
from app.errors import Refused
from app.exchange.encodings import Decoded, Unread, decode, guess_words
from app.phrases.candidate import choice_words, fact_words
from app.words import tr

T = TypeVar("T")
LARGEST = 20 * 1024 * 1024
LONGEST_CELL = 4000
SEPARATORS = ",;\t"
_TOLD = re.compile(r"\"?sep=([,;\t|])\"?", re.IGNORECASE)  # the first line that Excel writes
_DATES = ("%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d")
NAME_HEADINGS = {
    "first": ("first name", "given name", "firstname", "first"),
    "last": ("last name", "family name", "surname", "lastname", "last"),
    "mail": next(field.headings for field in FIELDS if field.kind is FactKind.MAIL),
}
_HEADINGS = {
    **{field.key: field.headings for field in FIELDS},
    **NAME_HEADINGS,
    "applied_on": ("applied on", "applied", "date applied", "application date", "applied at"),
}


def by_heading(headings: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The field of each plain heading."""
    return {_plain(heading): field for field, known in headings.items() for heading in known}


def _plain(heading: str) -> str:
    return " ".join(heading.strip().lower().replace("_", " ").replace("-", " ").rstrip(":*").split())


_FIELD_OF = by_heading(_HEADINGS)


class TableError(Refused):
    """The table can't come in; `problems` names each line that is wrong."""

    def __init__(self, sentence: str, remedy: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(" ".join((sentence, *problems[:10])), remedy)
        self.problems = problems


@dataclass(frozen=True)
class CandidateTable:
    """What a table holds: the people, the line each stands on, and headings that mean nothing here.

    `guess` says as what it was read, where its encoding had to be guessed.
    """

    people: tuple[NewCandidate, ...]
    unknown: tuple[str, ...]
    lines: tuple[int, ...] = ()
    guess: str = ""


def read_candidates(content: bytes, encoding: str = "") -> CandidateTable:
    """Read a table of candidates. Raises TableError that names every wrong line.

    Nothing is guessed but Windows-1252 where it is plausible, and that is said.
    """
    numbered, unknown = read_lines(
        content, _FIELD_OF, _names_there, lambda values, line: (line, _facts(values)), encoding
    )
    found = decoded(content, encoding)
    return CandidateTable(
        tuple(facts for _, facts in numbered),
        unknown,
        tuple(line for line, _ in numbered),
        guess_words(found) if found.guess else "",
    )


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
    if len(content) > LARGEST:
        raise TableError(tr("The table is larger than 20 MB."), tr("Split it."))
    rows = _rows(decoded(content, encoding).text)
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


def decoded(content: bytes, encoding: str = "") -> Decoded:
    """The text of a table. Raises TableError where its encoding would have to be guessed and no guess is good."""
    try:
        return decode(content, encoding)
    except LookupError as error:
        raise TableError(
            tr("There is no encoding “{name}”.").format(name=encoding), tr("Such as utf-8, cp1252, cp1251, shift_jis.")
        ) from error
    except Unread as unread:
        guess = unread.guess
        if encoding or guess is None:
            raise TableError(
                tr("The table is in no encoding Tenfold knows."), tr("Save it as CSV in UTF-8 and import that.")
            ) from unread
        raise TableError(
            tr("The table is not in UTF-8, and what else it is can only be guessed. {guess}").format(
                guess=guess_words(guess)
            ),
            tr("Save it as CSV in UTF-8; or, where the guess is right, say it with --encoding on the command line."),
        ) from unread


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that hold anything, with the number of the line they start on."""
    if "\x00" in text:
        raise TableError(tr("This is not a table of text."), tr("Save it as CSV and import that."))
    first, _, rest = text.partition("\n")
    told = _TOLD.fullmatch(first.strip())
    shown = rest if told else text
    separator = told[1] if told else _separator(text)
    reader = csv.reader(io.StringIO(shown, newline=""), delimiter=separator, strict=True)
    before = 1 if told else 0
    start = 1 + before
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                yield start, cells
            start = reader.line_num + 1 + before
    except csv.Error as error:
        raise TableError(
            tr("Line {line} is not a line of a table: {why}.").format(line=reader.line_num + before, why=error),
            tr("Look at its quotes, mend it and import again."),
        ) from error


def _separator(text: str) -> str:
    """The separator that the line of headings holds most of, outside quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


def _no_doubles(headings: list[str], fields: list[str | None]) -> None:
    named = [f for f in fields if f is not None]
    doubled = sorted({h for h, f in zip(headings, fields, strict=True) if f and named.count(f) > 1})
    if doubled:
        raise TableError(
            tr("Two headings mean the same: {names}.").format(names=", ".join(doubled)), tr("Keep one of them.")
        )


def _names_there(named: list[str], headings: list[str]) -> None:
    if "name" not in named and not {"first", "last"} <= set(named):
        raise TableError(
            tr("No heading says where the names are (found: {names}).").format(names=", ".join(headings)[:300]),
            tr("Name a column “Name”, or two “First name” and “Last name”."),
        )


def _values(cells: list[str], fields: list[str | None], width: int) -> dict[str, str]:
    if len(cells) > width and any(c.strip() for c in cells[width:]):
        raise ValueError(tr("it has {n} cells and the headings are {width}").format(n=len(cells), width=width))
    return {field: _cell(cell) for field, cell in zip(fields, cells, strict=False) if field is not None}


def _facts(values: dict[str, str]) -> NewCandidate:
    name = name_in(values)
    mail_in(values)
    days = {f.key: date_in(values.get(f.key, "")) for f in FIELDS if f.kind is FactKind.DAY}
    choices = {f.key: choice_in(f, values.get(f.key, "")) for f in FIELDS if f.kind is FactKind.CHOICE}
    applied_on = date_in(values.get("applied_on", ""))
    return NewCandidate(**filled({**values, **days, **choices, "name": name}), applied_on=applied_on)


def choice_in(field: CandidateField, text: str) -> str:
    """What is chosen by a cell that holds its key or its words. Raises ValueError for neither."""
    said = text.strip().casefold()
    for choice in field.choices:
        if said in ("", choice.casefold(), choice_words(field, choice).casefold()):
            return choice
    raise ValueError(
        tr("“{text}” is none of what {field} may be").format(text=text[:40], field=fact_words(field).label)
    )


def name_in(values: Mapping[str, str]) -> str:
    """The name a line has, whole or in two cells. Raises ValueError without one."""
    name = values.get("name", "") or " ".join(w for w in (values.get("first", ""), values.get("last", "")) if w)
    if not name:
        raise ValueError(tr("there is no name"))
    return name


def mail_in(values: Mapping[str, str]) -> str:
    """The mail address a line has, or none. Raises ValueError for what is no address."""
    mail = values.get("mail", "")
    for one in apart(ContactKind.MAIL, mail):
        if one.count("@") != 1 or " " in one:
            raise ValueError(tr("“{mail}” is no mail address").format(mail=one[:80]))
    return mail


def _cell(cell: str) -> str:
    if len(cell) > LONGEST_CELL:
        raise ValueError(tr("a cell is longer than {n} characters").format(n=LONGEST_CELL))
    return one_line(cell)


def date_in(text: str) -> date | None:
    """A day as people write it; None for an empty cell. Raises ValueError for what is no day."""
    if not text:
        return None
    with contextlib.suppress(ValueError):
        return datetime.fromisoformat(text).date()
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  (a day has no time zone)
        except ValueError:
            continue
    raise ValueError(tr("“{text}” is no date; write 2026-03-12").format(text=text[:40]))


def read_rows(content: bytes, encoding: str = "") -> tuple[list[tuple[int, list[str]]], Decoded]:
    """The lines of any CSV table that hold something, each with the number of the line it starts on; cells whole.

    With them, as what it was read. Raises TableError that names the line.
    """
    if len(content) > LARGEST:
        raise TableError(tr("The table is larger than 20 MB."), tr("Split it."))
    text = decoded(content, encoding)
    return list(_rows(text.text)), text
