"""The history: before and after of every finished change, in a chain of hashes.

Each row's hash covers the row and the hash before it. The chain has no key: it shows careless or partial
changes, and what a printed packet pins, no more. What people wrote enters it only as a digest with a salt of the
person it is about; the images themselves lie in a table of their own, so that erasing a person empties
their images and their salt and the chain still verifies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, func, select

from app.domain.operations import Op
from app.domain.spelling import canonical
from app.store.columns import table_of
from app.store.history_tables import History, Image, Salt, Unfinished

WORKSPACE_PERSON = "workspace"
FIRST = "0" * 64
SUBMITTING = (Op.SUBMIT_CARD, Op.AMEND_CARD)
ASSESSING = (Op.SUBMIT_ASSESSMENT, Op.AMEND_ASSESSMENT)
DIGEST_ONLY = (
    *SUBMITTING,
    *ASSESSING,
    Op.CARDS_OPENED,
    Op.COPY_FILE,
    Op.ADD_TRANSCRIPT,
    Op.DELETE_TRANSCRIPT,
)
"""Rows that were written without before and after: their text is made again from the cards, or is the subject."""
_history, _image, _salts = table_of(History), table_of(Image), table_of(Salt)
_unfinished = table_of(Unfinished)
Values = dict[str, Any]
_INSERT_ROW = (
    "INSERT INTO history (number, step, at, who, op, subject, person, digest, previous, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after, as SQLite holds it; None where there was or is no row."""

    table: str
    row: int
    before: Values | None
    after: Values | None
    person: str

    def as_json(self) -> list[Any]:
        """What the history keeps of it: only the columns that differ, where the row was there before and after."""
        if self.before is None or self.after is None:
            return [self.table, self.row, self.before, self.after]
        differing = [k for k in self.after if self.after[k] != self.before.get(k)]
        return [
            self.table,
            self.row,
            {k: self.before.get(k) for k in differing},
            {k: self.after[k] for k in differing},
        ]


@dataclass(frozen=True)
class HistoryEntry:
    """What one history row is about: `text` is the exact text that is digested."""

    op: Op
    subject: str
    person: str
    text: str
    keep: bool = True


def entries_of(op: Op, subject: str, changes: Sequence[RowChange]) -> list[HistoryEntry]:
    """One entry for each person the changes are about, in the order of their first change."""
    order = {c.person: i for i, c in reversed(list(enumerate(changes)))}
    grouped = groupby(sorted(changes, key=lambda c: order[c.person]), key=lambda c: c.person)
    return [HistoryEntry(op, subject, person, canonical([c.as_json() for c in group])) for person, group in grouped]


def append(
    connection: Connection,
    entries: Iterable[HistoryEntry],
    *,
    at: str,
    who: int | None,
    entropy: Callable[[int], bytes],
) -> int:
    """Append rows in the running transaction and give the number of the step, that of its first row."""
    number, previous = _end(connection)
    step = number + 1
    entries = list(entries)
    salts = _salts_for(connection, entries, entropy)
    rows: list[tuple[Any, ...]] = []
    images: list[tuple[int, str]] = []
    for entry in entries:
        number += 1
        row: Values = {
            "number": number,
            "step": step,
            "at": at,
            "who": who,
            "op": str(entry.op),
            "subject": entry.subject,
            "person": entry.person,
            "digest": salted(salts[entry.person], entry.text),
            "previous": previous,
        }
        previous = chain_hash(row)
        rows.append((*row.values(), previous))
        if entry.keep:
            images.append((number, entry.text))
    if rows:
        connection.exec_driver_sql(_INSERT_ROW, rows)
    if images:
        connection.exec_driver_sql("INSERT INTO image (number, content) VALUES (?, ?)", images)
    return step


def last_number(connection: Connection) -> int:
    """The number of the newest row."""
    return _end(connection)[0]


def touched_since(connection: Connection, number: int, at: datetime, tables: Collection[str]) -> set[str]:
    """Whom changes of these tables were about, after a row of the history or while they are being typed since."""
    later = select(_history.c.person, _image.c.content).join(_image).where(_history.c.number > number)
    found = {
        person
        for person, content in connection.execute(later)
        if any(change[0] in tables for change in json.loads(content))
    }
    since = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    typed = select(_unfinished.c.person).where(_unfinished.c.table_name.in_(tables), _unfinished.c.touched_at >= since)
    return found | set(connection.execute(typed).scalars())


