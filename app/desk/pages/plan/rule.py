"""The rule agreed with a plan, and what it would do to candidates whose worth is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.desk.parts.controls import Chip
from app.desk.parts.flow import flowing
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import RIGHT, column, grid, holder
from app.desk.parts.section import fill
from app.desk.theme import Theme
from app.domain.coverage import DIMENSION_SD, RATER_SD, USUAL_GAPS, SimulatedOutcome
from app.domain.panel import Zone
from app.domain.plan import InterviewPlan
from app.domain.rubric import Rubric
from app.phrases.rubric import zone_word
from app.words import percent, tr

_ZONES = (Zone.SUPPORTS_HIRE, Zone.MIXED, Zone.SUPPORTS_NO_HIRE)


class RulePane(QWidget):
    """Must-haves and limits. `edited` carries a change of the plan; `unread` a sentence about what can't be read."""

    edited = Signal(object)
    unread = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._plan: InterviewPlan | None = None
        self._rubric: Rubric | None = None
        self._musts = QVBoxLayout()
        self.chips: dict[str, Chip] = {}
        cells = grid(12, 3)
        self.fields: dict[str, QLineEdit] = {}
        rows: tuple[tuple[str, str, Callable[[str], object]], ...] = (
            ("hire_from", tr("Supports a hire from a composite of"), Fraction),
            ("mixed_from", tr("Supports no hire below"), Fraction),
            ("without_score_allowed", tr("Dimensions that may stay without a score"), int),
            ("budget", tr("Minutes a candidate may be asked for"), int),
        )
        for place, (name, words, read) in enumerate(rows):
            field = QLineEdit()
            field.setAccessibleName(words)
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.editingFinished.connect(partial(self._finished, name, words, read))
            cells.addWidget(Text(words, wrap=True), place, 0)
            cells.addWidget(field, place, 1)
            self.fields[name] = field
        cells.setColumnStretch(0, 1)
        column(
            Text(tr("Rule"), "lead", weight=600),
            Text(tr("Must have"), "caption", weight=500, tone="soft"),
            self._musts,
            cells,
            gap=6,
            on=self,
        )
        theme.changed.connect(self._measure)
        self._measure()

    def show_plan(self, plan: InterviewPlan, rubric: Rubric) -> None:
        """Show the plan's rule; a field with focus that is being typed in is left alone."""
        self._plan = plan
        if rubric is not self._rubric:
            self._rubric = rubric
            self._offer(rubric)
        for dimension, chip in self.chips.items():
            chip.setChecked(dimension in plan.must_have)
        for name, field in self.fields.items():
            if not (field.hasFocus() and field.isModified()):
                field.setText(number_words(getattr(plan, name)))

    def _offer(self, rubric: Rubric) -> None:
        self.chips = {dimension.id: Chip(dimension.short) for dimension in rubric.dimensions}
        for dimension in rubric.dimensions:
            chip = self.chips[dimension.id]
            chip.setAccessibleName(tr("Must have: {what}").format(what=dimension.name))
            chip.clicked.connect(partial(self._toggle, dimension.id))
        fill(self._musts, [flowing(*self.chips.values(), gap=5)])

    def _toggle(self, dimension: str, _on: bool = False) -> None:
        order = self._rubric.dimension_ids if self._rubric is not None else ()

        def change(plan: InterviewPlan) -> InterviewPlan:
            wanted = set(plan.must_have) ^ {dimension}
            return replace(plan, must_have=tuple(d for d in order if d in wanted))

        self.edited.emit(change)

    def _finished(self, name: str, words: str, read: Callable[[str], object]) -> None:
        field = self.fields[name]
        if not field.isModified() or self._plan is None:
            return
        field.setModified(False)
        text = " ".join(field.text().split()).replace(",", ".")
        try:
            value = read(text)
        except (ValueError, ZeroDivisionError):
            field.setText(number_words(getattr(self._plan, name)))
            self.unread.emit(tr("“{text}” is no number for: {field}.").format(text=text[:40], field=words))
            return
        self.edited.emit(lambda plan: replace(plan, **{name: value}))

    def _measure(self) -> None:
        for field in self.fields.values():
            field.setFixedWidth(self._theme.px(76))


class SimulationPane(QWidget):
    """What the rule would do: a quiet table of rates with their n."""

    def __init__(self) -> None:
        super().__init__()
        self._note = Text("", "caption", tone="soft", wrap=True)
        self._table = QVBoxLayout()
        column(Text(tr("What this rule would do"), "lead", weight=600), self._table, self._note, gap=6, on=self)

    def show_outcomes(self, outcomes: Sequence[SimulatedOutcome]) -> None:
        """Show the rates."""
        cells = grid(16, 4)
        cells.addWidget(Text(tr("A candidate"), "caption", tone="soft", weight=500), 0, 0)
        for place, zone in enumerate(_ZONES, start=1):
            cells.addWidget(Text(zone_word(zone), "caption", tone="soft", weight=500, wrap=True), 0, place, RIGHT)
        cells.addWidget(line_across(strong=True), 1, 0, 1, len(_ZONES) + 1)
        for line, outcome in enumerate(outcomes, start=2):
            words = _offset_words(outcome.offset)
            cells.addWidget(Text(words, wrap=True), line, 0)
            best = max(_ZONES, key=outcome.rate)
            for place, zone in enumerate(_ZONES, start=1):
                cell = Text(percent(float(outcome.rate(zone))), weight=600 if zone is best else 400)
                cell.setAccessibleName(f"{words}, {zone_word(zone)}: {cell.text()}")
                cells.addWidget(cell, line, place, RIGHT)
        cells.setColumnStretch(0, 1)
        table = holder(cells)
        table.setAccessibleName(tr("What this rule would do"))
        fill(self._table, [table])
        n = outcomes[0].n if outcomes else 0
        self._note.setText(
            tr(
                "n = {n} simulated candidates in each row. Two people’s scores lie {rater} points apart (SD), a "
                "candidate’s dimensions {spread} around their level, {gaps} of the scores are missing. No red flags."
            ).format(n=f"{n:,}", rater=RATER_SD, spread=DIMENSION_SD, gaps=percent(float(USUAL_GAPS)))
        )


def number_words(value: Fraction | int) -> str:
    """A limit as it is typed: 2.9, or a fraction where a decimal would not be exact."""
    if isinstance(value, int) or value.denominator == 1:
        return str(int(value))
    hundredths = value * 100
    if hundredths.denominator == 1:
        return f"{float(value):.2f}".rstrip("0")
    return str(value)


def _offset_words(offset: Fraction) -> str:
    if offset == 0:
        return tr("at the bar")
    return tr("half a point above the bar") if offset > 0 else tr("half a point below the bar")
