"""Rows one under the other, of which there may be thousands: some are made at once, more where they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.layout import LEFT, aligned, column
from app.words import ntr

AT_ONCE = 50


class ActionRow(QFrame):
    """A row with its one action."""

    button: Button


Make = Callable[[], ActionRow]


class LongList(QWidget):
    """`rows` are those in sight. `shown` says how many are made at first, `grown` hears how many are in sight."""

    def __init__(self, make: Sequence[Make], shown: int = AT_ONCE, grown: Callable[[int], None] | None = None) -> None:
        super().__init__()
        self._make, self._grown = make, grown
        self.rows: list[ActionRow] = []
        self.more = Button("", "link")
        self.more.clicked.connect(self._show_more)
        self._column = column(aligned(self.more, LEFT), gap=8, on=self)
        self._show(max(shown, AT_ONCE))

    def _show(self, most: int) -> None:
        for make in self._make[len(self.rows) : most]:
            row = make()
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)
        left = len(self._make) - len(self.rows)
        self.more.set_words(ntr("Show {n} more", "Show {n} more", min(left, AT_ONCE)))
        self.more.setVisible(left > 0)

    def _show_more(self) -> None:
        first = len(self.rows)
        self._show(first + AT_ONCE)
        self.rows[first].button.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._grown is not None:
            self._grown(len(self.rows))
