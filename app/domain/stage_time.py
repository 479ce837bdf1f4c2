"""How long applications are in a stage, and how they leave it: going on, being turned down and withdrawing compete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from app.domain.durations import incidence, reached

SPELLS_NEEDED = 8
"""With fewer finished spells no curve is worth its line: the same number from which somebody may be called stuck."""


class Leaving(IntEnum):
    """How a spell in a stage ended. `STAYING` ones have not, `ELSEWHERE` ones are followed no further: moved to another
    opening, or the same person twice. Neither counts as an end."""

    STAYING = 0
    ON = 1
    DOWN = 2
    WITHDREW = 3
    BACK = 4
    ELSEWHERE = 5


ENDS = (Leaving.ON, Leaving.DOWN, Leaving.WITHDREW, Leaving.BACK)
Spells = Mapping[tuple[int, Leaving], int]
"""By days and how it ended, how many."""


@dataclass(frozen=True)
class StageTime:
    """One stage. `half` and `most` are the days within which half and three quarters had left it, in whichever way;
    None where that is not reached. `shares` say how, by the last day on which somebody left (Aalen-Johansen)."""

    spells: int
    ended: int
    half: int | None
    most: int | None
    shares: Mapping[Leaving, Fraction]

    @property
    def enough(self) -> bool:
        """Whether enough spells have ended to say anything."""
        return self.ended >= SPELLS_NEEDED


def stage_time(spells: Spells) -> StageTime:
    """The figure of one stage; spells that are not over are censored."""
    days = [at for (at, _), n in spells.items() for _ in range(n)]
    hows = [how if how in ENDS else 0 for (_, how), n in spells.items() for _ in range(n)]
    left = incidence(days, [1 if how else 0 for how in hows])
    shares = {}
    for way in ENDS:
        steps = incidence(days, hows, way) if way in hows else ()
        shares[way] = steps[-1].share if steps else Fraction(0)
    counts = Counter[int](hows)
    return StageTime(
        spells=len(days),
        ended=len(days) - counts[0],
        half=reached(left, Fraction(1, 2)),
        most=reached(left, Fraction(3, 4)),
        shares=shares,
    )
