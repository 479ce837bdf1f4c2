"""The committee of a calibration: its seats, who leaves a case to the others, and its silent votes on outcomes.

Seats and recusals are typed. Opening a vote, casting one, excusing somebody from it and ending it are declared: a vote
is never taken back, a further one says why it is held.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from app.actions.calibration_rules import open_calibration, open_to_me, talked_of
from app.actions.member import about_member
from app.domain.assessment import Relation
from app.domain.calibration import CalibrationOutcome
from app.domain.committee import ALWAYS_RECUSED, FEW, Ballots, HeldVote, Office, Turn, tally
from app.domain.operations import Op
from app.errors import Refused
from app.records.committee import recused_from, seats_of, votes_on
from app.store.ballot import put_in, taken_out
from app.store.change_report import ChangeReport
from app.store.columns import among, rows_of
from app.store.step import Step
from app.store.tables import Colleague
from app.store.tables_committee import CommitteeRecusal, CommitteeSeat, CommitteeTurn, CommitteeVote
from app.store.tables_growth import Calibration, Member, Proposal
from app.store.workspace import Workspace
from app.words import ntr, sentence_list, tr


def seat(workspace: Workspace, calibration: int, colleague: int, office: Office, *, votes: bool) -> ChangeReport:
    """Give somebody a seat, or change it. Raises Refused for a second chair, and while a vote is open."""
    with workspace.step(Op.SEAT_COMMITTEE) as step:
        held = open_calibration(step, calibration)
        name = step.get(Colleague, colleague).name
        _must_not_be_voting(step, calibration)
        for other in seats_of(step.connection, calibration):
            if office is Office.CHAIR is other.office and other.colleague != colleague:
                raise Refused(
                    tr("{name} chairs {cycle} already.").format(name=other.name, cycle=held.name),
                    tr("Give one of the two another office first."),
                )
        known = _seat_of(step, calibration, colleague)
        if known is None:
            step.add(CommitteeSeat, cycle_id=calibration, colleague_id=colleague, office=office, votes=votes)
        else:
            step.edit(CommitteeSeat, known.id, office=office, votes=votes)
        step.words = tr("seat of {name}").format(name=name)
    return step.report()


def unseat(workspace: Workspace, calibration: int, colleague: int) -> ChangeReport:
    """Take somebody's seat away; how they voted before stays. Raises Refused while a vote is open."""
    with workspace.step(Op.SEAT_COMMITTEE) as step:
        open_calibration(step, calibration)
        name = step.get(Colleague, colleague).name
        _must_not_be_voting(step, calibration)
        known = _seat_of(step, calibration, colleague)
        if known is None:
            raise Refused(tr("{name} has no seat.").format(name=name))
        step.remove(CommitteeSeat, known.id)
        step.words = tr("taking the seat of {name} away").format(name=name)
    return step.report()


def keep_ballots(workspace: Workspace, calibration: int, ballots: Ballots) -> ChangeReport:
    """Say what is kept of votes: names, or counts alone. Raises Refused once the first vote was opened."""
    with workspace.step(Op.EDIT_CYCLE) as step:
        held = open_calibration(step, calibration)
        if _any_vote(step, calibration):
            raise Refused(
                tr("{name} has voted, and what is kept of its votes was said before.").format(name=held.name),
                tr("Say it for the next calibration before its first vote."),
            )
        step.edit(Calibration, calibration, ballots=ballots)
        step.words = tr("what is kept of votes")
    return step.report()


def recuse(workspace: Workspace, proposal: int, colleague: int, relation: Relation) -> ChangeReport:
    """Somebody leaves a case to the others because of how they stand to the member.

    Raises Refused for who has no vote, for who has voted, and for the member and their manager, who always do.
    """
    with workspace.step(Op.SEAT_COMMITTEE) as step:
        known, name = _case(step, proposal)
        who = step.get(Colleague, colleague).name
        mine = _seat_of(step, known.cycle_id, colleague)
        if mine is None or not mine.votes:
            raise Refused(tr("{name} has no vote.").format(name=who), tr("Give them a seat that votes first."))
        _must_choose(step, proposal, colleague, who)
        vote = _last(step, proposal)
        if (
            vote is not None
            and vote.open
            and any(t.colleague == colleague and t.turn is Turn.VOTED for t in vote.turns)
        ):
            raise Refused(tr("{name} has voted on {member}.").format(name=who, member=name), tr("End this vote first."))
        held = _recusal(step, proposal, colleague)
        if held is None:
            step.add(CommitteeRecusal, proposal_id=proposal, colleague_id=colleague, relation=relation, by_id=step.who)
        else:
            step.edit(CommitteeRecusal, held.id, relation=relation, by_id=step.who)
        step.words = tr("{who} recused from {name}").format(who=who, name=name)
    return step.report()


