"""Why applications ended, and where people came from, as reports."""

from __future__ import annotations

from collections import Counter
from functools import partial

from app.charts.rows import ChartRow, Filling, bar_rows
from app.domain.durations import wilson
from app.domain.pipeline import Outcome, Side
from app.packets.reports.flow import bounds
from app.packets.reports.report import Report
from app.phrases.candidate import source_words
from app.phrases.closing import outcome_words, side_words
from app.queries.reports.endings import EndedFor, ReasonReport, SourceFlow, SourceReport
from app.words import ntr, percent, tr

_FILLING = {Side.OURS: Filling.FULL, Side.THEIRS: Filling.HATCHED, Side.NOT_SAID: Filling.OUTLINE}


def reasons(value: ReasonReport) -> Report:
    """Each reason of the list with how often it was given, ours and theirs apart, and by stage in the table."""
    counts: Counter[tuple[str, str, Outcome]] = Counter()
    for row in value.rows:
        counts[row.side, row.why, row.outcome] += row.n
    order = {side: place for place, side in enumerate(_FILLING)}
    ordered = sorted(counts.items(), key=lambda item: (order[Side(item[0][0])], -item[1], item[0]))
    chart = [
        ChartRow(_reason(why, outcome), [(n, _FILLING[Side(side)])], f"{n} · {side_words(side)}")
        for (side, why, outcome), n in ordered
    ]
    return Report(
        name="reasons",
        title=tr("Rejections and declines"),
        finding=_reasons_finding(value),
        unit=tr("Applications that were closed without a hire"),
        n=tr("n = {n} closed").format(n=sum(row.n for row in value.rows)),
        definition=(
            tr(
                "Applications that were rejected or withdrawn in the period, by the day they were closed, in the stage "
                "they were in. One that was taken up again since does not count; who was moved to another opening, or "
                "was there twice, was neither."
            ),
            tr(
                "Whose reason it was, ours or theirs, is what the list said when it was chosen. What was written in "
                "words alone stays with the application."
            ),
            ntr(
                "{n} offer was declined in the period; its application is counted where it was closed.",
                "{n} offers were declined in the period; their applications are counted where they were closed.",
                value.declined,
            ),
        ),
        headings=(tr("Stage"), tr("Ended"), tr("Whose"), tr("Reason"), tr("Applications")),
        rows=[_reason_row(row) for row in value.rows],
        draw=partial(bar_rows, rows=chart, note=tr("filled ours, hatched theirs, outlined not said"))
        if chart
        else None,
    )


def _reason(why: str, outcome: Outcome) -> str:
    return why or tr("in words alone, {outcome}").format(outcome=outcome_words(outcome))


def _reason_row(row: EndedFor) -> tuple[str, ...]:
    why = row.why or tr("in words alone")
    return (row.stage, outcome_words(row.outcome), side_words(row.side), why, str(row.n))


def _reasons_finding(value: ReasonReport) -> str:
    if not value.rows:
        return tr("Nobody was rejected or withdrew.")
    sides = Counter[str]()
    for row in value.rows:
        sides[row.side] += row.n
    said = [
        words.format(n=sides[side])
        for side, words in (
            (Side.OURS, tr("{n} for reasons of ours")),
            (Side.THEIRS, tr("{n} for theirs")),
            (Side.NOT_SAID, tr("{n} where it is not said whose")),
        )
        if sides[side]
    ]
    return tr("{n} applications ended without a hire: {how}.").format(n=sides.total(), how=", ".join(said))


def sources(value: SourceReport) -> Report:
    """Applications by the sort of their source, and how far they came."""
    chart = [
        ChartRow(
            source_words(source),
            (
                (flow.hired, Filling.FULL),
                (flow.open, Filling.HATCHED),
                (flow.entered - flow.hired - flow.open, Filling.OUTLINE),
            ),
            tr("{n}, {hired} hired").format(n=flow.entered, hired=flow.hired),
        )
        for source, flow in value.sources
    ]
    whole = sum((flow for _, flow in value.sources), SourceFlow())
    finding = tr("Nobody came in.")
    if value.sources:
        source, most = value.sources[0]
        finding = tr("Most applications: {source}, {n} of {all}. Of those hired, {hired} of {whole}.").format(
            source=source_words(source), n=most.entered, all=whole.entered, hired=most.hired, whole=whole.hired
        )
    return Report(
        name="sources",
        title=tr("Sources"),
        finding=finding,
        unit=tr("Applications by the sort of their source"),
        n=ntr("n = {n} application", "n = {n} applications", whole.entered),
        definition=(
            tr(
                "An application counts with the sort of source that stands with its candidate. The period is that of "
                "entry, as for the funnel. Who was moved to another opening, or was there twice, counts there."
            ),
            tr(
                "Went on: was ever in a stage after the one they began in. Offer: one was sent. The share hired has "
                "bounds while some are open, and beside it the 95 % interval (Wilson) of those hired among all who are "
                "not open any more. A source with few applications says little."
            ),
        ),
        headings=(
            tr("Source"),
            tr("Applications"),
            tr("Went on"),
            tr("Offer"),
            tr("Hired"),
            tr("Open"),
            tr("Share hired"),
            tr("95 % interval"),
        ),
        rows=[_source_row(source, flow) for source, flow in value.sources],
        draw=partial(bar_rows, rows=chart, note=tr("filled hired, hatched still open, outlined neither"))
        if chart
        else None,
    )


def _source_row(source: str, flow: SourceFlow) -> tuple[str, ...]:
    counts = (flow.entered, flow.went_on, flow.offered, flow.hired, flow.open)
    decided = flow.entered - flow.open
    interval = ""
    if decided:
        low, high = wilson(flow.hired, decided)
        interval = f"{percent(low)} – {percent(high)}"
    return (source_words(source), *map(str, counts), bounds(flow.low, flow.high), interval)
