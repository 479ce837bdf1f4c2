"""How a rater stands to a member: said by a person while the assessment is not in, afterwards with a reason."""

from __future__ import annotations

from app.actions.member import about_member
from app.domain.assessment import Relation
from app.domain.calibration import CalibrationState
from app.domain.operations import Op
from app.domain.scorecard import CardState
from app.errors import Refused
from app.phrases.rubric import relation_word
from app.records.rater_relation import relations_now
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, Calibration, RelationEntry
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
    """Say how the rater stands to the member. Raises Refused once it is in: that takes `say_relation_later`."""
    with workspace.step(Op.PROPOSE, merge=("relation", assessment)) as step:
        known = step.get(Assessment, assessment)
        about_member(step, known.member_id)
        if known.state != CardState.DRAFT:
            raise Refused(
                tr("This assessment is in and stays as it was given."), tr("Say it beside it, with a reason.")
            )
        _must_be_open(step, known)
        set_relation(step, assessment, relation)
        step.words = tr("{name} as {relation}").format(
            name=step.get(Colleague, known.rater_id).name, relation=relation_word(relation)
        )
    return step.report()


def say_relation_later(workspace: Workspace, assessment: int, relation: Relation, reason: str) -> ChangeReport:
    """Say otherwise of one that is in, beside it: the assessment keeps its words and its digest, and this holds from
    now on. Raises Refused without a reason, for the same relation, and for what only the member can be."""
    with workspace.step(Op.SAY_RELATION) as step:
        known = step.get(Assessment, assessment)
        about_member(step, known.member_id)
        if known.state == CardState.DRAFT:
            raise Refused(tr("This assessment is not in yet."), tr("Choose the relation itself."))
        _must_be_open(step, known)
        _must_not_be_self(known, relation)
        now = relations_now(step.connection, [assessment]).get(assessment, Relation(known.relation))
        who = step.get(Colleague, known.rater_id).name
        words = tr("{name} as {relation}").format(name=who, relation=relation_word(relation))
        if now is relation:
            raise Refused(tr("{words}: that is what it says.").format(words=words))
        if not reason.strip():
            raise Refused(tr("What is said later needs a reason."), tr("Write why it is otherwise."))
        step.add(
            RelationEntry,
            assessment_id=assessment,
            relation=relation,
            reason=reason.strip(),
            by_id=step.who,
            at=step.at,
        )
        step.words = words
    return step.report()


def _must_be_open(step: Step, known: Assessment) -> None:
    held = None if known.cycle_id is None else step.get(Calibration, known.cycle_id)
    if held is not None and held.state == CalibrationState.CLOSED:
        raise Refused(tr("{name} is closed.").format(name=held.name), tr("Reopen it first, with a reason."))


def _must_not_be_self(known: Assessment, relation: Relation) -> None:
    if (known.relation == Relation.SELF) != (relation == Relation.SELF):
        raise Refused(tr("Only the member’s own assessment is a self-view."), tr("Choose another word."))


def set_relation(step: Step, assessment: int, relation: Relation) -> None:
    """Set the relation inside a running step.

    Raises Refused for a self-view of somebody else, and the other way round.
    """
    _must_not_be_self(step.get(Assessment, assessment), relation)
    step.edit(Assessment, assessment, relation=relation)
