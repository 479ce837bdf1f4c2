"""One stage of the board: its cards are items of a model, drawn by a delegate, in a list that keys and drops reach."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from app.desk.pages.pipeline.cards import card_height, in_words, paint_card
from app.desk.theme import Theme
from app.queries.board import BoardCard, BoardColumn

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-tenfold-application"
CARD = Qt.ItemDataRole.UserRole
NARROWEST = 176
GAP = 9


class StageModel(QAbstractListModel):
    """The cards of one stage. What they say aloud is a role of its own."""

    def __init__(self, zone: tzinfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._cards: tuple[BoardCard, ...] = ()
        self._stage = ""
        self._names: tuple[str, ...] = ()
        self._now: datetime | None = None

    @property
    def cards(self) -> tuple[BoardCard, ...]:
        """What is shown."""
        return self._cards

    def show_column(self, column: BoardColumn, names: tuple[str, ...], now: datetime) -> None:
        """Show a stage's cards; nothing is reset where they are the same."""
        self._stage, self._names, self._now = column.name, names, now
        if column.cards == self._cards:
            return
        same_people = [c.application for c in column.cards] == [c.application for c in self._cards]
        if same_people:
            self._cards = column.cards
            self.dataChanged.emit(self.index(0), self.index(len(self._cards) - 1))
            return
        self.beginResetModel()
        self._cards = column.cards
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many cards."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, the card itself, or the card in words."""
        if not index.isValid() or index.row() >= len(self._cards):
            return None
        card = self._cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.name
        if role == CARD:
            return card
        if role == Qt.ItemDataRole.AccessibleTextRole and self._now is not None:
            return in_words(card, self._stage, self._names, self._now, self._zone)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be chosen and dragged; the list takes drops."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Only our own cards."""
        return [MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The application's number."""
        data = QMimeData()
        data.setData(MIME, QByteArray(str(self._cards[indexes[0].row()].application).encode()))
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        """Cards move."""
        return Qt.DropAction.MoveAction


class CardDelegate(QStyledItemDelegate):
    """Draws the cards of a stage."""

    def __init__(self, theme: Theme, zone: tzinfo, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._zone = theme, zone
        self.now: datetime | None = None
        self.picked: frozenset[int] = frozenset()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All cards are equally high."""
        return QSize(self._theme.px(NARROWEST), card_height(self._theme) + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The card; the ring shows where the keyboard is."""
        if self.now is None:
            return
        view = self.parent()
        chosen = isinstance(view, StageView) and view.hasFocus() and view.currentIndex() == index
        rect = QRectF(option.rect).adjusted(0, 0, 0, -GAP)
        card: BoardCard = index.data(CARD)
        picked = card.application in self.picked
        paint_card(painter, rect, card, self._theme, self.now, self._zone, chosen=chosen, picked=picked)


class StageView(QListView):
    """One stage's list. Left and right go to the neighbours; Enter opens. Ctrl+Space picks a card, or lets it go, Shift
    with an arrow picks on."""

    picked = Signal(int, bool)
    sideways = Signal(int)
    dropped = Signal(int)
    pushed = Signal(int)

    def __init__(self, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self.setProperty("role", "stage")
        self.stage_model = StageModel(zone, self)
        self.setModel(self.stage_model)
        self.cards = CardDelegate(theme, zone, self)
        self.setItemDelegate(self.cards)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Arriving by keyboard chooses the first card."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.stage_model.rowCount():
            self.setCurrentIndex(self.stage_model.index(0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Alt with an arrow moves a card here, and is not Back or Forward."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _pushes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right leave the list, with Alt they move the card; Enter opens it."""
        vertical = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if _pushes(event):
            self.pushed.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            event.ignore()  # every card of the board, not of one stage
        elif event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._pick(keep=False)
        elif vertical and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._pick(keep=True)
            line = self.currentIndex().row() + (1 if event.key() == Qt.Key.Key_Down else -1)
            if 0 <= line < self.stage_model.rowCount():
                self.setCurrentIndex(self.stage_model.index(line))
                self._pick(keep=True)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            self.sideways.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _pick(self, *, keep: bool) -> None:
        """Pick the card the keyboard is on, or, unless it is to `keep`, let one go that is picked."""
        if self.currentIndex().isValid():
            self.picked.emit(self.currentIndex().data(CARD).application, keep)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only cards of ours."""
        _accept(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere in the list."""
        _accept(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """The card asks to be moved here; the board is drawn anew when it was."""
        if event.mimeData().hasFormat(MIME):
            event.setDropAction(Qt.DropAction.CopyAction)  # the model removes nothing by itself
            event.accept()
            self.dropped.emit(int(bytes(event.mimeData().data(MIME).data()).decode()))


def _pushes(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and event.modifiers() == Qt.KeyboardModifier.AltModifier


def _accept(event: QDragMoveEvent) -> None:
    if event.mimeData().hasFormat(MIME):
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
    else:
        event.ignore()
