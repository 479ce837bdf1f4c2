"""Promotions a calibration decided whose level was not given yet: neither now nor from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.calibration import CalibrationOutcome
from app.domain.scorecard import CardState
from app.store.columns import aliased
from app.store.tables import Colleague
from app.store.tables_calibration import CalibrationResult
from app.store.tables_growth import Assessment, Calibration, LevelSpell, Member, Proposal


@dataclass(frozen=True)
class PromotionWaiting:
    """A member who was promoted to a level, in which calibration, and when that was decided (aware)."""

    member: int
    name: str
    target: str
    calibration: str
    at: datetime


def promotions_waiting(connection: Connection, me: int | None, member: int | None = None) -> list[PromotionWaiting]:
    """All of them, or a member's, the oldest first. Whoever owes an assessment of somebody is told nothing of them."""
    later, own = aliased(CalibrationResult), aliased(Assessment)
    newest = (
        ~select(col(later.id))
        .where(col(later.proposal_id) == col(CalibrationResult.proposal_id), col(later.id) > col(CalibrationResult.id))
        .exists()
    )
    held = (
        select(col(LevelSpell.id))
        .where(col(LevelSpell.member_id) == col(Member.id), col(LevelSpell.level) == col(Proposal.target))
        .exists()
    )
    owed = (
        select(col(own.id))
        .where(
            col(own.cycle_id) == col(Proposal.cycle_id),
            col(own.member_id) == col(Member.id),
            col(own.rater_id) == (me or 0),
            col(own.state) == CardState.DRAFT,
        )
        .exists()
    )
    query = (
        select(
            col(Member.id), col(Colleague.name), col(Proposal.target), col(Calibration.name), col(CalibrationResult.at)
        )
        .select_from(CalibrationResult)
        .join(Proposal, col(Proposal.id) == col(CalibrationResult.proposal_id))
        .join(Calibration, col(Calibration.id) == col(Proposal.cycle_id))
        .join(Member, col(Member.id) == col(Proposal.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .where(
            newest,
            ~held,
            ~owed,
            col(CalibrationResult.outcome) == CalibrationOutcome.PROMOTE,
            col(Member.level) != col(Proposal.target),
            col(Member.left_on).is_(None),
        )
        .order_by(col(CalibrationResult.at), col(CalibrationResult.id))
    )
    if member is not None:
        query = query.where(col(Member.id) == member)
    return [PromotionWaiting(*row) for row in connection.execute(query)]
