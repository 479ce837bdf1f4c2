"""Hire to outcome as a report: a list under twenty pairs, a figure with its doubt from there on."""

from __future__ import annotations

from functools import partial

from app.charts.hire_outcome import pairs_of_scores
from app.domain.hire_outcome import PAIRS_NEEDED, HireOutcome
from app.packets.reports.report import Report
from app.queries.reports.hire_outcome import OutcomeReport
from app.words import day, ntr, tr


def hire_to_outcome(value: OutcomeReport) -> Report:
    """Whether interviews and later assessments put people in the same order on a dimension."""
    figure = value.figure
    names = dict(value.names)
    pairs = [(p.interview, p.later) for p in value.pairs]
    left = []
    if value.sealed:
        left.append(
            ntr("{n} hire whose cards are not open to you", "{n} hires whose cards are not open to you", value.sealed)
        )
    if value.waiting:
        left.append(ntr("{n} without a later assessment", "{n} without a later assessment", value.waiting))
    definition = [
        tr(
            "A pair is one dimension of one person who was hired here: what the panel scored before the debrief, and "
            "what their newest assessment since then says, without what they say of themselves. Several scores stand "
            "for their lower middle one. Each is read against its own level’s bar."
        ),
        tr("The period is that of first days, or, where one is not known, of the days their applications were closed."),
        tr(
            "Kendall’s tau-b: 1 when both put people in the same order, 0 when one says nothing of the other, below 0 "
            "when they contradict. The interval comes from drawing the people anew 1,000 times, 95 %. It is shown "
            "from {n} pairs on; under that there is the list alone."
        ).format(n=PAIRS_NEEDED),
    ]
    if left:
        definition.append(tr("Left out: {what}.").format(what=", ".join(left)))
    return Report(
        name="hire-to-outcome",
        title=tr("Hire to outcome"),
        finding=_finding(figure),
        unit=tr("Interview score and later score on the same dimension"),
        n=tr("n = {n} pairs of {people} people, {rubric}").format(
            n=figure.pairs, people=figure.people, rubric=value.rubric or tr("no rubric")
        ),
        definition=tuple(definition),
        headings=(tr("Member"), tr("Dimension"), tr("Interview"), tr("Against"), tr("Later"), tr("Against"), tr("On")),
        rows=[
            (
                p.name,
                names.get(p.dimension, p.dimension),
                str(p.interview),
                p.hired_at,
                str(p.later),
                p.assessed_at,
                day(p.on),
            )
            for p in value.pairs
        ],
        draw=partial(pairs_of_scores, pairs=pairs) if figure.enough else None,
        note=tr(
            "Small numbers: a few people can turn it. Restricted range: only those who were hired were assessed later, "
            "so it says less of the interviews than it would over all candidates, and nothing of those turned down."
        ),
    )


def _finding(figure: HireOutcome) -> str:
    if not figure.pairs:
        return tr("Nobody who was hired here has a later assessment that is open to you.")
    if not figure.enough:
        return tr("Too few to say: {n} of {needed} pairs needed. The table lists them.").format(
            n=figure.pairs, needed=PAIRS_NEEDED
        )
    if figure.tau is None:
        return tr("One of the two has a single value, so tau-b can’t be computed.")
    found = tr("Tau-b is {tau}").format(tau=_hundredths(figure.tau))
    if figure.low is None or figure.high is None:
        return found + tr(", of one person alone: no interval.")
    found += tr(", 95 % interval {low} to {high}").format(low=_hundredths(figure.low), high=_hundredths(figure.high))
    if figure.low <= 0 <= figure.high:
        return found + tr(": chance alone would give it, too.")
    return found + "."


def _hundredths(value: float) -> str:
    words = f"{abs(value):.2f}"
    return ("−" if round(value, 2) < 0 else "") + words.removeprefix("0")
