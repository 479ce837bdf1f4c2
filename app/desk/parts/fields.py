"""Form rows from a list: label, input, help, and the sentence about what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.desk.parts.dates import DateField
from app.desk.parts.label import Text, restyle
from app.desk.parts.layout import column, row, wide
from app.desk.parts.still import StillCombo
from app.desk.theme import Theme
from app.phrases.rubric import lower_first
from app.words import tr

_TEXT_HIGH = 84  # px at ordinary text size: four lines


class FieldType(StrEnum):
    """What is typed into a field."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    DATETIME = "datetime"
    NUMBER = "number"


Choices: TypeAlias = Sequence[tuple[object, str]]
"""Keys of any type, each with its words."""


@dataclass(frozen=True)
class Field:
    """One row. `choices` are keys with their words; a choice that is not required can be left open.

    A number is whole, from `least` to `most`; `wrong` is said where it is not. A choice that always has a value is not
    `marked` as required.
    """

    name: str
    words: str
    kind: FieldType = FieldType.LINE
    required: bool = False
    help: str = ""
    choices: Choices = ()
    hint: str = ""
    least: int = 0
    most: int = 1_000_000
    wrong: str = ""
    marked: bool = True


class FieldSet(QWidget):
    """The rows of a form. `edited` carries the name of a field that a person changes."""

    edited = Signal(str)

    def __init__(self, theme: Theme, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, _Row] = {}
        body = column(gap=12, on=self)
        for field in fields:
            line = _Row(theme, field)
            line.edited.connect(self._row_edited)
            self._rows[field.name] = line
            body.addWidget(line)

    def values(self) -> dict[str, Any]:
        """What is typed: text without blanks around it, a choice's key, a date, a moment without a zone, or None."""
        return {name: line.value() for name, line in self._rows.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill the fields that are named; a field with focus is filled too, so only call this when opening."""
        for name, value in values.items():
            self._rows[name].set_value(value)
        self.clear_problems()

    def set_choices(self, name: str, choices: Choices) -> None:
        """Replace what a choice offers; what was chosen stays where it is still offered."""
        self._rows[name].set_choices(choices)

    def show_field(self, name: str, *, shown: bool) -> None:
        """Show a field, or leave it out while it does not apply."""
        self._rows[name].setVisible(shown)

    def check(self) -> bool:
        """Whether all required fields are filled and all dates can be read; says what is wrong where not."""
        self.clear_problems()
        for name, line in self._rows.items():
            problem = line.problem()
            if problem:
                self.show_problem(name, problem)
        return not self.focus_first_problem()

    def show_problem(self, name: str, sentence: str) -> None:
        """Say under a field what is wrong with it."""
        self._rows[name].show_problem(sentence)

    def clear_problems(self) -> None:
        """Take all sentences away."""
        for line in self._rows.values():
            line.show_problem("")

    def focus_first_problem(self) -> bool:
        """Go to the first field with a problem; False where there is none."""
        for line in self._rows.values():
            if line.has_problem:
                line.input.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def focus_first(self) -> None:
        """Go to the first field that can be filled in."""
        usable = (line.input for line in self._rows.values() if line.isVisibleTo(self) and line.input.isEnabled())
        first = next(usable, None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def input(self, name: str) -> QWidget:
        """The control of a field. Raises KeyError."""
        return self._rows[name].input

    def _row_edited(self, name: str) -> None:
        self._rows[name].show_problem("")
        self.edited.emit(name)


class _Row(QWidget):
    """One field under its label."""

    edited = Signal(str)

    def __init__(self, theme: Theme, field: Field) -> None:
        super().__init__()
        self._theme = theme
        self._field = field
        self.has_problem = False
        self.input = self._make_input(theme)
        self.input.setAccessibleName(field.words)
        label = Text(field.words.replace("&", "&&"), "caption", weight=500, tone="soft")
        label.setAccessibleName(field.words)
        label.setBuddy(self.input)
        head = row(wide(label))
        if field.required and field.marked:
            head.addWidget(Text(tr("required"), "caption", tone="faint"))
        self._help = Text(field.help, "caption", tone="soft", wrap=True)
        self._problem = Text("", "caption", tone="bad", wrap=True)
        body = column(head, gap=4, on=self)
        for widget in (self.input, self._help, self._problem):
            body.addWidget(widget)
        self._help.setVisible(bool(field.help))  # only now: without a parent it would be a window of its own
        self.show_problem("")
        theme.changed.connect(self._measure)
        self._measure()

    def value(self) -> Any:
        """What is typed or chosen."""
        match self.input:
            case QLineEdit():
                text = self.input.text().strip()
                return text if self._field.kind is FieldType.LINE else _whole(text)
            case QPlainTextEdit():
                return self.input.toPlainText().strip()
            case StillCombo():
                return self.input.currentData()
            case DateField():
                return self.input.value
        raise TypeError(type(self.input))

    def set_value(self, value: object) -> None:
        """Show a value; that is no edit."""
        self.input.blockSignals(True)
        self._show(value)
        self.input.blockSignals(False)

    def _show(self, value: object) -> None:
        match self.input:
            case QLineEdit():
                self.input.setText("" if value is None else str(value))
            case QPlainTextEdit():
                self.input.setPlainText(str(value or ""))
            case StillCombo():
                found = self.input.findData(value)
                self.input.setCurrentIndex(found if found >= 0 or self._field.required else 0)
            case DateField():
                assert value is None or isinstance(value, date)
                self.input.set_value(value)

    def set_choices(self, choices: Choices) -> None:
        """Offer these."""
        assert isinstance(self.input, QComboBox)
        before = self.input.currentData()
        self.input.blockSignals(True)
        self.input.clear()
        if not self._field.required:
            self.input.addItem(tr("Not set"), None)
        for key, words in choices:
            self.input.addItem(words, key)
        self.input.setCurrentIndex(self.input.findData(before))
        self.input.blockSignals(False)

    def problem(self) -> str:
        """What is wrong with what is typed; empty where nothing is."""
        if isinstance(self.input, DateField) and self.input.unreadable:
            return tr("This is no date. Write it as {example}.").format(example=self.input.line.placeholderText())
        if self._field.kind is FieldType.NUMBER and isinstance(self.input, QLineEdit) and self.input.text().strip():
            number, least, most = self.value(), self._field.least, self._field.most
            if number is None or not least <= number <= most:
                words = self._field.wrong or tr("Write {field} as a number from {least} to {most}.")
                return words.format(field=lower_first(self._field.words), least=least, most=most)
        if self._field.required and self.value() in ("", None):
            return tr("{field} is needed.").format(field=self._field.words)
        return ""

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong, or that nothing is any more."""
        self.has_problem = bool(sentence)
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        told = [sentence, self._field.help, tr("Required") if self._field.required and self._field.marked else ""]
        target = self.input.line if isinstance(self.input, DateField) else self.input
        target.setAccessibleName(self._field.words)
        target.setAccessibleDescription(" ".join(part for part in told if part))
        if bool(target.property("problem")) != self.has_problem:
            target.setProperty("problem", self.has_problem)
            restyle(target)

    def _make_input(self, theme: Theme) -> QWidget:
        match self._field.kind:
            case FieldType.LINE | FieldType.NUMBER:
                line = QLineEdit()
                line.setPlaceholderText(self._field.hint)
                line.textEdited.connect(self._tell)
                return line
            case FieldType.TEXT:
                text = QPlainTextEdit()
                text.setPlaceholderText(self._field.hint)
                text.setTabChangesFocus(True)
                text.textChanged.connect(self._tell)
                return text
            case FieldType.CHOICE:
                self.input = StillCombo()
                self.input.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                self.set_choices(self._field.choices)
                self.input.activated.connect(self._tell)
                return self.input
            case FieldType.DATE | FieldType.DATETIME:
                moment = DateField(theme, with_time=self._field.kind is FieldType.DATETIME)
                moment.edited.connect(self._tell)
                return moment

    def _measure(self) -> None:
        if isinstance(self.input, QPlainTextEdit):
            self.input.setFixedHeight(self._theme.px(_TEXT_HIGH))

    def _tell(self, *_: object) -> None:
        self.edited.emit(self._field.name)


def _whole(text: str) -> int | None:
    """A number of no more digits than a computer reads at once; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else None
