"""A member's own row, and the growth plan of theirs that holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from app.errors import NotFound
from app.records.member_level import levels_on
from app.store.columns import table_of
from app.store.tables import Colleague
from app.store.tables_growth import GrowthPlan, Member
from app.store.workspace import Workspace
from app.words import tr

_member, _colleague, _plan = table_of(Member), table_of(Colleague), table_of(GrowthPlan)


def member_row(connection: Connection, workspace: Workspace, member: int) -> Mapping[str, Any]:
    """A member with their name, at the level of today. Raises NotFound."""
    query = (
        select(_member, _colleague.c.name)
        .select_from(_member.join(_colleague, _colleague.c.id == _member.c.colleague_id))
        .where(_member.c.id == member)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(tr("There is no member {id}.").format(id=member))
    level, since = levels_on(connection, workspace.today(), [member])[member]
    return {**row, "level": level, "level_since": since}


def newest_growth_plan(connection: Connection, member: int) -> RowMapping | None:
    """The plan of a member that holds; None without one."""
    query = select(_plan).where(_plan.c.member_id == member, _plan.c.ended_on.is_(None)).order_by(_plan.c.id.desc())
    return connection.execute(query).mappings().first()
