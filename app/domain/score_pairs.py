"""How scores of the same thing stand to one another: one rater's to the others', and a later one to an earlier one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.agreement import RaterScore

NEEDED = 8
"""Under so many cells or pairs they are too few to say anything of."""


@dataclass(frozen=True)
class Standing:
    """In how many cells that others scored too somebody lies above, at or below the mean of those others."""

    above: int = 0
    same: int = 0
    below: int = 0

    @property
    def cells(self) -> int:
        """All of them."""
        return self.above + self.same + self.below


@dataclass(frozen=True)
class Moves:
    """How many pairs have the same score twice, one more, one less, or lie two or more apart."""

    same: int = 0
    up: int = 0
    down: int = 0
    further: int = 0

    @property
    def pairs(self) -> int:
        """All of them."""
        return self.same + self.up + self.down + self.further

    def __add__(self, other: Moves) -> Moves:
        return Moves(self.same + other.same, self.up + other.up, self.down + other.down, self.further + other.further)


def standing_of(scored: Iterable[RaterScore], rater: int) -> Standing:
    """One rater's, who has at most one score in a cell."""
    cells: dict[tuple[int, str], dict[int, int]] = {}
    for s in scored:
        cells.setdefault((s.application, s.dimension), {})[s.rater] = s.score
    apart = []
    for cell in cells.values():
        others = [score for who, score in cell.items() if who != rater]
        if rater in cell and others:
            apart.append(cell[rater] * len(others) - sum(others))
    return Standing(sum(a > 0 for a in apart), sum(a == 0 for a in apart), sum(a < 0 for a in apart))


def moves_of(pairs: Iterable[tuple[int, int]]) -> Moves:
    """Of pairs of an earlier and a later score."""
    steps = [later - earlier for earlier, later in pairs]
    return Moves(steps.count(0), steps.count(1), steps.count(-1), sum(abs(step) > 1 for step in steps))
