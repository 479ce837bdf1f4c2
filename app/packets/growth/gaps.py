"""Gaps on paper: a column of four a dimension, filled up to its score, and the bar as one heavy line across."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.growth import Gap, GapStanding
from app.packets.paper.colour import PAPER, colour, empty_colour, score_colours
from app.packets.paper.flow import Drawn
from app.packets.paper.strip import STATE_RADIUS, draw_state, paper_cell_left
from app.packets.paper.type import CAP_HEIGHT, CAPTION, TABLE, Type, shrunk, write
from app.phrases.growth import gap_words
from app.queries.growth_packet import GrowthFacts
from app.words import tr

_HIGH = 96.0  # points
_TOP = 16.0  # points: the names
_BOX = (29.0, 10.0)
_STEP = 12.4
_FOOT = _HIGH - _TOP - 4 * _STEP
_SCORES = 4
_CLOSE = 12  # more columns than this, and every other name stands a line higher
_LINE = 9.0  # points


def gap_columns(facts: GrowthFacts, width: float) -> Drawn:
    """All dimensions beside each other; the words under a column say how it stands."""
    pitch = width / max(10, len(facts.gaps))
    lines = 2 if len(facts.gaps) > _CLOSE else 1
    narrow = {id_: name for id_, _, name in facts.dimensions}

    def paint(canvas: Any) -> None:
        for number, found in enumerate(facts.gaps):
            _name(canvas, number, pitch, lines, narrow[found.dimension], found)
            _column(canvas, number * pitch, pitch, found)
        _bar_line(canvas, facts, pitch)

    return Drawn(width, _HIGH + (lines - 1) * _LINE, paint)


def _name(canvas: Any, number: int, pitch: float, lines: int, name: str, found: Gap) -> None:
    """Over its column; where columns are close, every other one on a line of its own, with the room of two."""
    head, type_ = shrunk(name, TABLE.strong() if found.core else TABLE, lines * pitch - 3, 6)
    write(canvas, number * pitch, _HIGH - 9 + (number % lines) * _LINE, head, type_)


def _column(canvas: Any, x: float, pitch: float, found: Gap) -> None:
    wide = min(_BOX[0], pitch - 6)
    for number in range(_SCORES):
        y = _FOOT + number * _STEP
        filled = found.score is not None and found.bar is not None and number < found.score
        if filled:
            assert found.score is not None
            assert found.bar is not None
            ground, figure = score_colours(paper_cell_left(found.score, found.bar))
            canvas.setFillColor(ground)
            canvas.roundRect(x, y, wide, _BOX[1], 1.6, stroke=0, fill=1)
            if number == found.score - 1:
                size = 7.0
                at = y + (_BOX[1] - CAP_HEIGHT * size) / 2
                write(canvas, x + wide / 2, at, str(found.score), Type(size, 0, 600).centred(), figure)
                _corner(canvas, x + wide, y + _BOX[1], found)
        else:
            canvas.setStrokeColor(empty_colour())
            canvas.setLineWidth(0.6)
            canvas.roundRect(x + 0.3, y + 0.3, wide - 0.6, _BOX[1] - 0.6, 1.4, stroke=1, fill=0)
    shape = found.standing is not GapStanding.NOT_EXPECTED
    if shape:
        draw_state(canvas, x + STATE_RADIUS, _FOOT - 12, found.state)
    indent = 3.4 * STATE_RADIUS if shape and found.standing is not GapStanding.EMPTY else 0.0
    short = tr("{n} below").format(n=found.below) if found.standing is GapStanding.BELOW else gap_words(found)
    words, type_ = shrunk(short, replace(TABLE, size=7.5), pitch - indent - 2, 5.5)
    write(canvas, x + indent, _FOOT - 14.8, words, type_)


def _corner(canvas: Any, right: float, top: float, found: Gap) -> None:
    """Scores on both sides of the bar: the corner in the highest one's colour, as in a strip."""
    if found.high is None or found.bar is None:
        return
    side = 4.6
    triangle = canvas.beginPath()
    triangle.moveTo(right - side, top)
    triangle.lineTo(right, top)
    triangle.lineTo(right, top - side)
    triangle.close()
    canvas.setFillColor(score_colours(paper_cell_left(found.high, found.bar))[0])
    canvas.drawPath(triangle, stroke=0, fill=1)
    canvas.setStrokeColor(colour(PAPER))
    canvas.setLineWidth(0.7)
    canvas.line(right - side - 0.6, top + 0.6, right + 0.6, top - side - 0.6)


def _bar_line(canvas: Any, facts: GrowthFacts, pitch: float) -> None:
    """One line where all bars are the same, a stair where they are not."""
    canvas.setStrokeColor(colour("ink"))
    canvas.setLineWidth(1.3)
    before: float | None = None
    for number, found in enumerate(facts.gaps):
        if found.bar is None:
            before = None
            continue
        y = _FOOT + found.bar * _STEP - (_STEP - _BOX[1]) / 2
        left = number * pitch - 4
        last = number == len(facts.gaps) - 1
        canvas.line(left, y, left + (min(_BOX[0], pitch - 6) + 8 if last else pitch), y)
        if before is not None and before != y:
            canvas.line(left, before, left, y)
        if before is None and number == 0:
            write(canvas, left - 4, y - 2.6, tr("bar"), CAPTION.right())
        before = y
