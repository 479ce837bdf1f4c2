"""Lines being typed on a scorecard: in the file from the first word on, among the others once they are left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.actions import scorecard
from app.store.changed import Changed

if TYPE_CHECKING:
    from app.desk.pages.scorecard import ScorecardPage

NOTE, EVIDENCE = "note", "evidence"
_ON_ITS_WAY = -1


class TypedLines:
    """For each of the two fields, the line in the file that is being typed in it."""

    def __init__(self, page: ScorecardPage) -> None:
        self._page = page
        self._lines: dict[str, int | None] = {NOTE: None, EVIDENCE: None}

    def hidden(self, field: str) -> int | None:
        """The line that stands in the field and so is not shown a second time."""
        return self._lines[field]

    def forget(self) -> None:
        """Another card is shown: the fields are empty."""
        for field in self._lines:
            self._lines[field] = None
            entry = self._page.entry(field)
            if entry is not None:
                entry.forget()

    def type(self, field: str, text: str, dimension: str | None) -> None:
        """Keep what stands in the field."""
        if self._lines[field] == _ON_ITS_WAY:
            self._page.desk.work.drain()  # the line's number comes back with its first word
        line = self._lines[field]
        if line is not None:
            self.save(line, text)
            if not text.strip():
                self._lines[field] = None
        elif text.strip():
            self._lines[field] = _ON_ITS_WAY
            self._page.act(scorecard.note, text, dimension, then=partial(self._arrived, field))

    def end(self, field: str) -> None:
        """The line is finished: it joins the others, and the field is free for the next one."""
        entry = self._page.entry(field)
        self._lines[field] = None
        if entry is not None and entry.text:
            entry.forget()
        self._page.refresh()

    def turn_note(self) -> None:
        """The note just typed becomes evidence for the open dimension."""
        target = self._page.open_one
        if target is None or self._lines[NOTE] is None:
            return
        self._page.desk.work.drain()
        line = self._lines[NOTE]
        self.end(NOTE)
        if line is not None and line != _ON_ITS_WAY:
            self.use(line, target)

    def save(self, line: int, text: str) -> None:
        """Keep the words of a line; an empty one is taken out."""
        self._page.write(partial(scorecard.edit_note, self._page.workspace, line, text))

    def use(self, line: int, dimension: str | None) -> None:
        """Make a note evidence for a dimension, or send it back to the notes."""
        self._page.write(partial(scorecard.use_note, self._page.workspace, line, dimension))

    def _arrived(self, field: str, changed: Changed) -> None:
        if self._lines[field] == _ON_ITS_WAY:
            self._lines[field] = next(c.row for c in changed.changes if c.table == "note")
