"""The tables around rubrics, as rows: drafts with their parts, findings set aside, own exercises, retired questions."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index

from app.domain.operations import Kind
from app.store.columns import NOBODY, NUMBERED, HistoryRow, key, to, utc


class RubricDraft(HistoryRow, table=True):
    """A rubric that is being written; `base_id` is the version it will follow, None where it begins a rubric."""

    __tablename__ = "rubric_draft"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.RUBRIC
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    base_id: int | None = to("rubric_version.id", null=True, index=False)
    started_at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)


class RubricPart(HistoryRow, table=True):
    """One part of a draft, such as a dimension or an exercise: `content` is JSON as it was typed, finished or not."""

    __tablename__ = "rubric_part"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.RUBRIC
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    draft_id: int = to("rubric_draft.id")
    section: str
    position: int
    content: str


class SetAside(HistoryRow, table=True):
    """A finding of the rubric check that somebody set aside, by its key, with the reason: of a draft or a version."""

    __tablename__ = "set_aside"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.RUBRIC
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    rubric_id: int | None = to("rubric_version.id", null=True)
    draft_id: int | None = to("rubric_draft.id", null=True)
    finding: str
    reason: str
    at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)


class OwnExercise(HistoryRow, table=True):
    """A kind of interview that an opening has beside those of its rubric; `content` is an exercise as JSON."""

    __tablename__ = "own_exercise"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.PLAN
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    opening_id: int = to("opening.id")
    content: str


class RetiredQuestion(HistoryRow, table=True):
    """A question that is asked no more: it stays in versions and cards that have it, and in no new kit or card."""

    __tablename__ = "retired_question"
    __table_args__ = (Index("uq_retired_question", "pack", "question", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.RUBRIC
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    pack: str
    question: str
    reason: str
    at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)
