"""Which level a member holds on a day: that of the newest spell that has begun by then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, func, select
from sqlmodel import col

from app.store.tables_growth import LevelSpell, Member


def levels_on(
    connection: Connection, today: date, members: Collection[int] | None = None
) -> dict[int, tuple[str, date | None]]:
    """By member, the level of today and since when. One whose first spell is still to come holds it already."""
    rows = select(col(Member.id), col(Member.level), col(Member.level_since))
    spells = select(col(LevelSpell.member_id), col(LevelSpell.level), col(LevelSpell.since)).order_by(
        col(LevelSpell.since).is_not(None), col(LevelSpell.since), col(LevelSpell.id)
    )
    if members is not None:
        rows, spells = rows.where(col(Member.id).in_(members)), spells.where(col(LevelSpell.member_id).in_(members))
    found: dict[int, tuple[str, date | None]] = {}
    for member, level, since in connection.execute(spells):
        if member not in found or since is None or since <= today:
            found[member] = (level, since)
    return {member: found.get(member, (level, since)) for member, level, since in connection.execute(rows)}


def level_on(today: date) -> ColumnElement[str]:
    """For a query on members: the level they hold on a day."""
    mine: Select[str] = (
        select(col(LevelSpell.level)).where(col(LevelSpell.member_id) == col(Member.id)).correlate(Member)
    )
    mine = mine.limit(1)
    begun = mine.where(col(LevelSpell.since).is_(None) | (col(LevelSpell.since) <= today))
    held = begun.order_by(
        col(LevelSpell.since).is_not(None).desc(), col(LevelSpell.since).desc(), col(LevelSpell.id).desc()
    )
    first = mine.order_by(col(LevelSpell.since), col(LevelSpell.id))
    return func.coalesce(held.scalar_subquery(), first.scalar_subquery(), col(Member.level))
