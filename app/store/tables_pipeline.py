"""The tables around openings and applications: closings, stage templates, views, maps, mails, invitations."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from app.domain.operations import Kind
from app.domain.pipeline import OpeningEnd
from app.store.columns import NUMBERED, HistoryRow, day_column, key, one_of, to, utc, words_column


class OpeningClosing(HistoryRow, table=True):
    """One closing of an opening, kept also where it was reopened since: the newest one without that holds."""

    __tablename__ = "opening_closing"
    __table_args__ = (one_of("outcome", OpeningEnd), NUMBERED)
    kind: ClassVar[Kind] = Kind.OPENING

    id: int = key()
    opening_id: int = to("opening.id")
    outcome: str
    reason: str = ""
    closed_on: date | None = day_column()
    by_id: int | None = to("colleague.id", null=True, index=False)
    reopened_on: date | None = day_column()
    reopened_by_id: int | None = to("colleague.id", null=True, index=False)


class StageTemplate(HistoryRow, table=True):
    """The names of stages, in their order, kept for further openings."""

    __tablename__ = "stage_template"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.OPENING

    id: int = key()
    name: str = Field(unique=True)
    stages: list[str] = words_column()


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


class MailTemplate(HistoryRow, table=True):
    """The words of a mail, for one purpose and language, and for the end at one stage where `stage` names it."""

    __tablename__ = "mail_template"
    __table_args__ = (Index("uq_mail_template", "purpose", "stage", "language", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.WORKSPACE

    id: int = key()
    purpose: str
    stage: str = ""
    language: str
    topic: str
    body: str


class MailDraft(HistoryRow, table=True):
    """A draft of a mail that was written into a file, about one application. What it says is not kept."""

    __tablename__ = "mail_draft"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.APPLICATION

    id: int = key()
    application_id: int = to("application.id")
    purpose: str
    language: str
    topic: str
    path: str
    written_at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)


class Invitation(HistoryRow, table=True):
    """The newest invitation that was written for an interview, as its calendar knows it.

    It stays when the interview is taken out, so that a cancellation can be written: `interview` is its number.
    """

    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.INTERVIEW

    id: int = key()
    application_id: int = to("application.id")
    interview: int
    sequence: int
    content: str
    cancelled: bool = False
    written_at: datetime = utc()
