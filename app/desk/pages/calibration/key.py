"""The key at the foot of a calibration: what its cells look like."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.pages.calibration.columns import tile_colour
from app.desk.parts.flow import Flow
from app.desk.parts.label import Text
from app.desk.parts.strip import PaintedCell, cell_size
from app.desk.parts.strip_key import beside, sample
from app.desk.theme import Theme
from app.words import tr


class _Tile(QWidget):
    """The sunken tile of a core cell."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(tr("core at that level"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setFixedSize(cell_size(self._theme))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour("line"))
        painter.setBrush(self._theme.colour(tile_colour(self._theme)))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 3, 3)
        painter.end()


class CalibrationKey(QWidget):
    """One line where there is room, several where there is not."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        flow = Flow(self, 8)
        for cells, words in (
            ((PaintedCell(1), PaintedCell(2)), tr("below the bar")),
            ((PaintedCell(3), PaintedCell(4)), tr("at or above")),
            ((PaintedCell(2, 2),), tr("a 2 at a bar of 2")),
            ((PaintedCell(2, high=3),), tr("scores on both sides")),
            ((PaintedCell(note=tr("not assessed")),), tr("not assessed")),
        ):
            flow.addWidget(sample(theme, cells, words))
        flow.addWidget(beside(_Tile(theme), tr("core at that level")))
        flow.addWidget(Text(tr("no word below: bar met"), "caption", tone="soft"))
        flow.addWidget(Text(tr("broken frame: evidence from outside the days"), "caption", tone="soft"))
