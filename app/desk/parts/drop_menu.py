"""A menu that drops from the control that opens it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

_BELOW = 2  # px between the control and its menu


class DropMenu(QMenu):
    """What can be done, under a control. It goes when it is shut."""

    def __init__(self, under: QWidget) -> None:
        super().__init__(under)
        self._under = under
        self.aboutToHide.connect(self.deleteLater)

    def offer(self, words: str, run: Callable[[], object], *, when: bool = True) -> None:
        """One line; without `when` it can be read and not chosen."""
        action = self.addAction(words.replace("&", "&&"))
        action.setEnabled(when)
        action.triggered.connect(lambda _on=False: run())

    def note(self, words: str) -> None:
        """A line that says why nothing is offered."""
        self.addAction(words.replace("&", "&&")).setEnabled(False)

    def drop(self) -> None:
        """Show it; the first line has the focus."""
        self.popup(self._under.mapToGlobal(QPoint(0, self._under.height() + _BELOW)))
        self.setActiveAction(self.actions()[0])
