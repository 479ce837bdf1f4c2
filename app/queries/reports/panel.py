"""How far panels agree, and one interviewer at a time, from applications whose cards the workspace's user may see.

Only scores from before the debrief count, and not those of people who shadowed. An application belongs to a period by
the day its first card came in, so that a panel stays whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Generic, TypeVar

from sqlalchemy import func, select
from sqlmodel import col

from app.domain.agreement import Agreement, RaterScore, agreement_of, candidates_of, units_of
from app.domain.panel import pooled_variance
from app.domain.scorecard import CardState
from app.domain.severity import Severity, severities
from app.queries.reports.resampling import resamples
from app.queries.reports.scope import Scope
from app.records.panel_scores import first_scores
from app.records.rubric_pools import RubricPool, pool_words, pools_of_openings
from app.records.visibility import card_counts, sealings
from app.store.columns import among
from app.store.tables import Application, Colleague, Interview, Scorecard
from app.store.tables_forms import ReturnedForm

R = TypeVar("R")


@dataclass(frozen=True)
class OpenOnes:
    """Applications with a card that is in and whose cards I may see, with the pool of each, and how many others."""

    applications: Mapping[int, RubricPool]
    sealed: int


@dataclass(frozen=True)
class AgreementReport:
    """How far the panels of a rubric agree, and their pooled spread in points squared over `cells` with two or more
    scores. `sealed` counts applications whose cards the user may not see."""

    rubric: str
    figure: Agreement
    variance: Fraction
    cells: int
    sealed: int


@dataclass(frozen=True)
class RaterReport:
    """One interviewer: severity among those who score by a rubric. `estimated` says that the variances are not the
    priors."""

    id: int
    name: str
    rubric: str
    severity: Severity
    estimated: bool
    sealed: int


@dataclass(frozen=True)
class DaysReport:
    """One interviewer: days from each interview's end to its card, smallest first, by whichever rubric."""

    id: int
    name: str
    days: tuple[int, ...]
    sealed: int


@dataclass(frozen=True)
class PanelReport(Generic[R]):
    """Everybody who has a card or an assessment in it, by name; a report is of one of them at a time."""

    raters: tuple[R, ...]


def agreement(scope: Scope) -> AgreementReport:
    """Within one rubric: the one of the filter, else the one with most applications."""
    shown = open_to_me(scope)
    pool, scored = _pooled(scope, shown)
    units = units_of(scored)
    figure = agreement_of(units, resamples(candidates_of(units)))
    return AgreementReport(_words(scope, pool), figure, pooled_variance(units.values()), len(units), shown.sealed)


spread = agreement


def severity(scope: Scope) -> PanelReport[RaterReport]:
    """Of every interviewer, within one rubric as `agreement`."""
    shown = open_to_me(scope)
    pool, scored = _pooled(scope, shown)
    found, rubric = severities(scored), _words(scope, pool)
    people = _people(scope, shown.applications)
    return PanelReport(
        tuple(RaterReport(r, name, rubric, found.of(r), found.estimated, shown.sealed) for r, name in people)
    )


def days_to_submit(scope: Scope) -> PanelReport[DaysReport]:
    """Of every interviewer."""
    shown = open_to_me(scope)
    days = _days_to_submit(scope, shown.applications)
    people = _people(scope, shown.applications)
    return PanelReport(tuple(DaysReport(r, name, tuple(sorted(days.get(r, ()))), shown.sealed) for r, name in people))


def _people(scope: Scope, shown: Collection[int]) -> list[tuple[int, str]]:
    """Who has a card in it that counts, by name."""
    holds = (
        select(col(Interview.interviewer_id))
        .join(Scorecard, col(Scorecard.interview_id) == col(Interview.id))
        .where(among(col(Interview.application_id), shown), card_counts(), col(Scorecard.state) != CardState.DRAFT)
    )
    query = select(col(Colleague.id), col(Colleague.name)).where(col(Colleague.id).in_(holds))
    return list(scope.connection.execute(query.order_by(col(Colleague.name), col(Colleague.id))).all())


def open_to_me(scope: Scope) -> OpenOnes:
    """The applications of the filter's openings and period that have a card in."""
    first = func.min(col(Scorecard.submitted_at))
    query = (
        select(col(Application.id), col(Application.opening_id))
        .select_from(Scorecard)
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .join(Application, col(Application.id) == col(Interview.application_id))
        .where(col(Scorecard.state) != CardState.DRAFT, scope.of_opening(col(Application.opening_id)))
        .group_by(col(Application.id))
        .having(scope.within(first))
        .order_by(col(Application.id))
    )
    every = dict(scope.connection.execute(query).all())
    me = scope.workspace.me
    if me is None:
        return OpenOnes({}, len(every))
    pools = pools_of_openings(scope.connection)
    found = {a: pools[every[a]] for a, sealing in sealings(scope.connection, every).items() if sealing.open_to(me)}
    return OpenOnes(dict(sorted(found.items())), len(every) - len(found))


def _pooled(scope: Scope, shown: OpenOnes) -> tuple[RubricPool | None, list[RaterScore]]:
    counts = Counter(shown.applications.values())
    pool = min(counts, key=lambda p: (-counts[p], p), default=None)
    scored = first_scores(scope.connection, [a for a, own in shown.applications.items() if own == pool])
    return pool, list(scored)


def _words(scope: Scope, pool: RubricPool | None) -> str:
    return "" if pool is None else pool_words(scope.connection, pool)


def _days_to_submit(scope: Scope, shown: Collection[int]) -> dict[int, list[int]]:
    """By interviewer, whole days from the end of each interview with a time to its first card.

    A form counts to its own date, however late it was brought in. One without a readable date does not count.
    """
    query = (
        select(
            col(Interview.interviewer_id),
            col(Interview.starts_at),
            col(Interview.minutes),
            col(Scorecard.submitted_at),
            col(ReturnedForm.id),
            col(ReturnedForm.written_on),
        )
        .select_from(Scorecard)
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .outerjoin(ReturnedForm, col(ReturnedForm.scorecard_id) == col(Scorecard.id))
        .where(
            among(col(Interview.application_id), shown),
            col(Interview.starts_at).is_not(None),
            col(Interview.shadow).is_(False),
            col(Scorecard.amends_id).is_(None),
            col(Scorecard.state) != CardState.DRAFT,
        )
    )
    found: dict[int, list[int]] = {}
    for interviewer, starts_at, minutes, submitted_at, form, written_on in scope.connection.execute(query):
        assert starts_at is not None  # as asked for
        assert submitted_at is not None  # no draft has one
        done = written_on if form is not None else scope.day_of(submitted_at)
        if done is not None:
            ended = scope.day_of(starts_at + timedelta(minutes=minutes))
            found.setdefault(interviewer, []).append(max(0, (done - ended).days))
    return found


def middle(days: Iterable[int]) -> int | None:
    """The lower middle of some days."""
    ordered = sorted(days)
    return ordered[(len(ordered) - 1) // 2] if ordered else None
