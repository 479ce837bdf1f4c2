"""The rows of any table as plain values: for what shows every table and knows none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Connection, Integer, func, select

from app.store.columns import Day, Utc, Words, table_of
from app.store.registry import ROWS


class Held(StrEnum):
    """What a column holds."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    YES_NO = "yes or no"
    MOMENT = "moment"
    DAY = "day"
    LIST = "list"


@dataclass(frozen=True)
class PlainColumn:
    """A column; `names` is the table of which it names a row, empty where it names none."""

    name: str
    held: Held
    names: str = ""


def table_names() -> tuple[str, ...]:
    """Every table whose rows enter the history."""
    return tuple(ROWS)


def plain_columns(table: str) -> tuple[PlainColumn, ...]:
    """The columns of a table, in their order."""
    choices = _choices(table)
    return tuple(
        PlainColumn(
            column.name,
            Held.CHOICE if column.name in choices else _held(column.type),
            next((key.column.table.name for key in column.foreign_keys), ""),
        )
        for column in table_of(ROWS[table]).columns
    )


def _held(kind: Any) -> Held:
    kinds = ((Boolean, Held.YES_NO), (Integer, Held.NUMBER), (Utc, Held.MOMENT), (Day, Held.DAY), (Words, Held.LIST))
    return next((held for one, held in kinds if isinstance(kind, one)), Held.TEXT)


def _choices(table: str) -> set[str]:
    """Columns of which a check says which words they hold."""
    checks = [c for c in table_of(ROWS[table]).constraints if isinstance(c, CheckConstraint)]
    return {found[1] for check in checks if (found := re.search(r"(\w+) IN \('", str(check.sqltext)))}


def plain_rows(
    connection: Connection, table: str, columns: Sequence[PlainColumn]
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Every row by its number, with its values in these columns; moments, days and lists as such."""
    rows = table_of(ROWS[table])
    query = select(rows.c.id, *(rows.c[column.name] for column in columns)).order_by(rows.c.id)
    for number, *values in connection.execute(query):
        yield number, tuple(values)


def row_count(connection: Connection, table: str) -> int:
    """How many rows a table has."""
    return connection.execute(select(func.count()).select_from(table_of(ROWS[table]))).scalar_one()
