"""How applications go through the stages: how far each cohort of entry came, and how long they stay where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, Text, case, cast, func, select
from sqlmodel import col

from app.domain.funnel import StageFlow, quarter_of
from app.domain.pipeline import Outcome, days_in_stage
from app.domain.stage_time import Leaving, StageTime, stage_time
from app.queries.reports.entry import ELSEWHERE, entry_day, reached_stages, stage_order
from app.queries.reports.scope import Scope
from app.records.local_days import LocalDays
from app.records.stuck import reopened_spells
from app.store.tables import Application, Stage, StageEntry


@dataclass(frozen=True)
class FunnelReport:
    """Stages by name in their order, with what became of those who were in them: of all, and by cohort of entry, each
    a quarter by its first day. `elsewhere` were moved to another opening, or were there twice, and count there."""

    whole: tuple[tuple[str, StageFlow], ...]
    cohorts: tuple[tuple[date, tuple[tuple[str, StageFlow], ...]], ...]
    applications: int
    elsewhere: int


@dataclass(frozen=True)
class StageTimeReport:
    """Stages by name in their order, with how long they take."""

    stages: tuple[tuple[str, StageTime], ...]


def funnel(scope: Scope) -> FunnelReport:
    """Every application once for each stage it was in; it belongs to the period by the day it came in."""
    days = LocalDays(scope.workspace.zone)
    parts: defaultdict[tuple[date, str], StageFlow] = defaultdict(StageFlow)
    for key, stage, entered, went_on, still, withdrew in scope.connection.execute(_stage_counts(scope)):
        on = entry_day(key, days)
        if scope.asked.holds(on):
            parts[quarter_of(on), stage] += StageFlow(entered, went_on, still, withdrew)
    applications = elsewhere = 0
    for key, n, gone in scope.connection.execute(_entries(scope)):
        if scope.asked.holds(entry_day(key, days)):
            applications += n - gone
            elsewhere += gone
    whole: dict[str, StageFlow] = {}
    for stage in stage_order(scope):
        flows = [flow for (_, name), flow in parts.items() if name == stage]
        if flows:
            whole[stage] = sum(flows, StageFlow())
    quarters = sorted({quarter for quarter, _ in parts})
    cohorts = [(q, tuple((stage, parts[q, stage]) for stage in whole if (q, stage) in parts)) for q in quarters]
    return FunnelReport(tuple(whole.items()), tuple(cohorts), applications, elsewhere)


def time_in_stage(scope: Scope) -> StageTimeReport:
    """Every spell that began in the period, one for each entry; time during which one was closed is no part of it."""
    spells: defaultdict[str, Counter[tuple[int, Leaving]]] = defaultdict(Counter)
    for stage, length, how in _spells(scope):
        spells[stage][length, how] += 1
    return StageTimeReport(tuple((name, stage_time(spells[name])) for name in stage_order(scope) if name in spells))


def _stage_counts(scope: Scope) -> Select[str, str, int, int, int, int]:
    """By key of entry and stage: who was ever in it, and of those who went on, are still open, and withdrew."""
    reached = reached_stages(scope)
    once = select(col(StageEntry.application_id), col(StageEntry.stage_id)).distinct().cte("once")
    application: ColumnElement[int]
    stage: ColumnElement[int]
    application, stage = once.columns
    went_on = (reached.top > col(Stage.position)) | (col(Application.outcome) == Outcome.HIRED)
    still = ~went_on & (col(Application.outcome) == Outcome.ACTIVE)
    withdrew = ~went_on & (col(Application.outcome) == Outcome.WITHDRAWN)
    return (
        select(
            reached.entered,
            col(Stage.name),
            func.count(),
            func.sum(case((went_on, 1), else_=0)),
            func.sum(case((still, 1), else_=0)),
            func.sum(case((withdrew, 1), else_=0)),
        )
        .select_from(once)
        .join(reached.table, reached.application == application)
        .join(Application, col(Application.id) == application)
        .join(Stage, col(Stage.id) == stage)
        .where(col(Application.outcome).not_in(ELSEWHERE))
        .group_by(reached.entered, col(Stage.name))
    )


def _entries(scope: Scope) -> Select[str, int, int]:
    """By key of entry: applications, and those of them that went on elsewhere."""
    reached = reached_stages(scope)
    gone = case((col(Application.outcome).in_(ELSEWHERE), 1), else_=0)
    return (
        select(reached.entered, func.count(), func.sum(gone))
        .select_from(reached.table)
        .join(Application, col(Application.id) == reached.application)
        .group_by(reached.entered)
    )


def _spells(scope: Scope) -> Iterator[tuple[str, int, Leaving]]:
    """The stage of each spell, its days, and how it ended."""
    zone, today = scope.workspace.zone, scope.today
    days, breaks = LocalDays(zone), reopened_spells(scope.connection)
    places = {
        n: (name, at)
        for n, name, at in scope.connection.execute(select(col(Stage.id), col(Stage.name), col(Stage.position)))
    }
    entries = (
        select(
            col(StageEntry.application_id),
            col(StageEntry.stage_id),
            cast(col(StageEntry.entered_at), Text),
            col(Application.outcome),
            cast(col(Application.closed_at), Text),
        )
        .join(Application, col(Application.id) == col(StageEntry.application_id))
        .where(scope.of_opening(col(Application.opening_id)))
        .order_by(col(StageEntry.application_id), col(StageEntry.id))
    )
    before: tuple[int, int, str, str, str | None] | None = None
    for entry in (*scope.connection.execute(entries), None):
        if before is not None:
            application, stage, entered, outcome, closed_at = before
            name, place = places[stage]
            if entry is not None and entry[0] == application:
                end, there = days[entry[2]], places[entry[1]][1]
                how = Leaving.ON if there > place else Leaving.BACK
            else:
                end = today if closed_at is None else days[closed_at]
                how = _LEFT[Outcome(outcome)]
            began = days[entered]
            if scope.asked.holds(began):
                gaps = breaks.get(application)
                if gaps:
                    length = days_in_stage(datetime.fromisoformat(entered), end, zone, gaps)
                else:
                    length = max(0, (end - began).days)
                yield name, length, how
        before = entry


_LEFT = {
    Outcome.ACTIVE: Leaving.STAYING,
    Outcome.HIRED: Leaving.ON,
    Outcome.REJECTED: Leaving.DOWN,
    Outcome.WITHDRAWN: Leaving.WITHDREW,
    Outcome.MOVED: Leaving.ELSEWHERE,
    Outcome.DUPLICATE: Leaving.ELSEWHERE,
}
