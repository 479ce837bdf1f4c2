"""Forms that came back: which cards came in one, by whom it was brought in, and of which day it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.store.tables import Colleague
from app.store.tables_forms import ReturnedForm


@dataclass(frozen=True)
class ReturnedBy:
    """A form its author filled in: who brought it in and when, the date that stands on it, and the day it means.

    `beside` says what the original holds more than its fields (`domain.scorecard_form.Beside`).
    """

    by: str
    at: datetime
    written: str
    written_on: date | None
    beside: tuple[str, ...]


def cards_brought(connection: Connection, cards: Collection[int]) -> dict[int, ReturnedBy]:
    """By card, the form it came in."""
    query = (
        select(
            col(ReturnedForm.scorecard_id),
            col(Colleague.name),
            col(ReturnedForm.brought_at),
            col(ReturnedForm.written),
            col(ReturnedForm.written_on),
            col(ReturnedForm.beside),
        )
        .select_from(ReturnedForm)
        .outerjoin(Colleague, col(Colleague.id) == col(ReturnedForm.brought_by_id))
        .where(col(ReturnedForm.scorecard_id).in_(cards))
        .order_by(col(ReturnedForm.id))
    )
    return {
        card: ReturnedBy(by or "", at, written, written_on, tuple(beside))
        for card, by, at, written, written_on, beside in connection.execute(query)
    }
