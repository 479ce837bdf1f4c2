"""The two hiring figures: time to fill over openings, and what became of offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from app.domain.durations import Acceptance, End, SeatWait, TimeToFill, days_open
from app.domain.durations import acceptance as acceptance_of
from app.domain.durations import time_to_fill as time_to_fill_of
from app.domain.offer import OfferStatus
from app.queries.reports.scope import Scope
from app.store.columns import aliased
from app.store.tables import Application, Opening
from app.store.tables_offer import Offer
from app.store.tables_offer_terms import OfferEvent
from app.store.tables_pipeline import OpeningClosing

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
    """Every seat: filled by the accepted offers in their order, the others open, or given up when the opening closed.

    The days on which an opening was closed and that ended by its opening again are no days of waiting.
    """
    accepted: dict[int, list[date]] = {}
    for status, opening, on in _newest(scope):
        if status is OfferStatus.ACCEPTED:
            accepted.setdefault(opening, []).append(on)
    gaps = _gaps(scope)
    seats: list[SeatWait] = []
    undated = []
    columns = (col(Opening.id), col(Opening.code), col(Opening.seats), col(Opening.approved_on))
    ends = (col(Opening.cancelled_on), col(Opening.filled_on))
    query = (
        select(*columns, *ends)
        .where(scope.of_opening(col(Opening.id)), scope.on_day(col(Opening.approved_on)))
        .order_by(col(Opening.id))
    )
    for opening, code, places, begun, cancelled_on, filled_on in scope.connection.execute(query):
        fills = sorted(accepted.get(opening, []))
        closed_on = cancelled_on or filled_on
        last = closed_on or scope.today
        if begun is None or any(on < begun for on in fills) or last < begun:
            undated.append(code)
            continue
        closed = gaps.get(opening, ())
        seats += [SeatWait(days_open(begun, on, closed), End.FILLED, code, on) for on in fills]
        end = End.OPEN if closed_on is None else End.CANCELLED
        seats += [SeatWait(days_open(begun, last, closed), end, code, last)] * (places - len(fills))
    return FillReport(tuple(seats), time_to_fill_of(seats), tuple(undated))


def _gaps(scope: Scope) -> dict[int, list[tuple[date, date]]]:
    """By opening, when it was closed and on which day it was opened again."""
    query = select(
        col(OpeningClosing.opening_id), col(OpeningClosing.closed_on), col(OpeningClosing.reopened_on)
    ).order_by(col(OpeningClosing.id))
    found: dict[int, list[tuple[date, date]]] = {}
    for opening, closed_on, reopened_on in scope.connection.execute(query):
        if reopened_on is not None:
            found.setdefault(opening, []).append((closed_on, reopened_on))
    return found


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