def _end(connection: Connection) -> tuple[int, str]:
    last = connection.execute(
        select(_history.c.number, _history.c.hash).order_by(_history.c.number.desc()).limit(1)
    ).first()
    return (last[0], last[1]) if last else (0, FIRST)


def _salts_for(
    connection: Connection, entries: Sequence[HistoryEntry], entropy: Callable[[int], bytes]
) -> dict[str, bytes]:
    """The salt of everybody the entries are about; who has none gets one."""
    people = list(dict.fromkeys(entry.person for entry in entries))
    given = func.json_each(canonical(people)).table_valued("value")
    known = select(_salts.c.person, _salts.c.salt).where(_salts.c.person.in_(select(given.c.value)))
    found: dict[str, bytes] = {row.person: row.salt for row in connection.execute(known)}
    new = [(person, entropy(32)) for person in people if person not in found]
    if new:
        connection.exec_driver_sql("INSERT INTO salt (person, salt) VALUES (?, ?)", new)
    return found | dict(new)


def salts_of(connection: Connection) -> dict[str, bytes]:
    """The salt of every person that has one."""
    return {row.person: row.salt for row in connection.execute(select(_salts))}


def salted(salt: bytes, text: str) -> str:
    """The digest that stands in the chain: SHA-256 over salt and UTF-8 text."""
    return hashlib.sha256(salt + utf8(text)).hexdigest()


def utf8(text: str) -> bytes:
    """A text as it lies in the file; bytes of it that are damaged stand as they were read (`sqlite.as_it_lies`)."""
    return text.encode("utf-8", "surrogateescape")


def chain_hash(row: Values) -> str:
    """The hash of a history row: SHA-256 over its columns, the hash of the row before among them."""
    fields = ("number", "step", "at", "who", "op", "subject", "person", "digest", "previous")
    return hashlib.sha256(utf8(canonical([row[f] for f in fields]))).hexdigest()


@dataclass(frozen=True)
class Broken:
    """A place where the chain does not hold."""

    number: int
    what: str


def verify(connection: Connection) -> list[Broken]:
    """Walk the whole chain: numbers without a gap, each hash right, each image still what was digested."""
    found: list[Broken] = []
    previous, expected = FIRST, 1
    salts = salts_of(connection)
    with_images = _history.outerjoin(_image, _image.c.number == _history.c.number)
    walked = select(_history, _image.c.content).select_from(with_images).order_by(_history.c.number)
    for *values, image in connection.execute(walked):
        row = dict(zip(_history.columns.keys(), values, strict=True))
        number = row["number"]
        if not _is_readable(row):
            found.append(Broken(number, "it can't be read"))
            previous, expected = str(row["hash"]), number + 1
            continue
        if number != expected:
            found.append(Broken(number, "rows are missing before it"))
        if row["previous"] != previous:
            found.append(Broken(number, "it does not follow the row before it"))
        if chain_hash(row) != row["hash"]:
            found.append(Broken(number, "its own hash does not hold"))
        salt = salts.get(row["person"])
        if image is not None and salt is not None and not _is_digested(salt, image, row["digest"]):
            found.append(Broken(number, "its before and after are not what was recorded"))
        previous, expected = row["hash"], number + 1
    count = connection.execute(select(func.count()).select_from(_image)).scalar() or 0
    known = connection.execute(select(func.count()).select_from(_image.join(_history))).scalar()
    if count != known:
        found.append(Broken(expected, "images stand without their row: the end of the history was cut off"))
    return found


def _is_digested(salt: object, image: object, digest: str) -> bool:
    return isinstance(salt, bytes) and isinstance(image, str) and salted(salt, image) == digest


def _is_readable(row: Mapping[str, object]) -> bool:
    """Whether every value is a number or a text, as it was written."""
    return all(
        isinstance(value, int if name in ("number", "step") else str | int | None) for name, value in row.items()
    )
