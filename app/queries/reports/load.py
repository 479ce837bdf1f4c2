"""What interviewing asks of whom: rounds, cards, hours and days to submit, of everybody who interviews, by name.

It counts cards and says when they came in, and nothing of what stands on them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from app.domain.scorecard import CardState
from app.queries.reports.panel import middle
from app.queries.reports.scope import Scope
from app.records.visibility import card_is_in
from app.store.tables import Application, Colleague, Interview, Scorecard
from app.store.tables_forms import ReturnedForm


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


@dataclass(frozen=True)
class _Round:
    """A round that counts: its interviewer, when it began, and the day of its first card, where these are known.

    `card_in` says that there is one; a form without a readable date has no day.
    """

    who: int
    starts_at: datetime | None
    minutes: int
    shadow: bool
    card_in: bool
    card_on: date | None


def interviewers(scope: Scope) -> LoadReport:
    """Rounds that began in the period; without one, also those without a time whose card is in. What is still to come,
    or was today, is no load until its card is in."""
    held: defaultdict[int, list[_Round]] = defaultdict(list)
    for one in _rounds(scope):
        day = None if one.starts_at is None else scope.day_of(one.starts_at)
        if one.card_in or (day is not None and day < scope.today):
            held[one.who].append(one)
    query = select(col(Colleague.id), col(Colleague.name)).order_by(col(Colleague.name), col(Colleague.id))
    people = [(who, name) for who, name in scope.connection.execute(query) if who in held]
    return LoadReport(tuple(_load(scope, name, held[who]) for who, name in people), _untimed(scope))


def _load(scope: Scope, name: str, held: Sequence[_Round]) -> Load:
    counted = [one for one in held if not one.shadow]
    weeks: Counter[tuple[int, int]] = Counter()
    minutes, days = 0, []
    for one in counted:
        if one.starts_at is None:
            continue
        minutes += one.minutes
        year, week, _ = scope.day_of(one.starts_at).isocalendar()
        weeks[year, week] += 1
        if one.card_on is not None:
            ended = scope.day_of(one.starts_at + timedelta(minutes=one.minutes))
            days.append(max(0, (one.card_on - ended).days))
    cards = sum(one.card_in for one in counted)
    return Load(
        name=name,
        rounds=len(counted),
        minutes=minutes,
        cards_in=cards,
        cards_due=len(counted) - cards,
        shadowed=len(held) - len(counted),
        half=middle(days),
        weeks=len(weeks),
        busiest=max(weeks.values(), default=0),
    )


def _rounds(scope: Scope) -> Iterator[_Round]:
    """Every round of the filter, with its first card."""
    card = (
        select(
            col(Scorecard.interview_id),
            func.min(col(Scorecard.submitted_at)),
            func.max(col(ReturnedForm.id)),
            func.max(col(ReturnedForm.written_on)),
        )
        .outerjoin(ReturnedForm, col(ReturnedForm.scorecard_id) == col(Scorecard.id))
        .where(col(Scorecard.amends_id).is_(None), col(Scorecard.state) != CardState.DRAFT)
        .group_by(col(Scorecard.interview_id))
        .cte("card")
    )
    of_interview: ColumnElement[int]
    submitted_at: ColumnElement[datetime | None]
    form: ColumnElement[int | None]
    written_on: ColumnElement[date | None]
    of_interview, submitted_at, form, written_on = card.columns
    query = (
        select(
            col(Interview.interviewer_id),
            col(Interview.starts_at),
            col(Interview.minutes),
            col(Interview.shadow),
            submitted_at,
            form,
            written_on,
        )
        .select_from(Interview)
        .join(Application, col(Application.id) == col(Interview.application_id))
        .outerjoin(card, of_interview == col(Interview.id))
        .where(scope.of_opening(col(Application.opening_id)), scope.within(col(Interview.starts_at)))
    )
    for who, starts_at, minutes, shadow, at, returned, on in scope.connection.execute(query):
        card_on = on if returned is not None else (None if at is None else scope.day_of(at))
        yield _Round(who, starts_at, minutes, shadow, at is not None, card_on)


def _untimed(scope: Scope) -> int:
    query = (
        select(func.count())
        .select_from(Interview)
        .join(Application, col(Application.id) == col(Interview.application_id))
        .where(scope.of_opening(col(Application.opening_id)), col(Interview.starts_at).is_(None), card_is_in())
    )
    return scope.connection.execute(query).scalar_one()
