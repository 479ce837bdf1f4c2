"""A line of typed text that grows with its words, and is saved while it is typed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from app.desk.parts.autosave import Autosave
from app.desk.theme import Theme

AGAIN_AFTER_MS = 2000


class GrowingText(QPlainTextEdit):
    """Plain text without a frame. Enter finishes, Tab leaves. With `least` pixels at ordinary text size it is never
    lower, and takes what room there is.

    `typed` follows soon (see `Autosave`), `finished` when it is left, `settled` when it is left after something was
    typed in it; all carry the whole text. `entered` says that Enter was pressed, `turned` Ctrl+Enter,
    `escaped` Escape.
    """

    typed = Signal(str)
    finished = Signal(str)
    settled = Signal(str)
    entered = Signal()
    turned = Signal()
    escaped = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        hint: str = "",
        *,
        role: str = "line",
        least: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._least = theme, least
        self._last_saved = ""
        self._refused = self._unsettled = False
        self.setProperty("role", role)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        roomy = QSizePolicy.Policy.Expanding if least else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, roomy)
        self.document().setDocumentMargin(2)
        self._timer = Autosave(self, self.save_now)
        self.textChanged.connect(self._changed)
        theme.changed.connect(self._measure)
        self._measure()

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.toPlainText()

    def fill(self, text: str) -> None:
        """Show `text` as saved. A field that is being typed in, or whose words were not taken, is left alone."""
        if self.hasFocus() or self._refused:
            return
        self._last_saved = text
        if self.text != text:
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            self._measure()

    def forget(self) -> None:
        """Empty the field for the next line; what was in it is saved and stays so."""
        self._timer.stop()
        self._last_saved = ""
        self._refused = False
        self.blockSignals(True)
        self.clear()
        self.blockSignals(False)
        self._measure()

    def save_now(self) -> None:
        """Tell what was typed, if anything was since the last time."""
        self._timer.stop()
        if self.text != self._last_saved or self._refused:
            self._last_saved = self.text
            self._refused, self._unsettled = False, True
            self.typed.emit(self.text)

    def finish_now(self) -> None:
        """Save it and let it go, as leaving it does."""
        self.save_now()
        self.finished.emit(self.text)
        if self._unsettled:
            self._unsettled = False
            self.settled.emit(self.text)

    def keep(self, text: str) -> None:
        """The words were not taken by the file: they stay here, and are offered again soon."""
        if text not in self.text:
            self.setPlainText(f"{text} {self.text}".strip())
        self._refused = True
        self._timer.start(AGAIN_AFTER_MS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving it saves and finishes it; a menu or another window only saves."""
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.save_now()
        else:
            self.finish_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter finishes the line; Ctrl+Enter turns it into something else; Escape leaves it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save_now()
            with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self.turned if with_control else self.entered).emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.save_now()
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another height."""
        super().resizeEvent(event)
        self._measure()
        self.verticalScrollBar().setValue(0)  # all of it is in sight: what scrolled while it was lower comes back

    def sizeHint(self) -> QSize:
        """As wide as it may be, as high as its words."""
        return QSize(self._theme.px(200), max(self._needed(), self._theme.px(self._least)))

    def _changed(self) -> None:
        self._timer.touch()
        self._measure()

    def _needed(self) -> int:
        lines = max(1, int(self.document().size().height()))
        frame = self.height() - self.viewport().height() if self.isVisible() else 2 * self._theme.px(2)
        return lines * self.fontMetrics().lineSpacing() + 4 + max(0, frame)

    def _measure(self) -> None:
        needed = max(self._needed(), self._theme.px(self._least))
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)
            if not self._least:
                self.setMaximumHeight(self.minimumHeight())  # maybe another by now: it was resized
