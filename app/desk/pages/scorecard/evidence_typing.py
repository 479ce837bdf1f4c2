"""Lines being typed on a scorecard: in the file from the first word on, among the others once they are left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.actions import scorecard
from app.desk.pages.scorecard.brief import BriefPane
from app.desk.pages.scorecard.dimension import DimensionPane
from app.desk.pages.scorecard.saving import CardSaving
from app.desk.parts.growing_text import GrowingText
from app.store.change_report import ChangeReport

NOTE, EVIDENCE = "note", "evidence"


class CardEvidenceTyping:
    """For each of the two fields, the line in the file that is being typed in it.

    A number below zero stands for a line whose first words are on their way to the file.
    """

    def __init__(
        self,
        saving: CardSaving,
        brief: BriefPane,
        pane: Callable[[], DimensionPane | None],
        refresh: Callable[[], None],
    ) -> None:
        """`pane` gives the dimension that is open; `refresh` shows the card with what is hidden now."""
        self._saving, self._brief, self._pane, self._refresh = saving, brief, pane, refresh
        self._lines: dict[str, int | None] = {NOTE: None, EVIDENCE: None}
        self._begun = 0
        self._newer: dict[int, str] = {}
        self._targets: dict[int, str] = {}

    def hidden(self, field: str) -> int | None:
        """The line that stands in the field and so is not shown a second time."""
        return self._lines[field]

    def forget(self) -> None:
        """Another card is shown: the fields are empty."""
        for field in self._lines:
            self._lines[field] = None
            if (entry := self._entry(field)) is not None:
                entry.forget()

    def follow(self, field: str, dimension: str | None) -> None:
        """Keep from now on what is typed in the field."""
        entry = self._entry(field)
        assert entry is not None
        entry.typed.connect(lambda text: self._type(field, text, dimension))
        entry.finished.connect(lambda _text: self.end(field))
        entry.entered.connect(partial(self.end, field))

    def _type(self, field: str, text: str, dimension: str | None) -> None:
        line = self._lines[field]
        if line is None:
            if text.strip():
                self._begin(field, text, dimension)
        elif line < 0:
            self._newer[line] = text
        else:
            self.save(line, text, field)
            if not text.strip():
                self._lines[field] = None

    def _begin(self, field: str, text: str, dimension: str | None) -> None:
        self._begun -= 1
        self._lines[field] = self._begun
        self._saving.on_card(
            scorecard.note,
            text,
            dimension,
            then=partial(self._arrived, field, self._begun),
            failed=partial(self._not_taken, field, self._begun, text),
        )

    def end(self, field: str) -> None:
        """The line is finished: it joins the others, and the field is free for the next one."""
        entry = self._entry(field)
        self._lines[field] = None
        if entry is not None and entry.text:
            entry.forget()
        self._refresh()

    def turn_note(self) -> None:
        """The note just typed becomes evidence for the open dimension."""
        line, pane = self._lines[NOTE], self._pane()
        if pane is None or line is None:
            return
        self.end(NOTE)
        if line < 0:
            self._targets[line] = pane.dimension
        else:
            self.use(line, pane.dimension)

    def save(self, line: int, text: str, field: str | None = None) -> None:
        """Keep the words of a line; an empty one is taken out. Words that were not taken stay where they stand."""

        def failed() -> None:
            pane, entry = self._pane(), self._entry(field) if field is not None else None
            for shown in (self._brief.field_of(line), pane.field_of(line) if pane is not None else None, entry):
                if shown is not None:
                    shown.keep(text)

        self._saving.write(partial(scorecard.edit_note, self._saving.workspace, line, text), failed=failed)

    def use(self, line: int, dimension: str | None) -> None:
        """Make a note evidence for a dimension, or send it back to the notes."""
        self._saving.write(partial(scorecard.use_note, self._saving.workspace, line, dimension))

    def _entry(self, field: str) -> GrowingText | None:
        """Where a new line is typed."""
        pane = self._pane()
        return self._brief.entry if field == NOTE else pane.entry if pane is not None else None

    def _arrived(self, field: str, begun: int, changed: ChangeReport) -> None:
        """The line is in the file: what was typed or asked for meanwhile follows."""
        line = next(c.row for c in changed.changes if c.table == "note")
        goes_on = self._lines[field] == begun
        if goes_on:
            self._lines[field] = line
        if begun in self._newer:
            self.save(line, self._newer.pop(begun), field if goes_on else None)
        if begun in self._targets:
            self.use(line, self._targets.pop(begun))

    def _not_taken(self, field: str, begun: int, text: str) -> None:
        """The words come back to where they were typed."""
        if self._lines[field] == begun:
            self._lines[field] = None
        self._targets.pop(begun, None)
        entry = self._entry(field)
        if entry is not None:
            entry.keep(self._newer.pop(begun, text))
