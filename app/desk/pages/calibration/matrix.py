"""The matrix of a calibration: a row a member, a column a dimension, each cell against the level proposed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.pages.calibration.columns import EDGE, CalibrationColumns, GridFoot, calibration_columns, tile_colour
from app.desk.parts.controls import RowButton
from app.desk.parts.label import Text, as_tooltip
from app.desk.parts.layout import column, holder
from app.desk.parts.section import fill
from app.desk.parts.states import paint_state
from app.desk.parts.strip import PaintedCell, Size, cell_size, paint_cell
from app.desk.theme import Theme
from app.domain.guide import Guide
from app.domain.panel import State
from app.domain.readiness import LevelCell
from app.phrases.readiness import Said, readiness_line, said_line, said_of, unsupported_words
from app.phrases.rubric import no_score_word, state_word
from app.queries.calibration import CalibrationMember, CalibrationView, GuideGroup
from app.words import ntr, tr

_ROW = 50  # px at ordinary text size
_HIGHER = 64
_TILE = 4  # px between tile and its column


def under_cell(one: CalibrationMember, cell: LevelCell) -> tuple[str, str]:
    """The word under a cell and its tone; nothing where its bar is met by what counts."""
    assert one.judged is not None
    outside = unsupported_words(one.judged.unsupported_in(cell.dimension), len(one.judged.raters(cell.dimension)))
    if outside:
        return outside, "warn"
    if cell.state in (None, State.MET):
        return "", "ink_soft"
    if cell.state is State.EMPTY:
        reasons = {
            g.content.rating(cell.dimension).reason
            for g in one.judged.newest
            if g.content.relation.counts and g.content.rating(cell.dimension).reason is not None
        }
        known = sorted(r for r in reasons if r is not None)
        return (no_score_word(known[0], short=True) if known else tr("no score")), "ink_soft"
    if cell.state is State.NOT_MET and cell.below:
        return f"−{cell.below}", "bad"
    return state_word(cell.state), "ink_soft" if cell.state is State.THIN else "warn"


class GridHead(QWidget):
    """The names of the dimensions over their columns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._guide: Guide | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_guide(self, guide: Guide) -> None:
        """Show the dimensions of a guide."""
        self._guide = guide
        self.setAccessibleName(tr("Dimensions: {names}").format(names=", ".join(d.short for d in guide.dimensions)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(700), self._theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._guide is None:
            return
        painter = QPainter(self)
        theme, height = self._theme, self.height()
        dimensions = self._guide.dimensions
        grid = calibration_columns(theme, self.width(), len(dimensions))
        font = theme.font("caption")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.colour("ink_soft"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(EDGE, 0, grid.name - EDGE, height), middle, tr("Member"))
        for number, dimension in enumerate(dimensions):
            box = QRectF(grid.left(number) - 4, 0, grid.column + 8, height)
            room = grid.column + 2
            shorter = (dimension.narrow, *(dimension.narrow[:n] for n in (3, 2)))
            fitting = (words for words in shorter if metrics.horizontalAdvance(words) <= room)
            words = next(fitting, dimension.narrow[:1])
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignHCenter, words)
        painter.drawText(QRectF(grid.width - grid.state + 8, 0, grid.state, height), middle, tr("Readiness"))
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.drawLine(0, height - 1, self.width(), height - 1)
        painter.end()


class MatrixMemberRow(RowButton):
    """One member. `picked` carries a dimension's number that was clicked; Left and Right go through the cells."""

    picked = Signal(int)

    def __init__(self, theme: Theme, proposal: int) -> None:
        super().__init__()
        self._theme, self.proposal = theme, proposal
        self._page: CalibrationView | None = None
        self._chosen: int | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_page(self, page: CalibrationView, chosen: int | None) -> None:
        """Show the member as the calibration has them; `chosen` is the cell being talked about, None in other rows."""
        self._page, self._chosen = page, chosen
        self.setChecked(chosen is not None)
        one = page.member(self.proposal)
        self.setToolTip(as_tooltip(_whole_line(one)) if one.judged is not None else "")
        self.setAccessibleName(
            tr("{name}, {level} to {target}").format(name=one.name, level=one.level, target=one.target)
        )
        if one.judged is None:
            words = tr("{n} of {all} in, sealed").format(n=one.sealing.cards_in, all=one.sealing.cards_planned)
            self.setAccessibleDescription(words)
        else:
            cells = [_cell_words(one, c) for c in one.judged.verdict.cells]
            self.setAccessibleDescription(", ".join([_said(one).word, _whole_line(one), *cells]))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(700), self._high())

    def minimumSizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(self._theme.px(320), self._high())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow one the words of readiness take another line."""
        super().resizeEvent(event)
        self.updateGeometry()

    def _high(self) -> int:
        narrow = calibration_columns(self._theme, self.width(), self._count).narrow(self._theme)
        return self._theme.px(_HIGHER if narrow else _ROW)

    @property
    def _count(self) -> int:
        """How many columns there are."""
        return len(self._page.member(self.proposal).guide.dimensions) if self._page is not None else 0

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses the member, and the cell under it."""
        if self._page is not None:
            grid = calibration_columns(self._theme, self.width(), self._count)
            number = grid.at(event.position().x())
            self.picked.emit(number if number is not None else -1)
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go through the cells."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and self._page is not None:
            self.picked.emit(((self._chosen or 0) + steps[Qt.Key(event.key())]) % self._count)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the matrix goes through its members; a button would only pass the focus on
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._page is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, page, height = self._theme, self._page, self.height()
        one = page.member(self.proposal)
        ground = "panel" if self.isChecked() else "background"
        if self.isChecked():
            painter.fillRect(self.rect(), theme.colour("panel"))
            painter.fillRect(QRectF(0, 0, 4 if self.hasFocus() else 3, height), theme.colour("accent"))
        grid = calibration_columns(theme, self.width(), self._count)
        two = [
            (one.name, "body", 600 if self.isChecked() else 500, "ink"),
            (tr("{level} to {target}").format(level=one.level, target=one.target), "caption", 400, "ink_soft"),
        ]
        _two_lines(painter, theme, QRectF(EDGE, 0, grid.name - EDGE - 4, height), two)
        cells = one.cells
        below = [under_cell(one, cell) if one.judged is not None else ("", "ink_soft") for cell in cells]
        rooms = _rooms([QFontMetricsF(theme.font("caption")).horizontalAdvance(w) for w, _ in below], grid.column)
        for number, cell in enumerate(cells):
            box = QRectF(grid.left(number), 0, grid.column, height)
            if cell.core:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour(tile_colour(theme)))
                painter.drawRoundedRect(box.adjusted(2, _TILE - 1, -2, -_TILE), 4, 4)
            if cell.bar is None and not cell.scores:
                continue
            shown = PaintedCell(cell.low, cell.bar or 3, cell.high, sealed=one.judged is None)
            on = tile_colour(theme) if cell.core else ground
            rect = self._paint_cell(painter, box, shown, on, chosen=number == self._chosen)
            if one.judged is not None and one.judged.unsupported_in(cell.dimension):
                self._paint_unsupported(painter, rect)
            self._paint_below(painter, rect, rooms[number], *below[number])
        self._paint_word(painter, grid, one)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(0, height - 1, self.width(), height - 1)
        if self.hasFocus() and not self.isChecked():  # of the chosen one, the ring round its cell says it
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_cell(self, painter: QPainter, box: QRectF, shown: PaintedCell, ground: str, *, chosen: bool) -> QRectF:
        theme, size = self._theme, cell_size(self._theme, Size.LARGE)
        rect = QRectF(box.center().x() - size.width() / 2, theme.px(7), size.width(), size.height())
        paint_cell(painter, rect, shown, theme, Size.LARGE, ground=ground)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QPen(theme.colour("accent"), 2) if self.hasFocus() else QPen(theme.colour("accent"), 1)
            painter.setPen(ring)
            painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), 5, 5)
        return rect

    def _paint_unsupported(self, painter: QPainter, rect: QRectF) -> None:
        """A broken frame: what stands behind the score is not of the days that count."""
        pen = QPen(self._theme.colour("warn"), 1.4)
        pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), 4, 4)

    def _paint_below(self, painter: QPainter, cell: QRectF, room: float, words: str, tone: str) -> None:
        font = self._theme.font("caption")
        painter.setFont(font)
        painter.setPen(self._theme.colour(tone))
        place = QRectF(cell.center().x() - room / 2, cell.bottom() + 1, room, QFontMetricsF(font).height())
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, shown)

    def _paint_word(self, painter: QPainter, grid: CalibrationColumns, one: CalibrationMember) -> None:
        theme, page, height = self._theme, self._page, self.height()
        assert page is not None
        left = grid.width - grid.state + 8
        side = theme.px(10)
        if one.judged is None:
            words = tr("{n} of {all} in").format(n=one.sealing.cards_in, all=one.sealing.cards_planned)
            lines = [(tr("Sealed"), "body", 500, "ink_soft"), (words, "caption", 400, "ink_soft")]
            _two_lines(painter, theme, QRectF(left, 0, grid.state - 12, height), lines)
            return
        said = _said(one)
        body = QFontMetricsF(theme.font("body")).height()
        caption = theme.font("caption")
        metrics = QFontMetricsF(caption)
        rows = 2 if grid.narrow(theme) and metrics.horizontalAdvance(_line(one)) > grid.state - 12 else 1
        first = (height - body - rows * metrics.height()) / 2
        mark = QRectF(left, first + (body - side) / 2, side, side)
        paint_state(painter, mark, said.shape, theme)
        painter.setFont(theme.font("body", 500))
        painter.setPen(theme.colour("ink"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left + side + 7, first, grid.state, body), middle, said.word)
        painter.setFont(caption)
        painter.setPen(theme.colour("ink_soft"))
        place = QRectF(left, first + body, grid.state - 12, rows * metrics.height() + 2)
        if rows > 1:
            painter.drawText(place, Qt.TextFlag.TextWordWrap, _line(one))
            return
        words = metrics.elidedText(_line(one), Qt.TextElideMode.ElideRight, grid.state - 12)
        painter.drawText(place, Qt.AlignmentFlag.AlignTop, words)


