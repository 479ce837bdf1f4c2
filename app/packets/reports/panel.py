"""The panel's figures as reports: agreement, spread, one interviewer at a time."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import partial

from app.charts.bars import counts
from app.charts.curves import CurveMark, CurveSpan, interval
from app.domain.agreement import BENCHMARKS, UNITS_NEEDED, Agreement
from app.domain.severity import PRIOR_UNTIL, SCORES_NEEDED, Severity
from app.packets.reports.report import Report
from app.phrases.reports import sealed_words
from app.queries.reports.panel import AgreementReport, DaysReport, RaterReport
from app.words import ntr, tr

_PERIOD = tr(
    "The period is that of the days on which the first card of a candidate came in, so that a panel stays whole. "
    "Scores are pooled within one rubric: the one asked for, else the one with most candidates."
)
_LATE = 3  # days; later ones are counted together


def agreement(value: AgreementReport) -> Report:
    """Krippendorff's alpha with its interval, beside the two benchmarks."""
    figure = value.figure
    draw = None
    if figure.alpha is not None:
        scale = [(-0.5, "−.50"), (0.0, tr("0, chance")), (0.5, ".50"), (1.0, tr("1, whole"))]
        marks = [CurveMark(float(b), f".{round(100 * b)}") for b in BENCHMARKS]
        left = min(-0.5, float(figure.alpha), figure.low or 0.0)
        span = CurveSpan(
            float(figure.alpha), figure.low, figure.high, _hundredths(figure.alpha), (left, 1), scale, marks
        )
        draw = partial(interval, span=span)
    rows = [
        (tr("Units with two or more scores"), str(figure.units)),
        (tr("Candidates"), str(figure.candidates)),
        (tr("Scores in them"), str(figure.scores)),
    ]
    if figure.alpha is not None:
        rows.append((tr("Alpha"), _hundredths(figure.alpha)))
    if figure.low is not None and figure.high is not None:
        rows.append((tr("95 % interval"), f"{_hundredths(figure.low)} – {_hundredths(figure.high)}"))
    return Report(
        name="agreement",
        title=tr("Agreement"),
        finding=_agreement_finding(figure),
        unit=tr("Krippendorff’s alpha, ordinal"),
        n=tr("n = {n} units of {people} candidates, {rubric}").format(
            n=figure.units, people=figure.candidates, rubric=value.rubric or tr("no rubric")
        ),
        definition=(
            tr(
                "A unit is one dimension of one candidate with two or more scores. Alpha is 1 less the disagreement "
                "seen over the disagreement expected by chance: 1 is whole agreement, 0 is chance, below 0 is worse "
                "than that."
            ),
            tr(
                "Only scores from before the debrief count, of people who did not shadow. The interval comes from "
                "drawing the candidates anew 1,000 times, 95 %. It is shown from {n} units on."
            ).format(n=UNITS_NEEDED),
            tr(
                "The lines are what reviews of published studies report: .44 for interviewers in separate interviews, "
                ".74 for those who sit in one together. Where nearly everybody gets the same score, alpha is low "
                "although people agree: read it with the spread."
            ),
            _PERIOD,
        ),
        headings=(tr("What"), tr("Figure")),
        rows=rows,
        draw=draw,
        left_out=sealed_words(value.sealed),
    )


def _agreement_finding(figure: Agreement) -> str:
    if not figure.enough:
        return tr("Too few to say: {n} of {needed} units needed.").format(n=figure.units, needed=UNITS_NEEDED)
    if figure.alpha is None:
        return tr("All agree on one value, so alpha can’t be computed.")
    found = tr("Alpha is {alpha}").format(alpha=_hundredths(figure.alpha))
    if figure.low is not None and figure.high is not None:
        found += tr(", 95 % interval {low} to {high}").format(
            low=_hundredths(figure.low), high=_hundredths(figure.high)
        )
    return found + "."


def spread(value: AgreementReport) -> Report:
    """How far the lowest and highest score of a cell lie apart, and the pooled spread."""
    figure, deviation = value.figure, math.sqrt(value.variance)
    names = (tr("the same"), tr("one apart"), tr("two apart"), tr("three apart"))
    kinds = [(name, figure.apart.get(apart, 0), apart >= 2) for apart, name in enumerate(names)]
    same = figure.apart.get(0, 0)
    finding = tr("No dimension of a candidate has two scores yet.")
    if value.cells:
        finding = tr("Pooled SD {sd} points. In {same} of {n} cells everybody gave the same score.").format(
            sd=f"{deviation:.2f}", same=same, n=value.cells
        )
    return Report(
        name="spread",
        title=tr("Spread"),
        finding=finding,
        unit=tr("Cells by how far their lowest and highest score lie apart"),
        n=tr("n = {n} cells, {rubric}").format(n=value.cells, rubric=value.rubric or tr("no rubric")),
        definition=(
            tr(
                "A cell is one dimension of one candidate with two or more scores. The pooled SD is the spread inside "
                "cells, held towards 0.7 points with ten degrees of freedom, so that a few unanimous panels keep a "
                "width. Bands of composites are computed from it."
            ),
            tr("Cells two or three points apart are wide: the debrief takes them first. They are hatched."),
            _PERIOD,
        ),
        headings=(tr("Apart"), tr("Cells")),
        rows=[(name, str(n)) for name, n, _ in kinds] if value.cells else [],
        draw=partial(counts, kinds=kinds) if value.cells else None,
        left_out=sealed_words(value.sealed),
    )


