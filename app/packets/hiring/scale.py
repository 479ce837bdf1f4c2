"""The composite with its band on a scale from 1 to 4, and the zones of the agreed rule under it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from app.domain.panel import Panel, Rule, Zone
from app.packets.paper.colour import colour
from app.packets.paper.flow import Drawn
from app.packets.paper.type import CAPTION, measure, write
from app.phrases.rubric import limit_words
from app.words import tr

_HEIGHT = 48.0
_AXIS = 27.0  # above the foot of the drawing
_BAND = 39.0
_LOW, _HIGH = 1, 4


def scale(panel: Panel, rule: Rule, width: float) -> Drawn:
    """The scale, `width` points wide. The band is cut off at the scale's ends, as no score lies beyond."""

    def x(value: Fraction | float) -> float:
        return float(min(_HIGH, max(_LOW, value)) - _LOW) / (_HIGH - _LOW) * width

    def paint(canvas: Any) -> None:
        _axis(canvas, width, [x(n) for n in (1, 2, 3, 4)])
        canvas.setFillColor(colour("line_strong"))
        canvas.rect(x(rule.mixed_from), _AXIS - 3.2, x(rule.hire_from) - x(rule.mixed_from), 6.4, stroke=0, fill=1)
        _numbers(canvas, width, x(rule.mixed_from), x(rule.hire_from), rule)
        _zones(canvas, width, x(rule.mixed_from), x(rule.hire_from), panel.zone)
        if panel.composite is not None and panel.band is not None:
            middle = float(panel.composite)
            _band(canvas, x(middle - panel.band), x(middle), x(middle + panel.band))

    return Drawn(width, _HEIGHT, paint)


def _axis(canvas: Any, width: float, ticks: list[float]) -> None:
    canvas.setStrokeColor(colour("line_strong"))
    canvas.setLineWidth(0.7)
    canvas.line(0, _AXIS, width, _AXIS)
    for at in ticks:
        canvas.line(at, _AXIS - 3.2, at, _AXIS + 3.2)


def _numbers(canvas: Any, width: float, mixed: float, hire: float, rule: Rule) -> None:
    """The ends, the limits (moved apart where they would touch), and 2 and 3 where there is room."""
    low, high = limit_words(rule.mixed_from), limit_words(rule.hire_from)
    half_low, half_high = measure(low, CAPTION) / 2, measure(high, CAPTION) / 2
    touch = max(0.0, half_low + half_high + 3 - (hire - mixed)) / 2
    taken = [(0.0, 6.0), (width - 6, width)]
    write(canvas, 0, _AXIS - 12, "1", CAPTION)
    write(canvas, width, _AXIS - 12, "4", CAPTION.right())
    placed = [(mixed - touch, low, half_low)] + [(hire + touch, high, half_high)] * (hire > mixed)
    for at, words, half in placed:
        write(canvas, at, _AXIS - 12, words, CAPTION.centred())
        taken.append((at - half, at + half))
    for number in (2, 3):
        at = (number - _LOW) / (_HIGH - _LOW) * width
        if all(at + 6 < left or at - 6 > right for left, right in taken):
            write(canvas, at, _AXIS - 12, str(number), CAPTION.centred())


def _zones(canvas: Any, width: float, mixed: float, hire: float, zone: Zone) -> None:
    entries = (
        (0.0, mixed, tr("no hire"), Zone.SUPPORTS_NO_HIRE),
        (mixed, hire, tr("mixed"), Zone.MIXED),
        (hire, width, tr("hire"), Zone.SUPPORTS_HIRE),
    )
    right = -4.0
    for left, end, words, which in entries:
        type_ = replace(CAPTION, weight=600, ink="ink", align="centre") if which is zone else CAPTION.soft().centred()
        half = measure(words, type_) / 2
        at = min(width - half, max((left + end) / 2, half))
        if end > left and at - half >= right + 4:
            write(canvas, at, _AXIS - 24, words, type_)
            right = at + half


def _band(canvas: Any, left: float, middle: float, right: float) -> None:
    canvas.setStrokeColor(colour("accent"))
    canvas.setFillColor(colour("accent"))
    canvas.setLineWidth(1.1)
    canvas.line(left, _BAND, right, _BAND)
    for end in (left, right):
        canvas.line(end, _BAND - 2.6, end, _BAND + 2.6)
    canvas.circle(middle, _BAND, 2.9, stroke=0, fill=1)
