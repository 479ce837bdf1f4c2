"""What the newest calibration of a member settled, and what of it no goal is about yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.panel import State
from app.records.calibration import judged_members
from app.records.visibility import assessment_sealings
from app.store.tables_calibration import CalibrationResult
from app.store.tables_goals import Goal
from app.store.tables_growth import Calibration, GrowthPlan, Proposal
from app.store.workspace import Workspace

_OPEN = {State.NOT_MET, State.SPLIT, State.THIN, State.EMPTY}


@dataclass(frozen=True)
class SettledPoint:
    """A dimension that stood open after the session: what the level expects there, how it stood, its low median."""

    dimension: str
    name: str
    expect: str
    state: State
    score: int | None
    bar: int | None


@dataclass(frozen=True)
class Settled:
    """A calibration with an outcome: the level that was proposed in a version of its guide, when it was decided.

    `points` are those that no open goal of the member's plan is about, core ones first.
    """

    calibration: str
    guide: int
    target: str
    outcome: str
    on: date
    points: tuple[SettledPoint, ...]


def settled_for(connection: Connection, workspace: Workspace, member: int) -> Settled | None:
    """What the newest session about a member came to; None before its outcome, while it is sealed to me, and where
    nothing is left to take over."""
    query = (
        select(
            col(Proposal.cycle_id),
            col(Proposal.guide_id),
            col(Calibration.guide_id),
            col(Calibration.name),
            col(CalibrationResult.outcome),
            col(CalibrationResult.at),
        )
        .select_from(Proposal)
        .join(Calibration, col(Calibration.id) == col(Proposal.cycle_id))
        .outerjoin(CalibrationResult, col(CalibrationResult.proposal_id) == col(Proposal.id))
        .where(col(Proposal.member_id) == member, col(Calibration.started_at).is_not(None))
        .order_by(col(Calibration.started_at).desc(), col(CalibrationResult.id).desc())
        .limit(1)
    )
    found = connection.execute(query).first()
    if found is None:
        return None
    calibration, own, held_by, name, outcome, at = found
    if outcome is None or at is None:
        return None
    sealing = assessment_sealings(connection, calibration, [member])[member]
    if workspace.me is None or not sealing.open_to(workspace.me):
        return None
    (judged,) = judged_members(connection, calibration, [member])
    taken = _dimensions_with_goals(connection, member)
    points = [
        SettledPoint(
            cell.dimension,
            judged.guide.dimension(cell.dimension).short,
            judged.guide.level(judged.target).cells[cell.dimension].expect,
            cell.state or State.EMPTY,
            cell.low,
            cell.bar,
        )
        for cell in sorted(judged.verdict.cells, key=lambda cell: not cell.core)
        if cell.state in _OPEN and cell.dimension not in taken
    ]
    on = at.astimezone(workspace.zone).date()
    return Settled(name, own or held_by, judged.target, outcome, on, tuple(points)) if points else None


def _dimensions_with_goals(connection: Connection, member: int) -> set[str]:
    """What the open goals of the plan that holds are about."""
    query = (
        select(col(Goal.dimension))
        .join(GrowthPlan, col(GrowthPlan.id) == col(Goal.plan_id))
        .where(col(GrowthPlan.member_id) == member, col(GrowthPlan.ended_on).is_(None), col(Goal.state) == "open")
    )
    return set(connection.execute(query).scalars())
