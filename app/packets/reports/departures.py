"""Departures from the rule as a report: each with its reason."""

from __future__ import annotations

from functools import partial

from app.charts.bars import counts
from app.domain.decision import Verdict
from app.packets.reports.report import Report
from app.phrases.reports import sealed_words
from app.phrases.rubric import zone_word
from app.queries.reports.departures import DepartureReport
from app.words import day, tr


def departures(value: DepartureReport) -> Report:
    """How many decisions went against the rule, each with its reason."""
    verdicts = {Verdict.HIRE: tr("hire"), Verdict.NO_HIRE: tr("no hire"), Verdict.HOLD: tr("hold")}
    departed = len(value.departed)
    finding = tr("No decision yet.")
    if value.decided:
        finding = tr("{n} of {all} decisions went against the rule.").format(n=departed, all=value.decided)
    kinds = [(tr("with the rule"), value.decided - departed, False), (tr("against it"), departed, True)]
    return Report(
        name="departures",
        title=tr("Departures from the rule"),
        finding=finding,
        unit=tr("Decisions that hold"),
        n=tr("n = {n} decisions").format(n=value.decided),
        definition=(
            tr(
                "A hire departs from the rule unless the rule supports a hire; no hire departs where it does. A hold "
                "never departs. What the rule supported is what it said when the decision was recorded."
            ),
            tr("The period is that of the days on which the decisions were recorded."),
            tr("People decide, not the rule. Many departures say that the rule and the work no longer fit."),
        ),
        headings=(tr("On"), tr("Opening"), tr("Candidate"), tr("Decided"), tr("The rule"), tr("Why"), tr("By")),
        rows=[
            (day(d.on), d.opening, d.candidate, verdicts[d.verdict], zone_word(d.zone), d.why, d.by)
            for d in value.departed
        ],
        draw=partial(counts, kinds=kinds) if value.decided else None,
        left_out=sealed_words(value.sealed),
    )
