"""Assessments outside a calibration: several people asked at once, against a member's level or the one they grow to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.actions.assessment import ask_in
from app.actions.member import about_member
from app.actions.rater_relation import set_relation
from app.domain.assessment import Relation
from app.domain.operations import Op
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables import Colleague
from app.store.workspace import Workspace
from app.words import sentence_list, tr


def ask_for(
    workspace: Workspace, member: int, raters: Sequence[int], level: str, said: Mapping[int, Relation] | None = None
) -> ChangeReport:
    """Ask people to assess a member against a level, in one step; each holds a seat until they have answered.

    `said` is how a rater stands to the member, where somebody said so. What it is about is the first one's assessment.
    Raises Refused for nobody, for who was asked already, and for a member who left.
    """
    if not raters:
        raise Refused(tr("Nobody is chosen."), tr("Choose who is to be asked."))
    with workspace.step(Op.PROPOSE) as step:
        name = about_member(step, member)
        rows = [ask_in(step, member, rater, None, level) for rater in dict.fromkeys(raters)]
        for rater, relation in (said or {}).items():
            set_relation(step, rows[list(dict.fromkeys(raters)).index(rater)], relation)
        step.subject, step.subject_table = rows[0], "assessment"
        step.words = tr("asking {who} about {name}").format(who=_names(step, raters), name=name)
    return step.report()


def _names(step: Step, raters: Sequence[int]) -> str:
    return sentence_list([step.get(Colleague, rater).name for rater in dict.fromkeys(raters)])
