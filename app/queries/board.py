"""The board of an opening: its stages, and in each the active applications, longest in stage first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select
from sqlmodel import col

from app.domain.candidate import CandidateFacts
from app.domain.pipeline import Outcome, days_in_stage
from app.records.candidate import candidate_facts, reached
from app.records.closing import closed_spells
from app.records.strip import StripCell, seen_by, strip_of
from app.records.visibility import card_is_in, sealings
from app.store.columns import among, rows_with
from app.store.rubric import read_pack
from app.store.tables import Application, Candidate, Colleague, Interview, Opening, Stage
from app.store.workspace import Workspace


@dataclass(frozen=True)
class CardDue:
    """A planned card that is not in: its author, the start of the interview, and whether it is the user's own."""

    interviewer: str
    starts_at: datetime | None
    minutes: int
    mine: bool


@dataclass(frozen=True)
class BoardCard:
    """One application on the board. `due` is the card to wait for next."""

    application: int
    candidate: int
    person: CandidateFacts
    days: int
    strip: tuple[StripCell, ...]
    cards_in: int
    cards_planned: int
    due: CardDue | None
    applied_on: date | None

    @property
    def name(self) -> str:
        """The candidate's."""
        return self.person.name


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
        manager = (
            select(col(Colleague.name))
            .select_from(Opening)
            .outerjoin(Colleague, col(Colleague.id) == col(Opening.manager_id))
            .where(col(Opening.id) == opening)
        )
        found = rows_with(connection, manager, Opening)
        if not found:
            return None
        head, manager_name = found[0]
        rubric = read_pack(connection, head.rubric_id).rubric
        cards = _cards(connection, workspace, opening, rubric.dimension_ids, rubric.bar)
        stages = select(col(Stage.id), col(Stage.name)).where(col(Stage.opening_id) == opening)
        columns = tuple(
            BoardColumn(stage, name, tuple(cards.get(stage, ())))
            for stage, name in connection.execute(stages.order_by(col(Stage.position)))
        )
        closed = connection.execute(
            select(func.count()).where(
                col(Application.opening_id) == opening, col(Application.outcome) != Outcome.ACTIVE
            )
        ).scalar_one()
    return Board(
        opening=opening,
        code=head.code,
        role=head.role,
        level=head.level,
        seats=head.seats,
        manager=manager_name or "",
        day=(workspace.today() - head.approved_on).days if head.approved_on else None,
        target=(head.target_from, head.target_to),
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
            col(Application.id),
            col(Application.stage_id),
            col(Application.entered_at),
            col(Application.applied_on),
        )
        .select_from(Application)
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .where(col(Application.opening_id) == opening, col(Application.outcome) == Outcome.ACTIVE)
        .order_by(col(Application.entered_at), col(Application.id))
    )
    rows = rows_with(connection, query, Candidate)
    sealing = sealings(connection, [application for _, application, *_ in rows])
    seen = seen_by(connection, workspace.me, sealing)
    due, spells = _due(connection, workspace, set(sealing)), closed_spells(connection, set(sealing))
    ways = reached(connection, [candidate.id for candidate, *_ in rows])
    found: dict[int, list[BoardCard]] = {}
    for candidate, application, stage, entered_at, applied_on in rows:
        found.setdefault(stage, []).append(
            BoardCard(
                application=application,
                candidate=candidate.id,
                person=candidate_facts(candidate, ways.get(candidate.id, {})),
                days=days_in_stage(entered_at, workspace.today(), workspace.zone, spells.get(application, ())),
                strip=strip_of(dimensions, bar, seen[application].scores, seen[application].sealed),
                cards_in=sealing[application].cards_in,
                cards_planned=sealing[application].cards_planned,
                due=due.get(application),
                applied_on=applied_on,
            )
        )
    return found


def _due(connection: Connection, workspace: Workspace, applications: set[int]) -> dict[int, CardDue]:
    query = (
        select(
            col(Interview.application_id),
            col(Colleague.name),
            col(Interview.starts_at),
            col(Interview.minutes),
            col(Interview.interviewer_id),
        )
        .select_from(Interview)
        .join(Colleague, col(Colleague.id) == col(Interview.interviewer_id))
        .where(among(col(Interview.application_id), applications), ~card_is_in())
        .order_by(col(Interview.starts_at).is_(None), col(Interview.starts_at), col(Interview.id))
    )
    found: dict[int, CardDue] = {}
    for application, name, starts_at, minutes, interviewer in connection.execute(query):
        found.setdefault(application, CardDue(name, starts_at, minutes, interviewer == workspace.me))
    return found
