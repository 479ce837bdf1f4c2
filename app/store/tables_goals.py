"""The tables inside a growth plan, as rows: goals and their actions, own notes, packets that left."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from app.domain.operations import Kind
from app.store.columns import NUMBERED, HistoryRow, day_column, key, maybe_one_of, to, utc


class Goal(HistoryRow, table=True):
    """A goal of a plan; `steps_done` of `steps` are done, `steps` 0 where it isn't counted.

    `settled_on` is the day it was reached or dropped; days are None where they were not kept.
    """

    __table_args__ = (maybe_one_of("state", ("open", "reached", "dropped")), NUMBERED)
    kind: ClassVar[Kind] = Kind.GROWTH
    person: ClassVar[tuple[str, ...]] = ("plan_id",)

    id: int = key()
    plan_id: int = to("growth_plan.id")
    position: int
    dimension: str
    title: str
    measure: str = ""
    owner_id: int | None = to("colleague.id", null=True, index=False)
    with_id: int | None = to("colleague.id", null=True, index=False)
    due_on: date | None = day_column()
    from_score: int | None = None
    to_score: int | None = None
    steps: int = 0
    steps_done: int = 0
    steps_unit: str = ""
    steps_on: date | None = day_column()
    support: str = ""
    kpi: str = ""
    suggested_by: str = ""
    more_reason: str = ""
    state: str = "open"
    made_on: date | None = day_column()
    settled_on: date | None = day_column()


class GoalAction(HistoryRow, table=True):
    """'When …, I will …'."""

    __tablename__ = "goal_action"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.GROWTH
    person: ClassVar[tuple[str, ...]] = ("goal_id",)

    id: int = key()
    goal_id: int = to("goal.id")
    position: int
    when_text: str
    will_text: str
    done: bool = False
    done_on: date | None = day_column()


class PrivateNote(HistoryRow, table=True):
    """A note on a plan or on a check-in that stays with its author: nobody else ever sees it."""

    __tablename__ = "own_note"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.GROWTH
    person: ClassVar[tuple[str, ...]] = ("plan_id", "talk_id")

    id: int = key()
    plan_id: int | None = to("growth_plan.id", null=True)
    talk_id: int | None = to("growth_talk.id", null=True)
    author_id: int | None = to("colleague.id", null=True, index=False)
    text: str = ""


class MemberPacket(HistoryRow, table=True):
    """A packet about a member that was made: its number and the SHA-256 of its bytes."""

    __tablename__ = "member_packet"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.PACKET
    person: ClassVar[tuple[str, ...]] = ("member_id",)

    id: int = key()
    member_id: int = to("member.id")
    packet: str
    number: str
    sha256: str
    made_at: datetime = utc()
    by_id: int | None = to("colleague.id", null=True, index=False)
