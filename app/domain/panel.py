"""What several interviewers' scores say together: states, composite with its band, zone, and who carries it.

Definitions and edges are in the design's "The numbers, defined"; every threshold is decided in integers or fractions.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

PRIOR_VARIANCE = Fraction(49, 100)
PRIOR_DEGREES = 10
BAND = 1.96
_NO_FLAGS: Mapping[str, Collection[str]] = MappingProxyType({})


class State(StrEnum):
    """A dimension's word."""

    MET = "met"
    SPLIT = "split"
    NOT_MET = "not_met"
    THIN = "thin"
    EMPTY = "empty"


class Zone(StrEnum):
    """What the agreed rule supports."""

    SUPPORTS_HIRE = "supports_hire"
    SUPPORTS_NO_HIRE = "supports_no_hire"
    MIXED = "mixed"


@dataclass(frozen=True)
class PanelScore:
    """One score that counts: who gave it (any key), on which dimension, 1-4."""

    rater: str
    dimension: str
    score: int


@dataclass(frozen=True)
class Rule:
    """The agreed rule, set before the first interview; the numbers are the pack's."""

    dimensions: tuple[str, ...]
    must_have: frozenset[str]
    bar: int = 3
    hire_from: Fraction = Fraction(29, 10)
    mixed_from: Fraction = Fraction(26, 10)
    min_raters: int = 2
    without_score_allowed: int = 1
    wide_from: int = 2


@dataclass(frozen=True)
class PanelCell:
    """One dimension over all raters."""

    dimension: str
    scores: tuple[int, ...]
    state: State
    low_median: int | None
    high: int | None
    wide: bool
    straddles: bool

    @property
    def mean(self) -> Fraction | None:
        """The dimension's mean, exact; None without a score."""
        return Fraction(sum(self.scores), len(self.scores)) if self.scores else None


@dataclass(frozen=True)
class Panel:
    """The whole candidate: cells in the rubric's order, composite with its band, zone, who carries it.

    `composite` and `band` (half width, 95 %) are None when nothing was scored.
    """

    cells: tuple[PanelCell, ...]
    composite: Fraction | None
    band: float | None
    zone: Zone
    thin: tuple[str, ...] = ()
    unscored: tuple[str, ...] = ()
    open_red_flags: int = 0
    carried_by: Mapping[str, Zone] = field(default_factory=dict)

    def cell(self, dimension: str) -> PanelCell:
        """The cell of a dimension of the rule."""
        return next(c for c in self.cells if c.dimension == dimension)


def dimension_state(scores: Sequence[int], bar: int, min_raters: int = 2) -> State:
    """met 3k >= 2n, not met 3k <= n, else split; thin under `min_raters`; empty without scores."""
    n = len(scores)
    if n == 0:
        return State.EMPTY
    if n < min_raters:
        return State.THIN
    k = sum(s >= bar for s in scores)
    return _word(k, n)


def _word(k: int, n: int) -> State:
    if 3 * k >= 2 * n:
        return State.MET
    if 3 * k <= n:
        return State.NOT_MET
    return State.SPLIT


