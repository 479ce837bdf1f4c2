"""Rows of lines in a form: money, further terms, conditions. Added, taken out, and moved up and down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.desk.controls import Button, IconButton
from app.desk.label import Text, restyle
from app.desk.theme import Theme
from app.words import tr

SAVED_AFTER_MS = 300


@dataclass(frozen=True)
class Part:
    """One field of a row: its name for a reader of the screen, its hint, and its share of the width."""

    words: str
    hint: str = ""
    share: int = 1


class Rows(QWidget):
    """`edited` carries every row as a tuple of texts, 300 ms after the last key. Alt+Up and Alt+Down move a row."""

    edited = Signal(object)

    def __init__(self, theme: Theme, title: str, add: str, parts: Sequence[Part]) -> None:
        super().__init__()
        self._theme, self._parts = theme, tuple(parts)
        self._shown: tuple[tuple[str, ...], ...] = ()
        self._writable = True
        self._lines: list[_Line] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVED_AFTER_MS)
        self._timer.timeout.connect(self.save_now)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(Text(title, "caption", weight=500, tone="soft"), 1)
        self.add = Button(tr("Add"), "link")
        self.add.setAccessibleName(add)
        self.add.clicked.connect(self._new)
        head.addWidget(self.add)
        column.addLayout(head)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        column.addLayout(self._column)
        self._problem = Text("", "caption", tone="bad", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)

    @property
    def values(self) -> tuple[tuple[str, ...], ...]:
        """Every row, in order."""
        return tuple(line.values for line in self._lines)

    def fill(self, rows: Sequence[tuple[str, ...]], *, writable: bool) -> None:
        """Show these rows; what is being typed stays while the focus is inside."""
        self._writable = writable
        self.add.setVisible(writable)
        focused = self.window().focusWidget()
        typing = focused is not None and self.isAncestorOf(focused) and isinstance(focused, QLineEdit)
        if typing or self._timer.isActive() or tuple(rows) == self.values:
            for line in self._lines:
                line.set_writable(writable)
            self._shown = tuple(rows) if not typing else self._shown
            return
        self._shown = tuple(rows)
        for line in list(self._lines):
            self._drop(line)
        for row in rows:
            self._append(row)

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong with a row; empty where nothing is."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        if bool(self.property("problem")) != bool(sentence):
            self.setProperty("problem", bool(sentence))
            restyle(self)

    def save_now(self) -> None:
        """Tell what was typed, if anything was since the last time."""
        self._timer.stop()
        if self.values != self._shown:
            self._shown = self.values
            self.edited.emit(self._shown)

    def _new(self) -> None:
        line = self._append(tuple("" for _ in self._parts))
        line.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, values: tuple[str, ...]) -> _Line:
        line = _Line(self._theme, self._parts, values)
        line.set_writable(self._writable)
        line.edited.connect(self._timer.start)
        line.gone.connect(lambda: self._take_out(line))
        line.moved.connect(lambda by: self._move(line, by))
        self._lines.append(line)
        self._column.addWidget(line)
        return line

    def _take_out(self, line: _Line) -> None:
        self._drop(line)
        self.add.setFocus()
        self.save_now()

    def _drop(self, line: _Line) -> None:
        self._lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _move(self, line: _Line, by: int) -> None:
        place = self._lines.index(line) + by
        if 0 <= place < len(self._lines):
            self._lines.remove(line)
            self._lines.insert(place, line)
            self._column.removeWidget(line)
            self._column.insertWidget(place, line)
            self.save_now()


class _Line(QWidget):
    """One row."""

    edited = Signal()
    gone = Signal()
    moved = Signal(int)

    def __init__(self, theme: Theme, parts: Sequence[Part], values: tuple[str, ...]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.fields: list[QLineEdit] = []
        for part, value in zip(parts, values, strict=True):
            field = QLineEdit(value)
            field.setCursorPosition(0)
            field.setAccessibleName(part.words)
            field.setPlaceholderText(part.hint)
            field.textEdited.connect(self.edited)
            row.addWidget(field, part.share)
            self.fields.append(field)
        self.out = IconButton(theme, "x", tr("Take this row out"))
        self.out.clicked.connect(self.gone)
        row.addWidget(self.out)

    @property
    def values(self) -> tuple[str, ...]:
        """What stands in its fields."""
        return tuple(field.text() for field in self.fields)

    def set_writable(self, writable: bool) -> None:
        """Whether it may be typed in."""
        self.out.setVisible(writable)
        for field in self.fields:
            field.setReadOnly(not writable)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Up and Alt+Down move the row."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
