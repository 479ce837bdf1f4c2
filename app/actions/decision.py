"""Decisions: people decide, in writing. A decision is changed only by a new one; approvals follow it by role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.actions.application import about_candidate, about_open_candidate
from app.domain.decision import Answer, Verdict, departs
from app.domain.operations import Op
from app.domain.pack import Pack
from app.domain.panel import PRIOR_VARIANCE
from app.errors import Refused
from app.records.opening_rubric import opening_levels, opening_pack, opening_rubric
from app.records.panel_scores import judged
from app.records.transcripts import delete_for_good, ending_with_decision
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables import Application, Colleague, Opening
from app.store.tables_debrief import DecisionDraft, Dissent
from app.store.tables_panel import Approval, Decision
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class NewDecision:
    """What a person writes down.

    `departure` says why the decision goes against the rule, where it does; `missing` is the dimension and the
    exercise a hold waits for; of the `conditions`, which are ours, those `for_letter` may stand in the offer's letter;
    `approvers` names who answers for a role of the pack's chain, by the role's words.
    """

    verdict: Verdict
    level: str
    reason: str
    dissents: Sequence[tuple[int, str]] = ()
    change_reason: str = ""
    departure: str = ""
    conditions: Sequence[str] = ()
    for_letter: Sequence[str] = ()
    missing: tuple[str, str] | None = None
    approvers: Sequence[tuple[str, int | None]] | None = None


def decide(workspace: Workspace, application: int, new: NewDecision) -> ChangeReport:
    """Record a decision. Raises NotYet while cards are sealed to me, Refused naming what is missing."""
    if not new.reason.strip():
        raise Refused(tr("A decision needs its reason."), tr("Write what settled it, in your own words."))
    with workspace.step(Op.DECIDE) as step:
        name = about_open_candidate(step, application)
        opening = step.get(Opening, step.get(Application, application).opening_id)
        pack = opening_pack(step.connection, opening.id)
        zone = judged(step.connection, application, PRIOR_VARIANCE).first.zone
        against = departs(new.verdict, zone)
        _must_hold(step.connection, opening.id, new, against=against)
        _must_say_why(step, application, name, new.change_reason)
        missing = new.missing or ("", "")
        row = step.add(
            Decision,
            application_id=application,
            verdict=new.verdict,
            level=new.level,
            reason=new.reason.strip(),
            change_reason=new.change_reason.strip(),
            by_id=step.me,
            at=step.at,
            zone=zone,
            departure=new.departure.strip() if against else "",
            conditions=[c.strip() for c in new.conditions if c.strip()],
            for_letter=[c.strip() for c in new.conditions if c.strip() and c in new.for_letter],
            hold_dimension=missing[0] if new.verdict is Verdict.HOLD else "",
            hold_exercise=missing[1] if new.verdict is Verdict.HOLD else "",
        )
        for colleague, text in new.dissents:
            who = step.get(Colleague, colleague)
            if not text.strip():
                raise Refused(
                    tr("{name}’s dissent has no words.").format(name=who.name), tr("Write it, or take it out.")
                )
            step.add(Dissent, decision_id=row, colleague_id=colleague, text=text.strip())
        step.remove_all(DecisionDraft, col(DecisionDraft.application_id) == application)
        delete_for_good(step, ending_with_decision(step.connection, application))
        if new.verdict is Verdict.HIRE:
            _ask_approvals(step, row, pack, new)
        step.words = tr("decision on {name}").format(name=name)
    return step.report()


def draft(workspace: Workspace, application: int, content: str, *, typing: bool = False) -> ChangeReport:
    """Keep the decision that is being written, as the form has it; recording it takes the draft away."""
    merge = ("decision draft", application)
    with workspace.step(Op.DRAFT_DECISION, merge=merge, typing=typing) as step:
        about_candidate(step, application)
        known = step.first(select(col(DecisionDraft.id)).where(col(DecisionDraft.application_id) == application))
        if known:
            step.edit(DecisionDraft, known[0], content=content)
        else:
            step.typing = False  # a new row is a finished change
            step.add(DecisionDraft, application_id=application, content=content)
        step.words = tr("edit of the decision")
    return step.report()


def answer(workspace: Workspace, approval: int, given: Answer, on: date, note: str = "") -> ChangeReport:
    """Record what somebody in the chain of approvals said, and on which day. Declining takes a note.

    It is the answer of the person who is named there, for every role they hold in the chain: one person counts once.
    An answer is declared: a later one takes its place only with a note that says why. Raises Refused where nobody is
    named, or who decided.
    """
    with workspace.step(Op.APPROVE) as step:
        known = step.get(Approval, approval)
        decided = step.get(Decision, known.decision_id)
        about_candidate(step, decided.application_id)
        if known.colleague_id is None:
            raise Refused(
                tr("Nobody is named who answers as {role}.").format(role=known.role),
                tr("Say who it is first: an approval is a person’s."),
            )
        _must_be_another(step, decided, known.colleague_id)
        if not note.strip() and (given is Answer.DECLINED or known.answer is not None):
            raise Refused(
                tr("{role} said no, or says something else now: that takes a reason.").format(role=known.role),
                tr("Write it in their words."),
            )
        places = select(col(Approval.id)).where(
            col(Approval.decision_id) == known.decision_id, col(Approval.colleague_id) == known.colleague_id
        )
        step.subject, step.subject_table = approval, "approval"
        for place in step.values(places.order_by(col(Approval.position))):
            step.edit(
                Approval,
                place,
                answer=given,
                answered_on=on,
                note=note.strip(),
                recorded_at=step.at,
                recorded_by_id=step.who,
            )
        step.words = tr("answer of {role}").format(role=known.role)
    return step.report()


def name_approver(workspace: Workspace, approval: int, colleague: int | None) -> ChangeReport:
    """Say who answers for a role in the chain, while they have not. It can be undone: nothing is declared by it.

    An older file may hold an answer of nobody: then this says whose it was. Raises Refused for who decided, and for
    somebody who has answered already.
    """
    with workspace.step(Op.NAME_APPROVER) as step:
        known = step.get(Approval, approval)
        decided = step.get(Decision, known.decision_id)
        about_candidate(step, decided.application_id)
        if known.answer is not None and known.colleague_id is not None:
            raise Refused(tr("{role} has answered already.").format(role=known.role))
        if colleague is not None:
            _must_be_another(step, decided, colleague)
            if step.first(
                select(col(Approval.id)).where(
                    col(Approval.decision_id) == known.decision_id,
                    col(Approval.colleague_id) == colleague,
                    col(Approval.answer).is_not(None),
                    col(Approval.id) != approval,
                )
            ):
                raise Refused(
                    tr("{name} has answered already, and one person counts once.").format(
                        name=step.get(Colleague, colleague).name
                    ),
                    tr("Name somebody else as {role}.").format(role=known.role),
                )
        step.edit(Approval, approval, colleague_id=colleague)
        step.words = tr("who approves as {role}").format(role=known.role)
    return step.report()


def _must_be_another(step: Step, decided: Decision, colleague: int) -> None:
    if decided.by_id == colleague:
        raise Refused(
            tr("{name} decided this, and one person counts once.").format(name=step.get(Colleague, colleague).name),
            tr("Name somebody else who approves it."),
        )


def _must_hold(connection: Connection, opening: int, new: NewDecision, *, against: bool) -> None:
    rubric = opening_rubric(connection, opening)
    if new.level not in {level for level, _ in opening_levels(connection, opening)}:
        raise Refused(tr("The guide has no level “{level}”.").format(level=new.level), tr("Choose one of its levels."))
    if against and not new.departure.strip():
        raise Refused(
            tr("This decision departs from the agreed rule."),
            tr("Write why, under “Departure from the rule”."),
        )
    if new.verdict is not Verdict.HOLD:
        return
    dimension, exercise = new.missing or ("", "")
    if dimension not in rubric.dimension_ids or exercise not in {e.id for e in rubric.exercises}:
        raise Refused(
            tr("A hold names what is missing."),
            tr("Choose the dimension to look at again, and the round to do it in."),
        )


def _must_say_why(step: Step, application: int, name: str, change_reason: str) -> None:
    earlier = step.first(select(col(Decision.id)).where(col(Decision.application_id) == application))
    if earlier and not change_reason.strip():
        raise Refused(tr("{name} was decided before.").format(name=name), tr("Say why this decision takes its place."))


def _ask_approvals(step: Step, decision: int, pack: Pack, new: NewDecision) -> None:
    """The pack's chain after the one who decides, or the chain that was given."""
    chain = new.approvers
    if chain is None:
        named = [(role, _holder(step, role)) for role in pack.approvers]
        chain = [(role, holder if holder != step.who else None) for role, holder in named]
    for position, (role, colleague) in enumerate(chain):
        if colleague is not None:
            _must_be_another(step, step.get(Decision, decision), colleague)
        step.add(Approval, decision_id=decision, position=position, role=role, colleague_id=colleague)


def _holder(step: Step, role: str) -> int | None:
    """The one colleague whose role has the same words; None where there is none, or more."""
    found = [
        colleague
        for colleague, own in step.rows(select(col(Colleague.id), col(Colleague.role)).order_by(col(Colleague.id)))
        if own.casefold() == role.casefold()
    ]
    return found[0] if len(found) == 1 else None
