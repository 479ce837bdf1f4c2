"""Which level a member holds on a day: that of the newest spell that has begun by then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, func, select

from app.store.columns import table_of
from app.store.tables_growth import LevelSpell, Member

_members, _spells = table_of(Member), table_of(LevelSpell)


def levels_on(
    connection: Connection, today: date, members: Collection[int] | None = None
) -> dict[int, tuple[str, date | None]]:
    """By member, the level of today and since when. One whose first spell is still to come holds it already."""
    rows = select(_members.c.id, _members.c.level, _members.c.level_since)
    spells = select(_spells).order_by(_spells.c.since.is_not(None), _spells.c.since, _spells.c.id)
    if members is not None:
        rows, spells = rows.where(_members.c.id.in_(members)), spells.where(_spells.c.member_id.in_(members))
    found: dict[int, tuple[str, date | None]] = {}
    for row in connection.execute(spells):
        if row.member_id not in found or row.since is None or row.since <= today:
            found[row.member_id] = (row.level, row.since)
    return {r.id: found.get(r.id, (r.level, r.level_since)) for r in connection.execute(rows)}


def level_on(today: date) -> ColumnElement[str]:
    """The same for a query on members, where it says the level alone."""
    mine: Select[tuple[str]] = select(_spells.c.level).where(_spells.c.member_id == _members.c.id).correlate(_members)
    mine = mine.limit(1)
    begun = mine.where(_spells.c.since.is_(None) | (_spells.c.since <= today))
    held = begun.order_by(_spells.c.since.is_not(None).desc(), _spells.c.since.desc(), _spells.c.id.desc())
    first = mine.order_by(_spells.c.since, _spells.c.id)
    return func.coalesce(held.scalar_subquery(), first.scalar_subquery(), _members.c.level)
