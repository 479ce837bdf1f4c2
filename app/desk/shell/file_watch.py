"""Looks whether the file of an open window is still the one it opened, and whether somebody else wrote to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from app.desk.desk import Desk
from app.desk.parts.side_panel import Confirm, confirm
from app.desk.shell.window import Window
from app.errors import Refused, Replaced
from app.words import tr

LOOK_MS = 2_000


class WrittenOutside:
    """The report of another process's writes, of which no more is known."""

    def touches(self, tables: frozenset[str]) -> bool:
        """They may have been to any table."""
        return bool(tables)


class FileWatch(QObject):
    """Where the file is another one, stops saying that anything is saved, and offers what was rescued.

    `open_rescued` gets its path. Where a command wrote to it, what is shown is asked for again.
    """

    def __init__(self, desk: Desk, window: Window, open_rescued: Callable[[Path], None]) -> None:
        super().__init__(window)
        self._desk, self._window, self._open_rescued = desk, window, open_rescued
        self.dialog: Confirm | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)
        window.closing.connect(self.stop)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _look(self) -> None:
        """Names alone are looked at here; what they mean is asked between two writes, in the writing thread."""
        workspace = self._desk.workspace
        if workspace.lost is None and workspace.seems_there():
            self._desk.work.do(workspace.written_outside, self._refresh, self._window)
            return
        self._timer.stop()
        self._desk.work.do(workspace.must_be_there, self._go_on, self._window, self._stop)

    def _refresh(self, written: bool) -> None:
        if written:
            self._desk.changed.emit(WrittenOutside())

    def _go_on(self, _there: None) -> None:
        self._timer.start(LOOK_MS)

    def _stop(self, refused: Refused) -> None:
        if not isinstance(refused, Replaced):
            self._timer.start(LOOK_MS)
            return
        self._window.set_status(self._desk.workspace.path, tr("Not saved any more"))
        self._desk.refuse(refused)
        rescued = refused.rescued
        if rescued is None:
            return
        self.dialog = confirm(
            self._desk.theme,
            self._window,
            tr("This window can’t save any more"),
            f"{refused.sentence} {refused.remedy}",
            tr("Open what was rescued"),
            lambda _reason: QTimer.singleShot(0, self._window, lambda: self._open_rescued(rescued)),
        )
