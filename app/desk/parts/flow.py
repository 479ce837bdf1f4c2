"""A layout that wraps its widgets, as a paragraph wraps words."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Widgets in lines, as words in a paragraph; each line ends at the right where `right` is said."""

    def __init__(self, parent: QWidget, gap: int, *, right: bool = False) -> None:
        super().__init__(parent)
        self._gap, self._right = gap, right
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        policy = parent.sizePolicy()
        policy.setHeightForWidth(True)
        parent.setSizePolicy(policy)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt calls this from addWidget."""
        self._items.append(item)

    def count(self) -> int:
        """How many widgets."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the lines at this width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Lay them out."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """One line, if there is room."""
        hints = [item.sizeHint() for item in self._items]
        return QSize(
            sum(h.width() + self._gap for h in hints) - self._gap if hints else 0,
            max((h.height() for h in hints), default=0),
        )

    def minimumSize(self) -> QSize:
        """The widest single widget."""
        sizes = [item.sizeHint() for item in self._items]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for number, line in enumerate(self._lines(rect.width())):
            y += self._gap if number else 0
            high = max(item.sizeHint().height() for item in line)
            wide = sum(item.sizeHint().width() + self._gap for item in line) - self._gap
            x = rect.x() + (max(0, rect.width() - wide) if self._right else 0)
            for item in line if move else ():
                hint = item.sizeHint()
                item.setGeometry(QRect(QPoint(x, y + (high - hint.height()) // 2), hint))
                x += hint.width() + self._gap
            y += high
        return y - rect.y()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """What stands on each line; what is hidden takes no room."""
        lines: list[list[QLayoutItem]] = []
        room = 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            wide = item.sizeHint().width()
            if lines and wide <= room:
                lines[-1].append(item)
            else:
                lines.append([item])
                room = width
            room -= wide + self._gap
        return lines


def flowing(*widgets: QWidget, gap: int, right: bool = False) -> QWidget:
    """A widget that holds these in a `Flow`."""
    held = QWidget()
    flow = Flow(held, gap, right=right)
    for widget in widgets:
        flow.addWidget(widget)
    return held
