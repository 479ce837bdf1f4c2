"""How far applications come: of those that were ever in a stage, how many went on, with bounds while some are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Self


@dataclass(frozen=True)
class StageFlow:
    """Applications that were ever in a stage, each once; those that went on were in a later one, or were hired.

    The others are still open, withdrew, or were turned down.
    """

    entered: int = 0
    went_on: int = 0
    open: int = 0
    withdrew: int = 0

    @property
    def turned_down(self) -> int:
        """Those that were turned down here."""
        return self.entered - self.went_on - self.open - self.withdrew

    @property
    def low(self) -> Fraction | None:
        """The share that has gone on; at least so many will have once all are decided. None where nobody entered."""
        return Fraction(self.went_on, self.entered) if self.entered else None

    @property
    def high(self) -> Fraction | None:
        """The share that will have gone on at most: if all who are open do."""
        return Fraction(self.went_on + self.open, self.entered) if self.entered else None

    def __add__(self, other: Self) -> StageFlow:
        """Both together."""
        return StageFlow(
            self.entered + other.entered,
            self.went_on + other.went_on,
            self.open + other.open,
            self.withdrew + other.withdrew,
        )


def quarter_of(day: date) -> date:
    """The first day of its quarter: cohorts of entry are as long."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)
