"""The tables of what goes out to people: templates of mails, drafts that were written, invitations to rounds."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index

from app.domain.calibration import CalibrationOutcome
from app.domain.mail import MailKind
from app.domain.operations import Kind
from app.store.columns import NOBODY, NUMBERED, HistoryRow, key, one_of, to, utc, words_column


class MailTemplate(HistoryRow, table=True):
    """The workspace's own words of a mail in one language, in the place of the program's.

    `stage` names the stage after which a rejection is written in these words; empty for any.
    """

    __tablename__ = "mail_template"
    __table_args__ = (
        one_of("mail", MailKind),
        Index("uq_mail_template", "mail", "stage", "language", unique=True),
        NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.WORKSPACE
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    mail: str
    stage: str = ""
    language: str
    subject: str
    body: str


class LetterTemplate(HistoryRow, table=True):
    """The workspace's own words of the letter to members on one outcome, in the place of the program's."""

    __tablename__ = "letter_template"
    __table_args__ = (
        one_of("outcome", CalibrationOutcome),
        Index("uq_letter_template", "outcome", unique=True),
        NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.WORKSPACE
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    outcome: str
    subject: str
    body: str


class MailDraft(HistoryRow, table=True):
    """A draft of a mail to a candidate that was written to a file.

    `path` is where, until it was taken away again, and `sha256` the fingerprint of what was written there.
    """

    __tablename__ = "mail_draft"
    __table_args__ = (one_of("mail", MailKind), NUMBERED)
    kind: ClassVar[Kind] = Kind.APPLICATION
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    mail: str
    language: str
    path: str
    written_at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)
    removed_at: datetime | None = utc(null=True)
    sha256: str = ""


class Invitation(HistoryRow, table=True):
    """What was last written to a calendar file about a round, so that a later file moves it or takes it back.

    `interview` is the number of the interview, which may be gone since; `sequence` counts the files from 0.
    """

    __table_args__ = (Index("ix_invitation_interview", "interview"), NUMBERED)
    kind: ClassVar[Kind] = Kind.INTERVIEW
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    interview: int
    sequence: int
    cancelled: bool = False
    title: str
    starts_at: datetime = utc()
    minutes: int
    place: str = ""
    attendees: list[str] = words_column()
    written_at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)
