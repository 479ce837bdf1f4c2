"""A calibration's session: what is said of each member, second scores, what is decided, cases for another day.

Notes and days are typed; second scores and outcomes are declared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.actions.calibration_rules import talked_of
from app.actions.committee import must_not_be_open
from app.domain.calibration import CalibrationOutcome
from app.domain.operations import Op
from app.domain.scorecard import SCORES
from app.errors import Refused
from app.records.calibration import JudgedMember, judged_members
from app.records.submitted_assessments import SubmittedAssessment
from app.store.change_report import ChangeReport
from app.store.guide import read_guide
from app.store.step import Step
from app.store.tables import Colleague
from app.store.tables_calibration import CalibrationDissent, CalibrationResult, CalibrationScore, CalibrationVote
from app.store.tables_growth import Calibration, Proposal
from app.store.workspace import Workspace
from app.words import day, sentence_list, tr


def note(workspace: Workspace, proposal: int, text: str, *, typing: bool = False) -> ChangeReport:
    """Write down what was said of a member; `typing` while the field is not left yet."""
    with workspace.step(Op.TALK_PROPOSAL, merge=("cycle note", proposal), typing=typing) as step:
        name = talked_of(step, proposal)[1]
        step.edit(Proposal, proposal, note=text if typing else text.strip())
        step.words = tr("note on {name}").format(name=name)
    return step.report()


def draft(workspace: Workspace, proposal: int, content: str, *, typing: bool = False) -> ChangeReport:
    """Keep the outcome as it is being typed."""
    with workspace.step(Op.TALK_PROPOSAL, merge=("cycle draft", proposal), typing=typing) as step:
        name = talked_of(step, proposal)[1]
        step.edit(Proposal, proposal, draft=content)
        step.words = tr("outcome for {name}").format(name=name)
    return step.report()


def talked(workspace: Workspace, proposal: int, *, again: bool = False) -> ChangeReport:
    """A member was talked about, or about once more at the end."""
    with workspace.step(Op.TALK_PROPOSAL) as step:
        name = talked_of(step, proposal)[1]
        step.edit(Proposal, proposal, **{"talked_again_at" if again else "talked_at": step.at})
        step.words = tr("{name} talked about").format(name=name)
    return step.report()


@dataclass(frozen=True)
class AnotherDay:
    """The day to which a case is put off, and why."""

    day: date
    reason: str


def put_off(workspace: Workspace, proposal: int, later: AnotherDay | None) -> ChangeReport:
    """Talk about a member on another day: their turn comes after those of today, in the order of the days and else as
    it was. None takes them back into the order of today. Raises Refused for a day that is not to come, and without a
    reason."""
    with workspace.step(Op.TALK_PROPOSAL) as step:
        name = talked_of(step, proposal)[1]
        must_not_be_open(step, proposal)
        if later is not None and later.day <= workspace.today():
            raise Refused(tr("{day} is not to come.").format(day=day(later.day)), tr("Choose a later day."))
        if later is not None and not later.reason.strip():
            raise Refused(tr("Putting {name} off needs a reason.").format(name=name), tr("Write what comes first."))
        to, reason = (later.day, later.reason.strip()) if later is not None else (None, "")
        step.edit(Proposal, proposal, put_off_to=to, put_off_reason=reason)
        step.words = tr("{name} on another day").format(name=name)
    return step.report()


def vote(
    workspace: Workspace,
    proposal: int,
    dimension: str,
    scores: Mapping[int, int | None],
    whys: Mapping[int, str] | None = None,
    reason: str = "",
) -> ChangeReport:
    """Record the silent second scores of a cell, by colleague; None is no score. The first ones stay.

    Raises Refused unless exactly those who may vote are in it, where somebody changed their score without a why, and
    for a further vote on the cell without a reason. A member's own manager has no vote.
    """
    given_whys = whys or {}
    with workspace.step(Op.CYCLE_VOTE) as step:
        known, name = talked_of(step, proposal)
        held = _judged(step, known)
        voters = held.voters(dimension)
        _must_be_a_cell(step, known, dimension, voters)
        if set(scores) != {v.rater for v in voters}:
            named = sentence_list([v.name for v in voters])
            raise Refused(
                tr("Second scores come from who scored it: {names}.").format(names=named),
                tr("Key in one digit for each of them, 0 for no score. The person’s own manager has no vote."),
            )
        if any(score is not None and score not in SCORES for score in scores.values()):
            raise Refused(tr("A score is 1, 2, 3 or 4."), tr("Key in 0 for no score."))
        changed = [
            v
            for v in voters
            if scores[v.rater] != v.content.rating(dimension).score and not given_whys.get(v.rater, "").strip()
        ]
        if changed:
            raise Refused(
                tr("{names}: a changed score needs a why.").format(names=sentence_list([v.name for v in changed])),
                tr("Write it in their words. The first score stays in the record."),
            )
        if held.vote(dimension) is not None and not reason.strip():
            raise Refused(tr("This cell has second scores already."), tr("Say why they are taken again."))
        row = step.add(CalibrationVote, proposal_id=proposal, dimension=dimension, reason=reason.strip(), at=step.at)
        for voter in voters:
            step.add(
                CalibrationScore,
                vote_id=row,
                colleague_id=voter.rater,
                score=scores[voter.rater],
                why=given_whys.get(voter.rater, "").strip(),
            )
        step.words = tr("second scores of {name}").format(name=name)
    return step.report()


def _must_be_a_cell(step: Step, known: Proposal, dimension: str, voters: Sequence[SubmittedAssessment]) -> None:
    guide = read_guide(step.connection, known.guide_id or step.get(Calibration, known.cycle_id).guide_id)
    if dimension not in guide.dimension_ids:
        raise Refused(
            tr("The guide has no dimension “{name}”.").format(name=dimension), tr("Choose one of its dimensions.")
        )
    if not voters:
        raise Refused(
            tr("Nobody may vote on {dimension}.").format(dimension=guide.dimension(dimension).short),
            tr("Second scores come from who scored it before the session, without the person’s own manager."),
        )


def decide(
    workspace: Workspace,
    proposal: int,
    outcome: CalibrationOutcome,
    reason: str,
    dissents: Sequence[tuple[int, str]] = (),
    change_reason: str = "",
) -> ChangeReport:
    """Record what is decided on a proposal, with its reason and every dissent by name.

    A further one takes the place of the one before, with its own reason. The level itself changes from a day on, by
    `actions.member.change_level`. Raises Refused without a reason.
    """
    if not reason.strip():
        raise Refused(tr("An outcome needs a reason."), tr("Write what it rests on."))
    with workspace.step(Op.CYCLE_DECIDE) as step:
        known, name = talked_of(step, proposal)
        must_not_be_open(step, proposal)
        earlier = step.first(select(col(CalibrationResult.id)).where(col(CalibrationResult.proposal_id) == proposal))
        if earlier and not change_reason.strip():
            raise Refused(tr("{name} was decided before.").format(name=name), tr("Say why this takes its place."))
        if any(not text.strip() for _, text in dissents):
            raise Refused(tr("A dissent is written down in words."), tr("Write it, or take the line out."))
        twice = [who for who, times in Counter(who for who, _ in dissents).items() if times > 1]
        if twice:
            name = step.get(Colleague, twice[0]).name
            raise Refused(tr("{name} dissents twice.").format(name=name), tr("Write both into one line."))
        row = step.add(
            CalibrationResult,
            proposal_id=proposal,
            outcome=str(outcome),
            reason=reason.strip(),
            change_reason=change_reason.strip(),
            readiness=str(_judged(step, known).verdict.word),
            by_id=step.who,
            at=step.at,
        )
        for colleague, text in dissents:
            step.add(
                CalibrationDissent, outcome_id=row, colleague_id=step.get(Colleague, colleague).id, text=text.strip()
            )
        step.edit(Proposal, proposal, draft="", talked_at=known.talked_at or step.at)
        step.words = tr("outcome for {name}").format(name=name)
    return step.report()


def _judged(step: Step, proposal: Proposal) -> JudgedMember:
    return judged_members(step.connection, proposal.cycle_id, [proposal.member_id])[0]
