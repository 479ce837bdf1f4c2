"""The first year of a member: horizons with their days and goals, the variant's changes, check-ins and what is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import ColumnElement, Connection, func, select
from sqlmodel import col

from app.domain.onboarding import (
    Horizon,
    HorizonGoal,
    Onboarding,
    Target,
    dated,
    is_closed,
    needs_baseline,
    outlook,
    talks,
    variant_changes,
)
from app.domain.onboarding_text import goals_text
from app.domain.operations import Op
from app.errors import NotYet
from app.phrases.growth import prepared_words
from app.records.member import member_today
from app.records.member_rubric import FirstYearTemplate, first_year_of, first_year_templates
from app.store.columns import rows_of
from app.store.history_tables import History
from app.store.rubric import read_pack
from app.store.tables import Colleague
from app.store.tables_growth import FirstYear, GrowthCheckIn, GrowthPlan, Member, OnboardingGoal
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class OnboardingGoalView:
    """A goal with its progress. `targets` have the measure's name; `changes` are the variant's.

    `closed` says that nothing can be written of it before the baseline is known.
    """

    id: str
    text: str
    done_when: str
    dimensions: tuple[str, ...]
    targets: tuple[tuple[str, Target], ...]
    changes: tuple[str, ...]
    only_if: str | None
    needs_baseline: bool
    closed: bool
    baseline: str
    reached: str
    done_on: date | None


@dataclass(frozen=True)
class OnboardingHorizon:
    """Goals due together; `due_on` None is a direction. `moved` says that the day fell on a weekend.

    `typed` are its goals as a person edits them.
    """

    id: str
    label: str
    when: str
    due_on: date | None
    moved: bool
    goals: tuple[OnboardingGoalView, ...]
    typed: str = ""


@dataclass(frozen=True)
class OnboardingCheckIn:
    """A check-in so many days after the start; `held` is its row where it was held."""

    day: int
    on: date
    who: str
    about: str
    held: int | None
    held_on: date | None


@dataclass(frozen=True)
class OnboardingView:
    """The first year. Without a first day it has no dates.

    Before it has begun, `templates` are the plans it can begin from, the likeliest first, and there is nothing else.
    `variants` are id, name and size; `depends` the goals that apply on a condition, each with whether it is chosen.
    """

    member: int
    name: str
    started_on: date | None
    begun: bool
    templates: tuple[FirstYearTemplate, ...]
    variant: str
    variants: tuple[tuple[str, str, str], ...]
    changes: tuple[str, ...]
    before_start: tuple[str, ...]
    principles: tuple[str, ...]
    horizons: tuple[OnboardingHorizon, ...]
    talks: tuple[OnboardingCheckIn, ...]
    depends: tuple[tuple[str, str, str, bool], ...]


@dataclass(frozen=True)
class CheckInDueRow:
    """A check-in that is due: of whom, about what, since when; `plan` says that it is a growth plan's."""

    member: int
    name: str
    about: str
    on: date
    plan: bool


