"""The debrief's matrix: one row a dimension, one column a card, the state at the right; a row opens to its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.parts.controls import RowButton
from app.desk.parts.states import paint_state
from app.desk.parts.strip import PaintedCell, Size, cell_size, paint_cell
from app.desk.theme import Theme
from app.domain.panel import PanelCell, State, dimension_state
from app.phrases.rubric import reason_words, state_word
from app.queries.debrief import CardColumn, DebriefView
from app.words import tr

_LEFT = 20  # px
_NAME = 186  # px at ordinary text size, from the chevron on
_STATE = 196  # px at ordinary text size
_ROW = 40  # px at ordinary text size
_SMALL = 0.72  # of a cell: a second score


@dataclass(frozen=True)
class MatrixColumns:
    """Where columns lie, in pixels: the same for the head and for every row."""

    width: int
    name: int
    state: int
    count: int

    def centre(self, number: int) -> float:
        """The middle of a column, from 0."""
        room = self.width - self.name - self.state
        return self.name + room * (number + 0.5) / max(1, self.count)

    @property
    def column(self) -> float:
        """How wide a column is."""
        return (self.width - self.name - self.state) / max(1, self.count)


def matrix_columns(theme: Theme, width: int, count: int) -> MatrixColumns:
    """The columns of a matrix this wide; in a narrow one names and states give way first."""
    name, state = _LEFT + theme.px(_NAME), theme.px(_STATE)
    least = count * (cell_size(theme, Size.LARGE).width() * 2 + 8)
    for_state = min(max(0, name + state + least - width), round(state * 0.55))
    for_name = min(max(0, name + state - for_state + least - width), round(name * 0.35))
    return MatrixColumns(width, name - for_name, state - for_state, count)


def least_width(theme: Theme, count: int) -> int:
    """In a narrower matrix of so many columns, scores would stand on each other."""
    grid = matrix_columns(theme, 0, count)
    return grid.name + grid.state + count * (cell_size(theme, Size.LARGE).width() + 6)


def short_names(columns: Sequence[CardColumn]) -> list[str]:
    """Family names; whole names where two people share one."""
    last = [c.name.split()[-1] if c.name.split() else c.name for c in columns]
    people = {(name, c.colleague) for name, c in zip(last, columns, strict=True)}
    shared = {name for name, _ in people if sum(n == name for n, _ in people) > 1}
    return [c.name if name in shared else name for name, c in zip(last, columns, strict=True)]


class MatrixHead(QWidget):
    """Who scored, in which round; a flat card is marked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: DebriefView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_page(self, page: DebriefView) -> None:
        """Show the columns of a debrief."""
        self._page = page
        names = [", ".join((c.name, c.exercise, *_marks(c))) for c in page.columns]
        self.setAccessibleName(tr("Cards of: {names}").format(names="; ".join(names)))
        flat = [c.name for c in page.columns if c.flat]
        self.setToolTip(tr("{names}: every score is the same.").format(names=", ".join(flat)) if flat else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(self._theme.px(520), self._theme.px(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name over exercise in each column."""
        if self._page is None:
            return
        painter = QPainter(self)
        theme, page = self._theme, self._page
        grid = matrix_columns(theme, self.width(), len(page.columns))
        middle = self.height() / 2
        for number, (column, name) in enumerate(zip(page.columns, short_names(page.columns), strict=True)):
            left = grid.centre(number) - grid.column / 2
            _centred(
                painter, theme, "body", 500, "ink", QRectF(left, middle - theme.px(18), grid.column, theme.px(18)), name
            )
            below = QRectF(left, middle, grid.column, theme.px(16))
            if column.late:
                _centred(painter, theme, "caption", 500, "warn", below, tr("came in late"))
            elif column.after_open:
                _centred(painter, theme, "caption", 500, "warn", below, tr("not written alone"))
            elif column.flat:
                _centred(painter, theme, "caption", 500, "warn", below, _flat())
            else:
                _centred(painter, theme, "caption", 400, "ink_soft", below, column.exercise)
        words = tr("State, before the debrief") if page.done or page.after is not None else tr("State")
        state = QRectF(grid.width - grid.state, middle - theme.px(8), grid.state - 8, theme.px(16))
        _left(painter, theme, "caption", 400, "ink_soft", state, words)
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


class MatrixRow(RowButton):
    """One dimension. It is checkable: checked is open."""

    def __init__(self, theme: Theme, dimension: str) -> None:
        super().__init__()
        self._theme, self.dimension = theme, dimension
        self._page: DebriefView | None = None
        self._current = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_page(self, page: DebriefView, *, current: bool) -> None:
        """Show the dimension as the debrief has it; `current` is the one being talked about."""
        self._page, self._current = page, current
        scores = ", ".join(
            tr("{name} {score}").format(name=c.name, score=c.rating(self.dimension).score)
            for c in page.columns
            if c.rating(self.dimension).score is not None
        )
        state, detail = matrix_state_of(page, self.dimension)
        self.setAccessibleName(
            ": ".join(w for w in (page.rubric.dimension(self.dimension).short, scores or tr("no score")) if w)
        )
        self.setAccessibleDescription(", ".join(w for w in (state_word(state), detail) if w))
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(520), self._theme.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        """As high as its line."""
        return QSize(self._theme.px(320), self._theme.px(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Chevron and name, cells, state."""
        if self._page is None:
            return
        painter = QPainter(self)
        theme, page = self._theme, self._page
        if self.isChecked():
            painter.fillRect(self.rect(), theme.colour("panel"))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.colour("sunken"))
        grid = matrix_columns(theme, self.width(), len(page.columns))
        self._paint_name(painter, grid, page)
        for number, column in enumerate(page.columns):
            self._paint_column(painter, grid.centre(number), column, page)
        self._paint_state(painter, grid, page)
        if not self.isChecked():
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_name(self, painter: QPainter, grid: MatrixColumns, page: DebriefView) -> None:
        theme, height = self._theme, self.height()
        unit = theme.px(3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("ink_soft"), 1.4))
        painter.translate(_LEFT + unit, height / 2)
        if self.isChecked():
            painter.rotate(90)
        painter.drawPolyline([QPointF(-unit / 2, -unit), QPointF(unit / 2, 0), QPointF(-unit / 2, unit)])
        painter.restore()
        must = self.dimension in page.rule.must_have
        tag = tr("must")
        caption = theme.font("caption")
        room = QFontMetricsF(caption).horizontalAdvance(tag) + 10 if must else 0
        name = page.rubric.dimension(self.dimension).short
        left = _LEFT + theme.px(16)
        font = theme.font("body", 600 if self._current else 500)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, grid.name - left - room - 8)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRectF(left, 0, grid.name - left, height), Qt.AlignmentFlag.AlignVCenter, shown)
        if must:
            x = left + metrics.horizontalAdvance(shown) + 8
            line = QFontMetricsF(caption).height() + 2
            box = QRectF(x, (height - line) / 2, room, line)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("line_strong"), 1))
            painter.drawRoundedRect(box, 4, 4)
            painter.setFont(caption)
            painter.setPen(theme.colour("ink_soft"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tag)

    def _paint_column(self, painter: QPainter, x: float, column: CardColumn, page: DebriefView) -> None:
        rating = column.rating(self.dimension)
        if not rating.answered:
            return
        theme = self._theme
        ground = "panel" if self.isChecked() else "background"
        size = cell_size(theme, Size.LARGE)
        top = (self.height() - size.height()) / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = QRectF(x - size.width() / 2, top, size.width(), size.height())
        paint_cell(painter, first, PaintedCell(rating.score, page.rule.bar), theme, Size.LARGE, ground=ground)
        if self.dimension not in column.second:
            return
        width, height = size.width() * _SMALL, size.height() * _SMALL
        second = QRectF(first.right() + 3, first.center().y() - height / 2, width, height)
        paint_cell(
            painter, second, PaintedCell(column.second[self.dimension], page.rule.bar), theme, Size.SMALL, ground=ground
        )

    def _paint_state(self, painter: QPainter, grid: MatrixColumns, page: DebriefView) -> None:
        theme, height = self._theme, self.height()
        state, detail = matrix_state_of(page, self.dimension)
        left, side = float(grid.width - grid.state), theme.px(10)
        paint_state(painter, QRectF(left, (height - side) / 2, side, side), state, theme)
        words = state_word(state)
        body = theme.font("body", 500)
        x: float = left + side + 8
        painter.setFont(body)
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRectF(x, 0, grid.state, height), Qt.AlignmentFlag.AlignVCenter, words)
        x += QFontMetricsF(body).horizontalAdvance(words) + 8
        _left(painter, theme, "caption", 400, "ink_soft", QRectF(x, 0, grid.width - x - 10, height), detail)