def take_part(workspace: Workspace, proposal: int, colleague: int) -> ChangeReport:
    """Somebody who was recused votes on a case after all."""
    with workspace.step(Op.SEAT_COMMITTEE) as step:
        _known, name = _case(step, proposal)
        who = step.get(Colleague, colleague).name
        _must_choose(step, proposal, colleague, who)
        held = _recusal(step, proposal, colleague)
        if held is None:
            raise Refused(tr("{who} is not recused from {name}.").format(who=who, name=name))
        step.remove(CommitteeRecusal, held.id)
        step.words = tr("{who} votes on {name}").format(who=who, name=name)
    return step.report()


def open_vote(workspace: Workspace, proposal: int, reason: str = "") -> ChangeReport:
    """Take the committee's votes on a case. Raises Refused without anybody who may vote, while a vote on it is open,
    and for a further one without a reason."""
    with workspace.step(Op.OPEN_VOTE) as step:
        known, name = talked_of(step, proposal)
        before = _last(step, proposal)
        if before is not None and before.open:
            raise Refused(tr("The vote on {name} is open.").format(name=name), tr("Cast votes, or end it."))
        if before is not None and not reason.strip():
            raise Refused(tr("{name} was voted on before.").format(name=name), tr("Say why it is voted on again."))
        voting = {one.colleague for one in seats_of(step.connection, known.cycle_id) if one.votes}
        if not voting - recused_from(step.connection, [proposal])[proposal].keys():
            raise Refused(
                tr("Nobody may vote on {name}.").format(name=name),
                tr("Give seats that vote; the member and their manager leave it to the others."),
            )
        step.add(
            CommitteeVote,
            proposal_id=proposal,
            ballots=step.get(Calibration, known.cycle_id).ballots,
            reason=reason.strip(),
            opened_at=step.at,
        )
        step.words = tr("vote on {name}").format(name=name)
    return step.report()


def cast(workspace: Workspace, vote: int, colleague: int, choice: CalibrationOutcome) -> ChangeReport:
    """Cast somebody's vote. It can't be taken back, and nothing of it enters the history until the vote has ended.

    Raises Refused for who has no vote to cast.
    """
    with workspace.step(Op.CAST_VOTE, draft=True) as step:
        held, name = _open_vote(step, vote)
        who = _due(step, held, colleague)
        put_in(step, vote, colleague, choice)
        step.subject, step.subject_table = vote, "committee_vote"
        step.words = tr("vote of {who} on {name}").format(who=who, name=name)
    return step.report()


def excuse_from_vote(workspace: Workspace, vote: int, colleague: int, why: str) -> ChangeReport:
    """Let a vote go on without somebody who has not voted. Raises Refused without a reason."""
    with workspace.step(Op.EXCUSE_FROM_VOTE) as step:
        held, name = _open_vote(step, vote)
        who = _due(step, held, colleague)
        if not why.strip():
            raise Refused(tr("Excusing somebody needs a reason."), tr("Write why {who} does not vote.").format(who=who))
        step.add(CommitteeTurn, vote_id=vote, colleague_id=colleague, turn=Turn.EXCUSED, why=why.strip())
        step.words = tr("{who} excused from the vote on {name}").format(who=who, name=name)
    return step.report()


def end_vote(workspace: Workspace, vote: int, reason: str = "") -> ChangeReport:
    """End a vote and keep what is kept of it; the votes that were cast go for good, out of log and backups too.

    Raises Refused without a reason while somebody still has to vote.
    """
    with workspace.step(Op.END_VOTE) as step:
        held, name = _open_vote(step, vote)
        if held.due and not reason.strip():
            raise Refused(
                tr("Still to vote: {names}.").format(names=sentence_list([turn.name for turn in held.due])),
                tr("Wait for them, excuse them, or say why the vote ends without."),
            )
        cast_votes = {who: CalibrationOutcome(choice) for who, choice in taken_out(step, vote).items()}
        counted = tally(cast_votes.values())
        by_name = held.ballots is Ballots.NAMES
        told = by_name or counted.votes >= FEW
        step.edit(
            CommitteeVote,
            vote,
            ended_at=step.at,
            end_reason=reason.strip(),
            result=counted.result,
            promote=counted.promote if told else None,
            not_now=counted.not_now if told else None,
            more_evidence=counted.more_evidence if told else None,
        )
        for turn in held.turns:
            if turn.turn is not Turn.EXCUSED:
                step.add(
                    CommitteeTurn,
                    vote_id=vote,
                    colleague_id=turn.colleague,
                    turn=turn.turn or Turn.MISSING,
                    relation=turn.relation,
                    choice=cast_votes.get(turn.colleague) if by_name else None,
                )
        step.words = ntr(
            "end of the vote on {{name}} ({n} vote)", "end of the vote on {{name}} ({n} votes)", counted.votes
        )
        step.words = step.words.format(name=name)
    return step.report()


