"""How far interviewers agree: Krippendorff's alpha with its interval, and one rater's severity beside their peers.

A unit is one dimension of one candidate that two or more people scored. Definitions and edges are in the design's
"The numbers, defined". Alpha is ours: the well-known package is GPL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any

UNITS_NEEDED = 20
BENCHMARKS = (Fraction(44, 100), Fraction(74, 100))
"""Reliability between interviewers: .44 in separate interviews, .74 in one panel.

Huffcutt, Culbertson and Weyhrauch, 2013.
"""
_LOW, _HIGH = 0.025, 0.975

Pairs = Mapping[tuple[int, int], Fraction]
Units = Mapping[tuple[int, int, str], tuple[int, ...]]
Resample = Sequence[int] | Any  # an array of numbers will do


class Metric(StrEnum):
    """How far two scores lie apart: by their ranks, or only whether they differ."""

    ORDINAL = "ordinal"
    NOMINAL = "nominal"


@dataclass(frozen=True)
class RaterScore:
    """One score that counts: whose (any key), in which application, on which dimension, by whom, 1-4."""

    candidate: int
    application: int
    dimension: str
    rater: int
    score: int


@dataclass(frozen=True)
class Agreement:
    """Alpha over all units with its 95 % interval.

    `alpha` is None under `UNITS_NEEDED` units and where `one_value` says that everybody gave the same score. `apart`
    counts units by the distance between their lowest and highest score. The interval is None where too few resamples
    had two values in them.
    """

    units: int
    candidates: int
    scores: int
    alpha: Fraction | None = None
    low: float | None = None
    high: float | None = None
    one_value: bool = False
    apart: Mapping[int, int] = field(default_factory=dict)

    @property
    def enough(self) -> bool:
        """Whether there are units enough to say anything."""
        return self.units >= UNITS_NEEDED


def coincidences(units: Iterable[Sequence[int]]) -> dict[tuple[int, int], Fraction]:
    """How often two scores meet in one unit: each ordered pair of a unit of m scores weighs 1 / (m - 1).

    Krippendorff, Content Analysis, chapter 12; units with fewer than two scores leave it.
    """
    found: dict[tuple[int, int], Fraction] = {}
    for scores in units:
        counts = Counter(scores)
        m = len(scores)
        if m < 2:
            continue
        for one, of_one in counts.items():
            for other, of_other in counts.items():
                pairs = of_one * (of_other - (one == other))
                if pairs:
                    found[one, other] = found.get((one, other), Fraction(0)) + Fraction(pairs, m - 1)
    return found


def alpha(units: Iterable[Sequence[int]], metric: Metric = Metric.ORDINAL) -> Fraction | None:
    """Krippendorff's alpha, 1 - observed / expected disagreement, exact; None where there are no two values."""
    return _alpha(coincidences(units), metric)


def _alpha(pairs: Pairs, metric: Metric) -> Fraction | None:
    values, marginal = _marginals(pairs)
    n = sum(marginal.values(), Fraction(0))
    distance = _distances(values, marginal, metric)
    observed = sum((pairs.get((a, b), Fraction(0)) * d for (a, b), d in distance.items()), Fraction(0))
    expected = sum((marginal[a] * marginal[b] * d for (a, b), d in distance.items()), Fraction(0))
    return None if expected == 0 else 1 - (n - 1) * observed / expected


def _marginals(pairs: Pairs) -> tuple[list[int], dict[int, Fraction]]:
    values = sorted({a for (a, _), weight in pairs.items() if weight})
    return values, {v: sum((w for (a, _), w in pairs.items() if a == v), Fraction(0)) for v in values}


def _distances(
    values: Sequence[int], marginal: Mapping[int, Fraction], metric: Metric
) -> dict[tuple[int, int], Fraction]:
    """Squared distances; ordinal: (the scores from one value to the other, half of both ends' own) squared."""
    found = {}
    for place, low in enumerate(values):
        between = -marginal[low] / 2
        for high in values[place:]:
            between += marginal[high]
            if high != low:
                apart = between - marginal[high] / 2
                found[low, high] = Fraction(1) if metric is Metric.NOMINAL else apart**2
    return found | {(high, low): distance for (low, high), distance in found.items()}


def agreement(scored: Iterable[RaterScore], resamples: Iterable[Resample] = ()) -> Agreement:
    """Ordinal alpha, pooled over candidates and dimensions, with a percentile interval.

    Each of `resamples` says how often each candidate (in the order of their keys) is drawn: chance comes from outside,
    so that the same draws give the same interval.
    """
    return agreement_of(units_of(scored), resamples)


