"""Which tables a file has that are moved with it, each with its columns, their kinds, and its key.

The index of words is not among them: it is made of other rows. Nor are votes that are cast in a vote that is still
open: they are nobody's to read. The counters of numbers that were given are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.store.search_index import TABLES_OF_INDEX
from app.store.tables_committee import CommitteeBallot

_LEFT = TABLES_OF_INDEX | {str(CommitteeBallot.__tablename__)}
COUNTERS = "sqlite_sequence"
"""SQLite's own table of the highest number that was ever given in each table."""


@dataclass(frozen=True)
class MovedTable:
    """A table; `kinds` are those of its columns, `keys` the columns that no two rows have alike and none has empty."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[type, ...]
    keys: tuple[str, ...]

    def rows(self, connection: Connection) -> Iterator[Any]:
        """Every row, in the order of its key."""
        return iter(
            connection.exec_driver_sql(f"SELECT {_list(self.columns)} {self._from()} ORDER BY {_list(self.keys)}")
        )

    def count(self, connection: Connection) -> int:
        """How many rows there are."""
        return int(connection.exec_driver_sql(f"SELECT count(*) {self._from()}").scalar() or 0)

    def _from(self) -> str:
        """Counters of tables that are not moved stay behind."""
        moved = f" WHERE name NOT IN ({_texts(_LEFT)})" if self.name == COUNTERS else ""
        return f'FROM "{self.name}"{moved}'

    @property
    def insert(self) -> str:
        """The statement that adds a row."""
        return f'INSERT INTO "{self.name}" ({_list(self.columns)}) VALUES ({", ".join("?" * len(self.columns))})'  # noqa: S608


def moved_tables(connection: Connection) -> list[MovedTable]:
    """Those of this file, by name; the counters, which adding rows changes, come last."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY name"
    names = [name for name in connection.exec_driver_sql(query).scalars() if name not in _LEFT]
    counters = MovedTable(COUNTERS, ("name", "seq"), (str, int), ("name",))
    return [*(_table(connection, name) for name in names), counters]


def _table(connection: Connection, name: str) -> MovedTable:
    """Its key first, then by name: a file that was migrated has its columns in another order than a new one."""
    columns = connection.exec_driver_sql(f'PRAGMA table_info("{name}")').all()
    ordered = sorted((not row[5], row[5], str(row[1]), str(row[2])) for row in columns)
    keys = tuple(column for beside, _, column, _ in ordered if not beside)
    return MovedTable(name, tuple(row[2] for row in ordered), tuple(_kind(row[3]) for row in ordered), keys)


def _kind(declared: str) -> type:
    kinds: dict[str, type] = {"INTEGER": int, "BOOLEAN": int, "BLOB": bytes}
    return kinds.get(declared.upper(), str)


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _texts(names: frozenset[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))
