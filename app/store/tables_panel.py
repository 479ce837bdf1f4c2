"""The tables of the panel, as rows: the plan and its versions, the debrief, the decision and its approvals."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.domain.debrief import FlagVerdict
from app.domain.decision import Answer, Verdict
from app.domain.operations import Kind
from app.domain.panel import Zone
from app.store.columns import (
    NOBODY,
    NUMBERED,
    HistoryRow,
    day_column,
    key,
    maybe_one_of,
    no_words,
    one_of,
    to,
    utc,
    words_column,
)


class Plan(HistoryRow, table=True):
    """One version of an opening's interview plan, with the rule it was agreed with.

    `hire_from` and `mixed_from` are fractions as text; `budget` is the minutes a candidate may be asked for.
    An application keeps the version that was the newest when its first interview was planned.
    """

    __table_args__ = (Index("uq_plan_opening_version", "opening_id", "version", unique=True), NUMBERED)
    kind: ClassVar[Kind] = Kind.PLAN
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    opening_id: int = to("opening.id", index=False)
    version: int
    reason: str = ""
    must_have: list[str] = words_column()
    hire_from: str
    mixed_from: str
    without_score_allowed: int
    budget: int
    made_at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)


class PlanRound(HistoryRow, table=True):
    """One round of a plan."""

    __tablename__ = "plan_round"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.PLAN
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    position: int
    exercise: str
    minutes: int
    plan_id: int = to("plan.id")


class PlanSeat(HistoryRow, table=True):
    """A place in a round: who usually holds it (nobody yet where None), what they score, whether they only shadow."""

    __tablename__ = "plan_seat"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.PLAN
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    round_id: int = to("plan_round.id")
    position: int
    colleague_id: int | None = to("colleague.id", null=True, index=False)
    dimensions: list[str] = words_column()
    shadow: bool = False


class PlanTemplate(HistoryRow, table=True):
    """A plan kept under a name for further openings; `content` is its canonical text."""

    __tablename__ = "plan_template"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.PLAN
    person: ClassVar[tuple[str, ...]] = NOBODY

    id: int = key()
    name: str = Field(unique=True)
    content: str
    kept_at: datetime = utc()


class Debrief(HistoryRow, table=True):
    """The meeting over an application's cards. Cards that came in before `started_at` are the first scores."""

    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.DEBRIEF
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    facilitator_id: int | None = to("colleague.id", null=True, index=False)
    started_at: datetime = utc()


class SecondVote(HistoryRow, table=True):
    """A silent second score of a dimension, of everybody who scored it. The newest one holds; others keep `reason`."""

    __tablename__ = "second_vote"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.DEBRIEF
    person: ClassVar[tuple[str, ...]] = ("debrief_id",)

    id: int = key()
    debrief_id: int = to("debrief.id")
    dimension: str
    reason: str = ""
    at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)


class SecondScore(HistoryRow, table=True):
    """One person's second score; None for no score."""

    __tablename__ = "second_score"
    __table_args__ = (
        CheckConstraint("score IS NULL OR score BETWEEN 1 AND 4", name="score"),
        Index("uq_second_score", "vote_id", "colleague_id", unique=True),
        NUMBERED,
    )
    kind: ClassVar[Kind] = Kind.DEBRIEF
    person: ClassVar[tuple[str, ...]] = ("vote_id",)

    id: int = key()
    vote_id: int = to("second_vote.id", index=False)
    colleague_id: int = to("colleague.id", index=False)
    score: int | None = None


class FlagResolution(HistoryRow, table=True):
    """What the debrief made of an observed red flag; the newest one of a signal holds."""

    __tablename__ = "flag_resolution"
    __table_args__ = (one_of("verdict", FlagVerdict), NUMBERED)
    kind: ClassVar[Kind] = Kind.DEBRIEF
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    signal: str
    verdict: str
    why: str
    at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)


class Decision(HistoryRow, table=True):
    """What was decided on an application; the newest one holds, the others stay.

    `conditions` are ours; those in `for_letter` besides may stand in the offer's letter.

    `zone` is what the rule supported then, `departure` why the decision goes against it; a hold names the dimension
    and the round that are missing.
    """

    __table_args__ = (one_of("verdict", Verdict), maybe_one_of("zone", Zone), NUMBERED)
    kind: ClassVar[Kind] = Kind.DECISION
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    verdict: str
    level: str
    reason: str
    change_reason: str = ""
    by_id: int = to("colleague.id", index=False)
    at: datetime = utc()
    zone: str | None = None
    departure: str = ""
    conditions: list[str] = words_column()
    hold_dimension: str = ""
    hold_exercise: str = ""
    for_letter: list[str] = no_words()


class Approval(HistoryRow, table=True):
    """One place in a decision's chain of approvals: the role, who holds it, and their answer with its date.

    `recorded_by_id` and `recorded_at` say who wrote the answer down, and when.
    """

    __table_args__ = (maybe_one_of("answer", Answer), NUMBERED)
    kind: ClassVar[Kind] = Kind.DECISION
    person: ClassVar[tuple[str, ...]] = ("decision_id",)

    id: int = key()
    decision_id: int = to("decision.id")
    position: int
    role: str
    colleague_id: int | None = to("colleague.id", null=True, index=False)
    answer: str | None = None
    answered_on: date | None = day_column()
    note: str = ""
    recorded_at: datetime | None = utc(null=True)
    recorded_by_id: int | None = to("colleague.id", null=True, index=False)
