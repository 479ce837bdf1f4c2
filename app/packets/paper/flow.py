"""What pages are built of: things drawn at a place, and columns side by side that run on over the page's end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable

from app.packets.paper.colour import colour

_ENDLESS = 1_000_000  # points
_FUZZ = 1e-6


@dataclass(frozen=True)
class PagePlace:
    """Somewhere a link or the outline can go to. `level` is the depth in the outline, from 0."""

    key: str
    title: str
    level: int = 0


@dataclass(frozen=True)
class FlowColumn:
    """Flowables from the left edge `x`, `width` points wide; `again` heads what runs on over the page's end."""

    x: float
    width: float
    items: tuple[Any, ...]
    again: tuple[Any, ...] = ()


class Block(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Something on a page. It draws nothing where pages are only laid out."""

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803  # reportlab's names
        """Draw it at a place, on paper that is seen."""
        if not getattr(canvas, "unseen", False):
            super().drawOn(canvas, x, y, _sW)


class Drawn(Block):
    """A drawing of a fixed size. `paint` gets the canvas with its origin at the lower left corner."""

    def __init__(self, width: float, height: float, paint: Callable[[Any], None]) -> None:
        super().__init__()
        self.width, self.height, self.paint = width, height, paint

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Its own size."""
        return self.width, self.height

    def draw(self) -> None:
        """Paint it."""
        self.paint(self.canv)


class Columns(Block):
    """Columns that begin at the same height; each runs on by itself where the page ends.

    A block that is `whole` moves to the next page rather than run on, while it fits there. `marks` are the dimensions
    it speaks of, `places` what can be linked to at its top.
    """

    def __init__(
        self,
        columns: Sequence[FlowColumn],
        *,
        whole: float = 0,
        marks: frozenset[str] = frozenset(),
        places: tuple[PagePlace, ...] = (),
    ) -> None:
        super().__init__()
        self.columns, self.whole, self.marks, self.places = tuple(columns), whole, marks, places
        self._heights: list[list[float]] | None = None

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The width it is given, and the height of its longest column."""
        if self._heights is None:
            self._heights = [[item.wrap(c.width, _ENDLESS)[1] for item in c.items] for c in self.columns]
        self.height = max((sum(heights) for heights in self._heights), default=0)
        return available_width, self.height

    def split(self, available_width: float, available_height: float) -> list[Any]:
        """What fits in `available_height`, and the rest; nothing when it had better move as one."""
        self.wrap(available_width, available_height)
        if self.height <= available_height + _FUZZ:
            return [self]
        if self.height <= self.whole:
            return []
        parted = [self._part(number, available_height) for number in range(len(self.columns))]
        if any(later and not _starts(here) for here, later in parted):
            return []  # a column that begins without the others would leave them their head and no text
        first = [FlowColumn(c.x, c.width, tuple(here)) for c, (here, _) in zip(self.columns, parted, strict=True)]
        rest = [
            FlowColumn(c.x, c.width, (*(c.again if not later else ()), *later), c.again)
            for c, (_, later) in zip(self.columns, parted, strict=True)
        ]
        return [
            Columns(first, marks=self.marks, places=self.places),
            Columns(rest, whole=self.whole, marks=self.marks),
        ]

    def draw(self) -> None:
        """Draw each column from the top, and bind the places."""
        assert self._heights is not None
        for place in self.places:
            self.canv.bookmarkHorizontal(place.key, 0, self.height + 12)
            self.canv.addOutlineEntry(place.title, place.key, place.level, closed=0)
        for column, heights in zip(self.columns, self._heights, strict=True):
            top = self.height
            for item, height in zip(column.items, heights, strict=True):
                top -= height
                if not isinstance(item, Space):
                    item.drawOn(self.canv, column.x, top)

    def _part(self, number: int, room: float) -> tuple[list[Any], list[Any]]:
        assert self._heights is not None
        column, heights = self.columns[number], self._heights[number]
        here: list[Any] = []
        for place, (item, height) in enumerate(zip(column.items, heights, strict=True)):
            if height > room + _FUZZ:
                pieces = item.split(column.width, room)
                if not pieces:
                    item.wrap(column.width, _ENDLESS)  # a paragraph that could not be split forgot its lines
                    pieces = [None, item]
                return here + [p for p in pieces[:1] if p], _without_gap([*pieces[1:], *column.items[place + 1 :]])
            here.append(item)
            room -= height
        return here, []


def _starts(here: list[Any]) -> bool:
    return any(not isinstance(item, Space) for item in here)


def _without_gap(items: list[Any]) -> list[Any]:
    while items and isinstance(items[0], Space):
        items = items[1:]
    return items


class Space(Drawn):
    """White between two things; it vanishes at the top of a page."""

    def __init__(self, height: float) -> None:
        super().__init__(0, height, _nothing)


def _nothing(canvas: Any) -> None:
    """Paper stays white."""


def ruled_line(width: float, *, before: float = 0, after: float = 0, ink: str = "line", weight: float = 0.6) -> Drawn:
    """A line across, with white above and below it, in points."""

    def paint(canvas: Any) -> None:
        canvas.setStrokeColor(colour(ink))
        canvas.setLineWidth(weight)
        canvas.line(0, after, width, after)

    return Drawn(width, before + after, paint)


def block(
    width: float,
    items: Sequence[Any],
    *,
    x: float = 0,
    whole: float = 0,
    marks: frozenset[str] = frozenset(),
    places: tuple[PagePlace, ...] = (),
) -> Columns:
    """One column of things, as one block of the page."""
    return Columns([FlowColumn(x, width, tuple(items))], whole=whole, marks=marks, places=places)


def height_of(items: Sequence[Any], width: float) -> float:
    """How high these blocks are together, in points."""
    return float(sum(item.wrap(width, _ENDLESS)[1] for item in items))


def kept_together(items: Sequence[Any], width: float, page: float, least: float, before: float = 0) -> list[Any]:
    """The blocks, on a new page where they do not fit in what is left of this one; blocks higher than a whole page
    start here when `least` points are left. `before` is the white above them, which a new page swallows."""
    height = height_of(items, width)
    items[0].spaceBefore = before
    return [CondPageBreak(min((height if height <= page else least) + before, page)), *items]
