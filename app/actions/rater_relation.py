"""How a rater stands to a member: said by a person while the assessment is not in."""

from __future__ import annotations

from app.actions.member import about_member
from app.domain.assessment import Relation
from app.domain.calibration import CalibrationState
from app.domain.operations import Op
from app.domain.scorecard import CardState
from app.errors import Refused
from app.phrases.rubric import relation_word
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, Calibration
from app.store.workspace import Workspace
from app.words import tr

CHOICES = (
    Relation.MANAGER,
    Relation.SKIP_LEVEL,
    Relation.PEER,
    Relation.REPORT,
    Relation.OTHER,
    Relation.NOT_SAID,
)
"""What may be said of somebody who is not the member themselves."""


def say_relation(workspace: Workspace, assessment: int, relation: Relation) -> ChangeReport:
    """Say how the rater stands to the member. Raises Refused once it is in: an amendment says otherwise then."""
    with workspace.step(Op.PROPOSE, merge=("relation", assessment)) as step:
        known = step.get(Assessment, assessment)
        about_member(step, known.member_id)
        if known.state != CardState.DRAFT:
            raise Refused(
                tr("This assessment is in and stays as it was given."), tr("Amend it: a new one with a reason.")
            )
        held = None if known.cycle_id is None else step.get(Calibration, known.cycle_id)
        if held is not None and held.state == CalibrationState.CLOSED:
            raise Refused(tr("{name} is closed.").format(name=held.name), tr("Reopen it first, with a reason."))
        set_relation(step, assessment, relation)
        step.words = tr("{name} as {relation}").format(
            name=step.get(Colleague, known.rater_id).name, relation=relation_word(relation)
        )
    return step.report()


def set_relation(step: Step, assessment: int, relation: Relation) -> None:
    """Set the relation inside a running step.

    Raises Refused for a self-view of somebody else, and the other way round.
    """
    known = step.get(Assessment, assessment)
    if (known.relation == Relation.SELF) != (relation == Relation.SELF):
        raise Refused(tr("Only the member’s own assessment is a self-view."), tr("Choose another word."))
    step.edit(Assessment, assessment, relation=relation)
