"""Stages of an opening and how an application moves through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

DEFAULT_STAGES = ("Applied", "Screen", "First rounds", "Panel", "Debrief", "Offer")


class Outcome(StrEnum):
    """How an application stands; all but `ACTIVE` are closed.

    `MOVED` went on in another opening, `DUPLICATE` in another application of the same person in the same opening.
    """

    ACTIVE = "active"
    HIRED = "hired"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    DUPLICATE = "duplicate"


class Side(StrEnum):
    """Whose reason it was that an application was closed."""

    OURS = "ours"
    THEIRS = "theirs"
    NOT_SAID = "not_said"


class OpeningEnd(StrEnum):
    """How an opening was closed: everybody it was for is found, or it was given up."""

    FILLED = "filled"
    CANCELLED = "cancelled"


class PayPeriod(StrEnum):
    """For how long the pay of a range is."""

    YEAR = "year"
    MONTH = "month"
    HOUR = "hour"


@dataclass(frozen=True)
class ClosingReason:
    """A reason that is offered when an application is closed in one way."""

    outcome: Outcome
    side: Side
    words: str


@dataclass(frozen=True)
class Closed:
    """A time during which an application was closed; `until` is None while it is. Moments are aware."""

    since: datetime
    until: datetime | None


def days_in_stage(entered: datetime, today: date, zone: tzinfo, closed: Sequence[Closed] = ()) -> int:
    """Whole calendar days in the stage, as people count them: time closed is not waiting. `entered` is aware."""
    began = entered.astimezone(zone).date()
    days = (today - began).days
    for spell in closed:
        since = max(began, spell.since.astimezone(zone).date())
        until = today if spell.until is None else spell.until.astimezone(zone).date()
        days -= max(0, (min(until, today) - since).days)
    return max(0, days)


FEWEST_SPELLS = 8
"""With fewer finished spells of a stage nobody in it is called stuck."""


@dataclass(frozen=True)
class StageLimit:
    """Who is in a stage for more than so many days is stuck; worked out from `n` spells that have ended."""

    days: int
    n: int


def stage_limit(spells: Sequence[int]) -> StageLimit | None:
    """The 75th percentile, by nearest rank, of finished spells in days; None where there are fewer than eight."""
    if len(spells) < FEWEST_SPELLS:
        return None
    return StageLimit(sorted(spells)[-(-3 * len(spells) // 4) - 1], len(spells))


def is_stuck(days: int, limit: StageLimit | None, *, held: bool) -> bool:
    """Whether an open application is longer in its stage than three in four were. Who waits on purpose is not."""
    return limit is not None and not held and days > limit.days


def kept_until(decided_on: date) -> date:
    """The day until which a candidate's record is kept unless changed: one year after the decision."""
    try:
        return decided_on.replace(year=decided_on.year + 1)
    except ValueError:  # 29 February
        return decided_on.replace(year=decided_on.year + 1, month=3, day=1)
