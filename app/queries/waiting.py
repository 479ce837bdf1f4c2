"""One thing that waits: what it is, whom it is about, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class WaitKind(StrEnum):
    """What kind of thing waits; those that can wait longest come last."""

    CARD = "card"
    FORM = "form"
    LATE_CARD = "late card"
    DEBRIEF = "debrief"
    APPROVAL = "approval"
    OFFER = "offer"
    OFFER_DUE = "offer due"
    TO_SEND = "to send"
    TO_CLOSE = "to close"
    INVITATION = "invitation"
    UNTIMED = "untimed"
    HOLD = "hold"
    FULL = "full"
    ASSESSMENT = "assessment"
    LATE_ASSESSMENT = "late assessment"
    PROMOTION = "promotion"
    CHECK_IN = "check in"
    GOAL = "goal"
    RERATING = "rerating"
    STUCK = "stuck"
    NO_OPENING = "no opening"
    REVIEW = "review"


WHEN_THERE_IS_TIME = (WaitKind.STUCK, WaitKind.NO_OPENING, WaitKind.REVIEW)
"""What is looked through when there is time: it is not among the things that are counted."""
NOT_PUT_OFF = frozenset({WaitKind.CARD, WaitKind.OFFER, WaitKind.INVITATION})
"""What does not wait: a card is written while one remembers, an offer lapses, an invitation is wrong until it is put
right."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, and where its action leads: a place of the window and what it shows.

    `about` is the candidate, `detail` the round, the role or the level, `who` the person it waits for. `at` is when it
    is due, `late` that this has passed. `put_off` is the day until which somebody put it off. `part` tells it
    from others of its kind that lead to the same place.
    """

    kind: WaitKind
    about: str
    detail: str = ""
    who: str = ""
    at: datetime | date | None = None
    late: bool = False
    begun: bool = False
    place: str = ""
    where: dict[str, int] = field(default_factory=dict)
    put_off: date | None = None
    part: str = ""

    @property
    def key(self) -> str:
        """What names it as long as it waits."""
        where = " ".join(f"{name}={number}" for name, number in sorted(self.where.items()))
        return f"{self.kind}:{where}" + (f" {self.part}" if self.part else "")
