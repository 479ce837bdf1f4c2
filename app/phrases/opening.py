"""Openings in a person's words."""

from __future__ import annotations

from datetime import date

from app.domain.pipeline import OpeningEnd
from app.words import day, ntr, tr


def seats_words(hired: int, seats: int) -> str:
    """How many it is for, and how many are found: '2 of 3 seats filled', 'one seat'."""
    if seats == 1:
        return tr("one seat, filled") if hired else tr("one seat")
    return tr("{hired} of {seats} seats filled").format(hired=hired, seats=seats)


def waits_words(days: int | None, target: tuple[int, int], *, closed: bool) -> str:
    """How many days after its approval it is: 'day 42, to fill in 60 to 120'."""
    if days is None:
        return tr("not approved yet")
    if closed:
        return ntr("closed after one day", "closed after {n} days", days)
    return tr("day {n}, to fill in {first} to {last}").format(n=days, first=target[0], last=target[1])


def closed_words(how: OpeningEnd, on: date, reason: str) -> str:
    """How it was closed: 'given up 12 March 2026: no money'."""
    words = tr("filled and closed {day}") if how is OpeningEnd.FILLED else tr("given up {day}")
    said = words.format(day=day(on))
    return tr("{said}: {why}").format(said=said, why=reason) if reason else said
