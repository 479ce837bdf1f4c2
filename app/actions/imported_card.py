"""Cards that come from another program, with the application they are about."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from app.domain.imported_card import CardFromElsewhere
from app.store.step import Step
from app.store.tables_imported import ImportedCard, ImportedMark


def bring_in(step: Step, application: int, card: CardFromElsewhere) -> bool:
    """Keep a card inside a running step; False where the one of this number from there is known already."""
    known = select(col(ImportedCard.id)).where(
        col(ImportedCard.application_id) == application,
        col(ImportedCard.source) == card.source,
        col(ImportedCard.number) == card.number,
    )
    if card.number and step.first(known) is not None:
        return False
    row = step.add(
        ImportedCard,
        application_id=application,
        source=card.source,
        number=card.number,
        author=card.author,
        round=card.round,
        held_at=card.held_at,
        submitted_at=card.submitted_at,
        overall=card.overall,
        text=card.text,
    )
    for position, mark in enumerate(card.marks):
        step.add(
            ImportedMark,
            card_id=row,
            position=position,
            name=mark.name,
            said=mark.said,
            score=mark.score,
            note=mark.note,
        )
    return True
