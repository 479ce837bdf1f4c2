"""A candidate's own facts, each edited where it stands, and the timeline of their application."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.desk.parts.dates import DateField
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text
from app.desk.parts.layout import Space, column, holder
from app.desk.parts.section import Section
from app.desk.theme import Theme
from app.domain.candidate import FIELDS, FactKind
from app.phrases.candidate import fact_words
from app.queries.application import ApplicationView
from app.queries.timeline import TimelineMoment
from app.words import day, moment, tr

_TEXTS = tuple(field for field in FIELDS if field.kind is not FactKind.DAY)


class PersonCard(Section):
    """The facts. `typed` carries a field and its text while it is typed, `finished` when it is left.

    `kept` carries the day until which the record is kept, None for one year after the decision; `unreadable` says
    that what stands in that field is no date.
    """

    typed = Signal(str, str)
    finished = Signal(str, str)
    kept = Signal(object)
    unreadable = Signal()

    def __init__(self, theme: Theme) -> None:
        self._applied = Text("", "caption", tone="soft")
        super().__init__(tr("Person"), self._applied)
        self._dirty: set[str] = set()
        self._showing: date | None = None
        self._by_hand = False
        self.fields: dict[str, GrowingText] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, (name, words) in enumerate((field.key, fact_words(field).label) for field in _TEXTS):
            field = GrowingText(theme, words, tr("not known"))
            field.typed.connect(lambda text, name=name: self._typed(name, text))
            field.finished.connect(lambda text, name=name: self._finished(name, text))
            field.entered.connect(self.focusNextChild)
            field.escaped.connect(field.clearFocus)
            label = Text(words, "caption", tone="soft")
            label.setBuddy(field)
            label.setContentsMargins(0, 4, 0, 0)
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, line, 1)
            self.fields[name] = field
        self.until = DateField(theme)
        self.until.line.setAccessibleName(tr("Kept until"))
        self.until.line.editingFinished.connect(self._keep)
        self.until.edited.connect(self._keep_chosen)
        self.until.line.installEventFilter(self)
        self._note = Text("", "caption", tone="soft", wrap=True)
        self.add(grid, Space(4), Text(tr("Kept until"), "caption", tone="soft"), self.until, self._note)

    def show_person(self, page: ApplicationView) -> None:
        """Show the facts; a field with the focus is left as it is."""
        self._applied.setText(tr("applied {day}").format(day=day(page.applied_on)) if page.applied_on else "")
        for name, field in self.fields.items():
            if not field.hasFocus():
                field.fill(getattr(page.person, name))
        if not self.until.line.hasFocus() or self.until.value == self._showing:
            self.until.set_value(page.kept_until)
            self._showing, self._by_hand = page.kept_until, page.kept_until_is_set
        if page.kept_until_is_set:
            note = tr("Set by hand. Empty the field for one year after the decision.")
        elif page.kept_until is not None:
            note = tr("One year after the decision. Type another day to change it.")
        else:
            note = tr("One year after the decision, unless a day is typed here.")
        self._note.setText(note)

    def restore(self, page: ApplicationView) -> None:
        """Show the facts over whatever was typed, because it was refused."""
        for name, field in self.fields.items():
            if field.text != getattr(page.person, name) and not field.hasFocus():
                field.forget()
                field.fill(getattr(page.person, name))

    def flush(self) -> None:
        """Save and finish what is being typed."""
        for name, field in self.fields.items():
            field.save_now()
            self._finished(name, field.text)
        if self.until.line.hasFocus():
            self._keep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape in the date takes back what was typed."""
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.until.set_value(self._showing)
            self.until.line.clearFocus()
            return True
        return super().eventFilter(watched, event)

    def _typed(self, name: str, text: str) -> None:
        self._dirty.add(name)
        self.typed.emit(name, text)

    def _finished(self, name: str, text: str) -> None:
        if name in self._dirty:
            self._dirty.discard(name)
            self.finished.emit(name, text)

    def _keep_chosen(self) -> None:
        if not self.until.line.hasFocus():
            self._keep()

    def _keep(self) -> None:
        if self.until.unreadable:
            self.unreadable.emit()
            return
        value = self.until.value
        if value == self._showing:
            return
        if value is None and not self._by_hand:
            self.until.set_value(self._showing)
            return
        self._showing, self._by_hand = value, value is not None
        self.kept.emit(value)


class TimelineCard(Section):
    """What happened, newest first."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__(tr("Timeline"))
        self._zone = zone
        self._shown: tuple[TimelineMoment, ...] | None = None

    def show_moments(self, moments: Sequence[TimelineMoment]) -> None:
        """Show them."""
        if self._shown == tuple(moments):
            return
        self._shown = tuple(moments)
        self.show_lines(map(self._line, reversed(moments)), tr("Nothing happened yet."), ruled=False, gap=10)

    def _line(self, happened: TimelineMoment) -> QWidget:
        when = " · ".join(w for w in (moment(happened.at, self._zone), happened.by) if w)
        return holder(column(Text(happened.words, wrap=True), Text(when, "caption", tone="soft", wrap=True), gap=0))
