"""Who was asked about each member of a calibration, and whether theirs is in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import Relation
from app.domain.scorecard import CardState
from app.records.rater_relation import relations_now
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, Proposal


@dataclass(frozen=True)
class RaterSeat:
    """A rater of a member, and whether their assessment is in.

    `level` is the one they were asked for. It is not the proposed one where that changed and they were not asked again.
    """

    assessment: int
    rater: int
    name: str
    relation: Relation
    level: str
    is_in: bool
    mine: bool
    due_on: date | None = None


def seats_in(connection: Connection, calibration: int, me: int | None) -> dict[int, list[RaterSeat]]:
    """By member, the newest seat of each rater, one against the proposed level before any other."""
    query = (
        select(
            col(Assessment.id),
            col(Assessment.member_id),
            col(Assessment.rater_id),
            col(Assessment.relation),
            col(Assessment.level),
            col(Assessment.state),
            col(Assessment.due_on),
            col(Colleague.name),
            col(Proposal.target),
        )
        .select_from(Assessment)
        .join(Colleague, col(Colleague.id) == col(Assessment.rater_id))
        .join(Proposal, col(Proposal.member_id) == col(Assessment.member_id))
        .where(col(Assessment.cycle_id) == calibration, col(Proposal.cycle_id) == calibration)
        .order_by(col(Assessment.id))
    )
    newest: dict[tuple[int, int], RaterSeat] = {}
    rows = connection.execute(query).all()
    later = relations_now(connection, [row for row, *_ in rows])
    for assessment, member, rater, relation, level, state, due_on, name, target in rows:
        known = newest.get((member, rater))
        if known is not None and known.level == target != level:
            continue
        was_in = known is not None and known.level == level and known.is_in
        newest[member, rater] = RaterSeat(
            assessment,
            rater,
            name,
            later.get(assessment, Relation(relation)),
            level,
            was_in or state != CardState.DRAFT,
            rater == me,
            due_on,
        )
    found: dict[int, list[RaterSeat]] = {}
    for (member, _), seat in newest.items():
        found.setdefault(member, []).append(seat)
    return found
