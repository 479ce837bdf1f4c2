"""What waits for me: cards and assessments to write, forms, debriefs, approvals, offers that lapse, check-ins
and ratings that are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, select

from app.domain.offer import OfferStatus, lapse
from app.domain.pipeline import Outcome
from app.queries.assessment import my_assessments
from app.queries.assessment_request import reratings
from app.queries.kit import KIT
from app.queries.onboarding import due_talks
from app.queries.scorecard import MyRound, my_due_rounds
from app.records.closing import closed_spells, waits_since
from app.records.visibility import card_is_in, sealings
from app.store.columns import among, table_of
from app.store.rubric import read_pack
from app.store.tables import Application, Candidate, Colleague, Interview, Opening, PacketRecord
from app.store.tables_offer import Offer
from app.store.tables_panel import Approval, Debrief, Decision, PlanRound
from app.store.workspace import Workspace

SOON = 7  # days before an offer lapses in which it is named here
_application, _candidate, _opening = table_of(Application), table_of(Candidate), table_of(Opening)
_interview, _round, _colleague = table_of(Interview), table_of(PlanRound), table_of(Colleague)
_decision, _debrief, _approval = table_of(Decision), table_of(Debrief), table_of(Approval)
_offer, _packet = table_of(Offer), table_of(PacketRecord)


class WaitKind(StrEnum):
    """What kind of thing waits."""

    CARD = "card"
    FORM = "form"
    DEBRIEF = "debrief"
    APPROVAL = "approval"
    OFFER = "offer"
    ASSESSMENT = "assessment"
    CHECK_IN = "check in"
    RERATING = "rerating"


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, and where its action leads: a place of the window and what it shows.

    `about` is the candidate; `detail` the round, the role or the level; `who` whom it waits for; `at` when it is or
    was due; `late` that this has passed.
    """

    kind: WaitKind
    about: str
    detail: str = ""
    who: str = ""
    at: datetime | date | None = None
    late: bool = False
    begun: bool = False
    place: str = ""
    where: dict[str, int] = field(default_factory=dict)


def waiting(workspace: Workspace) -> tuple[Waiting, ...]:
    """Everything that waits, by kind, the most urgent of each first. A card is named to its author alone."""
    return _waiting(workspace, my_due_rounds(workspace))


def waiting_by_place(workspace: Workspace) -> dict[str, int]:
    """How many things wait, by place of the window. Asked at every start and change, so in as many queries always."""
    rounds = my_due_rounds(workspace)
    items = _waiting(workspace, rounds)
    return {
        "today": len(items),
        "interviews": len(rounds),
        "offers": sum(i.kind is WaitKind.OFFER for i in items),
    }


def _waiting(workspace: Workspace, rounds: Sequence[MyRound]) -> tuple[Waiting, ...]:
    assessments = _assessments(workspace)
    with workspace.read() as connection:
        return (
            *_cards(workspace, rounds),
            *assessments,
            *_debriefs(connection, workspace),
            *_approvals(connection),
            *_offers(connection, workspace),
            *_check_ins(connection, workspace),
            *_reratings(connection, workspace),
            *_forms(connection, workspace),
        )


def _cards(workspace: Workspace, rounds: Sequence[MyRound]) -> list[Waiting]:
    """Mine that are begun or whose interview is today or past."""
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
    """What I was asked to say of members and have not."""
    return [
        Waiting(
            WaitKind.ASSESSMENT,
            due.name,
            due.cycle_name,
            at=due.asked_at,
            begun=due.begun,
            place="assessment",
            where={"id": due.id},
        )
        for due in my_assessments(workspace)
    ]


