"""What became of the rows of a table that was brought in, or would."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.words import tr


class Came(StrEnum):
    """What became of a row, or would."""

    ADDED = "added"
    CHANGED = "changed"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True)
class RowCame:
    """A row, by its line, with what became of it; `why` says what it adds, what differs, or why it needs a person."""

    line: int
    name: str
    came: Came
    why: str = ""

    @property
    def words(self) -> str:
        """'Line 3, Wei Zhang: …'."""
        if not self.name:
            return tr("Line {line}: {why}.").format(line=self.line, why=self.why)
        return tr("Line {line}, {name}: {why}.").format(line=self.line, name=self.name, why=self.why)
