"""What a panel found in the person it hired: the strip of its first scores, only where its cards are open to me."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.panel import cell
from app.records.panel_scores import first_cards, first_scores
from app.records.plan import rule_of
from app.records.visibility import sealing_of
from app.store.tables import Application, Colleague, Opening
from app.store.tables_growth import EvidenceItem
from app.store.workspace import Workspace


@dataclass(frozen=True)
class Hired:
    """A hire: on which day, against which level, how many cards, and the cells as (dimension, score, highest).

    `open` says whether the cards are open to me; the cells are empty where they are not, and so are `scores`, by
    dimension what each interviewer gave first.
    """

    application: int
    on: date
    level: str
    open: bool
    bar: int = 3
    cards: int = 0
    cells: tuple[tuple[str, int | None, int | None], ...] = ()
    scores: tuple[tuple[str, tuple[int, ...]], ...] = ()


@dataclass(frozen=True)
class MemberEvidence:
    """A dated thing known of a member; `from_interview` where it was heard when they were hired."""

    id: int
    dimension: str
    on: date | None
    text: str
    inferred: bool
    source: str
    shared: bool
    by: str
    from_interview: bool


def hired_by(
    connection: Connection, workspace: Workspace, application: int | None, started_on: date | None
) -> Hired | None:
    """The hire of an application; None for a member who did not come through one."""
    if application is None:
        return None
    row = connection.execute(
        select(col(Application.closed_at), col(Application.entered_at), col(Opening.level))
        .select_from(Application)
        .join(Opening)
        .where(col(Application.id) == application)
    ).first()
    if row is None:
        return None
    closed_at, entered_at, level = row
    on = started_on or (closed_at or entered_at).astimezone(workspace.zone).date()
    if workspace.me is None or not sealing_of(connection, application).open_to(workspace.me):
        return Hired(application, on, level, open=False)
    rule, given = rule_of(connection, application), first_scores(connection, [application])
    cells = [cell(d, [g.score for g in given if g.dimension == d], rule) for d in rule.dimensions]
    return Hired(
        application,
        on,
        level,
        open=True,
        bar=rule.bar,
        cards=len(first_cards(connection, application)),
        cells=tuple((c.dimension, c.low_median, c.high) for c in cells),
        scores=tuple((c.dimension, c.scores) for c in cells),
    )


def interview_facts(connection: Connection, member: int) -> tuple[MemberEvidence, ...]:
    """What the panel that hired a member wrote down, by date: the manager's own until it is shared item by item."""
    query = (
        select(
            col(EvidenceItem.id),
            col(EvidenceItem.dimension),
            col(EvidenceItem.on),
            col(EvidenceItem.text),
            col(EvidenceItem.inferred),
            col(EvidenceItem.source),
            col(EvidenceItem.shared),
            col(Colleague.name),
        )
        .select_from(EvidenceItem)
        .outerjoin(Colleague, col(Colleague.id) == col(EvidenceItem.by_id))
        .where(col(EvidenceItem.member_id) == member, col(EvidenceItem.note_id).is_not(None))
        .order_by(col(EvidenceItem.on), col(EvidenceItem.id))
    )
    return tuple(
        MemberEvidence(fact, dimension, on, text, inferred, source, shared, by or "", True)
        for fact, dimension, on, text, inferred, source, shared, by in connection.execute(query)
    )
