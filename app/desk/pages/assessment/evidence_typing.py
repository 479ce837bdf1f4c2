"""The line of evidence being typed on an assessment: in the file from its first word on, among the others once left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from app.actions import assessment
from app.desk.desk import Desk
from app.desk.pages.assessment.dimension import AssessedDimensionPane
from app.domain.assessment import EvidenceEntry
from app.errors import NotFound, Refused
from app.store.change_report import ChangeReport
from app.words import tr


@dataclass
class _Line:
    """A line as it is typed, and as the file has it; one write of it is under way at a time."""

    assessment: int
    dimension: str
    wanted: EvidenceEntry
    filed: EvidenceEntry | None = None
    row: int | None = None
    under_way: bool = False


class AssessmentEvidenceTyping:
    """Follows what is typed with writes, in order, also after the line was left."""

    def __init__(
        self,
        desk: Desk,
        pane: AssessedDimensionPane,
        draft: Callable[[], int | None],
        flush: Callable[[], None],
        read_again: Callable[[], None],
    ) -> None:
        """`draft` gives the assessment that can be written in now; `flush` saves what is being typed."""
        self._desk, self._pane = desk, pane
        self._draft, self._flush, self._read_again = draft, flush, read_again
        self._line: _Line | None = None
        pane.entry.typed.connect(self._type)
        pane.entry.added.connect(self._add)

    @property
    def hidden(self) -> int | None:
        """The row that stands in the fields and so is not shown a second time."""
        return self._line.row if self._line is not None else None

    def leave(self) -> None:
        """What is typed is saved, and the line joins the others."""
        self._flush()
        self._line = None
        unread = self._pane.entry.unread_day
        if unread:
            words = tr("“{typed}” is no day, so the line stands without one.")
            self._desk.say(words.format(typed=unread))

    def _type(self, fact: EvidenceEntry) -> None:
        draft = self._draft()
        if draft is None:
            return
        if self._line is None:
            self._line = _Line(draft, self._pane.dimension, fact)
        self._line.wanted = fact
        self._push(self._line)

    def _add(self) -> None:
        """The line is finished; the next one begins on the same day."""
        entry = self._pane.entry
        if not entry.fact.text.strip():
            self._desk.refuse(Refused(tr("The line is empty."), tr("Write what you saw.")))
            return
        self.leave()
        entry.begin(entry.fact.on)
        self._read_again()

    def _push(self, line: _Line) -> None:
        empty = not line.wanted.text.strip()
        if line.under_way or line.wanted == line.filed or (line.row is None and empty):
            return
        fact, workspace = line.wanted, self._desk.workspace
        values = {"on": fact.on, "inferred": fact.inferred, "source": fact.source}
        if line.row is None:
            add = partial(assessment.add_fact, workspace, line.assessment, line.dimension, fact.text)
            action = partial(add, **values)
        else:
            action = partial(assessment.edit_fact, workspace, line.row, text=fact.text, **values)
        line.under_way = True
        self._desk.write(action, partial(self._filed, line, fact), self._pane, partial(self._not_taken, line, fact))

    def _filed(self, line: _Line, fact: EvidenceEntry, changed: ChangeReport) -> None:
        line.under_way, line.filed = False, fact
        if line.row is None:
            line.row = next(c.row for c in changed.changes if c.table == "fact")
        elif not fact.text.strip():
            line.row = None
        self._push(line)
        self._read_again()

    def _not_taken(self, line: _Line, fact: EvidenceEntry, refused: Refused) -> None:
        """A row that is gone is written anew. Else it is said; a day that can't be is left out, and words that were
        not taken come back to where they were typed."""
        line.under_way = False
        if isinstance(refused, NotFound) and line.row is not None:
            line.row = line.filed = None
            self._push(line)
            return
        self._desk.refuse(refused)
        if fact.on is not None and line.wanted == fact:
            line.wanted = replace(fact, on=None)
        if line.wanted != fact:
            self._push(line)
        elif self._line is None and self._is_shown(line):
            self._pane.entry.bring_back(fact)
            self._line = line

    def _is_shown(self, line: _Line) -> bool:
        same = self._draft() == line.assessment and self._pane.dimension == line.dimension
        return same and not self._pane.entry.fact.text.strip()
