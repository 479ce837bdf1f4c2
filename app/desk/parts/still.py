"""Choices and numbers that the mouse wheel passes over: scrolling a page never changes what it shows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget


class StillCombo(QComboBox):
    """A choice; its list, once open, scrolls."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        """`name` says what is chosen, for a reader of the screen."""
        super().__init__(parent)
        self.setAccessibleName(name)

    def offer(self, items: Iterable[tuple[object, str]], chosen: object) -> None:
        """Offer these, by key and words, with one of them chosen; nobody hears of it."""
        self.blockSignals(True)
        self.clear()
        for key, words in items:
            self.addItem(words, key)
        self.setCurrentIndex(self.findData(chosen))
        self.blockSignals(False)
        self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class StillSpin(QSpinBox):
    """A number."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()
