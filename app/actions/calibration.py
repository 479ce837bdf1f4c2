"""Calibrations: prepared, begun as a session, closed, reopened with a reason.

Who is in it and for which level is typed; beginning, closing and reopening are declared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.actions.assessment_request import ask_in, is_begun, move_due
from app.actions.calibration_rules import begun_calibration, must_be_prepared, open_calibration
from app.actions.committee import must_not_be_open
from app.actions.guide import guide_in_use
from app.actions.member import about_member, person
from app.actions.work_story import drop_stories
from app.domain.calibration import CalibrationState
from app.domain.operations import Op
from app.domain.scorecard import CardState
from app.errors import NotYet, Refused
from app.records.calibration_guides import guide_for
from app.records.member_level import levels_on
from app.records.visibility import assessment_sealings
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.step import Step
from app.store.tables import Colleague
from app.store.tables_calibration import CalibrationResult
from app.store.tables_committee import CommitteeRecusal
from app.store.tables_growth import Assessment, Calibration, Member, Proposal
from app.store.workspace import Workspace
from app.words import ntr, sentence_list, tr


@dataclass(frozen=True)
class NewCalibration:
    """What a form says: its name, the days from which evidence counts, and by when who is asked answers.

    `tenure` says that packets print time at level and first day.
    """

    name: str
    window_from: date | None
    window_to: date | None
    guide: int | None = None
    due_on: date | None = None
    tenure: bool = False


def add(workspace: Workspace, new: NewCalibration) -> ChangeReport:
    """Begin to prepare a calibration by a guide version. Raises Refused without a name or with a window of no days."""
    _must_hold(new.name, new.window_from, new.window_to)
    guide = new.guide if new.guide is not None else guide_in_use(workspace)
    with workspace.step(Op.ADD_CYCLE) as step:
        seed = int.from_bytes(step.entropy(4), "big") % 1_000_000
        step.add(
            Calibration,
            name=new.name.strip(),
            guide_id=guide,
            window_from=new.window_from,
            window_to=new.window_to,
            seed=seed,
            due_on=new.due_on,
            tenure=new.tenure,
            made_at=step.at,
        )
        step.words = tr("calibration {name}").format(name=new.name.strip())
    return step.report()


def edit(workspace: Workspace, calibration: int, new: NewCalibration) -> ChangeReport:
    """Change its name, and until the session begins the days of its evidence. Who is asked and was given no day of
    their own answers by its new day. Its guide stays."""
    _must_hold(new.name, new.window_from, new.window_to)
    with workspace.step(Op.EDIT_CYCLE, merge=("cycle", calibration)) as step:
        held, window = open_calibration(step, calibration), (new.window_from, new.window_to)
        if held.started_at is not None and (held.window_from, held.window_to) != window:
            raise Refused(
                tr("The session of {name} has begun, so the days of its evidence stay.").format(name=held.name),
                tr("Prepare another calibration for other days."),
            )
        step.edit(
            Calibration,
            calibration,
            name=new.name.strip(),
            window_from=new.window_from,
            window_to=new.window_to,
            due_on=new.due_on,
            tenure=new.tenure,
        )
        if held.due_on != new.due_on:
            move_due(step, calibration, held.due_on, new.due_on)
        step.words = tr("edit of {name}").format(name=new.name.strip())
    return step.report()


def propose(
    workspace: Workspace,
    calibration: int,
    member: int,
    target: str,
    raters: Sequence[int] = (),
    *,
    anchor: bool = False,
) -> ChangeReport:
    """Propose a level for a member, or change the one proposed, and ask these raters too.

    Assessments that are in keep the level they were scored against; those of another level no longer count, and their
    raters are asked again. Raises Refused once the session began: who stands in it, and for what, is settled then.
    """
    with workspace.step(Op.PROPOSE) as step:
        name = _propose_in(
            step, open_calibration(step, calibration), NewProposal(member, target, tuple(raters), anchor)
        )
        step.words = tr("{name} to {level}").format(name=name, level=target)
    return step.report()


@dataclass(frozen=True)
class NewProposal:
    """A member with the level proposed for them, and who is asked about them."""

    member: int
    target: str
    raters: tuple[int, ...] = ()
    anchor: bool = False


def propose_all(workspace: Workspace, calibration: int, proposals: Sequence[NewProposal]) -> ChangeReport:
    """Take several members in, in one step. Raises Refused as `propose` does, for none, and then nobody comes in."""
    if not proposals:
        raise Refused(tr("Nobody is chosen."), tr("Choose who is to be in it."))
    with workspace.step(Op.PROPOSE) as step:
        held = open_calibration(step, calibration)
        for one in proposals:
            _propose_in(step, held, one)
        words = ntr("{n} member into {{name}}", "{n} members into {{name}}", len(proposals))
        step.words = words.format(name=held.name)
    return step.report()


def _propose_in(step: Step, held: Calibration, new: NewProposal) -> str:
    """The name of the member."""
    name = about_member(step, new.member)
    of_member = (col(Proposal.cycle_id) == held.id, col(Proposal.member_id) == new.member)
    known = next(iter(rows_of(step.connection, Proposal, *of_member)), None)
    if known is not None and known.target == new.target:
        by = known.guide_id or held.guide_id
    else:
        by = _guide_for(step, held, new)
    if known is None or (known.target, known.anchor) != (new.target, new.anchor):
        must_be_prepared(held, name)
        if step.get(Member, new.member).left_on is not None:
            raise Refused(tr("{name} has left.").format(name=name), tr("Take them out of the calibration."))
    if known is not None:
        step.edit(Proposal, known.id, target=new.target, anchor=new.anchor, guide_id=_unless_own(by, held))
        if known.target != new.target:
            _ask_against(step, held.id, new.member, new.target)
    else:
        step.add(
            Proposal,
            cycle_id=held.id,
            member_id=new.member,
            target=new.target,
            anchor=new.anchor,
            guide_id=_unless_own(by, held),
        )
    for rater in dict.fromkeys(new.raters):
        ask_in(step, new.member, rater, held.id)
    return name


def _guide_for(step: Step, held: Calibration, new: NewProposal) -> int:
    by = guide_for(step.connection, held, new.member, new.target)
    if by is None:
        raise Refused(tr("The guide has no level “{level}”.").format(level=new.target), tr("Choose one of its levels."))
    return by


def _unless_own(guide: int, held: Calibration) -> int | None:
    """As a proposal keeps its guide: None for that of the calibration."""
    return None if guide == held.guide_id else guide


def _ask_against(step: Step, calibration: int, member: int, target: str) -> None:
    """Everybody who was asked owes one against the level that is proposed now. A seat nobody has written in goes; what
    was written against another level stays as it was, beside a new seat."""
    seats = _seats(step, calibration, member)
    for seat in seats:
        if seat.level != target and seat.amends_id is None and not is_begun(step, seat.id):
            step.remove(Assessment, seat.id)
    there = {seat.rater_id for seat in seats if seat.level == target}
    for rater in dict.fromkeys(seat.rater_id for seat in seats):
        if rater not in there:
            ask_in(step, member, rater, calibration)
    drop_stories(step, calibration, member)


def _seats(step: Step, calibration: int, member: int) -> list[Assessment]:
    of_member = (col(Assessment.cycle_id) == calibration, col(Assessment.member_id) == member)
    return rows_of(step.connection, Assessment, *of_member, order_by=[col(Assessment.id)])


def take_out(workspace: Workspace, proposal: int) -> ChangeReport:
    """Take a member out of a calibration, while nobody has written anything of them and the session has not begun."""
    with workspace.step(Op.PROPOSE) as step:
        known = step.get(Proposal, proposal)
        held = open_calibration(step, known.cycle_id)
        name = about_member(step, known.member_id)
        must_be_prepared(held, name)
        seats = _seats(step, known.cycle_id, known.member_id)
        for seat in seats:
            if is_begun(step, seat.id):
                who = step.get(Colleague, seat.rater_id).name
                is_in = seat.state != CardState.DRAFT
                words = tr("{who}’s assessment of {name} is in.") if is_in else tr("{who} has begun theirs on {name}.")
                raise Refused(words.format(who=who, name=name), tr("Leave {name} in it.").format(name=name))
        drop_stories(step, known.cycle_id, known.member_id)
        for seat in seats:
            step.remove(Assessment, seat.id)
        step.remove_all(CommitteeRecusal, col(CommitteeRecusal.proposal_id) == proposal)
        step.remove(Proposal, proposal)
        step.words = tr("{name} out of the calibration").format(name=name)
    return step.report()


def start(workspace: Workspace, calibration: int, reason: str = "") -> ChangeReport:
    """Begin the session: what comes in from now on is no first score. Opening what is sealed takes a reason.

    The level and the manager of each member are kept as they are now.
    """
    with workspace.step(Op.START_SESSION) as step:
        held = open_calibration(step, calibration)
        if held.started_at is not None:
            raise Refused(tr("The session of {name} has begun.").format(name=held.name))
        proposed = select(col(Proposal.id), col(Proposal.member_id)).where(col(Proposal.cycle_id) == calibration)
        proposals = dict(step.connection.execute(proposed).all())
        members = list(proposals.values())
        if not members:
            raise Refused(tr("Nobody is in {name} yet.").format(name=held.name), tr("Propose a level for somebody."))
        sealings = assessment_sealings(step.connection, calibration, members)
        due = sum(s.cards_planned - s.cards_in for s in sealings.values())
        if due and not reason.strip():
            raise Refused(
                ntr("{n} assessment is still due.", "{n} assessments are still due.", due),
                tr("Wait for them, or say why the session begins without."),
            )
        nobody = [m for m in members if not sealings[m].seats and step.get(Member, m).left_on is None]
        if nobody and not reason.strip():
            names = sentence_list([about_member(step, m) for m in nobody])
            raise Refused(
                tr("Nobody was asked about {names}.").format(names=names),
                tr("Ask two raters, take them out, or say why the session begins without."),
            )
        if step.who is not None and any(s.owes(step.who) for s in sealings.values()):
            raise NotYet(tr("An assessment of your own is due first."), tr("Submit it, or have yourself excused."))
        step.edit(Calibration, calibration, started_at=step.at, start_reason=reason.strip())
        levels = levels_on(step.connection, workspace.today(), members)
        for row, member in proposals.items():
            step.about = person(member)
            step.edit(Proposal, row, level=levels[member][0], manager_id=step.get(Member, member).manager_id)
        step.words = tr("session of {name}").format(name=held.name)
    return step.report()


def close(workspace: Workspace, calibration: int) -> ChangeReport:
    """Close a calibration: nothing of it changes until it is reopened. Raises Refused while somebody is undecided."""
    with workspace.step(Op.CLOSE_CYCLE) as step:
        held = begun_calibration(step, calibration)
        decided = select(col(CalibrationResult.proposal_id))
        must_not_be_open(step, *step.values(select(col(Proposal.id)).where(col(Proposal.cycle_id) == calibration)))
        left = step.values(
            select(col(Proposal.member_id)).where(
                col(Proposal.cycle_id) == calibration, col(Proposal.id).not_in(decided)
            )
        )
        if left:
            raise Refused(
                ntr("{n} member has no outcome yet.", "{n} members have no outcome yet.", len(left)),
                tr("Record one for each, if only that more evidence is needed."),
            )
        step.edit(Calibration, calibration, state=CalibrationState.CLOSED, closed_at=step.at)
        step.words = tr("closing of {name}").format(name=held.name)
    return step.report()


def reopen(workspace: Workspace, calibration: int, reason: str) -> ChangeReport:
    """Open a closed calibration again. That it was, and why, is in the history."""
    if not reason.strip():
        raise Refused(tr("Reopening needs a reason."), tr("Write what has to be corrected."))
    with workspace.step(Op.REOPEN_CYCLE) as step:
        held = step.get(Calibration, calibration)
        if held.state != CalibrationState.CLOSED:
            raise Refused(tr("{name} is open.").format(name=held.name))
        step.edit(Calibration, calibration, state=CalibrationState.OPEN, closed_at=None, reopen_reason=reason.strip())
        step.words = tr("reopening of {name}").format(name=held.name)
    return step.report()


def _must_hold(name: str, window_from: date | None, window_to: date | None) -> None:
    if not name.strip():
        raise Refused(tr("A calibration needs a name."), tr("Type one, such as “Spring 2026”."))
    if window_from is not None and window_to is not None and window_to < window_from:
        raise Refused(tr("The evidence would end before it begins."), tr("Mend one of the two days."))
