"""The committee of a calibration as it is kept: its seats, who is recused from which case, and its votes."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import Relation
from app.domain.calibration import CalibrationOutcome
from app.domain.committee import Ballots, HeldVote, Office, Seat, SeatTurn, Tally, Turn, recusals
from app.store.columns import among, rows_of, rows_with
from app.store.tables import Colleague
from app.store.tables_committee import CommitteeBallot, CommitteeRecusal, CommitteeSeat, CommitteeTurn, CommitteeVote
from app.store.tables_growth import Member, Proposal


def seats_of(connection: Connection, calibration: int) -> tuple[Seat, ...]:
    """The seats of a calibration in the order in which they were given."""
    query = (
        select(col(Colleague.name))
        .select_from(CommitteeSeat)
        .join(Colleague, col(Colleague.id) == col(CommitteeSeat.colleague_id))
        .where(col(CommitteeSeat.cycle_id) == calibration)
        .order_by(col(CommitteeSeat.id))
    )
    return tuple(
        Seat(seat.colleague_id, name, Office(seat.office), seat.votes)
        for seat, name in rows_with(connection, query, CommitteeSeat)
    )


def recused_from(connection: Connection, proposals: Collection[int]) -> dict[int, dict[int, Relation]]:
    """By proposal, who of the voting seats leaves it to the others, and for which relation to the member."""
    chosen: dict[int, dict[int, Relation]] = {}
    for row in rows_of(connection, CommitteeRecusal, among(col(CommitteeRecusal.proposal_id), proposals)):
        chosen.setdefault(row.proposal_id, {})[row.colleague_id] = Relation(row.relation)
    query = (
        select(col(Proposal.id), col(Member.colleague_id), col(Member.manager_id))
        .join(Member, col(Member.id) == col(Proposal.member_id))
        .where(among(col(Proposal.id), proposals))
    )
    cases = connection.execute(query).all()
    managed = select(col(Proposal.id), col(Proposal.manager_id), col(Proposal.level)).where(
        among(col(Proposal.id), proposals), col(Proposal.level) != ""
    )
    then = {row: manager for row, manager, _ in connection.execute(managed)}
    voting = _voting(connection, proposals)
    return {
        row: recusals(voting.get(row, ()), chosen.get(row, {}), member, then.get(row, manager))
        for row, member, manager in cases
    }


def _voting(connection: Connection, proposals: Collection[int]) -> dict[int, list[int]]:
    query = (
        select(col(Proposal.id), col(CommitteeSeat.colleague_id))
        .join(CommitteeSeat, col(CommitteeSeat.cycle_id) == col(Proposal.cycle_id))
        .where(among(col(Proposal.id), proposals), col(CommitteeSeat.votes).is_(True))
        .order_by(col(CommitteeSeat.id))
    )
    found: dict[int, list[int]] = {}
    for row, colleague in connection.execute(query):
        found.setdefault(row, []).append(colleague)
    return found


def votes_on(connection: Connection, proposals: Collection[int]) -> dict[int, list[HeldVote]]:
    """By proposal, every vote of the committee on it, oldest first; the last one holds."""
    on_them = among(col(CommitteeVote.proposal_id), proposals)
    votes = rows_of(connection, CommitteeVote, on_them, order_by=[col(CommitteeVote.id)])
    if not votes:
        return {}
    names = dict(connection.execute(select(col(Colleague.id), col(Colleague.name))).all())
    kept = _turns(connection, [vote.id for vote in votes], names)
    voting, recused = _voting(connection, proposals), recused_from(connection, proposals)
    cast = _cast(connection, [vote.id for vote in votes if vote.ended_at is None])
    found: dict[int, list[HeldVote]] = {}
    for vote in votes:
        turns = kept.get(vote.id, {})
        if vote.ended_at is None:
            here = recused.get(vote.proposal_id, {})
            turns = {
                who: turns.get(who) or _open_turn(who, names, here, cast.get(vote.id, set()))
                for who in voting.get(vote.proposal_id, ())
            }
        found.setdefault(vote.proposal_id, []).append(_held(vote, tuple(turns.values())))
    return found


def _open_turn(who: int, names: Mapping[int, str], recused: Mapping[int, Relation], cast: Collection[int]) -> SeatTurn:
    if who in cast:
        return SeatTurn(who, names[who], Turn.VOTED)
    if who in recused:
        return SeatTurn(who, names[who], Turn.RECUSED, recused[who])
    return SeatTurn(who, names[who], None)


def _turns(connection: Connection, votes: Collection[int], names: Mapping[int, str]) -> dict[int, dict[int, SeatTurn]]:
    found: dict[int, dict[int, SeatTurn]] = {}
    of_them = among(col(CommitteeTurn.vote_id), votes)
    for row in rows_of(connection, CommitteeTurn, of_them, order_by=[col(CommitteeTurn.id)]):
        relation = Relation(row.relation) if row.relation is not None else None
        choice = CalibrationOutcome(row.choice) if row.choice is not None else None
        turn = SeatTurn(row.colleague_id, names[row.colleague_id], Turn(row.turn), relation, row.why, choice)
        found.setdefault(row.vote_id, {})[row.colleague_id] = turn
    return found


def _cast(connection: Connection, votes: Collection[int]) -> dict[int, set[int]]:
    """Who has voted in votes that are open; not what."""
    found: dict[int, set[int]] = {}
    query = select(col(CommitteeBallot.vote_id), col(CommitteeBallot.colleague_id))
    for vote, colleague in connection.execute(query.where(among(col(CommitteeBallot.vote_id), votes))):
        found.setdefault(vote, set()).add(colleague)
    return found


def _held(vote: CommitteeVote, turns: tuple[SeatTurn, ...]) -> HeldVote:
    tally = None
    if vote.promote is not None and vote.not_now is not None and vote.more_evidence is not None:
        tally = Tally(vote.promote, vote.not_now, vote.more_evidence)
    return HeldVote(
        vote.id,
        vote.proposal_id,
        Ballots(vote.ballots),
        vote.reason,
        vote.opened_at,
        vote.ended_at,
        vote.end_reason,
        CalibrationOutcome(vote.result) if vote.result is not None else None,
        tally,
        turns,
    )
