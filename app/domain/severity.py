"""One rater's severity: how far their scores lie from those of others on the same candidates and dimensions.

score = cell + rater + error. The cell (one dimension of one candidate) is whatever it is, the rater is random, and what
is left is error. For coaching only: it never touches a score. Nobody who shares no cell with a rater says anything of
them, so every group of people who scored with one another stands for itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.agreement import RaterScore

RATER_VARIANCE = 0.09
ERROR_VARIANCE = 0.49
PRIOR_UNTIL = 30  # residual degrees of freedom
SCORES_NEEDED = 15
LEAST_RATER_VARIANCE = 0.01  # an estimate may come out at nothing; raters are never all the same
_BAND = 1.96


@dataclass(frozen=True)
class Severity:
    """A rater's place in points against those they scored with: below 0 is stricter, above it milder.

    `low` and `high` bound it at 95 %. All three are None under `SCORES_NEEDED` informative scores: scores in a cell
    that somebody else scored too. `peers` counts the others of their group.
    """

    rater: int
    scores: int
    peers: int
    points: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Severities:
    """Everybody with an informative score, by their key. `estimated` says that the variances are not the priors."""

    raters: tuple[Severity, ...]
    rater_variance: float
    error_variance: float
    residual_degrees: int
    estimated: bool

    def of(self, rater: int) -> Severity:
        """One rater's; with nothing to say where they share no cell."""
        return next((r for r in self.raters if r.rater == rater), Severity(rater, 0, 0))


Cell = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Group:
    """People who scored with one another: cells absorbed, what is left are the equations of the raters."""

    raters: tuple[int, ...]
    cells: tuple[Cell, ...]
    matrix: tuple[tuple[float, ...], ...]
    right: tuple[float, ...]

    @property
    def degrees(self) -> int:
        """Residual degrees of freedom: scores less cells less the raters' differences."""
        return sum(len(cell) - 1 for cell in self.cells) - (len(self.raters) - 1)


def severities(
    scored: Iterable[RaterScore], variances: tuple[float, float] | None = None, least: int = SCORES_NEEDED
) -> Severities:
    """Best linear unbiased predictions of every rater, shrunken towards 0 (Henderson's mixed model equations).

    Under `least` informative scores nothing is said of a rater. Where `variances` (rater, error) are not given, the
    priors hold until there are 30 residual degrees of freedom. The order of scores never matters.
    """
    groups = [_equations(cells) for cells in _connected(_cells(scored))]
    degrees = sum(g.degrees for g in groups)
    estimated = variances is None and degrees >= PRIOR_UNTIL
    if variances is None:
        variances = _estimate(groups, degrees) if estimated else (RATER_VARIANCE, ERROR_VARIANCE)
    found = [s for group in groups for s in _predict(group, *variances, least)]
    return Severities(tuple(sorted(found, key=lambda s: s.rater)), *variances, degrees, estimated)


def _cells(scored: Iterable[RaterScore]) -> list[Cell]:
    """Cells with two or more raters, each as (rater, score) in the order of the raters."""
    found: dict[tuple[int, str], dict[int, list[int]]] = {}
    for s in scored:
        found.setdefault((s.application, s.dimension), {}).setdefault(s.rater, []).append(s.score)
    cells = (tuple((r, score) for r in sorted(held) for score in sorted(held[r])) for _, held in sorted(found.items()))
    return [cell for cell in cells if len({r for r, _ in cell}) >= 2]


def _connected(cells: Sequence[Cell]) -> list[list[Cell]]:
    """The cells by groups of people who scored with one another, directly or through others."""
    leader: dict[int, int] = {}

    def find(rater: int) -> int:
        leader.setdefault(rater, rater)
        while leader[rater] != rater:
            leader[rater] = leader[leader[rater]]
            rater = leader[rater]
        return rater

    for cell in cells:
        first = find(cell[0][0])
        for rater, _ in cell[1:]:
            low, high = sorted((first, find(rater)))
            leader[high] = first = low
    groups: dict[int, list[Cell]] = {}
    for cell in cells:
        groups.setdefault(find(cell[0][0]), []).append(cell)
    return [groups[key] for key in sorted(groups)]


def _equations(cells: Sequence[Cell]) -> _Group:
    """The normal equations of the raters with the cells absorbed: within each cell, scores less their mean."""
    raters = tuple(sorted({r for cell in cells for r, _ in cell}))
    place = {r: i for i, r in enumerate(raters)}
    size = len(raters)
    matrix = [[0.0] * size for _ in raters]
    right = [0.0] * size
    for cell in cells:
        n, mean = len(cell), sum(score for _, score in cell) / len(cell)
        for rater, score in cell:
            right[place[rater]] += score - mean
            matrix[place[rater]][place[rater]] += 1.0
            for other, _ in cell:
                matrix[place[rater]][place[other]] -= 1.0 / n
    return _Group(raters, tuple(cells), tuple(tuple(row) for row in matrix), tuple(right))


def _predict(group: _Group, rater_variance: float, error_variance: float, least: int) -> list[Severity]:
    """The group's predictions. Their interval holds the doubt about the whole group, which nobody can take away."""
    ratio = error_variance / rater_variance
    size = len(group.raters)
    inverse = _inverse([[v + (ratio if i == j else 0.0) for j, v in enumerate(r)] for i, r in enumerate(group.matrix)])
    found = []
    for place, rater in enumerate(group.raters):
        scores = sum(r == rater for cell in group.cells for r, _ in cell)
        if scores < least:
            found.append(Severity(rater, scores, size - 1))
            continue
        points = sum(inverse[place][k] * group.right[k] for k in range(size))
        half = _BAND * math.sqrt(error_variance * inverse[place][place])
        found.append(Severity(rater, scores, size - 1, points, points - half, points + half))
    return found


def _estimate(groups: Sequence[_Group], degrees: int) -> tuple[float, float]:
    """Both variances from the fit with raters as fixed (Henderson's third method); the rater's is held from below."""
    total = fitted = trace = 0.0
    rank = 0
    for group in groups:
        size = len(group.raters)
        # The equations know differences alone: one more row that holds the sum at 0 makes them regular.
        fixed = _inverse([[v + 1.0 for v in row] for row in group.matrix])
        solution = [sum(fixed[i][k] * group.right[k] for k in range(size)) for i in range(size)]
        fitted += sum(s * r for s, r in zip(solution, group.right, strict=True))
        total += sum(_squares(cell) for cell in group.cells)
        trace += sum(group.matrix[i][i] for i in range(size))
        rank += size - 1
    error = max((total - fitted) / degrees, 1e-6)
    return max((fitted - error * rank) / trace, LEAST_RATER_VARIANCE), error


def _squares(cell: Cell) -> float:
    mean = sum(score for _, score in cell) / len(cell)
    return sum((score - mean) ** 2 for _, score in cell)


def _inverse(matrix: Sequence[Sequence[float]]) -> list[list[float]]:
    """The inverse of a small regular matrix (one row a rater), by elimination with the largest pivot."""
    size = len(matrix)
    rows = [[*row, *(1.0 if i == j else 0.0 for j in range(size))] for i, row in enumerate(matrix)]
    for column in range(size):
        best = max(range(column, size), key=lambda r: abs(rows[r][column]))
        rows[column], rows[best] = rows[best], rows[column]
        pivot = rows[column][column]
        rows[column] = [v / pivot for v in rows[column]]
        for other in range(size):
            factor = rows[other][column]
            if other != column and factor:
                rows[other] = [v - factor * p for v, p in zip(rows[other], rows[column], strict=True)]
    return [row[size:] for row in rows]
