"""The tables of what a workspace keeps for its pipelines: views by name, and maps of imports."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from app.domain.operations import Kind
from app.store.columns import NUMBERED, HistoryRow, key


class SavedView(HistoryRow, table=True):
    """A filter of the pipeline with its columns and order, kept under a name; `content` is its canonical text."""

    __tablename__ = "saved_view"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.WORKSPACE

    id: int = key()
    name: str = Field(unique=True)
    content: str


class ImportMap(HistoryRow, table=True):
    """Which column of a table is which field, kept under a name; `content` is its canonical text."""

    __tablename__ = "import_map"
    __table_args__ = (Index("uq_import_map_name", "about", "name", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.WORKSPACE

    id: int = key()
    about: str
    name: str
    content: str
