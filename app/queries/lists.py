"""Plain lists: for choices on a page and for the command line. A sealed card shows where it is, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app.domain.pack import Pack
from app.domain.pipeline import Outcome
from app.queries.guide import guide_rows
from app.records.visibility import sealings
from app.store.columns import table_of
from app.store.rubric import newest_version, read_pack
from app.store.scorecard import read_cards
from app.store.tables import Application, Candidate, Colleague, Interview, Opening, Scorecard, Stage
from app.store.tables_panel import Plan, PlanRound
from app.store.workspace import Workspace

Entry = dict[str, Any]

_application, _candidate, _colleague = table_of(Application), table_of(Candidate), table_of(Colleague)
_interview, _opening, _round, _plan = table_of(Interview), table_of(Opening), table_of(PlanRound), table_of(Plan)
_card, _stage = table_of(Scorecard), table_of(Stage)


_later = table_of(Plan).alias()
_newest = select(func.max(_later.c.version)).where(_later.c.opening_id == _opening.c.id).scalar_subquery()
_with_plan = _opening.join(_plan, (_plan.c.opening_id == _opening.c.id) & (_plan.c.version == _newest))


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
        rows = connection.execute(select(_colleague).order_by(_colleague.c.name, _colleague.c.id)).all()
    return tuple(ColleagueRow(r.id, r.name, r.mail, r.role, r.id == workspace.me) for r in rows)


def opening_rows(workspace: Workspace) -> tuple[OpeningRow, ...]:
    """Every opening, the one with most active applications first."""
    active = (
        select(func.count())
        .where(_application.c.opening_id == _opening.c.id, _application.c.outcome == Outcome.ACTIVE)
        .scalar_subquery()
    )
    with workspace.read() as connection:
        rows = connection.execute(
            select(_opening, _plan.c.must_have, active.label("active"))
            .select_from(_with_plan)
            .order_by(active.desc(), _opening.c.id)
        ).mappings()
        return tuple(
            OpeningRow(
                r["id"],
                r["code"],
                r["role"],
                r["level"],
                r["seats"],
                r["approved_on"],
                r["approved_by_id"],
                r["manager_id"],
                tuple(r["must_have"]),
                r["rubric_id"],
                r["active"],
            )
            for r in rows
        )


def current_pack(workspace: Workspace) -> tuple[int, Pack] | None:
    """The pack adopted last with its version's id; None in a workspace without one."""
    with workspace.read() as connection:
        version = newest_version(connection)
        return None if version is None else (version, read_pack(connection, version))


def openings(workspace: Workspace) -> list[Entry]:
    """Openings, oldest first."""
    with workspace.read() as connection:
        query = select(_opening, _plan.c.must_have).select_from(_with_plan).order_by(_opening.c.id)
        rows = connection.execute(query).mappings()
        return [
            {
                "id": r["id"],
                "name": r["role"],
                "code": r["code"],
                "level": r["level"],
                "seats": r["seats"],
                "approved_on": _text(r["approved_on"]),
                "approved_by": r["approved_by_id"],
                "manager": r["manager_id"],
                "must_have": list(r["must_have"]),
            }
            for r in rows
        ]


def candidates(workspace: Workspace) -> list[Entry]:
    """Candidates, oldest first."""
    with workspace.read() as connection:
        rows = connection.execute(select(_candidate).order_by(_candidate.c.id)).mappings()
        return [{k: _text(v) for k, v in r.items()} for r in rows]


def applications(workspace: Workspace) -> list[Entry]:
    """Applications, oldest first: who, in which opening, at which stage, how it stands, how many cards are in."""
    with workspace.read() as connection:
        query = (
            select(_application, _stage.c.name.label("stage"))
            .select_from(_application.join(_stage))
            .order_by(_application.c.id)
        )
        rows = connection.execute(query).mappings().all()
        sealing = sealings(connection, [r["id"] for r in rows])
        return [
            {
                "id": r["id"],
                "candidate": r["candidate_id"],
                "opening": r["opening_id"],
                "stage": r["stage"],
                "outcome": r["outcome"],
                "applied_on": _text(r["applied_on"]),
                "cards_in": sealing[r["id"]].cards_in,
                "cards_planned": sealing[r["id"]].cards_planned,
            }
            for r in rows
        ]


def interviews(workspace: Workspace) -> list[Entry]:
    """Interviews, oldest first."""
    with workspace.read() as connection:
        query = select(_interview, _round.c.exercise).select_from(_interview.join(_round)).order_by(_interview.c.id)
        rows = connection.execute(query).mappings().all()
        return [
            {
                "id": r["id"],
                "application": r["application_id"],
                "round": r["exercise"],
                "interviewer": r["interviewer_id"],
                "starts_at": _text(r["starts_at"]),
                "minutes": r["minutes"],
                "place": r["place"],
                "dimensions": list(r["dimensions"]),
                "shadow": r["shadow"],
            }
            for r in rows
        ]


def scorecards(workspace: Workspace) -> list[Entry]:
    """Cards, oldest first. One that is sealed to me has the five keys that say where it is, and no other."""
    with workspace.read() as connection:
        query = select(_card, _interview.c.application_id).select_from(_card.join(_interview)).order_by(_card.c.id)
        rows = connection.execute(query).mappings().all()
        sealing = sealings(connection, {r["application_id"] for r in rows})
        visible = {
            r["id"]
            for r in rows
            if sealing[r["application_id"]].shows(workspace.me, r["author_id"], r["entered_by_id"], r["state"])
        }
        contents = read_cards(connection, visible)
    found = []
    for r in rows:
        entry: Entry = {
            "id": r["id"],
            "application": r["application_id"],
            "interview": r["interview_id"],
            "interviewer": r["author_id"],
            "state": r["state"],
        }
        if r["id"] in visible:
            content = contents[r["id"]]
            entry |= {
                "level": content.level,
                "submitted_at": _text(r["submitted_at"]),
                "overall": content.overall,
                "amends": r["amends_id"],
                "scores": {g.dimension: g.score for g in content.ratings if g.answered},
            }
        found.append(entry)
    return found


def colleagues(workspace: Workspace) -> list[Entry]:
    """Colleagues, oldest first."""
    with workspace.read() as connection:
        rows = connection.execute(select(_colleague).order_by(_colleague.c.id)).mappings()
        return [{**r, "me": r["id"] == workspace.me} for r in rows]


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
