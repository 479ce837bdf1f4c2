"""A candidate's own facts, each edited where it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.actions import candidate
from app.desk.desk import Desk
from app.desk.parts.dates import DateField
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text
from app.desk.parts.section import Section
from app.desk.parts.still import StillCombo
from app.domain.candidate import FIELDS, CandidateFacts, CandidateField, FactKind
from app.errors import Refused
from app.phrases.candidate import choice_words, fact_words
from app.store.workspace import Workspace
from app.words import tr

_KEPT = "kept_until"


class PersonCard(Section):
    """The facts. A text is saved as it is typed, a choice and a day when they are made."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """`page` is what the facts stand on: what was written is answered there."""
        self.beside = Text("", "caption", tone="soft")
        super().__init__(tr("Person"), self.beside)
        self._desk, self._page = desk, page
        self._candidate: int | None = None
        self._facts: CandidateFacts | None = None
        self._follows: date | None = None
        self._dirty: set[str] = set()
        self.fields: dict[str, GrowingText] = {}
        self.choices: dict[str, StillCombo] = {}
        self.days: dict[str, DateField] = {}
        self._note = Text("", "caption", tone="soft", wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, field in enumerate(FIELDS):
            words = fact_words(field).label
            control = self._control(field, words)
            label = Text(words, "caption", tone="soft")
            label.setBuddy(control)
            label.setContentsMargins(0, 4, 0, 0)
            grid.addWidget(label, 2 * line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(control, 2 * line, 1)
            if field.key == _KEPT:
                grid.addWidget(self._note, 2 * line + 1, 1)
        self.add(grid)

    def show_person(self, number: int, facts: CandidateFacts, follows: date | None) -> None:
        """Show the facts of a candidate; a field with the focus is left as it is.

        `follows` is the day until which the record is kept where none was set by hand.
        """
        if number != self._candidate:
            self._dirty.clear()
        before, self._facts, self._candidate, self._follows = self._facts, facts, number, follows
        for name, text in self.fields.items():
            if not text.hasFocus():
                text.fill(getattr(facts, name))
        for name, choice in self.choices.items():
            choice.setCurrentIndex(max(0, choice.findData(getattr(facts, name))))
        for name, day in self.days.items():
            known = (getattr(facts, name), *((self._day_shown(before, name),) if before is not None else ()))
            if not day.line.hasFocus() or day.value in known:
                day.set_value(self._day_shown(facts, name))
        if facts.kept_until is not None:
            note = tr("Set by hand. Empty the field for one year after the decision.")
        elif follows is not None:
            note = tr("One year after the decision. Type another day to change it.")
        else:
            note = tr("One year after the decision, unless a day is typed here.")
        self._note.setText(note)

    def flush(self) -> None:
        """Save and finish what is being typed."""
        for name, field in self.fields.items():
            field.save_now()
            self._finished(name, field.text)
        for name, day in self.days.items():
            if day.line.hasFocus():
                self._keep(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape in a day takes back what was typed."""
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            for name, day in self.days.items():
                if day.line is watched and self._facts is not None:
                    day.set_value(self._day_shown(self._facts, name))
                    day.line.clearFocus()
                    return True
        return super().eventFilter(watched, event)

    # Controls

    def _control(self, field: CandidateField, words: str) -> QWidget:
        match field.kind:
            case FactKind.DAY:
                return self._day(field.key, words)
            case FactKind.CHOICE:
                return self._choice(field, words)
            case _:
                return self._text(field.key, words)

    def _text(self, name: str, words: str) -> GrowingText:
        field = GrowingText(self._desk.theme, words, tr("not known"))
        field.typed.connect(partial(self._typed, name))
        field.finished.connect(partial(self._finished, name))
        field.entered.connect(self.focusNextChild)
        field.escaped.connect(field.clearFocus)
        self.fields[name] = field
        return field

    def _choice(self, field: CandidateField, words: str) -> StillCombo:
        combo = StillCombo(words)
        combo.offer(((choice, choice_words(field, choice)) for choice in field.choices), field.open)
        combo.activated.connect(partial(self._chosen, field.key))
        self.choices[field.key] = combo
        return combo

    def _day(self, name: str, words: str) -> DateField:
        day = DateField(self._desk.theme)
        day.line.setAccessibleName(words)
        day.line.setPlaceholderText(tr("not known"))
        day.line.editingFinished.connect(partial(self._keep, name))
        day.edited.connect(partial(self._keep_chosen, name))
        day.line.installEventFilter(self)
        self.days[name] = day
        return day

    # Saving

    @property
    def _ws(self) -> Workspace:
        return self._desk.workspace

    def _typed(self, name: str, text: str) -> None:
        self._dirty.add(name)
        self._save_text(name, text, typing=True)

    def _finished(self, name: str, text: str) -> None:
        if name in self._dirty:
            self._dirty.discard(name)
            self._save_text(name, text, typing=False)

    def _save_text(self, name: str, text: str, *, typing: bool) -> None:
        if typing and name == "name" and not text.strip():
            return
        self._write(partial(_edit_text, self._ws, name=name, text=text, typing=typing), self._refused)

    def _chosen(self, name: str, index: int) -> None:
        held = self.choices[name].itemData(index)
        if self._facts is not None and held != getattr(self._facts, name):
            self._write(partial(_edit, self._ws, name=name, value=held))

    def _keep_chosen(self, name: str) -> None:
        if not self.days[name].line.hasFocus():
            self._keep(name)

    def _keep(self, name: str) -> None:
        if self._facts is None:
            return
        day = self.days[name]
        if day.unreadable:
            self._desk.refuse(Refused(tr("This is no date."), tr("Write it as 12 March 2027.")))
            return
        value, shown, held = day.value, self._day_shown(self._facts, name), getattr(self._facts, name)
        if value in (shown, held):
            day.set_value(shown)
            return
        self._write(partial(_edit, self._ws, name=name, value=value))

    def _write(self, action: Callable[[int], Any], refused: Callable[[Refused], None] | None = None) -> None:
        if self._candidate is not None:
            self._desk.write(partial(action, self._candidate), None, self._page, refused)

    def _refused(self, refused: Refused) -> None:
        """Show the facts over what was typed, because it was refused."""
        self._desk.refuse(refused)
        for name, field in self.fields.items():
            held = getattr(self._facts, name)
            if field.text != held and not field.hasFocus():
                field.forget()
                field.fill(held)

    def _day_shown(self, facts: CandidateFacts, name: str) -> date | None:
        held: date | None = getattr(facts, name)
        return held or (self._follows if name == _KEPT else None)


def _edit(workspace: Workspace, person: int, *, name: str, value: object) -> Any:
    values: dict[str, Any] = {name: value}
    return candidate.edit(workspace, person, **values)


def _edit_text(workspace: Workspace, person: int, *, name: str, text: str, typing: bool) -> Any:
    """Save one fact; a field that is left enters the history, with all that was typed in it as one change."""
    changed = candidate.edit(workspace, person, typing=typing, **{name: text})
    if not typing:
        workspace.finish_typing()
    return changed
