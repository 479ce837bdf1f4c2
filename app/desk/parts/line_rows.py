"""Rows of lines in a form: money, further terms, conditions. Added, taken out, and moved up and down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.desk.parts.autosave import Autosave
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.label import Text, restyle
from app.desk.parts.layout import column, row, wide
from app.desk.theme import Theme
from app.errors import Refused
from app.words import tr

Row = tuple[str, ...]


@dataclass(frozen=True)
class LinePart:
    """One field of a row: its name for a reader of the screen, its hint, and its share of the width."""

    words: str
    hint: str = ""
    share: int = 1


@dataclass
class _Typed:
    """A row as it stands, as it stood when it was last taken, and as the file has it; None where it never was."""

    values: Row
    kept: Row | None = None
    filed: Row | None = None

    @property
    def waits(self) -> bool:
        """Whether something in it is not in the file."""
        if self.kept is None:
            return any(part.strip() for part in self.values)
        return self.values != self.kept


@dataclass(frozen=True)
class _Sent:
    """A row that was told: as it stood then, and as the file will have it."""

    typed: _Typed
    values: Row
    filed: Row


def stripped(row: Row) -> Row:
    """A row that can always be read."""
    return tuple(part.strip() for part in row)


class LineRows(QWidget):
    """`edited` carries the rows that can be read, as tuples of texts, soon after a key (see `Autosave`).

    Who takes them answers each time with `taken` or `refuse`, in the same order. A row that can't be read says why
    beside it and goes as it was last taken, so that it holds no other row back; it stays as typed until it can be.
    Alt+Up and Alt+Down move a row.
    """

    edited = Signal(object)

    def __init__(
        self,
        theme: Theme,
        title: str,
        add: str,
        parts: Sequence[LinePart],
        read: Callable[[Row], Row] = stripped,
        read_as: Callable[[Row], str] | None = None,
    ) -> None:
        """`read` gives a row as the file will have it; it raises Refused, saying why it can't be saved.

        `read_as` says in words what a row is read as, at once beside what is typed.
        """
        super().__init__()
        self._theme, self._parts, self._read, self._read_as = theme, tuple(parts), read, read_as
        self._about: int | None = None
        self._aside: dict[int | None, list[tuple[int, _Typed]]] = {}
        self._resting: dict[int | None, list[tuple[int, _Typed]]] = {}  # of offers nothing can be saved in
        self._told: tuple[Row, ...] | None = ()
        self._asked: list[tuple[int | None, list[_Sent]]] = []
        self._writable = True
        self._lines: list[_Line] = []
        self._timer = Autosave(self, self.save_now)
        self.add = Button(tr("Add"), "link")
        self.add.setAccessibleName(add)
        self.add.clicked.connect(self._new)
        head = row(wide(Text(title, "caption", weight=500, tone="soft")), self.add)
        self._column = column(gap=4)
        self._problem = Text("", "caption", tone="bad", wrap=True)
        self._problem.hide()
        column(head, self._column, self._problem, gap=4, on=self)

    @property
    def values(self) -> tuple[Row, ...]:
        """Every row as it stands, in order."""
        return tuple(line.values for line in self._lines)

    def unsaved(self) -> str:
        """Why what is typed here could not be saved; empty where nothing waits."""
        if not self._waiting():
            return ""
        found = [line.problem for line in self._lines if line.problem]
        return found[0] if found else self._problem.text() or tr("A row is not saved yet.")

    def aside(self) -> bool:
        """Whether rows of something that is not shown wait to be saved."""
        return any(typed.waits for held in self._aside.values() for _, typed in held)

    def begin(self, rows: Sequence[Row]) -> None:
        """Show the rows of a form that is opened: what stood here went with the form before, and is not kept."""
        self._timer.stop()
        for kept in (self._aside, self._resting, self._asked):
            kept.clear()
        self._about, self._told = None, tuple(rows)
        self._show(_merged(rows, []))
        self.show_problem("")

    def fill(self, rows: Sequence[Row], *, writable: bool, about: int | None = None) -> None:
        """Show these rows of `about`; what is being typed, or could not be saved, stays."""
        self._writable = writable
        self.add.setVisible(writable)
        here = about == self._about
        if here and writable and (self._typing() or self._timer.isActive() or self._under_way()):
            for line in self._lines:
                line.set_writable(writable)
            return
        self._keep_aside()
        self._about = about
        held = self._aside.pop(about, None) or self._resting.pop(about, [])
        waiting = [(at, typed) for at, typed in held if typed.waits]
        if not writable:
            # Nothing can be saved here now: what waits comes back with the draft.
            self._resting[about] = waiting
        self._show(_merged(rows, waiting if writable else []))
        self._told = tuple(rows)
        if not waiting or not here:
            self.show_problem("")

    def taken(self) -> None:
        """The rows told longest ago are in the file."""
        about, sent = self._asked.pop(0)
        for told in sent:
            told.typed.kept, told.typed.filed = told.values, told.filed
        if about == self._about:
            self.show_problem("")

    def refuse(self, refused: Refused) -> None:
        """They are not: say why. They stay, and are told again when the page is left or a command runs."""
        about, _ = self._asked.pop(0)
        if about == self._about:
            self._told = None
            self.show_problem(f"{refused.sentence} {refused.remedy}".strip())

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong with the rows as a whole; empty where nothing is."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def save_now(self) -> None:
        """Tell what can be read, if it is not what was told last."""
        self._timer.stop()
        sent = []
        for line in self._lines:
            filed = self._try(line)
            if filed is not None:
                sent.append(_Sent(line.typed, line.values, filed))
            elif line.typed.filed is not None and line.typed.kept is not None:
                sent.append(_Sent(line.typed, line.typed.kept, line.typed.filed))
        for told in sent:
            if told.filed == told.typed.filed:  # another way to type what the file has
                told.typed.kept = told.values
        rows = tuple(told.filed for told in sent if any(told.filed))
        if rows != self._told:
            self._told = rows
            self._asked.append((self._about, sent))
            self.edited.emit(rows)

    def _try(self, line: _Line) -> Row | None:
        """A row as the file will have it; None where it can't be read, which is said beside it."""
        try:
            filed = stripped(line.values) if line.blank else self._read(line.values)
        except Refused as refused:
            line.show_problem(f"{refused.sentence} {refused.remedy}".strip())
            return None
        line.show_problem("")
        return filed

    def _typing(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused) and isinstance(focused, QLineEdit)

    def _under_way(self) -> bool:
        return any(about == self._about for about, _ in self._asked)

    def _waiting(self) -> list[tuple[int, _Typed]]:
        for line in self._lines:
            line.typed.values = line.values
        return [(at, line.typed) for at, line in enumerate(self._lines) if line.typed.waits]

    def _keep_aside(self) -> None:
        waiting = self._waiting()
        if waiting:
            self._aside[self._about] = waiting

    def _show(self, rows: Sequence[_Typed]) -> None:
        if [t.values for t in rows] == list(self.values):
            for line, typed in zip(self._lines, rows, strict=True):
                line.typed = typed
                line.set_writable(self._writable)
            return
        for line in list(self._lines):
            self._drop(line)
        for typed in rows:
            self._try(self._append(typed))

    def _new(self) -> None:
        line = self._append(_Typed(tuple("" for _ in self._parts)))
        line.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self, typed: _Typed) -> _Line:
        line = _Line(self._theme, self._parts, typed, self._read_as)
        line.set_writable(self._writable)
        line.edited.connect(self._timer.touch)
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


