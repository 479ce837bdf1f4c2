"""The Desk: what every page is handed. One change signal, the way to other pages, the way to write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.desk.preferences import Preferences
from app.desk.theme import Theme
from app.desk.work import Failed, Work, alive
from app.errors import Refused
from app.store.reading import NotedQuery
from app.words import tr

if TYPE_CHECKING:
    from app.store.workspace import Workspace

T = TypeVar("T")


class Shell(Protocol):
    """The window, as far as a page needs it."""

    def go(self, place: str, **where: Any) -> None:
        """Show a place."""

    def back(self) -> None:
        """Show the place before."""

    def forward(self) -> None:
        """Undo `back`."""

    def say(self, sentence: str, remedy: str = "", *, refused: bool = False) -> None:
        """Show one quiet message."""


class Reader(QWidget):
    """Something in the window that shows what it read. `read` has, for each of its questions, the tables its answer is
    of; None while it is being read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.read: dict[str, frozenset[str] | None] = {}


class TakesForms(Protocol):
    """Where returned forms go."""

    def bring(self, files: Sequence[Path]) -> None:
        """Bring these files, or those of a folder, in."""

    def stop(self) -> None:
        """Look into no folder any more."""


def nothing() -> None:
    """The hook of undo and redo until somebody provides them."""


def no_restore(backup: Path) -> None:
    """The hook of restoring until somebody provides it."""


class Desk(QObject):
    """Built once by `main`, passed to every page, never global.

    `changed` carries the report of each finished write; no other signal carries data between pages.
    `written` is called with what each action gave back, before the page that asked: it keeps the list for
    undo and sends `changed`. `undo` and `redo` are what Ctrl+Z and Ctrl+Shift+Z do. All three can be replaced.
    `incoming` takes returned forms once the workspace is open.
    """

    changed = Signal(object)

    def __init__(self, work: Work, theme: Theme, preferences: Preferences, preferences_path: Path) -> None:
        super().__init__()
        self._workspace: Workspace | None = None
        self.work = work
        self.theme = theme
        self.preferences = preferences
        self.undo: Callable[[], None] = nothing
        self.redo: Callable[[], None] = nothing
        self.restore: Callable[[Path], None] = no_restore
        self.written: Callable[[Any], None] = self.changed.emit
        self.incoming: TakesForms | None = None
        self._preferences_path = preferences_path
        self._shell: Shell | None = None
        work.refused.connect(self.refuse)

    @property
    def is_open(self) -> bool:
        """Whether a workspace is there already: the window is painted before it."""
        return self._workspace is not None

    @property
    def workspace(self) -> Workspace:
        """The open workspace; pages are only built once it is there."""
        assert self._workspace is not None
        return self._workspace

    def use(self, workspace: Workspace) -> None:
        """Take the workspace that was opened; called once."""
        self._workspace = workspace

    def shown_in(self, shell: Shell) -> None:
        """Tell which window shows the pages; called once, by the window."""
        self._shell = shell

    def go(self, place: str, **where: Any) -> None:
        """Show a place, for what `where` says: `desk.go("application", id=7)`."""
        if self._shell is not None:
            self._shell.go(place, **where)

    def back(self) -> None:
        """Show the place before."""
        if self._shell is not None:
            self._shell.back()

    def say(self, sentence: str, remedy: str = "") -> None:
        """Confirm something in one quiet sentence."""
        if self._shell is not None:
            self._shell.say(sentence, remedy)

    def refuse(self, refused: Refused) -> None:
        """Say what was not done, and what to do next."""
        if self._shell is not None:
            self._shell.say(refused.sentence, refused.remedy, refused=True)

    def ask(
        self, page: Reader, key: str, query: Callable[[], T], then: Callable[[T], None], failed: Failed | None = None
    ) -> None:
        """Read what a page shows. It hears of every change to what was read, also to what is just being read."""
        page.read[key] = None

        def answered(found: tuple[T, frozenset[str]]) -> None:
            result, page.read[key] = found
            then(result)

        self.work.ask(page, key, NotedQuery(query), answered, failed)

    def write(
        self,
        action: Callable[[], T],
        then: Callable[[T], object] | None = None,
        owner: QObject | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Run an action in the writing thread; every other page then learns what it changed.

        `then` gets what the action gave back, unless `owner` is gone. A Refused goes to `failed`, else it is said.
        """

        def finished(result: T) -> None:
            try:
                self.written(result)
            finally:  # it is saved, whatever listens to that: who asked waits no longer
                if then is not None and alive(owner):
                    then(result)
            self._say_remains(getattr(result, "remains", ()))

        def refused(why: Refused) -> None:
            if failed is not None and alive(owner):
                failed(why)
            else:
                self.refuse(why)

        self.work.do(action, finished, None, refused)

    def _say_remains(self, files: Sequence[Path]) -> None:
        """Say which files may still hold what was deleted for good."""
        if files:
            self.say(
                tr("What was deleted may still be in {files}.").format(files=", ".join(str(f) for f in files)),
                tr("The log is emptied when Tenfold closes, a backup with the next one that is made."),
            )

    def prefer(self, **values: object) -> None:
        """Change preferences, show them at once and keep them. Raises ValueError for a value out of range."""
        self.preferences = self.preferences.changed(**values)
        self.theme.choose(mode=self.preferences.appearance, text_factor=self.preferences.text_factor)
        self.work.do(partial(self.preferences.save, self._preferences_path))
