"""How the parts of a plan lie: rounds beside coverage and rule, or in one column; the bar at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, Space, column, holder, row, wide
from app.desk.theme import Theme

_NARROW = 1120  # px at ordinary text size, with what stands beside it; below it one column


class PlanSheet(QWidget):
    """The parts in a scroll area under `title` and `facts`, and the bar below it."""

    def __init__(self, theme: Theme, rounds: QWidget, cover: QWidget, rest: Sequence[QWidget], bar: QWidget) -> None:
        super().__init__()
        self._theme, self._cover = theme, cover
        self.title = Text("", "title", wrap=True)
        self.facts = Text("", tone="soft", wrap=True)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(32)
        left, right = self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for half in (left, right):
            half.setSpacing(22)
        left.addWidget(rounds)
        left.addStretch(1)
        for pane in (cover, *rest):
            right.addWidget(pane)
        right.addStretch(1)
        self._halves.addLayout(left, 4)
        self._halves.addLayout(right, 6)
        body = holder(column(self.title, self.facts, Space(14), self._halves, STRETCH, gap=2, margins=(20, 14, 20, 24)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        column(wide(area), row(bar, margins=(20, 0, 20, 12)), gap=0, on=self)

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
