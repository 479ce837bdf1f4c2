"""Calibration cycles: how one stands, what may be decided on a proposal, and the agenda of its session."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.readiness import ReadinessVerdict

DISTRIBUTION_FROM = 20
"""From so many members on a distribution says something; it is information, and nothing follows from it."""
MOST_STORIES = 4
"""How many work stories a promotion packet tells."""
AGAIN = 2
"""How many of the first members are talked about again at the end, by a yardstick that has settled by then."""


class CalibrationState(StrEnum):
    """Closing locks a cycle; reopening is in the history."""

    OPEN = "open"
    CLOSED = "closed"


class CalibrationOutcome(StrEnum):
    """What a calibration decides on a proposal."""

    PROMOTE = "promote"
    NOT_NOW = "not_now"
    MORE_EVIDENCE = "more_evidence"


class SessionPart(StrEnum):
    """The parts of the time a member is given."""

    READING = "reading"
    FACTS = "facts"
    QUESTIONS = "questions"
    VOTE = "vote"


SHARES: tuple[tuple[SessionPart, int], ...] = (
    (SessionPart.READING, 2),
    (SessionPart.FACTS, 4),
    (SessionPart.QUESTIONS, 4),
    (SessionPart.VOTE, 2),
)
"""The parts in their order and their shares of the time, in twelfths."""
OPENING, CLOSING = 5, 8
"""Minutes for how a score is read, before the first member, and for a last look, after the last."""
_LONG, _SHORT, _SECOND = 12, 8, 5


def part_at(seconds: int, minutes: int) -> SessionPart:
    """Which part of the time it is, `seconds` after a member's time of `minutes` began; the vote goes on for ever."""
    passed = 0
    for part, share in SHARES:
        passed += share * minutes * 5  # twelfths of a minute are five seconds
        if seconds < passed:
            return part
    return SessionPart.VOTE


@dataclass(frozen=True)
class AgendaProposal:
    """A proposal as the agenda knows it: whether everybody knows the answer already, what the rule says, and the day it
    was put off to."""

    proposal: int
    anchor: bool
    verdict: ReadinessVerdict
    put_off_to: date | None = None


@dataclass(frozen=True)
class AgendaTurn:
    """A place on the agenda. `minutes` after `start`, in minutes from the session's beginning; `again` at the end.

    One for another `day` is counted from that day's beginning.
    """

    proposal: int
    start: int
    minutes: int
    again: bool = False
    day: date | None = None


def session_agenda(seats: Sequence[AgendaProposal], seed: int) -> tuple[AgendaTurn, ...]:
    """Anchor cases first, as they were named; the others by a lot that `seed` fixes; the first two again at the end.

    A member whose core cells all agree is given less time. What was put off comes day by day after all that, each day
    in the same order.
    """
    anchors = [s for s in seats if s.anchor]
    ordered = anchors + sorted((s for s in seats if not s.anchor), key=lambda s: _lot(seed, s.proposal))
    now = [s for s in ordered if s.put_off_to is None]
    turns, end = _in_turn(now, None)
    for seat in now[:AGAIN] if len(now) > AGAIN else ():
        turns.append(AgendaTurn(seat.proposal, end, _SECOND, again=True))
        end += _SECOND
    for later in sorted({s.put_off_to for s in ordered if s.put_off_to is not None}):
        turns += _in_turn([s for s in ordered if s.put_off_to == later], later)[0]
    return tuple(turns)


def _in_turn(seats: Sequence[AgendaProposal], day: date | None) -> tuple[list[AgendaTurn], int]:
    """A turn each on one day, and when the last one ends."""
    turns: list[AgendaTurn] = []
    start = OPENING
    for seat in seats:
        minutes = _minutes(seat.verdict)
        turns.append(AgendaTurn(seat.proposal, start, minutes, day=day))
        start += minutes
    return turns, start


def _lot(seed: int, proposal: int) -> str:
    return hashlib.sha256(f"{seed}:{proposal}".encode()).hexdigest()


def _minutes(verdict: ReadinessVerdict) -> int:
    """Less where the evidence is too thin to talk over, or where nothing is split or not met among the core."""
    counts = verdict.tally
    open_core = counts.core_split + counts.core_not_met
    return _SHORT if counts.core_thin > 1 or not open_core else _LONG
