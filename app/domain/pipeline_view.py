"""What of the pipelines is shown, and how: a filter, an order and columns, kept as one text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any, Self

from app.domain.candidate import Source
from app.domain.spelling import canonical


class Shape(StrEnum):
    """How the pipeline is laid out."""

    BOARD = "board"
    TABLE = "table"


class Standing(StrEnum):
    """Which applications, by how they stand."""

    OPEN = "open"
    HELD = "held"
    STUCK = "stuck"
    CLOSED = "closed"
    ALL = "all"


class PipelineColumn(StrEnum):
    """A column of the table."""

    NAME = "name"
    OPENING = "opening"
    STAGE = "stage"
    DAYS = "days"
    CARDS = "cards"
    WAITING = "waiting"
    OWNER = "owner"
    SOURCE = "source"
    CAME_BY = "came_by"
    TAGS = "tags"
    APPLIED = "applied"
    NOW_AT = "now_at"
    PLACE = "place"
    CAN_START = "can_start"
    ENDED = "ended"
    REASON = "reason"


SORTABLE = (
    PipelineColumn.NAME,
    PipelineColumn.OPENING,
    PipelineColumn.STAGE,
    PipelineColumn.DAYS,
    PipelineColumn.OWNER,
    PipelineColumn.SOURCE,
    PipelineColumn.APPLIED,
    PipelineColumn.NOW_AT,
    PipelineColumn.PLACE,
    PipelineColumn.ENDED,
)
"""The columns a table can be in the order of; the others are worked out for the rows in sight."""
FORMATS = ("csv", "xlsx")
"""What a table can be written as."""
FIRST_COLUMNS = (
    PipelineColumn.NAME,
    PipelineColumn.OPENING,
    PipelineColumn.STAGE,
    PipelineColumn.DAYS,
    PipelineColumn.WAITING,
    PipelineColumn.CAME_BY,
    PipelineColumn.TAGS,
    PipelineColumn.APPLIED,
)


@dataclass(frozen=True)
class PipelineView:
    """A filter, an order and columns. What is "" or None in it leaves everything in.

    `stage` is a stage's name, which openings share; `owner` and `waiting` are colleagues. `widths` are of the columns
    that were sized by hand, in pixels at ordinary text size.
    """

    shape: Shape = Shape.BOARD
    standing: Standing = Standing.OPEN
    opening: int | None = None
    stage: str = ""
    source: str = ""
    tag: str = ""
    owner: int | None = None
    waiting: int | None = None
    sort: PipelineColumn = PipelineColumn.DAYS
    descending: bool = True
    columns: tuple[PipelineColumn, ...] = FIRST_COLUMNS
    widths: tuple[tuple[PipelineColumn, int], ...] = ()

    @property
    def filtered(self) -> bool:
        """Whether it leaves anything out beside what is closed and other openings."""
        return self != self.cleared()

    def cleared(self) -> Self:
        """The same of all open applications, in its opening or in all."""
        return replace(self, standing=Standing.OPEN, stage="", source="", tag="", owner=None, waiting=None)

    def as_table(self) -> Self:
        """The same as a table."""
        return replace(self, shape=Shape.TABLE)

    def as_board(self) -> Self:
        """The same as a board, which has open ones alone."""
        standing = Standing.OPEN if self.standing in (Standing.CLOSED, Standing.ALL) else self.standing
        return replace(self, shape=Shape.BOARD, standing=standing)

    def settled(self) -> Self:
        """As a table where no board can show it: over all openings, or with closed ones."""
        closed = self.standing in (Standing.CLOSED, Standing.ALL)
        return self.as_table() if self.opening is None or closed else self

    def sorted_by(self, column: PipelineColumn) -> Self:
        """In the order of a column, the other way round where it is already."""
        if column not in SORTABLE:
            return self
        return replace(self, sort=column, descending=not self.descending if column is self.sort else False)

    def toggled(self, column: PipelineColumn) -> Self:
        """With a column more, at its end, or without it; the name is always there."""
        if column is PipelineColumn.NAME:
            return self
        if column not in self.columns:
            return replace(self, columns=(*self.columns, column))
        return replace(self, columns=tuple(one for one in self.columns if one is not column))

    def as_text(self) -> str:
        """The view as canonical JSON."""
        return canonical(asdict(self))


def view_of(text: str) -> PipelineView:
    """The view in such a text; what it does not know of a view stays as it is without one."""
    try:
        held = json.loads(text)
    except ValueError:
        return PipelineView()
    if not isinstance(held, dict):
        return PipelineView()
    read: dict[str, Any] = {}
    for field in fields(PipelineView):
        if field.name in held:
            value = _read(field.name, held[field.name])
            if value is not _NOTHING:
                read[field.name] = value
    return PipelineView(**read)


_NOTHING = object()
_WORDS: dict[str, type[StrEnum]] = {"shape": Shape, "standing": Standing, "sort": PipelineColumn, "source": Source}


def _read(name: str, held: object) -> object:
    try:
        match name:
            case "source" if held == "":
                return ""
            case "shape" | "standing" | "sort" | "source":
                return _WORDS[name](str(held))
            case "columns":
                assert isinstance(held, list)
                return tuple(dict.fromkeys(PipelineColumn(one) for one in held)) or FIRST_COLUMNS
            case "widths":
                assert isinstance(held, list)
                return tuple((PipelineColumn(one), int(width)) for one, width in held if 0 < int(width) < _WIDEST)
            case "opening" | "owner" | "waiting":
                return held if held is None or (isinstance(held, int) and not isinstance(held, bool)) else _NOTHING
            case "descending":
                return held if isinstance(held, bool) else _NOTHING
            case _:
                return held if isinstance(held, str) else _NOTHING
    except (ValueError, TypeError, AssertionError):
        return _NOTHING


_WIDEST = 2000
