"""Every report in one table: window, command line and README read it. Charts are imported where one is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from app.domain.csv_table import write_table
from app.errors import Refused
from app.words import tr

if TYPE_CHECKING:
    from app.packets.reports.report import Report
    from app.queries.reports import Reports

FORMATS = ("csv", "png", "pdf")


@dataclass(frozen=True)
class ReportKind:
    """A report: its name on the command line, its title, and the module of this folder whose function of that name
    makes it of its part of all figures. Those `of_one` are about one interviewer at a time."""

    name: str
    title: str
    module: str
    part: Callable[[Reports], object] = lambda value: value
    of_one: bool = False

    def report(self, value: Reports, interviewer: int | None = None) -> Report:
        """Make it. Raises Refused where it is of one interviewer and none of that id has a card in it."""
        found = import_module(f"app.packets.reports.{self.module}")
        make: Callable[..., Report] = getattr(found, self.name.replace("-", "_"))
        if not self.of_one:
            return make(self.part(value))
        rater = next((r for r in value.raters if r.id == interviewer), None)
        if rater is None:
            raise Refused(
                tr("This report is of one interviewer at a time."),
                tr("Name one who has a card in it: --interviewer ID; tenfold list FILE colleagues gives the ids."),
            )
        return make(rater, value)


REPORTS = {
    kind.name: kind
    for kind in (
        ReportKind("time-to-fill", tr("Time to fill"), "hiring", lambda value: value.fill),
        ReportKind("acceptance", tr("Offer acceptance"), "hiring", lambda value: value.offers),
        ReportKind("agreement", tr("Agreement"), "panel", lambda value: value.agreement),
        ReportKind("spread", tr("Spread"), "panel", lambda value: value.agreement),
        ReportKind("departures", tr("Departures from the rule"), "panel", lambda value: value.departures),
        ReportKind("hire-to-outcome", tr("Hire to outcome"), "hire_outcome", lambda value: value.outcome),
        ReportKind("severity", tr("Interviewers, one at a time"), "panel", of_one=True),
        ReportKind("days-to-submit", tr("Days to submit"), "panel", of_one=True),
    )
}


def content_of(report: Report, form: str) -> bytes | None:
    """A report as a file of one of the FORMATS. None where there is nothing to draw."""
    if form == "csv":
        return write_table(report.headings, report.rows)
    return report.as_png() if form == "png" else report.as_pdf()
