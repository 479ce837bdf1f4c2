"""Reports: the two hiring figures, how far the panel agrees, one interviewer at a time, departures from the rule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.reports.section import ReportSection
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_bar import Drawn, FileBar
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, holder, row, wide
from app.desk.parts.still import StillCombo
from app.desk.work import Progress
from app.packets.reports.report import Report
from app.packets.reports.table import REPORTS, content_of
from app.queries.reports import Reports, reports
from app.store.files import replace_file
from app.words import day, ntr, tr

_OF_ONE = [kind for kind in REPORTS.values() if kind.of_one]
_FIRST_OF_ONE = _OF_ONE[0].name
_WIDEST = 900  # px at ordinary text size
_ABOVE = 12  # px over a report one goes to


class ReportsPage(Page):
    """One page that scrolls: each report with its chart, its table and its definition."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._value: Reports | None = None
        self._chosen: int | None = None
        self._pool = ""
        self._stack = QStackedLayout(self)
        self._blank = QWidget()
        self._empty = EmptyPage(
            desk.theme,
            tr("Nothing to report yet"),
            tr("Time to fill begins with the day an opening is approved, agreement with two cards on one candidate."),
            tr("Go to Settings"),
            lambda: desk.go("openings"),
        )
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sections = {name: ReportSection(desk) for name in REPORTS}
        for section in self.sections.values():
            section.exported.connect(self._export)
        self._build()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._blank)
        desk.theme.changed.connect(self._measure)
        self._measure()

    def breadcrumb(self) -> Sequence[Crumb]:
        """Reports."""
        return (Crumb(tr("Reports")),)

    def panes(self) -> Sequence[QWidget]:
        """The reports, one after another."""
        return tuple(self.sections.values())

    def commands(self) -> Sequence[Command]:
        """Going to a report by its name, and everything unfolded."""
        kinds = [kind for kind in REPORTS.values() if kind.name != "days-to-submit"]
        command = CommandsOf("reports", tr("Reports"), self._there)
        return [
            command(kind.name, kind.title, partial(self._go_to, kind.name), f"Alt+{n}")
            for n, kind in enumerate(kinds, start=1)
        ]

    def arrived(self, **where: Any) -> None:
        """Read everything afresh."""
        self._ask()

    def forget(self) -> None:
        """No figure is in sight until they are computed again: they hold the cards one may see."""
        self._value = self._chosen = None
        self._stack.setCurrentWidget(self._blank)

    def changed(self, report: Any) -> None:
        """Something a figure is made of was changed."""
        self._ask()

    # Building

    def _build(self) -> None:
        self._sheet = QWidget()
        self.bar = FileBar(self.desk, tr("How far the report is"))
        self._as_of = Text(tr("Computing the figures…"), tone="soft", wrap=True)
        self.rubrics = StillCombo(tr("Rubric whose scores are pooled"))
        self.rubrics.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.rubrics.activated.connect(self._choose_pool)
        self._pooled = Text(tr("Scores are pooled within"), "caption", tone="soft")
        content = column(
            column(Text(tr("Reports"), "title"), self._as_of, gap=2),
            row(self._pooled, self.rubrics, STRETCH, gap=8),
            self.bar,
            gap=14,
            margins=(20, 16, 20, 28),
            on=self._sheet,
        )
        for name, section in self.sections.items():
            if name == _FIRST_OF_ONE:
                content.addSpacing(4)
                content.addLayout(self._interviewer_head())
            section.hide()
            content.addWidget(section)
        content.addStretch(1)
        body = holder(row(wide(self._sheet, 100), STRETCH))
        self._scroll.setWidget(body)

    def _interviewer_head(self) -> QVBoxLayout:
        self.who = StillCombo()
        self.who.setAccessibleName(tr("Interviewer"))
        self.who.activated.connect(self._choose)
        line = row(Text(tr("One interviewer at a time"), "lead", weight=600), self.who, STRETCH, gap=12)
        self._nobody = Text(tr("No card that is open to you is in yet."), tone="soft", wrap=True)
        return column(line, self._nobody, gap=8)

    def _measure(self) -> None:
        self._sheet.setMaximumWidth(self.desk.theme.px(_WIDEST))
        self.who.setMinimumWidth(self.desk.theme.px(220))

    # Showing

    def _ask(self) -> None:
        self.desk.ask(self, "reports", partial(reports, self.desk.workspace, self._pool), self._show)

    def _there(self) -> bool:
        return self._value is not None and self._stack.currentWidget() is self._scroll

    def _show(self, value: Reports) -> None:
        self._value = value
        something = bool(value.fill.seats or value.offers.months or value.raters or value.departures.decided)
        self._stack.setCurrentWidget(self._scroll if something else self._empty)
        words = [tr("As of {day}").format(day=day(value.today))]
        if value.sealed:
            words.append(
                ntr(
                    "{n} candidate’s cards are not open to you and are left out",
                    "the cards of {n} candidates are not open to you and are left out",
                    value.sealed,
                )
            )
        self._as_of.setText(" · ".join(words))
        self._offer_pools(value)
        self._offer_people(value)
        for name, section in self.sections.items():
            if not REPORTS[name].of_one:
                section.show_report(REPORTS[name].report(value))
                section.show()

    def _offer_pools(self, value: Reports) -> None:
        """Which rubric's scores are shown; with one there is nothing to choose."""
        counted = [(c, ntr("{n} application", "{n} applications", c.applications)) for c in value.pools]
        words = tr("{rubric}, {count}")
        offered = [(choice.key, words.format(rubric=choice.words, count=count)) for choice, count in counted]
        self.rubrics.offer(offered, value.pool)
        for widget in (self.rubrics, self._pooled):
            widget.setVisible(len(value.pools) > 1)

    def _choose_pool(self, _index: int) -> None:
        self._pool = self.rubrics.currentData()
        self._ask()

    def _offer_people(self, value: Reports) -> None:
        self.who.blockSignals(True)
        self.who.clear()
        for rater in value.raters:
            self.who.addItem(rater.name, rater.id)
        ids = [r.id for r in value.raters]
        if self._chosen not in ids:
            self._chosen = self.desk.workspace.me if self.desk.workspace.me in ids else next(iter(ids), None)
        self.who.setCurrentIndex(ids.index(self._chosen) if self._chosen is not None else -1)
        self.who.blockSignals(False)
        self.who.setVisible(bool(ids))
        self._nobody.setVisible(not ids)
        self._show_person()

    def _choose(self, place: int) -> None:
        self._chosen = self.who.itemData(place)
        self._show_person()

    def _show_person(self) -> None:
        for kind in _OF_ONE:
            self.sections[kind.name].setVisible(self._chosen is not None)
            if self._value is not None and self._chosen is not None:
                self.sections[kind.name].show_report(kind.report(self._value, self._chosen))

    def _go_to(self, name: str) -> None:
        section = self.sections[name]
        first = self.who if name == _FIRST_OF_ONE else section
        self._scroll.verticalScrollBar().setValue(first.mapTo(self._sheet, QPoint(0, -_ABOVE)).y())
        (self.who if name == _FIRST_OF_ONE else section.how).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Out

    def _export(self, chosen: Report, form: str, target: Path) -> None:
        words = tr("Writing {title}").format(title=chosen.title)
        self.bar.make(words, partial(_write, chosen, form, target), target)


def _write(chosen: Report, form: str, target: Path, _progress: Progress) -> Drawn:
    content = content_of(chosen, form)
    if content is not None:
        replace_file(target, content)
    said = tr("{title} is in {path}.").format(title=chosen.title, path=target)
    return Drawn((), lambda _n: said)
