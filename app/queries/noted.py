"""What was noted of a member before an assessment, that its rater may choose as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.store.columns import rows_with
from app.store.tables import Colleague
from app.store.tables_growth import EvidenceItem, GrowthCheckIn
from app.words import day, tr


@dataclass(frozen=True)
class Noted:
    """Something that was written down on a day; `dimension` is empty where it is about none, as a check-in. `source`
    says where it stands."""

    on: date
    dimension: str
    text: str
    source: str


def noted_of(connection: Connection, member: int, me: int | None) -> tuple[Noted, ...]:
    """Evidence that was typed outside assessments and that I may see, and what was said in check-ins, newest first.

    What has no day can be no evidence, and is left out.
    """
    query = (
        select(col(Colleague.name))
        .select_from(EvidenceItem)
        .outerjoin(Colleague, col(Colleague.id) == col(EvidenceItem.by_id))
        .where(
            col(EvidenceItem.member_id) == member,
            col(EvidenceItem.assessment_id).is_(None),
            col(EvidenceItem.note_id).is_(None),
            col(EvidenceItem.on).is_not(None),
            col(EvidenceItem.shared).is_(True) | (col(EvidenceItem.by_id) == (me or 0)),
        )
    )
    found = [
        Noted(
            item.on, item.dimension, item.text, item.source or (tr("noted by {name}").format(name=name) if name else "")
        )
        for item, name in rows_with(connection, query, EvidenceItem)
        if item.on is not None
    ]
    held = select(col(GrowthCheckIn.held_on), col(GrowthCheckIn.said)).where(
        col(GrowthCheckIn.member_id) == member, col(GrowthCheckIn.held_on).is_not(None), col(GrowthCheckIn.said) != ""
    )
    found += [
        Noted(on, "", said, tr("check-in of {day}").format(day=day(on)))
        for on, said in connection.execute(held)
        if on is not None
    ]
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))
