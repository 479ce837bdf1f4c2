"""The report of a finished write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.kinds import DECLARED, Kind, Op
from app.store.history import Change


def by_another(at: datetime) -> Changed:
    """What is told when another process has written: anything may be different, and nothing of it is undone here."""
    return Changed(Op.CHANGE_SETTINGS, frozenset(Kind), 0, "", at)


@dataclass(frozen=True)
class Changed:
    """What a step did, for pages to refresh and for undo to take back.

    `subject` is the id of the row the step was about, `words` what undo would say, `merge` the key under which
    quick repetitions count as one, `number` the step's place in the history (None for drafts and typing).
    """

    op: Op
    kinds: frozenset[Kind]
    subject: int
    words: str
    at: datetime
    changes: tuple[Change, ...] = ()
    merge: tuple[object, ...] | None = None
    number: int | None = None

    @property
    def undoable(self) -> bool:
        """Whether it may be taken back; what was declared may not."""
        return self.op not in DECLARED and bool(self.changes)
