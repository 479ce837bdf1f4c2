"""The parts of a growth plan, read back: goals with their actions, check-ins, evidence.

What a panel or an assessment wrote stands among the evidence only where it is open to who asks.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, select

from app.records.assessment_groups import AssessmentGroup
from app.records.hire import Hired
from app.store.columns import table_of
from app.store.tables import Colleague
from app.store.tables_growth import EvidenceItem, Goal, GoalAction, GrowthCheckIn, PrivateNote

_goal, _action, _talk, _fact = table_of(Goal), table_of(GoalAction), table_of(GrowthCheckIn), table_of(EvidenceItem)
_colleague, _own = table_of(Colleague), table_of(PrivateNote)


class Origin(StrEnum):
    """Where an item of evidence was written."""

    TYPED = "typed"
    PANEL = "panel"
    ASSESSMENT = "assessment"


@dataclass(frozen=True)
class Check:
    """A “When …, I will …”."""

    id: int
    when: str
    will: str
    done: bool


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
    query = select(_colleague.c.id, _colleague.c.name).where(_colleague.c.id.in_([i for i in ids if i is not None]))
    return {row.id: row.name for row in connection.execute(query)}


def goals_of(connection: Connection, plan: int) -> tuple[GoalView, ...]:
    """A plan's goals in their order, settled ones too."""
    query = select(_goal).where(_goal.c.plan_id == plan).order_by(_goal.c.position, _goal.c.id)
    rows = connection.execute(query).mappings().all()
    names = _names(connection, [r[c] for r in rows for c in ("owner_id", "with_id")])
    checks: dict[int, list[Check]] = {r["id"]: [] for r in rows}
    actions = select(_action).where(_action.c.goal_id.in_(checks)).order_by(_action.c.position, _action.c.id)
    for row in connection.execute(actions):
        checks[row.goal_id].append(Check(row.id, row.when_text, row.will_text, bool(row.done)))
    return tuple(
        GoalView(
            id=r["id"],
            number=number,
            owner=r["owner_id"],
            owner_name=names.get(r["owner_id"], ""),
            with_whom=r["with_id"],
            with_name=names.get(r["with_id"], ""),
            checks=tuple(checks[r["id"]]),
            **{c: r[c] for c in _SAME},
        )
        for number, r in enumerate(rows, start=1)
    )


_SAME = (
    "dimension",
    "title",
    "measure",
    "due_on",
    "from_score",
    "to_score",
    "steps",
    "steps_done",
    "steps_unit",
    "steps_on",
    "support",
    "kpi",
    "suggested_by",
    "more_reason",
    "state",
)


def own_note_on_plan(connection: Connection, plan: int, me: int | None) -> str:
    """What I keep for myself of a plan."""
    query = select(_own.c.text).where(_own.c.plan_id == plan, _own.c.author_id.is_not_distinct_from(me))
    return connection.execute(query).scalar() or ""


def talks_of(connection: Connection, member: int, me: int | None) -> tuple[CheckInView, ...]:
    """A member's check-ins, of plans and of the first year, in the order they are due; of the notes mine alone."""
    query = (
        select(_talk, _own.c.text.label("mine"))
        .select_from(_talk.outerjoin(_own, (_own.c.talk_id == _talk.c.id) & _own.c.author_id.is_not_distinct_from(me)))
        .where(_talk.c.member_id == member)
        .order_by(_talk.c.due_on, _talk.c.id)
    )
    return tuple(
        CheckInView(r.id, r.plan_id, r.due_on, r.held_on, tuple(r.prepared), r.said, r.mine or "")
        for r in connection.execute(query)
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
        select(_fact, _colleague.c.name.label("by"))
        .select_from(_fact.outerjoin(_colleague, _colleague.c.id == _fact.c.by_id))
        .where(_fact.c.member_id == member)
        .order_by(_fact.c.on.is_(None), _fact.c.on.desc(), _fact.c.id.desc())
    )
    found = []
    for r in connection.execute(query).mappings():
        if r["assessment_id"] is not None and r["assessment_id"] not in shown:
            continue
        if r["note_id"] is not None and (hired is None or not hired.open):
            continue
        elsewhere = r["assessment_id"] is not None or r["note_id"] is not None
        if not (elsewhere or r["shared"] or r["by_id"] == me):
            continue
        origin = Origin.PANEL if r["note_id"] is not None else Origin.TYPED
        origin = Origin.ASSESSMENT if r["assessment_id"] is not None else origin
        found.append(
            GrowthEvidence(
                r["id"],
                r["dimension"],
                r["on"],
                r["text"],
                bool(r["inferred"]),
                r["source"],
                bool(r["shared"]),
                origin,
                r["by"] or "",
                r["goal_id"],
            )
        )
    return tuple(found)
