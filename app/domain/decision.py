"""Decisions and approvals: what may be decided, and when a decision goes against the agreed rule."""

from __future__ import annotations

from enum import StrEnum

from app.domain.panel import Zone


class Verdict(StrEnum):
    """What may be decided."""

    HIRE = "hire"
    NO_HIRE = "no_hire"
    HOLD = "hold"


class Answer(StrEnum):
    """What somebody in the chain of approvals says."""

    APPROVED = "approved"
    DECLINED = "declined"


def departs(verdict: Verdict, zone: Zone) -> bool:
    """Whether a decision departs from the rule: a hire it does not support, no hire where it does; a hold never."""
    if verdict is Verdict.HIRE:
        return zone is not Zone.SUPPORTS_HIRE
    return verdict is Verdict.NO_HIRE and zone is Zone.SUPPORTS_HIRE
