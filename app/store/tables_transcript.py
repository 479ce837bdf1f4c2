"""The tables of recorded calls, as rows: that a candidate agreed to the recording, and the transcript on a card."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Column, ForeignKey, Index, Integer, Text
from sqlmodel import Field

from app.domain.operations import Kind
from app.store.columns import NUMBERED, HistoryRow, Stored, day_column, key, to, utc


class RecordingConsent(HistoryRow, table=True):
    """That the candidate agreed to the recording of an interview: on which day, in which way, and who wrote it down."""

    __tablename__ = "recording_consent"
    __table_args__ = (Index("uq_recording_consent_interview", "interview_id", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.INTERVIEW
    person: ClassVar[tuple[str, ...]] = ("interview_id",)

    id: int = key()
    interview_id: int = to("interview.id", index=False)
    agreed_on: date | None = day_column()
    how: str
    at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)


class Transcript(Stored, table=True):
    """The transcript on a card. No row of it enters the history, so that it can be deleted for good.

    One that was deleted stays as its `key` without words: backups that still hold them are known by it. The name of
    the file comes after the words, so that it lies with them and goes with them.
    """

    __table_args__ = (Index("uq_transcript_key", "key", unique=True), NUMBERED)

    id: int = key()
    scorecard_id: int | None = Field(
        default=None,
        sa_column=Column(Integer, ForeignKey("scorecard.id", ondelete="SET NULL"), nullable=True, index=True),
    )
    key: str
    added_at: datetime = utc()
    deleted_at: datetime | None = utc(null=True)
    content: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    name: str = ""
