"""The tables of what is written in a debrief and of a decision in the making, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Index

from app.domain.operations import Kind
from app.store.columns import NUMBERED, HistoryRow, key, to, utc


class DebriefWalk(HistoryRow, table=True):
    """One dimension of a debrief: its note, when it was walked, or that it was skipped."""

    __tablename__ = "debrief_walk"
    __table_args__ = (Index("uq_debrief_walk", "debrief_id", "dimension", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.DEBRIEF
    person: ClassVar[tuple[str, ...]] = ("debrief_id",)

    id: int = key()
    debrief_id: int = to("debrief.id", index=False)
    dimension: str
    note: str = ""
    walked_at: datetime | None = utc(null=True)
    skipped: bool = False


class DecisionDraft(HistoryRow, table=True):
    """What is being written on an application's decision before it is recorded; `content` is the form as JSON."""

    __tablename__ = "decision_draft"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.DEBRIEF
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    content: str


class Dissent(HistoryRow, table=True):
    """A colleague's disagreement with a decision, by name."""

    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.DECISION
    person: ClassVar[tuple[str, ...]] = ("decision_id",)

    id: int = key()
    decision_id: int = to("decision.id")
    colleague_id: int = to("colleague.id", index=False)
    text: str
