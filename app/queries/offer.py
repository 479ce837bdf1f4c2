"""Offers as their page, their list and their packet show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import Connection, RowMapping, func, select

from app.domain.offer import Money, OfferStatus, lapse, letter_faults
from app.domain.onboarding import CheckInDue, HorizonGoal, OnboardingTalk, dated, talks
from app.domain.pack_guide import PackLevel
from app.domain.role import Role
from app.domain.rubric import Kpi
from app.errors import NotFound, NotYet
from app.phrases.rubric import letter_fault_words
from app.queries.decision import ApprovalFacts, DecisionFacts, decisions_of
from app.store.columns import table_of
from app.store.rubric import read_pack
from app.store.tables import Application, Candidate, Colleague, Opening, Setting
from app.store.tables_offer import Offer, OfferAmount, OfferEvent, OfferTerm
from app.store.workspace import Workspace
from app.words import tr

_application, _candidate, _opening = table_of(Application), table_of(Candidate), table_of(Opening)
_offer, _amount, _term, _event = (
    table_of(Offer),
    table_of(OfferAmount),
    table_of(OfferTerm),
    table_of(OfferEvent),
)
_colleague, _setting = table_of(Colleague), table_of(Setting)


@dataclass(frozen=True)
class AmountFacts:
    """What an amount is for, how much it is, and the words behind it."""

    name: str
    money: Money
    words: str


@dataclass(frozen=True)
class EventFacts:
    """A change of status, the day it holds for, and why."""

    status: str
    on: date | None
    reason: str
    by: str


@dataclass(frozen=True)
class OfferRow:
    """An offer in the list. `lapses_in` are days, negative once it has lapsed; None where nothing lapses."""

    id: int
    application: int
    name: str
    code: str
    role: str
    level: str
    status: str
    since: date | None
    expires_on: date | None
    lapses_in: int | None


@dataclass(frozen=True)
class OfferView:
    """One offer in full, as its page shows it; `internal` are conditions in it that were not marked for the letter."""

    id: int
    application: int
    name: str
    code: str
    role: str
    level: str
    levels: tuple[tuple[str, str], ...]
    status: OfferStatus
    headline: str
    letter: str
    starts_on: date | None
    expires_on: date | None
    lapses_in: int | None
    amounts: tuple[AmountFacts, ...]
    terms: tuple[tuple[str, str], ...]
    conditions: tuple[str, ...]
    goals: tuple[str, ...]
    conditional: tuple[HorizonGoal, ...]
    buddy: int | None
    approvals: tuple[ApprovalFacts, ...]
    events: tuple[EventFacts, ...]
    internal: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfferFacts:
    """What an offer packet prints, and nothing else: no score, no other candidate, no band.

    `dimensions` are id, narrow and everyday name in their order; `horizons` and `talks` have their days.
    """

    name: str
    address: str
    organisation: str
    organisation_place: str
    role: str
    level: PackLevel
    manager: str
    manager_role: str
    buddy: str
    headline: str
    letter: str
    starts_on: date
    expires_on: date
    amounts: tuple[AmountFacts, ...]
    terms: tuple[tuple[str, str], ...]
    conditions: tuple[str, ...]
    made_on: date
    job: Role
    dimensions: tuple[tuple[str, str, str], ...]
    kpis: tuple[Kpi, ...]
    horizons: tuple[CheckInDue, ...]
    talks: tuple[OnboardingTalk, ...]
    rubric_version: str
    as_of: datetime
    zone: tzinfo
    paper: str
    status: OfferStatus = OfferStatus.APPROVED


def offer_rows(workspace: Workspace) -> tuple[OfferRow, ...]:
    """Every offer, open ones first, the one that lapses next at the top."""
    with workspace.read() as connection:
        query = (
            select(_offer, _candidate.c.name, _opening.c.code, _opening.c.role)
            .select_from(_offer.join(_application).join(_candidate).join(_opening))
            .order_by(_offer.c.id)
        )
        today, since = workspace.today(), _since(connection)
        rows = [
            OfferRow(
                id=row["id"],
                application=row["application_id"],
                name=row["name"],
                code=row["code"],
                role=row["role"],
                level=row["level"],
                status=row["status"],
                since=since.get(row["id"]),
                expires_on=row["expires_on"],
                lapses_in=lapse(OfferStatus(row["status"]), row["expires_on"], today),
            )
            for row in connection.execute(query).mappings()
        ]
    return tuple(sorted(rows, key=_place))


def _place(row: OfferRow) -> tuple[bool, int, int]:
    return (not OfferStatus(row.status).is_open, row.lapses_in if row.lapses_in is not None else 10_000, -row.id)


def _since(connection: Connection) -> dict[int, date]:
    """By offer, the day of the newest thing that became of it."""
    newest = select(func.max(_event.c.id)).group_by(_event.c.offer_id)
    query = select(_event.c.offer_id, _event.c.on).where(_event.c.id.in_(newest))
    return {row.offer_id: row.on for row in connection.execute(query)}


def newest_offer(connection: Connection, application: int) -> int | None:
    """The offer of an application made last; None without one."""
    query = select(_offer.c.id).where(_offer.c.application_id == application).order_by(_offer.c.id.desc()).limit(1)
    found: int | None = connection.execute(query).scalar()
    return found


def offer_page(workspace: Workspace, offer: int) -> OfferView:
    """One offer. Raises NotFound."""
    with workspace.read() as connection:
        row = _row(connection, offer)
        pack = read_pack(connection, row["rubric_id"])
        decided = {d.id: d for d in decisions_of(connection, row["application_id"], sealed=False)}
        return OfferView(
            id=offer,
            application=row["application_id"],
            name=row["name"],
            code=row["code"],
            role=row["role"],
            level=row["level"],
            levels=tuple((known.id, known.title) for known in pack.levels.levels),
            status=OfferStatus(row["status"]),
            headline=row["headline"],
            letter=row["letter"],
            starts_on=row["starts_on"],
            expires_on=row["expires_on"],
            lapses_in=lapse(OfferStatus(row["status"]), row["expires_on"], workspace.today()),
            amounts=_amounts(connection, offer),
            terms=_terms(connection, offer),
            conditions=tuple(row["conditions"]),
            goals=tuple(row["goals"]),
            conditional=tuple(g for g in pack.onboarding.goals if g.only_if is not None),
            buddy=row["buddy_id"],
            approvals=decided[row["decision_id"]].approvals,
            events=_events(connection, offer),
            internal=_internal(decided[row["decision_id"]], row["conditions"]),
        )


def _internal(decided: DecisionFacts, conditions: list[str]) -> tuple[str, ...]:
    """Conditions of an offer that are the decision's own and were never marked for the letter."""
    return tuple(c for c in conditions if c in decided.conditions and c not in decided.for_letter)


