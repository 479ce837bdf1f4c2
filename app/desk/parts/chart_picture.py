"""A chart on the page: drawn beside the window's thread, shown as a picture, told in words to who does not see it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.desk import Desk

if TYPE_CHECKING:
    from app.charts.style import ChartLook

SETTLE_MS = 90  # after the last change of width
_WAITING = 200  # px high before the first picture is there
_LEAST = 240  # px wide at ordinary text size

Draw = Callable[["ChartLook", int, float], "bytes | None"]
"""ChartLook, width in px, pixels a px: the picture as PNG, or None where there is nothing to draw."""


class ChartPicture(QWidget):
    """Shows what `draw` makes, drawn anew when width, text size or colours change; the last picture stays till then."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._draw: Draw | None = None
        self._image: QImage | None = None
        self._high = _WAITING
        self._asked = (0, 0.0, False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        desk.theme.changed.connect(self._ask)

    def show_drawing(self, draw: Draw, words: str) -> None:
        """Show this from now on. `draw` is called in another thread."""
        self._draw = draw
        self.setAccessibleName(words)
        self._asked = (0, 0.0, False)
        self._ask()

    @property
    def shown(self) -> QImage | None:
        """The picture, None before it is there."""
        return self._image

    def sizeHint(self) -> QSize:
        """As high as the picture is."""
        return QSize(self._desk.theme.px(_LEAST), self._high)

    def minimumSizeHint(self) -> QSize:
        """It may be narrower; it is then drawn narrower."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw it anew once the width has settled."""
        super().resizeEvent(event)
        if event.size().width() != self._asked[0]:
            self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while it was hidden is drawn now."""
        super().showEvent(event)
        self._settle.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the picture, and the ring of the focus."""
        painter = QPainter(self)
        if self._image is not None:
            painter.drawImage(0, 0, self._image)
        if self.hasFocus():
            painter.setPen(QPen(self._desk.theme.colour("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _ask(self) -> None:
        theme, width = self._desk.theme, self.width()
        wanted = (width, theme.text_factor, theme.dark)
        if self._draw is None or not self.isVisible() or wanted == self._asked:
            return
        self._asked = wanted
        ask = partial(_drawn, self._draw, theme.dark, theme.text_factor, width, self.devicePixelRatioF())
        self._desk.work.ask(self, "picture", ask, self._take)

    def _take(self, image: QImage | None) -> None:
        self._image = image
        if image is not None:
            self._high = round(image.height() / image.devicePixelRatio())
        self.updateGeometry()
        self.update()


def _drawn(draw: Draw, dark: bool, text: float, width: int, ratio: float) -> QImage | None:
    from app.charts.style import ChartLook  # noqa: PLC0415  (in the reader's thread)

    content = draw(ChartLook(dark, text), width, ratio)
    if content is None:
        return None
    image = QImage.fromData(content)
    image.setDevicePixelRatio(image.width() / width)
    return image
