"""How a rater stands to a member, as far as the file knows: from who manages whom, or as it was said before."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import Relation
from app.store.tables_growth import Assessment, Member


def relations_of(connection: Connection, member: int) -> dict[int, Relation]:
    """By colleague, the relation that is known; whoever is not in it has said nothing yet."""
    rows = connection.execute(select(col(Member.id), col(Member.colleague_id), col(Member.manager_id))).all()
    managers = {colleague: manager for _, colleague, manager in rows}
    own, manager = next((colleague, manager) for number, colleague, manager in rows if number == member)
    found = _said_before(connection, member)
    found |= {who: Relation.REPORT for who, above in managers.items() if above == own}
    if manager is not None:
        above = managers.get(manager)
        if above is not None:
            found[above] = Relation.SKIP_LEVEL
        found[manager] = Relation.MANAGER
    found[own] = Relation.SELF
    return found


def _said_before(connection: Connection, member: int) -> dict[int, Relation]:
    query = (
        select(col(Assessment.rater_id), col(Assessment.relation))
        .where(col(Assessment.member_id) == member, col(Assessment.relation) != Relation.NOT_SAID)
        .order_by(col(Assessment.id))
    )
    known = {rater: Relation(said) for rater, said in connection.execute(query)}
    return {who: said for who, said in known.items() if said not in (Relation.SELF, Relation.MANAGER)}
