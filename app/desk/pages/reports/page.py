"""Reports: a list of all of them at the side, one filter above, and one report that is worked out and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.reports.filter_bar import FilterBar
from app.desk.pages.reports.report_list import KINDS, ReportList
from app.desk.pages.reports.section import ReportSection
from app.desk.parts.file_bar import Drawn, FileBar
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, holder, row, scrolling, wide
from app.desk.parts.still import StillCombo
from app.desk.work import Progress
from app.domain.report_filter import ReportFilter, reports_view_of
from app.errors import Refused
from app.packets.reports.report import Report
from app.packets.reports.table import REPORTS, ShownReport, content_of
from app.queries.reports.scope import FilterChoices, filter_choices
from app.store.files import replace_file
from app.words import day, tr

_WIDEST = 1000  # px at ordinary text size
_LIST, _LEAST_LIST = 220, 120  # px at ordinary text size
_KEYED = 9  # reports that Alt and a digit go to


class ReportsPage(Page):
    """The report that is shown and the filter are kept for this workspace, also for the next start."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.look = reports_view_of(desk.preferences.report(desk.workspace.settings.key))
        if self.look.report not in REPORTS:
            self.look = self.look.showing(KINDS[0].name)
        self._choices: FilterChoices | None = None
        self._chosen: int | None = None
        self.list = ReportList()
        self.list.show_name(self.look.report)
        self.list.chosen.connect(self.show_name)
        self.filter = FilterBar(desk.theme)
        self.filter.filtered.connect(self._take_filter)
        self.section = ReportSection(desk)
        self.section.exported.connect(self._export)
        self._build()
        self.setFocusProxy(self.list)
        desk.theme.changed.connect(self._measure)
        self._measure()

    def breadcrumb(self) -> Sequence[Crumb]:
        """Reports."""
        return (Crumb(tr("Reports")),)

    def panes(self) -> Sequence[QWidget]:
        """The list, the filter, the report."""
        return (self.list, self.filter, self.section)

    def commands(self) -> Sequence[Command]:
        """Going to a report by its name, and the filter."""
        command = CommandsOf("reports", tr("Reports"))
        return (
            command("filter", tr("Filter the reports"), self._focus_filter, "Ctrl+F"),
            command("clear", tr("Clear the filter"), self.filter.clear, "Ctrl+Shift+F", when=self._is_filtered),
            *(
                command(
                    kind.name, kind.title, partial(self.show_name, kind.name), *([f"Alt+{n}"] if n <= _KEYED else [])
                )
                for n, kind in enumerate(KINDS, start=1)
            ),
        )

    def arrived(self, **where: Any) -> None:
        """Read what the filter can be, then the report, afresh; `report` names another one."""
        asked = where.get("report")
        if asked in REPORTS:
            self.look = self.look.showing(asked)
        if isinstance(where.get("asked"), ReportFilter):
            self.look = replace(self.look, asked=where["asked"])
        self.list.show_name(self.look.report)
        self._ask_choices()

    def left(self) -> None:
        """Keep what was in view."""
        super().left()
        key, view = self.desk.workspace.settings.key, self.look.as_text()
        if self.desk.preferences.report(key) != view:
            self.desk.prefer(reports=self.desk.preferences.with_report(key, view))

    def forget(self) -> None:
        """No figure is in sight until it is worked out again: it holds the cards one may see."""
        self._chosen = None
        self._put_away()

    def changed(self, report: Any) -> None:
        """Something a figure is made of was changed."""
        self._ask_choices()

    def show_name(self, name: str) -> None:
        """Show another report."""
        self.list.show_name(name)
        if name != self.look.report:
            self.look = self.look.showing(name)
            self._put_away()
            self._ask()

    # Building

    def _build(self) -> None:
        self.bar = FileBar(self.desk, tr("How far the report is"))
        self._as_of = Text("", tone="soft", wrap=True)
        self.who = StillCombo(tr("Interviewer"))
        self.who.activated.connect(self._choose)
        self._whose = Text("", tone="soft")
        self._one = holder(row(self._whose, self.who, STRETCH, gap=8))
        self._nobody = Text("", tone="soft", wrap=True)
        self._sheet = QWidget()
        column(
            self._as_of,
            self.bar,
            self._one,
            self._nobody,
            self.section,
            STRETCH,
            gap=12,
            margins=(20, 12, 20, 28),
            on=self._sheet,
        )
        body = scrolling(holder(row(wide(self._sheet, 100), STRETCH)))
        head = column(self.filter, margins=(20, 14, 20, 4))
        row(holder(column(self.list, margins=(12, 12, 0, 12))), wide(column(head, wide(body), gap=0)), gap=0, on=self)
        self._put_away()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list takes a quarter at most."""
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        px = self.desk.theme.px
        self._sheet.setMaximumWidth(px(_WIDEST))
        self.who.setMinimumWidth(px(220))
        self.list.setFixedWidth(max(_LEAST_LIST, min(px(_LIST), self.width() // 4)))

    # Showing

    def _ask_choices(self) -> None:
        self.desk.ask(self, "choices", partial(filter_choices, self.desk.workspace), self._offer)

    def _offer(self, choices: FilterChoices) -> None:
        self._choices = choices
        self.look = replace(self.look, asked=choices.known(self.look.asked))
        self.filter.show_filter(self.look.asked, choices)
        self._ask()

    def _ask(self) -> None:
        kind = REPORTS[self.look.report]
        work = partial(kind.shown, self.desk.workspace, self.look.asked, self._chosen)
        self.desk.ask(self, "report", work, partial(self._show, kind.name), self._failed)

    def _put_away(self) -> None:
        self.section.hide()
        self._one.hide()
        self._nobody.hide()
        self._as_of.setText(tr("Computing the figures…"))

    def _show(self, name: str, shown: ShownReport) -> None:
        if name != self.look.report:
            return
        words = [tr("As of {day}").format(day=day(self.desk.workspace.today()))]
        if shown.report is not None and shown.report.left_out:
            words.append(shown.report.left_out)
        self._as_of.setText(" · ".join(words))
        kind = REPORTS[name]
        self._chosen = shown.interviewer if kind.of_one else self._chosen
        whose = tr("Rater") if kind.of_team else tr("Interviewer")
        self._whose.setText(whose)
        self.who.setAccessibleName(whose)
        self._nobody.setText(
            tr("No assessment of a session that is open to you is in yet.")
            if kind.of_team
            else tr("No card that is open to you is in yet.")
        )
        self.who.offer(shown.people, shown.interviewer)
        self._one.setVisible(bool(shown.people))
        self._nobody.setVisible(shown.report is None)
        self.section.setVisible(shown.report is not None)
        if shown.report is not None:
            self.filter.say(shown.report.of)
            self.section.show_report(shown.report)

    def _failed(self, refused: Refused) -> None:
        self._as_of.setText(refused.sentence)
        self.desk.refuse(refused)

    def _choose(self, _place: int) -> None:
        self._chosen = self.who.currentData()
        self._ask()

    def _take_filter(self, asked: ReportFilter) -> None:
        self.look = replace(self.look, asked=asked)
        if self._choices is not None:
            self.filter.show_filter(asked, self._choices)
        self._put_away()
        self._ask()

    def _is_filtered(self) -> bool:
        return not self.look.asked.whole

    def _focus_filter(self) -> None:
        self.filter.opening.setFocus(Qt.FocusReason.ShortcutFocusReason)

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
