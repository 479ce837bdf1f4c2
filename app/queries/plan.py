"""What the plan page shows: an opening's plan with its versions, whom a change holds for, and where one may begin."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from sqlalchemy import Connection, func, select

from app.domain.coverage import USUAL_GAPS, SimulatedOutcome, simulate
from app.domain.pipeline import Outcome as Ended
from app.domain.plan import InterviewPlan, plan_from_text, plan_of_pack
from app.domain.rubric import Rubric
from app.errors import NotFound
from app.queries.lists import ColleagueRow, colleague_rows
from app.records.plan import StoredPlan, newest_plan, read_plan
from app.store.columns import table_of
from app.store.rubric import read_pack
from app.store.tables import Application, Colleague, Interview, Opening
from app.store.tables_panel import Plan, PlanTemplate
from app.store.workspace import Workspace
from app.words import tr

SIMULATED = 2000
_SEED = 31

_plans, _templates, _openings = table_of(Plan), table_of(PlanTemplate), table_of(Opening)
_applications, _interviews, _colleagues = table_of(Application), table_of(Interview), table_of(Colleague)


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
    """`in_use`: an interview is planned by a version of it. `waiting` are active people without an interview yet."""

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

    @property
    def plan(self) -> InterviewPlan:
        """The newest version, as a value."""
        return self.stored.plan


def plan_page(workspace: Workspace, opening: int) -> PlanView:
    """Everything about one opening's plan. Raises NotFound."""
    colleagues = colleague_rows(workspace)
    with workspace.read() as connection:
        row = connection.execute(select(_openings).where(_openings.c.id == opening)).first()
        if row is None:
            raise NotFound(tr("There is no opening {id}.").format(id=opening))
        pack = read_pack(connection, row.rubric_id)
        stored = read_plan(connection, newest_plan(connection, opening))
        seen = select(_interviews.c.id).where(_interviews.c.application_id == _applications.c.id).exists()
        going = select(func.count()).where(_applications.c.opening_id == opening)
        in_use = going.where(seen)
        waiting = going.where(_applications.c.outcome == Ended.ACTIVE, ~seen)
        return PlanView(
            opening=opening,
            code=row.code,
            role=row.role,
            level=row.level,
            rubric=pack.rubric,
            stored=stored,
            in_use=bool(connection.execute(in_use).scalar()),
            waiting=int(connection.execute(waiting).scalar() or 0),
            versions=_versions(connection, opening),
            starts=_starts(connection, pack.rubric),
            colleagues=colleagues,
        )


def _versions(connection: Connection, opening: int) -> tuple[Version, ...]:
    held = select(func.count()).where(_applications.c.plan_id == _plans.c.id).correlate(_plans).scalar_subquery()
    query = (
        select(_plans, _colleagues.c.name, held.label("held"))
        .select_from(_plans.outerjoin(_colleagues))
        .where(_plans.c.opening_id == opening)
        .order_by(_plans.c.version.desc())
    )
    return tuple(
        Version(row.version, row.made_at, row.name or "", row.reason, row.held) for row in connection.execute(query)
    )


def _starts(connection: Connection, rubric: Rubric) -> tuple[Start, ...]:
    """The pack's plans, then templates whose exercises and dimensions this rubric has."""
    found = [Start(p.name, plan_of_pack(rubric, p)) for p in rubric.plans]
    exercises, known = {e.id for e in rubric.exercises}, set(rubric.dimension_ids)
    for row in connection.execute(select(_templates).order_by(_templates.c.name)):
        plan = plan_from_text(row.content)
        dimensions = {d for r in plan.rounds for s in r.seats for d in s.dimensions} | set(plan.must_have)
        if {r.exercise for r in plan.rounds} <= exercises and dimensions <= known:
            found.append(Start(row.name, plan, row.id))
    return tuple(found)


@lru_cache(maxsize=32)
def simulated(plan: InterviewPlan, rubric: Rubric, gaps: Fraction = USUAL_GAPS) -> tuple[SimulatedOutcome, ...]:
    """What the plan's rule would do, the same in every run: half a point above the bar, at it, half a point below."""
    return simulate(plan, rubric, SIMULATED, lambda level: random.Random(_SEED + level), gaps)  # noqa: S311  (no secret)
