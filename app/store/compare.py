"""Every row against its last image in the history, and what of the file no image can vouch for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Integer, LargeBinary, select

from app.domain.scorecard import CardState
from app.store.columns import Day, Utc, Words, table_of
from app.store.history import Values
from app.store.last_images import LastImages, Place, last_images
from app.store.migrated_rows import FILLED, MADE, may_stand
from app.store.registry import ROWS
from app.store.tables import Scorecard
from app.store.tables_growth import Assessment
from app.words import tr


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold, in words."""

    subject: str
    sentence: str


class Why(StrEnum):
    """Why a row, or a column of it, could not be compared."""

    DRAFT = "draft"
    TYPED = "typed"
    UNDECLARED = "undeclared"
    ERASED = "erased"
    MIGRATED = "migrated"


@dataclass
class Compared:
    """What was found, and how many rows no image vouches for: by table, column (empty for whole rows) and reason."""

    findings: list[Finding] = field(default_factory=list)
    beside: Counter[tuple[str, str, Why]] = field(default_factory=Counter)

    def count(self, why: Why) -> int:
        """How many rows there are of a reason; a row of which several columns count is one."""
        most: dict[str, int] = {}
        for (table, _, reason), number in self.beside.items():
            if reason is why:
                most[table] = max(most.get(table, 0), number)
        return sum(most.values())


_CARDS = {
    "scorecard": "id",
    "rating": "scorecard_id",
    "note": "scorecard_id",
    "observed_signal": "scorecard_id",
    "asked_question": "scorecard_id",
}
_ASSESSMENTS = {"assessment": "id", "assessment_rating": "assessment_id", "fact": "assessment_id"}
"""Tables of what is a draft until it is declared, and the column that says of which card or assessment a row is."""

_UNDECLARED: dict[str, Collection[str]] = {
    "scorecard": ("started_at",),
    "note": ("timed",),
    "observed_signal": ("red",),
    "asked_question": ("",),
    "rating": (),
    "assessment": ("started_at", "due_on"),
    "assessment_rating": (),
    "fact": ("member_id", "goal_id", "note_id", "shared", "by_id", "added_at"),
}
"""What of a declared card its digest does not cover; "" is the whole row."""

_BY_DRAFTS = {"assessment": frozenset({"state", "submitted_at", "entered_by_id"})}
"""Columns that a draft changes of a row that had an image before."""


def compare(connection: Connection) -> Compared:
    """Every row of every table whose rows enter the history. The connection gives text as it lies."""
    return _Comparison(connection, last_images(connection)).whole()


