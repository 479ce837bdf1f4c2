"""What a calibration has made stand: undo and redo reach neither into a closed one nor behind a session that began."""

from __future__ import annotations

from sqlalchemy import select

from app.actions.assessment import is_begun
from app.domain.calibration import CalibrationState
from app.errors import Refused
from app.store.columns import table_of
from app.store.history import RowChange, Values
from app.store.step import Step
from app.store.tables import Colleague
from app.store.tables_calibration import CalibrationVote
from app.store.tables_growth import Calibration
from app.words import tr

_cycles = table_of(Calibration)
_FREE = {"fact": ("shared", "goal_id")}
"""What of a row is no part of the calibration: what a member may read, and the goal it was put under."""
_SETTLED = ("target", "anchor", "level", "manager_id")
"""What of a proposal is settled once the session began."""


def cycle_must_allow(step: Step, change: RowChange) -> None:
    """Raise Refused where taking a change back, or doing it again, would rewrite what a calibration rests on."""
    row = change.after or change.before or {}
    cycle = _cycle_of(step, change.table, row)
    if cycle is None or not _differs(change):
        return
    held = step.first(select(_cycles).where(_cycles.c.id == cycle))
    if held is None:
        return
    if held.state == CalibrationState.CLOSED:
        raise Refused(
            tr("{name} was closed since, and nothing of it changes.").format(name=held.name),
            tr("Reopen it first, with a reason."),
        )
    if change.table == "proposal" and held.started_at is not None and _moves(change):
        raise Refused(
            tr("The session of {name} began since: who is in it, and the level proposed, stay.").format(name=held.name),
            tr("Record an outcome for who is in it."),
        )
    asked = change.table == "assessment" and change.before is None and row["amends_id"] is None
    if asked and _is_begun(step, change.row):
        who = step.get(Colleague, row["rater_id"]).name
        raise Refused(tr("{who} has begun theirs since.").format(who=who), tr("Let it stand."))


def _cycle_of(step: Step, table: str, row: Values) -> int | None:
    """The calibration a row belongs to; None for one that belongs to none."""
    if table == "cycle":
        found = row["id"]
    elif table in ("proposal", "assessment"):
        found = row["cycle_id"]
    elif table in ("assessment_rating", "fact", "returned_assessment"):
        found = _of(step, "assessment", row["assessment_id"])
    elif table in ("cycle_vote", "cycle_outcome", "work_story"):
        found = _of(step, "proposal", row["proposal_id"])
    elif table == "cycle_score":
        found = _of(step, "proposal", step.get(CalibrationVote, row["vote_id"]).proposal_id)
    else:
        found = None
    return int(found) if found is not None else None


def _of(step: Step, table: str, row: int | None) -> int | None:
    """The calibration of an assessment or a proposal that is there."""
    held = step.image(table, row) if row is not None else None
    return held["cycle_id"] if held is not None else None


def _differs(change: RowChange) -> bool:
    before, after = change.before, change.after
    if before is None or after is None:
        return True
    return any(before[name] != after[name] for name in after if name not in _FREE.get(change.table, ()))


def _moves(change: RowChange) -> bool:
    before, after = change.before, change.after
    if before is None or after is None:
        return True
    return any(before[name] != after[name] for name in _SETTLED)


def _is_begun(step: Step, assessment: int) -> bool:
    return step.image("assessment", assessment) is not None and is_begun(step, assessment)
