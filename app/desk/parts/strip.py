"""The strip: one small cell a dimension, painted the same by widgets and by delegates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.desk.parts.label import as_tooltip
from app.desk.theme import Theme, tokens
from app.words import tr

_UNDERLINE = 2  # px thick, and twice as far below the cell
_RING = 2  # px around the cell being worked on
_PENDING = 0.55  # opacity of a score that is not saved yet


class Size(StrEnum):
    """The strip's two sizes: on cards and in rows, and in heads."""

    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True)
class PaintedCell:
    """One dimension in a strip.

    `score` 1-4 or None; `bar` the score that meets the level; `high` the highest score where several lie on
    both sides of the bar; `sealed`: there is a score that may not be seen yet; `underlined`: planned, in one's
    own strip; `faint`: an empty cell nobody is asked to fill; `pending`: on its way to the file; `note`: the
    words for an empty cell where "not looked at yet" is not the case.
    """

    score: int | None = None
    bar: int = 3
    high: int | None = None
    sealed: bool = False
    underlined: bool = False
    faint: bool = False
    pending: bool = False
    note: str = ""


def cell_left(score: int, bar: int) -> int:
    """Where a score lies against its bar: 1 well below, 2 below, 3 at, 4 above."""
    return min(4, max(1, score - bar + 3))


def cell_size(theme: Theme, size: Size = Size.SMALL) -> QSize:
    """One cell in pixels, at the text size of now."""
    width, height = tokens()["strip"]["cell_large" if size is Size.LARGE else "cell"]
    return QSize(theme.px(width), theme.px(height))


def strip_size(cells: Sequence[PaintedCell], theme: Theme, size: Size = Size.SMALL) -> QSize:
    """The whole strip in pixels, with the room its underlines take."""
    cell = cell_size(theme, size)
    gap = tokens()["strip"]["gap"]
    width = len(cells) * (cell.width() + gap) - (gap if cells else 0)
    below = 3 * _UNDERLINE if any(c.underlined for c in cells) else 0
    return QSize(width, cell.height() + below)


