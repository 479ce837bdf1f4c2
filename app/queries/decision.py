"""The decisions on an application, oldest first: for its page and for its packet.

A decision's words speak of the cards: whoever may not see the cards sees that it was made, when and by whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from app.store.columns import table_of
from app.store.tables import Colleague
from app.store.tables_panel import Approval, Decision, Dissent
from app.words import sentence_list

_decision, _dissent, _colleague = table_of(Decision), table_of(Dissent), table_of(Colleague)
_approval = table_of(Approval)
_recorder = _colleague.alias()


@dataclass(frozen=True)
class Person:
    """A colleague as they are named on paper."""

    name: str
    role: str = ""


@dataclass(frozen=True)
class ApprovalFacts:
    """One person in the chain of approvals: their role (or roles: one person counts once), and what they said on which
    day; who wrote that down, and when. Without `name` nobody is named yet."""

    id: int
    role: str
    name: str
    answer: str | None
    answered_on: date | None
    note: str
    recorded_by: str = ""
    recorded_at: datetime | None = None


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
    for_letter: tuple[str, ...] = ()
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
                for_letter=tuple(row["for_letter"]),
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
        select(_approval, _colleague.c.name, _recorder.c.name.label("recorder"))
        .select_from(
            _approval.outerjoin(_colleague, _colleague.c.id == _approval.c.colleague_id).outerjoin(
                _recorder, _recorder.c.id == _approval.c.recorded_by_id
            )
        )
        .where(_approval.c.decision_id == decision)
        .order_by(_approval.c.position)
    )
    people: dict[tuple[int | None, str | None, int], list[Any]] = {}
    for row in connection.execute(query):
        alone = row.id if row.colleague_id is None else 0  # places nobody is named for are no one person's
        people.setdefault((row.colleague_id, row.answer, alone), []).append(row)
    return tuple(
        ApprovalFacts(
            first.id,
            sentence_list([r.role for r in rows]),
            first.name or "",
            first.answer,
            first.answered_on,
            first.note,
            first.recorder or "",
            first.recorded_at,
        )
        for rows in people.values()
        for first in rows[:1]
    )
