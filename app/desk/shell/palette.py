"""The palette: go to a page or run a command by typing a part of its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.desk.commands import key_words
from app.desk.parts.label import Text
from app.desk.parts.layout import Space, column, row
from app.desk.theme import Theme
from app.desk.work import alive
from app.words import tr

_ROWS_SHOWN = 10
_ENTRY = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class PaletteEntry:
    """A line of the palette: what it says, its group, its key, and what choosing it does."""

    words: str
    run: Callable[[], None]
    where: str = ""
    key: str = ""


def rank(query: str, entry: PaletteEntry) -> int | None:
    """How well an entry fits: 0 where each typed word starts one of its words, 1 where it starts one of those or of its
    group's, 2 where the letters typed stand in its words in this order, None for none of these.
    """
    typed = query.casefold().split()
    for place, words in enumerate((entry.words, f"{entry.words} {entry.where}")):
        starts = re.findall(r"\w+", words.casefold())
        if all(any(word.startswith(part) for word in starts) for part in typed):
            return place
    letters = iter(entry.words.casefold())
    return 2 if all(letter in letters for letter in "".join(typed)) else None


def fitting(query: str, entries: Sequence[PaletteEntry]) -> list[PaletteEntry]:
    """The entries that fit what was typed, the best first, otherwise in their order."""
    ranked = [(rank(query, entry), entry) for entry in entries]
    return [entry for wanted in (0, 1, 2) for fit, entry in ranked if fit == wanted]


class SearchField(QLineEdit):
    """The field in the top bar. It keeps the focus while the list below it is walked with the arrows."""

    opened = Signal()
    closed = Signal()
    given_up = Signal()
    moved = Signal(int)
    taken = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "search")
        self.setPlaceholderText(tr("Go to a page or run a command"))
        self.setAccessibleName(tr("Go to a page or run a command"))
        self._glass = QLabel()
        self._key = Text(key_words("Ctrl+K"), "key")
        row(self._glass, Space(share=1), self._key, margins=(10, 0, 8, 0), on=self)
        for label in (self._glass, self._key):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self._redraw)
        self._redraw()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Going into the field opens the list, except when its own window only comes back to the front."""
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.opened.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere closes it."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the list, Enter takes, Escape gives up."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key in steps:
            self.moved.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _redraw(self) -> None:
        side = self._theme.px(15)
        icon: QIcon = self._theme.icon("search", "ink_soft", 15)
        self._glass.setPixmap(icon.pixmap(QSize(side, side)))


class Palette(QObject):
    """The field and the list under it. `entries` is asked each time it opens."""

    def __init__(self, theme: Theme, parent: QWidget, entries: Callable[[], Sequence[PaletteEntry]]) -> None:
        """`parent` is what the list floats over, as wide as the window."""
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._entries = entries
        self._all: Sequence[PaletteEntry] = ()
        self._before: QWidget | None = None
        self.field = SearchField(theme)
        self.list = QListView()
        self.list.setProperty("role", "palette")
        self.list.setAccessibleName(tr("Pages and commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(EntryDelegate(theme, self.list))
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self._nothing = Text(tr("No page or command has this name."), tone="soft")
        self._nothing.setContentsMargins(8, 6, 8, 6)
        self.popup = QFrame(parent)
        self.popup.setProperty("role", "notice")
        column(self.list, self._nothing, margins=(5, 5, 5, 5), on=self.popup)
        self.popup.hide()
        self.field.opened.connect(self._open)
        self.field.closed.connect(self.close)
        self.field.given_up.connect(self.give_up)
        self.field.moved.connect(self._move)
        self.field.taken.connect(self._take)
        self.field.textEdited.connect(self._fill)
        self.list.clicked.connect(self._run)
        focus = QApplication.instance()
        if isinstance(focus, QApplication):
            focus.focusChanged.connect(self._focus_moved)

    def open(self) -> None:
        """Put the focus into the field, which opens the list; it goes back where it was afterwards."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close(self) -> None:
        """Put the list away."""
        self.popup.hide()
        self.field.clear()

    def give_up(self) -> None:
        """Put the list away and the focus back where it was."""
        self.close()
        if self._before is not None and alive(self._before) and self._before.isVisible():
            self._before.setFocus()
        else:
            self.field.clearFocus()

    def _open(self) -> None:
        self._all = self._entries()
        self.popup.show()
        self._fill(self.field.text())
        self.popup.raise_()

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is self.field and before is not None:
            self._before = before

    def _fill(self, query: str) -> None:
        if self.popup.isHidden():
            self._open()
            return
        self._model.clear()
        found = fitting(query, self._all)
        for entry in found:
            item = QStandardItem(entry.words)
            item.setData(entry, _ENTRY)
            spoken = [entry.words, entry.where, key_words(entry.key) if entry.key else ""]
            item.setData(", ".join(part for part in spoken if part), Qt.ItemDataRole.AccessibleTextRole)
            item.setEditable(False)
            self._model.appendRow(item)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self._model.index(0, 0))
        self._place(len(found))

    def _place(self, rows: int) -> None:
        parent = self._over
        corner = self.field.mapTo(parent, self.field.rect().bottomLeft())
        width = min(parent.width() - 16, max(self.field.width(), self._theme.px(380)))
        line = self._theme.px(30)
        height = 12 + (min(rows, _ROWS_SHOWN) * line if rows else self._nothing.sizeHint().height())
        height = min(height, parent.height() - corner.y() - 12)
        left = min(corner.x(), parent.width() - width - 8)
        self.popup.setGeometry(QRect(left, corner.y() + 5, width, height))

    def _move(self, by: int) -> None:
        if self.popup.isHidden():
            self._open()
            return
        rows = self._model.rowCount()
        if rows:
            line = self.list.currentIndex().row() + by
            line = line % rows if abs(by) == 1 else min(rows - 1, max(0, line))
            self.list.setCurrentIndex(self._model.index(line, 0))

    def _take(self) -> None:
        if self.popup.isHidden():
            self._open()
        elif self._model.rowCount():
            self._run(self.list.currentIndex())

    def _run(self, index: QModelIndex) -> None:
        entry = index.data(_ENTRY)
        self.give_up()
        if isinstance(entry, PaletteEntry):
            entry.run()


class EntryDelegate(QStyledItemDelegate):
    """Paints a line: its words, its group after them, its key at the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A line is as high as a button."""
        return QSize(0, self._theme.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line; the chosen one stands on a soft ground."""
        entry = index.data(_ENTRY)
        theme, rect = self._theme, option.rect.adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(rect, 6, 6)
        room = rect.adjusted(10, 0, -10, 0)
        painter.setFont(theme.font("caption", 500))
        painter.setPen(theme.colour("ink_soft"))
        key = key_words(entry.key) if entry.key else ""
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, key)
        if key:
            room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(key) - 12)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink"))
        words = painter.fontMetrics().elidedText(entry.words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(words) + 8)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink_faint"))
        where = painter.fontMetrics().elidedText(entry.where, Qt.TextElideMode.ElideRight, max(0, room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, where)
        painter.restore()
