"""Interview plans read back from their rows, and the rule an application is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import Connection, select

from app.domain.panel import Rule
from app.domain.plan import InterviewPlan, PlannedRound, PlannedSeat
from app.domain.rubric import Rubric
from app.errors import NotFound
from app.store import tables_panel
from app.store.columns import table_of
from app.store.rubric import read_pack
from app.store.tables import Application, Opening
from app.words import tr

_plans, _rounds, _seats = (
    table_of(tables_panel.Plan),
    table_of(tables_panel.PlanRound),
    table_of(tables_panel.PlanSeat),
)
_applications, _openings = table_of(Application), table_of(Opening)


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
        select(_plans.c.id).where(_plans.c.opening_id == opening).order_by(_plans.c.version.desc()).limit(1)
    ).scalar()
    if found is None:
        raise NotFound(tr("There is no opening {id}.").format(id=opening))
    return int(found)


def read_plan(connection: Connection, plan: int) -> StoredPlan:
    """One version. Raises NotFound."""
    row = connection.execute(select(_plans).where(_plans.c.id == plan)).mappings().first()
    if row is None:
        raise NotFound(tr("There is no plan {id}.").format(id=plan))
    rounds = connection.execute(select(_rounds).where(_rounds.c.plan_id == plan).order_by(_rounds.c.position)).all()
    seats: dict[int, list[PlannedSeat]] = {r.id: [] for r in rounds}
    query = select(_seats).where(_seats.c.round_id.in_(seats)).order_by(_seats.c.position, _seats.c.id)
    for seat in connection.execute(query):
        seats[seat.round_id].append(PlannedSeat(seat.colleague_id, tuple(seat.dimensions), bool(seat.shadow)))
    return StoredPlan(
        id=plan,
        opening=row["opening_id"],
        version=row["version"],
        reason=row["reason"],
        made_at=row["made_at"],
        by=row["by_id"],
        plan=InterviewPlan(
            rounds=tuple(PlannedRound(r.exercise, r.minutes, tuple(seats[r.id])) for r in rounds),
            must_have=tuple(row["must_have"]),
            hire_from=Fraction(row["hire_from"]),
            mixed_from=Fraction(row["mixed_from"]),
            without_score_allowed=row["without_score_allowed"],
            budget=row["budget"],
        ),
        round_ids=tuple(r.id for r in rounds),
    )


def rubric_of(connection: Connection, application: int) -> Rubric:
    """The rubric an application is scored by. Raises NotFound."""
    version = connection.execute(
        select(_openings.c.rubric_id)
        .select_from(_applications.join(_openings))
        .where(_applications.c.id == application)
    ).scalar()
    if version is None:
        raise NotFound(tr("There is no application {id}.").format(id=application))
    return read_pack(connection, version).rubric


def rule_of(connection: Connection, application: int) -> Rule:
    """The rule of the plan an application goes through. Raises NotFound."""
    rubric = rubric_of(connection, application)
    plan = connection.execute(select(_applications.c.plan_id).where(_applications.c.id == application)).scalar_one()
    return read_plan(connection, plan).plan.rule(rubric)
