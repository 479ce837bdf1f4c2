"""Dimensions by levels on paper: each cell's bar on a tile that says its weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.guide import Guide, GuideCell, GuideLevel
from app.packets.paper.colour import colour
from app.packets.paper.flow import Columns, Drawn, FlowColumn, Space, kept_together, ruled_line
from app.packets.paper.type import CAP_HEIGHT, CAPTION, TABLE, Type, measure, plain, shrunk, write
from app.phrases.rubric import weight_word

_NAMES = 118.0  # points: the dimensions' names
_ROW = 21.0
_TILE = (22.0, 14.0)
_MOST = 8  # levels side by side
_LEAST = 260.0
_WIDEST = 62.0


@dataclass(frozen=True)
class _Grid:
    """Where the columns are, for one group of levels."""

    width: float
    levels: tuple[GuideLevel, ...]

    @property
    def step(self) -> float:
        return min(_WIDEST, (self.width - _NAMES) / max(1, len(self.levels)))

    def middle(self, number: int) -> float:
        return _NAMES + (number + 0.5) * self.step


def guide_matrix(guide: Guide, width: float, height: float) -> list[Any]:
    """The matrix, track by track in groups of at most eight levels, with its key."""
    found: list[Any] = []
    for levels in _groups(guide):
        grid = _Grid(width, levels)
        rows: list[Any] = [_heads(grid), ruled_line(width, ink="line_strong")]
        for dimension in guide.dimensions:
            cells = [level.cells.get(dimension.id) for level in levels]
            rows += [_row(grid, dimension.short, cells), ruled_line(width)]
        found += kept_together(rows, width, height, _LEAST, 16 if found else 0)
    return [*found, Space(8), _key(width)]


def _groups(guide: Guide) -> list[tuple[GuideLevel, ...]]:
    """All levels together where they fit, else each track for itself, in parts of nearly the same size."""
    lists = [guide.in_order]
    if len(guide.in_order) > _MOST:
        lists = [tuple(guide.level(i) for i in track.order) for track in guide.tracks if track.order]
    found = []
    for levels in lists:
        parts = -(-len(levels) // _MOST)
        each = -(-len(levels) // parts)
        found += [levels[n : n + each] for n in range(0, len(levels), each)]
    return found


def _heads(grid: _Grid) -> Columns:
    words = [word for level in grid.levels for word in level.label.split()]
    room = grid.step - 4
    longest = max(measure(word, CAPTION.medium()) for word in words)
    size = max(5.5, CAPTION.size * room / longest * 0.995) if longest > room else CAPTION.size
    type_ = replace(CAPTION, size=size, leading=size + 2, ink="ink_soft", align="centre", weight=500)
    columns = [FlowColumn(0, _NAMES, ())]
    for number, level in enumerate(grid.levels):
        columns.append(FlowColumn(_NAMES + number * grid.step + 2, room, (plain(level.label, type_), Space(5))))
    return Columns(columns, whole=300)


def _row(grid: _Grid, name: str, cells: Sequence[GuideCell | None]) -> Drawn:
    words, type_ = shrunk(name, TABLE, _NAMES - 8, 6.5)

    def paint(canvas: Any) -> None:
        write(canvas, 0, (_ROW - CAP_HEIGHT * type_.size) / 2, words, type_)
        for number, cell in enumerate(cells):
            if cell is not None:
                draw_tile(canvas, grid.middle(number) - _TILE[0] / 2, (_ROW - _TILE[1]) / 2, cell.weight, cell.bar)

    return Drawn(grid.width, _ROW, paint)


def draw_tile(canvas: Any, x: float, y: float, weight: str, bar: int | None) -> None:
    """A bar on its weight: core is filled, important outlined, supporting dotted, not expected a dash."""
    width, height = _TILE
    canvas.saveState()
    if weight == "core":
        canvas.setFillColor(colour("accent"))
        canvas.roundRect(x, y, width, height, 2.4, stroke=0, fill=1)
    elif weight in ("important", "supporting"):
        canvas.setStrokeColor(colour("accent" if weight == "important" else "ink_faint"))
        canvas.setLineWidth(0.9 if weight == "important" else 0.7)
        if weight == "supporting":
            canvas.setDash(1.2, 1.8)
        canvas.roundRect(x + 0.4, y + 0.4, width - 0.8, height - 0.8, 2.2, stroke=1, fill=0)
    canvas.restoreState()
    type_ = Type(8.5, 0, 600 if weight == "core" else 400, "ink_soft" if weight == "supporting" else "ink").centred()
    text = "–" if bar is None else str(bar)
    ink = colour("on_accent") if weight == "core" else None
    write(canvas, x + width / 2, y + (height - CAP_HEIGHT * type_.size) / 2, text, type_, ink)


def _key(width: float) -> Drawn:
    def paint(canvas: Any) -> None:
        x = 0.0
        for weight, bar in (("core", 3), ("important", 3), ("supporting", 2), ("not_expected", None)):
            draw_tile(canvas, x, 1, weight, bar)
            words = weight_word(weight)
            write(canvas, x + _TILE[0] + 5, 5, words, CAPTION)
            x += _TILE[0] + 5 + measure(words, CAPTION) + 18

    return Drawn(width, 17, paint)
