"""Paired runs: ours and the bare one in turn, so that a busy moment of the machine hits both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Run = Callable[[], float]
"""One run, giving its milliseconds."""


@dataclass(frozen=True)
class Ratio:
    """Milliseconds of each run, in pairs."""

    name: str
    against: str
    ours: tuple[float, ...]
    bare: tuple[float, ...]

    def row(self) -> str:
        """A line of the table: least and median of both, the ratio of the least, the median of the pairs' ratios."""
        pairs = median(a / b for a, b in zip(self.ours, self.bare, strict=True))
        cells = (
            self.name,
            self.against,
            str(len(self.ours)),
            f"{min(self.ours):.2f} / {median(self.ours):.2f}",
            f"{min(self.bare):.2f} / {median(self.bare):.2f}",
            f"{min(self.ours) / min(self.bare):.2f}",
            f"{pairs:.2f}",
        )
        return f"| {' | '.join(cells)} |"


HEAD = (
    "| what | against | pairs | ours, ms (least / median) | bare, ms (least / median) | of the least | of the pairs |\n"
    "|---|---|---|---|---|---|---|"
)


def measure(name: str, against: str, ours: Run, bare: Run, pairs: int) -> Ratio:
    """Run both in turn after one run each that does not count."""
    ours()
    bare()
    taken = [(ours(), bare()) if n % 2 else tuple(reversed((bare(), ours()))) for n in range(pairs)]
    return Ratio(name, against, tuple(a for a, _ in taken), tuple(b for _, b in taken))
