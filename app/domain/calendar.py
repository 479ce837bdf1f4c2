"""A round as a calendar has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Attendee:
    """Somebody in a calendar; `mail` may be empty."""

    name: str
    mail: str


@dataclass(frozen=True)
class RoundEvent:
    """One round as a calendar has it. `sequence` counts what was sent of it before; `starts_at` is aware.

    `cancelled` takes it back from its attendees; it `goes_on` where others are still invited to it.
    """

    interview: int
    application: int
    workspace: str
    title: str
    about: str
    starts_at: datetime
    minutes: int
    place: str
    organiser: Attendee
    attendees: tuple[Attendee, ...]
    sequence: int
    cancelled: bool = False
    goes_on: bool = False


def attendee_text(one: Attendee) -> str:
    """How an attendee is kept: 'Name <mail>', the name alone without an address."""
    return f"{one.name} <{one.mail}>" if one.mail else one.name


def attendee_of(text: str) -> Attendee:
    """The attendee that was kept so."""
    name, bracket, mail = text.rpartition(" <")
    return Attendee(name, mail.removesuffix(">")) if bracket else Attendee(text, "")
