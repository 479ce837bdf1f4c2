"""The board: one list a stage, side by side. Cards are items of a model, drawn by a delegate."""

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
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.desk.pages.pipeline.cards import card_height, in_words, paint_card
from app.desk.parts.controls import Button
from app.desk.parts.label import Text, as_tooltip, line_across
from app.desk.parts.layout import STRETCH, column, row, wide
from app.desk.theme import Theme
from app.queries.board import Board, BoardCard, BoardColumn
from app.words import tr

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
        paint_card(painter, rect, index.data(CARD), self._theme, self.now, self._zone, chosen=chosen, lifted=False)


class _Head(QWidget):
    """A stage's name, how many are in it, and from when on somebody is stuck. `rest` leads to those not shown."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._count, self._limit = Text("", tone="soft"), Text("", "caption", tone="soft", elide=True)
        self.rest = Button("", "link", small=True)
        row(Text(name, weight=500, elide=True), self._count, STRETCH, self._limit, gap=6, margins=(2, 0, 2, 0), on=self)

    def show_column(self, body: BoardColumn) -> None:
        """Show what a stage holds."""
        self._count.setText(str(body.count))
        limit = body.limit
        self._limit.say(tr("stuck after {n} d").format(n=limit.days) if limit is not None else "")
        why = tr("Three in four of {n} left this stage by then.").format(n=limit.n) if limit is not None else ""
        self._limit.setToolTip(as_tooltip(why) if why else "")
        self._limit.setAccessibleDescription(why)
        self.rest.set_words(tr("All {n} in the table").format(n=body.count))
        self.rest.setVisible(body.count > len(body.cards))


class _Column(QWidget):
    """A stage, never narrower than a card can be read."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setMinimumWidth(self._theme.px(NARROWEST))


class StageView(QListView):
    """One stage's list. Left and right go to the neighbours; Enter opens."""

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
        if _pushes(event):
            self.pushed.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            self.sideways.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

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


class BoardView(QWidget):
    """All stages. `opened` carries an application, `moved` an application and the stage it should go to.

    `all_asked` carries the name of a stage of which the board does not show all.
    """

    opened = Signal(int)
    moved = Signal(int, int)
    all_asked = Signal(str)

    def __init__(self, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self._theme, self._zone = theme, zone
        self._stages: list[int] = []
        self._heads: list[_Head] = []
        self.lists: list[StageView] = []
        self._follow: int | None = None
        self._row = row(gap=12, on=self)
        self.setAccessibleName(tr("Board"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def shown_in(self, area: QScrollArea) -> None:
        """The area that scrolls sideways where the window is narrow."""
        self._area = area

    def show_board(self, board: Board, now: datetime) -> None:
        """Show a board; the chosen card stays chosen, wherever it went."""
        stages = [c.stage for c in board.columns]
        if stages != self._stages:
            self._build(board)
        for view, head, body in zip(self.lists, self._heads, board.columns, strict=True):
            chosen = view.currentIndex().row()
            view.cards.now = now
            view.stage_model.show_column(body, board.narrow, now)
            view.setAccessibleName(tr("{stage}, {n} cards").format(stage=body.name, n=body.count))
            head.show_column(body)
            if not view.currentIndex().isValid() and chosen >= 0 and body.cards:
                view.setCurrentIndex(view.stage_model.index(min(chosen, len(body.cards) - 1)))
        if self._follow is not None:
            self.choose(self._follow)
        elif self.hasFocus():
            self._focus_first(Qt.FocusReason.OtherFocusReason)

    def choose(self, application: int) -> None:
        """Put the focus on a card, where it is."""
        for view in self.lists:
            for line, card in enumerate(view.stage_model.cards):
                if card.application == application:
                    self._follow = None
                    view.setFocus(Qt.FocusReason.OtherFocusReason)
                    view.setCurrentIndex(view.stage_model.index(line))
                    self._area.ensureWidgetVisible(view)
                    return

    def chosen(self) -> BoardCard | None:
        """The card the keyboard is on."""
        for view in self.lists:
            if view.hasFocus() and view.currentIndex().isValid():
                card: BoardCard = view.currentIndex().data(CARD)
                return card
        return None

    def has_chosen(self) -> bool:
        """Whether the keyboard is on a card."""
        return self.chosen() is not None

    def move_chosen(self, by: int) -> None:
        """Ask for the chosen card to go to a neighbouring stage; the focus goes with it."""
        card = self.chosen()
        place = next((i for i, v in enumerate(self.lists) if v.hasFocus()), -1) + by
        if card is not None and 0 <= place < len(self._stages):
            self._follow = card.application
            self.moved.emit(card.application, self._stages[place])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The board hands the focus to its first list with cards."""
        super().focusInEvent(event)
        self._focus_first(event.reason())

    def _focus_first(self, reason: Qt.FocusReason) -> None:
        for view in self.lists:
            if view.stage_model.rowCount():
                view.setFocus(reason)
                return

    def _build(self, board: Board) -> None:
        while (item := self._row.takeAt(0)) is not None:  # other stages: another opening
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._stages = [c.stage for c in board.columns]
        self.lists, self._heads = [], []
        for place, body in enumerate(board.columns):
            self._row.addWidget(self._column(place, body), 1)

    def _column(self, place: int, body: BoardColumn) -> QWidget:
        holder = _Column(self._theme)
        head = _Head(body.name)
        head.rest.clicked.connect(lambda _on=False, stage=body.name: self.all_asked.emit(stage))
        view = StageView(self._theme, self._zone)
        view.activated.connect(lambda index: self.opened.emit(index.data(CARD).application))
        view.clicked.connect(lambda index: self.opened.emit(index.data(CARD).application))
        view.sideways.connect(lambda by, at=place: self._sideways(at, by))
        view.pushed.connect(self.move_chosen)
        view.dropped.connect(lambda application, stage=body.stage: self._drop(application, stage))
        column(head, line_across(), wide(view), head.rest, gap=8, on=holder)
        self.lists.append(view)
        self._heads.append(head)
        return holder

    def _drop(self, application: int, stage: int) -> None:
        self._follow = application
        self.moved.emit(application, stage)

    def _sideways(self, place: int, by: int) -> None:
        line = self.lists[place].currentIndex().row()
        place += by
        while 0 <= place < len(self.lists):
            view = self.lists[place]
            if view.stage_model.rowCount():
                view.setFocus(Qt.FocusReason.OtherFocusReason)
                view.setCurrentIndex(view.stage_model.index(min(max(line, 0), view.stage_model.rowCount() - 1)))
                self._area.ensureWidgetVisible(view)
                return
            place += by
