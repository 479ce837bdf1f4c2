"""The strip on paper: the index on a first page, the small one in the running head, and the shapes of the states."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.panel import State
from app.packets.paper.colour import PAPER, colour, empty_colour, score_colours
from app.packets.paper.flow import Drawn
from app.packets.paper.type import CAP_HEIGHT, CAPTION, TABLE, Type, measure, shrunk, write
from app.phrases.rubric import page_words, state_word
from app.words import tr

INDEX_CELL = (28.0, 34.0)
LARGE_CELL = (15.0, 18.0)
MATRIX_CELL = (15.0, 18.5)
SMALL_CELL = (8.6, 10.6)
SMALL_STEP = 10.2
STATE_RADIUS = 3.0
_CORNER = 0.33  # of the cell's width
_INKS = {State.MET: "accent", State.SPLIT: "warn", State.NOT_MET: "bad", State.THIN: "ink_faint"}


@dataclass(frozen=True)
class PaperCell:
    """One dimension: its key for links, its narrow name, and what its scores say."""

    key: str
    name: str
    bar: int
    state: State
    must: bool = False
    score: int | None = None
    high: int | None = None


def paper_cell_left(score: int, bar: int) -> int:
    """Where a score lies against its bar: 1 well below, 2 below, 3 at, 4 above."""
    return min(4, max(1, score - bar + 3))


def draw_cell(
    canvas: Any, x: float, y: float, size: tuple[float, float], bar: int, score: int | None, high: int | None = None
) -> None:
    """One cell with its lower left corner at (x, y): filled by its score, an outline without one."""
    width, height = size
    radius = max(1.4, width * 0.13)
    canvas.saveState()
    if score is None:
        canvas.setStrokeColor(empty_colour())
        canvas.setLineWidth(0.7)
        canvas.roundRect(x + 0.35, y + 0.35, width - 0.7, height - 0.7, radius, stroke=1, fill=0)
    else:
        fill, figure = score_colours(paper_cell_left(score, bar))
        canvas.setFillColor(fill)
        canvas.roundRect(x, y, width, height, radius, stroke=0, fill=1)
        if high is not None and high != score:
            _draw_corner(canvas, x, y, size, radius, score_colours(paper_cell_left(high, bar))[0])
        _figure(canvas, x, y, size, str(score), figure)
    canvas.restoreState()


def draw_box(canvas: Any, x: float, y: float, size: tuple[float, float], score: int) -> None:
    """A score nobody gave: its number in an outline."""
    draw_cell(canvas, x, y, size, 3, None)
    _figure(canvas, x, y, size, str(score), colour("ink_faint"))


def _figure(canvas: Any, x: float, y: float, size: tuple[float, float], text: str, ink: Any) -> None:
    points = size[1] * (0.46 if size == INDEX_CELL else 0.6)
    write(canvas, x + size[0] / 2, y + (size[1] - CAP_HEIGHT * points) / 2, text, Type(points, 0, 600).centred(), ink)


def _draw_corner(canvas: Any, x: float, y: float, size: tuple[float, float], radius: float, fill: Any) -> None:
    width, height = size
    corner = max(3.2, _CORNER * width)
    right, top = x + width, y + height
    canvas.saveState()
    rounded = canvas.beginPath()
    rounded.roundRect(x, y, width, height, radius)
    canvas.clipPath(rounded, stroke=0, fill=0)
    triangle = canvas.beginPath()
    triangle.moveTo(right - corner, top)
    triangle.lineTo(right, top)
    triangle.lineTo(right, top - corner)
    triangle.close()
    canvas.setFillColor(fill)
    canvas.drawPath(triangle, stroke=0, fill=1)
    canvas.setStrokeColor(colour(PAPER))
    canvas.setLineWidth(max(0.6, width * 0.04))
    canvas.line(right - corner - 1, top + 1, right + 1, top - corner - 1)
    canvas.restoreState()


def draw_state(canvas: Any, x: float, y: float, state: State, radius: float = STATE_RADIUS) -> None:
    """The shape of a state around (x, y): a disc, a half disc, a ring, a dashed ring; none where nobody looked."""
    ink = _INKS.get(state)
    if ink is None:
        return
    canvas.saveState()
    canvas.setFillColor(colour(ink))
    canvas.setStrokeColor(colour(ink))
    canvas.setLineWidth(radius * 0.3)
    inner = radius * 0.85
    if state is State.MET:
        canvas.circle(x, y, radius, stroke=0, fill=1)
    elif state is State.SPLIT:
        half = canvas.beginPath()
        half.arc(x - inner, y - inner, x + inner, y + inner, 90, 180)
        half.close()
        canvas.drawPath(half, stroke=0, fill=1)
        canvas.circle(x, y, inner, stroke=1, fill=0)
    else:
        if state is State.THIN:
            dash = 2 * math.pi * inner / 16
            canvas.setDash(dash, dash)
        canvas.circle(x, y, inner, stroke=1, fill=0)
    canvas.restoreState()


def index_strip(cells: Sequence[PaperCell], pages: Mapping[str, int], width: float) -> Drawn:
    """The strip of a first page, as an index: name, cell, state, and the page with the evidence behind it."""
    height = 86.0
    pitch = width / max(10, len(cells))

    def paint(canvas: Any) -> None:
        for number, cell in enumerate(cells):
            _index_entry(canvas, number * pitch, height, pitch, cell, pages.get(cell.key, 0))

    return Drawn(width, height, paint)


def _index_entry(canvas: Any, x: float, top: float, pitch: float, cell: PaperCell, page: int) -> None:
    head, type_ = shrunk(cell.name, TABLE.strong() if cell.must else TABLE, pitch - 3, 6)
    write(canvas, x, top - 8, head, type_)
    draw_cell(canvas, x, top - 17 - INDEX_CELL[1], INDEX_CELL, cell.bar, cell.score, cell.high)
    draw_state(canvas, x + STATE_RADIUS, top - 61.5, cell.state)
    indent = 0.0 if cell.state is State.EMPTY else 3.4 * STATE_RADIUS
    words, type_ = shrunk(state_word(cell.state), replace(TABLE, size=8), pitch - indent - 2, 6)
    write(canvas, x + indent, top - 64.4, words, type_)
    if page:
        said, type_ = shrunk(page_words(page), Type(8, 12, 400, "accent"), pitch - 3, 5.5)
        write(canvas, x, top - 79, said, type_)
        canvas.linkRect("", cell.key, (x, top - 86, x + pitch - 4, top), relative=1)


def small_strip(canvas: Any, right: float, y: float, cells: Sequence[PaperCell], marked: Collection[str]) -> float:
    """The strip of a running head with its right end at `right`; gives its left end. `marked` are underlined."""
    left = right - len(cells) * SMALL_STEP + (SMALL_STEP - SMALL_CELL[0])
    for number, cell in enumerate(cells):
        x = left + number * SMALL_STEP
        draw_cell(canvas, x, y, SMALL_CELL, cell.bar, cell.score, cell.high)
        if cell.key in marked:
            canvas.setFillColor(colour("accent"))
            canvas.rect(x, y - 3, SMALL_CELL[0], 1, stroke=0, fill=1)
    return left


def draw_mark(canvas: Any, x: float, y: float) -> None:
    """Tenfold's mark: five full cells over five empty ones."""
    canvas.saveState()
    canvas.setFillColor(colour("accent"))
    canvas.setStrokeColor(colour("accent"))
    canvas.setLineWidth(0.5)
    for number in range(5):
        left = x + number * 3.4
        canvas.roundRect(left, y + 4.9, 2.8, 4.4, 0.6, stroke=0, fill=1)
        canvas.roundRect(left + 0.25, y + 0.25, 2.3, 3.9, 0.5, stroke=1, fill=0)
    canvas.restoreState()


def key_to_cells(width: float, bar: int) -> Drawn:
    """What the cells' colours, corners and outlines mean, on one line."""
    below, meets = max(1, bar - 1), min(4, bar + 1)
    entries: list[tuple[tuple[int | None, ...], int | None, str]] = [
        (tuple(s for s in (1, 2) if s < bar), None, tr("below the bar")),
        (tuple(s for s in (3, 4) if s >= bar), None, tr("at or above")),
        ((below,), meets, tr("the lower middle score, with scores on both sides")),
        ((None,), None, tr("not assessed")),
    ]

    def paint(canvas: Any) -> None:
        x = 0.0
        for scores, high, words in entries:
            for score in scores:
                draw_cell(canvas, x, 1, SMALL_CELL, bar, score, high)
                x += SMALL_STEP
            write(canvas, x + 3, 3.6, words, CAPTION)
            x += 3 + measure(words, CAPTION) + 14

    return Drawn(width, 14, paint)
