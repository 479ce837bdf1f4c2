"""One person's sitting: the start window, or the window of one workspace, its undo list and its backups."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.parts.file_dialog import ask_open, ask_save
from app.desk.parts.job_bar import JobPage
from app.desk.preferences import Preferences
from app.desk.shell.collector import Collector
from app.desk.shell.failures import Failures
from app.desk.shell.finding import IndexKeeper
from app.desk.shell.places import PLACES
from app.desk.shell.start import StartWindow
from app.desk.shell.window import Window
from app.desk.shell.workspace_file import (
    Make,
    back_up,
    due,
    let_file_go,
    make_from_export,
    make_new_file,
    make_sample_file,
    open_file,
    put_back,
    roles_to_begin_with,
)
from app.desk.theme import Theme
from app.desk.work import Job, Work
from app.domain.operations import Op
from app.errors import Refused
from app.store.partial_files import data_folder, must_be_writable, sweep
from app.words import clock, day, tr

if TYPE_CHECKING:
    from app.desk.shell.file_watch import WrittenOutside
    from app.desk.shell.undo import UndoList
    from app.store.change_report import ChangeReport
    from app.store.workspace import Workspace

HOUR_MS = 60 * 60 * 1000
REST_MS = 15_000
SOON_MS = 2_000
FIRST_PLACE = "pipeline"  # until a person was somewhere: an empty workspace begins with an opening
KINDS = "Tenfold (*.tenfold)"


class Session(QObject):
    """Shows one window at a time. Closing a workspace's window ends the program; leaving it shows the start window."""

    def __init__(
        self,
        app: QApplication,
        theme: Theme,
        trouble: Failures,
        preferences: Preferences,
        preferences_path: Path,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        """`clock` takes the place of the machine's, for pictures that are the same each time."""
        super().__init__()
        self._app, self._theme, self._trouble = app, theme, trouble
        self.clock = clock
        self._preferences, self._path = preferences, preferences_path
        self._start: StartWindow | None = None
        self._collector = Collector(app)
        self._collector.busy = lambda: self.opened is not None and not self.opened.work.idle()
        self._ending = False
        self.opened: OpenWorkspace | None = None

    def begin(self, path: Path | None) -> None:
        """Open what is named, else what was used last, else show the start window."""
        self._collector.begin()
        last = Path(self._preferences.recent[0]) if self._preferences.recent else None
        chosen = path or (last if last is not None and last.exists() else None)
        sweep()
        refused = _unwritable(data_folder(), self._path.parent)
        if chosen is None:
            self.show_start(refused)
            return
        self.open(chosen)
        if refused is not None and self.opened is not None:
            self.opened.desk.refuse(refused)

    def show_start(self, refused: Refused | None = None) -> None:
        """The start window, with why a file was not opened."""
        if self._start is None:
            self._start = StartWindow(self._theme)
            self._start.roles_asked.connect(self._ask_roles)
            self._start.create_asked.connect(self._ask_new)
            self._start.open_asked.connect(self._ask_open)
            self._start.sample_asked.connect(self._ask_sample)
            self._start.export_asked.connect(self._ask_export)
            self._start.recent_asked.connect(self.open)
        self._start.show_recent(self._preferences.recent)
        self._start.show_refused(refused)
        self._start.show()

    def open(self, path: Path, make: Make | None = None) -> None:
        """Open a workspace in its window; `make` writes the file first."""
        opened = OpenWorkspace(self, self._theme, self._trouble, self._preferences, self._path)
        opened.window.show()
        if self._start is not None:
            self._start.hide()
        self.opened = opened
        if make is None:
            self._collector.hold()
        opened.open(path, make)

    def is_open(self, path: Path) -> None:
        """A workspace came up: remember it as the newest."""
        self._collector.freeze()
        self._preferences = self._preferences.with_recent(path)
        assert self.opened is not None
        self.opened.desk.prefer(recent=self._preferences.recent)

    def not_opened(self, refused: Refused | None) -> None:
        """Say why, in the start window; None where somebody did not want it any more."""
        self.show_start(refused)
        self._leave()

    def switch(self) -> None:
        """Close the workspace and choose another one, once nothing is lost by it."""
        if self.opened is not None:
            self.opened.window.when_sure(self._switch)

    def _switch(self) -> None:
        self.show_start()
        self._leave()

    def restore(self, path: Path, backup: Path) -> None:
        """Close the workspace, put the backup in its place, and open it again."""
        self.open_instead(path, partial(put_back, backup))

    def open_instead(self, path: Path, make: Make | None = None) -> None:
        """Close the workspace and open a file, which `make` writes first."""
        self._app.setQuitOnLastWindowClosed(False)
        self._leave()
        self.open(path, make)
        self._app.setQuitOnLastWindowClosed(True)

    def closed_with(self, refused: Refused) -> None:
        """A workspace could not be closed as usual: say it where a window is left to say it."""
        if self._ending:
            sys.stderr.write(f"{refused}\n")
        else:
            self.show_start(refused)

    def end(self) -> None:
        """Close whatever is open."""
        self._ending = True
        self._leave()
        if self._start is not None:
            self._start.close()
            self._start.deleteLater()
            self._start = None
        self._collector.end()

    def _leave(self) -> None:
        if self.opened is not None:
            leaving, self.opened = self.opened, None
            leaving.window.close_surely()
            self._preferences = leaving.desk.preferences
            leaving.window.deleteLater()
            self._collector.thaw()

    def _ask_roles(self) -> None:
        if self._start is not None:
            self._start.show_roles(roles_to_begin_with(), [])

    def _ask_new(self, roles: Sequence[str]) -> None:
        self._ask_place(tr("New workspace"), partial(make_new_file, roles=tuple(roles)))

    def _ask_sample(self) -> None:
        self._ask_place(tr("Where to put the sample"), make_sample_file)

    def _ask_export(self) -> None:
        """A workspace out of an export of everything: which one, then where the workspace goes."""
        kinds, title = tr("Exports of everything (*.jsonl *.json)"), tr("Where to put the workspace")
        ask_open(
            self._start,
            tr("An export of everything"),
            kinds,
            lambda source: self._ask_place(title, partial(make_from_export, source=source)),
        )

    def _ask_place(self, title: str, make: Make) -> None:
        """Ask where a new workspace goes, and open it once it is made."""
        ask_save(self._start, title, "", lambda path: self.open(path, make), kinds=KINDS, suffix="tenfold")

    def _ask_open(self) -> None:
        ask_open(self._start, tr("Open a workspace"), KINDS, self.open)


class OpenWorkspace(QObject):
    """The window of one workspace with what it needs while it is open."""

    def __init__(
        self, session: Session, theme: Theme, trouble: Failures, preferences: Preferences, preferences_path: Path
    ) -> None:
        super().__init__()
        self._session = session
        self.work = Work(trouble)
        self.desk = Desk(self.work, theme, preferences, preferences_path)
        self.desk.restore = self._restore
        self.desk.written = self._written
        self.window = Window(self.desk, PLACES)
        self.window.closing.connect(self._close)
        self._add_commands()
        self._back: UndoList | None = None
        self._index: IndexKeeper | None = None
        self._backed_up: datetime | None = None
        self._writes_at_backup = -1
        self._timers: list[QTimer] = []
        self._closing = False

    def open(self, path: Path, make: Make | None) -> None:
        """Open the file beside the window, then show the first page. `make` writes it first; that can be cancelled."""
        if make is None:
            self._open(path)
            return
        job = self.work.job(self.window, path.stem, partial(make, path), self._open, self._session.not_opened)
        self.window.show_meanwhile(JobPage(tr("Making {name}").format(name=path.stem), job))
        job.finished.connect(partial(self._made, job))

    def _open(self, path: Path) -> None:
        opening = partial(open_file, path, self._session.clock)
        self.work.do(opening, self._opened, self.window, self._session.not_opened)

    def _made(self, job: Job) -> None:
        if job.cancelled and not self._closing:
            self._session.not_opened(None)

    def _opened(self, workspace: Workspace) -> None:
        from app.desk.shell.file_watch import FileWatch  # noqa: PLC0415  (it brings the side panel, which is shown later)
        from app.desk.shell.undo import UndoList  # noqa: PLC0415  (imported with the workspace, in its thread)

        self.desk.use(workspace)
        if self._closing:  # the window was closed while the file was being opened: closing goes on
            return
        self._back = UndoList(self.desk, self.window)
        self._session.is_open(workspace.path)
        kept = workspace.settings.today_kept
        self.window.set_today_note(tr("Today is kept at {day}").format(day=day(kept)) if kept else None)
        self._show_status()
        self._take_forms()
        self.window.go(self._first_place())
        self._count()
        self.desk.changed.connect(self._count)
        self._index = IndexKeeper(self.desk, self)
        self._every(HOUR_MS, self._back_up)
        self._every(REST_MS, self._finish_typing)
        self._every(SOON_MS, self._back_up).setSingleShot(True)
        self.watch = FileWatch(self.desk, self.window, self._session.open_instead)

    def _take_forms(self) -> None:
        """Returned forms: dropped on the window, or found in the watched folder now and whenever one comes back."""
        from app.desk.parts.returned_forms import ReturnedForms  # noqa: PLC0415  (with the workspace, whose rows it brings)

        incoming = ReturnedForms(self.desk)
        incoming.setParent(self)
        self.desk.incoming = incoming
        self.window.focused.connect(incoming.scan)
        self.window.dropped.connect(self._dropped)
        incoming.scan()

    def _dropped(self, files: list[Path]) -> None:
        if self.desk.incoming is not None:
            self.window.go("interviews")
            self.desk.incoming.bring(files)

    def _first_place(self) -> str:
        last = self.desk.preferences.last_place
        return last if last in {p.id for p in PLACES if p.under is None} else FIRST_PLACE

    def _every(self, interval: int, run: Callable[[], None]) -> QTimer:
        """A timer that stops when the window goes."""
        timer = QTimer(self)
        timer.timeout.connect(run)
        timer.start(interval)
        self._timers.append(timer)
        return timer

    def _add_commands(self) -> None:
        where = tr("Workspace")
        self.window.add_commands(
            Command("workspace.switch", tr("Open another workspace"), self._session.switch, (), where),
            Command("workspace.backup", tr("Back up now"), self.back_up_now, (), where),
            Command("workspace.close", tr("Close Tenfold"), self.window.close_soon, ("Ctrl+Q",), where),
        )

    # Writing

    def _written(self, result: Any) -> None:
        changed = getattr(result, "changed", result)
        if changed is None or not hasattr(changed, "touches"):
            return
        if self._back is not None:
            self._back.note(changed)
        self.desk.changed.emit(changed)
        self._show_status()

    # Keeping

    def _finish_typing(self) -> None:
        index = self._index
        then = None if index is None else lambda _done: index.soon()
        self.work.do(partial(self.desk.workspace.finish_typing, rested_only=True), then)

    def back_up_now(self) -> None:
        """Make a backup whether something changed or not."""
        self._writes_at_backup = -1
        self._back_up()

    def _back_up(self) -> None:
        workspace = self.desk.workspace
        if workspace.writes == self._writes_at_backup:
            return
        writes = workspace.writes

        def done(at: datetime) -> None:
            self._writes_at_backup, self._backed_up = writes, at
            self._show_status()

        self.work.job(self.window, tr("Backup"), partial(back_up, workspace), done, self.desk.refuse)

    def _show_status(self) -> None:
        workspace = self.desk.workspace
        words = tr("Saved")
        if workspace.lost is not None:
            words = tr("Not saved any more")
        elif self._backed_up is not None:
            words = tr("Saved, backed up {time}").format(time=clock(self._backed_up, workspace.zone))
        self.window.set_status(workspace.path, words)

    def _count(self, changed: ChangeReport | WrittenOutside | None = None) -> None:
        from app.desk.shell.file_watch import WrittenOutside  # noqa: PLC0415  (as above)

        told = None if isinstance(changed, WrittenOutside) else changed
        if isinstance(changed, WrittenOutside) and self._back is not None:
            self._back.look()
        if told is not None and told.op is Op.DRAFT_CARD and all(c.table != "scorecard" for c in told.changes):
            return  # a key on a card in the making: what waits stays the same
        self.work.ask(self.window, "count", partial(due, self.desk.workspace), self._show_counts)

    def _show_counts(self, due: dict[str, int]) -> None:
        for place, count in due.items():
            self.window.set_count(place, count or None)

    def _restore(self, backup: Path) -> None:
        path = self.desk.workspace.path
        restore = partial(self._session.restore, path, backup)
        QTimer.singleShot(0, self._session, lambda: self.window.when_sure(restore))

    def _close(self) -> None:
        """Drain the writer and end every reader; then nothing keeps the file from being folded into one."""
        self._closing = True
        for timer in self._timers:
            timer.stop()
        if self._index is not None:
            self._index.stop()
        if self.desk.incoming is not None:
            self.desk.incoming.stop()
        self.work.close()
        if self.desk.is_open:
            try:
                let_file_go(self.desk.workspace)
            except Refused as refused:  # nobody sees this window any more
                self._session.closed_with(refused)


def _unwritable(*folders: Path) -> Refused | None:
    """Why one of Tenfold's own folders can't be written, where that is so: it is said at the start."""
    for folder in folders:
        try:
            must_be_writable(folder)
        except Refused as refused:
            return refused
    return None
