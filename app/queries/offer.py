"""Offers as their page, their list and their packet show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import Connection, func, select
from sqlmodel import col

from app.domain.guide import GuideLevel
from app.domain.offer import Money, OfferStatus, lapse, letter_faults
from app.domain.offer_pages import OfferPages, PacketPage
from app.domain.onboarding import CheckInDue, HorizonGoal, OnboardingTalk, dated, talks
from app.errors import NotFound, NotYet
from app.phrases.rubric import letter_fault_words
from app.queries.decision import ApprovalFacts, DecisionFacts, Person, decisions_of
from app.records.opening_rubric import guide_of_opening, level_of_opening, opening_levels
from app.store.columns import rows_of, rows_with
from app.store.rubric import read_pack
from app.store.tables import Application, Candidate, Colleague, Opening, Setting
from app.store.tables_offer import Offer
from app.store.tables_offer_terms import OfferAmount, OfferEvent, OfferTerm
from app.store.workspace import Workspace
from app.words import tr


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
    """One offer in full, as its page shows it; `internal` are conditions in it that were not marked for the letter.

    `pages` are those of its packet in full, `proposed` what the rubric has for them.
    """

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
    pages: OfferPages
    proposed: OfferPages
    dimensions: tuple[tuple[str, str], ...]
    buddy: int | None
    approvals: tuple[ApprovalFacts, ...]
    events: tuple[EventFacts, ...]
    internal: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfferFacts:
    """What an offer packet prints, and nothing else: no score, no other candidate, no band.

    `dimensions` are id, narrow and everyday name in their order, `level_dimensions` id and name of those the level
    speaks of; `horizons` and `talks` have their days.
    """

    name: str
    address: str
    organisation: str
    organisation_place: str
    role: str
    level: GuideLevel
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
    pages: OfferPages
    dimensions: tuple[tuple[str, str, str], ...]
    level_dimensions: tuple[tuple[str, str], ...]
    horizons: tuple[CheckInDue, ...]
    talks: tuple[OnboardingTalk, ...]
    rubric_version: str
    as_of: datetime
    zone: tzinfo
    paper: str
    status: OfferStatus = OfferStatus.APPROVED

    def prints(self, page: PacketPage) -> bool:
        """Whether the packet has a page: not left out, and with something on it."""
        if page == "level":
            return page not in self.pages.left_out and bool(self.level.cells)
        return self.pages.prints(page)


def offer_rows(workspace: Workspace) -> tuple[OfferRow, ...]:
    """Every offer, open ones first, the one that lapses next at the top."""
    with workspace.read() as connection:
        query = (
            select(
                col(Offer.id),
                col(Offer.application_id),
                col(Candidate.name),
                col(Opening.code),
                col(Opening.role),
                col(Offer.level),
                col(Offer.status),
                col(Offer.expires_on),
            )
            .select_from(Offer)
            .join(Application, col(Application.id) == col(Offer.application_id))
            .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
            .join(Opening, col(Opening.id) == col(Application.opening_id))
            .order_by(col(Offer.id))
        )
        today, since = workspace.today(), _since(connection)
        rows = [
            OfferRow(
                id=offer,
                application=application,
                name=name,
                code=code,
                role=role,
                level=level,
                status=status,
                since=since.get(offer),
                expires_on=expires_on,
                lapses_in=lapse(OfferStatus(status), expires_on, today),
            )
            for offer, application, name, code, role, level, status, expires_on in connection.execute(query)
        ]
    return tuple(sorted(rows, key=_place))


def _place(row: OfferRow) -> tuple[bool, int, int]:
    return (not OfferStatus(row.status).is_open, row.lapses_in if row.lapses_in is not None else 10_000, -row.id)


def _since(connection: Connection) -> dict[int, date | None]:
    """By offer, the day of its newest event."""
    newest = select(func.max(col(OfferEvent.id))).group_by(col(OfferEvent.offer_id))
    query = select(col(OfferEvent.offer_id), col(OfferEvent.on)).where(col(OfferEvent.id).in_(newest))
    return dict(connection.execute(query).all())


def newest_offer(connection: Connection, application: int) -> int | None:
    """The offer of an application made last; None without one."""
    query = select(col(Offer.id)).where(col(Offer.application_id) == application).order_by(col(Offer.id).desc())
    return connection.execute(query.limit(1)).scalar()


def offer_page(workspace: Workspace, offer: int) -> OfferView:
    """One offer. Raises NotFound."""
    with workspace.read() as connection:
        row, opening, name, _ = _row(connection, offer)
        pack = read_pack(connection, opening.rubric_id)
        pages = OfferPages.from_text(row.pages).over(pack)
        decided = {d.id: d for d in decisions_of(connection, row.application_id, sealed=False)}[row.decision_id]
        return OfferView(
            id=offer,
            application=row.application_id,
            name=name,
            code=opening.code,
            role=opening.role,
            level=row.level,
            levels=opening_levels(connection, opening.id),
            status=OfferStatus(row.status),
            headline=row.headline,
            letter=row.letter,
            starts_on=row.starts_on,
            expires_on=row.expires_on,
            lapses_in=lapse(OfferStatus(row.status), row.expires_on, workspace.today()),
            amounts=_amounts(connection, offer),
            terms=_terms(connection, offer),
            conditions=tuple(row.conditions),
            goals=tuple(row.goals),
            conditional=tuple(g for g in _goals_of(pages) if g.only_if is not None),
            pages=pages,
            proposed=OfferPages().over(pack),
            dimensions=tuple((d.id, d.short) for d in pack.rubric.dimensions),
            buddy=row.buddy_id,
            approvals=decided.approvals,
            events=_events(connection, offer),
            internal=_internal(decided, row.conditions),
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
        known = connection.execute(select(col(Application.id)).where(col(Application.id) == application)).first()
        if known is None:
            raise NotFound(tr("There is no application {id}.").format(id=application))
        offer = newest_offer(connection, application)
        if offer is None:
            raise NotYet(
                tr("There is no offer to print for application {id}.").format(id=application),
                tr("Draft one from the decision to hire."),
            )
        row, opening, name, place = _row(connection, offer)
        if row.starts_on is None or row.expires_on is None:
            raise NotYet(
                tr("The offer to {name} has no first day, or no day until which it stands.").format(name=name),
                tr("Set both on the offer’s page."),
            )
        faults = letter_faults(row.letter)
        if faults:
            raise NotYet(
                tr("The letter to {name} can’t be filled: {faults}.").format(
                    name=name, faults=letter_fault_words(faults)
                ),
                tr("Mend it on the offer’s page."),
            )
        pack = read_pack(connection, opening.rubric_id)
        pages = OfferPages.from_text(row.pages).over(pack)
        year = pages.onboarding
        colleagues = select(col(Colleague.id), col(Colleague.name), col(Colleague.role))
        people: dict[int | None, Person] = {
            who: Person(name, role) for who, name, role in connection.execute(colleagues)
        }
        manager, buddy = people.get(opening.manager_id), people.get(row.buddy_id)
        settings = rows_of(connection, Setting)[0]
        made = select(col(OfferEvent.on), col(OfferEvent.at)).where(col(OfferEvent.offer_id) == offer)
        made_on, as_of = connection.execute(made.order_by(col(OfferEvent.id).desc()).limit(1)).one()
        return OfferFacts(
            name=name,
            address=place,
            organisation=settings.organisation,
            organisation_place=settings.organisation_place,
            role=opening.role,
            level=level_of_opening(connection, opening, row.level) or _bare_level(connection, opening.id, row.level),
            manager=manager.name if manager else "",
            manager_role=manager.role if manager else "",
            buddy=buddy.name if buddy else "",
            headline=row.headline,
            letter=row.letter,
            starts_on=row.starts_on,
            expires_on=row.expires_on,
            amounts=_amounts(connection, offer),
            terms=tuple(t for t in _terms(connection, offer) if t[1]),
            conditions=tuple(row.conditions),
            made_on=made_on or as_of.astimezone(workspace.zone).date(),
            pages=pages,
            dimensions=tuple((d.id, d.narrow, d.short) for d in pack.rubric.dimensions),
            level_dimensions=_level_dimensions(connection, opening),
            horizons=dated(year, row.starts_on, row.goals) if year is not None else (),
            talks=talks(year, row.starts_on) if year is not None else (),
            status=OfferStatus(row.status),
            rubric_version=pack.rubric.words,
            as_of=as_of,
            zone=workspace.zone,
            paper=settings.paper,
        )


def _goals_of(pages: OfferPages) -> tuple[HorizonGoal, ...]:
    return pages.onboarding.goals if pages.onboarding is not None else ()


def _level_dimensions(connection: Connection, opening: Opening) -> tuple[tuple[str, str], ...]:
    guide = guide_of_opening(connection, opening)
    return tuple((d.id, d.short) for d in guide.dimensions) if guide is not None else ()


def _bare_level(connection: Connection, opening: int, level: str) -> GuideLevel:
    """A level of which no guide says anything."""
    title = dict(opening_levels(connection, opening)).get(level, level)
    return GuideLevel(id=level, track="-", title=title, cells={})


def _row(connection: Connection, offer: int) -> tuple[Offer, Opening, str, str]:
    """An offer, its opening, and name and place of whom it is made to."""
    query = (
        select(col(Candidate.name), col(Candidate.place))
        .select_from(Offer)
        .join(Application, col(Application.id) == col(Offer.application_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .where(col(Offer.id) == offer)
    )
    for row in rows_with(connection, query, Offer, Opening):
        return row
    raise NotFound(tr("There is no offer {id}.").format(id=offer))


def _amounts(connection: Connection, offer: int) -> tuple[AmountFacts, ...]:
    query = (
        select(col(OfferAmount.name), col(OfferAmount.minor), col(OfferAmount.currency), col(OfferAmount.words))
        .where(col(OfferAmount.offer_id) == offer)
        .order_by(col(OfferAmount.position))
    )
    rows = connection.execute(query)
    return tuple(AmountFacts(name, Money(minor, currency), words) for name, minor, currency, words in rows)


def _terms(connection: Connection, offer: int) -> tuple[tuple[str, str], ...]:
    query = select(col(OfferTerm.name), col(OfferTerm.text)).where(col(OfferTerm.offer_id) == offer)
    return tuple((name, text) for name, text in connection.execute(query.order_by(col(OfferTerm.position))))


def _events(connection: Connection, offer: int) -> tuple[EventFacts, ...]:
    query = (
        select(col(OfferEvent.status), col(OfferEvent.on), col(OfferEvent.reason), col(Colleague.name))
        .select_from(OfferEvent)
        .outerjoin(Colleague, col(Colleague.id) == col(OfferEvent.by_id))
        .where(col(OfferEvent.offer_id) == offer)
        .order_by(col(OfferEvent.id))
    )
    return tuple(EventFacts(status, on, reason, by or "") for status, on, reason, by in connection.execute(query))
