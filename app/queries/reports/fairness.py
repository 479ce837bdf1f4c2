"""Rates of selection by what candidates said of themselves of their own will: never of few people.

Everybody counts once, with the newest application of theirs that we decided: hired or turned down. Which groups a view
may show is worked out from all views at once (`domain.fair_views`). Neither answers nor how many there are leave this
module but as the figures of groups that are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from app.domain.adverse_impact import GroupImpact, Selected, impact_of
from app.domain.fair_views import EVERYTHING, Answer, FairView, ShownGroups
from app.domain.pipeline import Outcome
from app.queries.reports.entry import entry_day, reached_stages
from app.queries.reports.scope import Scope
from app.records.local_days import LocalDays
from app.records.rubric_pools import RubricPool, pools_of_openings
from app.store.tables import Application
from app.store.tables_people import Demographic

_NOBODY = "nobody"
_DECIDED = (Outcome.HIRED, Outcome.REJECTED)


@dataclass(frozen=True)
class QuestionImpact:
    """One question: of those in each group that is shown, who came past the first stage, and who was hired.

    `hidden` says that there are groups that are not shown.
    """

    question: str
    went_on: tuple[GroupImpact, ...]
    hired: tuple[GroupImpact, ...]
    hidden: bool


@dataclass(frozen=True)
class FairnessReport:
    """By question. `allowed` is False where the period is neither all time nor one whole calendar year."""

    questions: tuple[QuestionImpact, ...]
    allowed: bool


@dataclass(frozen=True)
class _Decided:
    """The newest decided application of a person."""

    opening: int
    year: int
    went_on: bool
    hired: bool


def fairness(scope: Scope) -> FairnessReport:
    """Every question that somebody answered whose application we decided; a year is that in which it came in."""
    asked = scope.asked
    if asked.dated and asked.calendar_year is None:
        return FairnessReport((), allowed=False)
    view = FairView(_scope_name(scope), asked.calendar_year or 0)
    decided, pools = _decided(scope), pools_of_openings(scope.connection)
    people: defaultdict[str, list[tuple[str, _Decided]]] = defaultdict(list)
    query = select(col(Demographic.candidate_id), col(Demographic.question), col(Demographic.answer))
    for candidate, question, answer in scope.connection.execute(query.order_by(col(Demographic.id))):
        if candidate in decided:
            people[question].append((answer, decided[candidate]))
    return FairnessReport(tuple(_impact(q, rows, view, pools) for q, rows in sorted(people.items())), allowed=True)


def _scope_name(scope: Scope) -> str:
    """Everybody, one opening, or one rubric; an opening that another rubric scores is nobody's."""
    asked = scope.asked
    if asked.opening is not None:
        return _opening_name(asked.opening) if asked.opening in (scope.openings or ()) else _NOBODY
    return _rubric_name(asked.rubric) if asked.rubric else EVERYTHING


def _opening_name(opening: int) -> str:
    return f"opening {opening}"


def _rubric_name(key: str) -> str:
    return f"rubric {key}"


def _decided(scope: Scope) -> dict[int, _Decided]:
    """By candidate who answered anything."""
    reached, days = reached_stages(), LocalDays(scope.workspace.zone)
    answered = select(col(Demographic.candidate_id))
    query = (
        select(
            col(Application.candidate_id),
            col(Application.opening_id),
            col(Application.outcome),
            reached.entered,
            reached.top > reached.first,
        )
        .select_from(Application)
        .join(reached.table, reached.application == col(Application.id))
        .where(col(Application.outcome).in_(_DECIDED), col(Application.candidate_id).in_(answered))
        .order_by(col(Application.closed_at), col(Application.id))
    )
    found: dict[int, _Decided] = {}
    for candidate, opening, outcome, entered, went_on in scope.connection.execute(query):
        hired = outcome == Outcome.HIRED
        found[candidate] = _Decided(opening, entry_day(entered, days).year, bool(went_on) or hired, hired)
    return found


def _impact(
    question: str, rows: list[tuple[str, _Decided]], view: FairView, pools: Mapping[int, RubricPool]
) -> QuestionImpact:
    """Two spellings of an answer that differ in case or blanks are one group, called as it was first written."""
    names: dict[str, str] = {}
    known: dict[tuple[int, int], frozenset[FairView]] = {}
    answers, inside = [], defaultdict[str, list[_Decided]](list)
    for answer, one in rows:
        group = " ".join(answer.split()).casefold()
        names.setdefault(group, " ".join(answer.split()))
        where = (one.opening, one.year)
        views = known[where] = known.get(where) or _views(*where, pools)
        answers.append(Answer(group, views))
        if view in views:
            inside[group].append(one)
    shown = ShownGroups(answers).of(view)
    groups = sorted(shown, key=lambda group: (-len(inside[group]), names[group]))

    def rates(came_through: Callable[[_Decided], bool]) -> tuple[GroupImpact, ...]:
        counts = {names[g]: Selected(sum(map(came_through, inside[g])), len(inside[g])) for g in groups}
        return impact_of(counts)

    return QuestionImpact(
        question, rates(lambda one: one.went_on), rates(lambda one: one.hired), hidden=len(shown) < len(inside)
    )


def _views(opening: int, year: int, pools: Mapping[int, RubricPool]) -> frozenset[FairView]:
    scopes = (EVERYTHING, _rubric_name(pools[opening].key), _opening_name(opening))
    return frozenset(FairView(scope, at) for scope in scopes for at in (0, year))
