"""Plain lists: for choices on a page and for the command line. A sealed card shows where it is, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVarTuple

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.domain.pack import Pack
from app.domain.pipeline import Outcome
from app.queries.guide import guide_rows
from app.records.visibility import sealings
from app.store.columns import rows_of, rows_with
from app.store.rubric import newest_version, read_pack
from app.store.scorecard import read_cards
from app.store.tables import Application, Candidate, Colleague, Interview, Opening, Scorecard, Stage
from app.store.tables_panel import Plan, PlanRound
from app.store.workspace import Workspace

Ts = TypeVarTuple("Ts")
Entry = dict[str, Any]
"""One thing of a list, as the command line gives it as JSON."""


@dataclass(frozen=True)
class ColleagueRow:
    """A colleague, and whether it is me."""

    id: int
    name: str
    mail: str
    role: str
    me: bool


@dataclass(frozen=True)
class OpeningRow:
    """An opening as a choice, with how many active applications it has."""

    id: int
    code: str
    role: str
    level: str
    seats: int
    approved_on: date | None
    approved_by: int | None
    manager: int | None
    must_have: tuple[str, ...]
    rubric: int
    active: int


def colleague_rows(workspace: Workspace) -> tuple[ColleagueRow, ...]:
    """Everybody on our side, by name."""
    with workspace.read() as connection:
        rows = rows_of(connection, Colleague, order_by=[col(Colleague.name), col(Colleague.id)])
    return tuple(ColleagueRow(r.id, r.name, r.mail, r.role, r.id == workspace.me) for r in rows)


def opening_rows(workspace: Workspace) -> tuple[OpeningRow, ...]:
    """Every opening, the one with most active applications first."""
    count = select(func.count()).where(
        col(Application.opening_id) == col(Opening.id), col(Application.outcome) == Outcome.ACTIVE
    )
    active: ScalarSelect[int] = count.scalar_subquery()
    query = _with_plan(select(col(Plan.must_have), active)).order_by(active.desc(), col(Opening.id))
    with workspace.read() as connection:
        return tuple(
            OpeningRow(
                row.id,
                row.code,
                row.role,
                row.level,
                row.seats,
                row.approved_on,
                row.approved_by_id,
                row.manager_id,
                tuple(must_have),
                row.rubric_id,
                applications,
            )
            for row, must_have, applications in rows_with(connection, Opening, query)
        )


def _with_plan(query: Select[*Ts]) -> Select[*Ts]:
    """A query that reads from openings, each with the newest version of its plan."""
    other = aliased(Plan)
    newest = select(func.max(col(other.version))).where(col(other.opening_id) == col(Opening.id)).scalar_subquery()
    holds = (col(Plan.opening_id) == col(Opening.id)) & (col(Plan.version) == newest)
    return query.select_from(Opening).join(Plan, holds)


def current_pack(workspace: Workspace) -> tuple[int, Pack] | None:
    """The pack adopted last with its version's id; None in a workspace without one."""
    with workspace.read() as connection:
        version = newest_version(connection)
        return None if version is None else (version, read_pack(connection, version))


def openings(workspace: Workspace) -> list[Entry]:
    """Openings, oldest first."""
    with workspace.read() as connection:
        query = _with_plan(select(col(Plan.must_have))).order_by(col(Opening.id))
        return [
            {
                "id": row.id,
                "name": row.role,
                "code": row.code,
                "level": row.level,
                "seats": row.seats,
                "approved_on": _text(row.approved_on),
                "approved_by": row.approved_by_id,
                "manager": row.manager_id,
                "must_have": must_have,
            }
            for row, must_have in rows_with(connection, Opening, query)
        ]


def candidates(workspace: Workspace) -> list[Entry]:
    """Candidates, oldest first."""
    with workspace.read() as connection:
        return [
            {
                "id": row.id,
                "name": row.name,
                "mail": row.mail,
                "phone": row.phone,
                "now_at": row.now_at,
                "place": row.place,
                "came_by": row.came_by,
                "can_start": row.can_start,
                "kept_until": _text(row.kept_until),
            }
            for row in rows_of(connection, Candidate, order_by=[col(Candidate.id)])
        ]