def must_not_be_open(step: Step, *proposals: int) -> None:
    """Raise Refused while the committee votes on one of these cases."""
    names = _voted_on(step, proposals)
    if names:
        raise Refused(
            tr("The committee is voting on {names}.").format(names=sentence_list(names)), tr("End the vote first.")
        )


def _case(step: Step, proposal: int) -> tuple[Proposal, str]:
    """A case of a calibration that is not closed, and its member's name: whom one knows is said before the session."""
    known = step.get(Proposal, proposal)
    open_calibration(step, known.cycle_id)
    return known, about_member(step, known.member_id)


def _open_vote(step: Step, vote: int) -> tuple[HeldVote, str]:
    row = step.get(CommitteeVote, vote)
    known = step.get(Proposal, row.proposal_id)
    open_calibration(step, known.cycle_id)
    name = open_to_me(step, known)
    if row.ended_at is not None:
        raise Refused(tr("The vote on {name} has ended.").format(name=name), tr("Hold a further one, with a reason."))
    return next(v for v in votes_on(step.connection, [row.proposal_id])[row.proposal_id] if v.id == vote), name


def _due(step: Step, held: HeldVote, colleague: int) -> str:
    """The name of somebody who still has to vote. Raises Refused for anybody else."""
    name = step.get(Colleague, colleague).name
    turn = next((one for one in held.turns if one.colleague == colleague), None)
    if turn is None:
        raise Refused(tr("{name} has no vote here.").format(name=name), tr("Votes come from the seats that vote."))
    if turn.turn is Turn.VOTED:
        raise Refused(tr("{name} has voted.").format(name=name), tr("A vote is not taken back. Hold a further one."))
    if turn.turn is not None:
        raise Refused(tr("{name} leaves this one to the others.").format(name=name))
    return name


def _must_choose(step: Step, proposal: int, colleague: int, who: str) -> None:
    known = step.get(Proposal, proposal)
    member = step.get(Member, known.member_id)
    always = {member.colleague_id, known.manager_id if known.level else member.manager_id}
    relation = recused_from(step.connection, [proposal])[proposal].get(colleague)
    if colleague in always and relation in ALWAYS_RECUSED:
        raise Refused(
            tr("{who} never votes on this case.").format(who=who),
            tr("Nobody votes on themselves, or on whom they manage."),
        )


def _must_not_be_voting(step: Step, calibration: int) -> None:
    cases = step.values(select(col(Proposal.id)).where(col(Proposal.cycle_id) == calibration))
    names = _voted_on(step, cases)
    if names:
        raise Refused(
            tr("Who votes stays while the committee is voting on {names}.").format(names=sentence_list(names)),
            tr("End the vote first."),
        )


def _voted_on(step: Step, proposals: Sequence[int]) -> list[str]:
    """The names of those on whom a vote is open."""
    query = (
        select(col(Colleague.name))
        .select_from(CommitteeVote)
        .join(Proposal, col(Proposal.id) == col(CommitteeVote.proposal_id))
        .join(Member, col(Member.id) == col(Proposal.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .where(among(col(Proposal.id), proposals), col(CommitteeVote.ended_at).is_(None))
        .order_by(col(CommitteeVote.id))
    )
    return list(step.values(query))


def _any_vote(step: Step, calibration: int) -> bool:
    query = select(col(CommitteeVote.id)).join(Proposal, col(Proposal.id) == col(CommitteeVote.proposal_id))
    return step.first(query.where(col(Proposal.cycle_id) == calibration).limit(1)) is not None


def _last(step: Step, proposal: int) -> HeldVote | None:
    return next(reversed(votes_on(step.connection, [proposal]).get(proposal, [])), None)


def _seat_of(step: Step, calibration: int, colleague: int) -> CommitteeSeat | None:
    mine = (col(CommitteeSeat.cycle_id) == calibration, col(CommitteeSeat.colleague_id) == colleague)
    return next(iter(rows_of(step.connection, CommitteeSeat, *mine)), None)


def _recusal(step: Step, proposal: int, colleague: int) -> CommitteeRecusal | None:
    mine = (col(CommitteeRecusal.proposal_id) == proposal, col(CommitteeRecusal.colleague_id) == colleague)
    return next(iter(rows_of(step.connection, CommitteeRecusal, *mine)), None)
