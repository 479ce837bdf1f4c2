"""The left side of a debrief: the matrix, whose rows open to the evidence behind them."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.desk.pages.debrief.matrix import MatrixHead, MatrixRow, least_width, matrix_columns
from app.desk.parts.layout import STRETCH, column, wide
from app.desk.parts.side_by_side import SideBySide
from app.desk.parts.strip import PaintedCell, Size, cell_size, paint_cell
from app.desk.theme import Theme
from app.phrases.rubric import vote_word
from app.queries.debrief import DebriefView
from app.words import tr

_ROW = 40  # px at ordinary text size


class VoteRow(QWidget):
    """The overall votes: sealed until the last dimension is walked, so that none of them leads the talk."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: DebriefView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_page(self, page: DebriefView) -> None:
        """Show the votes once they are open."""
        self._page = page
        if not page.done:
            self.setAccessibleName(tr("Overall votes, each alone: they open with the decision"))
        else:
            votes = [f"{c.name} {vote_word(page.rubric, c.content.overall)}" for c in page.columns if c.content.overall]
            self.setAccessibleName(tr("Overall votes: {votes}").format(votes=", ".join(votes)))
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(520), self._theme.px(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A sealed cell or a word for each column."""
        page = self._page
        if page is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, height = self._theme, self.height()
        grid = matrix_columns(theme, self.width(), len(page.columns))
        left = 20 + theme.px(16)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("body", 500))
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRectF(left, 0, grid.name - left, height), middle, tr("Overall, each alone"))
        size = cell_size(theme, Size.LARGE)
        painter.setFont(theme.font("caption"))
        for number, body in enumerate(page.columns):
            x = grid.centre(number)
            if not page.done:
                rect = QRectF(x - size.width() / 2, (height - size.height()) / 2, size.width(), size.height())
                paint_cell(painter, rect, PaintedCell(sealed=True), theme, Size.LARGE, ground="background")
            elif body.content.overall is not None:
                painter.setPen(theme.colour("ink_soft"))
                words = vote_word(page.rubric, body.content.overall)
                box = QRectF(x - grid.column / 2, 0, grid.column, height)
                painter.drawText(box, middle | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, words)
        painter.setPen(theme.colour("ink_soft"))
        words = vote_count(page) if page.done else tr("opens with the decision")
        painter.drawText(QRectF(grid.width - grid.state, 0, grid.state - 8, height), middle, words)
        painter.end()


def vote_count(page: DebriefView) -> str:
    """'4 hire, 2 no hire'."""
    votes = [c.content.overall for c in page.columns if c.content.overall is not None]
    counted = [(choice.words, sum(v == choice.id for v in votes)) for choice in page.rubric.overall]
    return ", ".join(tr("{n} {vote}").format(n=n, vote=words) for words, n in counted if n) or tr("no votes")


class EvidenceTable(QWidget):
    """`opened` carries the dimension whose row a person opened. Up and Down go through the rows."""

    opened = Signal(str)

    def __init__(self, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self._theme, self._zone = theme, zone
        self._columns = 2
        self._page: DebriefView | None = None
        self._current: str | None = None
        self._rows: dict[str, MatrixRow] = {}
        self._open: dict[str, SideBySide] = {}
        self._head = MatrixHead(theme)
        self._votes = VoteRow(theme)
        self._body = QWidget()
        self._lines = column(self._votes, STRETCH, gap=0, on=self._body)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._body)
        column(self._head, wide(self._area), gap=0, on=self)
        theme.changed.connect(self._measure)

    def _measure(self) -> None:
        """Never so narrow that scores stand on each other: the page scrolls instead."""
        self.setMinimumWidth(least_width(self._theme, len(self._page.columns)) if self._page is not None else 0)

    def forget(self) -> None:
        """Another application is shown: nothing is open."""
        for dimension in list(self._open):
            self._close(dimension)
        for row in self._rows.values():
            row.deleteLater()
        self._rows, self._page, self._current = {}, None, None

    def show_page(self, page: DebriefView, current: str | None) -> None:
        """Show the debrief; the dimension that is talked about is open when it first is."""
        if not self._rows:
            self._build_rows(page)
        arrived = current is not None and current != self._current
        self._page, self._current = page, current
        self._measure()
        self._head.show_page(page)
        self._votes.show_page(page)
        for dimension, row in self._rows.items():
            row.show_page(page, current=dimension == current)
        for dimension in list(self._open):
            self._close(dimension)
            self._open_row(dimension)
        if arrived and current is not None:
            self.open_only(current)

    def set_columns(self, columns: int) -> None:
        """How many cards stand beside each other."""
        if columns != self._columns:
            self._columns = columns
            if self._page is not None:
                self.show_page(self._page, self._current)

    def stretch(self, *, whole: bool) -> None:
        """As high as every row and its evidence, or as high as there is room."""
        self._area.setMinimumHeight(self._body.sizeHint().height() if whole else 0)

    def open_only(self, dimension: str) -> None:
        """Open this row and close the others."""
        if list(self._open) == [dimension]:
            return
        for other in list(self._open):
            self._close(other)
            self._rows[other].setChecked(False)
        self._open_row(dimension)
        self._rows[dimension].setChecked(True)
        pane = self._open[dimension]
        QTimer.singleShot(0, pane, lambda: self._area.ensureWidgetVisible(pane, 0, 60))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go through the rows."""
        rows = list(self._rows.values())
        focused = self.window().focusWidget()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and focused in rows:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            place = rows.index(focused) + step
            if 0 <= place < len(rows):
                rows[place].setFocus(Qt.FocusReason.OtherFocusReason)
                self._area.ensureWidgetVisible(rows[place])
        else:
            super().keyPressEvent(event)

    def _build_rows(self, page: DebriefView) -> None:
        for place, dimension in enumerate(page.rubric.dimension_ids):
            row = MatrixRow(self._theme, dimension)
            row.clicked.connect(lambda on, d=dimension: self._toggled(d, on=on))
            self._rows[dimension] = row
            self._lines.insertWidget(place, row)

    def _toggled(self, dimension: str, *, on: bool) -> None:
        if on:
            self._open_row(dimension)
            self.opened.emit(dimension)
        else:
            self._close(dimension)

    def _open_row(self, dimension: str) -> None:
        assert self._page is not None
        pane = SideBySide(self._theme, self._zone, self._page, dimension, columns=self._columns)
        self._open[dimension] = pane
        self._lines.insertWidget(self._lines.indexOf(self._rows[dimension]) + 1, pane)
        self._rows[dimension].update()

    def _close(self, dimension: str) -> None:
        pane = self._open.pop(dimension, None)
        if pane is not None:
            self._lines.removeWidget(pane)
            pane.hide()
            pane.deleteLater()
