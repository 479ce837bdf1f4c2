"""What is found while somebody types in the field at the top, and the index it is found by."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from app.desk.desk import Desk
from app.desk.shell.palette import Palette
from app.desk.shell.palette_line import PaletteEntry
from app.desk.work import Job, Progress
from app.errors import Refused
from app.words import tr

if TYPE_CHECKING:
    from app.queries.search import Hit
    from app.store.workspace import Workspace

PAUSE_MS = 80
FILES_AFTER_MS = 4000
PATIENCE = 0.5
"""Seconds a search waits for the index, as after an import: it is found then what is in it, and the rest soon."""
AFTER_MS = 1000
"""How long after a change the index is told of it: not between two keys, and within two seconds."""


class Finding(QObject):
    """Looks for what is typed in the palette once the keys rest; an answer that is not wanted any more is dropped."""

    def __init__(self, desk: Desk, palette: Palette) -> None:
        super().__init__(palette)
        self._desk, self._palette, self._typed = desk, palette, ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        palette.typed.connect(self._look)

    def _look(self, typed: str) -> None:
        self._typed = typed
        self._desk.work.drop(self)
        if typed.strip() and self._desk.is_open:
            self._palette.wait()
            self._pause.start()
        else:
            self._pause.stop()

    def _ask(self) -> None:
        asked = partial(_search, self._desk.workspace, self._typed)
        self._desk.work.ask(self, "find", asked, self._show, self._failed)

    def _show(self, hits: Sequence[Hit]) -> None:
        self._palette.show_found([self._entry(hit) for hit in hits])

    def _failed(self, refused: Refused) -> None:
        self._palette.show_found(())
        self._desk.refuse(refused)

    def _entry(self, hit: Hit) -> PaletteEntry:
        go = partial(self._desk.go, hit.place, **dict[str, Any](hit.target))
        return PaletteEntry(
            hit.title, go, hit.where, "", hit.text, hit.in_title, hit.in_text, _captions()[int(hit.group)]
        )


def _captions() -> dict[int, str]:
    """By group of `store/search_sources.py`."""
    return {
        1: tr("People"),
        2: tr("Openings"),
        3: tr("Rubrics, guides and calibrations"),
        4: tr("Files"),
        5: tr("Words inside"),
    }


class IndexKeeper(QObject):
    """Tells the index what changed, a few rows at a time, between other writes."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self._files = QTimer(self)
        self._files.setSingleShot(True)
        self._files.timeout.connect(self._look_for_files)
        self._reading: Job | None = None
        self._stopped = False
        desk.changed.connect(self.soon)
        self.soon()

    def soon(self) -> None:
        """Something changed."""
        self._start(self._timer, AFTER_MS)

    def stop(self) -> None:
        """Nothing is indexed any more: the window goes."""
        self._stopped = True  # an answer that is still on its way begins nothing again
        self._timer.stop()
        self._files.stop()
        self._desk.changed.disconnect(self.soon)

    def _next(self) -> None:
        self._desk.work.do(partial(_index, self._desk.workspace), self._go_on, self, self._leave)

    def _go_on(self, more: bool) -> None:
        if more:
            self._start(self._timer, 0)
        else:
            self._start(self._files, FILES_AFTER_MS)

    def _start(self, timer: QTimer, after: int) -> None:
        if not self._stopped and not timer.isActive():
            timer.start(after)

    def _look_for_files(self) -> None:
        self._desk.work.ask(self, "files", partial(_has_unread, self._desk.workspace), self._read_files, self._leave)

    def _read_files(self, waiting: bool) -> None:
        if waiting and not self._stopped and (self._reading is None or not self._reading.running):
            read = partial(_read, self._desk.workspace)
            self._reading = self._desk.work.job(self, tr("Attached files"), read, self._have_read, self._leave)

    def _have_read(self, count: int) -> None:
        self.soon()

    def _leave(self, refused: Refused) -> None:
        """Where the file can't be written, whoever writes says so; a search tells the index of the rest."""


# What brings tables is imported where it runs: not at start, and not in the window's thread.


def _search(workspace: Workspace, typed: str) -> Sequence[Hit]:
    from app.queries.search import search  # noqa: PLC0415

    return search(workspace, typed, within=PATIENCE)


def _index(workspace: Workspace) -> bool:
    from app.store.indexing import index_next  # noqa: PLC0415

    return index_next(workspace)


def _has_unread(workspace: Workspace) -> bool:
    from app.store.file_words import next_unread  # noqa: PLC0415

    with workspace.read() as connection:
        return next_unread(connection) is not None


def _read(workspace: Workspace, progress: Progress) -> int:
    from app.exchange.file_words import read_waiting  # noqa: PLC0415

    return read_waiting(workspace, progress.check)