def matrix_state_of(page: DebriefView, dimension: str) -> tuple[State, str]:
    """A dimension's state before the debrief, and what stands beside the word."""
    assert page.panel is not None
    cell = page.panel.cell(dimension)
    words = [tr("wide")] if cell.wide else []
    again = _again(page, dimension, cell)
    if again:
        words.append(again)
    elif cell.straddles:
        words.append(tr("on both sides"))
    elif cell.state is State.NOT_MET:
        words.append(tr("both below") if len(cell.scores) == 2 else tr("all below"))
    elif cell.state in (State.THIN, State.EMPTY):
        words += [
            tr("{name} {why}").format(name=name, why=reason_words(page.rubric, column.rating(dimension).reason or ""))
            for name, column in zip(short_names(page.columns), page.columns, strict=True)
            if column.rating(dimension).reason is not None
        ]
    return cell.state, ", ".join(words)


def _again(page: DebriefView, dimension: str, cell: PanelCell) -> str:
    """What the second scores make of it: 'then met', 'and still split'; empty where there are none."""
    voted = [c.second[dimension] for c in page.columns if dimension in c.second]
    if not voted:
        return ""
    scores = [s for s in voted if s is not None]
    state = dimension_state(scores, page.rule.bar, page.rule.min_raters)
    if state is cell.state:
        return tr("and still {state}").format(state=state_word(state))
    return tr("then {state}").format(state=state_word(state))


def _marks(column: CardColumn) -> list[str]:
    late = [tr("came in after the debrief had begun")] if column.late else []
    if column.after_open and not column.late:
        late = [tr("written after the cards were open")]
    return late + ([_flat()] if column.flat else [])


def _flat() -> str:
    return tr("please check")


def _centred(painter: QPainter, theme: Theme, role: str, weight: int, tone: str, rect: QRectF, words: str) -> None:
    _text(painter, theme, role, weight, tone, rect, words, Qt.AlignmentFlag.AlignHCenter)


def _left(painter: QPainter, theme: Theme, role: str, weight: int, tone: str, rect: QRectF, words: str) -> None:
    _text(painter, theme, role, weight, tone, rect, words, Qt.AlignmentFlag.AlignLeft)


def _text(
    painter: QPainter,
    theme: Theme,
    role: str,
    weight: int,
    tone: str,
    rect: QRectF,
    words: str,
    side: Qt.AlignmentFlag,
) -> None:
    font = theme.font(role, weight)
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, rect.width() - 2))
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
