"""Forms that came back: which cards and assessments came in one, by whom it was brought in, and of which day it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Table, select

from app.store.columns import table_of
from app.store.tables import Colleague, ReturnedForm
from app.store.tables_growth import ReturnedAssessment

_forms, _assessments, _colleagues = table_of(ReturnedForm), table_of(ReturnedAssessment), table_of(Colleague)


@dataclass(frozen=True)
class Brought:
    """A form its author filled in: who brought it in and when, the date that stands on it, and the day it means.

    `beside` says what the original holds more than its fields (`domain.form.Beside`).
    """

    by: str
    at: datetime
    written: str
    written_on: date | None
    beside: tuple[str, ...]


def cards_brought(connection: Connection, cards: Collection[int]) -> dict[int, Brought]:
    """By card, the form it came in."""
    return _brought(connection, _forms, "scorecard_id", cards)


def _brought(connection: Connection, forms: Table, key: str, wanted: Collection[int]) -> dict[int, Brought]:
    query = (
        select(forms, _colleagues.c.name.label("by"))
        .select_from(forms.outerjoin(_colleagues, _colleagues.c.id == forms.c.brought_by_id))
        .where(forms.c[key].in_(wanted))
        .order_by(forms.c.id)
    )
    return {
        row[key]: Brought(row["by"] or "", row["brought_at"], row["written"], row["written_on"], tuple(row["beside"]))
        for row in connection.execute(query).mappings()
    }