def _forms(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Kits that are out, whose interview was held and whose card is not in."""
    sent = select(_packet.c.id).where(_packet.c.interview_id == _interview.c.id, _packet.c.packet == KIT).exists()
    query = (
        select(_interview, _candidate.c.name, _round.c.exercise, _opening.c.rubric_id, _colleague.c.name.label("who"))
        .select_from(
            _interview.join(_round)
            .join(_application, _application.c.id == _interview.c.application_id)
            .join(_candidate)
            .join(_opening, _opening.c.id == _application.c.opening_id)
            .join(_colleague, _colleague.c.id == _interview.c.interviewer_id)
        )
        .where(
            sent,
            ~card_is_in(),
            _application.c.outcome == Outcome.ACTIVE,
            _interview.c.starts_at <= workspace.now(),
            _interview.c.interviewer_id != (workspace.me or 0),
        )
        .order_by(_interview.c.starts_at, _interview.c.id)
    )
    rows = connection.execute(query).mappings().all()
    rubrics = {version: read_pack(connection, version).rubric for version in {row["rubric_id"] for row in rows}}
    found = []
    for row in rows:
        end = row["starts_at"] + timedelta(minutes=row["minutes"])
        if end > workspace.now():
            continue
        exercise = rubrics[row["rubric_id"]].exercise(row["exercise"]).name
        found.append(
            Waiting(
                WaitKind.FORM,
                row["name"],
                exercise,
                row["who"],
                row["starts_at"],
                late=True,
                place="interviews",
                where={"interview": row["id"]},
            )
        )
    return found


def _debriefs(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Applications whose cards are open to me and that nobody has decided; begun ones first."""
    decided = select(_decision.c.id).where(_decision.c.application_id == _application.c.id).exists()
    met = select(_debrief.c.id).where(_debrief.c.application_id == _application.c.id).exists()
    held = select(_interview.c.id).where(_interview.c.application_id == _application.c.id)
    lacking = held.where(_interview.c.shadow.is_(False), ~card_is_in()).exists()
    query = (
        select(_application.c.id, _application.c.entered_at, _candidate.c.name, _opening.c.role)
        .select_from(_application.join(_candidate).join(_opening))
        .where(
            _application.c.outcome == Outcome.ACTIVE,
            ~decided,
            held.exists(),
            _application.c.opened_at.is_not(None) | met | ~lacking,
        )
        .order_by(_application.c.entered_at, _application.c.id)
    )
    rows = connection.execute(query).all()
    sealing = sealings(connection, [r.id for r in rows])
    spells = closed_spells(connection, [r.id for r in rows])
    met_of = select(_debrief.c.application_id).where(among(_debrief.c.application_id, [r.id for r in rows]))
    begun = set(connection.execute(met_of).scalars())
    found = [
        Waiting(
            WaitKind.DEBRIEF,
            row.name,
            row.role,
            at=waits_since(row.entered_at, spells.get(row.id, ())),
            begun=row.id in begun,
            place="debrief",
            where={"id": row.id},
        )
        for row in rows
        if workspace.me is not None and sealing[row.id].seats and sealing[row.id].open_to(workspace.me)
    ]
    return sorted(found, key=lambda w: not w.begun)


def _approvals(connection: Connection) -> list[Waiting]:
    """Answers that are asked for on decisions that hold."""
    later = _decision.alias()
    replaced = (
        select(later.c.id)
        .where(later.c.application_id == _decision.c.application_id, later.c.id > _decision.c.id)
        .exists()
    )
    query = (
        select(_approval.c.role, _colleague.c.name.label("who"), _candidate.c.name, _application.c.id, _decision.c.at)
        .select_from(
            _approval.join(_decision)
            .join(_application, _application.c.id == _decision.c.application_id)
            .join(_candidate)
            .outerjoin(_colleague, _colleague.c.id == _approval.c.colleague_id)
        )
        .where(_approval.c.answer.is_(None), ~replaced, _application.c.outcome == Outcome.ACTIVE)
        .order_by(_decision.c.at, _approval.c.position)
    )
    return [
        Waiting(WaitKind.APPROVAL, r.name, r.role, r.who or "", r.at, place="application", where={"id": r.id})
        for r in connection.execute(query)
    ]


def _offers(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Sent offers that lapse within a week, or have."""
    query = (
        select(_offer, _candidate.c.name, _opening.c.role)
        .select_from(_offer.join(_application).join(_candidate).join(_opening))
        .where(_offer.c.status == OfferStatus.SENT)
        .order_by(_offer.c.expires_on, _offer.c.id)
    )
    found = []
    for row in connection.execute(query).mappings():
        days = lapse(OfferStatus.SENT, row["expires_on"], workspace.today())
        if days is not None and days <= SOON:
            found.append(
                Waiting(
                    WaitKind.OFFER,
                    row["name"],
                    row["role"],
                    at=row["expires_on"],
                    late=days < 0,
                    place="offer",
                    where={"id": row["id"]},
                )
            )
    return found


def _check_ins(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Check-ins of growth plans and of first years that are due, or were."""
    today = workspace.today()
    return [
        Waiting(
            WaitKind.CHECK_IN,
            talk.name,
            talk.about,
            at=talk.on,
            late=talk.on < today,
            place="growthplan",
            where={"id": talk.member} if talk.plan else {"id": talk.member, "year": 1},
        )
        for talk in due_talks(connection, workspace)
    ]


def _reratings(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Members whose plan's level is to be rated again against the same sentences."""
    return [
        Waiting(
            WaitKind.RERATING,
            one.name,
            one.level,
            at=one.on,
            late=one.on < workspace.today(),
            place="growthplan",
            where={"id": one.member, "again": 1},
        )
        for one in reratings(connection, workspace)
    ]
