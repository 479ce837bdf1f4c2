"""The tables of a calibration's session, as rows: stories chosen, silent votes, what was decided, who disagreed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index

from app.domain.calibration import CalibrationOutcome
from app.domain.operations import Kind
from app.store.columns import NUMBERED, HistoryRow, key, one_of, to, utc


class WorkStory(HistoryRow, table=True):
    """A piece of work chosen for a promotion packet: what one rater told of a dimension; `position` from 0."""

    __tablename__ = "work_story"
    __table_args__ = (Index("uq_work_story", "proposal_id", "dimension", "rater_id", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.CYCLE
    person: ClassVar[tuple[str, ...]] = ("proposal_id",)

    id: int = key()
    proposal_id: int = to("proposal.id", index=False)
    position: int
    dimension: str
    rater_id: int = to("colleague.id", index=False)


class CalibrationVote(HistoryRow, table=True):
    """A silent second score of one cell in a session; the newest one holds, the others stay with its reason."""

    __tablename__ = "cycle_vote"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.CYCLE
    person: ClassVar[tuple[str, ...]] = ("proposal_id",)

    id: int = key()
    proposal_id: int = to("proposal.id")
    dimension: str
    reason: str = ""
    at: datetime = utc()


class CalibrationScore(HistoryRow, table=True):
    """One person's second score in a vote; None for no score. `why` is needed where it differs from the first."""

    __tablename__ = "cycle_score"
    __table_args__ = (
        CheckConstraint("score IS NULL OR score BETWEEN 1 AND 4", name="score"),
        Index("uq_cycle_score", "vote_id", "colleague_id", unique=True),
        NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.CYCLE
    person: ClassVar[tuple[str, ...]] = ("vote_id",)

    id: int = key()
    vote_id: int = to("cycle_vote.id", index=False)
    colleague_id: int = to("colleague.id", index=False)
    score: int | None = None
    why: str = ""


class CalibrationResult(HistoryRow, table=True):
    """What was decided on a proposal; the newest one holds."""

    __tablename__ = "cycle_outcome"
    __table_args__ = (one_of("outcome", CalibrationOutcome), NUMBERED)
    kind: ClassVar[Kind] = Kind.CYCLE
    person: ClassVar[tuple[str, ...]] = ("proposal_id",)

    id: int = key()
    proposal_id: int = to("proposal.id")
    outcome: str
    reason: str
    change_reason: str = ""
    readiness: str = ""
    by_id: int | None = to("colleague.id", null=True, index=False)
    at: datetime = utc()


class CalibrationDissent(HistoryRow, table=True):
    """A disagreement with an outcome, by name."""

    __tablename__ = "cycle_dissent"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.CYCLE
    person: ClassVar[tuple[str, ...]] = ("outcome_id",)

    id: int = key()
    outcome_id: int = to("cycle_outcome.id")
    colleague_id: int = to("colleague.id", index=False)
    text: str
