"""The pipelines as a table: which applications a view has, in its order, and what is shown of a few of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Connection, Select, SQLColumnExpression, func, select
from sqlmodel import col

from app.domain.pipeline import ClosingReason, Outcome, StageLimit, days_in_stage, is_stuck
from app.domain.pipeline_view import PipelineColumn, PipelineView, Standing, view_of
from app.queries.board import Board, board, cards_due
from app.records.candidate import known_tags, tags_of
from app.records.closing import closed_spells, closing_reasons, newest_whys
from app.records.hold import holds_of, is_held
from app.records.stuck import stage_limits, stuck_ones
from app.records.visibility import card_counts, card_is_in, sealings
from app.store.columns import aliased, among, rows_with
from app.store.tables import Application, Candidate, Closing, Colleague, Interview, Opening, Stage
from app.store.tables_people import Tag
from app.store.tables_pipeline import SavedView
from app.store.workspace import Workspace

Ts = TypeVarTuple("Ts")


@dataclass(frozen=True)
class PipelineIds:
    """The applications of a view in its order. `counts` are by standing, under the rest of the filter."""

    ids: tuple[int, ...]
    counts: Mapping[Standing, int]


@dataclass(frozen=True)
class StuckOnes:
    """Who is stuck; `limits` say by stage after how many days somebody is."""

    ids: frozenset[int]
    limits: Mapping[int, StageLimit]


@dataclass(frozen=True)
class PipelineRow:
    """An application as a row. Of its cards it says how many are in; `held` is why it is on hold, `waiting` who owes
    the next card, `why` and `reason` those of its closing."""

    application: int
    candidate: int
    name: str
    opening: str
    stage: str
    days: int
    limit: StageLimit | None
    stuck: bool
    held: str
    held_until: date | None
    cards_in: int
    cards_planned: int
    waiting: str
    owner: str
    source: str
    came_by: str
    tags: tuple[str, ...]
    applied_on: date | None
    now_at: str
    place: str
    can_start: str
    outcome: str
    closed_on: date | None
    why: str
    reason: str


@dataclass(frozen=True)
class PipelineChoices:
    """What each filter can be: openings and colleagues by their numbers, with their words."""

    openings: tuple[tuple[int, str], ...]
    stages: tuple[str, ...]
    sources: tuple[str, ...]
    tags: tuple[str, ...]
    owners: tuple[tuple[int, str], ...]
    waiting: tuple[tuple[int, str], ...]
    colleagues: tuple[tuple[int, str], ...]
    reasons: tuple[ClosingReason, ...]


def pipeline_ids(workspace: Workspace, view: PipelineView) -> PipelineIds:
    """The applications that a view has; what it names and is not there any more has none."""
    with workspace.read() as connection:
        query = _in_order(_filtered(select(col(Application.id)), view), view, workspace.now())
        stuck = _stuck_in(connection, workspace, view.opening).ids if view.standing is Standing.STUCK else frozenset()
        found = query.where(_standing(view.standing, stuck))
        return PipelineIds(tuple(connection.execute(found).scalars()), _counts(connection, view))


def stuck_in(workspace: Workspace, opening: int | None = None) -> StuckOnes:
    """Who is stuck in one opening, or in all. Every finished spell is read for it."""
    with workspace.read() as connection:
        return _stuck_in(connection, workspace, opening)


def pipeline_rows(
    workspace: Workspace, ids: Sequence[int], limits: Mapping[int, StageLimit]
) -> tuple[PipelineRow, ...]:
    """Rows for these applications in this order; one that is gone meanwhile is left out."""
    owner = _owner()
    query = (
        select(col(Stage.name), col(Opening.code), col(Opening.role), col(owner.name))
        .select_from(Application)
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Stage, col(Stage.id) == col(Application.stage_id))
        .outerjoin(owner, col(owner.id) == _owner_id())
        .where(among(col(Application.id), ids))
    )
    with workspace.read() as connection:
        rows = rows_with(connection, query, Application, Candidate)
        known = [row.id for row, *_ in rows]
        open_ones = {row.id for row, *_ in rows if row.outcome == Outcome.ACTIVE}
        sealing, spells = sealings(connection, known), closed_spells(connection, known)
        due, holds, whys = (
            cards_due(connection, workspace.me, open_ones),
            holds_of(connection, known),
            newest_whys(connection, known),
        )
        tags = tags_of(connection, {candidate.id for _, candidate, *_ in rows})
    found: dict[int, PipelineRow] = {}
    for row, candidate, stage, code, role, owner_name in rows:
        held, is_open = holds.get(row.id), row.id in open_ones
        days = days_in_stage(row.entered_at, workspace.today(), workspace.zone, spells.get(row.id, ()))
        limit = limits.get(row.stage_id) if is_open else None
        found[row.id] = PipelineRow(
            application=row.id,
            candidate=candidate.id,
            name=candidate.name,
            opening=f"{code} · {role}",
            stage=stage,
            days=days,
            limit=limit,
            stuck=is_stuck(days, limit, held=held is not None),
            held=held[0] if held else "",
            held_until=held[1] if held else None,
            cards_in=sealing[row.id].cards_in,
            cards_planned=sealing[row.id].cards_planned,
            waiting=due[row.id].interviewer if row.id in due else "",
            owner=owner_name or "",
            source=candidate.source,
            came_by=candidate.came_by,
            tags=tags.get(candidate.id, ()),
            applied_on=row.applied_on,
            now_at=candidate.now_at,
            place=candidate.place,
            can_start=candidate.can_start,
            outcome=row.outcome,
            closed_on=row.closed_at.astimezone(workspace.zone).date() if row.closed_at else None,
            why="" if is_open else whys.get(row.id, ""),
            reason=row.close_reason,
        )
    return tuple(found[number] for number in ids if number in found)


def pipeline_choices(workspace: Workspace) -> PipelineChoices:
    """What each filter can be now."""
    with workspace.read() as connection:
        openings = connection.execute(
            select(col(Opening.id), col(Opening.role), col(Opening.code)).order_by(col(Opening.id))
        ).all()
        stages = select(col(Stage.name)).group_by(col(Stage.name)).order_by(func.min(col(Stage.position)))
        sources = select(col(Candidate.source)).distinct().order_by(col(Candidate.source))
        colleagues = select(col(Colleague.id), col(Colleague.name)).order_by(col(Colleague.name), col(Colleague.id))
        own = select(_owner_id()).select_from(Application).join(Opening, col(Opening.id) == col(Application.opening_id))
        owes = _owing(select(col(Interview.interviewer_id)))
        return PipelineChoices(
            openings=tuple((number, f"{role} · {code}") for number, role, code in openings),
            stages=tuple(connection.execute(stages).scalars()),
            sources=tuple(connection.execute(sources).scalars()),
            tags=known_tags(connection),
            owners=tuple(connection.execute(colleagues.where(col(Colleague.id).in_(own))).all()),
            waiting=tuple(connection.execute(colleagues.where(col(Colleague.id).in_(owes))).all()),
            colleagues=tuple(connection.execute(colleagues).all()),
            reasons=closing_reasons(connection),
        )


def board_in(workspace: Workspace, view: PipelineView) -> Board | None:
    """The board of the view's opening with what its filter leaves; None where it is of all openings."""
    if view.opening is None:
        return None
    only = pipeline_ids(workspace, view).ids if view.filtered else None
    return board(workspace, view.opening, only)


