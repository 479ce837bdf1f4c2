"""Which applications wait on purpose now, and why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, Exists, select
from sqlmodel import col

from app.store.columns import among
from app.store.step import Step
from app.store.tables import Application
from app.store.tables_people import Hold


def holds_of(connection: Connection, applications: Collection[int]) -> dict[int, tuple[str, date | None]]:
    """By application that is on hold now, why, and until when where that was said."""
    query = select(col(Hold.application_id), col(Hold.reason), col(Hold.until)).where(
        among(col(Hold.application_id), applications), col(Hold.ended_at).is_(None)
    )
    return {application: (reason, until) for application, reason, until in connection.execute(query)}


def is_held() -> Exists:
    """For a query on applications: whether one is on hold now."""
    return (
        select(col(Hold.id))
        .where(col(Hold.application_id) == col(Application.id), col(Hold.ended_at).is_(None))
        .exists()
    )


def end_hold(step: Step, application: int) -> bool:
    """End that an application is on hold, inside a running step; False where it is not."""
    query = select(col(Hold.id)).where(col(Hold.application_id) == application, col(Hold.ended_at).is_(None))
    held = step.values(query)
    for row in held:
        step.edit(Hold, row, ended_at=step.at, ended_by_id=step.who)
    return bool(held)
