"""Layout as expressions: what lies beside and under each other is read in one place, from the outside in.

column(
    row(Text(name, "title"), STRETCH, self.save),
    wide(scrolling(self.lines)),
    on=self,
)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

Margins: TypeAlias = tuple[int, int, int, int]
NONE: Margins = (0, 0, 0, 0)
TOP, MIDDLE = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Space:
    """Empty room: `size` px, and a share of what is left over."""

    size: int = 0
    share: int = 0


@dataclass(frozen=True)
class Placed:
    """Something with its share of the room, or its place in it."""

    what: QWidget | QLayout
    share: int = 0
    align: Qt.AlignmentFlag | None = None


STRETCH = Space(share=1)
Item: TypeAlias = QWidget | QLayout | Space | Placed


def wide(what: QWidget | QLayout, share: int = 1, align: Qt.AlignmentFlag | None = None) -> Placed:
    """It takes the room that is left over; beside others that do, by its share."""
    return Placed(what, share, align)


def aligned(what: QWidget | QLayout, align: Qt.AlignmentFlag) -> Placed:
    """It keeps its own size, at one side of its room."""
    return Placed(what, 0, align)


def row(*items: Item, gap: int | None = None, margins: Margins = NONE, on: QWidget | None = None) -> QHBoxLayout:
    """From left to right, `gap` px apart (None for the style's own); laid out on a widget where one is given."""
    made = QHBoxLayout() if on is None else QHBoxLayout(on)
    _fill(made, items, gap, margins)
    return made


def column(*items: Item, gap: int | None = None, margins: Margins = NONE, on: QWidget | None = None) -> QVBoxLayout:
    """From top to bottom, as `row`."""
    made = QVBoxLayout() if on is None else QVBoxLayout(on)
    _fill(made, items, gap, margins)
    return made


def grid(
    across: int | None = None, down: int | None = None, *, margins: Margins = NONE, on: QWidget | None = None
) -> QGridLayout:
    """Cells `across` and `down` px apart (None for the style's own), to be filled with `addWidget`."""
    made = QGridLayout() if on is None else QGridLayout(on)
    made.setContentsMargins(*margins)
    if across is not None:
        made.setHorizontalSpacing(across)
    if down is not None:
        made.setVerticalSpacing(down)
    return made


def add(layout: QBoxLayout, *items: Item) -> None:
    """Add to a row or column that is there."""
    for item in items:
        match item:
            case Space(size, 0):
                layout.addSpacing(size)
            case Space(_, share):
                layout.addStretch(share)
            case Placed(QWidget() as widget, share, None):
                layout.addWidget(widget, share)
            case Placed(QWidget() as widget, share, align) if align is not None:
                layout.addWidget(widget, share, align)
            case Placed(QLayout() as inner, share, _):
                layout.addLayout(inner, share)
            case QWidget():
                layout.addWidget(item)
            case QLayout():
                layout.addLayout(item)


def holder(layout: QLayout) -> QWidget:
    """A plain widget around a layout: to show and hide it, or to put it where only widgets go."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def scrolling(content: QWidget, *, focusable: bool = False) -> QScrollArea:
    """It scrolls where there is too little room; it takes the focus by Tab only where asked."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    if not focusable:
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def stacked(*pages: QWidget) -> QStackedWidget:
    """One of these is shown at a time, the first to begin with."""
    stack = QStackedWidget()
    for page in pages:
        stack.addWidget(page)
    return stack


def _fill(layout: QBoxLayout, items: tuple[Item, ...], gap: int | None, margins: Margins) -> None:
    layout.setContentsMargins(*margins)
    if gap is not None:
        layout.setSpacing(gap)
    add(layout, *items)
