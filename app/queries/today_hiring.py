"""What waits in hiring beside cards and debriefs: rounds, holds, offers to draft or send, openings to close."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVarTuple

from sqlalchemy import Connection, Select, func, select
from sqlmodel import col

from app.domain.decision import Verdict
from app.domain.offer import OfferStatus
from app.domain.operations import KIT
from app.domain.pipeline import Outcome
from app.queries.waiting import Waiting, WaitKind
from app.records.invitations import wrong_invitations
from app.records.opening_rubric import opening_rubrics
from app.records.visibility import card_counts, card_is_in
from app.store.columns import aliased, among, rows_with
from app.store.tables import Application, Candidate, Colleague, Interview, Opening, PacketRecord
from app.store.tables_offer import Offer
from app.store.tables_panel import Decision, PlanRound
from app.store.tables_people import Hold
from app.store.workspace import Workspace

Ts = TypeVarTuple("Ts")


def hiring_waits(connection: Connection, workspace: Workspace) -> tuple[Waiting, ...]:
    """All of it, by kind."""
    return (
        *_decided(connection),
        *_to_send(connection),
        *_invitations(connection, workspace),
        *_untimed(connection),
        *_holds_over(connection, workspace),
        *_full(connection),
    )


def cards_of_others(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Rounds of others that were held and whose card is not in: forms to bring in where a kit went out, then cards that
    are late."""
    sent = (
        select(col(PacketRecord.id))
        .where(col(PacketRecord.interview_id) == col(Interview.id), col(PacketRecord.packet) == KIT)
        .exists()
    )
    query = (
        select(col(Candidate.name), col(PlanRound.exercise), col(Opening.id), col(Colleague.name), sent)
        .select_from(Interview)
        .join(PlanRound, col(PlanRound.id) == col(Interview.round_id))
        .join(Application, col(Application.id) == col(Interview.application_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Colleague, col(Colleague.id) == col(Interview.interviewer_id))
        .where(
            sent | card_counts(),
            ~card_is_in(),
            col(Application.outcome) == Outcome.ACTIVE,
            col(Interview.starts_at) <= workspace.now(),
            col(Interview.interviewer_id) != (workspace.me or 0),
        )
        .order_by(col(Interview.starts_at), col(Interview.id))
    )
    rows = rows_with(connection, query, Interview)
    rubrics = opening_rubrics(connection, {opening for _, _, _, opening, *_ in rows})
    found = []
    for held, name, exercise, opening, who, out in rows:
        if held.starts_at is None or held.starts_at + timedelta(minutes=held.minutes) > workspace.now():
            continue
        kind, place, where = WaitKind.LATE_CARD, "application", {"id": held.application_id, "interview": held.id}
        if out:
            kind, place, where = WaitKind.FORM, "interviews", {"interview": held.id}
        called = rubrics[opening].exercise(exercise).name
        found.append(Waiting(kind, name, called, who, held.starts_at, late=True, place=place, where=where))
    return sorted(found, key=lambda one: one.kind is WaitKind.LATE_CARD)


def _decided(connection: Connection) -> list[Waiting]:
    """Decisions that wait for their deed: an offer to draft after yes, an application to close after no."""
    later = aliased(Decision)
    replaced = select(col(later.id)).where(
        col(later.application_id) == col(Decision.application_id), col(later.id) > col(Decision.id)
    )
    offered = select(col(Offer.id)).where(
        col(Offer.application_id) == col(Decision.application_id), col(Offer.status) != OfferStatus.WITHDRAWN
    )
    query = (
        select(col(Decision.verdict), col(Decision.at), col(Application.id), col(Candidate.name), col(Opening.role))
        .select_from(Decision)
        .join(Application, col(Application.id) == col(Decision.application_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .where(col(Application.outcome) == Outcome.ACTIVE, ~replaced.exists(), ~offered.exists())
        .order_by(col(Decision.verdict), col(Decision.at))
    )
    kinds = {Verdict.HIRE: WaitKind.OFFER_DUE, Verdict.NO_HIRE: WaitKind.TO_CLOSE}
    found = [
        Waiting(kinds[Verdict(verdict)], name, role, at=at, place="application", where={"id": application})
        for verdict, at, application, name, role in connection.execute(query)
        if Verdict(verdict) in kinds
    ]
    return sorted(found, key=lambda one: one.kind is WaitKind.TO_CLOSE)


def _to_send(connection: Connection) -> list[Waiting]:
    """Offers that are approved and not sent."""
    query = _of_applications(select(col(Offer.id), col(Candidate.name), col(Opening.role), col(Offer.expires_on)))
    query = query.join(Offer, col(Offer.application_id) == col(Application.id))
    rows = connection.execute(query.where(col(Offer.status) == OfferStatus.APPROVED).order_by(col(Offer.id)))
    return [
        Waiting(WaitKind.TO_SEND, name, role, at=expires, place="offer", where={"id": offer})
        for offer, name, role, expires in rows
    ]


def _invitations(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Invitations that hold no more, by the rule of the application's page."""
    wrong = wrong_invitations(connection, workspace.me, workspace.now())
    query = (
        select(col(Application.id), col(Candidate.name))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .where(among(col(Application.id), {one.application for one in wrong}))
    )
    names = dict(connection.execute(query).all())
    return [
        Waiting(
            WaitKind.INVITATION,
            names[one.application],
            one.title,
            at=one.starts_at,
            late=True,
            place="application",
            where={"id": one.application},
        )
        for one in wrong
    ]


def _untimed(connection: Connection) -> list[Waiting]:
    """Open applications with rounds that have an interviewer and no time; one row each."""
    query = _of_applications(
        select(col(Application.id), col(Candidate.name), col(Opening.role), func.count(col(Interview.id)))
    ).join(Interview, col(Interview.application_id) == col(Application.id))
    query = query.where(
        col(Interview.starts_at).is_(None), col(Application.outcome) == Outcome.ACTIVE, ~card_is_in()
    ).group_by(col(Application.id))
    return [
        Waiting(WaitKind.UNTIMED, name, role, str(count), place="application", where={"id": application})
        for application, name, role, count in connection.execute(query.order_by(col(Application.id)))
    ]


def _holds_over(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Applications on hold whose day has come."""
    query = _of_applications(select(col(Application.id), col(Candidate.name), col(Hold.reason), col(Hold.until)))
    query = query.join(Hold, col(Hold.application_id) == col(Application.id)).where(
        col(Hold.ended_at).is_(None), col(Hold.until) <= workspace.today(), col(Application.outcome) == Outcome.ACTIVE
    )
    return [
        Waiting(
            WaitKind.HOLD,
            name,
            reason,
            at=until,
            late=until is not None and until < workspace.today(),
            place="application",
            where={"id": application},
        )
        for application, name, reason, until in connection.execute(query.order_by(col(Hold.until), col(Hold.id)))
    ]


def _full(connection: Connection) -> list[Waiting]:
    """Open openings of which every seat is filled."""
    hired = (
        select(func.count())
        .where(col(Application.opening_id) == col(Opening.id), col(Application.outcome) == Outcome.HIRED)
        .scalar_subquery()
    )
    query = select(col(Opening.id), col(Opening.role), col(Opening.code)).where(
        col(Opening.cancelled_on).is_(None), col(Opening.filled_on).is_(None), hired >= col(Opening.seats)
    )
    return [
        Waiting(WaitKind.FULL, role, code, place="opening", where={"id": opening})
        for opening, role, code in connection.execute(query.order_by(col(Opening.id)))
    ]


def _of_applications(query: Select[*Ts]) -> Select[*Ts]:
    return (
        query.select_from(Application)
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
    )
