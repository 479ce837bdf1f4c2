"""Who is asked to assess a member: for a calibration, or outside one against a level of their guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.actions.calibration_rules import must_take_assessments, open_calibration
from app.actions.member import about_member, person
from app.actions.rater_relation import set_relation
from app.domain.assessment import Relation
from app.domain.operations import Op
from app.domain.scorecard import CardState
from app.errors import Refused
from app.records.member_level import levels_on
from app.records.rater_relation import relations_of
from app.store.assessment import read_assessment
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.guide import read_guide
from app.store.step import Step
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, Member, Proposal
from app.store.workspace import Workspace
from app.words import day, ntr, sentence_list, tr


def ask(
    workspace: Workspace, member: int, rater: int, calibration: int | None = None, level: str | None = None
) -> ChangeReport:
    """Ask somebody to assess a member: in a calibration against the level proposed, else against `level` or their own.

    Who is asked holds a seat until they have answered. Raises Refused where they were asked already.
    """
    with workspace.step(Op.PROPOSE) as step:
        name = about_member(step, member)
        against = level or levels_on(step.connection, workspace.today(), [member])[member][0]
        row = ask_in(step, member, rater, calibration, against)
        step.subject, step.subject_table = row, "assessment"
        step.words = tr("asking {who} about {name}").format(who=step.get(Colleague, rater).name, name=name)
    return step.report()


def ask_for(
    workspace: Workspace,
    member: int,
    raters: Sequence[int],
    level: str,
    said: Mapping[int, Relation] | None = None,
    due_on: date | None = None,
) -> ChangeReport:
    """Ask people to assess a member against a level by a day, in one step; each holds a seat until they have answered.

    `said` is how a rater stands to the member, where somebody said so. What it is about is the first one's assessment.
    Raises Refused for nobody, for who was asked already, for a day that has passed, and for a member who left.
    """
    if not raters:
        raise Refused(tr("Nobody is chosen."), tr("Choose who is to be asked."))
    with workspace.step(Op.PROPOSE) as step:
        name = about_member(step, member)
        _must_be_to_come(due_on, workspace.today())
        rows = [ask_in(step, member, rater, None, level, due_on) for rater in dict.fromkeys(raters)]
        for rater, relation in (said or {}).items():
            set_relation(step, rows[list(dict.fromkeys(raters)).index(rater)], relation)
        step.subject, step.subject_table = rows[0], "assessment"
        step.words = tr("asking {who} about {name}").format(who=_names(step, raters), name=name)
    return step.report()


def ask_about_all(workspace: Workspace, calibration: int, rater: int) -> ChangeReport:
    """Ask somebody about everybody in a calibration, but themselves and those they were asked about. Raises Refused
    where nobody is left."""
    with workspace.step(Op.PROPOSE) as step:
        who = step.get(Colleague, rater).name
        asked = select(col(Assessment.member_id)).where(
            col(Assessment.cycle_id) == calibration,
            col(Assessment.rater_id) == rater,
            col(Assessment.level) == col(Proposal.target),
        )
        query = (
            select(col(Proposal.member_id))
            .join(Member, col(Member.id) == col(Proposal.member_id))
            .where(
                col(Proposal.cycle_id) == calibration,
                col(Member.colleague_id) != rater,
                col(Member.left_on).is_(None),
                col(Proposal.member_id).not_in(asked.correlate(Proposal)),
            )
            .order_by(col(Proposal.id))
        )
        members = step.values(query)
        if not members:
            raise Refused(tr("{who} was asked about everybody already.").format(who=who))
        for member in members:
            about_member(step, member)
            ask_in(step, member, rater, calibration)
        words = ntr("asking {{who}} about {n} member", "asking {{who}} about {n} members", len(members))
        step.words = words.format(who=who)
    return step.report()


def ask_in(
    step: Step, member: int, rater: int, calibration: int | None, level: str = "", due_on: date | None = None
) -> int:
    """Ask somebody inside a running step; gives the assessment that is due. Outside a calibration `level` is needed; in
    one it is due by its day, where no other is said.

    For a calibration one may be asked again once another level is proposed: what was said against the former level
    stays as it was, and counts no more.
    """
    known = step.get(Member, member)
    if known.left_on is not None:
        name = step.get(Colleague, known.colleague_id).name
        raise Refused(tr("{name} has left.").format(name=name), tr("Nobody is asked about them any more."))
    guide_id, against = known.guide_id, level
    if calibration is not None:
        guide_id, against, usual = _asked_by(step, calibration, member)
        due_on = due_on or usual
    guide = read_guide(step.connection, guide_id)
    if against not in {one.id for one in guide.levels}:
        raise Refused(tr("The guide has no level “{level}”.").format(level=against), tr("Choose one of its levels."))
    query = select(col(Assessment.id)).where(col(Assessment.member_id) == member, col(Assessment.rater_id) == rater)
    if calibration is not None:
        query = query.where(col(Assessment.cycle_id) == calibration, col(Assessment.level) == against)
    else:
        query = query.where(col(Assessment.cycle_id).is_(None), col(Assessment.state) == CardState.DRAFT)
    if step.first(query):
        raise Refused(tr("{who} was asked already.").format(who=step.get(Colleague, rater).name))
    relation = relations_of(step.connection, member).get(rater, Relation.NOT_SAID)
    cells = guide.level(against).cells
    expected = [d for d in guide.dimension_ids if d in cells and cells[d].bar is not None]
    return step.add(
        Assessment,
        member_id=member,
        rater_id=rater,
        relation=relation,
        cycle_id=calibration,
        guide_id=guide_id,
        level=against,
        dimensions=expected,
        started_at=step.at,
        due_on=due_on,
    )


def _asked_by(step: Step, calibration: int, member: int) -> tuple[int, str, date | None]:
    held = open_calibration(step, calibration)
    proposed = step.first(
        select(col(Proposal.target), col(Proposal.guide_id)).where(
            col(Proposal.cycle_id) == calibration, col(Proposal.member_id) == member
        )
    )
    if proposed is None:
        raise Refused(tr("This member is not in {name}.").format(name=held.name), tr("Propose a level for them first."))
    target, guide = proposed
    return guide or held.guide_id, target, held.due_on


@dataclass(frozen=True)
class DueDay:
    """By when an assessment is asked for; None for no day."""

    due_on: date | None


def set_due(workspace: Workspace, assessment: int, due: DueDay) -> ChangeReport:
    """Ask for an assessment by another day. Raises Refused once it is in, and for a day that has passed."""
    with workspace.step(Op.PROPOSE, merge=("assessment due", assessment)) as step:
        known = step.get(Assessment, assessment)
        name = about_member(step, known.member_id)
        who = step.get(Colleague, known.rater_id).name
        must_take_assessments(step, known)
        if known.state != CardState.DRAFT:
            raise Refused(tr("{who}’s assessment of {name} is in.").format(who=who, name=name))
        _must_be_to_come(due.due_on, workspace.today())
        step.edit(Assessment, assessment, due_on=due.due_on)
        step.words = tr("day for {who} on {name}").format(who=who, name=name)
    return step.report()


def move_due(step: Step, calibration: int, before: date | None, after: date | None) -> None:
    """Who is asked in a calibration by its former day is asked by another one."""
    of_it = (col(Assessment.cycle_id) == calibration, col(Assessment.state) == CardState.DRAFT)
    usual = col(Assessment.due_on) == before if before is not None else col(Assessment.due_on).is_(None)
    for seat in rows_of(step.connection, Assessment, *of_it, usual, order_by=[col(Assessment.id)]):
        step.about = person(seat.member_id)
        step.edit(Assessment, seat.id, due_on=after)


def _must_be_to_come(due_on: date | None, today: date) -> None:
    if due_on is not None and due_on < today:
        raise Refused(tr("{day} has passed.").format(day=day(due_on)), tr("Choose a later day."))


def excuse(workspace: Workspace, assessment: int) -> ChangeReport:
    """Take back that somebody was asked, while they have written nothing."""
    with workspace.step(Op.PROPOSE) as step:
        known = step.get(Assessment, assessment)
        name = about_member(step, known.member_id)
        who = step.get(Colleague, known.rater_id).name
        must_take_assessments(step, known)
        if is_begun(step, assessment):
            raise Refused(tr("{who} has begun theirs on {name}.").format(who=who, name=name))
        step.remove(Assessment, assessment)
        step.words = tr("excusing {who}").format(who=who)
    return step.report()


def is_begun(step: Step, assessment: int) -> bool:
    """Whether its rater has written anything, submitted or in a draft."""
    known = step.get(Assessment, assessment)
    return known.state != CardState.DRAFT or read_assessment(step.connection, assessment).begun


def _names(step: Step, raters: Sequence[int]) -> str:
    return sentence_list([step.get(Colleague, rater).name for rater in dict.fromkeys(raters)])
