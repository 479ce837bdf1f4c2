"""Whom the rows of a table are about: the columns it names as its `person` are followed to the person.

What hangs on a person, or on a row that is sealed, is found by it: when two candidates are made one, and when rows are
left out of what somebody exports. It brings every table, so it is imported where it is used.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection

from app.domain.spelling import canonical
from app.store.columns import table_of
from app.store.registry import ROWS

PEOPLE = ("candidate", "member", "colleague")


@cache
def leads(table: str) -> dict[str, str]:
    """By each column of a table's `person`, the table it names a row of: its own where the row is the person."""
    columns = table_of(ROWS[table]).columns
    return {
        name: table if name == "id" else next(key.column.table.name for key in columns[name].foreign_keys)
        for name in ROWS[table].person
    }


@cache
def person_of(table: str) -> str:
    """Which of PEOPLE the rows of a table are about; empty where they are about nobody."""
    found = next(iter(leads(table).values()), "")
    return found if found in (table, "") else person_of(found)


def tables_that_name(person: str) -> list[tuple[str, str]]:
    """Every table with the column by which it is about a row of this table itself."""
    return [
        (table, column) for table in ROWS for column, of in leads(table).items() if of == person and table != person
    ]


def rows_about(connection: Connection, table: str, column: str, rows: frozenset[int]) -> frozenset[int]:
    """The rows of a table that name one of these in that column."""
    query = f'SELECT id FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?))'  # noqa: S608
    return frozenset(connection.exec_driver_sql(query, (canonical(sorted(rows)),)).scalars())