def year_page(workspace: Workspace, member: int) -> OnboardingView | None:
    """A member's first year; None where it has not begun and no rubric has a plan for one. Raises NotFound."""
    with workspace.read() as connection:
        known = member_today(connection, workspace, member)
        begun = first_year_of(connection, member)
        templates = first_year_templates(connection, member, known.level) if begun is None else ()
        if begun is None:
            return _not_begun(member, known.name, known.started_on, templates) if templates else None
        plan, start = begun.plan, known.started_on
        rubric = read_pack(connection, begun.rubric).rubric if begun.rubric is not None else None
        chosen = tuple(known.onboarding_goals)
        written = _written(connection, member)
        changes = variant_changes(plan, known.variant)
        kpis = {k.id: k.name for k in rubric.kpis} if rubric is not None else {}
        names = {d.id: d.short for d in rubric.dimensions} if rubric is not None else {}

        def goal(one: HorizonGoal) -> OnboardingGoalView:
            row = written.get(one.id)
            baseline = row.baseline if row else ""
            return OnboardingGoalView(
                id=one.id,
                text=one.text,
                done_when=one.done_when,
                dimensions=tuple(names.get(d, d) for d in one.dimensions),
                targets=tuple((kpis.get(t.kpi or "", t.metric.replace("_", " ")), t) for t in one.targets),
                changes=changes.get(one.id, ()),
                only_if=one.only_if,
                needs_baseline=needs_baseline(one),
                closed=is_closed(one, baseline),
                baseline=baseline,
                reached=row.reached if row else "",
                done_on=row.done_on if row else None,
            )

        return OnboardingView(
            member=member,
            name=known.name,
            started_on=start,
            begun=True,
            templates=(),
            variant=known.variant,
            variants=tuple((v.id, v.name, v.size or "") for v in plan.variants),
            changes=changes.get(None, ()),
            before_start=plan.before_start,
            principles=plan.principles,
            horizons=_horizons(plan, start, chosen, goal),
            talks=_talks(connection, plan, member, start) if start else (),
            depends=tuple((g.id, g.only_if, g.text, g.id in chosen) for g in plan.goals if g.only_if is not None),
        )


@dataclass(frozen=True)
class FirstYearFacts:
    """What the first year prints: all goals that apply, with where each stands."""

    year: OnboardingView
    title: str
    rubric_version: str
    as_of: datetime
    zone: tzinfo
    paper: str


def first_year_facts(workspace: Workspace, member: int) -> FirstYearFacts:
    """What a member's first year prints. Raises NotFound, and NotYet before it has begun."""
    year = year_page(workspace, member)
    with workspace.read() as connection:
        begun = first_year_of(connection, member)
        if year is None or begun is None:
            name = member_today(connection, workspace, member).name
            raise NotYet(tr("The first year of {name} has not begun.").format(name=name), tr("Begin it first."))
        pack = read_pack(connection, begun.rubric) if begun.rubric is not None else None
        as_of = _written_at(connection, member) or workspace.now()
    return FirstYearFacts(
        year=year,
        title=pack.title if pack is not None else "",
        rubric_version=pack.rubric.words if pack is not None else "",
        as_of=as_of,
        zone=workspace.zone,
        paper=workspace.settings.paper,
    )


def _written_at(connection: Connection, member: int) -> datetime | None:
    """When something of the first year was last written down."""
    first_year = (Op.ONBOARD, Op.CHECK_IN, Op.ADD_MEMBER, Op.EDIT_MEMBER)
    query = select(func.max(col(History.at))).where(
        col(History.person) == f"member:{member}", col(History.op).in_(first_year)
    )
    found = connection.execute(query).scalar()
    return datetime.fromisoformat(found) if found else None


def _not_begun(
    member: int, name: str, started_on: date | None, templates: tuple[FirstYearTemplate, ...]
) -> OnboardingView:
    return OnboardingView(
        member=member,
        name=name,
        started_on=started_on,
        begun=False,
        templates=templates,
        variant="",
        variants=(),
        changes=(),
        before_start=(),
        principles=(),
        horizons=(),
        talks=(),
        depends=(),
    )


