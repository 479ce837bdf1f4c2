"""Interviews beside later assessments, by person and dimension. Sealed cards and sealed assessments never enter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from app.domain.hire_outcome import HireOutcome, Pair, hire_outcome_of
from app.domain.panel import low_median
from app.queries.resampling import resamples
from app.records.assessment_groups import occasions
from app.records.panel_scores import first_scores
from app.records.visibility import sealings
from app.store.columns import table_of
from app.store.rubric import newest_version, read_pack
from app.store.tables import Application, Colleague, Opening
from app.store.tables_growth import Member
from app.store.workspace import Workspace

_member, _colleague = table_of(Member), table_of(Colleague)
_application, _opening = table_of(Application), table_of(Opening)


@dataclass(frozen=True)
class OutcomeReport:
    """The pairs by person and dimension, and the figure over them. `sealed` are people whose cards are not open to
    me, `waiting` those without a later assessment that is."""

    figure: HireOutcome
    pairs: tuple[Pair, ...]
    names: tuple[tuple[str, str], ...]
    sealed: int
    waiting: int


def outcome_report(connection: Connection, workspace: Workspace) -> OutcomeReport:
    """Every member who was hired here: the panel's first scores beside their newest assessment since.

    Several scores of a dimension stand for their low median, on either side: a score somebody gave.
    """
    query = (
        select(
            _member.c.id,
            _member.c.application_id,
            _member.c.started_on,
            _application.c.closed_at,
            _colleague.c.name,
            _opening.c.level,
            _opening.c.rubric_id,
        )
        .select_from(
            _member.join(_application, _application.c.id == _member.c.application_id)
            .join(_opening, _opening.c.id == _application.c.opening_id)
            .join(_colleague, _colleague.c.id == _member.c.colleague_id)
        )
        .order_by(_colleague.c.name, _member.c.id)
    )
    rows = connection.execute(query).mappings().all()
    sealing = sealings(connection, [r["application_id"] for r in rows])
    shown = [r for r in rows if workspace.me is not None and sealing[r["application_id"]].open_to(workspace.me)]
    panel: dict[int, dict[str, list[int]]] = {}
    for scored in first_scores(connection, [r["application_id"] for r in shown]):
        panel.setdefault(scored.application, {}).setdefault(scored.dimension, []).append(scored.score)
    pairs: list[Pair] = []
    waiting = 0
    for row in shown:
        hired_on = row["started_on"] or (
            row["closed_at"].astimezone(workspace.zone).date() if row["closed_at"] else date.min
        )
        later = [o for o in occasions(connection, workspace, row["id"]) if o.on > hired_on and o.scores()]
        if not later:
            waiting += 1
            continue
        after = later[-1].scores()
        pairs += [
            Pair(
                row["id"],
                row["name"],
                dimension,
                low_median(scores),
                row["level"],
                low_median(after[dimension]),
                later[-1].level,
                later[-1].on,
            )
            for dimension, scores in panel.get(row["application_id"], {}).items()
            if dimension in after
        ]
    people = len({p.person for p in pairs})
    return OutcomeReport(
        hire_outcome_of(pairs, resamples(people)),
        tuple(pairs),
        _dimension_names(connection),
        len(rows) - len(shown),
        waiting,
    )


def _dimension_names(connection: Connection) -> tuple[tuple[str, str], ...]:
    version = newest_version(connection)
    if version is None:
        return ()
    return tuple((d.id, d.short) for d in read_pack(connection, version).rubric.dimensions)
