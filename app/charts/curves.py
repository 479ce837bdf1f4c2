"""Curves and intervals: how many seats are filled by which day, and one figure with its doubt beside its marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.charts.style import Frame, chart_note, figure, label, lay_out, ticks
from app.domain.durations import TARGET_DAYS, TimeToFill
from app.words import tr

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_CURVE_HIGH, _INTERVAL_HIGH = 240, 92


@dataclass(frozen=True)
class CurveMark:
    """A line that a figure is read against, with its words."""

    at: float
    words: str


@dataclass(frozen=True)
class CurveSpan:
    """A figure with its interval on a scale; `names` are the scale's places with their words."""

    value: float
    low: float | None
    high: float | None
    words: str
    ends: tuple[float, float]
    names: Sequence[tuple[float, str]]
    marks: Sequence[CurveMark] = ()


def interval(frame: Frame, span: CurveSpan) -> Figure:
    """A dot with its whiskers over a scale, and the marks as dashed lines with their words."""
    made, (axes,) = figure(frame, frame.look.px(_INTERVAL_HIGH))
    look = frame.look
    lay_out(made, frame, 24, right=24, bottom=22, top=30)
    axes.set_xlim(*span.ends)
    axes.set_ylim(-1, 1)
    axes.grid(visible=False)
    axes.axhline(0, color=look.colour("line"), linewidth=look.px(1), zorder=1)
    for mark in span.marks:
        axes.axvline(mark.at, color=look.colour("ink_soft"), linewidth=look.px(1), linestyle=(0, (4, 3)), zorder=1)
        label(axes, mark.at, 1.08, mark.words, look, ha="center", va="bottom", color=look.colour("ink_soft"))
    if span.low is not None and span.high is not None:
        axes.plot(
            [span.low, span.high],
            [0, 0],
            color=look.colour("accent"),
            linewidth=look.px(3),
            solid_capstyle="butt",
            zorder=2,
            clip_on=False,
        )
        for end in (span.low, span.high):
            axes.plot([end, end], [-0.28, 0.28], color=look.colour("accent"), linewidth=look.px(1.5), zorder=2)
    axes.plot(
        [span.value],
        [0],
        marker="o",
        markersize=look.px(11),
        color=look.colour("accent"),
        markeredgecolor=look.colour("panel"),
        markeredgewidth=look.px(2),
        zorder=3,
        clip_on=False,
    )
    side = "left" if span.value < span.ends[0] + 0.06 * (span.ends[1] - span.ends[0]) else "center"
    side = "right" if span.value > span.ends[1] - 0.06 * (span.ends[1] - span.ends[0]) else side
    label(
        axes,
        span.value,
        0.36,
        span.words,
        look,
        ha=side,
        va="bottom",
        fontsize=look.size("body"),
        weight=600,
        bbox={"facecolor": look.colour("panel"), "edgecolor": "none", "pad": 1.5},
        zorder=4,
    )
    axes.set_yticks([])
    ticks(axes, "x", [at for at, _ in span.names], [name for _, name in span.names])
    return made


def filled_by_day(axes: Axes, figure_of: TimeToFill, frame: Frame) -> None:
    """The share filled against days since approval, as steps, with its interval behind it."""
    look, steps = frame.look, figure_of.steps
    last = max(figure_of.longest, TARGET_DAYS[1]) * 1.04
    days = [0, *(s.day for s in steps), min(figure_of.longest, last)]
    shares = [0.0, *(float(s.share) for s in steps), float(steps[-1].share) if steps else 0.0]
    axes.set_xlim(0, last)
    axes.set_ylim(0, 1.02)
    axes.axvspan(*TARGET_DAYS, color=look.colour("sunken"), zorder=0)
    lows = [0.0, *(s.low if s.low is not None else float(s.share) for s in steps)]
    highs = [0.0, *(s.high if s.high is not None else float(s.share) for s in steps)]
    axes.fill_between(
        days, [*lows, lows[-1]], [*highs, highs[-1]], step="post", color=look.colour("accent"), alpha=0.18, linewidth=0
    )
    axes.step(days, shares, where="post", color=look.colour("accent"), linewidth=look.px(2))
    ticks(axes, "y", [0, 0.5, 0.75, 1], ["0 %", "50 %", "75 %", "100 %"])
    marks = [d for d in (0, *TARGET_DAYS, 180, 240, 365) if d <= last]
    ticks(axes, "x", marks, [tr("{n} days").format(n=d) if d == marks[-1] else str(d) for d in marks])
    chart_note(axes, tr("share filled by day, with its 95 % interval"), look)
