"""Rows worked out before their transaction begins, so that it holds the file for as short a time as can be."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any

from app.domain.operations import Op
from app.domain.value import LONGEST_TEXT
from app.errors import Refused
from app.store.columns import HistoryRow, table_of
from app.store.history import HistoryEntry, RowChange, Values, entries_of
from app.words import tr

_COMPOSED = frozenset({"content", "draft"})
"""Columns in which the program keeps a whole pack, guide, template, or form as it is being filled in."""


@dataclass(frozen=True)
class ReadyRows:
    """Rows to be added, with what the history keeps of them; `inserts` are their values by table."""

    changes: Sequence[RowChange]
    entries: list[HistoryEntry]
    inserts: Mapping[str, list[tuple[Any, ...]]]

    def let_go(self) -> None:
        """Forget what was written, row after row: so many objects that go at once hold every thread up."""
        every: list[list[Any]] = [self.entries, *self.inserts.values()]
        for held in every:
            while held:
                held.pop()


def ready_rows(op: Op, changes: Sequence[RowChange]) -> ReadyRows:
    """Rows to be added, as `held_values` makes them, in the order of their tables' first one."""
    inserts: dict[str, list[tuple[Any, ...]]] = {}
    for change in changes:
        assert change.after is not None
        inserts.setdefault(change.table, []).append(tuple(change.after.values()))
    subject = f"{changes[0].table}:{changes[0].row}" if changes else ""
    return ReadyRows(changes, entries_of(op, subject, changes), inserts)


def held_values(table: type[HistoryRow], about: str, values: Values) -> RowChange:
    """A row that is to be added, with its number, as SQLite will hold it: every column, in the table's order.

    `about` is the person it is about. Raises Refused for words longer than a field takes.
    """
    must_fit(values)
    after = dict(_template(table))
    for name, value in values.items():
        after[name] = value if value is None or type(value) in (str, int) else _held(value)
    return RowChange(table_name(table), values["id"], None, after, about)


@cache
def _template(table: type[HistoryRow]) -> Values:
    """Every column with what it holds where nothing is said. Its values are never changed in place."""
    made = column_defaults(table)
    return {name: _held(made[name]()) if name in made else None for name in table_of(table).columns.keys()}  # noqa: SIM118


def _held(value: Any) -> Any:
    """A value as our columns put it into SQLite."""
    match value:
        case bool():
            return int(value)
        case str():
            return str(value)
        case datetime():
            return stamp_of(value.astimezone(UTC))
        case date():
            return value.isoformat()
        case list() | tuple():
            return json.dumps(list(value), ensure_ascii=False)
    return value


def must_fit(values: Values) -> None:
    """Raises Refused for a person's words that are longer than a field takes; what the program composes may be."""
    for name, value in values.items():
        texts = value if isinstance(value, list | tuple) else (value,)
        longest = max((len(text) for text in texts if isinstance(text, str)), default=0)
        if longest > LONGEST_TEXT and name not in _COMPOSED:
            raise Refused(
                tr("This text has {n} characters; a field takes {most}.").format(n=longest, most=LONGEST_TEXT),
                tr("Shorten it, or attach it as a file."),
            )


def table_name(table: type[HistoryRow]) -> str:
    return str(table.__tablename__)


@cache
def column_defaults(table: type[HistoryRow]) -> dict[str, Callable[[], Any]]:
    """What gives the value of each column that may be left out, but for the number."""
    return {
        name: partial(field.get_default, call_default_factory=True)
        for name, field in table.model_fields.items()
        if name != "id" and not field.is_required()
    }


def stamp_of(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
