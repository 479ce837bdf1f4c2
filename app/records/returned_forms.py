"""Forms that came back: which cards came in one, by whom it was brought in, and of which day it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from app.store.columns import table_of
from app.store.tables import Colleague, ReturnedForm

_forms, _colleagues = table_of(ReturnedForm), table_of(Colleague)


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
        select(_forms, _colleagues.c.name.label("by"))
        .select_from(_forms.outerjoin(_colleagues, _colleagues.c.id == _forms.c.brought_by_id))
        .where(_forms.c.scorecard_id.in_(cards))
        .order_by(_forms.c.id)
    )
    return {
        row["scorecard_id"]: ReturnedBy(
            row["by"] or "", row["brought_at"], row["written"], row["written_on"], tuple(row["beside"])
        )
        for row in connection.execute(query).mappings()
    }
