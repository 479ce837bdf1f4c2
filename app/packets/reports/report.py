"""One report as everybody hands it out: its finding in words, its definition, its table, and how to draw it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.charts.style import ChartLook, Frame, png
from app.domain.csv_table import write_table
from app.words import tr

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MARGIN = 36  # px
PAGE_WIDTH = 760  # px; a picture that leaves the program


@dataclass(frozen=True)
class Report:
    """`finding` is the one sentence to take away; `draw` is None where there is nothing to draw yet.

    `note` is what must be read with it, such as what it is not for; `of` is the filter in words, `left_out` what it
    can't show to who asked. `as_of` is the day it was worked out, `paper` what it is printed on.
    """

    name: str
    title: str
    finding: str
    unit: str
    n: str
    definition: tuple[str, ...]
    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    draw: Callable[[Frame], Figure] | None = None
    note: str = ""
    of: str = ""
    left_out: str = ""
    as_of: date = date.min
    paper: str = "A4"

    def figure(self, look: ChartLook, width: int, *, titled: bool = False) -> Figure | None:
        """The chart, `width` px wide, or None."""
        if self.draw is None:
            return None
        title, of, found = (self.title, self.of, self.finding) if titled else ("", "", "")
        return self.draw(Frame(self.unit, self.n, title, width, look, found, of))

    def as_png(self) -> bytes | None:
        """The chart as a light picture with its title and what it found, two pixels a px."""
        made = self.figure(ChartLook(), PAGE_WIDTH, titled=True)
        return None if made is None else png(made, margin=_MARGIN)

    def as_table(self) -> bytes:
        """The table as CSV. The filter stands behind every row, so that tables of two of them can be put together."""
        rows = [(*row, self.of) for row in self.rows] or [(*[""] * len(self.headings), self.of)]
        return write_table((*self.headings, tr("Filter")), rows)

    @property
    def words(self) -> str:
        """The chart for who does not see it."""
        return f"{self.title}. {self.finding} {self.unit}, {self.n}."