def applications(workspace: Workspace) -> list[Entry]:
    """Applications, oldest first: who, in which opening, at which stage, how it stands, how many cards are in."""
    with workspace.read() as connection:
        query = (
            select(
                col(Application.id),
                col(Application.candidate_id),
                col(Application.opening_id),
                col(Stage.name),
                col(Application.outcome),
                col(Application.applied_on),
            )
            .select_from(Application)
            .join(Stage, col(Stage.id) == col(Application.stage_id))
            .order_by(col(Application.id))
        )
        rows = connection.execute(query).all()
        sealing = sealings(connection, [application for application, *_ in rows])
    return [
        {
            "id": application,
            "candidate": candidate,
            "opening": opening,
            "stage": stage,
            "outcome": outcome,
            "applied_on": _text(applied_on),
            "cards_in": sealing[application].cards_in,
            "cards_planned": sealing[application].cards_planned,
        }
        for application, candidate, opening, stage, outcome, applied_on in rows
    ]


def interviews(workspace: Workspace) -> list[Entry]:
    """Interviews, oldest first."""
    with workspace.read() as connection:
        query = (
            select(col(PlanRound.exercise))
            .select_from(Interview)
            .join(PlanRound, col(PlanRound.id) == col(Interview.round_id))
            .order_by(col(Interview.id))
        )
        return [
            {
                "id": row.id,
                "application": row.application_id,
                "round": exercise,
                "interviewer": row.interviewer_id,
                "starts_at": _text(row.starts_at),
                "minutes": row.minutes,
                "place": row.place,
                "dimensions": row.dimensions,
                "shadow": row.shadow,
            }
            for row, exercise in rows_with(connection, Interview, query)
        ]


def scorecards(workspace: Workspace) -> list[Entry]:
    """Cards, oldest first. One that is sealed to me has the five keys that say where it is, and no other."""
    with workspace.read() as connection:
        query = (
            select(col(Interview.application_id))
            .select_from(Scorecard)
            .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
            .order_by(col(Scorecard.id))
        )
        rows = rows_with(connection, Scorecard, query)
        sealing = sealings(connection, {application for _, application in rows})
        visible = {
            card.id
            for card, application in rows
            if sealing[application].shows(workspace.me, card.author_id, card.entered_by_id, card.state)
        }
        contents = read_cards(connection, visible)
    found = []
    for card, application in rows:
        entry: Entry = {
            "id": card.id,
            "application": application,
            "interview": card.interview_id,
            "interviewer": card.author_id,
            "state": card.state,
        }
        if card.id in visible:
            content = contents[card.id]
            entry |= {
                "level": content.level,
                "submitted_at": _text(card.submitted_at),
                "overall": content.overall,
                "amends": card.amends_id,
                "scores": {g.dimension: g.score for g in content.ratings if g.answered},
            }
        found.append(entry)
    return found


def colleagues(workspace: Workspace) -> list[Entry]:
    """Colleagues, oldest first."""
    return [
        {"id": row.id, "name": row.name, "mail": row.mail, "role": row.role, "me": row.me}
        for row in sorted(colleague_rows(workspace), key=lambda row: row.id)
    ]


def _text(value: object) -> object:
    """Dates and moments as ISO text, for JSON."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def guides(workspace: Workspace) -> list[Entry]:
    """Every version of every leveling guide."""
    return [
        {
            "id": r.id,
            "name": r.name,
            "version": r.version,
            "newest": r.newest,
            "source": r.source,
            "reason": r.reason,
            "made_at": _text(r.made_at),
            "by": r.by,
            "levels": r.levels,
            "dimensions": r.dimensions,
        }
        for r in guide_rows(workspace)
    ]
