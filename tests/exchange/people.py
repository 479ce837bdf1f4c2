"""Tables of people as tests write them: read in this process, by the map that would be guessed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.actions.member import NewMember
from app.actions.read_candidate import ReadCandidate
from app.domain.import_fields import About
from app.domain.import_map import DateOrder, guessed_map
from app.exchange.people_import import Incoming, read_rows_of
from app.exchange.people_rows import Reading
from app.exchange.people_table import table_in


def incoming(content: bytes, about: About = About.CANDIDATES, encoding: str = "", name: str = "table.csv") -> Incoming:
    """A table with the map that would be guessed."""
    table = table_in(name, content, about, encoding)
    return Incoming(table, guessed_map(about, table.headings))


def reading(content: bytes, encoding: str = "", order: DateOrder | None = None) -> Reading[Any]:
    """Every row of a table of candidates, with those that are refused."""
    one = incoming(content, encoding=encoding)
    return read_rows_of(replace(one, map=replace(one.map, date_order=order)))


def candidates_in(content: bytes, encoding: str = "", name: str = "table.csv") -> tuple[ReadCandidate, ...]:
    """Everybody in a table of candidates. Raises TableError that names every wrong line."""
    read = read_rows_of(incoming(content, encoding=encoding, name=name))
    read.must_be_whole()
    return read.people


def members_in(content: bytes) -> tuple[NewMember, ...]:
    """Everybody in a table of members. Raises TableError that names every wrong line."""
    read = read_rows_of(incoming(content, About.MEMBERS))
    read.must_be_whole()
    return read.people


def workbook(*rows: Sequence[object], sheet: str = "Sheet1") -> bytes:
    """An XLSX of one sheet."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
