"""The field at the top: find people and words, go to a page or run a command by typing a part of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QWidget,
)

from app.desk.commands import key_words
from app.desk.parts.label import Text
from app.desk.parts.layout import Space, column, row
from app.desk.shell.palette_line import ENTRY, EntryDelegate, PaletteEntry
from app.desk.theme import Theme
from app.desk.work import alive
from app.words import tr

_ROWS_SHOWN = 12


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


def fitting(query: str, entries: Sequence[PaletteEntry], fits: Collection[int] = (0, 1, 2)) -> list[PaletteEntry]:
    """The entries that fit what was typed as well as said, the best first, otherwise in their order."""
    ranked = [(rank(query, entry), entry) for entry in entries]
    return [entry for wanted in sorted(fits) for fit, entry in ranked if fit == wanted]


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
        self.setPlaceholderText(tr("Find people, words, pages, commands"))
        self.setAccessibleName(tr("Find people, words, pages, commands"))
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
    """The field and the list under it. `entries` is asked each time it opens.

    `typed` tells what to look for elsewhere; what is found there comes to `show_found`. What was found before stays
    until then, and Enter waits for it unless a page or a command has the typed words in its name.
    """

    typed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget, entries: Callable[[], Sequence[PaletteEntry]]) -> None:
        """`parent` is what the list floats over, as wide as the window."""
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self._entries = entries
        self._all: Sequence[PaletteEntry] = ()
        self._found: Sequence[PaletteEntry] = ()
        self._waits = self._takes = self._walked = False
        self._before: QWidget | None = None
        self.field = SearchField(theme)
        self.list = QListView()
        self.list.setProperty("role", "palette")
        self.list.setAccessibleName(tr("What was found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(EntryDelegate(theme, self.list))
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self._nothing = Text(tr("Nothing has these words."), tone="soft")
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
        self.field.textEdited.connect(self._edited)
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
        self._found, self._waits, self._takes, self._walked = (), False, False, False
        self.typed.emit("")

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

    def wait(self) -> None:
        """Something is being looked for; `show_found` follows."""
        self._waits = True

    def show_found(self, entries: Sequence[PaletteEntry]) -> None:
        """What was found for the typed words, in place of what was found before."""
        self._waits, self._found = False, entries
        if self.popup.isVisible():
            self._fill(self.field.text())
            if self._takes:
                self._take()

    def _edited(self, query: str) -> None:
        self._takes = self._walked = False
        if not query.strip():
            self._found, self._waits = (), False
        self.typed.emit(query)
        self._fill(query)

    def _fill(self, query: str) -> None:
        if self.popup.isHidden():
            self._open()
            return
        chosen = self._chosen() if self._walked else None
        lines = self._lines(query)
        self._model.clear()
        group = None
        for entry in lines:
            if self._found and entry.group != group:
                self._model.appendRow(_caption(entry.group or tr("Pages and commands")))
                group = entry.group
            self._model.appendRow(_item(entry))
        self.list.setVisible(bool(lines))
        self._nothing.setVisible(not lines and not self._waits)
        rows = self._choosable()
        again = [r for r in rows if chosen is not None and self._entry(r).same_as(chosen)]
        if rows:
            self._choose((again or rows)[0])
        self._place(self._model.rowCount())

    def _lines(self, query: str) -> list[PaletteEntry]:
        """What fits by its name, what was found, and last what fits by some of its letters."""
        if not self._found:
            return fitting(query, self._all)
        return [*fitting(query, self._all, (0, 1)), *self._found, *fitting(query, self._all, (2,))]

    def _choosable(self) -> list[int]:
        return [n for n in range(self._model.rowCount()) if self._model.item(n).data(ENTRY) is not None]

    def _entry(self, line: int) -> PaletteEntry:
        entry: PaletteEntry = self._model.item(line).data(ENTRY)
        return entry

    def _chosen(self) -> PaletteEntry | None:
        entry = self.list.currentIndex().data(ENTRY)
        return entry if isinstance(entry, PaletteEntry) else None

    def _choose(self, line: int) -> None:
        if line == min(self._choosable()):
            self.list.scrollToTop()
        self.list.setCurrentIndex(self._model.index(line, 0))

    def _place(self, rows: int) -> None:
        parent = self._over
        corner = self.field.mapTo(parent, self.field.rect().bottomLeft())
        least = self._theme.px(620 if self._found else 380)
        width = min(parent.width() - 16, max(self.field.width(), least))
        line = self._theme.px(30)
        height = 12 + (min(rows, _ROWS_SHOWN) * line if rows else self._nothing.sizeHint().height())
        height = min(height, parent.height() - corner.y() - 12)
        left = min(corner.x(), parent.width() - width - 8)
        self.popup.setGeometry(QRect(left, corner.y() + 5, width, height))

    def _move(self, by: int) -> None:
        if self.popup.isHidden():
            self._open()
            return
        rows = self._choosable()
        if rows:
            here = self.list.currentIndex().row()
            at = (rows.index(here) if here in rows else -1) + by
            self._walked = True
            self._choose(rows[at % len(rows) if abs(by) == 1 else min(len(rows) - 1, max(0, at))])

    def _take(self) -> None:
        if self.popup.isHidden():
            self._open()
            return
        chosen = self._chosen()
        self._takes = self._waits and not self._walked and (chosen is None or rank(self.field.text(), chosen) == 2)
        if chosen is not None and not self._takes:
            self._run(self.list.currentIndex())

    def _run(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, PaletteEntry):
            self.give_up()
            entry.run()


def _item(entry: PaletteEntry) -> QStandardItem:
    item = QStandardItem(entry.words)
    item.setData(entry, ENTRY)
    spoken = [entry.words, entry.where, entry.text, key_words(entry.key) if entry.key else ""]
    item.setData(", ".join(part for part in spoken if part), Qt.ItemDataRole.AccessibleTextRole)
    item.setEditable(False)
    return item


def _caption(group: str) -> QStandardItem:
    item = QStandardItem(group)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item