class _Comparison:
    def __init__(self, connection: Connection, images: LastImages) -> None:
        self._connection = connection
        self._images = images
        self._found = Compared()
        self._typed = _typed(connection)
        self._drafts = {
            rows.name: set(connection.execute(select(rows.c.id).where(rows.c.state == CardState.DRAFT)).scalars())
            for rows in (table_of(Scorecard), table_of(Assessment))
        }

    def whole(self) -> Compared:
        for table in ROWS:
            present = set()
            for row in self._rows(table):
                present.add(row["id"])
                self._row(table, row)
            self._gone(table, present)
        return self._found

    def _rows(self, table: str) -> Iterator[Values]:
        for row in self._connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY id').mappings():  # noqa: S608
            yield dict(row)

    def _row(self, table: str, row: Values) -> None:
        place = (table, row["id"])
        image = self._images.image(place)
        if place in self._typed:
            self._beside(table, Why.TYPED)
            before = self._typed[place]
            if (
                image is not None
                and before is not None
                and any(before.get(c) != v for c, v in image.items() if c in before)
            ):
                self._say(
                    place,
                    tr("Row {id} of {table}: what it was before somebody began to type is not what was recorded last."),
                )
            self._must_be_readable(table, row, row)
        elif place in self._images.erased:
            self._beside(table, Why.ERASED)
            self._must_be_readable(table, row, row)
        elif image is None:
            self._without_image(table, row)
        else:
            self._with_image(table, row, image)

    def _with_image(self, table: str, row: Values, image: Values) -> None:
        place = (table, row["id"])
        differing, unknown = self._against(table, row, image)
        if unknown and self._is_drafted(table, row):
            self._drafted(table, row, unknown)
        else:
            for column in unknown:
                self._beside(table, Why.MIGRATED, column)
        unreadable = self._must_be_readable(table, row, [*differing, *unknown])
        others = [c for c in differing if c not in unreadable]
        if others and self._images.may_be_newer(place):
            self._beside(table, Why.ERASED)
        elif others:
            self._say(
                place, tr("Row {id} of {table} is not what was recorded last: {columns}."), columns=", ".join(others)
            )

    def _against(self, table: str, row: Values, image: Values) -> tuple[list[str], list[str]]:
        """The columns that differ from what was recorded, and those of which no image tells."""
        drafted, in_part = _BY_DRAFTS.get(table, frozenset()), (table, row["id"]) in self._images.in_part
        recorded = {} if in_part else {c: FILLED[table, c] for c in row if (table, c) in FILLED}
        recorded |= {c: v for c, v in image.items() if c not in drafted}
        differing = [
            column
            for column, now in row.items()
            if column in recorded
            and not _same(recorded[column], now)
            and not may_stand(table, column, recorded[column], now)
        ]
        return differing, [column for column in row if column not in recorded]

    def _without_image(self, table: str, row: Values) -> None:
        self._must_be_readable(table, row, row)
        if self._is_drafted(table, row):
            self._drafted(table, row, ("", *row))
        elif table in MADE:
            self._beside(table, Why.MIGRATED)
        elif self._images.may_be_newer((table, row["id"])):
            self._beside(table, Why.ERASED)
        elif (table, row["id"]) in self._images.removed:
            self._say((table, row["id"]), tr("Row {id} of {table} is there, but was taken out."))
        else:
            self._say((table, row["id"]), tr("Row {id} of {table} is there, but the history knows nothing of it."))

    def _is_drafted(self, table: str, row: Values) -> bool:
        return table in _CARDS or (table in _ASSESSMENTS and row[_ASSESSMENTS[table]] is not None)

    def _drafted(self, table: str, row: Values, unknown: Collection[str]) -> None:
        """Columns of a card or assessment: a draft's, or one that has a digest, which covers most of them."""
        cards = "scorecard" if table in _CARDS else "assessment"
        owner = row[_CARDS.get(table) or _ASSESSMENTS[table]]
        if owner in self._drafts[cards]:
            self._beside(table, Why.DRAFT)
        elif table == "note" and row["dimension"] is None:
            self._beside(table, Why.UNDECLARED)
        else:
            for column in _UNDECLARED[table]:
                if column in unknown:
                    self._beside(table, Why.UNDECLARED, column)

    def _gone(self, table: str, present: Collection[int]) -> None:
        drafted = table in _CARDS
        for row in self._images.rows(table):
            place = (table, row)
            if row in present or place in self._images.in_part or drafted:
                continue
            if place in self._images.erased or self._images.may_be_newer(place):
                self._beside(table, Why.ERASED)
            else:
                self._say(place, tr("Row {id} of {table} is gone, and nothing says that it was taken out."))

    def _must_be_readable(self, table: str, row: Values, names: Collection[str]) -> list[str]:
        columns = table_of(ROWS[table]).columns
        found = [name for name in names if name in columns and not is_readable(columns[name], row[name])]
        for name in found:
            self._say((table, row["id"]), tr("Row {id} of {table}: “{column}” can’t be read."), column=name)
        return found

    def _beside(self, table: str, why: Why, column: str = "") -> None:
        self._found.beside[table, column, why] += 1

    def _say(self, place: Place, words: str, **facts: str) -> None:
        table, row = place
        self._found.findings.append(Finding(f"{table}:{row}", words.format(table=table, id=row, **facts)))


def _typed(connection: Connection) -> dict[Place, Values | None]:
    """Rows somebody is typing in, with what they were before; None where that can't be read."""
    found: dict[Place, Values | None] = {}
    for table, row, before in connection.exec_driver_sql("SELECT table_name, row_id, before FROM unfinished"):
        try:
            known = json.loads(before)
        except (ValueError, TypeError):
            known = None
        found[table, row] = known if isinstance(known, dict) else None
    return found


def _same(recorded: object, now: object) -> bool:
    return type(recorded) is type(now) and recorded == now


def is_readable(column: Column[Any], value: object) -> bool:
    """Whether a value, as SQLite holds it, is one that the column can hold."""
    if value is None:
        return bool(column.nullable)
    kind = column.type
    try:
        if isinstance(kind, Integer | Boolean):
            return isinstance(value, int)
        if isinstance(kind, LargeBinary):
            return isinstance(value, bytes)
        if not isinstance(value, str):
            return False
        value.encode("utf-8")
        if isinstance(kind, Utc):
            return datetime.fromisoformat(value).tzinfo is not None
        if isinstance(kind, Words):
            return isinstance(json.loads(value), list)
        if isinstance(kind, Day):
            date.fromisoformat(value)
    except ValueError:
        return False
    return True
