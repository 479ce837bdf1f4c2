"""A dimension in the list beside an assessment: its cell, its name, how much is there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from app.desk.parts.controls import RowButton
from app.desk.parts.strip import PaintedCell, cell_size, paint_cell
from app.desk.theme import Theme
from app.phrases.rubric import no_score_word
from app.queries.assessment import AssessmentView
from app.words import ntr, tr


class AssessedRow(RowButton):
    """A dimension in the list: its cell, its name, how much is there."""

    def __init__(self, theme: Theme, dimension: str) -> None:
        super().__init__()
        self._theme, self._dimension = theme, dimension
        self._current, self._core = False, False
        self._cell, self._name, self._state = PaintedCell(), "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.updateGeometry)

    def show_page(self, page: AssessmentView, *, current: bool) -> None:
        """Show the dimension as the assessment has it; `current` is the one that is open."""
        self._current, dimension = current, self._dimension
        rating = page.content.rating(dimension)
        cell = page.level.cells[dimension]
        self._cell = PaintedCell(rating.score, cell.bar or 3)
        self._name = page.guide.dimension(dimension).short
        self._core = cell.weight == "core"
        if rating.reason is not None:
            self._state = no_score_word(rating.reason, short=True)
        elif rating.facts:
            self._state = ntr("{n} line", "{n} lines", len(rating.facts))
        else:
            self._state = tr("no line yet") if rating.score is not None else ""
        said = str(rating.score) if rating.score is not None else (self._state or tr("no score yet"))
        self.setAccessibleName(f"{self._name}: {said}")
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(200), self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cell, name, state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, height, width = self._theme, self.height(), self.width()
        if self._current or self.underMouse() or self.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if self._current else "sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        size = cell_size(theme)
        rect = QRectF(8, (height - size.height()) / 2, size.width(), size.height())
        paint_cell(painter, rect, self._cell, theme, ground="accent_soft" if self._current else "background")
        caption = theme.font("caption")
        taken = QFontMetricsF(caption).horizontalAdvance(self._state)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(caption)
        painter.setPen(theme.colour("ink_soft"))
        painter.drawText(QRectF(width - taken - 8, 0, taken + 2, height), middle, self._state)
        font = theme.font("body", 600 if self._core else 400)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        room = width - taken - 16 - rect.right() - 8
        name = QFontMetricsF(font).elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(rect.right() + 8, 0, room, height), middle, name)
        painter.end()
