"""What was decided in calibrations: outcomes of proposals with who disagreed, and the earlier calibrations."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.calibration import CalibrationState
from app.store.tables import Colleague
from app.store.tables_calibration import CalibrationDissent, CalibrationResult
from app.store.tables_growth import Calibration, Proposal

PAST = 2
"""How many earlier calibrations are shown."""


@dataclass(frozen=True)
class OutcomeFacts:
    """What was decided on a proposal, what the rule said then, and who disagreed."""

    id: int
    outcome: str
    reason: str
    change_reason: str
    readiness: str
    by: str
    at: datetime
    dissents: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PastCalibration:
    """An earlier calibration: how many of its members each outcome had."""

    id: int
    name: str
    outcomes: tuple[tuple[str, int], ...]


def outcomes_of(connection: Connection, proposals: Collection[int]) -> dict[int, list[OutcomeFacts]]:
    """By proposal, what was decided on it, oldest first."""
    query = (
        select(
            col(CalibrationResult.proposal_id),
            col(CalibrationResult.id),
            col(CalibrationResult.outcome),
            col(CalibrationResult.reason),
            col(CalibrationResult.change_reason),
            col(CalibrationResult.readiness),
            col(Colleague.name),
            col(CalibrationResult.at),
        )
        .select_from(CalibrationResult)
        .outerjoin(Colleague, col(Colleague.id) == col(CalibrationResult.by_id))
        .where(col(CalibrationResult.proposal_id).in_(proposals))
        .order_by(col(CalibrationResult.id))
    )
    rows = connection.execute(query).all()
    spoken = _dissents_in(connection, [result for _, result, *_ in rows])
    found: dict[int, list[OutcomeFacts]] = {}
    for proposal, result, outcome, reason, change_reason, readiness, by, at in rows:
        facts = OutcomeFacts(
            result, outcome, reason, change_reason, readiness, by or "", at, tuple(spoken.get(result, ()))
        )
        found.setdefault(proposal, []).append(facts)
    return found


def _dissents_in(connection: Connection, results: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    query = (
        select(col(CalibrationDissent.outcome_id), col(Colleague.name), col(CalibrationDissent.text))
        .select_from(CalibrationDissent)
        .join(Colleague, col(Colleague.id) == col(CalibrationDissent.colleague_id))
        .where(col(CalibrationDissent.outcome_id).in_(results))
        .order_by(col(CalibrationDissent.id))
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for result, name, text in connection.execute(query):
        found.setdefault(result, []).append((name, text))
    return found


def past_calibrations(connection: Connection, calibration: int) -> tuple[PastCalibration, ...]:
    """The newest closed calibrations from before this one."""
    query = (
        select(col(Calibration.id), col(Calibration.name))
        .where(col(Calibration.id) < calibration, col(Calibration.state) == CalibrationState.CLOSED)
        .order_by(col(Calibration.id).desc())
        .limit(PAST)
    )
    found = []
    for earlier, name in connection.execute(query).all():
        proposed = select(col(Proposal.id)).where(col(Proposal.cycle_id) == earlier)
        counts: dict[str, int] = {}
        for given in outcomes_of(connection, connection.execute(proposed).scalars().all()).values():
            counts[given[-1].outcome] = counts.get(given[-1].outcome, 0) + 1
        found.append(PastCalibration(earlier, name, tuple(counts.items())))
    return tuple(found)
