"""How a calibration lies in its room: matrix over cell and strips, the side beside them, all below each other when
it is narrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QScrollArea, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, holder, row, scrolling, wide
from app.desk.theme import Theme
from app.words import tr

_SIDE = 334  # px at ordinary text size: a row of three outcomes, and the bar it scrolls by
_WIDE = 900  # px at ordinary text size: narrower, the side stands below
_AROUND = 56  # px at ordinary text size: what is seen below what has the focus
_ROOMY = 700  # px at ordinary text size: narrower, the strips stand below the cell


class SideBy(QWidget):
    """One of several panes, as high and as wide as that one alone."""

    def __init__(self, panes: Sequence[QWidget]) -> None:
        super().__init__()
        self._panes = tuple(panes)
        for pane in panes:
            pane.hide()
        self._sum = Text("", "caption", tone="soft", wrap=True)
        column(*map(wide, panes), self._sum, margins=(20, 14, 20, 14), on=self)

    def show_sum(self, lines: Sequence[str]) -> None:
        """Show at the foot what is so of the whole calibration."""
        self._sum.say("\n".join(lines))

    def show_side(self, number: int) -> None:
        """Show this one."""
        for place, pane in enumerate(self._panes):
            pane.setVisible(place == number)


class ClosedSide(QWidget):
    """The side of a closed calibration: since when, what was decided on the member, the way to open it again."""

    def __init__(self, reopen: Callable[[], None]) -> None:
        super().__init__()
        self._since = Text("", tone="soft", wrap=True)
        self.reopen = Button(tr("Reopen…"), run=reopen)
        self._outcome = Text("", wrap=True, selectable=True)
        column(Text(tr("Closed"), "lead", weight=600), self._since, self.reopen, self._outcome, STRETCH, on=self)

    def show_closed(self, since: str, outcome: str) -> None:
        """Show since when it is closed, and what was decided."""
        self._since.setText(since)
        self._outcome.setText(outcome)


class CalibrationRoom(QWidget):
    """`parts` are the head, the matrix, the cell and the strips; `side` scrolls by itself where there is room."""

    def __init__(self, theme: Theme, parts: tuple[QWidget, QWidget, QWidget, QWidget], side: QScrollArea) -> None:
        super().__init__()
        self._theme, self._side = theme, side
        head, grid, cell, strips = parts
        self._held = QFrame()
        self._held.setProperty("role", "dimensions")
        column(strips, on=self._held)
        self._below = row(wide(cell, 7), wide(self._held, 3), gap=0)
        self.main = scrolling(holder(column(head, grid, wide(self._below), gap=0)))
        self._across = row(wide(self.main), side, gap=0, on=self)
        theme.changed.connect(self.arrange)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def show_strips(self, *, shown: bool) -> None:
        """Show the strips beside the cell, or leave their place to it while there is nothing in them."""
        self._held.setVisible(shown)

    @property
    def columns(self) -> int:
        """How many raters stand beside each other."""
        return 2 if self.width() >= self._theme.px(760) else 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow page the side stands below."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Lay the parts out for the room there is."""
        theme, ways = self._theme, QBoxLayout.Direction
        broad = self.width() >= theme.px(_WIDE)
        roomy = self.width() - (theme.px(_SIDE) if broad else 0) >= theme.px(_ROOMY)
        self._across.setDirection(ways.LeftToRight if broad else ways.TopToBottom)
        self._below.setDirection(ways.LeftToRight if roomy else ways.TopToBottom)
        if broad:
            self._side.setFixedWidth(theme.px(_SIDE))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
        QTimer.singleShot(0, self, self._make_room)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            QTimer.singleShot(0, self, self.show_focused)

    def show_focused(self) -> None:
        """What has the focus comes into sight, with what stands just below it; it may have been added a moment ago."""
        focused = self.window().focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            return
        for area in (self.main, self._side, *_around(self)):
            inner = area.widget()
            layout = inner.layout() if inner is not None else None
            if inner is not None and layout is not None and inner.isAncestorOf(focused):
                self._make_room()
                layout.activate()
                area.ensureWidgetVisible(focused, 12, self._theme.px(_AROUND))

    def _make_room(self) -> None:
        """Where the two stand below each other, both are as high as what they hold: the window scrolls them as one."""
        broad = self._across.direction() == QBoxLayout.Direction.LeftToRight
        for area in (self._side, self.main):
            inner = area.widget()
            area.setMinimumHeight(0 if broad or inner is None else inner.sizeHint().height() + 8)


def _around(widget: QWidget) -> list[QScrollArea]:
    """What a widget itself scrolls in."""
    found, above = [], widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            found.append(above)
        above = above.parentWidget()
    return found
