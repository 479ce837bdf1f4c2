"""How a rater stands to a member, as far as the file knows: from who manages whom, or as it was said."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import Relation
from app.store.columns import among
from app.store.tables_growth import Assessment, Member, RelationEntry


def relations_of(connection: Connection, member: int) -> dict[int, Relation]:
    """By colleague, the relation that is known; whoever is not in it has said nothing yet."""
    rows = connection.execute(
        select(col(Member.id), col(Member.colleague_id), col(Member.manager_id), col(Member.second_manager_id))
    ).all()
    managers = {colleague: manager for _, colleague, manager, _ in rows}
    own, manager, second = next((who, first, also) for number, who, first, also in rows if number == member)
    found = _said_before(connection, member)
    found |= {who: Relation.REPORT for who, above in managers.items() if above == own}
    if manager is not None:
        above = managers.get(manager)
        if above is not None:
            found[above] = Relation.SKIP_LEVEL
        found[manager] = Relation.MANAGER
    if second is not None:
        found[second] = Relation.MANAGER
    found[own] = Relation.SELF
    return found


def relations_now(connection: Connection, assessments: Collection[int]) -> dict[int, Relation]:
    """By assessment that is in, the relation that was said of its rater afterwards; the newest entry holds."""
    query = (
        select(col(RelationEntry.assessment_id), col(RelationEntry.relation))
        .where(among(col(RelationEntry.assessment_id), assessments))
        .order_by(col(RelationEntry.id))
    )
    return {assessment: Relation(said) for assessment, said in connection.execute(query)}


def _said_before(connection: Connection, member: int) -> dict[int, Relation]:
    query = (
        select(col(Assessment.id), col(Assessment.rater_id), col(Assessment.relation))
        .where(col(Assessment.member_id) == member)
        .order_by(col(Assessment.id))
    )
    rows = connection.execute(query).all()
    later = relations_now(connection, [row for row, *_ in rows])
    said_by = ((rater, later.get(row, Relation(said))) for row, rater, said in rows)
    known = {rater: said for rater, said in said_by if said is not Relation.NOT_SAID}
    return {who: said for who, said in known.items() if said not in (Relation.SELF, Relation.MANAGER)}
