"""What a growth packet prints, and nothing else.

It has only evidence that was shared, item by item. Of the panel that hired the member it has no score, no name, no
strip and no evidence that was not shared. Private notes on a plan or a check-in are not read here, nor are the lines
that a check-in was prepared with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from sqlalchemy import Connection, func, select
from sqlmodel import col

from app.domain.growth import Gap, Months, evidence_by_month, gaps, months_until
from app.domain.readiness import Readiness
from app.errors import NotYet
from app.queries.growth import GrowthView, growth_page
from app.queries.growth_parts import GoalView, Origin
from app.records.gaps import gaps_of_given
from app.records.member_rubric import rubric_of_member
from app.store.rubric import read_pack
from app.store.tables_growth import Assessment, EvidenceItem, GrowthPlan
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class SharedEvidence:
    """An item that was shared. `from_panel` says that it is from an interview; the interviewer is left out."""

    dimension: str
    on: date | None
    text: str
    inferred: bool
    source: str
    from_panel: bool


@dataclass(frozen=True)
class HeldCheckIn:
    """A check-in that was held, and what was said."""

    on: date
    said: str


@dataclass(frozen=True)
class PastAssessment:
    """An earlier assessment: its day, its level, and its cells as gaps."""

    on: date
    level: str
    cells: tuple[Gap, ...]


@dataclass(frozen=True)
class GrowthFacts:
    """What a growth packet prints. `dimensions` are id, everyday and narrow name in the order of the strip.

    `expects` are the target level's sentences by dimension. `as_of` is the time of the newest thing in it.
    """

    name: str
    organisation: str
    level: str
    title: str
    target: str | None
    against: str
    against_title: str
    way: str
    agreed_on: date | None
    dimensions: tuple[tuple[str, str, str], ...]
    gaps: tuple[Gap, ...]
    expects: tuple[tuple[str, str], ...]
    raters: tuple[str, ...]
    assessed_on: date | None
    rerate_on: date | None
    goals: tuple[GoalView, ...]
    kpis: tuple[tuple[str, str], ...]
    talks: tuple[HeldCheckIn, ...]
    ratings: tuple[PastAssessment, ...]
    next_on: date | None
    facts: tuple[SharedEvidence, ...]
    months: tuple[date, ...]
    by_month: tuple[Months, ...]
    rubric_version: str
    as_of: datetime
    zone: tzinfo
    paper: str
    readiness: Readiness | None = None
    outcome: str = ""
    settled_by: int | None = None
    session_on: date | None = None


def growth_facts(workspace: Workspace, member: int) -> GrowthFacts:
    """What the growth packet of a member prints. Raises NotFound, and NotYet without a plan."""
    page = growth_page(workspace, member)
    if page.plan is None:
        raise NotYet(
            tr("{name} has no growth plan to print.").format(name=page.name), tr("Begin one on the growth page.")
        )
    with workspace.read() as connection:
        version = rubric_of_member(connection, member)
        rubric = read_pack(connection, version).rubric.words if version is not None else ""
        as_of = _as_of(connection, page, workspace.zone) or workspace.now()
    shared = tuple(
        SharedEvidence(f.dimension, f.on, f.text, f.inferred, f.source, f.origin is Origin.PANEL)
        for f in page.facts
        if f.shared
    )
    months = months_until(as_of.astimezone(workspace.zone).date())
    cells = page.guide.level(page.against).cells if page.level_known else {}
    standing = gaps(page.guide, page.against, {}) if page.from_hire else page.gaps
    core = [g.dimension for g in standing if g.core]
    following, settings = page.next_talk, workspace.settings
    return GrowthFacts(
        name=page.name,
        organisation=settings.organisation,
        level=page.level,
        title=page.title,
        target=page.target,
        against=page.against,
        against_title=page.against_title,
        way=page.way,
        agreed_on=page.agreed_on,
        dimensions=tuple((d.id, d.short, d.narrow) for d in page.guide.dimensions),
        gaps=standing,
        readiness=page.readiness,
        outcome=page.outcome,
        settled_by=page.settled_by,
        session_on=page.session_on,
        expects=tuple((d, c.expect) for d, c in cells.items()),
        raters=page.raters,
        assessed_on=page.assessed_on,
        rerate_on=page.rerate_on,
        goals=page.open_goals,
        kpis=tuple(k for k in page.kpis if k[0] in {g.kpi for g in page.open_goals}),
        talks=_held(page),
        ratings=_ratings(page),
        next_on=following.due_on if following else None,
        facts=shared,
        months=months,
        by_month=evidence_by_month(
            core, [(f.dimension, f.on) for f in shared], months, page.guide.needs.min_months_core
        ),
        rubric_version=rubric,
        as_of=as_of,
        zone=workspace.zone,
        paper=settings.paper,
    )


def _held(page: GrowthView) -> tuple[HeldCheckIn, ...]:
    held = [HeldCheckIn(t.held_on, t.said) for t in page.talks if t.plan == page.plan and t.held_on is not None]
    return tuple(sorted(held, key=lambda t: t.on, reverse=True))


def _ratings(page: GrowthView) -> tuple[PastAssessment, ...]:
    known = {level.id for level in page.guide.levels}
    found = [
        PastAssessment(o.on, o.level, gaps_of_given(page.guide, o.level, o.given, o.on))
        for o in page.occasions
        if o.level in known
    ]
    return tuple(reversed(found))


def _as_of(connection: Connection, page: GrowthView, zone: tzinfo) -> datetime | None:
    """The time of the newest thing the packet prints: the plan, what was shared, an assessment, a session's scores."""
    shown = [a.id for o in page.occasions for a in o.given]
    shared = [f.id for f in page.facts if f.shared]
    queries = (
        select(func.max(col(GrowthPlan.made_at))).where(col(GrowthPlan.id) == page.plan),
        select(func.max(col(EvidenceItem.added_at))).where(col(EvidenceItem.id).in_(shared)),
        select(func.max(col(Assessment.submitted_at))).where(col(Assessment.id).in_(shown)),
    )
    found = [connection.execute(q).scalar() for q in queries]
    days = [t.on for t in _held(page)] + [g.steps_on for g in page.open_goals if g.steps_on is not None]
    days += [page.session_on] if page.session_on is not None else []
    found += [datetime.combine(on, time(), zone) for on in days]
    return max((f for f in found if f is not None), default=None)
