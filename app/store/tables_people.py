"""The tables about a candidate beside their own row: how they are reached, tags, notes, further facts, who is who."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from app.domain.contact import ContactKind
from app.domain.operations import Kind
from app.domain.pipeline import Outcome, Side
from app.store.columns import NOBODY, NUMBERED, HistoryRow, day_column, key, one_of, to, utc


class Contact(HistoryRow, table=True):
    """A mail address, telephone number or link of a candidate. By `folded` two spellings of one are the same."""

    __table_args__ = (one_of("way", ContactKind), Index("ix_contact_folded", "folded"), NUMBERED)
    kind: ClassVar[Kind] = Kind.CANDIDATE
    person: ClassVar[tuple[str, ...]] = ("candidate_id",)

    id: int = key()
    candidate_id: int = to("candidate.id")
    way: str
    position: int
    value: str
    folded: str


class Tag(HistoryRow, table=True):
    """A word put to a candidate, to find them by."""

    __table_args__ = (Index("uq_tag_candidate_name", "candidate_id", "name", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.CANDIDATE
    person: ClassVar[tuple[str, ...]] = ("candidate_id",)

    id: int = key()
    candidate_id: int = to("candidate.id", index=False)
    name: str = Field(index=True)


class CandidateNote(HistoryRow, table=True):
    """What somebody noted about a candidate: for the panel, or for its author alone."""

    __tablename__ = "candidate_note"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.CANDIDATE
    person: ClassVar[tuple[str, ...]] = ("candidate_id",)

    id: int = key()
    candidate_id: int = to("candidate.id")
    author_id: int | None = to("colleague.id", null=True, index=False)
    at: datetime = utc()
    text: str
    private: bool = False


class FurtherFact(HistoryRow, table=True):
    """A fact about a candidate for which there is no field: a column of a table they came in by."""

    __tablename__ = "further_fact"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.CANDIDATE
    person: ClassVar[tuple[str, ...]] = ("candidate_id",)

    id: int = key()
    candidate_id: int = to("candidate.id")
    name: str
    value: str


class Hold(HistoryRow, table=True):
    """A time during which an application waits on purpose, until a day where one was said."""

    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.APPLICATION
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    since: datetime = utc()
    until: date | None = day_column()
    reason: str
    by_id: int | None = to("colleague.id", null=True, index=False)
    ended_at: datetime | None = utc(null=True)
    ended_by_id: int | None = to("colleague.id", null=True, index=False)


class CloseReason(HistoryRow, table=True):
    """A reason that is offered when an application is closed. Without any row the program's own are."""

    __tablename__ = "close_reason"
    __table_args__ = (one_of("outcome", Outcome), one_of("side", Side), NUMBERED)
    kind: ClassVar[Kind] = Kind.WORKSPACE
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    outcome: str
    side: str
    position: int
    words: str


class MergedCandidate(HistoryRow, table=True):
    """Two rows of one person made one: `former` is the number that the person no longer has."""

    __tablename__ = "merged_candidate"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.CANDIDATE
    person: ClassVar[tuple[str, ...]] = ("candidate_id",)

    id: int = key()
    candidate_id: int = to("candidate.id")
    former: int
    at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)


class TwoPeople(HistoryRow, table=True):
    """Two candidates of whom somebody said that they are two people; `candidate_id` is the smaller number."""

    __tablename__ = "two_people"
    __table_args__ = (Index("uq_two_people", "candidate_id", "other_id", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.CANDIDATE
    person: ClassVar[tuple[str, ...]] = ("candidate_id", "other_id")

    id: int = key()
    candidate_id: int = to("candidate.id", index=False)
    other_id: int = to("candidate.id")
    at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)


class Demographic(HistoryRow, table=True):
    """What a candidate said of themselves of their own will, for rates of groups alone: no page and no row shows it."""

    __table_args__ = (Index("uq_demographic", "candidate_id", "question", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.CANDIDATE
    person: ClassVar[tuple[str, ...]] = ("candidate_id",)

    id: int = key()
    candidate_id: int = to("candidate.id", index=False)
    question: str
    answer: str
    given_on: date = day_column(null=False)
