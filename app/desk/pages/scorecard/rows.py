"""The dimensions of a scorecard: one thin row for each that is closed, and the column that holds them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy

from app.desk.pages.scorecard.vote import VotePane
from app.desk.parts.controls import RowButton
from app.desk.parts.layout import STRETCH, column
from app.desk.parts.strip import PaintedCell, Size, cell_size, paint_cell
from app.desk.theme import Theme
from app.domain.rubric import Dimension
from app.queries.scorecard import CardView
from app.words import ntr, tr


class DimensionRow(RowButton):
    """Name at the left, how far it is at the right, and the cell. A planned one opens on click."""

    def __init__(self, theme: Theme, dimension: Dimension, *, planned: bool) -> None:
        super().__init__()
        self._theme, self._dimension, self._planned = theme, dimension, planned
        self._state = ""
        self._cell = PaintedCell()
        self.setEnabled(planned)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if planned else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_rating(self, page: CardView, pending: int | None) -> None:
        """Show the dimension as it stands on the card."""
        rating = page.content.rating(self._dimension.id)
        score = pending if pending is not None else rating.score
        self._cell = PaintedCell(score, page.rubric.bar, pending=pending is not None)
        if not self._planned:
            self._state = tr("not in my plan")
        elif rating.reason is not None and pending is None:
            words = {choice.id: choice.words for choice in page.rubric.not_assessed_reasons}
            self._state = tr("not assessed: {why}").format(why=words.get(rating.reason, rating.reason))
        elif score is not None:
            lines = len(rating.evidence)
            self._state = ntr("{n} evidence line", "{n} evidence lines", lines) if lines else tr("no evidence yet")
        else:
            self._state = tr("no score yet")
        shown = tr("score {n}").format(n=score) if score is not None else self._state
        self.setAccessibleName(f"{self._dimension.short}: {shown}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(36 if self._planned else 27))

    def minimumSizeHint(self) -> QSize:
        """As high as its line, and narrow if need be."""
        return QSize(self._theme.px(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left, right, height = 20, self.width(), self.height()
        theme = self._theme
        if self.underMouse() and self._planned:
            painter.fillRect(QRectF(left - 8, 0, right - left + 8, height), theme.colour("sunken"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(left, height - 1, right, height - 1)
        cell = cell_size(theme, Size.LARGE)
        room = cell.width() + 12 if self._planned else 32
        caption = theme.font("caption")
        painter.setFont(caption)
        width = QFontMetrics(caption).horizontalAdvance(self._state)
        painter.setPen(theme.colour("ink_soft"))
        painter.drawText(QRectF(right - room - width, 0, width + 1, height), Qt.AlignmentFlag.AlignVCenter, self._state)
        body = theme.font("body", 500 if self._planned else 400)
        painter.setFont(body)
        painter.setPen(theme.colour("ink" if self._planned else "ink_soft"))
        name = QFontMetrics(body).elidedText(
            self._dimension.short, Qt.TextElideMode.ElideRight, right - room - width - left - 12
        )
        painter.drawText(QRectF(left, 0, right - room - width - left, height), Qt.AlignmentFlag.AlignVCenter, name)
        if self._planned:
            place = QRectF(right - cell.width(), (height - cell.height()) / 2, cell.width(), cell.height())
            paint_cell(painter, place, self._cell, theme, Size.LARGE, ground="background")
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(left - 7, 1, right - left + 6, height - 3), 5, 5)
        painter.end()


def first_to_open(page: CardView) -> str:
    """Where one left off: the dimension of the newest evidence, else the first that waits."""
    waiting = [d for d in page.content.planned if not page.content.rating(d).answered]
    if 0 < len(waiting) < len(page.content.planned) and page.state == "draft":
        newest = max((line for line in page.lines if line.dimension), key=lambda line: line.at, default=None)
        return newest.dimension if newest and newest.dimension else waiting[0]
    return (waiting or list(page.content.planned))[0]


class Dimensions(QScrollArea):
    """The dimensions in a `column`, and the `vote` below them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frame = QFrame()
        frame.setProperty("role", "dimensions")
        self.vote = VotePane(theme)
        self.column = column(self.vote, STRETCH, gap=0, margins=(0, 4, 20, 16), on=frame)
        self.setWidget(frame)
