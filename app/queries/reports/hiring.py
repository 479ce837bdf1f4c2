"""The two hiring figures: time to fill over openings, and what became of offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from app.domain.durations import Acceptance, End, SeatWait, TimeToFill
from app.domain.durations import acceptance as acceptance_of
from app.domain.durations import time_to_fill as time_to_fill_of
from app.domain.offer import OfferStatus
from app.queries.reports.scope import Scope
from app.store.columns import aliased
from app.store.tables import Application, Opening
from app.store.tables_offer import Offer
from app.store.tables_offer_terms import OfferEvent

_ANSWERED = (OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.EXPIRED)


@dataclass(frozen=True)
class FillReport:
    """Time to fill: every seat of the openings approved in the period. `undated` are openings without a day of
    approval, or with a fill or an end before it."""

    seats: tuple[SeatWait, ...]
    figure: TimeToFill
    undated: tuple[str, ...]


@dataclass(frozen=True)
class OfferReport:
    """Offer acceptance; `months` are (first of the month, accepted, declined, expired), oldest first."""

    figure: Acceptance
    months: tuple[tuple[date, int, int, int], ...]


def time_to_fill(scope: Scope) -> FillReport:
    """Every seat: filled by the accepted offers in their order, the others open or cancelled."""
    accepted: dict[int, list[date]] = {}
    for status, opening, on in _newest(scope):
        if status is OfferStatus.ACCEPTED:
            accepted.setdefault(opening, []).append(on)
    seats: list[SeatWait] = []
    undated = []
    query = (
        select(col(Opening.id), col(Opening.code), col(Opening.seats), col(Opening.approved_on), col(Opening.cancelled_on))
        .where(scope.of_opening(col(Opening.id)), scope.on_day(col(Opening.approved_on)))
        .order_by(col(Opening.id))
    )
    for opening, code, places, begun, cancelled_on in scope.connection.execute(query):
        fills = sorted(accepted.get(opening, []))
        last = cancelled_on or scope.today
        if begun is None or any(on < begun for on in fills) or last < begun:
            undated.append(code)
            continue
        seats += [SeatWait((on - begun).days, End.FILLED, code, on) for on in fills]
        end = End.OPEN if cancelled_on is None else End.CANCELLED
        seats += [SeatWait((last - begun).days, end, code, last)] * (places - len(fills))
    return FillReport(tuple(seats), time_to_fill_of(seats), tuple(undated))


def acceptance(scope: Scope) -> OfferReport:
    """Offers whose newest status was noted in the period: answered, withdrawn by us, or still pending."""
    statuses: Counter[OfferStatus] = Counter()
    months: dict[date, Counter[OfferStatus]] = {}
    for status, _, on in _newest(scope):
        if not scope.asked.holds(on):
            continue
        statuses[status] += 1
        if status in _ANSWERED:
            months.setdefault(on.replace(day=1), Counter())[status] += 1
    took, said_no, ran_out = _ANSWERED
    figure = acceptance_of(
        statuses[took],
        statuses[said_no],
        statuses[ran_out],
        withdrawn=statuses[OfferStatus.WITHDRAWN],
        pending=sum(n for status, n in statuses.items() if status.is_open),
    )
    return OfferReport(figure, tuple((m, n[took], n[said_no], n[ran_out]) for m, n in sorted(months.items())))


def _newest(scope: Scope) -> Iterator[tuple[OfferStatus, int, date]]:
    """Offers: status, opening, and the day their newest status was noted for."""
    later = aliased(OfferEvent)
    newest = (
        select(func.max(col(later.id)))
        .where(col(later.offer_id) == col(Offer.id), col(later.status) == col(Offer.status))
        .correlate(Offer)
        .scalar_subquery()
    )
    query = (
        select(col(Offer.status), col(Application.opening_id), col(OfferEvent.on), col(OfferEvent.at))
        .select_from(Offer)
        .join(Application, col(Application.id) == col(Offer.application_id))
        .join(OfferEvent, col(OfferEvent.id) == newest)
        .where(scope.of_opening(col(Application.opening_id)))
        .order_by(col(Offer.id))
    )
    for status, opening, on, at in scope.connection.execute(query):
        yield OfferStatus(status), opening, on or scope.day_of(at)
