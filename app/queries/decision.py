"""The decisions on an application, oldest first: for its page and for its packet.

A decision's words speak of the cards: whoever may not see the cards sees that it was made, when and by whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from app.store.columns import table_of
from app.store.tables import Colleague
from app.store.tables_panel import Approval, Decision, Dissent

_decision, _dissent, _colleague = table_of(Decision), table_of(Dissent), table_of(Colleague)
_approval = table_of(Approval)


@dataclass(frozen=True)
class Person:
    """A colleague as they are named on paper."""

    name: str
    role: str = ""


@dataclass(frozen=True)
class ApprovalFacts:
    """One place in the chain of approvals: the role, who holds it, and what they said on which day."""

    id: int
    role: str
    name: str
    answer: str | None
    answered_on: date | None
    note: str


@dataclass(frozen=True)
class DecisionFacts:
    """One decision; `change_reason` says why it took the place of the one before.

    `zone` is what the rule supported then (None: not recorded), `departure` why the decision goes against it;
    `missing` is the dimension and the exercise a hold waits for. `sealed`: the words are kept from who may not see
    the cards.
    """

    verdict: str
    level: str
    reason: str
    change_reason: str
    by: Person
    at: datetime
    dissents: tuple[tuple[str, str], ...]
    zone: str | None = None
    departure: str = ""
    conditions: tuple[str, ...] = ()
    missing: tuple[str, str] | None = None
    approvals: tuple[ApprovalFacts, ...] = ()
    id: int = 0
    sealed: bool = False


def decisions_of(connection: Connection, application: int, *, sealed: bool) -> tuple[DecisionFacts, ...]:
    """Every decision with its dissent by name, the bare fact of each where the cards are sealed; the last one holds."""
    if sealed:
        return tuple(_bare(d) for d in decisions_of(connection, application, sealed=False))
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
                zone=row["zone"],
                departure=row["departure"],
                conditions=tuple(row["conditions"]),
                missing=(row["hold_dimension"], row["hold_exercise"]) if row["hold_dimension"] else None,
                approvals=_approvals(connection, row["id"]),
                id=row["id"],
            )
        )
    return tuple(found)


def _bare(full: DecisionFacts) -> DecisionFacts:
    return DecisionFacts(full.verdict, full.level, "", "", full.by, full.at, (), id=full.id, sealed=True)


def _approvals(connection: Connection, decision: int) -> tuple[ApprovalFacts, ...]:
    query = (
        select(_approval, _colleague.c.name)
        .select_from(_approval.outerjoin(_colleague))
        .where(_approval.c.decision_id == decision)
        .order_by(_approval.c.position)
    )
    return tuple(
        ApprovalFacts(row.id, row.role, row.name or "", row.answer, row.answered_on, row.note)
        for row in connection.execute(query)
    )
