"""The tables of cards that came from another program. No rule of a panel reads them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint

from app.domain.operations import Kind
from app.store.columns import NUMBERED, HistoryRow, key, to, utc


class ImportedCard(HistoryRow, table=True):
    """A card as it came: `source` is the program, `number` what it is called there, `overall` its word as it came."""

    __tablename__ = "imported_card"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.APPLICATION
    person: ClassVar[tuple[str, ...]] = ("application_id",)

    id: int = key()
    application_id: int = to("application.id")
    source: str
    number: str
    author: str
    round: str = ""
    held_at: datetime | None = utc(null=True)
    submitted_at: datetime | None = utc(null=True)
    overall: str = ""
    text: str = ""


class ImportedMark(HistoryRow, table=True):
    """What an imported card says on one attribute; `said` is the word as it came, `score` what it is by our scale."""

    __tablename__ = "imported_mark"
    __table_args__ = (CheckConstraint("score IS NULL OR score BETWEEN 1 AND 4", name="score"), NUMBERED)
    kind: ClassVar[Kind] = Kind.APPLICATION
    person: ClassVar[tuple[str, ...]] = ("card_id",)

    id: int = key()
    card_id: int = to("imported_card.id")
    position: int
    name: str
    said: str = ""
    score: int | None = None
    note: str = ""
