"""The tables of the history: the chain, and what of it may be erased."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary
from sqlmodel import Field

from app.store.columns import Stored


class History(Stored, table=True):
    """The chain. `digest` is salted per person, so that erasing `image` and `salt` rows leaves it verifiable."""

    number: int | None = Field(default=None, primary_key=True)
    step: int
    at: str
    who: int | None
    op: str
    subject: str
    person: str
    digest: str
    previous: str
    hash: str


class Image(Stored, table=True):
    """Before and after of a history row, as JSON; erasing a person empties these."""

    number: int = Field(sa_column=Column(Integer, ForeignKey("history.number"), primary_key=True, autoincrement=False))
    content: str


class Salt(Stored, table=True):
    """The random bytes that go into every digest about one person."""

    person: str = Field(primary_key=True)
    salt: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Unfinished(Stored, table=True):
    """A shared row that is being typed in: its state before the typing began, until the field is left."""

    __tablename__ = "unfinished"
    __table_args__ = (Index("uq_unfinished", "table_name", "row_id", unique=True),)

    id: int | None = Field(default=None, primary_key=True)
    table_name: str
    row_id: int
    before: str
    person: str
    op: str
    who: int | None
    touched_at: str
