"""Candidates from a table: CSV of any usual encoding and separator, with the headings people use."""

from __future__ import annotations

import contextlib
import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.actions.candidate import CandidateFacts
from app.errors import Refused
from app.words import tr

LARGEST = 20 * 1024 * 1024
LONGEST_CELL = 4000
SEPARATORS = ",;\t"
_DATES = ("%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d")
_HEADINGS = {
    "name": ("name", "full name", "candidate", "candidate name", "person"),
    "first": ("first name", "given name", "firstname", "first"),
    "last": ("last name", "family name", "surname", "lastname", "last"),
    "mail": ("mail", "email", "e-mail", "email address", "e-mail address", "mail address"),
    "phone": ("phone", "telephone", "tel", "mobile", "phone number"),
    "now_at": ("now at", "now", "current company", "company", "employer", "current employer", "current role", "title"),
    "place": ("place", "location", "city", "lives in", "based in"),
    "came_by": ("came by", "source", "channel", "came through", "referred by"),
    "can_start": ("can start", "available from", "availability", "start", "start date", "notice", "notice period"),
    "kept_until": ("kept until", "keep until", "retain until", "delete after"),
    "applied_on": ("applied on", "applied", "date applied", "application date", "applied at"),
}
_FIELD_OF = {heading: field for field, headings in _HEADINGS.items() for heading in headings}
_DATE_FIELDS = ("kept_until", "applied_on")


class TableError(Refused):
    """The table can't come in; `problems` names each line that is wrong."""

    def __init__(self, sentence: str, remedy: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(" ".join((sentence, *problems[:10])), remedy)
        self.problems = problems


@dataclass(frozen=True)
class CandidateTable:
    """What a table holds: the people, and headings that mean nothing here."""

    people: tuple[CandidateFacts, ...]
    unknown: tuple[str, ...]


def read_candidates(content: bytes) -> CandidateTable:
    """Read a table of candidates. Raises TableError that names every wrong line; nothing is guessed."""
    if len(content) > LARGEST:
        raise TableError(tr("The table is larger than 20 MB."), tr("Split it."))
    text = _decoded(content)
    rows = _rows(text)
    try:
        _, written = next(rows)
    except StopIteration:
        raise TableError(tr("The table is empty."), tr("Give it a line of headings, then one line a person.")) from None
    headings = [_one_line(h) for h in written]
    fields = [_FIELD_OF.get(_plain(h)) for h in headings]
    _check_headings(headings, fields)
    people, problems = [], []
    for line, cells in rows:
        try:
            people.append(_facts(cells, fields, len(headings)))
        except ValueError as wrong:
            problems.append(tr("Line {line}: {what}.").format(line=line, what=wrong))
    if problems:
        raise TableError(tr("Nothing came in."), tr("Mend these lines and import again."), tuple(problems))
    unknown = tuple(h for h, f in zip(headings, fields, strict=True) if f is None and h)
    return CandidateTable(tuple(people), unknown)


def _decoded(content: bytes) -> str:
    """By its byte order mark, else UTF-16 where every other byte is zero, else UTF-8, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _as(content, "utf-16")
    head = content[:200]
    if head and head[1::2].count(0) * 2 > len(head[1::2]):
        return _as(content, "utf-16-le")
    if head and head[0::2].count(0) * 2 > len(head[0::2]):
        return _as(content, "utf-16-be")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _as(content, "cp1252")


def _as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise TableError(
            tr("The table is in no encoding Tenfold knows."), tr("Save it as CSV in UTF-8 and import that.")
        ) from error


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that hold anything, with the number of the line they start on."""
    if "\x00" in text:
        raise TableError(tr("This is not a table of text."), tr("Save it as CSV and import that."))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    start = 1
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise TableError(
            tr("Line {line} is not a line of a table: {why}.").format(line=reader.line_num, why=error),
            tr("Look at its quotes, mend it and import again."),
        ) from error


def _separator(text: str) -> str:
    """The separator that the line of headings holds most of, outside quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


def _plain(heading: str) -> str:
    return " ".join(heading.strip().lower().replace("_", " ").rstrip(":*").split())


def _check_headings(headings: list[str], fields: list[str | None]) -> None:
    named = [f for f in fields if f is not None]
    doubled = sorted({h for h, f in zip(headings, fields, strict=True) if f and named.count(f) > 1})
    if doubled:
        raise TableError(
            tr("Two headings mean the same: {names}.").format(names=", ".join(doubled)), tr("Keep one of them.")
        )
    if "name" not in named and not {"first", "last"} <= set(named):
        raise TableError(
            tr("No heading says where the names are (found: {names}).").format(names=", ".join(headings)[:300]),
            tr("Name a column “Name”, or two “First name” and “Last name”."),
        )


def _facts(cells: list[str], fields: list[str | None], width: int) -> CandidateFacts:
    if len(cells) > width and any(c.strip() for c in cells[width:]):
        raise ValueError(tr("it has {n} cells and the headings are {width}").format(n=len(cells), width=width))
    values: dict[str, str] = {}
    for field, cell in zip(fields, cells, strict=False):
        if field is not None:
            values[field] = _cell(cell)
    name = values.pop("name", "") or " ".join(w for w in (values.get("first", ""), values.get("last", "")) if w)
    values.pop("first", None)
    values.pop("last", None)
    if not name:
        raise ValueError(tr("there is no name"))
    if values.get("mail") and ("@" not in values["mail"] or " " in values["mail"]):
        raise ValueError(tr("“{mail}” is no mail address").format(mail=values["mail"][:80]))
    dates = {field: _date(values.pop(field, "")) for field in _DATE_FIELDS}
    return CandidateFacts(
        name=name, mail=values.get("mail", ""), phone=values.get("phone", ""), now_at=values.get("now_at", ""),
        place=values.get("place", ""), came_by=values.get("came_by", ""), can_start=values.get("can_start", ""),
        kept_until=dates["kept_until"], applied_on=dates["applied_on"],
    )  # fmt: skip


def _cell(cell: str) -> str:
    if len(cell) > LONGEST_CELL:
        raise ValueError(tr("a cell is longer than {n} characters").format(n=LONGEST_CELL))
    return _one_line(cell)


def _one_line(written: str) -> str:
    """One line of composed characters without control characters."""
    text = unicodedata.normalize("NFC", written)
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join(shown.split())


def _date(text: str) -> date | None:
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


_RUNS = ("=", "+", "-", "@", "\t", "\r")


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV table in UTF-8 with a byte order mark, as spreadsheets read it. No cell of it can run.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it; plain numbers stay numbers.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([_harmless(h) for h in headings])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8")


def _harmless(cell: str) -> str:
    line = _one_line(cell)
    looks = unicodedata.normalize("NFKC", line).lstrip()
    number = line.replace(".", "", 1).removeprefix("-").removeprefix("+")
    return f"'{line}" if looks.startswith(_RUNS) and not number.isdecimal() else line


def read_rows(content: bytes) -> list[tuple[int, list[str]]]:
    """The lines of any CSV table that hold something, each with the number of the line it starts on; cells whole.

    Raises TableError that names the line.
    """
    if len(content) > LARGEST:
        raise TableError(tr("The table is larger than 20 MB."), tr("Split it."))
    return list(_rows(_decoded(content)))
