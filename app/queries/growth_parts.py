"""The parts of a growth plan, read back: goals with their actions, check-ins, evidence.

Evidence from a panel or an assessment is included only where the person who asks may see it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, select
from sqlmodel import col

from app.records.assessment_groups import AssessmentGroup
from app.records.hire import Hired
from app.store.columns import rows_of, rows_with
from app.store.tables import Colleague
from app.store.tables_goals import Goal, GoalAction, PrivateNote
from app.store.tables_growth import EvidenceItem, GrowthCheckIn


class Origin(StrEnum):
    """Where an item of evidence was written."""

    TYPED = "typed"
    PANEL = "panel"
    ASSESSMENT = "assessment"


@dataclass(frozen=True)
class Check:
    """A “When …, I will …”; `done_on` is the day it was ticked, where that is known."""

    id: int
    when: str
    will: str
    done: bool
    done_on: date | None = None


@dataclass(frozen=True)
class GoalView:
    """A goal with its actions; `number` counts the goals of the plan from 1, `steps` is 0 where none are counted."""

    id: int
    number: int
    dimension: str
    title: str
    measure: str
    owner: int | None
    owner_name: str
    with_whom: int | None
    with_name: str
    due_on: date | None
    from_score: int | None
    to_score: int | None
    steps: int
    steps_done: int
    steps_unit: str
    steps_on: date | None
    support: str
    kpi: str
    suggested_by: str
    more_reason: str
    state: str
    checks: tuple[Check, ...]
    made_on: date | None = None
    settled_on: date | None = None


@dataclass(frozen=True)
class CheckInView:
    """A check-in. `plan` is None for one of the first year."""

    id: int
    plan: int | None
    due_on: date | None
    held_on: date | None
    prepared: tuple[str, ...]
    said: str
    private_note: str


@dataclass(frozen=True)
class GrowthEvidence:
    """An item of evidence. `shared` says that it may stand in the growth packet; `by` is who wrote it."""

    id: int
    dimension: str
    on: date | None
    text: str
    inferred: bool
    source: str
    shared: bool
    origin: Origin
    by: str
    goal: int | None


def _names(connection: Connection, ids: Collection[int | None]) -> dict[int | None, str]:
    known = [number for number in ids if number is not None]
    query = select(col(Colleague.id), col(Colleague.name)).where(col(Colleague.id).in_(known))
    return dict(connection.execute(query).all())


def goals_of(connection: Connection, plan: int) -> tuple[GoalView, ...]:
    """A plan's goals in their order, settled ones too."""
    goals = rows_of(connection, Goal, col(Goal.plan_id) == plan, order_by=[col(Goal.position), col(Goal.id)])
    names = _names(connection, [who for goal in goals for who in (goal.owner_id, goal.with_id)])
    checks = _checks(connection, [goal.id for goal in goals])
    return tuple(
        GoalView(
            id=goal.id,
            number=number,
            dimension=goal.dimension,
            title=goal.title,
            measure=goal.measure,
            owner=goal.owner_id,
            owner_name=names.get(goal.owner_id, ""),
            with_whom=goal.with_id,
            with_name=names.get(goal.with_id, ""),
            due_on=goal.due_on,
            from_score=goal.from_score,
            to_score=goal.to_score,
            steps=goal.steps,
            steps_done=goal.steps_done,
            steps_unit=goal.steps_unit,
            steps_on=goal.steps_on,
            support=goal.support,
            kpi=goal.kpi,
            suggested_by=goal.suggested_by,
            more_reason=goal.more_reason,
            state=goal.state,
            checks=tuple(checks.get(goal.id, ())),
            made_on=goal.made_on,
            settled_on=goal.settled_on,
        )
        for number, goal in enumerate(goals, start=1)
    )


def _checks(connection: Connection, goals: Collection[int]) -> dict[int, list[Check]]:
    query = (
        select(
            col(GoalAction.goal_id),
            col(GoalAction.id),
            col(GoalAction.when_text),
            col(GoalAction.will_text),
            col(GoalAction.done),
            col(GoalAction.done_on),
        )
        .where(col(GoalAction.goal_id).in_(goals))
        .order_by(col(GoalAction.position), col(GoalAction.id))
    )
    found: dict[int, list[Check]] = {}
    for goal, action, when, will, done, done_on in connection.execute(query):
        found.setdefault(goal, []).append(Check(action, when, will, done, done_on))
    return found


def own_note_on_plan(connection: Connection, plan: int, me: int | None) -> str:
    """What I keep for myself of a plan."""
    query = select(col(PrivateNote.text)).where(
        col(PrivateNote.plan_id) == plan, col(PrivateNote.author_id).is_not_distinct_from(me)
    )
    return connection.execute(query).scalar() or ""


def talks_of(connection: Connection, member: int, me: int | None) -> tuple[CheckInView, ...]:
    """A member's check-ins, of plans and of the first year, in the order they are due; of the notes mine alone."""
    mine = (col(PrivateNote.talk_id) == col(GrowthCheckIn.id)) & col(PrivateNote.author_id).is_not_distinct_from(me)
    query = (
        select(
            col(GrowthCheckIn.id),
            col(GrowthCheckIn.plan_id),
            col(GrowthCheckIn.due_on),
            col(GrowthCheckIn.held_on),
            col(GrowthCheckIn.prepared),
            col(GrowthCheckIn.said),
            col(PrivateNote.text),
        )
        .select_from(GrowthCheckIn)
        .outerjoin(PrivateNote, mine)
        .where(col(GrowthCheckIn.member_id) == member)
        .order_by(col(GrowthCheckIn.due_on), col(GrowthCheckIn.id))
    )
    return tuple(
        CheckInView(check_in, plan, due_on, held_on, tuple(prepared), said, note or "")
        for check_in, plan, due_on, held_on, prepared, said, note in connection.execute(query)
    )


def facts_of(
    connection: Connection, member: int, every: Sequence[AssessmentGroup], hired: Hired | None, me: int | None
) -> tuple[GrowthEvidence, ...]:
    """A member's evidence that I may see, newest first; one without a day at the end.

    What belongs to an assessment waits for it to be open, what a panel wrote for its cards; anything else that is not
    shared is its author's alone.
    """
    shown = {a.id for o in every for a in o.given}
    query = (
        select(col(Colleague.name))
        .select_from(EvidenceItem)
        .outerjoin(Colleague, col(Colleague.id) == col(EvidenceItem.by_id))
        .where(col(EvidenceItem.member_id) == member)
        .order_by(col(EvidenceItem.on).is_(None), col(EvidenceItem.on).desc(), col(EvidenceItem.id).desc())
    )
    found = []
    for item, by in rows_with(connection, query, EvidenceItem):
        origin = _origin(item)
        if origin is Origin.ASSESSMENT and item.assessment_id not in shown:
            continue
        if item.note_id is not None and (hired is None or not hired.open):
            continue
        if origin is Origin.TYPED and not item.shared and item.by_id != me:
            continue
        found.append(
            GrowthEvidence(
                item.id,
                item.dimension,
                item.on,
                item.text,
                item.inferred,
                item.source,
                item.shared,
                origin,
                by or "",
                item.goal_id,
            )
        )
    return tuple(found)


def _origin(item: EvidenceItem) -> Origin:
    if item.assessment_id is not None:
        return Origin.ASSESSMENT
    return Origin.PANEL if item.note_id is not None else Origin.TYPED
