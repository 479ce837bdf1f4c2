"""The report of a finished write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from app.domain.operations import DECLARED, Op
from app.store.history import RowChange

HISTORY = "history"


@dataclass(frozen=True)
class ChangeReport:
    """What a step did, for undo to take back, and for pages to learn whether they show it.

    `subject` is the id of the row the step was about, `words` what undo would say, `merge` the key under which
    quick repetitions count as one, `number` the step's place in the history (None for drafts and typing). `beside` are
    changes that are never taken back, `remains` the files that may still hold what was deleted for good.
    """

    op: Op
    subject: int
    words: str
    at: datetime
    changes: tuple[RowChange, ...] = ()
    merge: tuple[object, ...] | None = None
    number: int | None = None
    beside: tuple[RowChange, ...] = ()
    remains: tuple[Path, ...] = ()

    @property
    def undoable(self) -> bool:
        """Whether it may be taken back; what was declared may not."""
        return self.op not in DECLARED and bool(self.changes)

    def touches(self, tables: frozenset[str]) -> bool:
        """Whether anything in one of these tables is another now."""
        return not tables.isdisjoint(self.tables) or (self.number is not None and HISTORY in tables)

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables that have a row which is another now."""
        return frozenset(change.table for change in (*self.changes, *self.beside))