def due_talks(connection: Connection, workspace: Workspace) -> tuple[CheckInDueRow, ...]:
    """Check-ins of growth plans and of first years that are due today or were due and not held, oldest first.

    First years count from their beginning on; plans that have ended do not count.
    """
    today = workspace.today()
    found = _due_of_plans(connection, today)
    query = (
        select(col(Member.id), col(Member.started_on), col(Colleague.name), col(FirstYear.content))
        .select_from(Member)
        .join(FirstYear, col(FirstYear.member_id) == col(Member.id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .where(col(Member.started_on).is_not(None), col(Member.left_on).is_(None))
    )
    rows = connection.execute(query).all()
    held = _held(connection) if rows else {}
    for member, started_on, name, content in rows:
        plan = Onboarding.model_validate_json(content)
        for talk in _talks_of(plan, started_on, held.get(member, {})) if started_on is not None else ():
            if talk.held_on is None and talk.on <= today:
                found.append(CheckInDueRow(member, name, talk.about, talk.on, plan=False))
    return tuple(sorted(found, key=lambda t: (t.on, t.name)))


def _due_of_plans(connection: Connection, today: date) -> list[CheckInDueRow]:
    query = (
        select(
            col(GrowthCheckIn.member_id), col(GrowthCheckIn.due_on), col(GrowthCheckIn.prepared), col(Colleague.name)
        )
        .select_from(GrowthCheckIn)
        .join(GrowthPlan, col(GrowthPlan.id) == col(GrowthCheckIn.plan_id))
        .join(Member, col(Member.id) == col(GrowthCheckIn.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .where(
            col(GrowthCheckIn.held_on).is_(None),
            col(GrowthCheckIn.due_on) <= today,
            col(GrowthPlan.ended_on).is_(None),
            col(Member.left_on).is_(None),
        )
    )
    return [
        CheckInDueRow(member, name, prepared_words(prepared), due_on, plan=True)
        for member, due_on, prepared, name in connection.execute(query)
        if due_on is not None
    ]


def _horizons(
    plan: Onboarding, start: date | None, chosen: tuple[str, ...], goal: Callable[[HorizonGoal], OnboardingGoalView]
) -> tuple[OnboardingHorizon, ...]:
    found = []
    days = {d.horizon.id: d for d in dated(plan, start, chosen)} if start else {}
    far = {h.id for h in outlook(plan)}
    for horizon in plan.horizons:
        due = days.get(horizon.id)
        found.append(
            OnboardingHorizon(
                id=horizon.id,
                label=horizon.label,
                when=horizon.when,
                due_on=due.on if due and horizon.id not in far else None,
                moved=due.moved if due else False,
                goals=tuple(goal(g) for g in _applying(horizon, chosen)),
                typed=goals_text(horizon),
            )
        )
    return tuple(found)


def _applying(horizon: Horizon, chosen: tuple[str, ...]) -> tuple[HorizonGoal, ...]:
    return tuple(g for g in horizon.goals if g.only_if is None or g.id in chosen)


def _written(connection: Connection, member: int) -> Mapping[str, OnboardingGoal]:
    return {row.goal: row for row in rows_of(connection, OnboardingGoal, col(OnboardingGoal.member_id) == member)}


def _talks(connection: Connection, plan: Onboarding, member: int, start: date) -> tuple[OnboardingCheckIn, ...]:
    return _talks_of(plan, start, _held(connection, col(GrowthCheckIn.member_id) == member)[member])


def _held(
    connection: Connection, *which: ColumnElement[bool]
) -> defaultdict[int, dict[int | None, tuple[int, date | None]]]:
    """Check-ins of first years that were held, by member and by day: which row, and when."""
    query = select(
        col(GrowthCheckIn.member_id), col(GrowthCheckIn.day), col(GrowthCheckIn.id), col(GrowthCheckIn.held_on)
    ).where(*which, col(GrowthCheckIn.plan_id).is_(None), col(GrowthCheckIn.held_on).is_not(None))
    found: defaultdict[int, dict[int | None, tuple[int, date | None]]] = defaultdict(dict)
    for member, day, check_in, held_on in connection.execute(query):
        found[member][day] = (check_in, held_on)
    return found


def _talks_of(
    plan: Onboarding, start: date, held: Mapping[int | None, tuple[int, date | None]]
) -> tuple[OnboardingCheckIn, ...]:
    found = []
    for talk in talks(plan, start):
        check_in, held_on = held.get(talk.checkin.day, (None, None))
        found.append(
            OnboardingCheckIn(talk.checkin.day, talk.on, talk.checkin.who, talk.checkin.about, check_in, held_on)
        )
    return tuple(found)
