"""Rows of bars: a name, what it has in parts, and words at the end. Parts differ by filling, not by colour alone."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.charts.style import (
    POINTS_AN_INCH,
    ChartLook,
    Frame,
    chart_words,
    figure,
    label,
    lay_out,
    plain_label,
    ticks,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ROWS = 24
"""More are in the table alone."""
_LINE = 26  # px a row
_BAR = 0.56  # of a row
_LETTER = 5.7  # px: a letter of a caption, about
_BROAD = 6.4  # px: one of a name that is cut
_LONGEST = 34  # letters of a name
_GAP = 9  # px between a bar and its words
_NOTE = 15  # px a line of the note
_HATCHES = {"hatched": "////", "dotted": "...."}


class Filling(StrEnum):
    """How a part of a bar is drawn: filled, hatched, dotted, or as an outline."""

    FULL = "full"
    HATCHED = "hatched"
    DOTTED = "dotted"
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


def bar_rows(frame: Frame, rows: Sequence[ChartRow], note: str) -> Figure:
    """Bars beside each other's names."""
    shown = rows[:MOST_ROWS]
    longest = max((sum(n for n, _ in r.parts) for r in shown), default=0) or 1
    sheet = _sheet(frame, [(r.name, r.words) for r in shown], longest, note)
    axes, look = sheet.axes, frame.look
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
                    hatch=_HATCHES.get(filling),
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
        sheet.write(max(left, entry.mark or 0), place, entry.words)
    axes.set_xticks([])
    return sheet.made


def span_rows(frame: Frame, rows: Sequence[SpanRow], note: str, unit: str) -> Figure:
    """A dot and a line for each name over one axis; `unit` says what its last place counts."""
    shown = rows[:MOST_ROWS]
    longest = max((max(r.second or 0, r.first or 0, r.open if r.second is None else 0) for r in shown), default=0) or 1
    sheet = _sheet(frame, [(r.name, r.words) for r in shown], longest, note, foot=26)
    axes, look = sheet.axes, frame.look
    for place, entry in enumerate(shown):
        if entry.first is None:
            sheet.write(0, place, entry.words)
            continue
        end = entry.open if entry.second is None else entry.second
        axes.plot(
            [entry.first, end],
            [place, place],
            color=look.colour("accent"),
            linewidth=look.px(3),
            linestyle="-" if entry.second is not None else (0, (1.5, 1)),
            solid_capstyle="butt",
            zorder=2,
        )
        if entry.second is not None:
            axes.plot([end, end], [place - 0.3, place + 0.3], color=look.colour("accent"), linewidth=look.px(2))
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
        sheet.write(max(end, entry.first), place, entry.words)
    step = _step(longest)
    places = [at * step for at in range(int(longest / step) + 1)]
    ticks(axes, "x", places, [f"{at} {unit}" if at == places[-1] else str(at) for at in places])
    return sheet.made


@dataclass(frozen=True)
class _Sheet:
    """The figure, and what a px at ordinary text size is on its axis; `letters` have room behind the longest bar."""

    made: Figure
    axes: Axes
    look: ChartLook
    px: float
    letters: int

    def write(self, end: float, place: int, words: str) -> None:
        """Words behind a bar that ends there."""
        said = plain_label(words, self.letters)
        label(self.axes, end + _GAP * self.px, place, said, self.look, ha="left", va="center", zorder=4)


def _sheet(frame: Frame, rows: Sequence[tuple[str, str]], longest: float, note: str, foot: int = 6) -> _Sheet:
    """The figure with room for names at the left and for words behind the longest bar, under the note."""
    look, room = frame.look, frame.width / frame.look.text
    lines = textwrap.wrap(note, max(20, int(room / _LETTER)))
    top = 6 + _NOTE * len(lines)
    made, (axes,) = figure(frame, look.px(_LINE * max(len(rows), 1) + top + foot))
    left = min(max((len(plain_label(name, _LONGEST)) for name, _ in rows), default=0) * _BROAD + 14, room * 0.38)
    lay_out(made, frame, left, right=6, top=top, bottom=foot)
    across = room - left - 6
    behind = max((len(words) for _, words in rows), default=0) * _LETTER + 2 * _GAP
    bar = max(across - behind, across * 0.3)
    axes.set_xlim(0, longest * across / bar)
    axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    axes.grid(visible=False)
    axes.spines["bottom"].set_visible(False)
    cut = min(max(8, int((left - 10) / _BROAD)), _LONGEST)
    ticks(axes, "y", range(len(rows)), [plain_label(name, cut) for name, _ in rows])
    axes.axvline(0, color=look.colour("line_strong"), linewidth=look.px(1), zorder=1)
    high = made.get_size_inches()[1] * POINTS_AN_INCH - frame.head
    for number, line in enumerate(lines, start=1):
        chart_words(made, 0, high - look.px(_NOTE * number), line, look, tone="ink_soft", longest=200)
    return _Sheet(made, axes, look, longest / bar, max(6, round((across - bar - 2 * _GAP) / _LETTER)))


def _step(longest: float) -> int:
    """A round step that gives up to six places."""
    return next((n for n in (1, 2, 5, 7, 14, 30, 60, 90, 180, 365) if longest / n <= 6), 365)
