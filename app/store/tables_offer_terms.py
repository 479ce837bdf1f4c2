"""The tables of what stands in an offer and of what became of it, as rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from app.domain.offer import OfferStatus
from app.domain.operations import Kind
from app.store.columns import NUMBERED, HistoryRow, day_column, key, one_of, to, utc


class OfferAmount(HistoryRow, table=True):
    """Money of an offer: an amount in the minor unit of its currency, and what it is for."""

    __tablename__ = "offer_amount"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.OFFER
    person: ClassVar[tuple[str, ...]] = ("offer_id",)

    id: int = key()
    offer_id: int = to("offer.id")
    position: int
    name: str
    minor: int
    currency: str
    words: str = ""


class OfferTerm(HistoryRow, table=True):
    """A further term, such as place, hours, leave: a name and its text."""

    __tablename__ = "offer_term"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.OFFER
    person: ClassVar[tuple[str, ...]] = ("offer_id",)

    id: int = key()
    offer_id: int = to("offer.id")
    position: int
    name: str
    text: str


class OfferEvent(HistoryRow, table=True):
    """A change of an offer's status: on which day, and why."""

    __tablename__ = "offer_event"
    __table_args__ = (one_of("status", OfferStatus), NUMBERED)
    kind: ClassVar[Kind] = Kind.OFFER
    person: ClassVar[tuple[str, ...]] = ("offer_id",)

    id: int = key()
    offer_id: int = to("offer.id")
    status: str
    on: date | None = day_column()
    reason: str = ""
    by_id: int | None = to("colleague.id", null=True, index=False)
    at: datetime = utc()
