"""Interview plans read back from their rows, and the rule an application is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.panel import Rule
from app.domain.plan import InterviewPlan, PlannedRound, PlannedSeat
from app.domain.rubric import Rubric
from app.errors import NotFound
from app.records.opening_rubric import opening_rubric
from app.store.columns import rows_of
from app.store.tables import Application, Interview
from app.store.tables_panel import Plan, PlanRound, PlanSeat
from app.words import tr


@dataclass(frozen=True)
class StoredPlan:
    """A version of an opening's plan. `round_ids` are the ids of its rounds in their order."""

    id: int
    opening: int
    version: int
    reason: str
    made_at: datetime
    by: int | None
    plan: InterviewPlan
    round_ids: tuple[int, ...]


def newest_plan(connection: Connection, opening: int) -> int:
    """The id of the version new applications get. Raises NotFound."""
    found = connection.execute(
        select(col(Plan.id)).where(col(Plan.opening_id) == opening).order_by(col(Plan.version).desc()).limit(1)
    ).scalar()
    if found is None:
        raise NotFound(tr("There is no opening {id}.").format(id=opening))
    return int(found)


def read_plan(connection: Connection, plan: int) -> StoredPlan:
    """One version. Raises NotFound."""
    found = rows_of(connection, Plan, col(Plan.id) == plan)
    if not found:
        raise NotFound(tr("There is no plan {id}.").format(id=plan))
    row = found[0]
    rounds = rows_of(connection, PlanRound, col(PlanRound.plan_id) == plan, order_by=[col(PlanRound.position)])
    seats: dict[int, list[PlannedSeat]] = {r.id: [] for r in rounds}
    order = [col(PlanSeat.position), col(PlanSeat.id)]
    for seat in rows_of(connection, PlanSeat, col(PlanSeat.round_id).in_(seats), order_by=order):
        seats[seat.round_id].append(PlannedSeat(seat.colleague_id, tuple(seat.dimensions), bool(seat.shadow)))
    return StoredPlan(
        id=plan,
        opening=row.opening_id,
        version=row.version,
        reason=row.reason,
        made_at=row.made_at,
        by=row.by_id,
        plan=InterviewPlan(
            rounds=tuple(PlannedRound(r.exercise, r.minutes, tuple(seats[r.id])) for r in rounds),
            must_have=tuple(row.must_have),
            hire_from=Fraction(row.hire_from),
            mixed_from=Fraction(row.mixed_from),
            without_score_allowed=row.without_score_allowed,
            budget=row.budget,
        ),
        round_ids=tuple(r.id for r in rounds),
    )


def rubric_of(connection: Connection, application: int) -> Rubric:
    """The rubric an application is scored by. Raises NotFound."""
    opening = connection.execute(select(col(Application.opening_id)).where(col(Application.id) == application)).scalar()
    if opening is None:
        raise NotFound(tr("There is no application {id}.").format(id=application))
    return opening_rubric(connection, opening)


def rule_of(connection: Connection, application: int) -> Rule:
    """The rule of the plan an application goes through. Raises NotFound."""
    rubric = rubric_of(connection, application)
    plan = connection.execute(select(col(Application.plan_id)).where(col(Application.id) == application)).scalar_one()
    return read_plan(connection, plan).plan.rule(rubric)


@dataclass(frozen=True)
class UsualSeat:
    """A seat of a round that nobody holds yet, and who usually does."""

    plan_round: int
    minutes: int
    colleague: int
    dimensions: tuple[str, ...]
    shadow: bool


def usual_seats(connection: Connection, application: int) -> tuple[UsualSeat, ...]:
    """Of every round that nobody holds yet for an application, the seats that somebody usually has."""
    plan = connection.execute(select(col(Application.plan_id)).where(col(Application.id) == application)).scalar_one()
    taken = select(col(Interview.round_id)).where(col(Interview.application_id) == application)
    held = set(connection.execute(taken).scalars())
    stored = read_plan(connection, plan)
    return tuple(
        UsualSeat(number, planned.minutes, seat.colleague, seat.dimensions, seat.shadow)
        for number, planned in zip(stored.round_ids, stored.plan.rounds, strict=True)
        if number not in held
        for seat in planned.seats
        if seat.colleague is not None
    )
