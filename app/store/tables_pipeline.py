"""The tables of what a workspace keeps for its pipelines: closings of openings, views, maps, stages, work put off."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from app.domain.operations import Kind
from app.domain.pipeline import OpeningEnd
from app.store.columns import NOBODY, NUMBERED, HistoryRow, day_column, key, one_of, to, words_column


class OpeningClosing(HistoryRow, table=True):
    """One closing of an opening, kept also where it was opened again since: the newest without that holds."""

    __tablename__ = "opening_closing"
    __table_args__ = (one_of("how", OpeningEnd), NUMBERED)
    kind: ClassVar[Kind] = Kind.OPENING
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    opening_id: int = to("opening.id")
    how: str
    closed_on: date = day_column(null=False)
    reason: str = ""
    by_id: int | None = to("colleague.id", null=True, index=False)
    reopened_on: date | None = day_column()
    reopened_by_id: int | None = to("colleague.id", null=True, index=False)


class StageTemplate(HistoryRow, table=True):
    """Stages kept under a name for further openings."""

    __tablename__ = "stage_template"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.WORKSPACE
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    name: str = Field(unique=True)
    stages: list[str] = words_column()


class SavedView(HistoryRow, table=True):
    """A filter of the pipeline with its columns and order, kept under a name; `content` is its canonical text."""

    __tablename__ = "saved_view"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.WORKSPACE
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    name: str = Field(unique=True)
    content: str


class ImportMap(HistoryRow, table=True):
    """Which column of a table is which field, kept under a name; `content` is its canonical text."""

    __tablename__ = "import_map"
    __table_args__ = (Index("uq_import_map_name", "about", "name", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.WORKSPACE
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    about: str
    name: str
    content: str


class PutOff(HistoryRow, table=True):
    """Work on Today that somebody put off: `what` names it, and it stands there again on the day `until`."""

    __tablename__ = "put_off"
    __table_args__ = (Index("uq_put_off", "colleague_id", "what", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.WORKSPACE
    person: ClassVar[tuple[str, ...]] = ("colleague_id",)

    id: int = key()
    colleague_id: int = to("colleague.id", index=False)
    what: str
    until: date = day_column(null=False)
