"""Offers: how one goes from draft to an answer, when it lapses, and money as integers of a minor unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class OfferStatus(StrEnum):
    """Where an offer stands; the last four are its end."""

    DRAFTED = "drafted"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether something can still become of it."""
        return self in (OfferStatus.DRAFTED, OfferStatus.APPROVED, OfferStatus.SENT)


_S = OfferStatus
NEXT: Mapping[OfferStatus, frozenset[OfferStatus]] = {
    _S.DRAFTED: frozenset({_S.APPROVED, _S.WITHDRAWN}),
    _S.APPROVED: frozenset({_S.SENT, _S.WITHDRAWN}),
    _S.SENT: frozenset({_S.ACCEPTED, _S.DECLINED, _S.EXPIRED, _S.WITHDRAWN}),
}
"""What an offer may become next; an ended one becomes nothing."""

NEEDS_REASON = frozenset({_S.DECLINED, _S.WITHDRAWN})


@dataclass(frozen=True)
class Money:
    """An amount in the minor unit of an ISO 4217 currency: 11200000 EUR is € 112,000.00."""

    minor: int
    currency: str


def may_become(now: OfferStatus, then: OfferStatus) -> bool:
    """Whether an offer can go from one status to the other."""
    return then in NEXT.get(now, frozenset())


def lapse(status: OfferStatus, expires_on: date | None, today: date) -> int | None:
    """Days until a sent offer lapses, negative once it has; None where nothing lapses."""
    if status is not OfferStatus.SENT or expires_on is None:
        return None
    return (expires_on - today).days
