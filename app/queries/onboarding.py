"""The first year of a member: horizons with their days and goals, the variant's changes, check-ins and what is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, RowMapping, select

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
from app.phrases.growth import prepared_words
from app.records.member import member_row
from app.store.columns import table_of
from app.store.rubric import newest_version, read_pack
from app.store.tables import Colleague
from app.store.tables_growth import GrowthCheckIn, GrowthPlan, Member, OnboardingGoal
from app.store.workspace import Workspace

_member, _colleague = table_of(Member), table_of(Colleague)
_goal, _talk, _plan = table_of(OnboardingGoal), table_of(GrowthCheckIn), table_of(GrowthPlan)


@dataclass(frozen=True)
class OnboardingGoalView:
    """A goal with what is written of it. `targets` are with the measure's name; `closed` says that nothing can be
    said before the baseline is known; `changes` are the variant's."""

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
    """Goals due together; `due_on` None is a direction. `moved` says that the day fell on a weekend."""

    id: str
    label: str
    when: str
    due_on: date | None
    moved: bool
    goals: tuple[OnboardingGoalView, ...]


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
    """The first year. Without a first day it has no dates, without a variant it has not begun.

    `variants` are id, name and size; `depends` the goals that apply on a condition, each with whether it is chosen.
    """

    member: int
    name: str
    started_on: date | None
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
    """A member's first year; None where no pack is adopted. Raises NotFound."""
    with workspace.read() as connection:
        known = member_row(connection, workspace, member)
        version = newest_version(connection)
        if version is None:
            return None
        pack = read_pack(connection, version)
        plan, start = pack.onboarding, known["started_on"]
        chosen = tuple(known["onboarding_goals"])
        written = _written(connection, member)
        changes = variant_changes(plan, known["variant"])
        kpis = {k.id: k.name for k in pack.rubric.kpis}
        names = {d.id: d.short for d in pack.rubric.dimensions}

        def goal(one: HorizonGoal) -> OnboardingGoalView:
            row = written.get(one.id)
            baseline = row["baseline"] if row else ""
            return OnboardingGoalView(
                id=one.id,
                text=one.text,
                done_when=one.done_when,
                dimensions=tuple(names[d] for d in one.dimensions),
                targets=tuple((kpis.get(t.kpi or "", t.metric.replace("_", " ")), t) for t in one.targets),
                changes=changes.get(one.id, ()),
                only_if=one.only_if,
                needs_baseline=needs_baseline(one),
                closed=is_closed(one, baseline),
                baseline=baseline,
                reached=row["reached"] if row else "",
                done_on=row["done_on"] if row else None,
            )

        return OnboardingView(
            member=member,
            name=known["name"],
            started_on=start,
            variant=known["variant"],
            variants=tuple((v.id, v.name, v.size or "") for v in plan.variants),
            changes=changes.get(None, ()),
            before_start=plan.before_start,
            principles=plan.principles,
            horizons=_horizons(plan, start, chosen, goal),
            talks=_talks(connection, plan, member, start) if start else (),
            depends=tuple((g.id, g.only_if, g.text, g.id in chosen) for g in plan.goals if g.only_if is not None),
        )


def due_talks(connection: Connection, workspace: Workspace) -> tuple[CheckInDueRow, ...]:
    """Check-ins of growth plans and of first years that are due today or were due and not held, oldest first.

    Of the first year only for members whose plan has begun; those of plans that ended are no longer asked for.
    """
    today = workspace.today()
    found = _due_of_plans(connection, today)
    version = newest_version(connection)
    if version is not None:
        plan = read_pack(connection, version).onboarding
        query = (
            select(_member, _colleague.c.name)
            .select_from(_member.join(_colleague, _colleague.c.id == _member.c.colleague_id))
            .where(_member.c.variant != "", _member.c.started_on.is_not(None), _member.c.left_on.is_(None))
        )
        held = _held(connection, _talk.c.held_on.is_not(None))
        for row in connection.execute(query).mappings().all():
            for talk in _talks_of(plan, row["started_on"], held[row["id"]]):
                if talk.held_on is None and talk.on <= today:
                    found.append(CheckInDueRow(row["id"], row["name"], talk.about, talk.on, plan=False))
    return tuple(sorted(found, key=lambda t: (t.on, t.name)))


def _due_of_plans(connection: Connection, today: date) -> list[CheckInDueRow]:
    query = (
        select(_talk.c.member_id, _talk.c.due_on, _talk.c.prepared, _colleague.c.name)
        .select_from(
            _talk.join(_plan, _plan.c.id == _talk.c.plan_id)
            .join(_member, _member.c.id == _talk.c.member_id)
            .join(_colleague, _colleague.c.id == _member.c.colleague_id)
        )
        .where(
            _talk.c.held_on.is_(None), _talk.c.due_on <= today, _plan.c.ended_on.is_(None), _member.c.left_on.is_(None)
        )
    )
    return [
        CheckInDueRow(r.member_id, r.name, prepared_words(r.prepared), r.due_on, plan=True)
        for r in connection.execute(query)
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
            )
        )
    return tuple(found)


def _applying(horizon: Horizon, chosen: tuple[str, ...]) -> tuple[HorizonGoal, ...]:
    return tuple(g for g in horizon.goals if g.only_if is None or g.id in chosen)


def _written(connection: Connection, member: int) -> Mapping[str, RowMapping]:
    rows = connection.execute(select(_goal).where(_goal.c.member_id == member)).mappings()
    return {row["goal"]: row for row in rows}


def _talks(connection: Connection, plan: Onboarding, member: int, start: date) -> tuple[OnboardingCheckIn, ...]:
    return _talks_of(plan, start, _held(connection, _talk.c.member_id == member)[member])


def _held(connection: Connection, which: ColumnElement[bool]) -> defaultdict[int, dict[int, Row[Any]]]:
    """Check-ins of first years that were held, by member and by day."""
    found: defaultdict[int, dict[int, Row[Any]]] = defaultdict(dict)
    for row in connection.execute(select(_talk).where(which, _talk.c.plan_id.is_(None), _talk.c.held_on.is_not(None))):
        found[row.member_id][row.day] = row
    return found


def _talks_of(plan: Onboarding, start: date, held: Mapping[int, Row[Any]]) -> tuple[OnboardingCheckIn, ...]:
    found = []
    for talk in talks(plan, start):
        row = held.get(talk.checkin.day)
        found.append(
            OnboardingCheckIn(
                talk.checkin.day,
                talk.on,
                talk.checkin.who,
                talk.checkin.about,
                row.id if row else None,
                row.held_on if row else None,
            )
        )
    return tuple(found)
