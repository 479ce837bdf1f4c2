"""What waits: cards and assessments the workspace's user has to write, and what waits for whoever keeps the workspace:
forms, debriefs, approvals, offers, rounds, openings, check-ins and ratings that are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.offer import OfferStatus, lapse
from app.domain.pipeline import Outcome
from app.queries.assessment import my_assessments
from app.queries.scorecard import MyRound, my_due_rounds
from app.queries.today_hiring import cards_of_others, hiring_waits
from app.queries.today_quiet import quiet_waits
from app.queries.waiting import WHEN_THERE_IS_TIME, Waiting, WaitKind
from app.records.closing import closed_spells, waits_since
from app.records.visibility import card_counts, card_is_in, sealings
from app.store.columns import aliased, among
from app.store.tables import Application, Candidate, Colleague, Interview, Opening
from app.store.tables_offer import Offer
from app.store.tables_panel import Approval, Debrief, Decision
from app.store.tables_pipeline import PutOff
from app.store.workspace import Workspace

SOON = 7  # days before an offer lapses in which it is named here


@dataclass(frozen=True)
class TodayView:
    """What waits now, what can be looked through when there is time, and what was put off until a later day."""

    items: tuple[Waiting, ...]
    quiet: tuple[Waiting, ...]
    put_off: tuple[Waiting, ...]


def today_view(workspace: Workspace) -> TodayView:
    """What the page shows, by kind, the most urgent of each first. A card is named to its author alone."""
    found = _waiting(workspace, my_due_rounds(workspace))
    with workspace.read() as connection:
        quiet = quiet_waits(connection, workspace)
        until = _put_off(connection, workspace)
    items = [replace(one, put_off=until.get(one.key)) for one in (*found, *quiet)]
    return TodayView(
        tuple(one for one in items if one.put_off is None and one.kind not in WHEN_THERE_IS_TIME),
        tuple(one for one in items if one.put_off is None and one.kind in WHEN_THERE_IS_TIME),
        tuple(one for one in items if one.put_off is not None),
    )


def waiting(workspace: Workspace) -> tuple[Waiting, ...]:
    """What waits and was not put off, without what is for when there is time."""
    return _due(workspace, my_due_rounds(workspace))


def waiting_by_place(workspace: Workspace) -> dict[str, int]:
    """How many things wait, by place of the window.

    It is asked at every start and change, so the number of its queries does not depend on the size of the file.
    """
    rounds = my_due_rounds(workspace)
    items = _due(workspace, rounds)
    return {
        "today": len(items),
        "interviews": len(rounds),
        "offers": sum(i.kind in (WaitKind.OFFER, WaitKind.TO_SEND) for i in items),
    }


def _due(workspace: Workspace, rounds: Sequence[MyRound]) -> tuple[Waiting, ...]:
    found = _waiting(workspace, rounds)
    with workspace.read() as connection:
        until = _put_off(connection, workspace)
    return tuple(one for one in found if one.key not in until)


def _put_off(connection: Connection, workspace: Workspace) -> dict[str, date]:
    """By what names it, until when the user put something off that is still to come."""
    query = select(col(PutOff.what), col(PutOff.until)).where(
        col(PutOff.colleague_id) == (workspace.me or 0), col(PutOff.until) > workspace.today()
    )
    return dict(connection.execute(query).all())


def _waiting(workspace: Workspace, rounds: Sequence[MyRound]) -> tuple[Waiting, ...]:
    from app.queries.today_growing import growing_waits  # noqa: PLC0415  (its tables are built beside the window)

    assessments = _assessments(workspace)
    with workspace.read() as connection:
        return (
            *_cards(workspace, rounds),
            *cards_of_others(connection, workspace),
            *_debriefs(connection, workspace),
            *_approvals(connection),
            *_offers(connection, workspace),
            *hiring_waits(connection, workspace),
            *assessments,
            *growing_waits(connection, workspace),
        )


def _cards(workspace: Workspace, rounds: Sequence[MyRound]) -> list[Waiting]:
    """The user's own cards that are begun or whose interview is today or past."""
    today = workspace.today()
    found = []
    for item in rounds:
        if item.starts_at is None:
            continue
        end = item.starts_at + timedelta(minutes=item.minutes)
        if item.state is None and item.starts_at.astimezone(workspace.zone).date() > today:
            continue
        found.append(
            Waiting(
                WaitKind.CARD,
                item.candidate,
                item.exercise,
                at=item.starts_at,
                late=end < workspace.now(),
                begun=item.state == "draft",
                place="scorecard",
                where={"card": item.card} if item.card is not None else {"interview": item.interview},
            )
        )
    return found


