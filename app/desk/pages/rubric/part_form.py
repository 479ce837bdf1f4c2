"""A part of a rubric as a form made of its table of fields. What is typed is told place by place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QCheckBox, QVBoxLayout, QWidget

from app.desk.pages.rubric.part_fields import PartField, Typed, kept, shown
from app.desk.pages.rubric.typed_text import LabelledText, TypedForm
from app.desk.parts.controls import Chip
from app.desk.parts.flow import flowing
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, aligned, column, holder
from app.desk.parts.section import fill
from app.desk.parts.still import StillCombo, StillSpin
from app.desk.theme import Theme
from app.domain.rubric_draft import Part
from app.domain.value import Way

_TEXTS = (Typed.TEXT, Typed.LINES, Typed.PAIRS, Typed.GROUPS)
_LONGEST = 60  # letters of a question on a chip


class PartForm(TypedForm):
    """The fields of one part."""

    def __init__(self, theme: Theme, fields: Sequence[PartField]) -> None:
        super().__init__(theme)
        self._fields = tuple(fields)
        self._choices: dict[Way, tuple[tuple[str, str], ...]] = {}
        self.body: QVBoxLayout = column(gap=12, on=self)
        self._chosen: dict[Way, list[str]] = {}
        self._held: dict[Way, QWidget] = {}
        for field in self._fields:
            self.body.addWidget(self._control(field))

    def show_part(
        self, part: Part, dimensions: Sequence[tuple[str, str]], questions: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show what the part says; a text that is being typed in stays."""
        for field in self._fields:
            value = shown(field, part.content)
            if field.typed in _TEXTS:
                self.texts[field.way].fill(str(value or ""))
            elif field.typed in (Typed.DIMENSIONS, Typed.QUESTIONS):
                offered = dimensions if field.typed is Typed.DIMENSIONS else questions
                self._offer(field, tuple(offered), [str(v) for v in value or ()])
            else:
                _set(self._held[field.way], value)

    def _control(self, field: PartField) -> QWidget:
        way = field.way
        if field.typed in _TEXTS:
            made = LabelledText(
                self._theme, field.words, several=field.typed is not Typed.TEXT, help=field.help, most=field.most
            )
            made.written.connect(lambda text, typing: self.written.emit(way, kept(field, text), typing))
            self.texts[way] = made
            return made
        if field.typed is Typed.TICK:
            tick = self._held[way] = QCheckBox(field.words)
            tick.clicked.connect(lambda on: self.written.emit(way, on, False))
            return tick
        label = Text(field.words, "caption", weight=500, tone="soft")
        if field.typed in (Typed.DIMENSIONS, Typed.QUESTIONS):
            held = self._held[way] = QWidget()
            column(gap=0, on=held)
            return holder(column(label, held, gap=3))
        if field.typed is Typed.NUMBER:
            number = StillSpin()
            number.setRange(field.least, field.largest)
            number.setAccessibleName(field.words)
            number.setFixedWidth(self._theme.px(110))
            number.valueChanged.connect(lambda n: self.written.emit(way, n, False))
            self._held[way] = number
            return holder(column(label, aligned(number, LEFT), gap=3))
        choice = StillCombo(field.words)
        for key, words in field.choices:
            choice.addItem(words, key)
        choice.activated.connect(lambda _i: self.written.emit(way, choice.currentData(), False))
        self._held[way] = choice
        return holder(column(label, choice, gap=3))

    def _offer(self, field: PartField, offered: tuple[tuple[str, str], ...], chosen: list[str]) -> None:
        """Chips for what can be chosen, those that are chosen down."""
        way, held = field.way, self._held[field.way]
        self._chosen[way] = chosen
        layout = held.layout()
        assert isinstance(layout, QBoxLayout)
        if self._choices.get(way) != offered:
            self._choices[way] = offered
            fill(layout, [flowing(*(self._chip(field, key, words) for key, words in offered), gap=6)])
        for chip in held.findChildren(Chip):
            chip.blockSignals(True)
            chip.setChecked(chip.property("key") in chosen)
            chip.blockSignals(False)

    def _chip(self, field: PartField, key: str, words: str) -> Chip:
        short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
        chip = Chip(short, name=f"{field.words}: {words}")
        chip.setProperty("key", key)
        chip.toggled.connect(partial(self._toggle, field, key))
        return chip

    def _toggle(self, field: PartField, key: str, on: bool) -> None:
        order = [known for known, _ in self._choices[field.way]]
        others = [known for known in self._chosen[field.way] if known != key]
        found = [*others, key] if on else others
        if field.typed is Typed.DIMENSIONS:
            found = [known for known in order if known in found]
        self._chosen[field.way] = found
        self.written.emit(field.way, found, False)


def _set(control: QWidget, value: Any) -> None:
    control.blockSignals(True)
    match control:
        case QCheckBox():
            control.setChecked(bool(value))
        case StillSpin():
            control.setValue(int(value or 0))
        case StillCombo():
            control.setCurrentIndex(max(0, control.findData(value)))
    control.blockSignals(False)
