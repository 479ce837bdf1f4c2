"""How long people are at a level until they move up in its track: a curve with those who have not yet, by level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from app.domain.durations import incidence, reached

MOVES_FOR_CURVE = 8
"""Under so many moves a curve says too little."""
_DAYS_A_MONTH = 365.25 / 12


class LevelEnd(IntEnum):
    """How a time at a level ended: not yet, by moving up in its track, or otherwise (another track, down, left)."""

    OPEN = 0
    UP = 1
    OTHERWISE = 2


@dataclass(frozen=True)
class LevelWait:
    """One time at a level, in days, and how it ended."""

    level: str
    days: int
    end: LevelEnd


@dataclass(frozen=True)
class TimeAtLevel:
    """A level's figure: how many times, how they ended, and within how many months half and three quarters moved up;
    None where that was not reached, or where there are too few moves to say. `longest` is in months."""

    level: str
    times: int
    up: int
    otherwise: int
    half: float | None
    three_quarters: float | None
    longest: float

    @property
    def open(self) -> int:
        """How many are there now."""
        return self.times - self.up - self.otherwise

    @property
    def enough(self) -> bool:
        """Whether there are moves enough for a curve."""
        return self.up >= MOVES_FOR_CURVE


def time_at_level_of(waits: Iterable[LevelWait]) -> tuple[TimeAtLevel, ...]:
    """A figure for each level, in the order in which levels come first. By Aalen and Johansen's incidence: leaving, or
    another way than up, competes; who is there now is followed so far."""
    by_level: dict[str, list[LevelWait]] = {}
    for wait in waits:
        by_level.setdefault(wait.level, []).append(wait)
    return tuple(_figure(level, some) for level, some in by_level.items())


def _figure(level: str, waits: list[LevelWait]) -> TimeAtLevel:
    ends = [wait.end for wait in waits]
    up = ends.count(LevelEnd.UP)
    steps = incidence([w.days for w in waits], [int(w.end) for w in waits]) if up >= MOVES_FOR_CURVE else ()
    return TimeAtLevel(
        level,
        len(waits),
        up,
        ends.count(LevelEnd.OTHERWISE),
        _months(reached(steps, Fraction(1, 2))),
        _months(reached(steps, Fraction(3, 4))),
        _months(max(w.days for w in waits)) or 0.0,
    )


def _months(days: int | None) -> float | None:
    return round(days / _DAYS_A_MONTH, 1) if days is not None else None
