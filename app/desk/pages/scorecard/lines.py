"""Timed lines of a scorecard, notes and evidence alike: each in a row where it can be typed on.

Words out of a transcript are not typed on: their row says when they were said, and leads there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, TOP, aligned, column, holder, row, wide
from app.desk.theme import Theme
from app.domain.transcript import call_time
from app.queries.scorecard import CardView, Line
from app.words import clock, tr


class LineText(GrowingText):
    """The words of a line. `pressed` says that somebody clicked on words that can't be typed on."""

    pressed = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that chooses no words."""
        super().mouseReleaseEvent(event)
        if self.isReadOnly() and not self.textCursor().hasSelection():
            self.pressed.emit()


class TypedLine(QWidget):
    """Its time, its words, and a `link` beside them. `save` gets its number and words; no words once it is left.

    Of words out of a transcript, `place` says when and by whom they were said; it and a click go there by `go_to`.
    """

    def __init__(
        self,
        theme: Theme,
        line: Line,
        zone: tzinfo,
        name: str,
        save: Callable[[int, str], None],
        go_to: Callable[[Line], None],
        *,
        gap: int,
    ) -> None:
        super().__init__()
        self.line = line.id
        self._where = ", ".join(part for part in (_call_time(line), line.speaker or "") if part) or tr("in the call")
        said = clock(line.at, zone) if line.timed else tr("form")  # a line of a form has no minute of its own
        time = Text(said, "caption", tone="soft")
        time.setContentsMargins(0, 5, 0, 0)  # on the height of its first words
        self.words = LineText(theme, name.format(time=said))
        self.words.typed.connect(lambda text: save(self.line, text) if text.strip() else None)
        self.words.finished.connect(lambda text: None if text.strip() else save(self.line, text))
        self.link = Button("", "link", small=True)
        self.place = Button("", "link", small=True, run=lambda: go_to(line))
        self.out = Button(tr("take out"), "link", small=True, run=lambda: save(self.line, ""))
        if line.quoted:
            self.words.pressed.connect(self.place.click)
            self.words.entered.connect(self.place.click)
        else:
            self.place.hide()
            self.out.hide()
        beside = column(self.link, self.out, gap=2)
        row(
            aligned(time, TOP),
            wide(column(row(self.place, STRETCH, margins=(-6, 0, 0, 0)), self.words, gap=0)),
            aligned(holder(beside), TOP),
            gap=gap,
            on=self,
        )

    def show_place(self, *, there: bool, mine: bool, editable: bool) -> None:
        """Whether its place can be gone to; who wrote the card is told that the transcript was deleted."""
        gone = tr("{place}, transcript deleted").format(place=self._where)
        self.place.set_words(gone if mine and not there else self._where)
        self.place.setAccessibleName(tr("Said at {place}: go there").format(place=self._where) if there else gone)
        self.place.setEnabled(there)
        self.out.setEnabled(editable)


def _call_time(line: Line) -> str:
    return call_time(line.said_at) if line.said_at is not None else ""


class TypedLines:
    """The rows at the top of a column. A row stays as long as its line is shown, with the focus in it."""

    def __init__(self, column: QVBoxLayout, make: Callable[[Line], TypedLine]) -> None:
        self._column, self._make = column, make
        self.rows: dict[int, TypedLine] = {}

    def show(self, lines: Sequence[Line], page: CardView) -> list[TypedLine]:
        """Show these lines of a card; gives their rows."""
        there = page.transcript is not None
        for gone in self.rows.keys() - {line.id for line in lines}:
            self.rows.pop(gone).deleteLater()
        for place, line in enumerate(lines):
            if line.id not in self.rows:
                self.rows[line.id] = self._make(line)
                self._column.insertWidget(place, self.rows[line.id])
            self.rows[line.id].words.fill(line.text)
            self.rows[line.id].words.setReadOnly(line.quoted or not page.writable)
            if line.quoted:
                self.rows[line.id].show_place(there=there, mine=page.mine, editable=page.writable)
        return [self.rows[line.id] for line in lines]

    def field_of(self, line: int) -> GrowingText | None:
        """The field that shows a line."""
        return self.rows[line].words if line in self.rows else None
