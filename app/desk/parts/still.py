"""Choices and numbers that the mouse wheel passes over: scrolling a page never changes what it shows."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget


class StillCombo(QComboBox):
    """A choice; its list, once open, scrolls."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        """`name` says what is chosen, for a reader of the screen."""
        super().__init__(parent)
        self.setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


class StillSpin(QSpinBox):
    """A number."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()
