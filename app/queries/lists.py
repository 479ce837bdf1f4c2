"""Colleagues, openings and the pack as pages offer them for a choice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVarTuple

from sqlalchemy import ScalarSelect, Select, func, select
from sqlmodel import col

from app.domain.pipeline import Outcome
from app.store.columns import aliased, rows_of, rows_with
from app.store.tables import Application, Colleague, Opening
from app.store.tables_panel import Plan
from app.store.workspace import Workspace

Ts = TypeVarTuple("Ts")


@dataclass(frozen=True)
class ColleagueRow:
    """A colleague, and whether it is me."""

    id: int
    name: str
    mail: str
    role: str
    me: bool


@dataclass(frozen=True)
class OpeningRow:
    """An opening as a choice, with how many active applications it has. `target` are the days to fill it in."""

    id: int
    code: str
    role: str
    level: str
    seats: int
    approved_on: date | None
    approved_by: int | None
    manager: int | None
    must_have: tuple[str, ...]
    rubric: int
    guide: int | None
    active: int
    target: tuple[int, int] = (60, 120)
    closed: bool = False


def colleague_rows(workspace: Workspace) -> tuple[ColleagueRow, ...]:
    """Everybody on our side, by name."""
    with workspace.read() as connection:
        rows = rows_of(connection, Colleague, order_by=[col(Colleague.name), col(Colleague.id)])
    return tuple(ColleagueRow(r.id, r.name, r.mail, r.role, r.id == workspace.me) for r in rows)


def opening_rows(workspace: Workspace) -> tuple[OpeningRow, ...]:
    """Every opening, the one with most active applications first."""
    count = select(func.count()).where(
        col(Application.opening_id) == col(Opening.id), col(Application.outcome) == Outcome.ACTIVE
    )
    active: ScalarSelect[int] = count.scalar_subquery()
    query = with_newest_plan(select(col(Plan.must_have), active)).order_by(active.desc(), col(Opening.id))
    with workspace.read() as connection:
        return tuple(
            OpeningRow(
                row.id,
                row.code,
                row.role,
                row.level,
                row.seats,
                row.approved_on,
                row.approved_by_id,
                row.manager_id,
                tuple(must_have),
                row.rubric_id,
                row.guide_id,
                applications,
                (row.target_from, row.target_to),
                row.cancelled_on is not None or row.filled_on is not None,
            )
            for row, must_have, applications in rows_with(connection, query, Opening)
        )


def with_newest_plan(query: Select[*Ts]) -> Select[*Ts]:
    """A query that reads from openings, each with the newest version of its plan."""
    other = aliased(Plan)
    newest = select(func.max(col(other.version))).where(col(other.opening_id) == col(Opening.id)).scalar_subquery()
    holds = (col(Plan.opening_id) == col(Opening.id)) & (col(Plan.version) == newest)
    return query.select_from(Opening).join(Plan, holds)
