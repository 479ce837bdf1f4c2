"""A step: the one way anything is written. It adds, edits and removes rows, and commits once with its history."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, TypeVarTuple, cast

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, delete, func, insert, select, update
from sqlmodel import col

from app.domain.operations import Op
from app.domain.spelling import canonical
from app.errors import NotFound, Refused
from app.store import history
from app.store.change_report import ChangeReport
from app.store.columns import HistoryRow, rows_of, table_of
from app.store.history import HistoryEntry, RowChange, Values
from app.store.history_tables import Unfinished
from app.store.ready_rows import ReadyRows, column_defaults, must_fit, stamp_of, table_name
from app.store.search_index import mark_changed
from app.words import tr

T = TypeVar("T", bound=HistoryRow)
V = TypeVar("V")
Ts = TypeVarTuple("Ts")
P = ParamSpec("P")
_unfinished = table_of(Unfinished)


@dataclass
class Step:
    """A transaction with its history. Made by `Workspace.step`, never by hand.

    `draft` writes nothing to the history (a scorecard enters it once, at submit); `typing` remembers the
    rows' state before the typing began and leaves the history for `finish_typing`. `declared_text` is digested in
    place of the changed rows; `also` holds further history rows that this step brought about. `beside` are changes of
    what never enters the history. What is to be done once all is committed stands in `afterwards`, and gets the
    workspace; `remains` are the files in which it found that something deleted for good may still be.
    """

    connection: Connection
    op: Op
    who: int | None
    at: datetime
    entropy: Callable[[int], bytes]
    about: str = history.WORKSPACE_PERSON
    words: str = ""
    subject: int = 0
    subject_table: str = ""
    merge: tuple[object, ...] | None = None
    draft: bool = False
    typing: bool = False
    declared_text: str | None = None
    also: list[HistoryEntry] = field(default_factory=list)
    beside: list[RowChange] = field(default_factory=list)
    afterwards: list[Callable[[Any], None]] = field(default_factory=list)
    remains: tuple[Path, ...] = ()
    changes: list[RowChange] = field(default_factory=list)
    added: list[RowChange] = field(default_factory=list)
    number: int | None = None
    _deferred: bool = False

    @property
    def me(self) -> int:
        """The colleague who acts. Raises Refused where the workspace does not know who that is."""
        if self.who is None:
            raise Refused(tr("The workspace does not know who you are."), tr("Choose yourself in Settings."))
        return self.who

    def get(self, table: type[T], row: int | None) -> T:
        """One row as a value. Raises NotFound."""
        found = self.connection.execute(_by_number(table), {"number": row}).first()
        if found is None:
            raise NotFound(tr("There is no {kind} {id}.").format(kind=table.kind, id=row))
        return cast("T", found)  # the row has the class's columns by name; an object of the class takes thrice as long

    def rows(self, query: Select[*Ts]) -> Sequence[Row[*Ts]]:
        """The rows of a query inside the transaction."""
        return self.connection.execute(query).all()

    def values(self, query: Select[V]) -> Sequence[V]:
        """The values of a query for one column, inside the transaction."""
        return self.connection.execute(query).scalars().all()

    def first(self, query: Select[*Ts]) -> Row[*Ts] | None:
        """The first row of a query inside the transaction."""
        return self.connection.execute(query).first()

    def add(self, table: Callable[P, HistoryRow], *_: P.args, **values: P.kwargs) -> int:
        """Insert a row and give its id. The first row added is what the step is about, unless said otherwise.

        `table` is a class of a table. It is typed as what makes a row of it, so that mypy checks the columns given.
        """
        return self._insert(cast("type[HistoryRow]", table), values)

    def _insert(self, table: type[HistoryRow], values: Values) -> int:
        must_fit(values)
        filled = {name: default() for name, default in column_defaults(table).items()} | values
        key = self.connection.execute(insert(table_of(table)), filled).inserted_primary_key
        row = int(key[0]) if key else 0
        self._name_subject(table, row)
        self.changes.append(RowChange(table_name(table), row, None, self._image(table, row), self.about))
        return row

    def add_ready(self, ready: ReadyRows) -> None:
        """Insert rows that were worked out before, many at once; their history with them."""
        self._refer_at_last()
        for name, rows in ready.inserts.items():
            self._name_subject(_table_named(name), rows[0][0])
            columns = table_of(_table_named(name)).columns.keys()
            names = ", ".join(f'"{n}"' for n in columns)
            marks = ", ".join("?" for _ in columns)
            self.connection.exec_driver_sql(f'INSERT INTO "{name}" ({names}) VALUES ({marks})', rows)
        self.also.extend(ready.entries)
        self.added.extend(ready.changes)

    def put_all(self, changes: Sequence[RowChange]) -> None:
        """`put` many rows at once, all of which are removed, or all of which are added."""
        self._refer_at_last()
        by_table: dict[str, list[RowChange]] = {}
        for change in changes:
            by_table.setdefault(change.table, []).append(change)
        for name, rows in by_table.items():
            self._name_subject(_table_named(name), rows[0].row)
            if rows[0].after is None:
                self.connection.exec_driver_sql(f'DELETE FROM "{name}" WHERE id = ?', [(row.row,) for row in rows])
            else:
                names = table_of(_table_named(name)).columns.keys()
                columns, marks = ", ".join(f'"{n}"' for n in names), ", ".join("?" for _ in names)
                values = [tuple(row.after[n] for n in names) for row in rows if row.after is not None]
                self.connection.exec_driver_sql(f'INSERT INTO "{name}" ({columns}) VALUES ({marks})', values)
        self.changes.extend(changes)

    def dangling(self) -> bool:
        """Whether a row refers to one that is not there, after rows were put many at once."""
        return self._deferred and self.connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None

    def images(self, table: str, rows: Sequence[int]) -> dict[int, Values]:
        """Many rows as SQLite holds them, by number; those that are not there are left out."""
        found: dict[int, Values] = {}
        query = f'SELECT * FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'
        for row in self.connection.exec_driver_sql(query, (json.dumps(list(rows)),)).mappings():
            found[row["id"]] = dict(row)
        return found

    def _refer_at_last(self) -> None:
        """Rows of many tables at once may come before what they refer to; that it is there is looked at when all is
        committed."""
        self.connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        self._deferred = True

    def edit(self, table: type[HistoryRow], row: int, **values: Any) -> None:
        """Set columns of a row; nothing happens where they are already so. Raises NotFound."""
        self._name_subject(table, row)
        must_fit(values)
        before = self._image(table, row)
        if before is None:
            raise NotFound(tr("There is no {kind} {id}.").format(kind=table.kind, id=row))
        self.connection.execute(update(table_of(table)).where(_key(table) == row).values(**values))
        after = self._image(table, row)
        if after != before:
            self.changes.append(RowChange(table_name(table), row, before, after, self.about))

    def remove(self, table: type[HistoryRow], row: int) -> None:
        """Delete a row. Raises NotFound."""
        self._name_subject(table, row)
        before = self._image(table, row)
        if before is None:
            raise NotFound(tr("There is no {kind} {id}.").format(kind=table.kind, id=row))
        self.connection.execute(delete(table_of(table)).where(_key(table) == row))
        self.changes.append(RowChange(table_name(table), row, before, None, self.about))

    def remove_all(self, table: type[HistoryRow], *where: ColumnElement[bool]) -> None:
        """Delete every row of which these conditions hold."""
        for row in self.values(select(_key(table)).where(*where)):
            self.remove(table, row)

    def copy_all(self, table: type[HistoryRow], *where: ColumnElement[bool], **changed: Any) -> None:
        """Insert each row of which these conditions hold once more, with these columns changed."""
        rows = self.connection.execute(select(table_of(table)).where(*where).order_by(_key(table)))
        for row in rows.mappings().all():
            self._insert(table, {name: value for name, value in row.items() if name != "id"} | changed)

    def next_number(self, table: type[HistoryRow]) -> int:
        """The number that the next row of a table gets: numbers of rows that were removed are not given again."""
        return free_number(self.connection, table)

    def put(self, change: RowChange) -> None:
        """Make a row what `change.after` says: the inverse of an earlier change, or its repetition."""
        table = _table_named(change.table)
        names = table_of(table).columns.keys()
        if change.after is None:
            self.connection.exec_driver_sql(f'DELETE FROM "{change.table}" WHERE id = ?', (change.row,))
        elif change.before is None:
            columns = ", ".join(f'"{n}"' for n in names)
            marks = ", ".join("?" for _ in names)
            self.connection.exec_driver_sql(
                f'INSERT INTO "{change.table}" ({columns}) VALUES ({marks})',
                tuple(change.after[n] for n in names),
            )
        else:
            sets = ", ".join(f'"{n}" = ?' for n in names)
            self.connection.exec_driver_sql(
                f'UPDATE "{change.table}" SET {sets} WHERE id = ?',
                (*(change.after[n] for n in names), change.row),
            )
        self._name_subject(table, change.row)
        self.changes.append(change)

    def image(self, table: str, row: int) -> Values | None:
        """A row as SQLite holds it, or None."""
        return self._image(_table_named(table), row)

    def commit_history(self) -> None:
        """Write what the history is owed; called once, as the last thing inside the transaction."""
        stamp = stamp_of(self.at)
        mark_changed(self.connection, ((change.table, change.row) for change in (*self.added, *self.changes)))
        if self.typing:
            self._remember(stamp)
            return
        entries = [*([] if self.draft else self._entries()), *self.also]
        if entries:
            self.number = history.append(self.connection, entries, at=stamp, who=self.who, entropy=self.entropy)

    def _entries(self) -> list[HistoryEntry]:
        typed = self.connection.execute(select(_unfinished.c.id).limit(1)).first() is not None
        changes = [self._from_before_typing(c) for c in self.changes] if typed else self.changes
        subject = f"{self.subject_table}:{self.subject}"
        if self.declared_text is not None:
            return [HistoryEntry(self.op, subject, self.about, self.declared_text, keep=False)]
        return history.entries_of(self.op, subject, changes)

    def report(self) -> ChangeReport:
        """What happened, for pages and for undo."""
        return ChangeReport(
            self.op,
            self.subject,
            self.words,
            self.at,
            (*self.added, *self.changes),
            self.merge,
            self.number,
            tuple(self.beside),
            self.remains,
        )

    def _name_subject(self, table: type[HistoryRow], row: int) -> None:
        if not self.subject_table:
            self.subject_table, self.subject = table_name(table), row

    def _image(self, table: type[HistoryRow], row: int) -> Values | None:
        found = self.connection.exec_driver_sql(f'SELECT * FROM "{table_name(table)}" WHERE id = ?', (row,))
        first = found.mappings().first()
        return None if first is None else dict(first)

    def _remember(self, stamp: str) -> None:
        """Keep the state before the typing in the file, so that a crash loses no 'before'."""
        for change in self.changes:
            where = (_unfinished.c.table_name == change.table, _unfinished.c.row_id == change.row)
            known = self.connection.execute(update(_unfinished).where(*where).values(touched_at=stamp)).rowcount
            if not known:
                self.connection.execute(
                    insert(_unfinished).values(
                        table_name=change.table,
                        row_id=change.row,
                        before=canonical(change.before),
                        person=change.person,
                        op=str(self.op),
                        who=self.who,
                        touched_at=stamp,
                    )
                )

    def _from_before_typing(self, change: RowChange) -> RowChange:
        """A finished change of a row that was being typed in starts where the typing started."""
        if change.before is None:
            return change
        where = (_unfinished.c.table_name == change.table, _unfinished.c.row_id == change.row)
        typed = self.connection.execute(select(_unfinished.c.before).where(*where)).scalar()
        if typed is None:
            return change
        self.connection.execute(delete(_unfinished).where(*where))
        return RowChange(change.table, change.row, json.loads(typed), change.after, change.person)


def free_number(connection: Connection, table: type[HistoryRow]) -> int:
    """The number that the next row of a table gets: numbers of rows that were removed are not given again."""
    given = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table_name(table),))
    last = connection.execute(select(func.max(_key(table)))).scalar()
    return max(last or 0, given.scalar() or 0) + 1


def finish_typing(step: Step, older_than: str | None = None) -> None:
    """Bring fields that were left, or have rested since `older_than` (UTC text), into the history."""
    rested = [] if older_than is None else [col(Unfinished.touched_at) <= older_than]
    for row in rows_of(step.connection, Unfinished, *rested):
        after = step.image(row.table_name, row.row_id)
        before = json.loads(row.before)
        step.connection.execute(delete(_unfinished).where(_unfinished.c.id == row.id))
        if after == before:
            continue
        change = RowChange(row.table_name, row.row_id, before, after, row.person)
        entries = history.entries_of(Op(row.op), f"{change.table}:{change.row}", [change])
        history.append(step.connection, entries, at=row.touched_at, who=row.who, entropy=step.entropy)


def _table_named(name: str) -> type[HistoryRow]:
    from app.store.registry import ROWS  # noqa: PLC0415  (it brings every table: undo and typing alone need that)

    return ROWS[name]


@cache
def _by_number(table: type[HistoryRow]) -> Select[Any]:
    """The query of one row, built once a table: it is the one asked most."""
    return select(table_of(table)).where(_key(table) == bindparam("number"))


def _key(table: type[HistoryRow]) -> Any:
    return table_of(table).c.id
