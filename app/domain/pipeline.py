"""Stages of an opening and how an application moves through them."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from enum import StrEnum

DEFAULT_STAGES = ("Applied", "Screen", "First rounds", "Panel", "Debrief", "Offer")


class Outcome(StrEnum):
    """How an application stands; all but `ACTIVE` are closed."""

    ACTIVE = "active"
    HIRED = "hired"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


def days_in_stage(entered: datetime, today: date, zone: tzinfo) -> int:
    """Whole calendar days in the stage, as people count them. `entered` is aware."""
    return max(0, (today - entered.astimezone(zone).date()).days)


def kept_until(decided_on: date) -> date:
    """The day until which a candidate's record is kept unless changed: one year after the decision."""
    try:
        return decided_on.replace(year=decided_on.year + 1)
    except ValueError:  # 29 February
        return decided_on.replace(year=decided_on.year + 1, month=3, day=1)
