"""Which applications wait on purpose now, and why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.store.columns import among
from app.store.tables_people import Hold


def holds_of(connection: Connection, applications: Collection[int]) -> dict[int, tuple[str, date | None]]:
    """By application that is on hold now, why, and until when where that was said."""
    query = select(col(Hold.application_id), col(Hold.reason), col(Hold.until)).where(
        among(col(Hold.application_id), applications), col(Hold.ended_at).is_(None)
    )
    return {application: (reason, until) for application, reason, until in connection.execute(query)}
