"""Bars: seats with the days they took, and counts of a few kinds. What is still open is hatched and says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.charts.curves import filled_by_day
from app.charts.style import Frame, chart_note, figure, label, lay_out, plain_label, ticks
from app.domain.durations import TARGET_DAYS, End, SeatWait, TimeToFill
from app.words import month, tr

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HIGH = 250
_MOST_MONTHS = 18
_NARROW = 620  # px at ordinary text size: below it, one panel is enough
_HATCH = "////"


def time_to_fill_chart(frame: Frame, seats: Sequence[SeatWait], figure_of: TimeToFill) -> Figure:
    """By month with the curve beside it; with fewer than five fills one bar a seat. The band is 60 to 120 days."""
    if not figure_of.enough:
        return _each_seat(frame, seats)
    two = frame.width >= frame.look.px(_NARROW)
    made, axes = figure(frame, frame.look.px(_HIGH), (3, 2) if two else (1,))
    lay_out(made, frame, 44, top=26, bottom=26, gap=0.22)
    _by_month(axes[0], frame, seats)
    if two:
        filled_by_day(axes[1], figure_of, frame)
    return made


def counts(frame: Frame, kinds: Sequence[tuple[str, int, bool]], high: float = 138) -> Figure:
    """One bar a kind with its number on it; the third of each says whether it is hatched."""
    made, (axes,) = figure(frame, frame.look.px(high))
    look = frame.look
    lay_out(made, frame, 12, top=22, bottom=26)
    axes.grid(visible=False)
    tallest = max((n for _, n, _ in kinds), default=0) or 1
    axes.set_ylim(0, tallest * 1.05)
    axes.set_xlim(-0.6, max(len(kinds), 4) - 0.4)
    for place, (_, n, hatched) in enumerate(kinds):
        if n:
            _bar(axes, frame, place, n, hatched=hatched, width=0.44)
        label(axes, place, n + tallest * 0.03, str(n), look, ha="center", va="bottom", weight=600)
    ticks(axes, "x", range(len(kinds)), [name for name, _, _ in kinds])
    axes.set_yticks([])
    return made


def _bar(axes: Axes, frame: Frame, place: float, height: float, *, hatched: bool, width: float = 0.56) -> None:
    look = frame.look
    axes.bar(
        [place],
        [height],
        width,
        color=look.colour("panel" if hatched else "accent"),
        edgecolor=look.colour("accent"),
        hatch=_HATCH if hatched else None,
        linewidth=look.px(1.2),
        zorder=2,
    )


def _each_seat(frame: Frame, seats: Sequence[SeatWait]) -> Figure:
    """One bar a seat, those that are filled first, each with its days."""
    made, (axes,) = figure(frame, frame.look.px(_HIGH))
    look = frame.look
    lay_out(made, frame, 44, top=22, bottom=42)
    shown = sorted(seats, key=lambda s: (s.end is not End.FILLED, s.on))
    tallest = max([s.days for s in shown] + [TARGET_DAYS[1]]) * 1.12
    _band(axes, frame, tallest)
    axes.set_xlim(-0.6, max(len(shown), 5) - 0.4)
    ended = {End.FILLED: "", End.OPEN: tr("still open"), End.CANCELLED: tr("given up")}
    for place, seat in enumerate(shown):
        _bar(axes, frame, place, seat.days, hatched=seat.end is not End.FILLED)
        label(axes, place, seat.days + tallest * 0.02, str(seat.days), look, ha="center", va="bottom", weight=600)
    names = [f"{s.code}\x1f{ended[s.end] or month(s.on)}" for s in shown]
    room = max(8, int(frame.width / max(len(shown), 5) / look.px(6.2)))
    _two_lines(axes, names, room)
    return made


def _two_lines(axes: Axes, names: Sequence[str], room: int) -> None:
    """Names under bars: the code above, how it ended below, each cut to its bar's room."""
    lines = ["\n".join(plain_label(part, room) for part in name.split("\x1f")) for name in names]
    axes.xaxis.set_ticks(range(len(lines)), labels=lines, parse_math=False)


def _by_month(axes: Axes, frame: Frame, seats: Sequence[SeatWait]) -> None:
    """A dot a fill in the month it was accepted, a line at the month's median, open seats as hollow triangles."""
    look = frame.look
    filled = [s for s in seats if s.end is End.FILLED]
    last = max(_number(s.on) for s in seats if s.end is not End.CANCELLED)
    first = max(min(_number(s.on) for s in filled), last - _MOST_MONTHS + 1)
    tallest = max([s.days for s in seats] + [TARGET_DAYS[1]]) * 1.12
    _band(axes, frame, tallest)
    axes.set_xlim(first - 0.7, last + 0.7)
    for number in range(first, last + 1):
        days = sorted(s.days for s in filled if _number(s.on) == number)
        if days:
            axes.plot(
                [number] * len(days),
                days,
                linestyle="",
                marker="o",
                markersize=look.px(8),
                color=look.colour("accent"),
                markeredgecolor=look.colour("panel"),
                zorder=3,
            )
            middle = (days[(len(days) - 1) // 2] + days[len(days) // 2]) / 2
            axes.plot(
                [number - 0.32, number + 0.32],
                [middle, middle],
                color=look.colour("ink"),
                linewidth=look.px(1.5),
                zorder=2,
            )
    waiting = [s for s in seats if s.end is End.OPEN]
    axes.plot(
        [_number(s.on) for s in waiting],
        [s.days for s in waiting],
        linestyle="",
        marker="^",
        markersize=look.px(8),
        markerfacecolor="none",
        markeredgecolor=look.colour("warn"),
        markeredgewidth=look.px(1.5),
        zorder=3,
    )
    step = max(1, round((last - first + 1) / 6))
    shown = list(range(first, last + 1, step))
    ticks(axes, "x", shown, [month(date(n // 12, n % 12 + 1, 1)) for n in shown])
    chart_note(axes, tr("a dot a fill, a line the month’s median, hollow triangles are still open"), look)


def _band(axes: Axes, frame: Frame, tallest: float) -> None:
    low, high = TARGET_DAYS
    axes.set_ylim(0, tallest)
    axes.grid(visible=False)
    axes.axhspan(low, high, color=frame.look.colour("sunken"), zorder=0)
    for edge in (low, high):
        axes.axhline(edge, color=frame.look.colour("line_strong"), linewidth=frame.look.px(1), zorder=1)
    ticks(axes, "y", [0, low, high], ["0", str(low), str(high)])


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1
