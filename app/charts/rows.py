"""Rows of bars: a name, what it has in parts, and words at the end. Parts differ by filling, not by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.charts.style import Frame, chart_note, figure, label, lay_out, plain_label, ticks

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ROWS = 24
"""More are in the table alone."""
_LINE = 26  # px a row
_BAR = 0.56  # of a row
_LETTER = 5.7  # px: a letter of a caption, about
_LONGEST = 34  # letters of a name
_HATCH = "////"


class Filling(StrEnum):
    """How a part of a bar is drawn: filled, hatched, or as an outline."""

    FULL = "full"
    HATCHED = "hatched"
    OUTLINE = "outline"


@dataclass(frozen=True)
class ChartRow:
    """A row: its parts from left to right, and the words behind them. `mark` is a line across it at a value."""

    name: str
    parts: Sequence[tuple[float, Filling]]
    words: str
    mark: float | None = None


@dataclass(frozen=True)
class SpanRow:
    """A row of which two values are shown, the first as a dot, the second as the end of a line; None where it is not
    known yet, which is drawn as a line to `open` that does not end."""

    name: str
    first: float | None
    second: float | None
    open: float
    words: str


def bar_rows(frame: Frame, rows: Sequence[ChartRow], note: str, most: float | None = None) -> Figure:
    """Bars beside each other's names; `most` is the whole length of the axis where it is not the longest bar's."""
    shown = rows[:MOST_ROWS]
    longest = most or max((sum(n for n, _ in r.parts) for r in shown), default=0) or 1
    made, axes = _rows(frame, [r.name for r in shown], [r.words for r in shown], longest, note)
    look = frame.look
    for place, entry in enumerate(shown):
        left = 0.0
        for value, filling in entry.parts:
            if value:
                axes.barh(
                    [place],
                    [value],
                    _BAR,
                    left=[left],
                    color=look.colour("accent" if filling is Filling.FULL else "panel"),
                    edgecolor=look.colour("line_strong" if filling is Filling.OUTLINE else "accent"),
                    hatch=_HATCH if filling is Filling.HATCHED else None,
                    linewidth=look.px(1.2),
                    zorder=2,
                )
            left += value
        if entry.mark is not None:
            axes.plot(
                [entry.mark, entry.mark],
                [place - 0.44, place + 0.44],
                color=look.colour("ink"),
                linewidth=look.px(1.5),
                linestyle=(0, (2, 1.5)),
                zorder=3,
            )
        _words(axes, frame, left, place, entry.words, longest)
    axes.set_xticks([])
    return made


def span_rows(frame: Frame, rows: Sequence[SpanRow], note: str, unit: str) -> Figure:
    """A dot and a line for each name over one axis; `unit` says what its last place counts."""
    shown = rows[:MOST_ROWS]
    longest = max((max(r.second or 0, r.first or 0, r.open if r.second is None else 0) for r in shown), default=0) or 1
    made, axes = _rows(frame, [r.name for r in shown], [r.words for r in shown], longest, note, foot=26)
    look = frame.look
    for place, entry in enumerate(shown):
        end = entry.open if entry.second is None else entry.second
        if entry.first is not None or entry.second is not None:
            axes.plot(
                [entry.first or 0, end],
                [place, place],
                color=look.colour("accent"),
                linewidth=look.px(3),
                linestyle="-" if entry.second is not None else (0, (1.5, 1)),
                solid_capstyle="butt",
                zorder=2,
            )
        if entry.second is not None:
            axes.plot([end, end], [place - 0.2, place + 0.2], color=look.colour("accent"), linewidth=look.px(2))
        if entry.first is not None:
            axes.plot(
                [entry.first],
                [place],
                marker="o",
                markersize=look.px(10),
                color=look.colour("accent"),
                markeredgecolor=look.colour("panel"),
                markeredgewidth=look.px(1.5),
                zorder=3,
            )
        reached = max(end if entry.first is not None or entry.second is not None else 0, entry.first or 0)
        beside = longest * (0.02 if entry.first is not None else 0)
        _words(axes, frame, reached + beside, place, entry.words, longest)
    step = _step(longest)
    places = [at * step for at in range(int(longest / step) + 1)]
    ticks(axes, "x", places, [f"{at} {unit}" if at == places[-1] else str(at) for at in places])
    return made


def _rows(
    frame: Frame, names: Sequence[str], words: Sequence[str], longest: float, note: str, foot: int = 8
) -> tuple[Figure, Axes]:
    """The figure with room for names at the left and for words behind the longest bar."""
    look = frame.look
    made, (axes,) = figure(frame, look.px(_LINE * max(len(names), 1) + 26 + foot))
    room = frame.width / look.text
    left = min(max((len(plain_label(n, _LONGEST)) for n in names), default=0) * _LETTER + 14, room * 0.38)
    behind = max((len(w) for w in words), default=0) * _LETTER + 18
    lay_out(made, frame, left, right=6, top=26, bottom=foot)
    bar = max(room - left - 6 - behind, room * 0.2)
    axes.set_xlim(0, longest * (room - left - 6) / bar)
    axes.set_ylim(max(len(names), 1) - 0.5, -0.5)
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    cut = max(8, int((left - 10) / _LETTER))
    ticks(axes, "y", range(len(names)), [plain_label(n, min(cut, _LONGEST)) for n in names])
    axes.axvline(0, color=look.colour("line_strong"), linewidth=look.px(1), zorder=1)
    chart_note(axes, note, look)
    return made, axes


def _words(axes: Axes, frame: Frame, end: float, place: int, words: str, longest: float) -> None:
    gap = longest * 0.012
    label(axes, end + gap, place, words, frame.look, ha="left", va="center", zorder=4)


def _step(longest: float) -> int:
    """A round step that gives up to six places."""
    return next((n for n in (1, 2, 5, 7, 14, 30, 60, 90, 180, 365) if longest / n <= 6), 365)
