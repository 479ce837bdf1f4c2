"""What one writes of a dimension of a member: the sentence, the score, the reason for none, words, dated evidence."""

from __future__ import annotations

from datetime import date
from functools import partial
from textwrap import shorten

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.desk.parts.autosave import Autosave
from app.desk.parts.controls import Button, Chip, IconButton, Segmented
from app.desk.parts.dates import DateField
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.flow import Flow
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import LEFT, STRETCH, TOP, Space, aligned, column, row, wide
from app.desk.parts.section import clear
from app.desk.theme import Theme
from app.domain.assessment import EvidenceEntry, NoScore
from app.phrases.rubric import no_score_word, weight_word
from app.queries.assessment import AssessmentView, EvidenceView
from app.queries.noted import Noted
from app.words import day, tr

_MOST_NOTED, _LONGEST_NOTED = 20, 90
SCORE_WORDS = ((1, tr("well below")), (2, tr("below")), (3, tr("meets")), (4, tr("exceeds")))


class EvidenceEntryRow(QWidget):
    """A new line of evidence: its day, what was seen, where it can be looked up.

    `typed` carries it soon after a key (see `Autosave`), `added` says that it is finished, `escaped` that Escape was
    pressed.
    """

    typed = Signal(object)
    added = Signal()
    escaped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.text = QLineEdit()
        self.text.setAccessibleName(tr("What was seen"))
        self.text.setPlaceholderText(tr("What was seen, in a line"))
        self.text.returnPressed.connect(self.added)
        self.on = DateField(theme)
        self.on.setAccessibleName(tr("Day it was seen"))
        self.on.line.setAccessibleName(tr("Day it was seen"))
        self.source = QLineEdit()
        self.source.setAccessibleName(tr("Where it can be looked up"))
        self.source.setPlaceholderText(tr("Source, such as: release log"))
        self.source.returnPressed.connect(self.added)
        self.inferred = Chip(tr("inferred"))
        self.inferred.setToolTip(tr("Not seen by oneself, but concluded"))
        add = Button(tr("Add"))
        add.setAccessibleName(tr("Add this line of evidence"))
        add.clicked.connect(self.added)
        line = row(wide(self.on, 2), wide(self.source, 3), self.inferred, add, gap=6)
        column(self.text, line, gap=6, on=self)
        self._soon, self._typing = Autosave(self, self.save_now), False
        self.text.textEdited.connect(self._type)
        self.source.textEdited.connect(self._type)
        self.on.edited.connect(self._type)
        self.inferred.clicked.connect(self._type)

    def bring_back(self, fact: EvidenceEntry) -> None:
        """Show a line that was not taken."""
        self.text.setText(fact.text)
        self.source.setText(fact.source)
        self.inferred.setChecked(fact.inferred)
        self.on.set_value(fact.on)

    def begin(self, on: date | None) -> None:
        """Empty for the next line; the day stays where one was given."""
        self.text.clear()
        self.source.clear()
        self.inferred.setChecked(False)
        if self.on.value is None:
            self.on.set_value(on)

    @property
    def fact(self) -> EvidenceEntry:
        """The line as it stands."""
        value = self.on.value
        on = value if isinstance(value, date) else None
        return EvidenceEntry(on, self.text.text(), self.inferred.isChecked(), self.source.text())

    @property
    def unread_day(self) -> str:
        """What is typed as the day of a line and is none; empty where there is no line."""
        return self.on.line.text().strip() if self.on.unreadable and self.text.text().strip() else ""

    def save_now(self) -> None:
        """Tell what was typed, if anything was since the last time."""
        if self._typing:
            self._typing = False
            self._soon.stop()
            self.typed.emit(self.fact)

    def _type(self, *_: object) -> None:
        self._typing = True
        self._soon.touch()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.save_now()
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class AssessedDimensionPane(QWidget):
    """One dimension of an assessment. `scored` carries a score, `excused` a reason, `said` the words, `taken` something
    noted before that is to be evidence."""

    taken = Signal(object)
    scored = Signal(int)
    excused = Signal(str)
    said = Signal(str)
    dropped = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.dimension = ""
        self._name = Text("", "title", wrap=True)
        self._weight = Text("", tone="soft", wrap=True)
        self._sentence = Text("", "lead", wrap=True, selectable=True)
        self.score = Segmented(
            [(str(n), tr("{n} {words}").format(n=n, words=words)) for n, words in SCORE_WORDS],
            tr("Score against this sentence"),
            strong=True,
        )
        self.score.chosen.connect(lambda key: self.scored.emit(int(key)))
        self._reasons = QWidget()
        flow = Flow(self._reasons, 6)
        flow.addWidget(Text(tr("Not assessed"), "caption", tone="soft"))
        self.reasons: dict[str, Chip] = {}
        for reason in NoScore:
            chip = Chip(no_score_word(reason))
            chip.clicked.connect(lambda _on=False, chosen=str(reason): self.excused.emit(chosen))
            self.reasons[str(reason)] = chip
            flow.addWidget(chip)
        self.words = GrowingText(theme, tr("In a sentence"), tr("In a sentence, if you like"), role="box")
        self.words.typed.connect(self.said)
        self.entry = EvidenceEntryRow(theme)
        self._facts = column(gap=4)
        self._noted: tuple[Noted, ...] = ()
        self.from_notes = Button(tr("From what was noted…"), "link", small=True, run=self._offer_noted)
        self.from_notes.setAccessibleDescription(tr("Opens a menu"))
        self._window = Text("", "caption", tone="soft", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        side = 16 if self._theme.large_text else 24
        column(
            self._name,
            self._weight,
            self._sentence,
            Space(4),
            aligned(self.score, LEFT),
            self._reasons,
            self.words,
            line_across(),
            Text(tr("Evidence, each with its day"), "caption", weight=500, tone="soft"),
            self._facts,
            self.entry,
            aligned(self.from_notes, LEFT),
            self._window,
            STRETCH,
            gap=10,
            margins=(side, 18, side, 18),
            on=self,
        )

    def forget(self) -> None:
        """Nothing of what was typed stays: another assessment follows."""
        self.dimension = ""
        self.words.forget()
        self.entry.begin(None)
        self.entry.on.set_value(None)

    def show_dimension(self, page: AssessmentView, dimension: str, hidden: int | None) -> None:
        """Show a dimension as the assessment has it; the line `hidden` stands in the fields."""
        if dimension != self.dimension:
            self.words.forget()
            self.entry.begin(None)
        self.dimension = dimension
        cell = page.level.cells[dimension]
        self._name.setText(page.guide.dimension(dimension).name)
        self._weight.setText(
            tr("{weight} at {level}, bar {bar}").format(
                weight=weight_word(cell.weight), level=page.level.id, bar=cell.bar
            )
        )
        self._sentence.setText(cell.expect)
        rating = page.content.rating(dimension)
        self.score.choose(str(rating.score) if rating.score is not None else None)
        for reason, chip in self.reasons.items():
            chip.setChecked(rating.reason == reason)
            chip.setEnabled(not page.locked)
        self.score.setEnabled(not page.locked)
        self.words.fill(rating.words)
        self.words.setReadOnly(page.locked)
        self.words.setVisible(not page.locked or bool(rating.words))
        self.entry.setVisible(not page.locked)
        clear(self._facts)
        lines = [line for line in page.facts if line.dimension == dimension and line.id != hidden]
        broad = max((self._advance(_day_words(line)) for line in lines), default=0)
        for line in lines:
            self._facts.addWidget(self._line(line, broad, locked=page.locked, counts=page.counts(line)))
        here = {(line.on, line.text) for line in lines}
        self._noted = tuple(
            one for one in page.noted if one.dimension in ("", dimension) and (one.on, one.text) not in here
        )[:_MOST_NOTED]
        self.from_notes.setVisible(bool(self._noted) and not page.locked)
        start, end = page.window
        words = tr("What counts is dated from {start} to {end}; a core dimension needs two months.")
        self._window.setText(words.format(start=day(start), end=day(end)) if start and end else "")
        self._window.setVisible(bool(start and end))

    def _offer_noted(self) -> None:
        menu = DropMenu(self.from_notes)
        for one in self._noted:
            words = " · ".join(
                part for part in (day(one.on), shorten(one.text, _LONGEST_NOTED, placeholder="…"), one.source) if part
            )
            menu.offer(words, partial(self.taken.emit, one))
        menu.drop()

    def _advance(self, words: str) -> int:
        return QFontMetrics(self._theme.font("body")).horizontalAdvance(words) + 4

    def _line(self, line: EvidenceView, broad: int, *, locked: bool, counts: bool) -> QWidget:
        holder = QWidget()
        when = Text(_day_words(line), tone="soft" if line.on else "bad")
        when.setFixedWidth(broad)
        entry = row(aligned(when, TOP), wide(Text(line.text, wrap=True, selectable=True)), gap=10, on=holder)
        notes = [tr("inferred")] * line.inferred + [line.source] * bool(line.source)
        if not counts:
            entry.addWidget(Text(tr("outside these dates, does not count"), "caption", tone="warn"))
        entry.addWidget(Text(", ".join(notes), "caption", tone="soft"))
        if not locked:
            out = IconButton(self._theme, "x", tr("Take out: {text}").format(text=line.text))
            out.clicked.connect(lambda _on=False: self.dropped.emit(line.id))
            entry.addWidget(out)
        return holder


def _day_words(line: EvidenceView) -> str:
    return day(line.on) if line.on else tr("no day")