def offer_facts(workspace: Workspace, application: int) -> OfferFacts:
    """What the newest offer of an application prints.

    Raises NotFound for no such application, NotYet without an offer, before its days are set, or while its letter
    can't be filled.
    """
    with workspace.read() as connection:
        known = connection.execute(select(_application.c.id).where(_application.c.id == application)).first()
        if known is None:
            raise NotFound(tr("There is no application {id}.").format(id=application))
        offer = newest_offer(connection, application)
        if offer is None:
            raise NotYet(
                tr("There is no offer to print for application {id}.").format(id=application),
                tr("Draft one from the decision to hire."),
            )
        row = _row(connection, offer)
        if row["starts_on"] is None or row["expires_on"] is None:
            raise NotYet(
                tr("The offer to {name} has no first day, or no day until which it stands.").format(name=row["name"]),
                tr("Set both on the offer’s page."),
            )
        faults = letter_faults(row["letter"])
        if faults:
            raise NotYet(
                tr("The letter to {name} can’t be filled: {faults}.").format(
                    name=row["name"], faults=letter_fault_words(faults)
                ),
                tr("Mend it on the offer’s page."),
            )
        pack = read_pack(connection, row["rubric_id"])
        people = {c.id: c for c in connection.execute(select(_colleague))}
        manager, buddy = people.get(row["manager_id"]), people.get(row["buddy_id"])
        settings = connection.execute(select(_setting)).mappings().one()
        made = connection.execute(
            select(_event.c.on, _event.c.at).where(_event.c.offer_id == offer).order_by(_event.c.id.desc()).limit(1)
        ).one()
        return OfferFacts(
            name=row["name"],
            address=row["place"],
            organisation=settings["organisation"],
            organisation_place=settings["organisation_place"],
            role=row["role"],
            level=pack.levels.level(row["level"]),
            manager=manager.name if manager else "",
            manager_role=manager.role if manager else "",
            buddy=buddy.name if buddy else "",
            headline=row["headline"],
            letter=row["letter"],
            starts_on=row["starts_on"],
            expires_on=row["expires_on"],
            amounts=_amounts(connection, offer),
            terms=tuple(t for t in _terms(connection, offer) if t[1]),
            conditions=tuple(row["conditions"]),
            made_on=made.on or made.at.astimezone(workspace.zone).date(),
            job=pack.role,
            dimensions=tuple((d.id, d.narrow, d.short) for d in pack.rubric.dimensions),
            kpis=pack.rubric.kpis,
            horizons=dated(pack.onboarding, row["starts_on"], row["goals"]),
            talks=talks(pack.onboarding, row["starts_on"]),
            status=OfferStatus(row["status"]),
            rubric_version=pack.rubric.version,
            as_of=made.at,
            zone=workspace.zone,
            paper=settings["paper"],
        )


def _row(connection: Connection, offer: int) -> RowMapping:
    query = (
        select(
            _offer,
            _candidate.c.name,
            _candidate.c.place,
            _opening.c.code,
            _opening.c.role,
            _opening.c.rubric_id,
            _opening.c.manager_id,
        )
        .select_from(_offer.join(_application).join(_candidate).join(_opening))
        .where(_offer.c.id == offer)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(tr("There is no offer {id}.").format(id=offer))
    return row


def _amounts(connection: Connection, offer: int) -> tuple[AmountFacts, ...]:
    query = select(_amount).where(_amount.c.offer_id == offer).order_by(_amount.c.position)
    return tuple(AmountFacts(r.name, Money(r.minor, r.currency), r.words) for r in connection.execute(query))


def _terms(connection: Connection, offer: int) -> tuple[tuple[str, str], ...]:
    query = select(_term).where(_term.c.offer_id == offer).order_by(_term.c.position)
    return tuple((r.name, r.text) for r in connection.execute(query))


def _events(connection: Connection, offer: int) -> tuple[EventFacts, ...]:
    query = (
        select(_event, _colleague.c.name)
        .select_from(_event.outerjoin(_colleague))
        .where(_event.c.offer_id == offer)
        .order_by(_event.c.id)
    )
    return tuple(EventFacts(r.status, r.on, r.reason, r.name or "") for r in connection.execute(query))
