"""How far a calibration must be for what is done in it: open, prepared, begun, and open to who does it."""

from __future__ import annotations

from app.actions.member import about_member
from app.domain.calibration import CalibrationState
from app.errors import NotYet, Refused
from app.records.visibility import assessment_sealings
from app.store.step import Step
from app.store.tables_growth import Assessment, Calibration, Proposal
from app.words import tr


def open_calibration(step: Step, calibration: int) -> Calibration:
    """A calibration that is not closed. Raises Refused."""
    held = step.get(Calibration, calibration)
    if held.state == CalibrationState.CLOSED:
        raise Refused(tr("{name} is closed.").format(name=held.name), tr("Reopen it first, with a reason."))
    return held


def must_be_prepared(held: Calibration, name: str) -> None:
    """Raise Refused once the session began, for something about the member called `name`."""
    if held.started_at is not None:
        raise Refused(
            tr("The session of {cycle} has begun: who is in it, and the level proposed, stay.").format(cycle=held.name),
            tr("Record an outcome for who is in it; prepare another calibration for {name}.").format(name=name),
        )


def begun_calibration(step: Step, calibration: int) -> Calibration:
    """One whose session began and that is not closed. Raises Refused."""
    held = open_calibration(step, calibration)
    if held.started_at is None:
        raise Refused(tr("The session of {name} has not begun.").format(name=held.name), tr("Begin it first."))
    return held


def talked_of(step: Step, proposal: int) -> tuple[Proposal, str]:
    """The proposal and its member's name. Raises Refused before the session, NotYet while it is sealed to me."""
    known = step.get(Proposal, proposal)
    begun_calibration(step, known.cycle_id)
    return known, open_to_me(step, known)


def open_to_me(step: Step, known: Proposal) -> str:
    """The name of a proposal's member. Raises NotYet while their assessments are sealed to me."""
    name = about_member(step, known.member_id)
    sealing = assessment_sealings(step.connection, known.cycle_id, [known.member_id])[known.member_id]
    if step.who is None or not sealing.open_to(step.who):
        raise NotYet(tr("The assessments of {name} are not open to you yet.").format(name=name))
    return name


def must_take_assessments(step: Step, known: Assessment) -> None:
    """Raise Refused for an assessment of a calibration that is closed."""
    if known.cycle_id is not None and step.get(Calibration, known.cycle_id).state == CalibrationState.CLOSED:
        raise Refused(tr("Its calibration is closed."), tr("Reopen it first, with a reason."))
