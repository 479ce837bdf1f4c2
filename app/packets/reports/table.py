"""Every report in one table: window, command line and README read it. What reads and draws one is imported then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from app.domain.report_filter import ReportFilter
from app.errors import Refused
from app.words import tr

if TYPE_CHECKING:
    from app.packets.reports.report import Report
    from app.queries.reports.panel import PanelReport
    from app.queries.reports.scope import Scope
    from app.store.workspace import Workspace

FORMATS = ("csv", "png", "pdf")


@dataclass(frozen=True)
class ShownReport:
    """A report, None where nobody can be in it; `people` are those it can be of where it is of one, by number and
    name, and `interviewer` is the one it is of."""

    report: Report | None
    people: tuple[tuple[int, str], ...] = ()
    interviewer: int | None = None


@dataclass(frozen=True)
class ReportKind:
    """A report: its name on the command line and its title.

    The module of that name in `queries/reports` has a function called as the report is, which works its value out
    under a filter, and the one in this folder a function of the same name, which makes the report of it. Those `of_one`
    are about one interviewer, or one rater, at a time. Those `of_team` are about members: the period filters them, an
    opening and a rubric do not.
    """

    name: str
    title: str
    module: str
    of_one: bool = False
    of_team: bool = False

    def report(self, workspace: Workspace, asked: ReportFilter, interviewer: int | None = None) -> Report:
        """Make it. Raises NotFound for an opening or a rubric that is not there, and Refused where it is of one
        interviewer and none of that id has a card or an assessment in it."""
        shown = self.shown(workspace, asked, interviewer)
        if shown.report is None or (self.of_one and shown.interviewer != interviewer):
            raise Refused(
                tr("This report is of one interviewer at a time."),
                tr(
                    "Name one who has a card or an assessment in it: --interviewer ID; tenfold list FILE colleagues "
                    "gives the ids."
                ),
            )
        return shown.report

    def shown(self, workspace: Workspace, asked: ReportFilter, interviewer: int | None = None) -> ShownReport:
        """The same for a page: of somebody else where that interviewer is not in it, oneself if possible."""
        from app.queries.reports.scope import scope_of  # noqa: PLC0415  (see above)

        with scope_of(workspace, asked, of_team=self.of_team) as scope:
            value = self._function("app.queries.reports")(scope)
            made = partial(self._made, scope)
        if not self.of_one:
            return ShownReport(made(value))
        found: PanelReport[Any] = value
        people = tuple((rater.id, rater.name) for rater in found.raters)
        known = [who for who, _ in people]
        who = next((one for one in (interviewer, workspace.me, *known) if one in known), None)
        rater = next((rater for rater in found.raters if rater.id == who), None)
        return ShownReport(None if rater is None else made(rater), people, who)

    def _made(self, scope: Scope, value: object) -> Report:
        made: Report = self._function("app.packets.reports")(value)
        return replace(made, of=scope.words, as_of=scope.today, paper=scope.workspace.settings.paper)

    def _function(self, package: str) -> Callable[..., Any]:
        found: Callable[..., Any] = getattr(import_module(f"{package}.{self.module}"), self.name.replace("-", "_"))
        return found


REPORTS = {
    kind.name: kind
    for kind in (
        ReportKind("funnel", tr("Funnel"), "flow"),
        ReportKind("time-in-stage", tr("Time in stage"), "flow"),
        ReportKind("time-to-fill", tr("Time to fill"), "hiring"),
        ReportKind("acceptance", tr("Offer acceptance"), "hiring"),
        ReportKind("reasons", tr("Rejections and declines"), "endings"),
        ReportKind("sources", tr("Sources"), "endings"),
        ReportKind("interviewers", tr("Interviewers’ load"), "load"),
        ReportKind("agreement", tr("Agreement"), "panel"),
        ReportKind("spread", tr("Spread"), "panel"),
        ReportKind("departures", tr("Departures from the rule"), "departures"),
        ReportKind("hire-to-outcome", tr("Hire to outcome"), "hire_outcome"),
        ReportKind("severity", tr("Severity, one at a time"), "panel", of_one=True),
        ReportKind("days-to-submit", tr("Days to submit, one at a time"), "panel", of_one=True),
        ReportKind("outcomes", tr("Outcomes of calibrations"), "growing", of_team=True),
        ReportKind("splits", tr("Splits"), "ratings", of_team=True),
        ReportKind("raters", tr("Raters, one at a time"), "ratings", of_one=True, of_team=True),
        ReportKind("re-ratings", tr("Re-ratings"), "ratings", of_team=True),
        ReportKind("time-at-level", tr("Time at level"), "growing", of_team=True),
        ReportKind("goals", tr("Goals"), "growing", of_team=True),
        ReportKind("fairness", tr("Fairness of rates"), "fairness"),
    )
}


def content_of(report: Report, form: str) -> bytes | None:
    """A report as a file of one of the FORMATS. None where there is nothing to draw."""
    if form == "csv":
        return report.as_table()
    if report.draw is None:
        return None
    if form == "png":
        return report.as_png()
    from app.packets.reports.paper import paper_of  # noqa: PLC0415  (see above)

    return paper_of(report)
