"""A page of rows under headings, each row ending in one action: what waits, growth plans, offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.desk.desk import Desk
from app.desk.parts.empty import EmptyPage
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, Item, Space, column, holder, scrolling
from app.desk.parts.long_list import ActionRow, LongList, Make
from app.desk.parts.shown_page import ShownPage
from app.desk.parts.side_panel import SidePanel

V = TypeVar("V")


class GroupedPage(ShownPage[V]):
    """Words where there is no row. Up and Down go from one action to the next."""

    def __init__(self, desk: Desk, empty: EmptyPage, *panels: SidePanel) -> None:
        super().__init__(desk)
        self._lists: list[LongList] = []
        self._most = 0
        self._scroll = scrolling(QWidget())
        self.lay_out(self._scroll, empty, *panels)

    @property
    def rows(self) -> list[ActionRow]:
        """The rows in sight, in order."""
        return [row for shown in self._lists for row in shown.rows]

    def arrived(self, **where: Any) -> None:
        """Show the first of each group."""
        self._most = 0
        super().arrived(**where)

    def put_away(self) -> None:
        """No row is in sight."""
        self._lists = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from one action to the next."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        buttons = [row.button for row in self.rows]
        focused = self.window().focusWidget()
        if event.key() not in steps or not buttons:
            super().keyPressEvent(event)
            return
        place = next((n for n, b in enumerate(buttons) if b is focused), None)
        to = 0 if place is None else min(len(buttons) - 1, max(0, place + steps[Qt.Key(event.key())]))
        buttons[to].setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(buttons[to])

    def show_groups(self, title: str, line: str, groups: Iterable[tuple[str, Sequence[Make]]]) -> None:
        """Show the first rows of each group under its heading, and make more where asked; a group without has none."""
        self._lists = []
        content: list[Item] = [Text(title, "title"), Text(line, tone="soft")]
        for heading, make in groups:
            if make:
                self._lists.append(LongList(make, self._most, self._grown))
                content += [Space(10), Text(heading, "caption", tone="soft", weight=500), self._lists[-1]]
        self._scroll.setWidget(holder(column(*content, STRETCH, gap=8, margins=(20, 16, 20, 20))))
        if not self.rows:
            self.stack.setCurrentWidget(self._empty)

    def _grown(self, shown: int) -> None:
        self._most = max(self._most, shown)
