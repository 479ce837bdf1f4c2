"""The decisions on an application, oldest first: for its page and for its packet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.store.columns import table_of
from app.store.tables import Colleague
from app.store.tables_panel import Decision, Dissent

_decision, _dissent, _colleague = table_of(Decision), table_of(Dissent), table_of(Colleague)


@dataclass(frozen=True)
class Person:
    """A colleague as they are named on paper."""

    name: str
    role: str = ""


@dataclass(frozen=True)
class DecisionFacts:
    """One decision; `change_reason` says why it took the place of the one before."""

    verdict: str
    level: str
    reason: str
    change_reason: str
    by: Person
    at: datetime
    dissents: tuple[tuple[str, str], ...]


def decisions_of(connection: Connection, application: int) -> tuple[DecisionFacts, ...]:
    """Every decision with its dissent by name; the last one holds."""
    query = (
        select(_decision, _colleague.c.name, _colleague.c.role)
        .select_from(_decision.join(_colleague))
        .where(_decision.c.application_id == application)
        .order_by(_decision.c.id)
    )
    found = []
    for row in connection.execute(query).mappings().all():
        dissents = (
            select(_colleague.c.name, _dissent.c.text)
            .select_from(_dissent.join(_colleague))
            .where(_dissent.c.decision_id == row["id"])
            .order_by(_dissent.c.id)
        )
        found.append(
            DecisionFacts(
                verdict=row["verdict"],
                level=row["level"],
                reason=row["reason"],
                change_reason=row["change_reason"],
                by=Person(row["name"], row["role"]),
                at=row["at"],
                dissents=tuple((d.name, d.text) for d in connection.execute(dissents)),
            )
        )
    return tuple(found)
