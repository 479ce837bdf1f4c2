"""Closings of applications: each one is kept, also where the application was taken up again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.pipeline import Closed, Outcome
from app.store.columns import among
from app.store.step import Step
from app.store.tables import Application, Closing


def close_in(step: Step, application: int, outcome: Outcome, reason: str = "") -> None:
    """Close an application inside a running step."""
    step.edit(Application, application, outcome=outcome, closed_at=step.at, close_reason=reason)
    step.add(Closing, application_id=application, outcome=outcome, reason=reason, closed_at=step.at, by_id=step.who)


def reopen_in(step: Step, application: int) -> None:
    """Take it up again inside a running step; the closing stays, and says when and by whom it was reopened."""
    step.edit(Application, application, outcome=Outcome.ACTIVE, closed_at=None, close_reason="")
    open_ones = select(col(Closing.id)).where(
        col(Closing.application_id) == application, col(Closing.reopened_at).is_(None)
    )
    for closing in step.values(open_ones):
        step.edit(Closing, closing, reopened_at=step.at, reopened_by_id=step.who)


def closed_spells(connection: Connection, applications: Collection[int]) -> dict[int, Sequence[Closed]]:
    """By application, when it was closed and until when; the last one may still be."""
    found: dict[int, list[Closed]] = {}
    query = (
        select(col(Closing.application_id), col(Closing.closed_at), col(Closing.reopened_at))
        .where(among(col(Closing.application_id), applications))
        .order_by(col(Closing.id))
    )
    for application, closed_at, reopened_at in connection.execute(query):
        found.setdefault(application, []).append(Closed(closed_at, reopened_at))
    return {application: tuple(spells) for application, spells in found.items()}


def waits_since(entered: datetime, spells: Sequence[Closed]) -> datetime:
    """Since when an open application waits in its stage: not since before it was last taken up again."""
    return max([entered, *(s.until for s in spells if s.until is not None)])