def _assessments(workspace: Workspace) -> list[Waiting]:
    """Assessments that the user was asked for and has not submitted."""
    return [
        Waiting(
            WaitKind.ASSESSMENT,
            due.name,
            due.cycle_name,
            at=due.due_on or due.asked_at,
            late=due.due_on is not None and due.due_on < workspace.today(),
            begun=due.begun,
            place="assessment",
            where={"id": due.id},
        )
        for due in my_assessments(workspace)
    ]


def _debriefs(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Undecided applications whose cards the user may see; those with a debrief that has begun first."""
    decided = select(col(Decision.id)).where(col(Decision.application_id) == col(Application.id)).exists()
    met = select(col(Debrief.id)).where(col(Debrief.application_id) == col(Application.id)).exists()
    held = select(col(Interview.id)).where(col(Interview.application_id) == col(Application.id))
    lacking = held.where(card_counts(), ~card_is_in()).exists()
    query = (
        select(col(Application.id), col(Application.entered_at), col(Candidate.name), col(Opening.role))
        .select_from(Application)
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .where(
            col(Application.outcome) == Outcome.ACTIVE,
            ~decided,
            held.exists(),
            col(Application.opened_at).is_not(None) | met | ~lacking,
        )
        .order_by(col(Application.entered_at), col(Application.id))
    )
    rows = connection.execute(query).all()
    ready = [application for application, *_ in rows]
    sealing, spells = sealings(connection, ready), closed_spells(connection, ready)
    met_of = select(col(Debrief.application_id)).where(among(col(Debrief.application_id), ready))
    begun = set(connection.execute(met_of).scalars())
    found = [
        Waiting(
            WaitKind.DEBRIEF,
            name,
            role,
            at=waits_since(entered_at, spells.get(application, ())),
            begun=application in begun,
            place="debrief",
            where={"id": application},
        )
        for application, entered_at, name, role in rows
        if workspace.me is not None and sealing[application].seats and sealing[application].open_to(workspace.me)
    ]
    return sorted(found, key=lambda w: not w.begun)


def _approvals(connection: Connection) -> list[Waiting]:
    """Approvals without an answer, of the newest decisions."""
    later = aliased(Decision)
    replaced = (
        select(col(later.id))
        .where(col(later.application_id) == col(Decision.application_id), col(later.id) > col(Decision.id))
        .exists()
    )
    query = (
        select(
            col(Candidate.name),
            col(Approval.role),
            col(Colleague.name),
            col(Decision.at),
            col(Application.id),
            col(Approval.id),
        )
        .select_from(Approval)
        .join(Decision, col(Decision.id) == col(Approval.decision_id))
        .join(Application, col(Application.id) == col(Decision.application_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .outerjoin(Colleague, col(Colleague.id) == col(Approval.colleague_id))
        .where(col(Approval.answer).is_(None), ~replaced, col(Application.outcome) == Outcome.ACTIVE)
        .order_by(col(Decision.at), col(Approval.position))
    )
    return [
        Waiting(
            WaitKind.APPROVAL,
            name,
            role,
            who or "",
            at,
            place="application",
            where={"id": application},
            part=str(approval),
        )
        for name, role, who, at, application, approval in connection.execute(query)
    ]


def _offers(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Sent offers that lapse within a week, or have."""
    query = (
        select(col(Offer.id), col(Offer.expires_on), col(Candidate.name), col(Opening.role))
        .select_from(Offer)
        .join(Application, col(Application.id) == col(Offer.application_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .where(col(Offer.status) == OfferStatus.SENT)
        .order_by(col(Offer.expires_on), col(Offer.id))
    )
    found = []
    for offer, expires_on, name, role in connection.execute(query):
        days = lapse(OfferStatus.SENT, expires_on, workspace.today())
        if days is not None and days <= SOON:
            found.append(
                Waiting(WaitKind.OFFER, name, role, at=expires_on, late=days < 0, place="offer", where={"id": offer})
            )
    return found
