"""Every table as its exporter may see it: rows in words, names beside numbers, and how much is left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.phrases.columns import column_words
from app.phrases.tables import table_words
from app.records.table_sight import NEVER, TableSight
from app.store.plain_rows import Held, PlainColumn, plain_columns, plain_rows, row_count, table_names
from app.store.workspace import Workspace
from app.words import tr

Cell = str | int
COUNTED = ("scorecard", "assessment", "decision", "proposal")
"""Tables of which it is said how many rows are left out: everybody knows that they are there. Of what stands on them,
and of notes that are somebody's alone, nothing is said."""

_KEPT_WHOLE = frozenset({"content", "draft", "pages", "readiness", "digest", "folded", "key", "forms_folder", "seed"})
"""Columns that the program keeps for itself."""

_NAMED_BY: dict[str, tuple[str, ...]] = {
    "colleague": ("name",),
    "candidate": ("name",),
    "opening": ("code",),
    "stage": ("name",),
    "rubric_version": ("pack", "version"),
    "guide_version": ("name", "version"),
    "application": ("candidate_id", "opening_id"),
    "plan": ("opening_id", "version"),
    "plan_round": ("exercise",),
    "interview": ("application_id", "round_id"),
    "scorecard": ("interview_id", "author_id"),
    "member": ("colleague_id",),
    "cycle": ("name",),
    "proposal": ("cycle_id", "member_id"),
    "assessment": ("member_id", "rater_id"),
    "growth_plan": ("member_id", "target"),
    "growth_talk": ("member_id", "due_on"),
    "goal": ("plan_id", "title"),
    "debrief": ("application_id",),
    "second_vote": ("debrief_id", "dimension"),
    "decision": ("application_id",),
    "offer": ("application_id",),
    "cycle_vote": ("proposal_id", "dimension"),
    "cycle_outcome": ("proposal_id",),
}
"""By which columns a row is named beside its number; a table that is not here is named by number alone."""


@dataclass(frozen=True)
class ColumnShown:
    """A column: what heads it, and what it means."""

    heading: str
    meaning: str


@dataclass(frozen=True)
class TableShown:
    """A table: the name of its file, what a row is, and its rows, to be gone through once."""

    table: str
    name: str
    about: str
    columns: tuple[ColumnShown, ...]
    rows: Iterator[list[Cell]]
    left_out: int


@contextmanager
def tables_shown(workspace: Workspace) -> Iterator[Iterator[TableShown]]:
    """Every table as of one moment, one after another, as long as the block runs."""
    with workspace.read() as connection:
        yield _tables(connection, workspace)


def rows_in_all(workspace: Workspace) -> int:
    """At most how many rows there are to show."""
    with workspace.read() as connection:
        return sum(row_count(connection, table) for table in shown_names())


def shown_names() -> tuple[str, ...]:
    """The tables that are shown, in the order of their names in words."""
    return tuple(sorted((t for t in table_names() if t not in NEVER), key=lambda t: table_words(t)[0]))


def _tables(connection: Connection, workspace: Workspace) -> Iterator[TableShown]:
    sight, names = TableSight(connection, workspace.me), _Names(connection)
    for table in shown_names():
        columns = [column for column in plain_columns(table) if column.name not in _KEPT_WHOLE]
        hidden = sight.hidden(table)
        name, about = table_words(table)
        shown = tuple(one for column in columns for one in _shown(table, column))
        rows = _rows(connection, workspace, table, columns, hidden, names)
        yield TableShown(table, name, about, shown, rows, len(hidden) if table in COUNTED else 0)


def _shown(table: str, column: PlainColumn) -> list[ColumnShown]:
    heading, meaning = column_words(table, column.name)
    if column.held is Held.MOMENT:
        meaning = tr("{meaning}; in the workspace’s time zone").format(meaning=meaning)
    if not column.names:
        return [ColumnShown(heading, meaning)]
    number = ColumnShown(tr("{what} no.").format(what=heading), tr("{meaning}, by its number").format(meaning=meaning))
    return [number, ColumnShown(heading, meaning)] if column.names in _NAMED_BY else [number]


def _rows(
    connection: Connection,
    workspace: Workspace,
    table: str,
    columns: list[PlainColumn],
    hidden: frozenset[int],
    names: _Names,
) -> Iterator[list[Cell]]:
    for number, values in plain_rows(connection, table, columns):
        if number in hidden:
            continue
        cells: list[Cell] = []
        for column, value in zip(columns, values, strict=True):
            cells.append(_cell(column, value, workspace))
            if column.names in _NAMED_BY:
                cells.append(names.of(column.names, value))
        yield cells


def _cell(column: PlainColumn, value: Any, workspace: Workspace) -> Cell:
    """A value in words."""
    if value is None:
        return ""
    match column.held:
        case Held.NUMBER:
            return int(value)
        case Held.YES_NO:
            return tr("yes") if value else tr("no")
        case Held.MOMENT:
            return str(value.astimezone(workspace.zone).strftime("%Y-%m-%d %H:%M"))
        case Held.DAY:
            return str(value.isoformat())
        case Held.LIST:
            return ", ".join(value)
        case Held.CHOICE:
            return str(value).replace("_", " ")
    return str(value)


class _Names:
    """The names of rows, read a table at a time when the first of it is asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, dict[int, str]] = {}

    def of(self, table: str, row: int | None) -> str:
        """The name of a row; empty for none."""
        if row is None:
            return ""
        if table not in self._known:
            self._known[table] = dict(self._read(table))
        return self._known[table].get(row, "")

    def _read(self, table: str) -> Iterator[tuple[int, str]]:
        known = {column.name: column for column in plain_columns(table)}
        columns = [known[name] for name in _NAMED_BY[table]]
        for number, values in plain_rows(self._connection, table, columns):
            parts = [
                self.of(column.names, value) if column.names else str(value or "")
                for column, value in zip(columns, values, strict=True)
            ]
            yield number, " · ".join(part for part in parts if part)
