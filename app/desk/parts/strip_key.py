"""The key to the strip, at the foot of a page: the order of its cells, and what they look like."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.desk.parts.flow import Flow
from app.desk.parts.label import Text
from app.desk.parts.layout import holder, row
from app.desk.parts.strip import PaintedCell, StripWidget
from app.desk.theme import Theme
from app.words import tr


class StripKey(QWidget):
    """One line where there is room, several where there is not."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        flow = Flow(self, 6)
        self._order = Text("", "caption", tone="soft")
        flow.addWidget(Text(tr("Strip"), "caption", weight=500))
        flow.addWidget(self._order)
        for cells, words in (
            ((PaintedCell(1), PaintedCell(2)), tr("below the bar")),
            ((PaintedCell(3), PaintedCell(4)), tr("at or above")),
            ((PaintedCell(2, high=3),), tr("scores on both sides")),
            ((PaintedCell(),), tr("nobody looked yet")),
            ((PaintedCell(sealed=True),), tr("sealed till the cards open")),
        ):
            flow.addWidget(sample(theme, cells, words))

    def show_names(self, names: Sequence[str]) -> None:
        """The dimensions, in the order of the cells."""
        self._order.setText(" · ".join(names))


def sample(theme: Theme, cells: Sequence[PaintedCell], words: str) -> QWidget:
    """Cells as they look, with what they mean beside them. They are nobody's scores, and no stop of the Tab key."""
    strip = StripWidget(theme, ground="background")
    strip.show_cells([words] * len(cells), cells)
    strip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return beside(strip, words)


def beside(shown: QWidget, words: str) -> QWidget:
    """Words beside what they explain."""
    return holder(row(shown, Text(words, "caption", tone="soft"), gap=5, margins=(4, 0, 0, 0)))
