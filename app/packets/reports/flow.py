"""How applications go through the stages, as reports: the funnel by cohort of entry, and the time in each stage."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial

from app.charts.rows import ChartRow, Filling, SpanRow, bar_rows, span_rows
from app.domain.funnel import StageFlow
from app.domain.stage_time import SPELLS_NEEDED, Leaving, StageTime
from app.packets.reports.report import Report
from app.queries.reports.flow import FunnelReport, StageTimeReport
from app.words import ntr, percent, tr


def funnel(value: FunnelReport) -> Report:
    """Of those in each stage, who went on; with bounds while some are open."""
    chart = [
        ChartRow(
            name,
            (
                (flow.went_on, Filling.FULL),
                (flow.open, Filling.HATCHED),
                (flow.withdrew + flow.turned_down, Filling.OUTLINE),
            ),
            tr("{share} of {n}").format(share=bounds(flow.low, flow.high), n=flow.entered),
        )
        for name, flow in value.whole
    ]
    note = tr("filled went on, hatched still open, outlined turned down or withdrew")
    rows = [(tr("all"), *_row(name, flow)) for name, flow in value.whole]
    rows += [(_quarter(on), *_row(name, flow)) for on, flows in value.cohorts for name, flow in flows]
    definition = [
        tr(
            "Everybody who was ever in a stage counts there once, however often they came back. They went on if they "
            "were ever in a later stage of the opening, or were hired. A stage that was skipped does not count them."
        ),
        tr(
            "The period is that of entry: the day they applied, or, where that is not known, the day they were put "
            "into their first stage. A cohort is a quarter of entry."
        ),
        tr(
            "While some are open the share has bounds: those who went on of all who entered, and the same if all who "
            "are open went on too. Who withdrew stands apart from those turned down and counts as having entered."
        ),
        tr("Openings are taken together by the names of their stages."),
    ]
    if value.elsewhere:
        definition.append(
            ntr(
                "{n} application was moved to another opening or was there twice, and counts there.",
                "{n} applications were moved to another opening or were there twice, and count there.",
                value.elsewhere,
            )
        )
    return Report(
        name="funnel",
        title=tr("Funnel"),
        finding=_funnel_finding(value),
        unit=tr("Applications that were ever in a stage"),
        n=ntr("n = {n} application", "n = {n} applications", value.applications),
        definition=tuple(definition),
        headings=(
            tr("Entered in"),
            tr("Stage"),
            tr("Entered"),
            tr("Went on"),
            tr("Open"),
            tr("Withdrew"),
            tr("Turned down"),
            tr("At least"),
            tr("At most"),
        ),
        rows=rows,
        draw=partial(bar_rows, rows=chart, note=note) if chart else None,
    )


def bounds(low: Fraction | None, high: Fraction | None) -> str:
    """A share, or the two it lies between."""
    if low is None or high is None:
        return ""
    least, most = percent(float(low)), percent(float(high))
    return least if least == most else tr("{low} to {high}").format(low=least, high=most)


def _row(name: str, flow: StageFlow) -> tuple[str, ...]:
    counts = (flow.entered, flow.went_on, flow.open, flow.withdrew, flow.turned_down)
    shares = ("" if share is None else percent(float(share)) for share in (flow.low, flow.high))
    return (name, *map(str, counts), *shares)


def _quarter(on: date) -> str:
    return tr("Q{quarter} {year}").format(quarter=(on.month + 2) // 3, year=on.year)


def _funnel_finding(value: FunnelReport) -> str:
    if not value.whole:
        return tr("Nobody came in.")
    (first, came), (last, end) = value.whole[0], value.whole[-1]
    found = tr("{n} of {all} in {first} went on").format(n=came.went_on, all=came.entered, first=first)
    if last != first:
        found += tr("; {n} of {all} in {last} were hired").format(n=end.went_on, all=end.entered, last=last)
    still = sum(flow.open for _, flow in value.whole)
    waiting = ntr("{n} is still open.", "{n} are still open.", still) if still else ""
    return f"{found}. {waiting}".strip()


def time_in_stage(value: StageTimeReport) -> Report:
    """Days until half and three quarters have left each stage, and how they left."""
    chart = [
        SpanRow(name, figure.half, figure.most, _longest(value), _left(figure)) if figure.enough else _few(name, figure)
        for name, figure in value.stages
    ]
    return Report(
        name="time-in-stage",
        title=tr("Time in stage"),
        finding=_time_finding(value),
        unit=tr("Days in a stage"),
        n=ntr("n = {n} spell", "n = {n} spells", sum(f.spells for _, f in value.stages)),
        definition=(
            tr(
                "A spell is one stay of an application in a stage, in whole days of the calendar; each entry is one. "
                "The period is that of the days on which spells began. Time during which an application was closed "
                "and taken up again is no part of it."
            ),
            tr(
                "Going on, being turned down, withdrawing and being moved back compete: the share of each is the "
                "Aalen–Johansen estimate by the last day on which somebody left. Spells that go on are counted as far "
                "as they have come; so are those of people who were moved to another opening or were there twice."
            ),
            tr(
                "Half and three quarters are the days within which so many had left, in whichever way. Who is longer "
                "in a stage than three quarters were may be stuck. It is shown from {n} spells that ended on."
            ).format(n=SPELLS_NEEDED),
            tr("Openings are taken together by the names of their stages."),
        ),
        headings=(
            tr("Stage"),
            tr("Spells"),
            tr("Ended"),
            tr("Half within, days"),
            tr("Three quarters within, days"),
            tr("Went on"),
            tr("Turned down"),
            tr("Withdrew"),
            tr("Moved back"),
        ),
        rows=[_time_row(name, figure) for name, figure in value.stages],
        draw=partial(
            span_rows,
            rows=chart,
            note=tr("a dot where half had left, a line to where three quarters had"),
            unit=tr("days"),
        )
        if any(figure.enough for _, figure in value.stages)
        else None,
    )


def _longest(value: StageTimeReport) -> int:
    return max((days for _, f in value.stages if f.enough for days in (f.half, f.most) if days is not None), default=1)


def _few(name: str, figure: StageTime) -> SpanRow:
    words = tr("{n} of {needed} that ended").format(n=figure.ended, needed=SPELLS_NEEDED)
    return SpanRow(name, None, None, 0, words)


def _left(figure: StageTime) -> str:
    ways = (
        (Leaving.ON, tr("{share} on")),
        (Leaving.DOWN, tr("{share} turned down")),
        (Leaving.WITHDREW, tr("{share} withdrew")),
        (Leaving.BACK, tr("{share} back")),
    )
    said = [words.format(share=percent(float(figure.shares[way]))) for way, words in ways if figure.shares[way]]
    return " · ".join(said)


def _time_row(name: str, figure: StageTime) -> tuple[str, ...]:
    if not figure.enough:
        return (name, str(figure.spells), str(figure.ended), *[""] * 6)
    days = ("" if d is None else str(d) for d in (figure.half, figure.most))
    ways = (Leaving.ON, Leaving.DOWN, Leaving.WITHDREW, Leaving.BACK)
    return (name, str(figure.spells), str(figure.ended), *days, *(percent(float(figure.shares[w])) for w in ways))


def _time_finding(value: StageTimeReport) -> str:
    known = [(f.half, name, f) for name, f in value.stages if f.enough and f.half is not None]
    if not known:
        return tr("Too few to say: {n} spells of a stage that ended are needed.").format(n=SPELLS_NEEDED)
    half, name, figure = max(known, key=lambda found: found[0])
    said = tr("Longest in {stage}: half left within {half}").format(stage=name, half=ntr("{n} day", "{n} days", half))
    if figure.most is None:
        return said + "."
    return said + tr(", three quarters within {most}.").format(most=ntr("{n} day", "{n} days", figure.most))