def _merged(rows: Sequence[Row], waiting: Sequence[tuple[int, _Typed]]) -> list[_Typed]:
    """The file's rows, with those that wait in place of what was last taken of them, else where they stood."""
    found = [_Typed(line, line, line) for line in rows]
    for at, typed in waiting:
        place = next((n for n, known in enumerate(found) if known.filed == typed.filed and not known.waits), None)
        if place is not None:
            found[place] = typed
        else:
            typed.kept = typed.filed = None
            found.insert(min(at, len(found)), typed)
    return found


class _Line(QWidget):
    """One row."""

    edited = Signal()
    gone = Signal()
    moved = Signal(int)

    def __init__(
        self, theme: Theme, parts: Sequence[LinePart], typed: _Typed, read_as: Callable[[Row], str] | None
    ) -> None:
        super().__init__()
        self.typed, self.problem, self._read_as = typed, "", read_as
        self._writable = True
        line = row(gap=6)
        self.fields: list[QLineEdit] = []
        for part, value in zip(parts, typed.values, strict=True):
            field = QLineEdit(value)
            field.setCursorPosition(0)
            field.setAccessibleName(part.words)
            field.setPlaceholderText(part.hint)
            field.textEdited.connect(self.edited)
            line.addWidget(field, part.share)
            self.fields.append(field)
        self.out = IconButton(theme, "x", tr("Take this row out"))
        self.out.clicked.connect(self.gone)
        line.addWidget(self.out)
        self._reading = Text("", "caption", tone="soft", wrap=True)
        self._words = Text("", "caption", tone="bad", wrap=True)
        self._words.hide()
        column(line, self._reading, self._words, gap=2, on=self)
        self.edited.connect(self._say_reading)
        self._say_reading()

    @property
    def values(self) -> Row:
        """What stands in its fields."""
        return tuple(field.text() for field in self.fields)

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(value.strip() for value in self.values)

    def show_problem(self, sentence: str) -> None:
        """Say beside it why it is not saved; empty where it can be."""
        if sentence == self.problem:
            return
        self.problem = sentence
        self._words.setText(sentence and tr("{why} Not saved yet.").format(why=sentence))
        self._words.setVisible(bool(sentence))
        for field in self.fields:
            field.setAccessibleDescription(sentence)
            field.setProperty("problem", bool(sentence))
            restyle(field)

    def _say_reading(self) -> None:
        words = self._read_as(self.values) if self._read_as is not None and self._writable else ""
        self._reading.setText(words and tr("Read as {words}").format(words=words))
        self._reading.setVisible(bool(words))

    def set_writable(self, writable: bool) -> None:
        """Whether it may be typed in."""
        self._writable = writable
        self._say_reading()
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
