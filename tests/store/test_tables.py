"""The classes of tables: typed names for SQLAlchemy's own columns."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from app.store.columns import table_of
from app.store.registry import ROWS
from app.store.tables import Candidate


def test_a_class_gives_the_columns_of_its_table_and_no_mapper() -> None:
    for rows in ROWS.values():
        assert not hasattr(rows, "__mapper__")
        for column in table_of(rows).columns:
            assert getattr(rows, column.key) is column


def test_a_typed_statement_is_the_same_as_one_of_the_table() -> None:
    table = table_of(Candidate)
    typed = select(col(Candidate.name)).where(col(Candidate.id) == 3)
    assert str(typed) == str(select(table.c.name).where(table.c.id == 3))
