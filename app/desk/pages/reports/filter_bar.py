"""The one filter of all reports: opening, rubric, and a period of whole days; in words below."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.dates import DateField
from app.desk.parts.flow import flowing
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder, row
from app.desk.parts.still import StillCombo
from app.desk.theme import Theme
from app.domain.report_filter import ReportFilter
from app.phrases.reports import filter_words
from app.queries.reports.scope import FilterChoices
from app.words import tr

_OTHER_DAYS = -1
_WIDTHS = {"opening": 190, "rubric": 170, "period": 110, "day": 170}  # px at ordinary text size


class FilterBar(QWidget):
    """`filtered` carries the filter that is asked for."""

    filtered = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._choices, self._asked = theme, FilterChoices((), (), ()), ReportFilter()
        self.opening, self.rubric = StillCombo(tr("Opening")), StillCombo(tr("Rubric"))
        self.period = StillCombo(tr("Period"))
        for combo in (self.opening, self.rubric, self.period):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for combo in (self.opening, self.rubric):
            combo.activated.connect(self._tell)
        self.period.activated.connect(self._take_period)
        self.since, self.until = DateField(theme), DateField(theme)
        for field, name in ((self.since, tr("From")), (self.until, tr("To"))):
            field.line.setAccessibleName(name)
            field.settled.connect(self._tell)
        self._days = holder(row(self.since, Text(tr("to"), tone="soft"), self.until, gap=6))
        self._words = Text("", "caption", tone="soft", wrap=True)
        self._clear = Button(tr("Clear"), "link", run=self.clear, name=tr("Clear the filter"), small=True)
        self._problem = Text("", "caption", tone="bad", wrap=True)
        self._problem.hide()
        column(
            flowing(self.opening, self.rubric, self.period, self._days, self._clear, gap=8),
            self._problem,
            self._words,
            gap=6,
            on=self,
        )
        self.setFocusProxy(self.opening)
        theme.changed.connect(self._measure)
        self._measure()

    def show_filter(self, asked: ReportFilter, choices: FilterChoices) -> None:
        """Show this filter among what it can be. A day that is being typed stays as it is."""
        self._asked, self._choices = asked, choices
        self.opening.offer([(None, tr("All openings")), *choices.openings], asked.opening)
        self.rubric.offer([("", tr("All rubrics")), *choices.rubrics], asked.rubric)
        years = [(year, str(year)) for year in choices.years]
        period = (asked.calendar_year or _OTHER_DAYS) if asked.dated else 0
        if period > 0 and period not in choices.years:
            years.append((period, str(period)))
        self.period.offer([(0, tr("All time")), *years, (_OTHER_DAYS, tr("Other days"))], period)
        for field, value in ((self.since, asked.since), (self.until, asked.until)):
            if not field.line.hasFocus():
                field.set_value(value)
        openings, rubrics = dict(choices.openings), dict(choices.rubrics)
        words = filter_words(asked, openings.get(asked.opening or 0, ""), rubrics.get(asked.rubric, ""))
        self._words.setText(words)
        self._clear.setVisible(not asked.whole)
        self._problem.hide()

    def say(self, words: str) -> None:
        """What the report that is shown says it is about: one of the team is narrowed by no opening."""
        self._words.setText(words)

    def clear(self) -> None:
        """Everything again."""
        for field in (self.since, self.until):
            field.set_value(None)
        if not self._asked.whole:
            self.filtered.emit(ReportFilter())

    def _take_period(self, _place: int) -> None:
        """A whole year, all time, or days that are typed."""
        year = self.period.currentData()
        if year == _OTHER_DAYS:
            self.since.setFocus()
            return
        self.since.set_value(date(year, 1, 1) if year else None)
        self.until.set_value(date(year, 12, 31) if year else None)
        self._tell()

    def _tell(self, _place: int = 0) -> None:
        if self.since.unreadable or self.until.unreadable:
            return
        try:
            asked = ReportFilter(
                self.opening.currentData(), self.rubric.currentData() or "", _day(self.since), _day(self.until)
            )
        except ValueError:
            self._problem.setText(tr("The period ends before it begins. Nothing has been filtered anew."))
            self._problem.show()
            return
        self._problem.hide()
        if asked != self._asked:
            self.filtered.emit(asked)

    def _measure(self) -> None:
        px = self._theme.px
        for combo, name in ((self.opening, "opening"), (self.rubric, "rubric"), (self.period, "period")):
            combo.setFixedWidth(px(_WIDTHS[name]))
        for field in (self.since, self.until):
            field.setFixedWidth(px(_WIDTHS["day"]))


def _day(field: DateField) -> date | None:
    value = field.value
    assert not isinstance(value, datetime)
    return value
