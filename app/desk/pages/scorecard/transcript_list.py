"""The lines of a transcript as a list that scrolls through hours: rows of one height, drawn by a delegate."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.desk.theme import Theme
from app.domain.transcript import SaidLine, call_time
from app.words import tr

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
FOUND = Qt.ItemDataRole.UserRole + 1
_ROWS = 2  # of words in sight; the whole of the line one is on stands under the list
_SIDE = 12
_CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect
_REACHING = {
    Qt.Key.Key_Up: QAbstractItemView.CursorAction.MoveUp,
    Qt.Key.Key_Down: QAbstractItemView.CursorAction.MoveDown,
    Qt.Key.Key_PageUp: QAbstractItemView.CursorAction.MovePageUp,
    Qt.Key.Key_PageDown: QAbstractItemView.CursorAction.MovePageDown,
    Qt.Key.Key_Home: QAbstractItemView.CursorAction.MoveHome,
    Qt.Key.Key_End: QAbstractItemView.CursorAction.MoveEnd,
}


class TranscriptModel(QAbstractListModel):
    """The lines, and which of them a search has found."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[SaidLine, ...] = ()
        self.found: frozenset[int] = frozenset()

    def show_lines(self, lines: Sequence[SaidLine]) -> None:
        """Other lines."""
        self.beginResetModel()
        self.lines, self.found = tuple(lines), frozenset()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words, the line itself, whether it is found, or all of it aloud."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == LINE:
            return line
        if role == FOUND:
            return index.row() in self.found
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (head_words(line), line.text) if part)
        return None


def head_words(line: SaidLine) -> str:
    """When it was said, and by whom."""
    return "  ".join(part for part in (call_time(line.at) if line.at is not None else "", line.speaker) if part)


class LineDelegate(QStyledItemDelegate):
    """Draws time and speaker over the words."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All lines are equally high."""
        theme = self._theme
        head, body = QFontMetrics(theme.font("caption")), QFontMetrics(theme.font("body"))
        return QSize(theme.px(120), head.lineSpacing() + _ROWS * body.lineSpacing() + theme.px(10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A chosen line lies on the accent, a found one has a bar at its side; a ring shows where the keyboard is."""
        line, theme, view = index.data(LINE), self._theme, self.parent()
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
        if index.data(FOUND):
            painter.fillRect(QRectF(rect.left(), rect.top() + 3, 3, rect.height() - 6), theme.colour("accent"))
        inner = rect.adjusted(_SIDE, theme.px(5), -_SIDE, -theme.px(5))
        head = QFontMetrics(theme.font("caption"))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink_soft"))
        words = head.elidedText(head_words(line), Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), head.lineSpacing()), words)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink"))
        _draw_words(painter, inner.adjusted(0, head.lineSpacing(), 0, 0), line.text)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if isinstance(view, TranscriptList) and view.hasFocus() and view.currentIndex() == index:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -2), 5, 5)
        painter.restore()


def _draw_words(painter: QPainter, rect: QRectF, text: str) -> None:
    """As many rows as there is room for, the last one elided."""
    metrics = painter.fontMetrics()
    layout = QTextLayout(text, painter.font())
    layout.beginLayout()
    for number in range(_ROWS):
        row = layout.createLine()
        if not row.isValid():
            break
        row.setLineWidth(rect.width())
        shown = text[row.textStart() : row.textStart() + row.textLength()]
        if number == _ROWS - 1:
            shown = metrics.elidedText(text[row.textStart() :], Qt.TextElideMode.ElideRight, int(rect.width()))
        top = rect.top() + number * metrics.lineSpacing()
        painter.drawText(QRectF(rect.left(), top, rect.width(), metrics.lineSpacing()), shown)
    layout.endLayout()


class TranscriptList(QListView):
    """Up and down go, Shift chooses several. `taken` asks for the chosen ones as evidence, `escaped` leaves."""

    taken = Signal()
    escaped = Signal()
    moved = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(tr("Lines of the transcript"))
        self.lines = TranscriptModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(LineDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self._anchor = 0
        self._reaching = False
        self.selectionModel().currentChanged.connect(self._note_current)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def show_found(self, found: Collection[int]) -> None:
        """Mark the lines that a search has found. Rows keep their height: it is enough to draw those in sight."""
        self.lines.found = frozenset(found)
        self.viewport().update()

    @property
    def chosen(self) -> list[int]:
        """The numbers of the chosen lines, in their order."""
        ranges = self.selectionModel().selection().toList()
        return sorted(line for one in ranges for line in range(one.top(), one.bottom() + 1))

    def go_to(self, line: int) -> None:
        """Choose a line, and no other, and bring it into the middle. Shift counts from there."""
        index = self.lines.index(line)
        self.selectionModel().setCurrentIndex(index, _CHOOSE)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _note_current(self, now: Index, _before: Index) -> None:
        """Where one goes without Shift a later Shift counts from: Qt counts from keys and clicks alone."""
        if not self._reaching:
            self._anchor = max(0, now.row())
        self.moved.emit(now.row())

    def _reach(self, line: int) -> None:
        """Choose every line from where Shift counts from."""
        self._reaching = True
        self.selectionModel().setCurrentIndex(self.lines.index(line), QItemSelectionModel.SelectionFlag.NoUpdate)
        self._reaching = False
        chosen = QItemSelection(self.lines.index(min(self._anchor, line)), self.lines.index(max(self._anchor, line)))
        self.selectionModel().select(chosen, _CHOOSE)
        self.scrollTo(self.lines.index(line))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click with Shift chooses up to there."""
        line = self.indexAt(event.position().toPoint()).row()
        if line >= 0 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._reach(line)
        else:
            super().mousePressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are the page's keys; words are looked for in the field above."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Arriving by keyboard chooses the first line."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.lines:
            self.setCurrentIndex(self.lines.index(0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter takes what is chosen, as it does with a note; Escape leaves."""
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and with_control:
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in _REACHING and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            to = self.moveCursor(_REACHING[Qt.Key(event.key())], Qt.KeyboardModifier.NoModifier)
            if to.isValid():
                self._reach(to.row())
        else:
            super().keyPressEvent(event)
