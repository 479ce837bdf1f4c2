"""The decisions on an application, oldest first: for its page and for its packet.

A decision's reasons speak of the cards. Whoever may not see the cards sees only that it was made, when and by whom.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.store.columns import aliased, rows_with
from app.store.tables import Colleague
from app.store.tables_debrief import Dissent
from app.store.tables_panel import Approval, Decision
from app.words import sentence_list


@dataclass(frozen=True)
class Person:
    """A colleague as they are named on paper."""

    name: str
    role: str = ""


@dataclass(frozen=True)
class ApprovalFacts:
    """One person in the chain of approvals with their role (all roles of one person are together), their answer and its
    day, and who recorded it when. `name` is empty while nobody is named for the role."""

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
    `missing` is the dimension and the exercise a hold waits for. `sealed` says that the reasons are left out because
    the cards are sealed.
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
        select(col(Colleague.name), col(Colleague.role))
        .select_from(Decision)
        .join(Colleague, col(Colleague.id) == col(Decision.by_id))
        .where(col(Decision.application_id) == application)
        .order_by(col(Decision.id))
    )
    return tuple(
        DecisionFacts(
            verdict=row.verdict,
            level=row.level,
            reason=row.reason,
            change_reason=row.change_reason,
            by=Person(name, role),
            at=row.at,
            dissents=_dissents(connection, row.id),
            zone=row.zone,
            departure=row.departure,
            conditions=tuple(row.conditions),
            for_letter=tuple(row.for_letter),
            missing=(row.hold_dimension, row.hold_exercise) if row.hold_dimension else None,
            approvals=_approvals(connection, row.id),
            id=row.id,
        )
        for row, name, role in rows_with(connection, query, Decision)
    )


def _dissents(connection: Connection, decision: int) -> tuple[tuple[str, str], ...]:
    query = (
        select(col(Colleague.name), col(Dissent.text))
        .select_from(Dissent)
        .join(Colleague, col(Colleague.id) == col(Dissent.colleague_id))
        .where(col(Dissent.decision_id) == decision)
        .order_by(col(Dissent.id))
    )
    return tuple((name, text) for name, text in connection.execute(query))


def _bare(full: DecisionFacts) -> DecisionFacts:
    return DecisionFacts(full.verdict, full.level, "", "", full.by, full.at, (), id=full.id, sealed=True)


def _approvals(connection: Connection, decision: int) -> tuple[ApprovalFacts, ...]:
    recorder = aliased(Colleague)
    query = (
        select(col(Colleague.name), col(recorder.name))
        .select_from(Approval)
        .outerjoin(Colleague, col(Colleague.id) == col(Approval.colleague_id))
        .outerjoin(recorder, col(recorder.id) == col(Approval.recorded_by_id))
        .where(col(Approval.decision_id) == decision)
        .order_by(col(Approval.position))
    )
    people: dict[tuple[int | None, str | None, int], list[ApprovalFacts]] = {}
    for row, name, recorded_by in rows_with(connection, query, Approval):
        alone = row.id if row.colleague_id is None else 0  # places nobody is named for are not one person's
        people.setdefault((row.colleague_id, row.answer, alone), []).append(
            ApprovalFacts(
                row.id,
                row.role,
                name or "",
                row.answer,
                row.answered_on,
                row.note,
                recorded_by or "",
                row.recorded_at,
            )
        )
    return tuple(replace(places[0], role=sentence_list([p.role for p in places])) for places in people.values())
