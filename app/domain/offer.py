"""Offers: how one goes from draft to an answer, when it lapses, and money as integers of a minor unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.braces import faults_in, fill_places


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


PLACEHOLDERS = (
    "first name",
    "name",
    "role",
    "level",
    "level title",
    "organisation",
    "team",
    "manager",
    "first day",
    "expires",
    "pages",
)
"""What a letter may ask for between braces."""

LETTER = (
    "Dear {first name},\n\n"
    "We enjoyed our days with you, and we would like you to join us as {level title}.\n\n"
    "{terms}\n\n"
    "The offer stands until {expires}, end of day.\n\n"
    "The pages behind this letter are the job itself: {pages}.\n\n"
    "Ask me anything, on paper or by telephone.\n\n"
    "Warm regards,\n{manager}"
)
"""The letter a new offer begins with; the terms stand as a table where {terms} is."""

TERMS = "terms"
PAGES = "pages"
"""Stands for what is on the pages behind the letter. A paragraph that asks for it goes where no page follows."""

USUAL_TERMS = ("Place", "Hours", "Bonus", "Leave", "Trial period")
"""The further terms a new offer asks for; empty ones are not printed."""


def letter_faults(letter: str) -> tuple[str, ...]:
    """Placeholders nobody can fill, stray braces as "{" or "}", and "terms" where they stand nowhere or twice."""
    found = list(faults_in(letter, (*PLACEHOLDERS, TERMS)))
    if letter.count("{" + TERMS + "}") != 1:
        found.append(TERMS)
    return tuple(found)


def fill_letter(letter: str, values: Mapping[str, str]) -> tuple[str, str]:
    """What stands before the terms and after them, with every placeholder filled. What is filled in is never read
    for placeholders again; a paragraph about pages that do not follow is left out. Raises KeyError for a placeholder
    that has no value."""
    before, _, after = letter.partition("{" + TERMS + "}")
    pages = "{" + PAGES + "}"

    def filled(part: str) -> str:
        said = [p for p in part.split("\n\n") if pages not in p or values[PAGES]]
        return fill_places("\n\n".join(said), values).strip()

    return filled(before), filled(after)


class OfferLack(StrEnum):
    """What keeps an offer from being approved."""

    START = "start"
    EXPIRY = "expiry"
    AMOUNT = "amount"
    LETTER = "letter"


def offer_lacks(
    starts_on: date | None, expires_on: date | None, amounts: Sequence[Money], letter: str, today: date
) -> tuple[OfferLack, ...]:
    """What is missing or can't be: first day, expiry ahead, money above zero, a letter that can be filled."""
    checks = (
        (OfferLack.START, starts_on is None),
        (OfferLack.EXPIRY, expires_on is None or expires_on < today),
        (OfferLack.AMOUNT, not any(m.minor > 0 for m in amounts)),
        (OfferLack.LETTER, bool(letter_faults(letter))),
    )
    return tuple(lack for lack, holds in checks if holds)
