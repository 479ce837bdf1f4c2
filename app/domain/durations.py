"""The two hiring figures: time to fill and offer acceptance. Days are whole; shares are exact until their interval.

Definitions and edges are in the design's "The numbers, defined".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

FILLS_FOR_CURVE = 5
TARGET_DAYS = (60, 120)
TARGET_RATE = Fraction(7, 10)
SURE = 0.95
_Z = 1.959963984540054


class End(StrEnum):
    """How the wait for one seat ended, if it has."""

    FILLED = "filled"
    OPEN = "open"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Wait:
    """One seat: days from the opening's approval to an accepted offer, to its cancelling, or to today."""

    days: int
    end: End


@dataclass(frozen=True)
class SeatWait(Wait):
    """A wait with its place in time: the opening's code, and the day it ended, or today."""

    code: str
    on: date


@dataclass(frozen=True)
class CurveStep:
    """The curve from this day on. `share` is the share filled, `left` neither filled nor cancelled, both exact.

    `error` is the standard error of `share`; `low` and `high` its 95 % interval, None where it is 0 or 1.
    """

    day: int
    at_risk: int
    filled: int
    cancelled: int
    share: Fraction
    left: Fraction
    error: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval, None where it has none."""

    value: Fraction
    low: float | None
    high: float | None


@dataclass(frozen=True)
class TimeToFill:
    """Everything said of time to fill. `half` and `three_quarters` are days, None where they were not reached."""

    fills: int
    open: int
    cancelled: int
    longest: int
    steps: tuple[CurveStep, ...]
    half: int | None
    three_quarters: int | None
    by: dict[int, Share | None]

    @property
    def enough(self) -> bool:
        """Whether there are fills enough for a curve; else bars."""
        return self.fills >= FILLS_FOR_CURVE

    @property
    def seats(self) -> int:
        """How many seats it speaks of."""
        return self.fills + self.open + self.cancelled


def time_to_fill(waits: Iterable[Wait]) -> TimeToFill:
    """The figure over all seats: open ones censored, cancelled ones competing (Kaplan-Meier where there are none)."""
    waits = list(waits)
    code = {End.OPEN: 0, End.FILLED: 1, End.CANCELLED: 2}
    steps = incidence([w.days for w in waits], [code[w.end] for w in waits])
    ends = [w.end for w in waits]
    longest = max((w.days for w in waits), default=0)
    return TimeToFill(
        fills=ends.count(End.FILLED),
        open=ends.count(End.OPEN),
        cancelled=ends.count(End.CANCELLED),
        longest=longest,
        steps=steps,
        half=reached(steps, Fraction(1, 2)),
        three_quarters=reached(steps, Fraction(3, 4)),
        by={day: share_by(steps, day, longest) for day in TARGET_DAYS},
    )


def incidence(times: Sequence[int], causes: Sequence[int], cause: int = 1) -> tuple[CurveStep, ...]:
    """Aalen and Johansen's cumulative incidence of one cause; 0 is censored, every other number competes.

    The variance is the delta method's (Marubini and Valsecchi 1995, 10.3), which is Greenwood's where nothing competes;
    the interval is log-log, on what is not yet filled. A seat censored on a day was there on that day.
    """
    points: list[_Point] = []
    left = Fraction(1)
    share = Fraction(0)
    for day in sorted({t for t, c in zip(times, causes, strict=True) if c}):
        at_risk = sum(t >= day for t in times)
        own = sum(t == day and c == cause for t, c in zip(times, causes, strict=True))
        gone = sum(t == day and c != 0 for t, c in zip(times, causes, strict=True))
        before, left = left, left * Fraction(at_risk - gone, at_risk)
        share += before * Fraction(own, at_risk)
        points.append(_Point(day, at_risk, own, gone, before, share, left))
    return tuple(_step(points, number) for number in range(len(points)))


@dataclass(frozen=True)
class _Point:
    day: int
    at_risk: int
    own: int
    gone: int
    before: Fraction
    share: Fraction
    left: Fraction


def _step(points: Sequence[_Point], number: int) -> CurveStep:
    now = points[number]
    error = math.sqrt(max(_variance(points[: number + 1]), 0.0))
    low, high = _log_log(1 - float(now.share), error)
    return CurveStep(
        now.day,
        now.at_risk,
        now.own,
        now.gone - now.own,
        now.share,
        now.left,
        error,
        None if high is None else 1 - high,
        None if low is None else 1 - low,
    )


def _variance(points: Sequence[_Point]) -> float:
    last = points[-1].share
    total = Fraction(0)
    for p in points:
        further = last - p.share
        if p.at_risk > p.gone:
            total += further**2 * Fraction(p.gone, p.at_risk * (p.at_risk - p.gone))
        total += p.before**2 * Fraction((p.at_risk - p.own) * p.own, p.at_risk**3)
        total -= 2 * further * p.before * Fraction(p.own, p.at_risk**2)
    return float(total)


def _log_log(left: float, error: float) -> tuple[float, float] | tuple[None, None]:
    """The interval of a surviving share that stays between 0 and 1."""
    if not 0 < left < 1:
        return None, None
    width = _Z * error / (left * abs(math.log(left)))
    return left ** math.exp(width), left ** math.exp(-width)


def reached(steps: Sequence[CurveStep], share: Fraction) -> int | None:
    """The first day on which this share was filled; None where it was not."""
    return next((s.day for s in steps if s.share >= share), None)


def share_by(steps: Sequence[CurveStep], day: int, longest: int) -> Share | None:
    """The share filled by a day. None where nobody was followed that long and somebody might still be filled."""
    known = [s for s in steps if s.day <= day]
    settled = bool(steps) and steps[-1].left == 0
    if not steps or (longest < day and not settled):
        return None
    if not known:
        return Share(Fraction(0), None, None)
    return Share(known[-1].share, known[-1].low, known[-1].high)


class Outlook(StrEnum):
    """What may be said of a rate against its target."""

    NO_DATA = "no_data"
    ABOVE = "above"
    BELOW = "below"
    TOO_EARLY = "too_early"


@dataclass(frozen=True)
class Acceptance:
    """Offers answered: accepted of accepted, declined and expired. Withdrawn by us and pending ones stand apart.

    `rate` is None without an answer; `low` and `high` are Wilson's 95 %; `above` is the probability that the rate lies
    over the target.
    """

    accepted: int
    declined: int
    expired: int
    withdrawn: int
    pending: int
    rate: Fraction | None
    low: float | None
    high: float | None
    above: float | None

    @property
    def answered(self) -> int:
        """How many offers the rate speaks of."""
        return self.accepted + self.declined + self.expired

    @property
    def outlook(self) -> Outlook:
        """What may be said: over or under the target at 95 %, else too early."""
        if self.above is None:
            return Outlook.NO_DATA
        if self.above >= SURE:
            return Outlook.ABOVE
        return Outlook.BELOW if self.above <= 1 - SURE else Outlook.TOO_EARLY


def acceptance(accepted: int, declined: int, expired: int, withdrawn: int = 0, pending: int = 0) -> Acceptance:
    """The figure with its interval and P(rate > 70 %) from Beta(x + 1/2, n - x + 1/2), the Jeffreys posterior."""
    n = accepted + declined + expired
    if n == 0:
        return Acceptance(accepted, declined, expired, withdrawn, pending, None, None, None, None)
    low, high = wilson(accepted, n)
    return Acceptance(
        accepted, declined, expired, withdrawn, pending, Fraction(accepted, n), low, high, above(accepted, n)
    )


def wilson(x: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a rate. `n` is 1 or more."""
    from scipy.stats import binomtest  # noqa: PLC0415  (a second to import; needed by reports alone)

    interval = binomtest(x, n).proportion_ci(0.95, "wilson")
    return float(interval.low), float(interval.high)


def above(x: int, n: int, target: Fraction = TARGET_RATE) -> float:
    """P(rate > target) after x of n, from Beta(x + 1/2, n - x + 1/2)."""
    from scipy.stats import beta  # noqa: PLC0415

    return float(beta.sf(float(target), x + 0.5, n - x + 0.5))
