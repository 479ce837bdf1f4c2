"""Timed lines of a scorecard, notes and evidence alike: each in a row where it can be typed on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.growing_text import GrowingText
from app.desk.parts.label import Text
from app.desk.parts.layout import TOP, aligned, row, wide
from app.desk.theme import Theme
from app.queries.scorecard import Line
from app.words import clock, tr


class TypedLine(QWidget):
    """Its time, its words, and a `link` beside them. `save` gets its number and words; no words once it is left."""

    def __init__(
        self, theme: Theme, line: Line, zone: tzinfo, name: str, save: Callable[[int, str], None], *, gap: int
    ) -> None:
        super().__init__()
        self.line = line.id
        said = clock(line.at, zone) if line.timed else tr("form")  # a line of a form has no minute of its own
        time = Text(said, "caption", tone="soft")
        time.setContentsMargins(0, 5, 0, 0)  # on the height of its first words
        self.words = GrowingText(theme, name.format(time=said))
        self.words.typed.connect(lambda text: save(self.line, text) if text.strip() else None)
        self.words.finished.connect(lambda text: None if text.strip() else save(self.line, text))
        self.link = Button("", "link", small=True)
        row(aligned(time, TOP), wide(self.words), aligned(self.link, TOP), gap=gap, on=self)


class TypedLines:
    """The rows at the top of a column. A row stays as long as its line is shown, with the focus in it."""

    def __init__(self, column: QVBoxLayout, make: Callable[[Line], TypedLine]) -> None:
        self._column, self._make = column, make
        self.rows: dict[int, TypedLine] = {}

    def show(self, lines: Sequence[Line], *, editable: bool) -> list[TypedLine]:
        """Show these lines; gives their rows."""
        for gone in self.rows.keys() - {line.id for line in lines}:
            self.rows.pop(gone).deleteLater()
        for place, line in enumerate(lines):
            if line.id not in self.rows:
                self.rows[line.id] = self._make(line)
                self._column.insertWidget(place, self.rows[line.id])
            self.rows[line.id].words.fill(line.text)
            self.rows[line.id].words.setReadOnly(not editable)
        return [self.rows[line.id] for line in lines]

    def field_of(self, line: int) -> GrowingText | None:
        """The field that shows a line."""
        return self.rows[line].words if line in self.rows else None
