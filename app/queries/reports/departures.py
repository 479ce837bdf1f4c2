"""Decisions that went against the rule, among applications whose cards the workspace's user may see.

Money is left out, but a departure names the candidate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from app.domain.decision import Verdict, departs
from app.domain.panel import Zone
from app.queries.reports.panel import open_to_me
from app.queries.reports.scope import Scope
from app.store.tables import Application, Candidate, Colleague, Opening
from app.store.tables_panel import Decision


@dataclass(frozen=True)
class Departure:
    """A decision that went against the rule."""

    on: date
    opening: str
    candidate: str
    verdict: Verdict
    zone: Zone
    why: str
    by: str


@dataclass(frozen=True)
class DepartureReport:
    """The decisions of the period that hold: how many could be held against a rule, and those that went against it.

    `sealed` counts applications whose cards the user may not see.
    """

    decided: int
    without_rule: int
    departed: tuple[Departure, ...]
    sealed: int


def departures(scope: Scope) -> DepartureReport:
    """The newest decision of each application whose cards are open."""
    shown = open_to_me(scope)
    newest = select(func.max(col(Decision.id))).group_by(col(Decision.application_id))
    query = (
        select(
            col(Decision.application_id),
            col(Decision.zone),
            col(Decision.verdict),
            col(Decision.at),
            col(Opening.code),
            col(Candidate.name),
            col(Decision.departure),
            col(Colleague.name),
        )
        .select_from(Decision)
        .join(Colleague, col(Colleague.id) == col(Decision.by_id))
        .join(Application, col(Application.id) == col(Decision.application_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .where(col(Decision.id).in_(newest), scope.of_opening(col(Opening.id)), scope.within(col(Decision.at)))
        .order_by(col(Decision.id))
    )
    open_ones = frozenset(shown.applications)
    decided = without = 0
    departed = []
    for application, supported, verdict, at, code, candidate, why, by in scope.connection.execute(query):
        if application not in open_ones:
            continue
        if supported is None:
            without += 1
            continue
        decided += 1
        if departs(Verdict(verdict), Zone(supported)):
            on = scope.day_of(at)
            departed.append(Departure(on, code, candidate, Verdict(verdict), Zone(supported), why, by))
    return DepartureReport(decided, without, tuple(departed), shown.sealed)