def saved_views(workspace: Workspace) -> tuple[tuple[str, PipelineView], ...]:
    """The views that are kept, by name."""
    query = select(col(SavedView.name), col(SavedView.content)).order_by(col(SavedView.name))
    with workspace.read() as connection:
        return tuple((name, view_of(content)) for name, content in connection.execute(query))


def shared_stages(workspace: Workspace, applications: Sequence[int]) -> tuple[str, ...]:
    """The names of the stages that every opening of these applications has, in their order."""
    of_them = select(col(Application.opening_id)).where(among(col(Application.id), applications)).distinct()
    with workspace.read() as connection:
        openings = connection.execute(of_them).scalars().all()
        query = (
            select(col(Stage.name))
            .where(among(col(Stage.opening_id), openings))
            .group_by(col(Stage.name))
            .having(func.count(col(Stage.opening_id).distinct()) == len(openings))
            .order_by(func.min(col(Stage.position)), col(Stage.name))
        )
        return tuple(connection.execute(query).scalars())


def stages_called(workspace: Workspace, applications: Sequence[int], name: str) -> dict[int, int]:
    """By application, the stage of its opening that has this name; not where there is none."""
    query = (
        select(col(Application.id), func.min(col(Stage.id)))
        .select_from(Application)
        .join(Stage, col(Stage.opening_id) == col(Application.opening_id))
        .where(among(col(Application.id), applications), col(Stage.name) == name)
        .group_by(col(Application.id))
    )
    with workspace.read() as connection:
        return dict(connection.execute(query).all())


def people_of(workspace: Workspace, applications: Sequence[int]) -> frozenset[int]:
    """The candidates whose applications these are."""
    query = select(col(Application.candidate_id)).where(among(col(Application.id), applications))
    with workspace.read() as connection:
        return frozenset(connection.execute(query).scalars())


def _owner() -> type[Colleague]:
    return aliased(Colleague)


