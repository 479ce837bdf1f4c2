"""The two hiring figures: time to fill and offer acceptance. Days are whole; shares are exact until their interval.

Definitions and edges are in the design's "The numbers, defined".
"""

from __future__ import annotations

import math
from collections import Counter
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


def days_open(begun: date, end: date, closed: Iterable[tuple[date, date]]) -> int:
    """Days from one to the other without those in between on which an opening was closed, each until it was opened
    again."""
    shut = sum(max(0, (min(until, end) - max(since, begun)).days) for since, until in closed)
    return max(0, (end - begun).days - shut)


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
    ended: dict[int, Counter[int]] = {}
    for time, how in zip(times, causes, strict=True):
        ended.setdefault(time, Counter())[how] += 1
    steps: list[CurveStep] = []
    left, share, variance = Fraction(1), Fraction(0), _Variance()
    at_risk = len(times)
    for day, hows in sorted(ended.items()):
        own, gone = hows[cause], hows.total() - hows[0]
        if gone:
            before, left = left, _short(left * Fraction(at_risk - gone, at_risk))
            share = _short(share + before * Fraction(own, at_risk))
            variance.add(at_risk, own, gone, float(before), float(share))
            steps.append(_step(day, at_risk, own, gone, share, left, variance.now(float(share))))
        at_risk -= hows.total()
    return tuple(steps)


_LONG = 2048  # bits


def _short(share: Fraction) -> Fraction:
    """A share as it is; after hundreds of steps to the nearest of 2 ** 1024 parts, as its terms grow with each."""
    if share.denominator.bit_length() <= _LONG:
        return share
    parts = 2 ** (_LONG // 2)
    return Fraction(round(share * parts), parts)


@dataclass
class _Variance:
    """The sums of which the variance is made, so that each step adds to them and none is gone through again."""

    gone: float = 0.0
    gone_share: float = 0.0
    gone_square: float = 0.0
    own: float = 0.0
    both: float = 0.0
    both_share: float = 0.0

    def add(self, at_risk: int, own: int, gone: int, before: float, share: float) -> None:
        """A day on which `gone` of `at_risk` ended, `own` of them by the cause; `before` were left until then."""
        if at_risk > gone:
            weight = gone / (at_risk * (at_risk - gone))
            self.gone += weight
            self.gone_share += weight * share
            self.gone_square += weight * share**2
        self.own += before**2 * (at_risk - own) * own / at_risk**3
        self.both += before * own / at_risk**2
        self.both_share += before * own / at_risk**2 * share

    def now(self, share: float) -> float:
        """The variance of the share after the last day that was added."""
        spread = share**2 * self.gone - 2 * share * self.gone_share + self.gone_square
        return spread + self.own - 2 * (share * self.both - self.both_share)


def _step(day: int, at_risk: int, own: int, gone: int, share: Fraction, left: Fraction, variance: float) -> CurveStep:
    error = math.sqrt(max(variance, 0.0))
    low, high = _log_log(1 - float(share), error)
    return CurveStep(
        day,
        at_risk,
        own,
        gone - own,
        share,
        left,
        error,
        None if high is None else 1 - high,
        None if low is None else 1 - low,
    )


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
