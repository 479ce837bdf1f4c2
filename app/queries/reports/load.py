"""What interviewing asks of whom: rounds, cards, hours and days to submit, of everybody who interviews, by name.

It counts cards and says when they came in, and nothing of what stands on them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import col

from app.domain.scorecard import CardState
from app.queries.reports.panel import middle
from app.queries.reports.scope import Scope
from app.records.visibility import card_is_in
from app.store.tables import Application, Colleague, Interview, ReturnedForm, Scorecard


@dataclass(frozen=True)
class Load:
    """One interviewer: rounds with a time in the period, their minutes, cards in and due, and the days from the end of
    a round to its card, of which `half` is the lower middle. A shadow's rounds stand apart and no card is due of
    them; `weeks` counts the weeks in which there was a round, `busiest` the rounds of the fullest one."""

    name: str
    rounds: int
    minutes: int
    cards_in: int
    cards_due: int
    shadowed: int
    half: int | None
    weeks: int
    busiest: int


@dataclass(frozen=True)
class LoadReport:
    """By name. `untimed` counts rounds without a time whose card is in: they belong to no period."""

    people: tuple[Load, ...]
    untimed: int


@dataclass
class _Tally:
    rounds: int = 0
    minutes: int = 0
    cards_in: int = 0
    cards_due: int = 0
    shadowed: int = 0
    days: list[int] = field(default_factory=list)
    weeks: Counter[tuple[int, int]] = field(default_factory=Counter)


def interviewers(scope: Scope) -> LoadReport:
    """Rounds that began in the period; without one, also those without a time whose card is in. What is still to come,
    or was today, is no load until its card is in."""
    card = (
        select(
            col(Scorecard.interview_id),
            func.min(col(Scorecard.submitted_at)).label("at"),
            func.max(col(ReturnedForm.id)).label("form"),
            func.max(col(ReturnedForm.written_on)).label("on"),
        )
        .outerjoin(ReturnedForm, col(ReturnedForm.scorecard_id) == col(Scorecard.id))
        .where(col(Scorecard.amends_id).is_(None), col(Scorecard.state) != CardState.DRAFT)
        .group_by(col(Scorecard.interview_id))
        .cte("card")
    )
    query = (
        select(
            col(Interview.interviewer_id),
            col(Interview.starts_at),
            col(Interview.minutes),
            col(Interview.shadow),
            card.c.at,
            card.c.form,
            card.c.on,
        )
        .select_from(Interview)
        .join(Application, col(Application.id) == col(Interview.application_id))
        .outerjoin(card, card.c.interview_id == col(Interview.id))
        .where(scope.of_opening(col(Application.opening_id)), scope.within(col(Interview.starts_at)))
    )
    tallies: defaultdict[int, _Tally] = defaultdict(_Tally)
    untimed = 0
    for who, starts_at, minutes, shadow, at, form, on in scope.connection.execute(query):
        if at is None and (starts_at is None or scope.day_of(starts_at) >= scope.today):
            continue
        untimed += starts_at is None
        tally = tallies[who]
        if shadow:
            tally.shadowed += 1
            continue
        tally.rounds += 1
        tally.cards_in += at is not None
        tally.cards_due += at is None
        if starts_at is None:
            continue
        tally.minutes += minutes
        year, week, _ = scope.day_of(starts_at).isocalendar()
        tally.weeks[year, week] += 1
        done = on if form is not None else (scope.day_of(at) if at is not None else None)
        if done is not None:
            ended = scope.day_of(starts_at + timedelta(minutes=minutes))
            tally.days.append(max(0, (done - ended).days))
    names = dict(scope.connection.execute(select(col(Colleague.id), col(Colleague.name))).all())
    people = [
        Load(
            names[who],
            t.rounds,
            t.minutes,
            t.cards_in,
            t.cards_due,
            t.shadowed,
            middle(t.days),
            len(t.weeks),
            max(t.weeks.values(), default=0),
        )
        for who, t in sorted(tallies.items(), key=lambda item: (names[item[0]], item[0]))
    ]
    if scope.asked.dated:
        untimed = _untimed(scope)
    return LoadReport(tuple(people), untimed)


def _untimed(scope: Scope) -> int:
    query = (
        select(func.count())
        .select_from(Interview)
        .join(Application, col(Application.id) == col(Interview.application_id))
        .where(scope.of_opening(col(Application.opening_id)), col(Interview.starts_at).is_(None), card_is_in())
    )
    return scope.connection.execute(query).scalar_one()
