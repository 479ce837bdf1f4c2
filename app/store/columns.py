"""What our tables are built of: a row, and its kinds of columns (moments, days, lists of keys, references)."""

from __future__ import annotations

import json
from collections import namedtuple
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, ClassVar, TypeVar, TypeVarTuple, cast, overload

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Connection,
    Date,
    Dialect,
    ForeignKey,
    Integer,
    Select,
    SQLColumnExpression,
    Table,
    Text,
    func,
    select,
)
from sqlalchemy.ext.declarative import DeferredReflection
from sqlalchemy.sql.selectable import NamedFromClause
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from app.domain.operations import Kind

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


NUMBERED = {"sqlite_autoincrement": True}
NOBODY: tuple[str, ...] = ()
"""For a table whose rows are about no person."""


T = TypeVar("T", bound=SQLModel)
U = TypeVar("U", bound=SQLModel)
V = TypeVar("V", bound=SQLModel)
Ts = TypeVarTuple("Ts")


class Unreadable(ValueError):
    """A value in the file that is none its column can hold; it is not said which, it may be a person's words."""


class Stored(DeferredReflection, SQLModel):
    """A table of the file.

    A row is read and written as values. No object of a class is ever mapped, so SQLAlchemy's mappers and pydantic's
    validators wait for good: together a third of the time that the tables take. `Candidate.name` is the table's own
    column, and `select(col(Candidate.name))` a statement of SQLAlchemy's Core.
    """

    model_config = {"defer_build": True}

    @classmethod
    def __clause_element__(cls) -> Table:
        """So that a class can be joined and selected from: SQLAlchemy takes its table."""
        return table_of(cls)


class HistoryRow(Stored):
    """What every table whose rows enter the history has: a number that is never given twice, and what kind it holds.

    `person` are the columns by which a row is about a person: "id" where it is that candidate, member or colleague,
    else columns that name a row which is about them. `store/about.py` follows them.
    """

    kind: ClassVar[Kind]
    person: ClassVar[tuple[str, ...]]


class Utc(TypeDecorator[datetime]):
    """An aware moment as UTC text, '2026-03-12T09:41:05.123Z': it sorts as text and any SQLite reads it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Refuse naive moments: they would mean another time on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Back to an aware moment."""
        try:
            return None if value is None else datetime.fromisoformat(value)
        except (ValueError, TypeError):
            raise Unreadable from None


class Words(TypeDecorator[list[str]]):
    """A list of keys as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: list[str] | tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """One canonical spelling, so that equal lists are equal text."""
        return None if value is None else json.dumps(list(value), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> list[str] | None:
        """Back to a list."""
        try:
            return None if value is None else [str(v) for v in json.loads(value)]
        except (ValueError, TypeError):
            raise Unreadable from None


class Day(TypeDecorator[date]):
    """A day as text, '2026-03-12'."""

    impl = Date
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None]:
        """SQLAlchemy's own says what it could not read."""
        return _day_of


def _day_of(value: Any) -> date | None:
    try:
        return None if value is None else date.fromisoformat(value)
    except (ValueError, TypeError):
        raise Unreadable from None


def key() -> Any:
    return Field(default=None, primary_key=True)


def to(target: str, *, null: bool = False, index: bool = True) -> Any:
    return Field(sa_column=Column(Integer, ForeignKey(target), nullable=null, index=index))


def utc(*, null: bool = False) -> Any:
    return Field(default=None, sa_column=Column(Utc, nullable=null))


def day_column(*, null: bool = True) -> Any:
    return Field(default=None, sa_column=Column(Day, nullable=null))


def words_column() -> Any:
    return Field(sa_column=Column(Words, nullable=False))


def no_words() -> Any:
    return Field(default_factory=list, sa_column=Column(Words, nullable=False))


def maybe_one_of(column: str, values: type[Any] | tuple[str, ...]) -> CheckConstraint:
    names = ", ".join(f"'{v}'" for v in values)
    return CheckConstraint(f"{column} IS NULL OR {column} IN ({names})", name=column)


def one_of(column: str, values: type[Any] | tuple[str, ...]) -> CheckConstraint:
    names = ", ".join(f"'{v}'" for v in values)
    return CheckConstraint(f"{column} IN ({names})", name=column)


def table_of(rows: type[SQLModel]) -> Table:
    """The SQLAlchemy table behind a class, for queries."""
    return cast("Table", rows.__table__)  # type: ignore[attr-defined]


def aliased(rows: type[T]) -> type[T]:
    """A table once more in the same query, under another name: `manager = aliased(Colleague)`, `col(manager.name)`."""
    return cast("type[T]", _Alias(table_of(rows).alias()))


class _Alias:
    def __init__(self, table: NamedFromClause[Any]) -> None:
        self._table = table

    def __getattr__(self, column: str) -> Any:
        try:
            return self._table.c[column]
        except KeyError:
            raise AttributeError(column) from None

    def __clause_element__(self) -> NamedFromClause[Any]:
        return self._table


def rows_of(
    connection: Connection,
    table: type[T],
    *where: ColumnElement[bool],
    order_by: Iterable[SQLColumnExpression[Any]] = (),
) -> list[T]:
    """Whole rows of a table, its columns as attributes. Where few of them are read, select those columns instead."""
    made = _maker(table)
    return [made(row) for row in connection.execute(select(table_of(table)).where(*where).order_by(*order_by))]


@overload
def rows_with(connection: Connection, query: Select[*Ts], table: type[T], /) -> list[tuple[T, *Ts]]: ...
@overload
def rows_with(
    connection: Connection, query: Select[*Ts], table: type[T], other: type[U], /
) -> list[tuple[T, U, *Ts]]: ...
@overload
def rows_with(
    connection: Connection, query: Select[*Ts], table: type[T], other: type[U], third: type[V], /
) -> list[tuple[T, U, V, *Ts]]: ...
def rows_with(connection: Connection, query: Select[*Ts], *tables: type[SQLModel]) -> list[Any]:
    """The rows of a query that reads from these tables: of each the tables' whole rows, then what the query selects.

    A table must be there in every row: of one that is joined from outside, select the columns.
    """
    parts: list[tuple[Callable[[Iterable[object]], SQLModel], slice]] = []
    end = 0
    for table in tables:
        own = table_of(table).columns
        query, start, end = query.add_columns(*own), end, end + len(own)
        parts.append((_maker(table), slice(start, end)))
    found = []
    for row in connection.execute(query):
        selected = len(row) - end
        whole = row[selected:]
        found.append((*(made(whole[part]) for made, part in parts), *row[:selected]))
    return found


@cache
def _maker(table: type[T]) -> Callable[[Iterable[object]], T]:
    """What makes a row of its values. It is a tuple with the table's names: an object of the table takes thrice as
    long to make."""
    build: Callable[..., Any] = namedtuple
    return cast("Callable[[Iterable[object]], T]", build(table.__name__, table_of(table).columns.keys())._make)


def among(column: SQLColumnExpression[Any], ids: Iterable[int] | Iterable[str]) -> ColumnElement[bool]:
    """For a query: whether a column is one of these numbers or texts, as many as there are; it is always the same."""
    given = func.json_each(json.dumps(sorted(ids))).table_valued("value")
    return column.in_(select(given.c.value))
