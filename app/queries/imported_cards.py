"""Cards from other programs as an application's page shows them, to whom they are not sealed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection
from sqlmodel import col

from app.domain.imported_card import CardFromElsewhere, MarkFromElsewhere
from app.domain.scorecard import Sealing
from app.store.columns import among, rows_of
from app.store.tables_imported import ImportedCard, ImportedMark


@dataclass(frozen=True)
class ImportedCards:
    """Those one may see; `sealed` counts those that wait for one's own card."""

    cards: tuple[CardFromElsewhere, ...]
    sealed: int


def imported_cards(connection: Connection, application: int, sealing: Sealing, me: int | None) -> ImportedCards:
    """The cards of an application, the earliest first: none of them to who owes a card for it here."""
    of_it = col(ImportedCard.application_id) == application
    order = [col(ImportedCard.submitted_at), col(ImportedCard.id)]
    rows = rows_of(connection, ImportedCard, of_it, order_by=order)
    if me is None or sealing.owes(me):
        return ImportedCards((), len(rows))
    marks: dict[int, list[MarkFromElsewhere]] = {}
    of_them = among(col(ImportedMark.card_id), [row.id for row in rows])
    order = [col(ImportedMark.position), col(ImportedMark.id)]
    for one in rows_of(connection, ImportedMark, of_them, order_by=order):
        marks.setdefault(one.card_id, []).append(MarkFromElsewhere(one.name, one.said, one.note))
    return ImportedCards(
        tuple(
            CardFromElsewhere(
                row.source,
                row.number,
                row.author,
                row.round,
                row.held_at,
                row.submitted_at,
                row.overall,
                row.text,
                tuple(marks.get(row.id, ())),
            )
            for row in rows
        ),
        0,
    )
