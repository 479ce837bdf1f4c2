"""The team over time as reports: time at level, outcomes of calibrations, goals."""

from __future__ import annotations

from functools import partial

from app.charts.bars import counts
from app.charts.rows import SpanRow, span_rows
from app.domain.calibration import DISTRIBUTION_FROM
from app.domain.level_time import MOVES_FOR_CURVE, TimeAtLevel
from app.packets.reports.report import Report
from app.phrases.reports import sealed_members
from app.phrases.rubric import outcome_word
from app.queries.reports.growing import GoalReport, LevelReport, OutcomeReport
from app.words import ntr, tr


def time_at_level(value: LevelReport) -> Report:
    """Within how many months half of those at a level have moved up, and three quarters."""
    told = [figure for figure in value.levels if figure.enough]
    rows = [SpanRow(f.level, f.half, f.three_quarters, f.longest, _level_words(f)) for f in value.levels]
    definition = [
        tr(
            "From the day of a level to that of the next one up in its track. Another track, a step down and leaving "
            "end it otherwise; who is there now counts as far as they have come."
        ),
        tr(
            "The months within which half and three quarters have moved up are read off the Aalen–Johansen estimate. "
            "Under {n} moves up a level has none: too few to say."
        ).format(n=MOVES_FOR_CURVE),
        tr("The period is that of the days on which somebody came to a level."),
    ]
    if value.undated:
        definition.append(
            ntr("{n} entry has no day and is left out.", "{n} entries have no day and are left out.", value.undated)
        )
    return Report(
        name="time-at-level",
        title=tr("Time at level"),
        finding=_level_finding(told, len(value.levels)),
        unit=tr("Months until half have moved up (dot) and three quarters (line)"),
        n=tr("n = {n} times at a level").format(n=sum(f.times for f in value.levels)),
        definition=tuple(definition),
        headings=(
            *(tr("Level"), tr("Times"), tr("Moved up"), tr("Ended otherwise"), tr("There now")),
            *(tr("Half within, months"), tr("Three quarters within, months")),
        ),
        rows=[
            (
                *(f.level, str(f.times), str(f.up), str(f.otherwise), str(f.open)),
                _months(f.half, f),
                _months(f.three_quarters, f),
            )
            for f in value.levels
        ],
        draw=partial(span_rows, rows=rows, note="", unit=tr("months")) if told else None,
    )


def _level_finding(told: list[TimeAtLevel], levels: int) -> str:
    if not levels:
        return tr("No level with a day is known yet.")
    if not told:
        return tr("No level has {n} moves up yet: too few to say.").format(n=MOVES_FOR_CURVE)
    known = [f for f in told if f.half is not None]
    if not known:
        return tr("At no level have half moved up yet.")
    first = known[0]
    return tr("At {level}, half have moved up within {months} months.").format(level=first.level, months=first.half)


def _level_words(figure: TimeAtLevel) -> str:
    if not figure.enough:
        return tr("{n} moved up: too few to say").format(n=figure.up)
    return tr("{up} of {n} moved up").format(up=figure.up, n=figure.times)


def _months(months: float | None, figure: TimeAtLevel) -> str:
    if not figure.enough:
        return tr("too few to say")
    return tr("not yet") if months is None else str(months)


def outcomes(value: OutcomeReport) -> Report:
    """What calibrations decided, by calibration; by track and manager where there are people enough."""
    total = value.total
    decided = total.members - total.undecided
    words = {"calibration": tr("calibration"), "track": tr("track"), "manager": tr("manager")}
    kinds = [
        (outcome_word("promote"), total.promote, False),
        (outcome_word("not_now"), total.not_now, False),
        (outcome_word("more_evidence"), total.more_evidence, False),
        (tr("No outcome yet"), total.undecided, True),
    ]
    finding = tr("No outcome is recorded yet.")
    if decided:
        finding = tr("{n} of {all} members were promoted.").format(n=total.promote, all=decided)
    return Report(
        name="outcomes",
        title=tr("Outcomes of calibrations"),
        finding=finding,
        unit=tr("Members of calibrations whose session began"),
        n=tr("n = {n} members").format(n=total.members),
        definition=(
            tr(
                "The outcome that holds of each member of each calibration. The period is that of the days on which "
                "outcomes were recorded."
            ),
            tr(
                "By track and manager only where there are {n} members or more: under that it would tell of people."
            ).format(n=DISTRIBUTION_FROM),
            tr("No share is set, and nothing follows from it."),
        ),
        headings=(
            *(tr("By"), tr("Name"), tr("Members"), outcome_word("promote"), outcome_word("not_now")),
            *(outcome_word("more_evidence"), tr("No outcome yet")),
        ),
        rows=[
            (
                *(words[group.kind], group.name, str(group.members), str(group.promote), str(group.not_now)),
                *(str(group.more_evidence), str(group.undecided)),
            )
            for group in value.groups
        ],
        draw=partial(counts, kinds=kinds) if total.members else None,
        left_out=sealed_members(value.sealed),
    )


def goals(value: GoalReport) -> Report:
    """How many goals were reached, dropped, and are open or overdue."""
    reached, dropped, open_, overdue = value.total
    all_ = reached + dropped + open_
    finding = tr("No goal is written down yet.")
    if all_:
        finding = tr("{reached} of {all} goals are reached, {overdue} are overdue.").format(
            reached=reached, all=all_, overdue=overdue
        )
    kinds = [
        (tr("Reached"), reached, False),
        (tr("Dropped"), dropped, False),
        (tr("Open"), open_ - overdue, True),
        (tr("Overdue"), overdue, True),
    ]
    return Report(
        name="goals",
        title=tr("Goals"),
        finding=finding,
        unit=tr("Goals of growth plans"),
        n=tr("n = {n} goals").format(n=all_),
        definition=(
            tr(
                "Reached and dropped as it was written down; open goals of a plan that has ended count as dropped. "
                "Overdue is an open goal whose day has passed."
            ),
            tr("The period is that of the days by which goals were to be reached."),
        ),
        headings=(tr("Dimension"), tr("Reached"), tr("Dropped"), tr("Open"), tr("Of these overdue")),
        rows=[(name, *(str(n) for n in numbers)) for name, *numbers in value.dimensions],
        draw=partial(counts, kinds=kinds) if all_ else None,
    )