def _rooms(wide: list[float], column: float) -> list[float]:
    """How wide the word under each cell may be, so that it stays apart from those beside it."""
    found = []
    for number in range(len(wide)):
        beside = [wide[n] for n in (number - 1, number + 1) if 0 <= n < len(wide)]
        found.append(max(column - 2, 2 * column - max(beside, default=0) - 4))
    return found


def _cell_words(one: CalibrationMember, cell: LevelCell) -> str:
    score = str(cell.low) if cell.low is not None else "–"
    return f"{one.guide.dimension(cell.dimension).short} {score} {under_cell(one, cell)[0]}".strip()


def _line(one: CalibrationMember) -> str:
    assert one.judged is not None
    aside = _said(one).aside
    return aside or readiness_line(one.judged.verdict, one.judged.before if one.judged.after else None, one.guide)


def _whole_line(one: CalibrationMember) -> str:
    """The same with what decides the rule's word, where there is room."""
    assert one.judged is not None
    line = readiness_line(one.judged.verdict, one.judged.before if one.judged.after else None, one.guide)
    return said_line(_said(one), line)


def _said(one: CalibrationMember) -> Said:
    """What was decided, before what the rule says."""
    assert one.judged is not None
    return said_of(one.judged.verdict.word, one.outcome.outcome if one.outcome is not None else "")


