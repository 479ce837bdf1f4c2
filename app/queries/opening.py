"""Openings that were cancelled: on which day, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.store.tables import Opening
from app.store.workspace import Workspace


@dataclass(frozen=True)
class GivenUp:
    """The day an opening was cancelled, and the reason that was given."""

    on: date
    reason: str


def given_up(workspace: Workspace) -> dict[int, GivenUp]:
    """Every opening that is cancelled now, by its id."""
    query = select(col(Opening.id), col(Opening.cancelled_on), col(Opening.cancel_reason))
    with workspace.read() as connection:
        rows = connection.execute(query.where(col(Opening.cancelled_on).is_not(None))).all()
    return {opening: GivenUp(on, reason) for opening, on, reason in rows if on is not None}
