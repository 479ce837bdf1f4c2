"""When what is being typed is saved."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer

SAVED_AFTER_MS = 300
SAVED_WITHIN_MS = 2000


class Autosave(QTimer):
    """Saves in a pause of 300 ms, and where somebody types without one, every 2 s.

    It is active while something was typed that is not saved yet.
    """

    def __init__(self, parent: QObject, save: Callable[[], None]) -> None:
        """`save` is a method of `parent`."""
        super().__init__(parent)
        self._since = 0.0
        self.setSingleShot(True)
        self.timeout.connect(save)

    def touch(self, *_: object) -> None:
        """Something was typed; what a signal says about it is not needed."""
        now = monotonic()
        if not self.isActive():
            self._since = now
        left = SAVED_WITHIN_MS - round((now - self._since) * 1000)
        self.start(max(0, min(SAVED_AFTER_MS, left)))
