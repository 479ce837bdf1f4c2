"""One quiet message at the foot of the page: what was refused, or done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.desk.parts.controls import IconButton
from app.desk.parts.label import Text, restyle
from app.desk.parts.layout import column, row, wide
from app.desk.theme import Theme
from app.words import tr

SECONDS = 8


class Notice(QFrame):
    """Floats over the foot of its parent, and goes away by itself, by Escape or by its button."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self.setProperty("role", "notice")
        self._sentence = Text("", weight=500, wrap=True)
        self._remedy = Text("", tone="soft", wrap=True)
        self._close = IconButton(theme, "x", tr("Dismiss message"))
        self._close.clicked.connect(self.dismiss)
        row(wide(column(self._sentence, self._remedy, gap=2)), self._close, gap=12, margins=(16, 10, 8, 10), on=self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    def say(self, sentence: str, remedy: str, *, refused: bool) -> None:
        """Show a message in place of the one before."""
        self._sentence.setText(sentence)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self.setProperty("tone", "warn" if refused else "plain")
        self.setAccessibleName(f"{sentence} {remedy}".strip())
        restyle(self)
        self.show()
        self.raise_()
        self._timer.start()
        announcement = QAccessibleAnnouncementEvent(self, self.accessibleName())
        QAccessible.updateAccessibility(announcement)

    def place(self, *, above: int = 0) -> None:
        """Float over the foot of the parent, `above` px higher; at most 560 px wide at ordinary text size."""
        parent = self._over
        width = min(parent.width() - 40, self._theme.px(560))
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry((parent.width() - width) // 2, parent.height() - above - height - 12, width, height)

    def dismiss(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        """A message under the pointer is being read: it stays."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Its time starts again."""
        self._timer.start()
        super().leaveEvent(event)
