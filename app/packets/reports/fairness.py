"""Fairness of rates as a report: groups by what candidates said of themselves, beside the highest rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from app.charts.rows import ChartRow, Filling, bar_rows
from app.domain.adverse_impact import GroupImpact
from app.domain.fair_views import FEWEST
from app.packets.reports.report import Report
from app.queries.reports.fairness import FairnessReport, QuestionImpact
from app.words import percent, tr


def fairness(value: FairnessReport) -> Report:
    """For each question the rate of being hired, and of coming past the first stage."""
    lines = list(_lines(value.questions))
    chart = [
        ChartRow(
            tr("{question}: {group}").format(question=question, group=one.name),
            [(float(one.count.rate), Filling.FULL if what == _HIRED else Filling.HATCHED)],
            tr("{what} {rate}, {n} of {all}").format(
                what=what, rate=percent(float(one.count.rate)), n=one.count.selected, all=one.count.pool
            ),
            mark=_four_fifths(groups) if one.ratio is not None else None,
        )
        for question, what, one, groups in lines
    ]
    hidden = [q.question for q in value.questions if q.hidden]
    definition = list(_DEFINITION)
    if hidden:
        definition.append(tr("Not every group is shown for: {questions}.").format(questions=", ".join(hidden)))
    return Report(
        name="fairness",
        title=tr("Fairness of rates"),
        finding=_finding(value, [one for _, _, one, _ in lines]),
        unit=tr("Share of a group that was selected"),
        n=tr("groups of {n} people or more").format(n=FEWEST),
        definition=tuple(definition),
        headings=(
            tr("Question"),
            tr("Group"),
            tr("Selected for"),
            tr("Selected"),
            tr("Of"),
            tr("Rate"),
            tr("To the highest rate"),
            tr("Under four fifths"),
            tr("One different person"),
            tr("Fisher, two-sided"),
        ),
        rows=[_row(question, what, one) for question, what, one, _ in lines],
        draw=partial(bar_rows, rows=chart, note=tr("a dashed line at four fifths of the highest rate"))
        if chart
        else None,
        note=tr(
            "A rate under four fifths is a reason to look, not a finding: small numbers, and what people applied for, "
            "can give it. Groups are what people said of themselves of their own will; nobody is seen here."
        ),
    )


_ON, _HIRED = tr("past the first stage"), tr("hired")
_DEFINITION = (
    tr(
        "Everybody who answered counts once, with the newest application of theirs that was decided: hired or turned "
        "down. Open ones and those who withdrew are not decided. A year is that in which the application came in."
    ),
    tr(
        "Each rate stands beside the highest one. It is under four fifths where 5 × selected × of the highest is less "
        "than 4 × selected of the highest × of the group, in whole numbers. One different person: whether it would be "
        "the other way round had one person of the one group been selected instead of one of the other. Fisher’s exact "
        "test says how probable so uneven a table is if both were selected alike."
    ),
    tr(
        "A group under {n} people is hidden, and with it the next smallest, until two are hidden and {n} people with "
        "them. A group is also hidden where this view taken from another one would show fewer than {n}. A group under "
        "2 % of those shown is not judged, and nobody is where there is no highest rate. How many answered is not said."
    ).format(n=FEWEST),
    tr("It is filtered by opening or rubric, and by one whole calendar year or none."),
)


def _lines(
    questions: Sequence[QuestionImpact],
) -> Iterator[tuple[str, str, GroupImpact, Sequence[GroupImpact]]]:
    for one in questions:
        for what, groups in ((_ON, one.went_on), (_HIRED, one.hired)):
            for group in groups:
                yield one.question, what, group, groups


def _four_fifths(groups: Sequence[GroupImpact]) -> float | None:
    return next((0.8 * float(g.count.rate) for g in groups if g.highest), None)


def _row(question: str, what: str, one: GroupImpact) -> tuple[str, ...]:
    count = one.count
    counted = (str(count.selected), str(count.pool), percent(float(count.rate)))
    if one.highest:
        judged = (tr("the highest"), "", "", "")
    elif one.ratio is None:
        judged = (tr("under 2 %: not judged") if one.small else tr("no highest rate: not judged"), "", "", "")
    else:
        assert one.chance is not None
        flips = tr("would turn it") if one.flips else tr("would not")
        judged = (f"{float(one.ratio):.2f}", tr("yes") if one.below else tr("no"), flips, f"{one.chance:.3f}")
    return (question, one.name, what, *counted, *judged)


def _finding(value: FairnessReport, groups: Sequence[GroupImpact]) -> str:
    if not value.allowed:
        return tr("This report is of one whole calendar year, from 1 January to 31 December, or of all time.")
    if not value.questions:
        return tr("Nobody whose application was decided has answered a question of their own will.")
    if not groups:
        return tr("Too few to show: every group is under {n}, or could be worked out from another view.").format(
            n=FEWEST
        )
    judged = [one for one in groups if one.below is not None]
    if not judged:
        return tr("There is no highest rate that another one could stand beside.")
    below = [one for one in judged if one.below]
    if not below:
        return tr("No rate is under four fifths of the highest one.")
    firm = [one for one in below if not one.flips]
    return tr(
        "{n} of {all} rates are under four fifths of the highest one, {firm} of them also with one different person."
    ).format(n=len(below), all=len(judged), firm=len(firm))