def _two_lines(painter: QPainter, theme: Theme, box: QRectF, lines: list[tuple[str, str, int, str]]) -> None:
    fonts = [theme.font(role, weight) for _, role, weight, _ in lines]
    heights = [QFontMetricsF(f).height() for f in fonts]
    top = box.top() + (box.height() - sum(heights)) / 2
    for (words, _, _, tone), font, height in zip(lines, fonts, heights, strict=True):
        painter.setFont(font)
        painter.setPen(theme.colour(tone))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QPointF(box.left(), top + QFontMetricsF(font).ascent()), shown)
        top += height


class _Group(QWidget):
    """The rows of one guide under its dimensions; its name stands above where there are several."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._name = Text("", "caption", weight=600, tone="soft")
        self._head, self._foot = GridHead(theme), GridFoot(theme)
        self.lines = column(gap=0)
        self._title = holder(column(self._name, gap=0, margins=(EDGE, theme.px(10), 8, 0)))
        column(self._title, self._head, self.lines, self._foot, gap=0, on=self)

    def show_group(self, group: GuideGroup, *, alone: bool) -> None:
        """Show its guide and what its members come to."""
        words = ntr("{{guide}}: {n} member", "{{guide}}: {n} members", len(group.members))
        self._name.setText(words.format(guide=group.guide.name))
        self._title.setVisible(not alone)
        self._head.show_guide(group.guide)
        self._foot.show_group(group)


class CalibrationGrid(QWidget):
    """The members by guide. `chosen` carries the proposal and the dimension that are talked about."""

    chosen = Signal(int, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: CalibrationView | None = None
        self._dimension = ""
        self._held: list[list[int]] = []
        self._groups: list[_Group] = []
        self.rows: dict[int, MatrixMemberRow] = {}
        self._all = column(gap=0, on=self)

    def show_page(self, page: CalibrationView, proposal: int | None, dimension: str) -> None:
        """Show the calibration, at this cell."""
        self._page, self._dimension = page, dimension
        held = [[m.proposal for m in group.members] for group in page.groups]
        if held != self._held or not self._groups:
            self._make(held)
        for shown, group in zip(self._groups, page.groups, strict=True):
            shown.show_group(group, alone=len(held) == 1)
        for key, row in self.rows.items():
            ids = page.member(key).guide.dimension_ids
            row.show_page(page, ids.index(dimension) if key == proposal and dimension in ids else None)

    def _make(self, held: list[list[int]]) -> None:
        """Rows for these members, guide by guide."""
        self._held = held
        self._groups = [_Group(self._theme) for _ in held]
        self.rows = {key: MatrixMemberRow(self._theme, key) for keys in held for key in keys}
        for key, row in self.rows.items():
            row.picked.connect(partial(self._picked, key))
            row.clicked.connect(lambda _on=False, at=key: self._picked(at, -1))
        for group, keys in zip(self._groups, held, strict=True):
            fill(group.lines, [self.rows[key] for key in keys])
        fill(self._all, self._groups)
        for group in self._groups:
            group.show()  # at once: a row takes the focus only where its group is in sight

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go through the members."""
        rows = list(self.rows.values())
        focused = self.window().focusWidget()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and focused in rows:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            place = rows.index(focused) + step
            if 0 <= place < len(rows):
                rows[place].setFocus(Qt.FocusReason.OtherFocusReason)
                self._picked(rows[place].proposal, -1)
        else:
            super().keyPressEvent(event)

    def _picked(self, proposal: int, number: int) -> None:
        if self._page is not None:
            ids = self._page.member(proposal).guide.dimension_ids
            kept = self._dimension if self._dimension in ids else ids[0]
            self.chosen.emit(proposal, ids[number] if number >= 0 else kept)
