"""A dimension's state as a shape: met a full disc, split half a disc, not met a ring, thin a dashed ring."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.theme import Theme
from app.domain.panel import State
from app.phrases.rubric import state_word

_TONES = {State.MET: "accent", State.SPLIT: "warn", State.NOT_MET: "bad", State.THIN: "ink_faint"}
_THICK = 1.6  # px
_SIDE = 10  # px at ordinary text size


def paint_state(painter: QPainter, rect: QRectF, state: State, theme: Theme) -> None:
    """Draw the shape of a state to fill `rect`; a dimension nobody scored has a dotted ring like a thin one."""
    colour = theme.colour(_TONES.get(state, "ink_faint"))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ring = rect.adjusted(_THICK / 2, _THICK / 2, -_THICK / 2, -_THICK / 2)
    pen = QPen(colour, _THICK)
    if state in (State.THIN, State.EMPTY):
        pen.setDashPattern([1.2, 1.4])
    painter.setPen(pen)
    painter.setBrush(colour if state is State.MET else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if state is State.SPLIT:
        painter.setBrush(colour)
        painter.drawPie(ring, 90 * 16, 180 * 16)
    painter.restore()


class StateMark(QWidget):
    """The shape by itself, with the word for who does not see it."""

    def __init__(self, theme: Theme, state: State, words: str = "") -> None:
        """`words` where the shape stands for another word than its own."""
        super().__init__()
        self._theme, self._state = theme, state
        self.setAccessibleName(words or state_word(state))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As high as a small letter's line."""
        return QSize(self._theme.px(_SIDE), self._theme.px(_SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape."""
        painter = QPainter(self)
        paint_state(painter, QRectF(self.rect()), self._state, self._theme)
        painter.end()