def cell_at(x: float, cells: Sequence[PaintedCell], theme: Theme, size: Size = Size.SMALL) -> int | None:
    """The number of the cell at `x` pixels from the strip's left, from 0; None beside it."""
    step = cell_size(theme, size).width() + tokens()["strip"]["gap"]
    number = int(x // step)
    return number if 0 <= number < len(cells) else None


def paint_strip(
    painter: QPainter,
    at: QPointF,
    cells: Sequence[PaintedCell],
    theme: Theme,
    size: Size = Size.SMALL,
    *,
    ground: str = "panel",
    focus: int | None = None,
    room: float = inf,
) -> None:
    """Draw the strip with its top left corner at `at`; `ground` is the colour it stands on, for the cut corners.

    Where there is less `room` than it takes, in pixels, its cells are narrower.
    """
    cell, gap = cell_size(theme, size), tokens()["strip"]["gap"]
    step = min(cell.width() + gap, (room + gap) / max(1, len(cells)))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, value in enumerate(cells):
        rect = QRectF(at.x() + number * step, at.y(), step - gap, cell.height())
        paint_cell(painter, rect, value, theme, size, ground=ground, focus=number == focus)
    painter.restore()


def paint_cell(
    painter: QPainter,
    rect: QRectF,
    cell: PaintedCell,
    theme: Theme,
    size: Size = Size.SMALL,
    *,
    ground: str = "panel",
    focus: bool = False,
) -> None:
    """Draw one cell to fill `rect`; the painter is left as it was."""
    radius = tokens()["radius"]["cell"]
    painter.save()
    if cell.pending:
        painter.setOpacity(_PENDING)
    if cell.score is not None and not cell.sealed:
        _paint_score(painter, rect, cell, theme, size, ground)
    elif cell.sealed:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sealed"))
        painter.drawRoundedRect(rect, radius, radius)
        painter.setBrush(theme.colour("ink_faint"))
        painter.drawEllipse(rect.center(), rect.width() / 7, rect.width() / 7)
    else:
        painter.setPen(QPen(theme.colour("line" if cell.faint else "empty"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)
    painter.setOpacity(1)
    if cell.underlined:
        line = QRectF(rect.left(), rect.bottom() + 2 * _UNDERLINE, rect.width(), _UNDERLINE)
        painter.fillRect(line, theme.colour("accent"))
    if focus:
        painter.setPen(QPen(theme.colour("accent"), _RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), radius + 1, radius + 1)
    painter.restore()


def strip_in_words(names: Sequence[str], cells: Sequence[PaintedCell]) -> str:
    """The strip for who does not see it: 'Systems 3, MLOps 2 to 4, Software not looked at yet'."""
    return ", ".join(
        tr("{name} {state}").format(name=name, state=_state(cell)) for name, cell in zip(names, cells, strict=True)
    )


class StripWidget(QWidget):
    """A strip standing by itself, with its words for a screen reader and each cell's words on hover."""

    def __init__(
        self, theme: Theme, size: Size = Size.SMALL, *, ground: str = "panel", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self._ground = ground
        self._names: tuple[str, ...] = ()
        self._cells: tuple[PaintedCell, ...] = ()
        self._focus: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._measure_again)

    @property
    def cells(self) -> tuple[PaintedCell, ...]:
        """What is shown."""
        return self._cells

    def show_cells(self, names: Sequence[str], cells: Sequence[PaintedCell], focus: int | None = None) -> None:
        """Show these cells; `focus` is the one being worked on, from 0."""
        self._names, self._cells, self._focus = tuple(names), tuple(cells), focus
        self.setAccessibleName(strip_in_words(self._names, self._cells))
        self._measure_again()

    def sizeHint(self) -> QSize:
        """The strip's own size; it neither grows nor shrinks."""
        size = strip_size(self._cells, self._theme, self._size)
        return size if self._focus is None else size + QSize(0, 2 * _RING)

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint`."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells."""
        painter = QPainter(self)
        top = 0 if self._focus is None else _RING
        paint_strip(
            painter, QPointF(0, top), self._cells, self._theme, self._size, ground=self._ground, focus=self._focus
        )
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell the cell under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = cell_at(event.pos().x(), self._cells, self._theme, self._size)
            if number is not None:
                words = strip_in_words(self._names[number : number + 1], self._cells[number : number + 1])
                QToolTip.showText(event.globalPos(), as_tooltip(words), self)
                return True
        return super().event(event)

    def _measure_again(self) -> None:
        self.updateGeometry()
        self.update()


def _paint_score(painter: QPainter, rect: QRectF, cell: PaintedCell, theme: Theme, size: Size, ground: str) -> None:
    assert cell.score is not None
    radius = tokens()["radius"]["cell"]
    fill, figure = theme.score_colours(cell_left(cell.score, cell.bar))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, radius, radius)
    if cell.high is not None and cell.high != cell.score:
        corner = theme.px(tokens()["strip"]["corner_large" if size is Size.LARGE else "corner"])
        high, _ = theme.score_colours(cell_left(cell.high, cell.bar))
        _paint_corner(painter, rect, corner, high, theme.colour(ground))
    font = theme.font("body" if size is Size.LARGE else "caption", 600)
    painter.setFont(font)
    painter.setPen(figure)
    digits = str(cell.score)
    metrics = QFontMetricsF(font)
    painter.drawText(
        QPointF(
            rect.center().x() - metrics.horizontalAdvance(digits) / 2,
            rect.center().y() + metrics.capHeight() / 2,
        ),
        digits,
    )


def _paint_corner(painter: QPainter, rect: QRectF, corner: int, fill: QColor, ground: QColor) -> None:
    radius = tokens()["radius"]["cell"]
    shape = QPainterPath()
    shape.addRoundedRect(rect, radius, radius)
    left, top, right = rect.right() - corner, rect.top(), rect.right()
    triangle = QPainterPath(QPointF(left, top))
    triangle.lineTo(right, top)
    triangle.lineTo(right, top + corner)
    triangle.closeSubpath()
    painter.fillPath(shape.intersected(triangle), fill)
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(QPen(ground, 1.5))
    painter.drawLine(QPointF(left - 1, top - 1), QPointF(right + 1, top + corner + 1))
    painter.restore()
    painter.setPen(Qt.PenStyle.NoPen)


def _state(cell: PaintedCell) -> str:
    if cell.sealed:
        return tr("sealed until the cards are open")
    if cell.score is None:
        return cell.note or tr("not looked at yet")
    if cell.high is not None and cell.high != cell.score:
        return tr("{low} to {high}, on both sides of the bar").format(low=cell.score, high=cell.high)
    words = {1: tr("well below the bar"), 2: tr("below the bar"), 3: tr("at the bar"), 4: tr("above the bar")}
    return tr("{score}, {words}").format(score=cell.score, words=words[cell_left(cell.score, cell.bar)])
