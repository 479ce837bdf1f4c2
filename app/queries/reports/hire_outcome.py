"""Interviews compared with later assessments, by person and dimension, without sealed cards and assessments."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.hire_outcome import HireOutcome, Pair, hire_outcome_of
from app.domain.panel import low_median
from app.queries.resampling import resamples
from app.records.assessment_groups import groups_of
from app.records.panel_scores import first_scores
from app.records.rubric_pools import RubricPool, newest_in, pool_words, pools_of
from app.records.visibility import sealings
from app.store.rubric import read_pack
from app.store.tables import Application, Colleague, Opening
from app.store.tables_growth import Member
from app.store.workspace import Workspace


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


def outcome_report(connection: Connection, workspace: Workspace, pool: str = "") -> OutcomeReport:
    """Every member who was hired here by the rubric `pool`: the panel's first scores and the newest assessment since.

    Without a key it is the rubric by which most of them were hired.

    Of several scores of a dimension the low median counts on either side, as it is a score that somebody gave.
    """
    query = (
        select(
            col(Member.id),
            col(Application.id),
            col(Member.started_on),
            col(Application.closed_at),
            col(Colleague.name),
            col(Opening.level),
        )
        .select_from(Member)
        .join(Application, col(Application.id) == col(Member.application_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .order_by(col(Colleague.name), col(Member.id))
    )
    pools = pools_of(connection)
    rows = list(connection.execute(query))
    hired = Counter(pools[application] for _, application, *_ in rows)
    chosen = next((p for p in pools.values() if p.key == pool), None)
    if chosen is None:
        chosen = max(hired, key=lambda p: hired[p], default=None)
    rows = [row for row in rows if pools[row[1]] == chosen]
    sealing = sealings(connection, [application for _, application, *_ in rows])
    shown = [row for row in rows if workspace.me is not None and sealing[row[1]].open_to(workspace.me)]
    panel: dict[int, dict[str, list[int]]] = {}
    for scored in first_scores(connection, [application for _, application, *_ in shown]):
        panel.setdefault(scored.application, {}).setdefault(scored.dimension, []).append(scored.score)
    pairs: list[Pair] = []
    waiting = 0
    for member, application, started_on, closed_at, name, level in shown:
        hired_on = started_on or (closed_at.astimezone(workspace.zone).date() if closed_at else date.min)
        later = [o for o in groups_of(connection, workspace, member) if o.on > hired_on and o.scores()]
        if not later:
            waiting += 1
            continue
        after = later[-1].scores()
        pairs += [
            Pair(
                member,
                name,
                dimension,
                low_median(scores),
                level,
                low_median(after[dimension]),
                later[-1].level,
                later[-1].on,
            )
            for dimension, scores in panel.get(application, {}).items()
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
