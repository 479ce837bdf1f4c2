"""The tables of a calibration's committee, as rows: seats, recusals, votes on an outcome and how each seat's ended."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index

from app.domain.assessment import Relation
from app.domain.calibration import CalibrationOutcome
from app.domain.committee import Ballots, Office, Turn
from app.domain.operations import Kind
from app.store.columns import NUMBERED, HistoryRow, Stored, key, maybe_one_of, one_of, to, utc


class CommitteeSeat(HistoryRow, table=True):
    """Somebody on the committee of a calibration: with an office or none, voting or only listening."""

    __tablename__ = "committee_seat"
    __table_args__ = (
        one_of("office", Office),
        Index("uq_committee_seat", "cycle_id", "colleague_id", unique=True),
        NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.CYCLE
    person: ClassVar[tuple[str, ...]] = ("colleague_id",)

    id: int = key()
    cycle_id: int = to("cycle.id", index=False)
    colleague_id: int = to("colleague.id", index=False)
    office: str = Office.NONE
    votes: bool = True


class CommitteeRecusal(HistoryRow, table=True):
    """That somebody leaves a case to the others, and how they stand to the member."""

    __tablename__ = "committee_recusal"
    __table_args__ = (
        one_of("relation", Relation),
        Index("uq_committee_recusal", "proposal_id", "colleague_id", unique=True),
        NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.CYCLE
    person: ClassVar[tuple[str, ...]] = ("proposal_id",)

    id: int = key()
    proposal_id: int = to("proposal.id", index=False)
    colleague_id: int = to("colleague.id", index=False)
    relation: str
    by_id: int | None = to("colleague.id", null=True, index=False)


class CommitteeVote(HistoryRow, table=True):
    """A vote of the committee on a proposal's outcome; it is open until `ended_at`, and the newest one holds.

    The counts are None while it is open, and where so few voted that they would tell who voted how. `result` is what
    more than half voted for.
    """

    __tablename__ = "committee_vote"
    __table_args__ = (one_of("ballots", Ballots), maybe_one_of("result", CalibrationOutcome), NUMBERED)
    kind: ClassVar[Kind] = Kind.CYCLE
    person: ClassVar[tuple[str, ...]] = ("proposal_id",)

    id: int = key()
    proposal_id: int = to("proposal.id")
    ballots: str
    reason: str = ""
    opened_at: datetime = utc()
    ended_at: datetime | None = utc(null=True)
    end_reason: str = ""
    result: str | None = None
    promote: int | None = None
    not_now: int | None = None
    more_evidence: int | None = None


class CommitteeTurn(HistoryRow, table=True):
    """How a seat's part in a vote ended, or that it is excused from one that is open.

    `choice` is what they voted, where votes are kept by name; `why` says why they were excused.
    """

    __tablename__ = "committee_turn"
    __table_args__ = (
        one_of("turn", Turn),
        maybe_one_of("relation", Relation),
        maybe_one_of("choice", CalibrationOutcome),
        CheckConstraint("choice IS NULL OR turn = 'voted'", name="choice_of_a_vote"),
        Index("uq_committee_turn", "vote_id", "colleague_id", unique=True),
        NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.CYCLE
    person: ClassVar[tuple[str, ...]] = ("vote_id",)

    id: int = key()
    vote_id: int = to("committee_vote.id", index=False)
    colleague_id: int = to("colleague.id", index=False)
    turn: str
    relation: str | None = None
    why: str = ""
    choice: str | None = None


class CommitteeBallot(Stored, table=True):
    """A vote that is cast while the vote is open. No row of it enters the history, a backup or an export; when the vote
    ends all of them go, and what is kept of them stands in the vote and its turns."""

    __tablename__ = "committee_ballot"
    __table_args__ = (
        one_of("choice", CalibrationOutcome),
        Index("uq_committee_ballot", "vote_id", "colleague_id", unique=True),
        NUMBERED,
    )

    id: int = key()
    vote_id: int = to("committee_vote.id", index=False)
    colleague_id: int = to("colleague.id", index=False)
    choice: str
