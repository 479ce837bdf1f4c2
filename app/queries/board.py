"""The board of an opening: its stages, and in each the active applications, longest in stage first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select
from sqlmodel import col

from app.domain.candidate import CandidateFacts
from app.domain.pipeline import Outcome, StageLimit, days_in_stage, is_stuck
from app.domain.rubric import Rubric
from app.records.candidate import candidate_facts, reached
from app.records.closing import closed_spells
from app.records.hold import holds_of
from app.records.strip import StripCell, seen_by, strip_of
from app.records.stuck import stage_limits
from app.records.visibility import card_counts, card_is_in, sealings
from app.store.columns import among, rows_with
from app.store.rubric import read_pack
from app.store.tables import Application, Candidate, Colleague, Interview, Opening, Stage
from app.store.workspace import Workspace

SHOWN = 200
"""As many cards of a stage are on the board; the table has all."""


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
    stuck: bool = False
    held: bool = False

    @property
    def name(self) -> str:
        """The candidate's."""
        return self.person.name


@dataclass(frozen=True)
class BoardColumn:
    """One stage with the cards that wait longest, and how many there are; `limit` says when somebody is stuck."""

    stage: int
    name: str
    cards: tuple[BoardCard, ...]
    count: int
    limit: StageLimit | None


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


def board(workspace: Workspace, opening: int, only: Collection[int] | None = None) -> Board | None:
    """The board as the user may see it, of all open applications or of these; None without such an opening."""
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
        limits = stage_limits(connection, workspace.zone, opening)
        waiting = _waiting(connection, opening, only)
        shown = [application for ones in waiting.values() for application in ones[:SHOWN]]
        cards = _cards(connection, workspace, shown, limits, rubric)
        stages = select(col(Stage.id), col(Stage.name)).where(col(Stage.opening_id) == opening)
        columns = tuple(
            BoardColumn(stage, name, tuple(cards.get(stage, ())), len(waiting.get(stage, ())), limits.get(stage))
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


def _waiting(connection: Connection, opening: int, only: Collection[int] | None) -> dict[int, list[int]]:
    """By stage, its open applications, longest in stage first."""
    query = (
        select(col(Application.stage_id), col(Application.id))
        .where(col(Application.opening_id) == opening, col(Application.outcome) == Outcome.ACTIVE)
        .order_by(col(Application.entered_at), col(Application.id))
    )
    if only is not None:
        query = query.where(among(col(Application.id), only))
    found: dict[int, list[int]] = {}
    for stage, application in connection.execute(query):
        found.setdefault(stage, []).append(application)
    return found


def _cards(
    connection: Connection,
    workspace: Workspace,
    shown: Collection[int],
    limits: Mapping[int, StageLimit],
    rubric: Rubric,
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
        .where(among(col(Application.id), shown))
        .order_by(col(Application.entered_at), col(Application.id))
    )
    rows = rows_with(connection, query, Candidate)
    sealing = sealings(connection, [application for _, application, *_ in rows])
    seen = seen_by(connection, workspace.me, sealing)
    due, spells = cards_due(connection, workspace.me, set(sealing)), closed_spells(connection, set(sealing))
    holds = holds_of(connection, sealing)
    ways = reached(connection, [candidate.id for candidate, *_ in rows])
    found: dict[int, list[BoardCard]] = {}
    for candidate, application, stage, entered_at, applied_on in rows:
        days = days_in_stage(entered_at, workspace.today(), workspace.zone, spells.get(application, ()))
        found.setdefault(stage, []).append(
            BoardCard(
                application=application,
                candidate=candidate.id,
                person=candidate_facts(candidate, ways.get(candidate.id, {})),
                days=days,
                strip=strip_of(rubric.dimension_ids, rubric.bar, seen[application].scores, seen[application].sealed),
                cards_in=sealing[application].cards_in,
                cards_planned=sealing[application].cards_planned,
                due=due.get(application),
                applied_on=applied_on,
                stuck=is_stuck(days, limits.get(stage), held=application in holds),
                held=application in holds,
            )
        )
    return found


def cards_due(connection: Connection, me: int | None, applications: set[int]) -> dict[int, CardDue]:
    """By application, the card to wait for next; nobody waits for a shadow's."""
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
        .where(among(col(Interview.application_id), applications), card_counts(), ~card_is_in())
        .order_by(col(Interview.starts_at).is_(None), col(Interview.starts_at), col(Interview.id))
    )
    found: dict[int, CardDue] = {}
    for application, name, starts_at, minutes, interviewer in connection.execute(query):
        found.setdefault(application, CardDue(name, starts_at, minutes, interviewer == me))
    return found
