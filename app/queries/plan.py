"""What the plan page shows: an opening's plan and its versions, whom a change affects, and plans to start from."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from sqlalchemy import Connection, ScalarSelect, func, select
from sqlmodel import col

from app.domain.coverage import USUAL_GAPS, SimulatedOutcome, simulate
from app.domain.pipeline import Outcome
from app.domain.plan import InterviewPlan, plan_from_text, plan_of_pack
from app.domain.rubric import Rubric
from app.errors import NotFound
from app.queries.lists import ColleagueRow, colleague_rows
from app.records.opening_rubric import opening_rubric, own_exercises
from app.records.plan import StoredPlan, newest_plan, read_plan
from app.store.tables import Application, Colleague, Interview, Opening
from app.store.tables_panel import Plan, PlanTemplate
from app.store.workspace import Workspace
from app.words import tr

SIMULATED = 2000
_SEED = 31


@dataclass(frozen=True)
class Version:
    """A version of the plan; `holds_for` counts the applications that go through it."""

    number: int
    made_at: datetime
    by: str
    reason: str
    holds_for: int


@dataclass(frozen=True)
class Start:
    """A plan to begin from: of the pack, or a template, which has an id and can be removed."""

    name: str
    plan: InterviewPlan
    template: int | None = None


@dataclass(frozen=True)
class PlanView:
    """`in_use`: an interview is planned by a version of it. `waiting` are active people without an interview yet. `own`
    are the exercises that this opening has beside its rubric's."""

    opening: int
    code: str
    role: str
    level: str
    rubric: Rubric
    stored: StoredPlan
    in_use: bool
    waiting: int
    versions: tuple[Version, ...]
    starts: tuple[Start, ...]
    colleagues: tuple[ColleagueRow, ...]
    own: frozenset[str] = frozenset()

    @property
    def plan(self) -> InterviewPlan:
        """The newest version, as a value."""
        return self.stored.plan


def plan_page(workspace: Workspace, opening: int) -> PlanView:
    """Everything about one opening's plan. Raises NotFound."""
    colleagues = colleague_rows(workspace)
    with workspace.read() as connection:
        head = select(col(Opening.code), col(Opening.role), col(Opening.level))
        row = connection.execute(head.where(col(Opening.id) == opening)).first()
        if row is None:
            raise NotFound(tr("There is no opening {id}.").format(id=opening))
        code, role, level = row
        rubric = opening_rubric(connection, opening)
        stored = read_plan(connection, newest_plan(connection, opening))
        seen = select(col(Interview.id)).where(col(Interview.application_id) == col(Application.id)).exists()
        going = select(func.count()).where(col(Application.opening_id) == opening)
        in_use = going.where(seen)
        waiting = going.where(col(Application.outcome) == Outcome.ACTIVE, ~seen)
        return PlanView(
            opening=opening,
            code=code,
            role=role,
            level=level,
            rubric=rubric,
            stored=stored,
            in_use=connection.execute(in_use).scalar_one() > 0,
            waiting=connection.execute(waiting).scalar_one(),
            versions=_versions(connection, opening),
            starts=_starts(connection, rubric),
            colleagues=colleagues,
            own=frozenset(e.id for e in own_exercises(connection, opening)),
        )


def _versions(connection: Connection, opening: int) -> tuple[Version, ...]:
    count = select(func.count()).where(col(Application.plan_id) == col(Plan.id)).correlate(Plan)
    held: ScalarSelect[int] = count.scalar_subquery()
    query = (
        select(col(Plan.version), col(Plan.made_at), col(Colleague.name), col(Plan.reason), held)
        .select_from(Plan)
        .outerjoin(Colleague, col(Colleague.id) == col(Plan.by_id))
        .where(col(Plan.opening_id) == opening)
        .order_by(col(Plan.version).desc())
    )
    return tuple(
        Version(version, made_at, by or "", reason, holds_for)
        for version, made_at, by, reason, holds_for in connection.execute(query)
    )


def _starts(connection: Connection, rubric: Rubric) -> tuple[Start, ...]:
    """The pack's plans, then templates whose exercises and dimensions this rubric has."""
    found = [Start(p.name, plan_of_pack(rubric, p)) for p in rubric.plans]
    exercises, known = {e.id for e in rubric.exercises}, set(rubric.dimension_ids)
    query = select(col(PlanTemplate.id), col(PlanTemplate.name), col(PlanTemplate.content))
    for template, name, content in connection.execute(query.order_by(col(PlanTemplate.name))):
        plan = plan_from_text(content)
        dimensions = {d for r in plan.rounds for s in r.seats for d in s.dimensions} | set(plan.must_have)
        if {r.exercise for r in plan.rounds} <= exercises and dimensions <= known:
            found.append(Start(name, plan, template))
    return tuple(found)


@lru_cache(maxsize=32)
def simulated(plan: InterviewPlan, rubric: Rubric, gaps: Fraction = USUAL_GAPS) -> tuple[SimulatedOutcome, ...]:
    """What the plan's rule does for candidates half a point above the bar, at it, and half a point below.

    The result is the same in every run.
    """
    return simulate(plan, rubric, SIMULATED, lambda level: random.Random(_SEED + level), gaps)  # noqa: S311  (no secret)
