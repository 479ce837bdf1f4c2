"""The report on the page: its finding, its chart, its table, how it is computed, and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QWidget

from app.desk.desk import Desk
from app.desk.parts.chart_picture import ChartPicture
from app.desk.parts.controls import Chip
from app.desk.parts.file_dialog import ask_save
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import column, row, wide
from app.desk.parts.long_table import LongTable
from app.desk.parts.section import clear
from app.packets.reports.report import Report
from app.words import tr

if TYPE_CHECKING:
    from app.charts.style import ChartLook

LONG, BROAD = 50, 7
"""A table of more rows or columns scrolls by itself."""
_FORMATS = (("png", tr("Picture (PNG)…")), ("pdf", tr("PDF…")), ("csv", tr("Table (CSV)…")))


class ReportSection(QFrame):
    """Shows one report after another. `exported` carries the format and the file a person chose."""

    exported = Signal(object, str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.report: Report | None = None
        self._filled = {"how": False, "table": False}
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "card")
        self._title = Text("", "lead", weight=600, wrap=True)
        self.how = Chip(tr("How computed"))
        self.how.toggled.connect(self._show_folds)
        self.table = Chip(tr("Table"))
        self.table.setChecked(True)
        self.table.toggled.connect(self._show_folds)
        self.menu = QMenu(self)
        for form, words in _FORMATS:
            self.menu.addAction(words).triggered.connect(partial(self._choose, form))
        self.out = Chip(tr("Export"), menu=self.menu)
        self._finding = Text("", wrap=True, tone="soft", selectable=True)
        self._note = Text("", "caption", wrap=True, tone="warn")
        self.picture = ChartPicture(desk)
        self._definition = _Fold(tr("How computed"))
        self._rows = _Fold(tr("Table"))
        column(
            self._head(),
            self._finding,
            self._note,
            self.picture,
            self._definition,
            self._rows,
            gap=6,
            margins=(16, 12, 16, 14),
            on=self,
        )

    def show_report(self, report: Report) -> None:
        """Show this one; what was unfolded stays so."""
        self.report = report
        self.setAccessibleName(report.title)
        self._title.setText(report.title)
        self._finding.setText(report.finding)
        self._note.setText(report.note)
        self._note.setVisible(bool(report.note))
        for chip, words in ((self.how, tr("How computed")), (self.table, tr("Table")), (self.out, tr("Export"))):
            chip.setAccessibleName(f"{words}: {report.title}")
        self.picture.setVisible(report.draw is not None)
        if report.draw is not None:
            self.picture.show_drawing(partial(_draw, report), report.words)
        self.table.setVisible(bool(report.rows))
        self._filled = {"how": False, "table": False}
        self._show_folds()

    def export(self, form: str, target: Path) -> None:
        """Ask for the report in a file."""
        if self.report is not None:
            self.exported.emit(self.report, form, target)

    def _head(self) -> QHBoxLayout:
        head = row(wide(self._title), gap=6)
        for chip in (self.how, self.table, self.out):
            head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _show_folds(self, _on: bool = False) -> None:
        """Folds are filled when they are first unfolded: a long table takes its time."""
        report = self.report
        if report is None:
            return
        how, table = self.how.isChecked(), self.table.isChecked() and bool(report.rows)
        if how and not self._filled["how"]:
            self._definition.show_lines(report.definition)
        if table and not self._filled["table"]:
            broad = len(report.headings) > BROAD
            if broad or len(report.rows) > LONG:
                name = f"{tr('Table')}: {report.title}"
                self._rows.show_widget(LongTable(self._desk.theme, name, report.headings, report.rows, fitted=broad))
            else:
                self._rows.show_table(report.headings, report.rows)
        self._filled = {"how": self._filled["how"] or how, "table": self._filled["table"] or table}
        self._definition.setVisible(how)
        self._rows.setVisible(table)
        for form, action in zip(("png", "pdf", "csv"), self.menu.actions(), strict=True):
            action.setEnabled(report.draw is not None or form == "csv")

    def _choose(self, form: str, _checked: bool = False) -> None:
        if self.report is None:
            return
        name = f"{self.report.name}.{form}"
        kinds = f"{form.upper()} (*.{form})"
        ask_save(self, self.report.title, name, partial(self.export, form), kinds=kinds, suffix=form)


class _Fold(QFrame):
    """What is shown on demand under a chart."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self.setAccessibleName(name)
        self._column = column(gap=6, margins=(14, 10, 14, 12), on=self)
        self.hide()

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show paragraphs."""
        clear(self._column)
        for line in lines:
            self._column.addWidget(Text(line, wrap=True, selectable=True))

    def show_widget(self, widget: QWidget) -> None:
        """Show this alone."""
        clear(self._column)
        self._column.addWidget(widget)

    def show_table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show a table in labels, whose words wrap and can be marked."""
        clear(self._column)
        held = QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(4)
        for place, heading in enumerate(headings):
            grid.addWidget(Text(heading, "caption", tone="soft", weight=500), 0, place)
        grid.addWidget(line_across(strong=True), 1, 0, 1, len(headings))
        widest = [max((len(entry[place]) for entry in rows), default=0) for place in range(len(headings))]
        for line, entry in enumerate(rows, start=2):
            for place, cell in enumerate(entry):
                grid.addWidget(
                    Text(cell, wrap=widest[place] > 18, selectable=True), line, place, Qt.AlignmentFlag.AlignTop
                )
        for place, letters in enumerate(widest):
            grid.setColumnStretch(place, max(1, min(letters, 60)))
        self._column.addWidget(held)


def _draw(report: Report, look: ChartLook, width: int, ratio: float) -> bytes | None:
    from app.charts.style import png  # noqa: PLC0415  (in the reader's thread)

    made = report.figure(look, width)
    return None if made is None else png(made, ratio)
