"""What interviewing asks of whom, as a report. By name: nobody is ranked."""

from __future__ import annotations

from functools import partial

from app.charts.rows import ChartRow, Filling, bar_rows
from app.packets.reports.report import Report
from app.queries.reports.load import Load, LoadReport
from app.words import ntr, tr


def interviewers(value: LoadReport) -> Report:
    """Everybody who interviewed, with their rounds, cards, hours and days to submit."""
    people = value.people
    chart = [ChartRow(p.name, ((p.cards_in, Filling.FULL), (p.cards_due, Filling.HATCHED)), _words(p)) for p in people]
    definition = [
        tr(
            "Rounds that began in the period, and such without a time where no period is asked for. A round without a "
            "time, of today or still to come is no load until its card is in. Hours are planned minutes of rounds with "
            "a time."
        ),
        tr(
            "Days to submit are days of the calendar from the planned end of a round to its first card; the middle one "
            "of each person’s stands here. A form counts to its own date. A shadow’s rounds stand apart: no card is "
            "due of them."
        ),
        tr("The order is that of names. How many rounds somebody has is for planning, not for judging them."),
    ]
    if value.untimed:
        definition.append(
            ntr(
                "{n} round has no time: it belongs to no period and has no hours.",
                "{n} rounds have no time: they belong to no period and have no hours.",
                value.untimed,
            )
        )
    return Report(
        name="interviewers",
        title=tr("Interviewers’ load"),
        finding=_finding(value),
        unit=tr("Rounds by interviewer"),
        n=ntr("n = {n} round", "n = {n} rounds", sum(p.rounds for p in people)),
        definition=tuple(definition),
        headings=(
            tr("Interviewer"),
            tr("Rounds"),
            tr("Cards in"),
            tr("Cards due"),
            tr("Hours"),
            tr("Half in within, days"),
            tr("Weeks with a round"),
            tr("Most in a week"),
            tr("As a shadow"),
        ),
        rows=[_row(p) for p in people],
        draw=partial(bar_rows, rows=chart, note=tr("filled: the card is in, hatched: it is due"))
        if any(p.rounds for p in people)
        else None,
    )


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}"


def _words(load: Load) -> str:
    said = [ntr("{n} round", "{n} rounds", load.rounds)]
    said += [tr("{n} h").format(n=_hours(load.minutes))] if load.minutes else []
    return " · ".join(said)


def _row(load: Load) -> tuple[str, ...]:
    half = "" if load.half is None else str(load.half)
    counts = (load.rounds, load.cards_in, load.cards_due)
    return (
        load.name,
        *map(str, counts),
        _hours(load.minutes),
        half,
        *map(str, (load.weeks, load.busiest, load.shadowed)),
    )


def _finding(value: LoadReport) -> str:
    people = [p for p in value.people if p.rounds]
    if not people:
        return tr("No round has been held.")
    due = sum(p.cards_due for p in people)
    found = tr("{people} held {rounds}, {hours} hours").format(
        people=ntr("{n} interviewer", "{n} interviewers", len(people)),
        rounds=ntr("{n} round", "{n} rounds", sum(p.rounds for p in people)),
        hours=_hours(sum(p.minutes for p in people)),
    )
    return f"{found}. {ntr('{n} card is due.', '{n} cards are due.', due) if due else tr('Every card is in.')}"
