"""What an import is to write about somebody, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.actions.candidate_matching import HeldApplication, Person
from app.actions.imported_rows import RowCame
from app.domain.imported_card import CardFromElsewhere
from app.store.columns import HistoryRow
from app.store.tables_people import FurtherFact
from app.words import tr

Columns = dict[str, Any]


@dataclass
class NewApplication:
    """An application to be written; one that is closed has `closing`, and nobody knows when it was in which stage."""

    held: HeldApplication
    columns: Columns
    closing: Columns | None = None


@dataclass(frozen=True)
class NewFile:
    """A file to be attached to an application, which may be a new one."""

    held: HeldApplication
    name: str
    content: bytes


@dataclass(frozen=True)
class NewCard:
    """A card from elsewhere on an application, which may be a new one."""

    held: HeldApplication
    card: CardFromElsewhere


@dataclass
class NewRows:
    """What is to be written about one person, in its order."""

    who: Person
    columns: Columns = field(default_factory=dict)
    rows: list[tuple[type[HistoryRow], Columns]] = field(default_factory=list)
    applications: list[NewApplication] = field(default_factory=list)
    files: list[NewFile] = field(default_factory=list)
    cards: list[NewCard] = field(default_factory=list)
    edited: bool = False


@dataclass
class Plan:
    """An import as it was worked out: what became of each row, and what is to be written. `unclear` counts marks that
    need a person, `files_without` and `cards_without` what has no application here."""

    rows: list[RowCame] = field(default_factory=list)
    people: list[Person | None] = field(default_factory=list)
    news: dict[int, NewRows] = field(default_factory=dict)
    applications: int = 0
    not_opened: int = 0
    files: int = 0
    cards: int = 0
    unclear: int = 0
    files_without: int = 0
    cards_without: int = 0
    closed: int = 0

    def let_go(self) -> None:
        """Forget everybody, one after the other, once it is done."""
        while self.news:
            self.news.popitem()
        while self.people:
            self.people.pop()


@dataclass
class Said:
    """What a row has more of somebody, what otherwise, and what else is to be said of it."""

    more: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def __iadd__(self, other: Said) -> Said:
        self.more += other.more
        self.differs += other.differs
        self.remarks += other.remarks
        return self

    @property
    def words(self) -> str:
        """All of it in a sentence."""
        parts = [tr("new: {what}").format(what=", ".join(self.more))] if self.more else []
        if self.differs:
            parts.append(tr("differs, and stays as it is here: {what}").format(what=", ".join(self.differs)))
        return "; ".join([*parts, *self.remarks])


def add_further(new: NewRows, name: str, value: str, said: Said) -> None:
    """Keep a further fact; where another is kept under its name, that one stays."""
    held = new.who.further.get(name)
    if held is None:
        new.who.further[name] = value
        new.rows.append((FurtherFact, {"name": name, "value": value}))
        said.more.append(name)
    elif held != value:
        said.differs.append(name)
