"""A line of the palette: what it says, what choosing it does, and how it is painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.desk.commands import key_words
from app.desk.theme import Theme

ENTRY = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
Ranges = tuple[tuple[int, int], ...]
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class PaletteEntry:
    """A line of the palette: what it says, its group, its key, and what choosing it does.

    `where` stands after its words and `text` after that; `marked` and `in_text` are what was looked for in them.
    `group` is the caption over it and those like it, empty for pages and commands.
    """

    words: str
    run: Callable[[], None]
    where: str = ""
    key: str = ""
    text: str = ""
    marked: Ranges = ()
    in_text: Ranges = ()
    group: str = ""

    def same_as(self, other: PaletteEntry) -> bool:
        """Whether both lead to the same."""
        return (self.words, self.where, self.text) == (other.words, other.where, other.text)


class EntryDelegate(QStyledItemDelegate):
    """Paints a line: its words, its group after them, its key at the right; or the caption over some of them."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A line is as high as a button."""
        return QSize(0, self._theme.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line; the chosen one stands on a soft ground."""
        entry = index.data(ENTRY)
        theme, rect = self._theme, option.rect.adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry is None:
            self._paint_caption(painter, rect.adjusted(10, 0, -10, 0), index.data())
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent_soft"))
                painter.drawRoundedRect(rect, 6, 6)
            self._paint_entry(painter, rect.adjusted(10, 0, -10, 0), entry)
        painter.restore()

    def _paint_caption(self, painter: QPainter, room: QRect, words: str) -> None:
        painter.setFont(self._theme.font("caption", 600))
        painter.setPen(self._theme.colour("ink_soft"))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, words)

    def _paint_entry(self, painter: QPainter, room: QRect, entry: PaletteEntry) -> None:
        theme = self._theme
        key = key_words(entry.key) if entry.key else ""
        if key:
            painter.setFont(theme.font("caption", 500))
            painter.setPen(theme.colour("ink_soft"))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, key)
            room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(key) - 12)
        painter.setPen(theme.colour("ink"))
        self._paint_words(painter, room, entry.words, entry.marked, "body")
        painter.setPen(theme.colour("ink_faint"))
        self._paint_words(painter, room, entry.where, (), "caption")
        painter.setPen(theme.colour("ink_soft"))
        self._paint_words(painter, room, entry.text, entry.in_text, "caption")

    def _paint_words(self, painter: QPainter, room: QRect, words: str, marked: Ranges, size: str) -> None:
        """Draw words with those looked for in semibold, as far as there is room, and take that room away."""
        if not words:
            return
        for part, is_marked in _parts(words, marked):
            font: QFont = self._theme.font(size, 600 if is_marked else 400)
            painter.setFont(font)
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(part, Qt.TextElideMode.ElideRight, max(0, room.width()))
            painter.drawText(room, _LEFT | Qt.TextFlag.TextSingleLine, shown)
            room.setLeft(room.left() + metrics.horizontalAdvance(shown))
            if shown != part:
                room.setLeft(room.right() + 1)
                return
        room.setLeft(room.left() + 8)


def _parts(words: str, marked: Ranges) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in marked:
        if start > at:
            yield words[at:start], False
        yield words[start:end], True
        at = end
    if at < len(words):
        yield words[at:], False
