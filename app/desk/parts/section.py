"""A card with a heading, and lines that are filled anew without losing the focus."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QBoxLayout, QFrame, QVBoxLayout, QWidget

from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import STRETCH, Item, Space, add, column, row


class Section(QFrame):
    """A card: its title with what can be done at the right, then what was added, then its lines."""

    def __init__(self, title: str, *actions: QWidget, note: str = "") -> None:
        """`note` is a sentence under the title."""
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.head = row(Text(title, weight=600), STRETCH, *actions, gap=8)
        self.body = column(self.head, gap=8, margins=(16, 12, 16, 14), on=self)
        if note:
            self.add(Text(note, "caption", tone="soft", wrap=True))
        self._lines: QVBoxLayout | None = None

    def add(self, *items: Item) -> Section:
        """Add under what is there; gives itself back."""
        add(self.body, *items)
        return self

    def show_lines(
        self, lines: Iterable[QWidget], nothing: str = "", *, ruled: bool = True, gap: int | None = None
    ) -> Section:
        """Show these lines in place of the ones before, with a rule between them; `nothing` where there are none."""
        if self._lines is None:
            self._lines = column(gap=(0 if ruled else 8) if gap is None else gap)
            self.body.addLayout(self._lines)
        fill(self._lines, lines, nothing, ruled=ruled)
        return self


def fill(layout: QBoxLayout, lines: Iterable[QWidget | Space], nothing: str = "", *, ruled: bool = False) -> None:
    """Fill a column anew: lines, with a rule between them where asked, or a soft sentence where there are none."""
    clear(layout)
    number = -1
    for number, line in enumerate(lines):
        if number and ruled:
            layout.addWidget(line_across())
        add(layout, line)
    if number < 0 and nothing:
        layout.addWidget(Text(nothing, tone="soft", wrap=True))


def clear(layout: QBoxLayout) -> None:
    """Take everything out of a column, to fill it anew. What has the focus gives it to its successor by name."""
    owner, focused = layout.parentWidget(), QApplication.focusWidget()
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is None:
            continue
        if owner is not None and focused is not None and (widget is focused or widget.isAncestorOf(focused)):
            QTimer.singleShot(0, owner, partial(_focus_called, owner, focused.accessibleName()))
        widget.hide()
        widget.deleteLater()


def _focus_called(owner: QWidget, name: str) -> None:
    for button in owner.findChildren(QAbstractButton):
        if button.isVisible() and button.accessibleName() == name:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
