"""Whom mails about a calibration's assessments go to: what each rater still owes, or that all of theirs are in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.domain.scorecard import CardState
from app.records.calibration import calibration_row
from app.store.columns import aliased
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, Member, Proposal
from app.store.workspace import Workspace


@dataclass(frozen=True)
class AskedOf:
    """An assessment somebody was asked for: of whom, against which level, by when, and whether it is in."""

    assessment: int
    member: str
    level: str
    due_on: date | None
    is_in: bool


@dataclass(frozen=True)
class RaterMail:
    """Somebody who was asked in a calibration, and whom they answer to."""

    rater: str
    mail: str
    calibration: str
    asked: tuple[AskedOf, ...]
    return_to: str

    @property
    def due(self) -> tuple[AskedOf, ...]:
        """What of it is not in."""
        return tuple(one for one in self.asked if not one.is_in)

    @property
    def by(self) -> date | None:
        """The first day by which something of it is due."""
        return min((one.due_on for one in self.due if one.due_on is not None), default=None)


def rater_mails(workspace: Workspace, calibration: int) -> tuple[RaterMail, ...]:
    """Everybody but the workspace's user who was asked about somebody who has not left, by name. Raises NotFound."""
    with workspace.read() as connection:
        held = calibration_row(connection, calibration)
        me = connection.execute(select(col(Colleague.name)).where(col(Colleague.id) == workspace.me)).scalar()
        rater = aliased(Colleague)
        query = (
            select(
                col(Assessment.id),
                col(Assessment.level),
                col(Assessment.due_on),
                col(Assessment.state),
                col(Colleague.name),
                col(rater.id),
                col(rater.name),
                col(rater.mail),
            )
            .select_from(Assessment)
            .join(Member, col(Member.id) == col(Assessment.member_id))
            .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
            .join(rater, col(rater.id) == col(Assessment.rater_id))
            .join(Proposal, col(Proposal.member_id) == col(Member.id))
            .where(
                col(Assessment.cycle_id) == calibration,
                col(Proposal.cycle_id) == calibration,
                col(Assessment.level) == col(Proposal.target),
                col(Assessment.amends_id).is_(None),
                col(Assessment.rater_id) != (workspace.me or 0),
                col(Member.left_on).is_(None),
            )
            .order_by(col(rater.name), col(rater.id), col(Assessment.id))
        )
        asked: dict[int, tuple[str, str, list[AskedOf]]] = {}
        for row, level, due_on, state, member, who, name, mail in connection.execute(query):
            of_rater = asked.setdefault(who, (name, mail, []))
            of_rater[2].append(AskedOf(row, member, level, due_on, state != CardState.DRAFT))
    return tuple(RaterMail(name, mail, held.name, tuple(some), me or "") for name, mail, some in asked.values())
