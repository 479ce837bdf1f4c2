"""How a rater stands to a member, as far as the file knows: from who manages whom, or as it was said before."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from app.domain.assessment import Relation
from app.store.columns import table_of
from app.store.tables_growth import Assessment, Member

_members, _assessments = table_of(Member), table_of(Assessment)


def relations_of(connection: Connection, member: int) -> dict[int, Relation]:
    """By colleague, the relation that is known; whoever is not in it has said nothing yet."""
    rows = connection.execute(select(_members.c.id, _members.c.colleague_id, _members.c.manager_id)).all()
    managers = {r.colleague_id: r.manager_id for r in rows}
    here = next(r for r in rows if r.id == member)
    found = _said_before(connection, member)
    found |= {who: Relation.REPORT for who, manager in managers.items() if manager == here.colleague_id}
    above: Any = managers.get(here.manager_id)
    if above is not None:
        found[above] = Relation.SKIP_LEVEL
    if here.manager_id is not None:
        found[here.manager_id] = Relation.MANAGER
    found[here.colleague_id] = Relation.SELF
    return found


def _said_before(connection: Connection, member: int) -> dict[int, Relation]:
    query = (
        select(_assessments.c.rater_id, _assessments.c.relation)
        .where(_assessments.c.member_id == member, _assessments.c.relation != Relation.NOT_SAID)
        .order_by(_assessments.c.id)
    )
    known = {r.rater_id: Relation(r.relation) for r in connection.execute(query)}
    return {who: said for who, said in known.items() if said not in (Relation.SELF, Relation.MANAGER)}
