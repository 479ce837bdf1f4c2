"""Interviews compared with later assessments, by person and dimension, without sealed cards and assessments."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.hire_outcome import HireOutcome, Pair, hire_outcome_of
from app.domain.panel import low_median
from app.queries.reports.resampling import resamples
from app.queries.reports.scope import Scope
from app.records.assessment_groups import groups_of
from app.records.panel_scores import first_scores
from app.records.rubric_pools import RubricPool, newest_in, pool_words, pools_of_openings
from app.records.visibility import sealings
from app.store.rubric import read_pack
from app.store.tables import Application, Colleague, Opening
from app.store.tables_growth import Member


@dataclass(frozen=True)
class _Hire:
    """A member who was hired here; `on` is their first day, else the day their application was closed."""

    member: int
    application: int
    on: date | None
    name: str
    level: str
    pool: RubricPool


@dataclass(frozen=True)
class OutcomeReport:
    """The pairs by person and dimension, and the figure over them. `sealed` are people whose cards are not open to
    me, `waiting` those without a later assessment that is."""

    rubric: str
    figure: HireOutcome
    pairs: tuple[Pair, ...]
    names: tuple[tuple[str, str], ...]
    sealed: int
    waiting: int


def hire_to_outcome(scope: Scope) -> OutcomeReport:
    """Every member who was hired here in the period: the panel's first scores and the newest assessment since, within
    the filter's rubric, else within the one by which most of them were hired.

    Of several scores of a dimension the low median counts on either side, as it is a score that somebody gave.
    """
    connection, workspace = scope.connection, scope.workspace
    query = (
        select(
            col(Member.id),
            col(Application.id),
            col(Opening.id),
            col(Member.started_on),
            col(Application.closed_at),
            col(Colleague.name),
            col(Opening.level),
        )
        .select_from(Member)
        .join(Application, col(Application.id) == col(Member.application_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .where(scope.of_opening(col(Application.opening_id)))
        .order_by(col(Colleague.name), col(Member.id))
    )
    pool_of = pools_of_openings(connection)
    hires = [
        _Hire(member, application, on, name, level, pool_of[opening])
        for member, application, opening, started_on, closed_at, name, level in connection.execute(query)
        if scope.asked.holds(on := started_on or (scope.day_of(closed_at) if closed_at else None))
    ]
    hired = Counter(one.pool for one in hires)
    chosen = min(hired, key=lambda p: (-hired[p], p), default=None)
    rows = [one for one in hires if one.pool == chosen]
    sealing = sealings(connection, [one.application for one in rows])
    shown = [one for one in rows if workspace.me is not None and sealing[one.application].open_to(workspace.me)]
    panel: dict[int, dict[str, list[int]]] = {}
    for scored in first_scores(connection, [one.application for one in shown]):
        panel.setdefault(scored.application, {}).setdefault(scored.dimension, []).append(scored.score)
    pairs: list[Pair] = []
    waiting = 0
    for one in shown:
        hired_on = one.on or date.min
        later = [o for o in groups_of(connection, workspace, one.member) if o.on > hired_on and o.scores()]
        if not later:
            waiting += 1
            continue
        after = later[-1].scores()
        pairs += [
            Pair(
                one.member,
                one.name,
                dimension,
                low_median(scores),
                one.level,
                low_median(after[dimension]),
                later[-1].level,
                later[-1].on,
            )
            for dimension, scores in panel.get(one.application, {}).items()
            if dimension in after
        ]
    people = len({p.person for p in pairs})
    return OutcomeReport(
        pool_words(connection, chosen) if chosen is not None else "",
        hire_outcome_of(pairs, resamples(people)),
        tuple(pairs),
        _dimension_names(connection, chosen),
        len(rows) - len(shown),
        waiting,
    )


def _dimension_names(connection: Connection, pool: RubricPool | None) -> tuple[tuple[str, str], ...]:
    if pool is None:
        return ()
    rubric = read_pack(connection, newest_in(connection, pool)).rubric
    return tuple((d.id, d.short) for d in rubric.dimensions)
