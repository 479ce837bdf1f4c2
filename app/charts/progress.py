"""Progress over time: each dimension's cell at every occasion it was scored, against that occasion's own bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.charts.style import Frame, figure, label, lay_out, plain_label, ticks
from app.words import month

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LINE = 24  # px a dimension
_CELL = (14.0, 18.0)  # px, as in the strip
_NAMES = 136  # px
_MOST = 8  # occasions; the newest ones where there are more


@dataclass(frozen=True)
class ProgressScore:
    """A cell at one occasion: the score shown, its bar, and the highest where scores lie on both sides of it."""

    score: int
    bar: int
    high: int | None = None


@dataclass(frozen=True)
class ProgressPoint:
    """When scores were given, against which level, and the cells by place in the strip; None where there was none."""

    on: date
    level: str
    cells: tuple[ProgressScore | None, ...]


def over_time(frame: Frame, names: Sequence[str], occasions: Sequence[ProgressPoint]) -> Figure:
    """A row a dimension, a column an occasion, oldest at the left; a number stands in each cell."""
    shown = list(occasions)[-_MOST:]
    made, (axes,) = figure(frame, frame.look.px(_LINE * len(names) + 40))
    lay_out(made, frame, _NAMES, top=4, bottom=36)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(-0.5, max(len(shown), 3) - 0.5)
    for row in range(len(names)):
        axes.axhline(row, color=frame.look.colour("line"), linewidth=frame.look.px(1), zorder=0)
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    for column, occasion in enumerate(shown):
        for row, cell in enumerate(occasion.cells):
            if cell is not None:
                _cell(axes, frame, column, row, cell)
    ticks(axes, "y", range(len(names)), names)
    # Two lines under a column: matplotlib's own line break, in text that is plain on either side of it.
    axes.xaxis.set_ticks(
        range(len(shown)), labels=[f"{month(o.on)}\n{plain_label(o.level, 12)}" for o in shown], parse_math=False
    )
    return made


def _cell(axes: Axes, frame: Frame, x: float, y: float, cell: ProgressScore) -> None:
    from matplotlib.patches import FancyBboxPatch, Polygon  # noqa: PLC0415  (most of a second, where first used)

    look = frame.look
    to_data = axes.transData.inverted().transform
    across, up = (float(v) for v in axes.transData.transform((x, y)))
    wide, high = (look.px(side) / 2 for side in _CELL)

    def at(right: float, over: float) -> tuple[float, float]:
        """A place so many px from the cell's middle, in the axes' own units."""
        found = to_data((across + right, up + over))
        return float(found[0]), float(found[1])

    (left, top), (right, bottom) = at(-wide, high), at(wide, -high)
    ground, ink = look.score_colours(min(4, max(1, cell.score - cell.bar + 3)))
    box = FancyBboxPatch(
        (left, top), right - left, bottom - top, boxstyle="square,pad=0", facecolor=ground, edgecolor="none", zorder=2
    )
    axes.add_patch(box)
    if cell.high is not None and cell.high != cell.score:
        corner = look.px(7)
        other, _ = look.score_colours(min(4, max(1, cell.high - cell.bar + 3)))
        corner_shape = Polygon(
            [at(wide - corner, high), (right, top), at(wide, high - corner)],
            closed=True,
            facecolor=other,
            edgecolor=look.colour("panel"),
            linewidth=1,
            zorder=3,
        )
        axes.add_patch(corner_shape)
    label(axes, x, y, str(cell.score), look, ha="center", va="center_baseline", color=ink, weight=600, zorder=4)
