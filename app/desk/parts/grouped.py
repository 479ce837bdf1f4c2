"""A page of rows under headings, each row ending in one action: what waits, growth plans, offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QStackedLayout, QWidget

from app.desk.desk import Desk
from app.desk.page import Page
from app.desk.parts.empty import EmptyPage
from app.desk.parts.label import Text
from app.desk.parts.layout import column
from app.desk.parts.long_list import ActionRow, LongList, Make


class GroupedPage(Page):
    """Words where there is no row. Up and Down go from one action to the next."""

    def __init__(self, desk: Desk, empty: EmptyPage) -> None:
        super().__init__(desk)
        self._lists: list[LongList] = []
        self._most = 0
        self._stack = QStackedLayout(self)
        self._empty = empty
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._blank = QWidget()
        for widget in (self._blank, self._scroll, self._empty):
            self._stack.addWidget(widget)

    @property
    def rows(self) -> list[ActionRow]:
        """The rows in sight, in order."""
        return [row for shown in self._lists for row in shown.rows]

    def ask(self) -> None:
        """Ask for what the page shows; its answer calls `show_groups`."""
        raise NotImplementedError

    def arrived(self, **where: Any) -> None:
        """Ask afresh, for the first of each group."""
        self._most = 0
        self.ask()

    def changed(self, report: Any) -> None:
        """Something it shows may be another now."""
        self.ask()

    def forget(self) -> None:
        """No row is in sight until it is asked for again."""
        self._lists = []
        self._stack.setCurrentWidget(self._blank)

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
        body = QWidget()
        content = column(Text(title, "title"), Text(line, tone="soft"), gap=8, margins=(20, 16, 20, 20), on=body)
        self._lists = []
        for heading, make in groups:
            if make:
                content.addSpacing(10)
                content.addWidget(Text(heading, "caption", tone="soft", weight=500))
                self._lists.append(LongList(make, self._most, self._grown))
                content.addWidget(self._lists[-1])
        content.addStretch(1)
        self._scroll.setWidget(body)
        self._stack.setCurrentWidget(self._scroll if self.rows else self._empty)

    def _grown(self, shown: int) -> None:
        self._most = max(self._most, shown)
