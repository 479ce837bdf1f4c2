"""The table of filled forms that came back, as rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Column, ForeignKey, Text
from sqlmodel import Field

from app.domain.operations import Kind
from app.store.columns import NUMBERED, HistoryRow, day_column, key, no_words, to, utc


class ReturnedForm(HistoryRow, table=True):
    """A filled form that came back and became a card; its bytes are in `blob` under their hash.

    `written` is the date as it stands on the form, `written_on` the day it was read as; `beside` says what the
    original holds more than its fields.
    """

    __tablename__ = "returned_form"
    __table_args__ = (NUMBERED,)
    kind: ClassVar[Kind] = Kind.FILE
    person: ClassVar[tuple[str, ...]] = ("scorecard_id",)

    id: int = key()
    scorecard_id: int = to("scorecard.id")
    name: str
    size: int
    digest: str = Field(sa_column=Column(Text, ForeignKey("blob.digest"), nullable=False, index=True))
    brought_at: datetime = utc()
    brought_by_id: int | None = to("colleague.id", null=True, index=False)
    written: str = ""
    written_on: date | None = day_column()
    beside: list[str] = no_words()
