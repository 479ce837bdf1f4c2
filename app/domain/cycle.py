"""Calibration cycles: how one stands, and what may be decided on a proposal."""

from __future__ import annotations

from enum import StrEnum


class CycleState(StrEnum):
    """Closing locks a cycle; reopening is in the history."""

    OPEN = "open"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What a calibration decides on a proposal."""

    PROMOTE = "promote"
    NOT_NOW = "not_now"
    MORE_EVIDENCE = "more_evidence"