def low_median(scores: Sequence[int]) -> int:
    """The lower of the two middle scores: a score somebody gave."""
    return sorted(scores)[(len(scores) - 1) // 2]


def cell(dimension: str, scores: Sequence[int], rule: Rule) -> PanelCell:
    """One dimension's cell."""
    straddles = any(s < rule.bar for s in scores) and any(s >= rule.bar for s in scores)
    return PanelCell(
        dimension=dimension,
        scores=tuple(sorted(scores)),
        state=dimension_state(scores, rule.bar, rule.min_raters),
        low_median=low_median(scores) if scores else None,
        high=max(scores) if straddles else None,
        wide=bool(scores) and max(scores) - min(scores) >= rule.wide_from,
        straddles=straddles,
    )


def pooled_variance(cells: Iterable[Sequence[int]]) -> Fraction:
    """Within-cell variance over cells with two or more scores, shrunk to 0.49 with 10 degrees of freedom."""
    return variance_of_sums((len(scores), sum(scores), sum(s * s for s in scores)) for scores in cells)


def variance_of_sums(cells: Iterable[tuple[int, int, int]]) -> Fraction:
    """The same of cells given as how many scores, their sum and the sum of their squares."""
    squares, degrees, totals = 0, 0, Counter[int]()
    for n, total, of_squares in cells:
        if n >= 2:
            squares += of_squares
            totals[n] += total**2
            degrees += n - 1
    spread = squares - sum((Fraction(of_n, n) for n, of_n in totals.items()), Fraction(0))
    return (spread + PRIOR_DEGREES * PRIOR_VARIANCE) / (degrees + PRIOR_DEGREES)


def composite(cells: Sequence[PanelCell]) -> Fraction | None:
    """The mean over scored dimensions of the dimension's mean."""
    means = [c.mean for c in cells if c.mean is not None]
    return sum(means, Fraction(0)) / len(means) if means else None


def band(cells: Sequence[PanelCell], variance: Fraction) -> float | None:
    """1.96 SEM of the composite, where SEM = pooled SD x sqrt(sum 1/n_d) / D."""
    counts = [len(c.scores) for c in cells if c.scores]
    if not counts:
        return None
    return BAND * math.sqrt(variance * sum(Fraction(1, n) for n in counts)) / len(counts)


def zone(cells: Sequence[PanelCell], rule: Rule, open_red_flags: int = 0) -> Zone:
    """What the rule supports. A must-have is not met by the words' own rule even with one score."""
    mean = composite(cells)
    if mean is None:
        return Zone.MIXED
    must = [c for c in cells if c.dimension in rule.must_have]
    failed = sum(bool(c.scores) and _fails(c, rule.bar) for c in must)
    if mean < rule.mixed_from or failed >= 2:
        return Zone.SUPPORTS_NO_HIRE
    supported = (
        mean >= rule.hire_from
        and failed == 0
        and all(c.scores for c in must)
        and sum(not c.scores for c in cells) <= rule.without_score_allowed
        and open_red_flags == 0
    )
    return Zone.SUPPORTS_HIRE if supported else Zone.MIXED


def _fails(one: PanelCell, bar: int) -> bool:
    return _word(sum(s >= bar for s in one.scores), len(one.scores)) is State.NOT_MET


def judge_panel(
    given: Sequence[PanelScore],
    rule: Rule,
    variance: Fraction = PRIOR_VARIANCE,
    open_red_flags: Mapping[str, Collection[str]] = _NO_FLAGS,
) -> Panel:
    """Everything the rule says about one candidate's scores; the order of `given` never matters.

    `variance` is the workspace's pooled variance; `open_red_flags` gives by signal the raters who observed it.
    Scores on dimensions outside the rule are left out.
    """
    cells = _cells(given, rule)
    whole = zone(cells, rule, len(open_red_flags))
    carried = {}
    for rater in sorted({g.rater for g in given}.union(*open_red_flags.values())):
        flags = sum(any(who != rater for who in seen) for seen in open_red_flags.values())
        without = zone(_cells([g for g in given if g.rater != rater], rule), rule, flags)
        if without is not whole:
            carried[rater] = without
    return Panel(
        cells=cells,
        composite=composite(cells),
        band=band(cells, variance),
        zone=whole,
        thin=tuple(c.dimension for c in cells if c.state is State.THIN),
        unscored=tuple(c.dimension for c in cells if c.state is State.EMPTY),
        open_red_flags=len(open_red_flags),
        carried_by=carried,
    )


def told_apart(one: Panel, other: Panel) -> bool | None:
    """Whether two candidates' composites lie outside each other's bands; None where either has none.

    Inside each other's band they cannot be told apart, and are never ranked.
    """
    if one.composite is None or other.composite is None or one.band is None or other.band is None:
        return None
    distance = abs(float(one.composite - other.composite))
    return distance > one.band or distance > other.band


def _cells(given: Sequence[PanelScore], rule: Rule) -> tuple[PanelCell, ...]:
    return tuple(cell(d, [g.score for g in given if g.dimension == d], rule) for d in rule.dimensions)
