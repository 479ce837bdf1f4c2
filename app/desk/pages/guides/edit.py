"""The form for a level's texts and cells, and what changed before a new version is kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.desk.pages.guides.reading import in_book, place_words, put_into_grid
from app.desk.parts.controls import Button
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.focus import focus_first
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import TOP, Space, column, row, wide
from app.desk.theme import Theme
from app.domain.guide import BAR_OF, Guide, GuideCell, GuideLevel
from app.domain.guide_diff import GuideChange
from app.domain.guide_text import cell_from, cell_text
from app.domain.pack_guide import Weight
from app.phrases.guide import FIELD_WORDS, LEVEL_FIELDS
from app.phrases.rubric import weight_word
from app.words import ntr, tr

_WEIGHTS = tuple((w, weight_word(w)) for w in BAR_OF)
_BARS = tuple((str(n), str(n)) for n in range(1, 5))


class LevelEditor(QWidget):
    """One level's form at a time; the guide that is being edited is kept over them. `review` wants the changes seen,
    `cancelled` everything forgotten."""

    review = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._guide: Guide | None = None
        self._level = ""
        self._texts: FieldSet | None = None
        self._cells: dict[str, CellForm] = {}
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.save_button = Button(tr("See the changes"), "primary")
        self.save_button.clicked.connect(self.review)
        cancel = Button(tr("Cancel"))
        cancel.clicked.connect(self.cancelled)
        hint = tr("Changes of several levels go into one new version. The version before stays as it is.")
        column(wide(self._scroll), foot(hint, cancel, self.save_button), gap=0, on=self)

    def begin(self, guide: Guide, level: str) -> None:
        """Edit a guide, beginning with this level."""
        self._guide = guide
        self._build(level)
        focus_first(self._scroll)

    def turn(self, level: str) -> None:
        """Go to another level; what was typed so far is kept."""
        if self._guide is not None:
            self._guide = self.edited()
            self._build(level)

    def edited(self) -> Guide:
        """The guide with what is typed."""
        assert self._guide is not None
        if self._texts is None:
            return self._guide
        before = self._guide.level(self._level)
        after = self._level_edited(before)
        levels = tuple(after if x.id == before.id else x for x in self._guide.levels)
        return self._guide.model_copy(update={"levels": levels})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape forgets the changes."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _level_edited(self, before: GuideLevel) -> GuideLevel:
        assert self._texts is not None
        assert self._guide is not None
        typed = self._texts.values()
        texts = {name: text for name, text in typed.items() if text != getattr(before, name).strip()}
        if not texts.get("title", "-"):
            del texts["title"]  # a level keeps its title rather than have none
        cells = dict(before.cells)
        for dimension, form in self._cells.items():
            values = form.values()
            bar = int(values["bar"]) if values["bar"] else None
            weight: Weight = next((w for w in BAR_OF if w == values["weight"]), "important")
            cell = cell_from(before.cells.get(dimension), values["text"] or "", weight, bar)
            if cell is not None:
                cells[dimension] = cell
            elif before.cells.get(dimension) is None or cell_text(before.cells[dimension]):
                cells.pop(dimension, None)
        return before.model_copy(update={**texts, "cells": cells})

    def _build(self, level: str) -> None:
        assert self._guide is not None
        guide, self._level = self._guide, level
        shown = guide.level(level)
        sheet = QWidget()
        fields = [
            Field(n, w, FieldType.LINE if n == "title" else FieldType.TEXT, n == "title")
            for n, w in LEVEL_FIELDS.items()
        ]
        self._texts = FieldSet(self._theme, fields)
        self._texts.set_values({name: getattr(shown, name).strip() for name in LEVEL_FIELDS})
        hint = tr("A line that begins with – is an example; an empty line begins a further statement.")
        body = column(
            Text(tr("Edit {level}").format(level=shown.title), "title", wrap=True),
            Text(place_words(guide, shown), tone="soft", wrap=True),
            self._texts,
            Space(6),
            Text(tr("What it asks"), "lead", weight=600),
            Text(hint, tone="soft", wrap=True),
            gap=12,
            on=sheet,
        )
        self._cells = {}
        for dimension in guide.dimensions:
            body.addWidget(line_across())
            body.addWidget(Text(dimension.short, weight=600, wrap=True))
            form = CellForm(self._theme, dimension.short, shown.cells.get(dimension.id))
            self._cells[dimension.id] = form
            body.addWidget(form)
        body.addStretch(1)
        put_into_grid(self._scroll, in_book(self._theme, sheet))


class CellForm(QWidget):
    """Weight and bar of a cell beside its text; under it where the text is large."""

    def __init__(self, theme: Theme, name: str, cell: GuideCell | None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        choices = (
            Field("weight", tr("Weight"), FieldType.CHOICE, choices=_WEIGHTS),
            Field("bar", tr("Bar"), FieldType.CHOICE, choices=_BARS),
        )
        self.short = FieldSet(theme, choices)
        self.long = FieldSet(theme, [Field("text", tr("Expectation"), FieldType.TEXT)])
        bar = str(cell.bar) if cell is not None and cell.bar is not None else None
        self.short.set_values({"weight": cell.weight if cell is not None else None, "bar": bar})
        self.long.set_values({"text": cell_text(cell)})
        for form, field, words in (
            (self.short, "weight", tr("Weight")),
            (self.short, "bar", tr("Bar")),
            (self.long, "text", tr("Expectation")),
        ):
            form.input(field).setAccessibleName(tr("{name}: {field}").format(name=name, field=words))
        box: QHBoxLayout | QVBoxLayout = QVBoxLayout(self) if theme.large_text else QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        if not theme.large_text:
            self.short.setFixedWidth(theme.px(170))
        box.addWidget(self.short, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.long, 1, Qt.AlignmentFlag.AlignTop)

    def values(self) -> dict[str, str | None]:
        """What is chosen and typed."""
        return {**self.short.values(), **self.long.values()}


class GuideReview(QWidget):
    """What changed, level by level. `kept` carries the reason of the new version, `back` goes on editing."""

    kept = Signal(str)
    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(tr("Changes"))
        self.reason = FieldSet(theme, [Field("reason", tr("Why the guide changes"), FieldType.LINE, True)])
        self.keep_button = Button(tr("Keep"), "primary")
        self.keep_button.clicked.connect(self._keep)
        back = Button(tr("Back to the form"))
        back.clicked.connect(self.back)
        self._problem = Text("", tone="bad", wrap=True)
        self._problem.hide()
        column(wide(self._scroll), foot("", back, self.keep_button, self.reason, self._problem), gap=0, on=self)

    def show_changes(self, before: Guide, after: Guide, changes: Sequence[GuideChange], version: int) -> None:
        """Show what a new version with this number would change."""
        self._problem.hide()
        self.keep_button.set_words(tr("Keep as version {n}").format(n=version))
        self.keep_button.setEnabled(bool(changes))
        put_into_grid(self._scroll, in_book(self._theme, _changes(self._theme, before, after, changes)))
        if changes:
            self.reason.focus_first()

    def refuse(self, sentence: str) -> None:
        """Say why it was not kept."""
        self._problem.setText(sentence)
        self._problem.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        if self.keep_button.isEnabled() and self.reason.check():
            self.kept.emit(self.reason.values()["reason"])


def foot(hint: str, *widgets: QWidget) -> QFrame:
    """The line at the foot of a form: fields and sentences over it, buttons at its right."""
    frame = QFrame()
    frame.setProperty("role", "foot")
    body = column(gap=8, margins=(32, 10, 32, 10), on=frame)
    line = row(wide(Text(hint, "caption", tone="soft", wrap=True)), gap=8)
    for widget in widgets:
        if isinstance(widget, Button):
            line.addWidget(widget)
        else:
            body.addWidget(widget)
    body.addLayout(line)
    return frame


def _changes(theme: Theme, before: Guide, after: Guide, changes: Sequence[GuideChange]) -> QWidget:
    sheet = QWidget()
    body = column(Text(_head_words(after, changes), "title", wrap=True), gap=8, on=sheet)
    if not changes:
        body.addWidget(Text(tr("Nothing was changed yet."), tone="soft"))
    for level, found in groupby(changes, key=lambda c: c.level):
        items = list(found)
        body.addSpacing(8)
        body.addWidget(Text(_title(before, after, level), "lead", weight=600, wrap=True))
        for change in items:
            body.addWidget(line_across())
            body.addLayout(_change(theme, before, after, change))
    body.addStretch(1)
    return sheet


def _head_words(guide: Guide, changes: Sequence[GuideChange]) -> str:
    levels = list(dict.fromkeys(c.level for c in changes if c.level is not None))
    words = ntr("{n} change", "{n} changes", len(changes))
    if not levels:
        return words
    names = ", ".join(next((x.label for x in guide.levels if x.id == level), level) for level in levels)
    return tr("{words} in {levels}").format(words=words, levels=names)


def _title(before: Guide, after: Guide, level: str | None) -> str:
    if level is None:
        return tr("The guide itself")
    return next(x.title for guide in (after, before) for x in guide.levels if x.id == level)


def _change(theme: Theme, before: Guide, after: Guide, change: GuideChange) -> QVBoxLayout:
    names = [d.short for guide in (after, before) for d in guide.dimensions if d.id == change.dimension][:1]
    names.append(FIELD_WORDS.get(change.field, change.field))
    body = column(Text(" · ".join(names), "caption", tone="soft", weight=500, wrap=True), gap=3)
    was, now = _said(change, change.before), _said(change, change.after)
    if len(was) + len(now) <= 60 and "\n" not in was + now:
        words = tr("{before} → {after}").format(before=was or tr("nothing"), after=now or tr("nothing"))
        body.addWidget(Text(words, wrap=True))
        return body
    sides: QHBoxLayout | QVBoxLayout = QVBoxLayout() if theme.large_text else QHBoxLayout()
    sides.setSpacing(20)
    for head, text, tone in ((tr("Before"), was, "soft"), (tr("After"), now, "ink")):
        sides.addLayout(
            column(
                Text(head, "caption", tone="faint"),
                wide(Text(text or tr("nothing"), tone=tone, wrap=True), 1, TOP),
                gap=1,
            ),
            1,
        )
    body.addLayout(sides)
    return body


def _said(change: GuideChange, text: str) -> str:
    return weight_word(text) if change.field == "weight" and text else text.strip()
