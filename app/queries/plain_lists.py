"""The command line's lists, as entries for JSON. Of a sealed card they say where it is, and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.domain.candidate import FIELDS
from app.queries.calibration import calibration_rows, calibration_view
from app.queries.guide import guide_rows
from app.queries.lists import colleague_rows, with_newest_plan
from app.queries.rubrics import rubric_names, rubric_rows
from app.queries.team import team_page
from app.records.candidate import candidate_facts, reached
from app.records.visibility import sealings
from app.store.columns import rows_of, rows_with
from app.store.scorecard import read_cards
from app.store.tables import Application, Candidate, Interview, Opening, Scorecard, Stage
from app.store.tables_panel import Plan, PlanRound
from app.store.workspace import Workspace

Entry = dict[str, Any]
"""One thing of a list. Its keys are the command line's JSON."""


def openings(workspace: Workspace) -> list[Entry]:
    """Openings, oldest first."""
    with workspace.read() as connection:
        query = with_newest_plan(select(col(Plan.must_have))).order_by(col(Opening.id))
        named = rubric_names(connection)
        return [
            {
                "id": row.id,
                "name": row.role,
                "code": row.code,
                "level": row.level,
                "guide": row.guide_id,
                "rubric": named[row.rubric_id].pack,
                "rubric_version": named[row.rubric_id].version,
                "seats": row.seats,
                "approved_on": _text(row.approved_on),
                "approved_by": row.approved_by_id,
                "manager": row.manager_id,
                "must_have": must_have,
            }
            for row, must_have in rows_with(connection, query, Opening)
        ]


def rubrics(workspace: Workspace) -> list[Entry]:
    """Every version of every rubric, oldest first."""
    return [
        {
            "id": r.id,
            "rubric": r.pack,
            "name": r.name,
            "version": r.version,
            "newest": r.newest,
            "dimensions": r.dimensions,
            "openings": r.openings,
            "reason": r.reason,
            "adopted_at": _text(r.adopted_at),
            "by": r.by,
        }
        for r in sorted(rubric_rows(workspace), key=lambda r: r.id)
    ]


def candidates(workspace: Workspace) -> list[Entry]:
    """Candidates, oldest first."""
    with workspace.read() as connection:
        rows = rows_of(connection, Candidate, order_by=[col(Candidate.id)])
        ways = reached(connection, [row.id for row in rows])
    facts = [(row.id, candidate_facts(row, ways.get(row.id, {}))) for row in rows]
    return [{"id": number, **{f.key: _text(known.fact(f)) for f in FIELDS}} for number, known in facts]


def applications(workspace: Workspace) -> list[Entry]:
    """Applications, oldest first: candidate, opening, stage, outcome, and how many cards are in."""
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
            for row, exercise in rows_with(connection, query, Interview)
        ]


def scorecards(workspace: Workspace) -> list[Entry]:
    """Cards, oldest first. One that is sealed to the workspace's user has only the keys that say where it is."""
    with workspace.read() as connection:
        query = (
            select(col(Interview.application_id))
            .select_from(Scorecard)
            .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
            .order_by(col(Scorecard.id))
        )
        rows = rows_with(connection, query, Scorecard)
        sealing = sealings(connection, {application for _, application in rows})
        visible = {
            card.id
            for card, application in rows
            if sealing[application].shows(workspace.me, card.author_id, card.entered_by_id, card.state)
        }
        contents = read_cards(connection, visible)
        named = rubric_names(connection)
    found = []
    for card, application in rows:
        entry: Entry = {
            "id": card.id,
            "application": application,
            "interview": card.interview_id,
            "interviewer": card.author_id,
            "state": card.state,
            "rubric": named[card.rubric_id].pack,
            "rubric_version": named[card.rubric_id].version,
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


def members(workspace: Workspace) -> list[Entry]:
    """Members, oldest first, with the scores of their latest visible assessments."""
    found: list[Entry] = []
    for row in sorted(team_page(workspace).members, key=lambda m: m.id):
        latest = row.latest
        found.append(
            {
                "id": row.id,
                "name": row.name,
                "colleague": row.colleague,
                "level": row.level,
                "level_since": _text(row.level_since),
                "manager": row.manager,
                "started_on": _text(row.started_on),
                "left_on": _text(row.left_on),
                "application": row.application,
                "against": latest.level if latest is not None else None,
                "outcome": (latest.outcome or None) if latest is not None else None,
                "readiness": str(latest.word) if latest is not None and latest.word is not None else None,
                "scores": {c.dimension: c.score for c in latest.cells if c.score is not None} if latest else {},
            }
        )
    return found


def cycles(workspace: Workspace) -> list[Entry]:
    """Calibrations, oldest first: their state, their members, and how many assessments are due."""
    found: list[Entry] = []
    for row in reversed(calibration_rows(workspace)):
        page = calibration_view(workspace, row.id)
        found.append(
            {
                "id": row.id,
                "name": row.name,
                "state": str(row.state),
                "guide": page.guide_version,
                "window_from": _text(page.window_from),
                "window_to": _text(page.window_to),
                "due": row.due,
                "begun": page.begun,
                "members": [
                    {
                        "member": m.member,
                        "name": m.name,
                        "level": m.level,
                        "target": m.target,
                        "assessments_in": m.sealing.cards_in,
                        "assessments_asked": m.sealing.cards_planned,
                        "readiness": str(m.judged.verdict.word) if m.judged is not None else None,
                        "outcome": m.outcome.outcome if m.outcome is not None else None,
                    }
                    for m in page.members
                ],
            }
        )
    return found


def _text(value: object) -> object:
    """Dates and moments as ISO text, for JSON."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value