def severity(value: RaterReport) -> Report:
    """One interviewer beside those they scored with. Nobody is ranked."""
    found = value.severity
    draw = None
    if found.points is not None:
        most = max(1.0, *(abs(v) for v in (found.points, found.low or 0.0, found.high or 0.0)))
        scale = [
            (-most, tr("stricter")),
            (-0.5, "−0.5"),
            (0.0, tr("as the others")),
            (0.5, "+0.5"),
            (most, tr("milder")),
        ]
        span = CurveSpan(
            found.points, found.low, found.high, signed(found.points), (-most, most), scale, [CurveMark(0.0, "")]
        )
        draw = partial(interval, span=span)
    how = (
        tr("estimated from this workspace")
        if value.estimated
        else tr(
            "taken as .09 between people and .49 of chance, until there are {n} residual degrees of freedom"
        ).format(n=PRIOR_UNTIL)
    )
    rows = [(tr("Scores somebody else gave too"), str(found.scores)), (tr("Others in the group"), str(found.peers))]
    if found.points is not None and found.low is not None and found.high is not None:
        rows.append((tr("Severity, points"), signed(found.points)))
        rows.append((tr("95 % interval"), f"{signed(found.low)} – {signed(found.high)}"))
    return Report(
        name="severity",
        title=tr("Severity of {name}").format(name=value.name),
        finding=severity_words(found),
        unit=tr("Points against the people who scored the same cells"),
        n=tr("n = {n} scores in common cells, {rubric}").format(n=found.scores, rubric=value.rubric),
        definition=(
            tr(
                "Each score is what the cell is worth, plus the rater, plus chance. What is left for the rater, "
                "shrunken towards 0 because few scores say little, is their severity: below 0 is stricter, above it "
                "milder. The variances are {how}."
            ).format(how=how),
            tr(
                "People are compared only with those they share cells with, directly or through others. It is shown "
                "from {n} such scores on, with its 95 % interval."
            ).format(n=SCORES_NEEDED),
            _PERIOD,
        ),
        headings=(tr("What"), tr("Figure")),
        rows=rows,
        draw=draw,
        left_out=sealed_words(value.sealed),
        note=tr("For coaching only. It never touches a score, and it is on no debrief and in no packet."),
    )


def severity_words(found: Severity) -> str:
    """What a severity says, with its interval."""
    if found.points is None or found.low is None or found.high is None:
        return tr("Too few to say: {n} of {needed} scores needed.").format(n=found.scores, needed=SCORES_NEEDED)
    if found.low <= 0 <= found.high:
        return tr("{points} points ({low} to {high}): no difference that chance would not give.").format(
            points=signed(found.points), low=signed(found.low), high=signed(found.high)
        )
    words = tr("stricter") if found.points < 0 else tr("milder")
    return tr("About {points} points {words} than the others ({low} to {high}).").format(
        points=f"{abs(found.points):.2f}", words=words, low=signed(found.low), high=signed(found.high)
    )


def days_to_submit(value: DaysReport) -> Report:
    """How long one interviewer's cards take."""
    days = value.days
    names = (tr("same day"), tr("next day"), tr("2 days"), tr("{n} days or more").format(n=_LATE))
    kinds = [(name, sum(min(d, _LATE) == place for d in days), place == _LATE) for place, name in enumerate(names)]
    finding = tr("No card of an interview with a time yet.")
    if days:
        middle = days[(len(days) - 1) // 2]
        finding = tr("{same} of {n} cards came in on the day of the interview.").format(
            same=sum(d == 0 for d in days), n=len(days)
        )
        if middle:
            finding += " " + tr("Half were in within {days}.").format(days=ntr("{n} day", "{n} days", middle))
    return Report(
        name="days-to-submit",
        title=tr("Days to submit of {name}").format(name=value.name),
        finding=finding,
        unit=tr("Cards by days from the end of the interview"),
        n=ntr("n = {n} card", "n = {n} cards", len(days)),
        definition=(
            tr(
                "Days of the calendar between the planned end of an interview and the moment its card came in. What is "
                "remembered the same day is remembered better. Interviews without a time are left out."
            ),
            _PERIOD,
        ),
        headings=(tr("Came in"), tr("Cards")),
        rows=[(name, str(n)) for name, n, _ in kinds] if days else [],
        draw=partial(counts, kinds=kinds) if days else None,
        left_out=sealed_words(value.sealed),
    )


def _hundredths(value: float | Fraction) -> str:
    """A figure between -1 and 1 as in '.63', with a real minus."""
    number = float(value)
    words = f"{abs(number):.2f}"
    return ("−" if round(number, 2) < 0 else "") + (words.removeprefix("0"))


def signed(value: float) -> str:
    """Points as in '+0.12', with a real minus."""
    return f"{'−' if round(value, 2) < 0 else '+'}{abs(value):.2f}"
