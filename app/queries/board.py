"""The board of an opening: its stages, and in each the active applications, longest in stage first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from app.domain.pipeline import Outcome, days_in_stage
from app.records.closing import closed_spells
from app.records.strip import StripCell, seen_by, strip_of
from app.records.visibility import card_is_in, sealings
from app.store.columns import among, table_of
from app.store.rubric import read_pack
from app.store.tables import Application, Candidate, Colleague, Interview, Opening, Stage
from app.store.workspace import Workspace

_application, _candidate, _stage, _opening = (
    table_of(Application),
    table_of(Candidate),
    table_of(Stage),
    table_of(Opening),
)
_interview, _colleague = table_of(Interview), table_of(Colleague)


@dataclass(frozen=True)
class CardDue:
    """A planned card that is not in: whose, when its interview starts, and whether it is mine."""

    interviewer: str
    starts_at: datetime | None
    minutes: int
    mine: bool


@dataclass(frozen=True)
class BoardCard:
    """One application on the board. `due` is the card to wait for next."""

    application: int
    candidate: int
    name: str
    now_at: str
    days: int
    strip: tuple[StripCell, ...]
    cards_in: int
    cards_planned: int
    due: CardDue | None
    came_by: str
    applied_on: date | None


@dataclass(frozen=True)
class BoardColumn:
    """One stage with its cards."""

    stage: int
    name: str
    cards: tuple[BoardCard, ...]


@dataclass(frozen=True)
class Board:
    """One opening's board. `day` counts from the approval; None where it was not approved yet."""

    opening: int
    code: str
    role: str
    level: str
    seats: int
    manager: str
    day: int | None
    target: tuple[int, int]
    closed: int
    columns: tuple[BoardColumn, ...]
    dimensions: tuple[str, ...]
    narrow: tuple[str, ...]


def board(workspace: Workspace, opening: int) -> Board | None:
    """The board as the workspace's user may see it; None when there is no such opening."""
    with workspace.read() as connection:
        head = (
            connection.execute(
                select(_opening, _colleague.c.name.label("manager"))
                .select_from(_opening.outerjoin(_colleague, _colleague.c.id == _opening.c.manager_id))
                .where(_opening.c.id == opening)
            )
            .mappings()
            .first()
        )
        if head is None:
            return None
        rubric = read_pack(connection, head["rubric_id"]).rubric
        cards = _cards(connection, workspace, opening, rubric.dimension_ids, rubric.bar)
        stages = connection.execute(select(_stage).where(_stage.c.opening_id == opening).order_by(_stage.c.position))
        columns = tuple(BoardColumn(s.id, s.name, tuple(cards.get(s.id, ()))) for s in stages)
        closed = connection.execute(
            select(func.count()).where(_application.c.opening_id == opening, _application.c.outcome != Outcome.ACTIVE)
        ).scalar_one()
    approved = head["approved_on"]
    return Board(
        opening=opening,
        code=head["code"],
        role=head["role"],
        level=head["level"],
        seats=head["seats"],
        manager=head["manager"] or "",
        day=(workspace.today() - approved).days if approved else None,
        target=(head["target_from"], head["target_to"]),
        closed=closed,
        columns=columns,
        dimensions=tuple(d.short for d in rubric.dimensions),
        narrow=tuple(d.narrow for d in rubric.dimensions),
    )


def _cards(
    connection: Connection, workspace: Workspace, opening: int, dimensions: tuple[str, ...], bar: int
) -> dict[int, list[BoardCard]]:
    query = (
        select(
            _application.c.id,
            _application.c.stage_id,
            _application.c.entered_at,
            _application.c.applied_on,
            _candidate.c.id.label("candidate"),
            _candidate.c.name,
            _candidate.c.now_at,
            _candidate.c.came_by,
        )
        .select_from(_application.join(_candidate))
        .where(_application.c.opening_id == opening, _application.c.outcome == Outcome.ACTIVE)
        .order_by(_application.c.entered_at, _application.c.id)
    )
    rows = connection.execute(query).all()
    sealing = sealings(connection, [row.id for row in rows])
    seen = seen_by(connection, workspace.me, sealing)
    due, spells = _due(connection, workspace, set(sealing)), closed_spells(connection, set(sealing))
    found: dict[int, list[BoardCard]] = {}
    for row in rows:
        found.setdefault(row.stage_id, []).append(
            BoardCard(
                application=row.id,
                candidate=row.candidate,
                name=row.name,
                now_at=row.now_at,
                days=days_in_stage(row.entered_at, workspace.today(), workspace.zone, spells.get(row.id, ())),
                strip=strip_of(dimensions, bar, seen[row.id].scores, seen[row.id].sealed),
                cards_in=sealing[row.id].cards_in,
                cards_planned=sealing[row.id].cards_planned,
                due=due.get(row.id),
                came_by=row.came_by,
                applied_on=row.applied_on,
            )
        )
    return found


def _due(connection: Connection, workspace: Workspace, applications: set[int]) -> dict[int, CardDue]:
    query = (
        select(_interview, _colleague.c.name)
        .select_from(_interview.join(_colleague))
        .where(among(_interview.c.application_id, applications), ~card_is_in())
        .order_by(_interview.c.starts_at.is_(None), _interview.c.starts_at, _interview.c.id)
    )
    found: dict[int, CardDue] = {}
    for row in connection.execute(query):
        found.setdefault(
            row.application_id, CardDue(row.name, row.starts_at, row.minutes, row.interviewer_id == workspace.me)
        )
    return found
