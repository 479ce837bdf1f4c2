"""The four anchors of a dimension: full-width rows that are themselves the score buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.desk.parts.controls import RowButton
from app.desk.parts.label import Text
from app.desk.parts.strip import PaintedCell, Size, cell_size, paint_cell
from app.desk.theme import Theme, tokens
from app.domain.rubric import Anchor, Dimension, Rubric, ScalePoint
from app.words import tr


def anchor_rows(theme: Theme, dimension: Dimension, rubric: Rubric, chosen: Callable[[int], object]) -> list[AnchorRow]:
    """The anchors of a dimension as rows; `chosen` gets the score of the one that is pressed."""
    anchors = zip(dimension.anchors, rubric.scale, strict=True)
    rows = [AnchorRow(theme, anchor, point, rubric.bar) for anchor, point in anchors]
    for line in rows:
        line.clicked.connect(lambda _on=False, score=line.score: chosen(score))
    return rows


class AnchorRow(RowButton):
    """One anchor: its score, its summary, what one sees. Clicking it scores."""

    def __init__(
        self, theme: Theme, anchor: Anchor, point: ScalePoint, bar: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._score, self._bar = theme, anchor.score, bar
        self._pending = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        behaviours = in_one_line(anchor.behaviours)
        self.setAccessibleName(
            tr("Score {n}, {word}: {summary}").format(n=anchor.score, word=point.short, summary=anchor.summary)
        )
        self.setAccessibleDescription(behaviours)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        layout = self._grid = QGridLayout(self)
        cell = cell_size(theme, Size.LARGE)
        layout.setContentsMargins(8 + cell.width() + 12, 7, 10, 7)
        layout.setHorizontalSpacing(12)
        layout.setVerticalSpacing(1)
        summary = Text(anchor.summary, weight=500, wrap=True)
        word = Text(point.short, "caption", tone="soft")
        sentence = Text(behaviours, tone="soft", wrap=True)
        for label in (summary, word, sentence):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(summary, 0, 0)
        layout.addWidget(word, 0, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        layout.addWidget(sentence, 1, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        theme.changed.connect(self._measure)

    @property
    def score(self) -> int:
        """The score this row gives."""
        return self._score

    def show_chosen(self, chosen: bool, pending: bool = False) -> None:
        """Show it as chosen; `pending` until it is saved."""
        self._pending = pending
        self.setChecked(chosen)
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its words at this width."""
        return self._grid.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """As its layout says."""
        return self._grid.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """It may be narrow; its words then wrap."""
        return QSize(self._theme.px(240), self._grid.minimumSize().height())

    def nextCheckState(self) -> None:
        """What is checked follows the file, not the click."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of the chosen row, the focus ring, and the cell with the score."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = tokens()["radius"]["control"]
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(QPen(self._theme.score_colours(3)[0], 1))
            painter.setBrush(self._theme.colour("accent_soft"))
            painter.drawRoundedRect(rect, radius, radius)
        elif self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("sunken"))
            painter.drawRoundedRect(rect, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self._paint_score(painter)
        painter.end()

    def _paint_score(self, painter: QPainter) -> None:
        cell = cell_size(self._theme, Size.LARGE)
        place = QRectF(8, 8, cell.width() + 2, cell.height())
        if self.isChecked():
            paint_cell(
                painter, place, PaintedCell(self._score, self._bar, pending=self._pending), self._theme, Size.LARGE
            )
            return
        radius = tokens()["radius"]["cell"]
        painter.setPen(QPen(self._theme.colour("line_strong"), 1))
        painter.setBrush(self._theme.colour("panel"))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setPen(self._theme.colour("ink_soft"))
        painter.setFont(self._theme.font("body", 500))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(self._score))

    def _measure(self) -> None:
        cell = cell_size(self._theme, Size.LARGE)
        self._grid.setContentsMargins(8 + cell.width() + 12, 7, 10, 7)
        self.updateGeometry()


def in_one_line(behaviours: Sequence[str]) -> str:
    """Several behaviours as one sentence; only what starts like a name keeps its capital."""
    first, *others = behaviours
    return "; ".join([first, *(b[0].lower() + b[1:] if b[1:2].islower() or b[1:2] == " " else b for b in others)])
