"""Fields of a rubric that is being written: plain text, and lists with a line for each item."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text
from app.desk.parts.layout import column, row, wide
from app.desk.theme import Theme
from app.domain.value import Way
from app.words import tr


class LinesText(GrowingText):
    """Text of several lines: Enter begins the next one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a line; all else as ever."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QPlainTextEdit.keyPressEvent(self, event)
        else:
            super().keyPressEvent(event)


class LabelledText(QWidget):
    """A text under its label. `written` carries it and whether it is still being typed; `most` letters are counted."""

    written = Signal(str, bool)

    def __init__(
        self, theme: Theme, words: str, *, several: bool = False, hint: str = "", help: str = "", most: int = 0
    ) -> None:
        super().__init__()
        self._most = most
        kind = LinesText if several else GrowingText
        self.text = kind(theme, words, hint, role="box")
        self.text.typed.connect(lambda text: self.written.emit(text, True))
        self.text.settled.connect(lambda text: self.written.emit(text, False))
        if not several:
            self.text.entered.connect(self.text.focusNextChild)
        self._count = Text("", "caption", tone="faint")
        label = Text(words, "caption", weight=500, tone="soft", elide=True)
        label.setBuddy(self.text)
        head = row(wide(label), *([self._count] if most else []))
        body = column(head, self.text, gap=3, on=self)
        if help:
            body.addWidget(Text(help, "caption", tone="faint", wrap=True))
        if most:
            self.text.textChanged.connect(self._counted)

    def fill(self, text: str) -> None:
        """Show it as saved; what is being typed stays."""
        self.text.fill(text)
        if self._most:
            self._counted()

    def _counted(self) -> None:
        used = len(self.text.text.strip())
        self._count.setText(tr("{n} of {most}").format(n=used, most=self._most))
        self._count.set_tone("bad" if used > self._most else "faint")


class TypedForm(QWidget):
    """A part of a rubric as texts by their place in it. `written` carries a place, its value, and whether it is still
    being typed."""

    written = Signal(object, object, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.texts: dict[Way, LabelledText] = {}

    def save_now(self) -> None:
        """Tell what is being typed."""
        for text in self.texts.values():
            text.text.save_now()

    def finish_now(self) -> None:
        """Tell it and let it go."""
        for text in self.texts.values():
            text.text.finish_now()
