"""The window: sidebar, top bar, one page at a time, and the quiet message at its foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

from app.desk.commands import WINDOW, Command, Commands, bind
from app.desk.desk import Desk
from app.desk.page import Crumb, Page, Place
from app.desk.parts.file_dialog import pdfs_in
from app.desk.parts.focus import focus_again, focus_first
from app.desk.parts.layout import column, row, wide
from app.desk.shell.finding import Finding
from app.desk.shell.focus_in_sight import FocusInSight
from app.desk.shell.frame import FramedPage, framed
from app.desk.shell.notice import Notice
from app.desk.shell.palette import Palette
from app.desk.shell.palette_line import PaletteEntry
from app.desk.shell.sidebar import Sidebar
from app.desk.shell.topbar import TopBar
from app.desk.shell.window_commands import window_commands
from app.desk.theme import Theme
from app.words import tr

if TYPE_CHECKING:
    from app.desk.parts.side_panel import Confirm

SMALLEST = (1024, 640)
USUAL = (1440, 900)
_KEPT = 50  # places one can go back through


@dataclass
class _Visit:
    """Where somebody was."""

    place: str
    where: dict[str, Any]


@dataclass
class _Trail:
    """The places visited, for back and forward."""

    visits: list[_Visit] = field(default_factory=list)
    at: int = -1

    def add(self, visit: _Visit) -> None:
        """Go on from here; what lay ahead is forgotten."""
        self.visits = [*self.visits[: self.at + 1], visit][-_KEPT:]
        self.at = len(self.visits) - 1

    def step(self, by: int) -> _Visit | None:
        """The visit one before or after; None where there is none."""
        if not 0 <= self.at + by < len(self.visits):
            return None
        self.at += by
        return self.visits[self.at]


class Window(QMainWindow):
    """Shows the places it is given. `closing` is emitted once typing is saved and before the window goes.

    `focused` says that somebody came back to the window, `dropped` carries the PDFs that no page took.
    """

    _me: int | None = None  # who was here when the pages were filled
    closing = Signal()
    focused = Signal()
    dropped = Signal(object)

    def __init__(self, desk: Desk, places: Sequence[Place]) -> None:
        super().__init__()
        self._desk = desk
        self._places = {place.id: place for place in places}
        self._shown: dict[str, FramedPage] = {}
        self._trail = _Trail()
        self._place: str | None = None
        self._closed = self._sure = False
        self._leaving: Confirm | None = None
        self.commands = Commands()
        body = QWidget()
        self._body = body
        self.sidebar = Sidebar(desk.theme, places)
        self.palette_ = Palette(desk.theme, body, self._entries)
        Finding(desk, self.palette_)
        self.topbar = TopBar(desk.theme, self.palette_.field)
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())
        self.notice = Notice(desk.theme, self._stack)
        row(self.sidebar, wide(column(self.topbar, wide(self._stack), gap=0)), gap=0, on=body)
        self.setCentralWidget(body)
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._restore_geometry()
        self._follow_theme(desk.theme)
        self.setWindowTitle("Tenfold")
        FocusInSight(self, self._in_sight)
        self.sidebar.asked.connect(self.go)
        self.topbar.asked.connect(self._follow)
        desk.changed.connect(self._something_changed)
        desk.shown_in(self)
        self.setAcceptDrops(True)
        self._add_commands()

    @property
    def page(self) -> Page | None:
        """The page being shown."""
        return self._shown[self._place].page if self._place is not None else None

    def _in_sight(self) -> FramedPage | None:
        return self._shown.get(self._place or "")

    @property
    def place(self) -> str | None:
        """The id of the place being shown."""
        return self._place

    def go(self, place: str, **where: Any) -> None:
        """Show a place, for what `where` says. Raises KeyError where there is no such place."""
        _ = self._places[place]
        self._trail.add(_Visit(place, where))
        self._show(place, where)

    def back(self) -> None:
        """Show the place before, where there is one."""
        self._walk(-1)

    def forward(self) -> None:
        """Show the place one came back from."""
        self._walk(1)

    def say(self, sentence: str, remedy: str = "", *, refused: bool = False) -> None:
        """Show one quiet message in place of the one before."""
        self.notice.say(sentence, remedy, refused=refused)
        self._place_notice()

    def set_count(self, place: str, count: int | None) -> None:
        """Show in the sidebar how many things wait at a place."""
        self.sidebar.set_count(place, count)

    def set_undo(self, words: str | None) -> None:
        """Say what Ctrl+Z would take back; None where there is nothing."""
        self.sidebar.set_undo(words)

    def set_status(self, file: Path, words: str) -> None:
        """Say which file is open and how it is kept."""
        self.sidebar.set_status(file.name, words)
        self.setWindowTitle(f"{file.stem} – Tenfold")

    def set_today_note(self, words: str | None) -> None:
        """Say that the workspace keeps a day of its own."""
        self.sidebar.set_today_note(words)

    def run(self, command: Command) -> None:
        """Run a command, after what is being typed was saved; nothing happens where it can't be run now."""
        if not command.when():
            return
        if self.page is not None:
            self.page.flush()
        command.run()

    def show_meanwhile(self, widget: QWidget) -> None:
        """Show something until the first page is there."""
        self._desk.theme.follow(widget)
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    def add_commands(self, *commands: Command) -> None:
        """What can be done on every page, with its keys."""
        self.commands.add_many(commands)
        bind(commands, self, self.run)

    def open_palette(self) -> None:
        """Put the focus into the field that lists pages and commands."""
        self.palette_.open()

    def next_pane(self, by: int) -> None:
        """Move the focus to the next part of the window: sidebar, field, the page's panes."""
        page = self.page
        panes: list[QWidget] = [self.sidebar, self.palette_.field, *(page.panes() if page is not None else ())]
        focused = self.focusWidget()
        inside = [n for n, p in enumerate(panes) if focused is not None and (p is focused or p.isAncestorOf(focused))]
        here = inside[-1] if inside else -1
        for step in range(1, len(panes) + 1):
            if focus_first(panes[(here + by * step) % len(panes)]):
                return

    def close_soon(self) -> None:
        """Close once the command that asks for it has returned."""
        QTimer.singleShot(0, self, self.close)

    def close_surely(self) -> None:
        """Close, whatever is not saved."""
        self._sure = True
        self.close()

    def when_sure(self, then: Callable[[], None]) -> None:
        """Do what leaves the workspace: at once where nothing is lost by it, else once somebody agrees to that."""
        if self._nothing_lost():
            then()
        elif self._leaving is None:
            place, words = self._unsaved()[0]
            if place != self._place:
                self.go(place)
            from app.desk.parts.side_panel import confirm  # noqa: PLC0415  (after the first paint, as the panel itself)

            self._leaving = confirm(
                self._desk.theme, self, tr("Leave without saving?"), words, tr("Discard and leave"), lambda _: then()
            )
            self._leaving.finished.connect(self._stay)

    def _stay(self) -> None:
        self._leaving = None

    def _nothing_lost(self) -> bool:
        """Whether everything is in the file, once what is being typed and what is on its way was written."""
        if self.page is not None:
            self.page.flush()
            self._desk.work.drain()
        return not self._unsaved()

    def _unsaved(self) -> list[tuple[str, str]]:
        """The places where something is not saved, with what it is."""
        return [(place, words) for place, shown in self._shown.items() if (words := shown.page.unsaved())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, where nothing inside wanted it, takes the message away."""
        if event.key() == Qt.Key.Key_Escape and self.notice.isVisible():
            self.notice.dismiss()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What floats keeps its place."""
        super().resizeEvent(event)
        self._place_notice()
        self.palette_.close()

    def changeEvent(self, event: QEvent) -> None:
        """A larger text moves what floats."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "notice"):
            self._place_notice()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.focused.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take PDFs, wherever the page has no other use for files."""
        if pdfs_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """They are returned forms."""
        event.acceptProposedAction()
        self.dropped.emit(pdfs_in(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is being typed, and how the window lay. It stays while something would be lost by it."""
        if not (self._closed or self._sure or self._nothing_lost()):
            event.ignore()
            self.when_sure(self.close_surely)
            return
        super().closeEvent(event)
        if self._closed:
            return
        self._closed = True
        if self.page is not None:
            self.page.left()
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._desk.prefer(geometry=geometry, last_place=self._last_place())
        self.closing.emit()

    def _show(self, place: str, where: dict[str, Any]) -> None:
        if self.page is not None:
            self.page.left()
        self._look_who()
        shown = self._shown.get(place) or self._build(place)
        self._place = place
        self._dress_page()
        self._stack.setCurrentWidget(shown.frame)
        self._place_notice()
        self.notice.raise_()
        self.sidebar.set_chosen(self._places[place].under or place)
        shown.page.arrived(**where)
        self._show_head(place)
        focus_again(shown.page)

    def _build(self, place: str) -> FramedPage:
        page = self._places[place].build(self._desk)
        commands = list(page.commands())
        self.commands.add_many(commands, place)
        bind(commands, page, self.run)
        shown = framed(page)
        self._shown[place] = shown
        self._stack.addWidget(shown.frame)
        page.headed.connect(partial(self._show_head, place))
        return shown

    def _follow_theme(self, theme: Theme) -> None:
        for part in (self.sidebar, self.topbar, self.notice, self.palette_.popup):
            theme.follow(part)
        theme.changed.connect(self._dress_page)

    def _dress_page(self) -> None:
        """The page in sight; others are dressed when they are shown again."""
        if self._place is not None:
            self._desk.theme.dress(self._shown[self._place].frame)

    def _place_notice(self) -> None:
        foot = self._shown[self._place].foot if self._place is not None else None
        self.notice.place(above=foot.sizeHint().height() if foot is not None else 0)

    def _show_head(self, place: str) -> None:
        if place == self._place:
            page = self._shown[place].page
            self.topbar.set_path(page.breadcrumb())
            self.topbar.set_actions(page.top_actions())

    def _walk(self, by: int) -> None:
        visit = self._trail.step(by)
        if visit is not None:
            self._show(visit.place, visit.where)

    def _follow(self, crumb: Crumb) -> None:
        if crumb.place is not None:
            self.go(crumb.place, **crumb.where)

    def _something_changed(self, report: Any) -> None:
        page = self.page
        self._look_who()
        if page is not None and page.shows(report):
            page.changed(report)

    def _look_who(self) -> None:
        """What pages and docks show of cards was for the one who was here before."""
        me = self._desk.workspace.me if self._desk.is_open else None
        if me == self._me:
            return
        self._me = me
        for shown in self._shown.values():
            self._desk.work.drop(shown.page)
            shown.page.forget()
        for dock in self.findChildren(QDockWidget):
            dock.close()

    def _entries(self) -> list[PaletteEntry]:
        """The palette's lines: what can be done on this page, then everywhere."""
        scopes = [s for s in (self._place, WINDOW) if s is not None]
        return [
            PaletteEntry(c.words, partial(self.run, c), c.where, c.keys[0] if c.keys else "")
            for c in self.commands.in_scope(*scopes)
            if c.listed and c.when()
        ]

    def _add_commands(self) -> None:
        go = [
            Command(
                f"go.{p.id}",
                p.words,
                partial(self.go, p.id),
                (p.key,) if p.key else (),
                tr("Go to"),
            )
            for p in self._places.values()
            if p.under is None
        ]
        self.add_commands(*go, *window_commands(self, self._desk))

    def _last_place(self) -> str | None:
        return (self._places[self._place].under or self._place) if self._place is not None else None

    def _restore_geometry(self) -> None:
        kept = self._desk.preferences.geometry
        if kept is not None:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "ignore")))
