"""When applications came in and how far they came: what every report by cohort of entry begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import CTE, ColumnElement, Text, cast, func, select, true
from sqlmodel import col

from app.domain.pipeline import Outcome
from app.queries.reports.scope import Scope
from app.records.local_days import LocalDays
from app.store.tables import Application, Stage, StageEntry

ELSEWHERE = (Outcome.MOVED, Outcome.DUPLICATE)
"""Outcomes after which somebody goes on in another application: they are counted there."""
_DAY = len("2026-03-12")


@dataclass(frozen=True)
class ReachedStages:
    """For queries, a row for each application: `entered` is the day they applied, else the minute of their first stage,
    as text; `first` and `top` are the lowest and the highest place they came to."""

    table: CTE
    application: ColumnElement[int]
    entered: ColumnElement[str]
    first: ColumnElement[int]
    top: ColumnElement[int]


def reached_stages(scope: Scope | None = None) -> ReachedStages:
    """Of the openings left in, or of all without a scope."""
    minute = func.substr(cast(func.min(col(StageEntry.entered_at)), Text), 1, 16)
    table = (
        select(
            col(Application.id).label("application"),
            func.coalesce(cast(col(Application.applied_on), Text), minute).label("entered"),
            func.min(col(Stage.position)).label("first"),
            func.max(col(Stage.position)).label("top"),
        )
        .select_from(StageEntry)
        .join(Stage, col(Stage.id) == col(StageEntry.stage_id))
        .join(Application, col(Application.id) == col(StageEntry.application_id))
        .where(true() if scope is None else scope.of_opening(col(Application.opening_id)))
        .group_by(col(Application.id))
        .cte("reached")
    )
    return ReachedStages(table, *table.columns)


def entry_day(key: str, days: LocalDays) -> date:
    """The day of such an `entered`."""
    return date.fromisoformat(key) if len(key) == _DAY else days[key]


def stage_order(scope: Scope) -> tuple[str, ...]:
    """The stages of the openings left in, by name, in their order."""
    query = (
        select(col(Stage.name))
        .where(scope.of_opening(col(Stage.opening_id)))
        .group_by(col(Stage.name))
        .order_by(func.avg(col(Stage.position)), col(Stage.name))
    )
    return tuple(scope.connection.execute(query).scalars())
