"""Leveling guides: read by level, compared, edited as new versions, brought in from elsewhere, printed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QScrollArea,
    QStackedLayout,
    QWidget,
)

from app.actions.guide import adopt, revise
from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.guides.bar import COMPARE, OVERVIEW, READ, LevelsBar
from app.desk.pages.guides.edit import GuideReview, LevelEditor
from app.desk.pages.guides.ladder_import import LadderForm
from app.desk.pages.guides.reading import compare_sheet, in_book, level_sheet, overview_sheet, put_into_grid
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_bar import Drawn, FileBar
from app.desk.parts.file_dialog import ask_folder, ask_open, ask_where
from app.desk.parts.layout import column, wide
from app.desk.work import Progress
from app.domain.guide import Guide
from app.domain.guide_diff import difference
from app.exchange.guide_yaml import guide_yaml
from app.exchange.ladder_files import SUFFIXES
from app.exchange.ladder_reading import read_ladder
from app.exchange.ladders import Source
from app.packets.printables import GUIDE
from app.queries.guide import GuideRow, guide_at, guide_rows
from app.store.files import replace_file
from app.store.workspace import Workspace
from app.words import tr

_SCROLLS: dict[int, QAbstractSlider.SliderAction] = {
    Qt.Key.Key_Down.value: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Up.value: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_PageDown.value: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp.value: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Home.value: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End.value: QAbstractSlider.SliderAction.SliderToMaximum,
}

Loaded = tuple[tuple[GuideRow, ...], int | None, Guide | None]


class LevelsPage(Page):
    """Shows one version of one guide; `arrived(guide=…, level=…, view=…)` opens it there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: tuple[GuideRow, ...] = ()
        self._chosen: int | None = None
        self._guide: Guide | None = None
        self._way = READ
        self._level = self._left = self._right = ""
        self._file = ""
        self._arriving = False
        self._build()
        self._connect()
        desk.theme.changed.connect(self._show)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Guides, Levels."""
        return (Crumb(tr("Guides")), Crumb(tr("Levels")))

    def top_actions(self) -> Sequence[QWidget]:
        """Edit, and the rest behind a menu."""
        return (self.edit_button, self.more_button)

    def commands(self) -> Sequence[Command]:
        """Levels, ways of looking, editing, in and out, by key."""
        where = tr("Levels")
        reading, there = self._reading, self._there
        look = self._look
        return (
            Command("levels.next", tr("Next level"), partial(self._turn, 1), ("Right", "N"), where, reading),
            Command("levels.before", tr("Previous level"), partial(self._turn, -1), ("Left", "P"), where, reading),
            Command("levels.read", tr("Read one level"), partial(look, READ), ("R",), where, there),
            Command("levels.compare", tr("Levels side by side"), partial(look, COMPARE), ("C",), where, there),
            Command("levels.overview", tr("Overview of the guide"), partial(look, OVERVIEW), ("O",), where, there),
            Command("levels.edit", tr("Edit this level"), self._edit, ("E",), where, self._newest),
            Command("levels.review", tr("See the changes"), self._review, ("Ctrl+Return",), where, self._editing),
            Command("levels.import", tr("Import a ladder…"), self._ask_file, ("Ctrl+Shift+I",), where, self._free),
            Command("levels.pdf", tr("Save the guide as PDF…"), self._ask_pdf, ("Ctrl+P",), where, there),
            Command("levels.yaml", tr("Save the guide as YAML…"), self._ask_yaml, (), where, there),
        )

    def panes(self) -> Sequence[QWidget]:
        """The choices, and what is read."""
        return (self.bar, self._body)

    def arrived(self, **where: Any) -> None:
        """Show the guide that is asked for, else the one shown last."""
        if not self._free():
            return  # what is being edited or brought in is still there
        self._level = where.get("level", self._level)
        self._way = where.get("view", self._way)
        self._arriving = True
        self._ask(where.get("guide", self._chosen))

    def changed(self, report: Any) -> None:
        """A version was kept; what is being edited or brought in stays."""
        if self._free():
            self._ask(self._chosen)

    def unsaved(self) -> str:
        """An edit that is no version yet."""
        edited = self._stack.currentWidget() in (self.editor, self.review)
        if self._guide is None or not edited or not difference(self._guide, self.editor.edited()):
            return ""
        return tr("What was edited in the leveling guide is no version yet.")

    # Building

    def _build(self) -> None:
        theme = self.desk.theme
        self.edit_button = Button(tr("Edit"))
        self.more_button = IconButton(theme, "ellipsis", tr("More about this guide"))
        self.bar = LevelsBar(theme, self.desk.workspace.zone)
        self._read = QScrollArea()
        self._read.setWidgetResizable(True)
        self._read.setAccessibleName(tr("Guide"))
        self.editor = LevelEditor(theme)
        self.review = GuideReview(theme)
        self.ladder = LadderForm(self.desk)
        self._empty = EmptyPage(
            theme,
            tr("No leveling guide yet"),
            tr(
                "A guide says what each level asks. It comes with the rubric, or from a ladder of yours: "
                "YAML, JSON, CSV or XLSX."
            ),
            tr("Import a ladder…"),
            self._ask_file,
        )
        self._body = QWidget()
        self._stack = QStackedLayout(self._body)
        for part in (self._read, self.editor, self.review, self.ladder, self._empty):
            self._stack.addWidget(part)
        self.files = FileBar(self.desk, tr("How far the guide is"))
        column(self.bar, self.files, wide(self._body), gap=0, on=self)

    def _connect(self) -> None:
        self.edit_button.clicked.connect(self._edit)
        self.more_button.clicked.connect(self._open_menu)
        self.bar.guide.connect(self._ask)
        self.bar.looked.connect(self._look)
        self.bar.level.connect(self._go)
        self.bar.beside.connect(self._beside)
        self.editor.review.connect(self._review)
        self.editor.cancelled.connect(self._leave)
        self.review.back.connect(self._back)
        self.review.kept.connect(self._keep)
        self.ladder.cancelled.connect(self._leave)
        self.ladder.brought.connect(self._bring)

    # What can be done now

    def _there(self) -> bool:
        return self._guide is not None and self._free()

    def _reading(self) -> bool:
        return self._there() and self._way == READ

    def _free(self) -> bool:
        return self._stack.currentWidget() in (self._read, self._empty)

    def _editing(self) -> bool:
        return self._stack.currentWidget() is self.editor

    def _newest(self) -> bool:
        return self._there() and any(r.newest for r in self._rows if r.id == self._chosen)

    # Reading

    def _ask(self, guide: int | None) -> None:
        self.desk.ask(self, "guide", partial(_load, self.desk.workspace, guide), self._take)

    def _take(self, found: Loaded) -> None:
        if not self._free():
            return  # an answer that comes after editing began may not change what is edited
        self._rows, self._chosen, self._guide = found
        self._stack.setCurrentWidget(self._read if self._guide else self._empty)
        if self._guide is not None:
            levels = [x.id for x in self._guide.in_order]
            self._level = self._level if self._level in levels else levels[0]
            if self._left not in levels or self._right not in levels:
                at = min(levels.index(self._level), max(0, len(levels) - 2))
                self._left, self._right = levels[at], levels[min(at + 1, len(levels) - 1)]
        self._show()
        focused = QApplication.focusWidget()
        if self._arriving and focused is not None and self.bar.isAncestorOf(focused):
            self.setFocus()  # the arrows turn and scroll the guide rather than change which one it is
        self._arriving = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With the focus on the page itself, keys scroll what is read."""
        action = _SCROLLS.get(event.key())
        if action is not None and self._free():
            self._read.verticalScrollBar().triggerAction(action)
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        reading = self._stack.currentWidget() is self._read
        self.bar.setVisible(self._guide is not None and self._stack.currentWidget() in (self._read, self.editor))
        self.edit_button.setEnabled(self._newest())
        self.edit_button.setVisible(self._guide is not None and reading)
        if self._guide is None or self._chosen is None:
            return
        self.bar.show_guides(self._rows, self._chosen)
        self.bar.show_levels(self._guide, self._level, self._left, self._right, self._way, editing=self._editing())
        if reading:
            put_into_grid(self._read, self._sheet(self._guide))

    def _sheet(self, guide: Guide) -> QWidget:
        theme = self.desk.theme
        if self._way == COMPARE:
            return in_book(theme, compare_sheet(theme, guide, self._left, self._right))
        if self._way == OVERVIEW:
            return in_book(theme, overview_sheet(theme, guide))
        return in_book(theme, level_sheet(theme, guide, guide.level(self._level)))

    def _look(self, way: str) -> None:
        self._way = way
        self._show()

    def _turn(self, by: int) -> None:
        assert self._guide is not None
        levels = [x.id for x in self._guide.in_order]
        self._go(levels[min(max(levels.index(self._level) + by, 0), len(levels) - 1)])

    def _go(self, level: str) -> None:
        self._level = level
        if self._editing():
            self.editor.turn(level)
        self._show()
        self.bar.focus_level(level)

    def _beside(self, left: str, right: str) -> None:
        self._left, self._right = left, right
        self._show()

    # Editing

    def _edit(self) -> None:
        if self._guide is not None and self._newest():
            self._stack.setCurrentWidget(self.editor)
            self._show()
            self.editor.begin(self._guide, self._level)

    def _review(self) -> None:
        row = next((r for r in self._rows if r.id == self._chosen), None)
        if self._guide is not None and row is not None:
            after = self.editor.edited()
            changes = difference(self._guide, after)
            self._stack.setCurrentWidget(self.review)
            self._show()
            self.review.show_changes(self._guide, after, changes, row.version + 1)

    def _back(self) -> None:
        self._stack.setCurrentWidget(self.editor)
        self._show()
        self.editor.save_button.setFocus()

    def _keep(self, reason: str) -> None:
        assert self._chosen is not None
        action = partial(revise, self.desk.workspace, self._chosen, self.editor.edited(), reason)
        self.desk.write(action, self._kept, self, lambda why: self.review.refuse(f"{why.sentence} {why.remedy}"))

    def _kept(self, done: Any) -> None:
        self.desk.say(tr("The new version is kept; the one before stays as it was."))
        self._chosen = done.subject
        self._leave()

    def _leave(self) -> None:
        """Back to reading, with what is kept now."""
        self._stack.setCurrentWidget(self._read if self._guide else self._empty)
        self._ask(self._chosen)
        self._read.setFocus()

    # In

    def _ask_file(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        kinds = tr("Ladders ({patterns})").format(patterns=patterns)
        ask_open(self, tr("Import a ladder"), kinds, self.read_file)

    def _ask_folder(self) -> None:
        ask_folder(self, tr("Import a ladder of several files"), self.read_file)

    def read_file(self, path: Path) -> None:
        """Read a ladder beside the window, then show how it would come in."""
        self._file = path.name
        self.desk.work.job(
            self, tr("Reading {name}").format(name=path.name), partial(_read_file, path), self._map, self.desk.refuse
        )

    def _map(self, source: Source) -> None:
        self._stack.setCurrentWidget(self.ladder)
        self._show()
        self.ladder.begin(source)

    def _bring(self, guide: Guide) -> None:
        action = partial(adopt, self.desk.workspace, guide, self._file)
        self.desk.write(action, self._brought, self)

    def _brought(self, done: Any) -> None:
        said = tr("The guide is in.") if done.changes else tr("This guide was there already, word for word.")
        self.desk.say(said)
        self._chosen, self._level, self._left, self._way = done.subject, "", "", OVERVIEW
        self._leave()

    # Out

    def _open_menu(self) -> None:
        menu = DropMenu(self.more_button)
        menu.offer(tr("Import a ladder…"), self._ask_file)
        menu.offer(tr("Import a ladder of several files…"), self._ask_folder)
        if self._there():
            menu.offer(tr("Save as PDF…"), self._ask_pdf)
            menu.offer(tr("Save as YAML…"), self._ask_yaml)
        menu.drop()

    def _ask_pdf(self) -> None:
        if self._guide is not None and self._chosen is not None:
            words = tr("Making the guide {name}").format(name=self._guide.name)
            make = partial(self.files.print_one, GUIDE, self._chosen, words)
            ask_where(self, GUIDE.title, f"{self._guide.name}.pdf", make)

    def _ask_yaml(self) -> None:
        if self._guide is not None:
            write = partial(self._write_yaml, self._guide)
            ask_where(self, GUIDE.title, f"{self._guide.name}.yaml", write, suffix="yaml")

    def _write_yaml(self, guide: Guide, target: Path) -> None:
        words = tr("Writing the guide {name}").format(name=guide.name)
        self.files.make(words, partial(_save_yaml, guide, target), target)


def _load(workspace: Workspace, wanted: int | None) -> Loaded:
    """Every version, the one that is wanted (else the newest of the guide kept first), and its content."""
    rows = guide_rows(workspace)
    if not rows:
        return rows, None, None
    row = next((r for r in rows if r.id == wanted), None)
    if row is None:
        row = next(r for r in rows if r.newest and r.name == rows[0].name)
    return rows, row.id, guide_at(workspace, row.id)


def _read_file(path: Path, progress: Progress) -> Source:
    progress.check()
    return read_ladder(path)


def _save_yaml(guide: Guide, target: Path, _progress: Progress) -> Drawn:
    replace_file(target, guide_yaml(guide))
    said = tr("The guide is in {path}.").format(path=target)
    return Drawn((), lambda _n: said)
