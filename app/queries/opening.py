"""Openings that were given up: on which day, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.store.columns import table_of
from app.store.tables import Opening
from app.store.workspace import Workspace

_opening = table_of(Opening)


@dataclass(frozen=True)
class GivenUp:
    """The day an opening was cancelled, and the reason that was given."""

    on: date
    reason: str


def given_up(workspace: Workspace) -> dict[int, GivenUp]:
    """Every opening that is cancelled now, by its id."""
    query = select(_opening.c.id, _opening.c.cancelled_on, _opening.c.cancel_reason)
    with workspace.read() as connection:
        rows = connection.execute(query.where(_opening.c.cancelled_on.is_not(None))).mappings()
        return {row["id"]: GivenUp(row["cancelled_on"], row["cancel_reason"]) for row in rows}
