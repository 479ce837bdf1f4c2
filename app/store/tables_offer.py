"""The tables of an offer, as rows: its terms, its money in minor units, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from app.domain.offer import OfferStatus
from app.domain.operations import Kind
from app.store.columns import NUMBERED, HistoryRow, day_column, key, one_of, to, utc, words_column


class Offer(HistoryRow, table=True):
    """An offer to a candidate. `letter` is the template it is printed from, `goals` the conditional goals chosen.

    `pages` is what its pages say as JSON, empty where they say what the rubric proposes.
    """

    __table_args__ = (one_of("status", OfferStatus), NUMBERED)
    kind: ClassVar[Kind] = Kind.OFFER
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    decision_id: int = to("decision.id", index=False)
    level: str
    status: str = OfferStatus.DRAFTED
    headline: str = ""
    letter: str = ""
    starts_on: date | None = day_column()
    expires_on: date | None = day_column()
    conditions: list[str] = words_column()
    goals: list[str] = words_column()
    buddy_id: int | None = to("colleague.id", null=True, index=False)
    made_at: datetime = utc()
    pages: str = ""
