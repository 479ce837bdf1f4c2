"""Openings changed in one thing alone, as their form does with all that it holds."""

from __future__ import annotations

from app.actions import opening
from app.queries.lists import opening_rows
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace


def move_rubric(workspace: Workspace, number: int, version: int, level: str = "") -> ChangeReport:
    """Score an opening by another rubric version, at its own level or another. Raises what the edit raises."""
    row = next(row for row in opening_rows(workspace) if row.id == number)
    return opening.edit(
        workspace,
        number,
        code=row.code,
        role=row.role,
        level=level or row.level,
        seats=row.seats,
        approved_on=row.approved_on,
        approved_by=row.approved_by,
        manager=row.manager,
        guide=row.guide,
        rubric=version,
    )