def agreement_of(units: Units, resamples: Iterable[Resample] = ()) -> Agreement:
    """The same from units."""
    kinds = Counter(units.values())  # of the few ways to score a cell most come again and again
    paired = {scores: coincidences([scores]) for scores in kinds}
    together: dict[tuple[int, int], Fraction] = {}
    for scores, times in kinds.items():
        for pair, weight in paired[scores].items():
            together[pair] = together.get(pair, Fraction(0)) + times * weight
    bare = Agreement(
        units=len(units),
        candidates=candidates_of(units),
        scores=sum(len(scores) * times for scores, times in kinds.items()),
        apart=_apart(kinds),
    )
    if not bare.enough:
        return bare
    found = _alpha(together, Metric.ORDINAL)
    low, high = _interval(_by_candidate(units, paired), resamples)
    return replace(bare, alpha=found, low=low, high=high, one_value=found is None)


def candidates_of(units: Units) -> int:
    """How many candidates have a unit: the length of one resample."""
    return len({candidate for candidate, _, _ in units})


def _apart(kinds: Mapping[tuple[int, ...], int]) -> dict[int, int]:
    found: Counter[int] = Counter()
    for scores, times in kinds.items():
        found[scores[-1] - scores[0]] += times
    return dict(sorted(found.items()))


def _by_candidate(units: Units, paired: Mapping[tuple[int, ...], Pairs]) -> list[dict[tuple[int, int], float]]:
    """Each candidate's coincidences, in the order of their keys, in floats."""
    floats = {scores: {pair: float(w) for pair, w in pairs.items()} for scores, pairs in paired.items()}
    found: dict[int, dict[tuple[int, int], float]] = {}
    for (candidate, _, _), scores in units.items():
        own = found.setdefault(candidate, {})
        for pair, weight in floats[scores].items():
            own[pair] = own.get(pair, 0.0) + weight
    return [found[c] for c in sorted(found)]


def units_of(scored: Iterable[RaterScore]) -> Units:
    """By candidate, application and dimension, the scores of units that have two or more; their order never matters."""
    found: dict[tuple[int, int, str], list[int]] = {}
    for s in scored:
        found.setdefault((s.candidate, s.application, s.dimension), []).append(s.score)
    return {unit: tuple(sorted(scores)) for unit, scores in sorted(found.items()) if len(scores) >= 2}


def _interval(
    candidates: Sequence[Mapping[tuple[int, int], float]], resamples: Iterable[Resample]
) -> tuple[float, float] | tuple[None, None]:
    """The 2.5th and 97.5th percentile of alpha over resampled candidates, in floats: it decides nothing."""
    import numpy as np  # noqa: PLC0415  (needed by reports alone)

    kinds = sorted({pair for own in candidates for pair in own})
    values = sorted({value for pair in kinds for value in pair})
    weights = np.array([[own.get(kind, 0.0) for kind in kinds] for own in candidates])
    cells = [(values.index(a), values.index(b)) for a, b in kinds]
    found = []
    for drawn in resamples:
        pairs = [float(w) for w in np.asarray(drawn, dtype=float) @ weights]
        one = _quick_alpha(pairs, cells, len(values))
        if one is not None:
            found.append(one)
    if len(found) < UNITS_NEEDED:
        return None, None
    found.sort()
    return _percentile(found, _LOW), _percentile(found, _HIGH)


def _quick_alpha(pairs: Sequence[float], cells: Sequence[tuple[int, int]], size: int) -> float | None:
    """The ordinal alpha of one resample, without fractions."""
    marginal = [0.0] * size
    for (a, _), weight in zip(cells, pairs, strict=True):
        marginal[a] += weight
    below = [0.0]
    for count in marginal:
        below.append(below[-1] + count)
    middle = [(a + b) / 2 for a, b in pairwise(below)]
    observed = sum(w * (middle[a] - middle[b]) ** 2 for (a, b), w in zip(cells, pairs, strict=True))
    expected = sum(marginal[a] * marginal[b] * (middle[a] - middle[b]) ** 2 for a in range(size) for b in range(size))
    return None if expected == 0 else 1 - (below[-1] - 1) * observed / expected


def _percentile(ordered: Sequence[float], share: float) -> float:
    """Linear between the two nearest, as most programs have it (type 7 of Hyndman and Fan)."""
    at = share * (len(ordered) - 1)
    under = int(at)
    over = min(under + 1, len(ordered) - 1)
    return ordered[under] + (at - under) * (ordered[over] - ordered[under])
