"""How the parts of a plan lie: rounds beside coverage and rule, or in one column; the bar at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QWidget

from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, Space, column, holder, row, scrolling, wide
from app.desk.theme import Theme

_NARROW = 1120  # px at ordinary text size, with what stands beside it; below it one column


class PlanSheet(QWidget):
    """The parts in a scroll area under `title` and `facts`, and the bar below it."""

    def __init__(self, theme: Theme, rounds: QWidget, cover: QWidget, rest: Sequence[QWidget], bar: QWidget) -> None:
        super().__init__()
        self._theme, self._cover = theme, cover
        self.title = Text("", "title", wrap=True)
        self.facts = Text("", tone="soft", wrap=True)
        self._left, self._right = column(rounds, STRETCH, gap=22), column(cover, *rest, STRETCH, gap=22)
        self._halves = row(wide(self._left, 4), wide(self._right, 6), gap=32)
        body = holder(column(self.title, self.facts, Space(14), self._halves, STRETCH, gap=2, margins=(20, 14, 20, 24)))
        column(wide(scrolling(body)), row(bar, margins=(20, 0, 20, 12)), gap=0, on=self)

    def arrange(self, width: int) -> None:
        """One column or two, for a page of this width."""
        narrow = width < self._theme.px(_NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._halves.direction() != way:
            self._halves.setDirection(way)
            # What is thin is seen first: in one column it stands over the rounds.
            self._left.removeWidget(self._cover)
            self._right.removeWidget(self._cover)
            (self._left if narrow else self._right).insertWidget(0, self._cover)
