"""Lists that grow in a form, and one of them: dissent from what is decided, kept by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from app.desk.parts.controls import IconButton
from app.desk.parts.layout import column, row, wide
from app.desk.parts.still import StillCombo
from app.desk.theme import Theme
from app.queries.lists import ColleagueRow
from app.words import tr


class FormLine(QWidget):
    """One entry of a list that grows: `edited` when it changes, `gone` when it is taken out."""

    edited = Signal()
    gone = Signal()

    def out_button(self, theme: Theme, words: str) -> IconButton:
        """The button that takes it out."""
        out = IconButton(theme, "x", words)
        out.clicked.connect(self.gone)
        return out


L = TypeVar("L", bound=FormLine)


class FormLines(Generic[L]):
    """The lines of such a list, in a `column` of their own; `edited` is called with each change of them."""

    def __init__(self, edited: Callable[[], object]) -> None:
        self.column = QVBoxLayout()
        self.lines: list[L] = []
        self._edited = edited

    def add(self, line: L) -> L:
        """Add one at the end; gives it back."""
        line.edited.connect(lambda *_: self._edited())
        line.gone.connect(lambda: self._take_out(line))
        self.lines.append(line)
        self.column.addWidget(line)
        return line

    def clear(self) -> None:
        """Begin without any."""
        for line in tuple(self.lines):
            self._drop(line)

    def _take_out(self, line: L) -> None:
        self._drop(line)
        self._edited()

    def _drop(self, line: L) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()


class DissentLine(FormLine):
    """Whose dissent, and what they say."""

    def __init__(self, theme: Theme, colleagues: tuple[ColleagueRow, ...], who: int | None, text: str) -> None:
        super().__init__()
        self.who = StillCombo()
        self.who.setAccessibleName(tr("Who dissents"))
        for colleague in colleagues:
            self.who.addItem(colleague.name, colleague.id)
        self.who.setCurrentIndex(self.who.findData(who) if who is not None else -1)
        self.who.setPlaceholderText(tr("Who?"))
        self.who.setMinimumContentsLength(8)
        self.who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.who.activated.connect(self.edited)
        line = row(wide(self.who), self.out_button(theme, tr("Take this dissent out")))
        self.text = QPlainTextEdit(text)
        self.text.setAccessibleName(tr("The dissent, in their words"))
        self.text.setPlaceholderText(tr("In their words"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(64))
        self.text.textChanged.connect(self.edited)
        column(line, self.text, gap=4, on=self)

    @property
    def value(self) -> tuple[int | None, str]:
        """The colleague and the words."""
        return self.who.currentData(), self.text.toPlainText().strip()
