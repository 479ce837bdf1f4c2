"""A member as they are today, and the growth plan they are on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.errors import NotFound
from app.records.member_level import levels_on
from app.store.columns import rows_of, rows_with
from app.store.tables import Colleague
from app.store.tables_growth import GrowthPlan, Member
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class MemberToday:
    """A member with their name; `level` is the one they hold today, and `level_since` says since when."""

    id: int
    colleague_id: int
    name: str
    level: str
    level_since: date | None
    guide_id: int
    manager_id: int | None
    application_id: int | None
    started_on: date | None
    left_on: date | None
    variant: str
    onboarding_goals: tuple[str, ...]


def member_today(connection: Connection, workspace: Workspace, member: int) -> MemberToday:
    """A member as they are today. Raises NotFound."""
    named = (
        select(col(Colleague.name)).select_from(Member).join(Colleague, col(Colleague.id) == col(Member.colleague_id))
    )
    found = rows_with(connection, named.where(col(Member.id) == member), Member)
    if not found:
        raise NotFound(tr("There is no member {id}.").format(id=member))
    row, name = found[0]
    level, since = levels_on(connection, workspace.today(), [member])[member]
    return MemberToday(
        id=member,
        colleague_id=row.colleague_id,
        name=name,
        level=level,
        level_since=since,
        guide_id=row.guide_id,
        manager_id=row.manager_id,
        application_id=row.application_id,
        started_on=row.started_on,
        left_on=row.left_on,
        variant=row.variant,
        onboarding_goals=tuple(row.onboarding_goals),
    )


def newest_growth_plan(connection: Connection, member: int) -> GrowthPlan | None:
    """The newest plan of a member that has not ended; None without one."""
    current = (col(GrowthPlan.member_id) == member, col(GrowthPlan.ended_on).is_(None))
    return next(iter(rows_of(connection, GrowthPlan, *current, order_by=[col(GrowthPlan.id).desc()])), None)