def _owner_id() -> ColumnElement[int | None]:
    """Who looks after an application; without somebody of its own that is the opening's manager."""
    return func.coalesce(col(Application.owner_id), col(Opening.manager_id))


def _owing(query: Select[int]) -> Select[int]:
    return query.where(card_counts(), ~card_is_in())


def _filtered(query: Select[*Ts], view: PipelineView) -> Select[*Ts]:
    """All that a view asks for but how an application stands."""
    query = (
        query.select_from(Application)
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Stage, col(Stage.id) == col(Application.stage_id))
    )
    if view.opening is not None:
        query = query.where(col(Application.opening_id) == view.opening)
    if view.stage:
        query = query.where(col(Stage.name) == view.stage)
    if view.source:
        query = query.where(col(Candidate.source) == view.source)
    if view.tag:
        tagged = select(col(Tag.candidate_id)).where(col(Tag.name) == view.tag)
        query = query.where(col(Candidate.id).in_(tagged))
    if view.owner is not None:
        query = query.where(_owner_id() == view.owner)
    if view.waiting is not None:
        owed = _owing(select(col(Interview.application_id))).where(col(Interview.interviewer_id) == view.waiting)
        query = query.where(col(Application.id).in_(owed), col(Application.outcome) == Outcome.ACTIVE)
    return query


def _standing(standing: Standing, stuck: frozenset[int]) -> ColumnElement[bool]:
    is_open = col(Application.outcome) == Outcome.ACTIVE
    match standing:
        case Standing.OPEN:
            return is_open
        case Standing.HELD:
            return is_open & is_held()
        case Standing.STUCK:
            return is_open & among(col(Application.id), stuck)
        case Standing.CLOSED:
            return col(Application.outcome) != Outcome.ACTIVE
        case Standing.ALL:
            return col(Application.id).is_not(None)


def _counts(connection: Connection, view: PipelineView) -> dict[Standing, int]:
    """All but those who are stuck."""
    is_open = (col(Application.outcome) == Outcome.ACTIVE).label("is_open")
    held = select(is_open, is_held().label("held"), func.count(col(Application.id)))
    found = Counter[Standing]({one: 0 for one in Standing if one is not Standing.STUCK})
    for active, waits, n in connection.execute(_filtered(held, view).group_by("is_open", "held")):
        found[Standing.ALL] += n
        found[Standing.OPEN if active else Standing.CLOSED] += n
        found[Standing.HELD] += n if active and waits else 0
    return dict(found)


def _stuck_in(connection: Connection, workspace: Workspace, opening: int | None) -> StuckOnes:
    limits = stage_limits(connection, workspace.zone, opening)
    return StuckOnes(stuck_ones(connection, workspace.today(), workspace.zone, limits, opening), limits)


def _in_order(query: Select[int], view: PipelineView, now: datetime) -> Select[int]:
    """In the order of the view's column, then the order they came in; what is not known comes last either way."""
    by: SQLColumnExpression[Any]
    match view.sort:
        case PipelineColumn.OPENING:
            by = func.lower(col(Opening.code))
        case PipelineColumn.STAGE:
            by = col(Stage.position)
        case PipelineColumn.DAYS:
            by = _time_in_stage(now)
        case PipelineColumn.OWNER:
            owner = _owner()
            query = query.outerjoin(owner, col(owner.id) == _owner_id())
            by = func.lower(col(owner.name))
        case PipelineColumn.SOURCE:
            by = col(Candidate.source)
        case PipelineColumn.APPLIED:
            by = col(Application.applied_on)
        case PipelineColumn.NOW_AT:
            by = func.nullif(func.lower(col(Candidate.now_at)), "")
        case PipelineColumn.PLACE:
            by = func.nullif(func.lower(col(Candidate.place)), "")
        case PipelineColumn.ENDED:
            by = col(Application.closed_at)
        case _:
            by = func.lower(col(Candidate.name))
    ordered = by.desc() if view.descending else by.asc()
    return query.order_by(ordered.nulls_last(), col(Application.id))


def _time_in_stage(now: datetime) -> ColumnElement[float]:
    """For how long an application is in its stage, in days with their fractions, without the times it was closed."""
    stamp = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    until = func.coalesce(col(Closing.reopened_at), stamp)
    since = func.max(col(Closing.closed_at), col(Application.entered_at))
    closed = (
        select(func.sum(func.max(0.0, func.julianday(until) - func.julianday(since))))
        .where(col(Closing.application_id) == col(Application.id))
        .scalar_subquery()
    )
    return func.julianday(stamp) - func.julianday(col(Application.entered_at)) - func.coalesce(closed, 0.0)
