"""The rubrics of the workspace, read as books: one dimension a page. New ones and further versions begin here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QScrollArea, QWidget

from app.actions import rubric, rubric_draft
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.rubric.bar import RubricBar
from app.desk.pages.rubric.new_panel import Begin, NewRubricPanel
from app.desk.pages.rubric.reading import DimensionSheet
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_bar import Drawn, FileBar
from app.desk.parts.file_dialog import ask_open, ask_where
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder, row, stacked, wide
from app.desk.parts.side_panel import confirm
from app.desk.work import Progress
from app.domain.pack import Pack
from app.domain.rubric import Rubric
from app.exchange.rubric_files import SUFFIXES, read_rubric, rubric_file
from app.exchange.shipped import ShippedRole, load_role, shipped_roles
from app.queries.rubric_draft import draft_rows
from app.queries.rubrics import NewRubricChoices, RubricShown, new_rubric_choices, rubric_shown
from app.store.files import replace_file
from app.words import tr


class RubricPage(Page):
    """Shows one dimension of one rubric at a time; `arrived(rubric=…, dimension=…)` opens it there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown: RubricShown | None = None
        self._chosen: int | None = None
        self._place = 0
        self._wanted: str | None = None
        self._build()

    def breadcrumb(self) -> Sequence[Crumb]:
        """Guides, Rubric."""
        return (Crumb(tr("Guides")), Crumb(tr("Rubric")))

    def top_actions(self) -> Sequence[QWidget]:
        """Turn a page, edit, begin a new one, and the rest behind a menu."""
        return (self._where, self._before, self._after, self.edit_button, self.new_button, self.more_button)

    def commands(self) -> Sequence[Command]:
        """Next and previous dimension, by key; new, edit, in and out."""
        command, there = CommandsOf("rubric", tr("Rubric")), self._there
        return (
            command("next", tr("Next dimension of the rubric"), partial(self._turn, 1), "Right", "N", when=there),
            command("before", tr("Previous dimension of the rubric"), partial(self._turn, -1), "Left", "P", when=there),
            command("edit", tr("Edit this rubric"), self._edit, "E", when=there),
            command("new", tr("New rubric…"), self.ask_new, "Ctrl+Shift+N"),
            command("import", tr("Import a rubric…"), self._ask_file, "Ctrl+Shift+I"),
            command("yaml", tr("Save the rubric as YAML…"), partial(self._ask_save, "yaml"), when=there),
            command("xlsx", tr("Save the rubric as XLSX…"), partial(self._ask_save, "xlsx"), when=there),
        )

    def panes(self) -> Sequence[QWidget]:
        """The choices, what is read, and the form that is open."""
        return (self.bar, self._scroll, *([self.new_panel] if self.new_panel.isVisible() else []))

    def arrived(self, **where: Any) -> None:
        """Read the rubric that is asked for, else the one shown last."""
        self._wanted = where.get("dimension", self._wanted)
        self._ask(where.get("rubric", self._chosen))

    def changed(self, report: Any) -> None:
        """A version was adopted or made."""
        self._ask(self._chosen)

    # Building

    def _build(self) -> None:
        theme = self.desk.theme
        self._before = IconButton(theme, "chevron-left", tr("Previous dimension"), run=partial(self._turn, -1))
        self._after = IconButton(theme, "chevron-right", tr("Next dimension"), run=partial(self._turn, 1))
        self._where = Text("", "caption", tone="soft")
        self.edit_button = Button(tr("Edit"), run=self._edit)
        self.new_button = Button(tr("New…"), name=tr("New rubric…"), run=self.ask_new)
        self.more_button = IconButton(theme, "ellipsis", tr("More about rubrics"), run=self._open_menu)
        self.bar = RubricBar(self.desk.workspace.zone)
        self.bar.chosen.connect(self._ask)
        self.bar.drafted.connect(lambda draft: self.desk.go("rubricdraft", id=draft))
        self.files = FileBar(self.desk, tr("How far the rubric is"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(tr("Dimension"))
        self._empty = EmptyPage(
            theme,
            tr("No rubric yet"),
            tr("A rubric says what a role is scored on. Take one that comes along, import one, or write your own."),
            tr("Take one that comes along…"),
            self._open_menu,
        )
        self._stack = stacked(self._scroll, self._empty)
        self.new_panel = NewRubricPanel(theme)
        self.new_panel.saved.connect(self._begin)
        self.new_panel.cancelled.connect(self.new_panel.close_panel)
        sheet = holder(column(self.bar, self.files, wide(self._stack), gap=0))
        row(wide(sheet), self.new_panel, gap=0, on=self)

    def _open_menu(self) -> None:
        menu = DropMenu(self.more_button)
        menu.offer(tr("Import a rubric…"), self._ask_file)
        if self._shown is not None:
            menu.offer(tr("Save as YAML…"), partial(self._ask_save, "yaml"))
            menu.offer(tr("Save as XLSX…"), partial(self._ask_save, "xlsx"))
        menu.addSeparator()
        for role in shipped_roles():
            menu.offer(tr("Take “{role}”").format(role=role.title), partial(self._take_role, role))
        menu.drop()

    # Reading

    def _ask(self, wanted: int | None) -> None:
        self._chosen = wanted
        self.desk.ask(self, "drafts", partial(draft_rows, self.desk.workspace), self.bar.show_drafts)
        self.desk.ask(self, "rubric", partial(rubric_shown, self.desk.workspace, wanted), self._take)

    def _there(self) -> bool:
        return self._shown is not None

    @property
    def _rubric(self) -> Rubric:
        assert self._shown is not None
        return self._shown.pack.rubric

    def _take(self, found: RubricShown | None) -> None:
        before, self._shown = self._shown, found
        self._stack.setCurrentWidget(self._scroll if found else self._empty)
        for widget in (self._before, self._after, self._where, self.edit_button):
            widget.setVisible(found is not None)
        if found is None:
            return
        self._chosen = found.chosen.id
        if before is None or before.chosen.pack != found.chosen.pack:
            self._place = 0
        self.bar.show_rubrics(found.rows, found.chosen)
        if self._wanted in self._rubric.dimension_ids:
            self._place = self._rubric.dimension_ids.index(self._wanted)
            self._wanted = None
        self._place = min(self._place, len(self._rubric.dimensions) - 1)
        self._show()

    def _turn(self, by: int) -> None:
        if self._shown is not None:
            self._place = min(max(self._place + by, 0), len(self._rubric.dimensions) - 1)
            self._show()

    def _show(self) -> None:
        assert self._shown is not None
        rubric_, last = self._rubric, len(self._rubric.dimensions) - 1
        self._where.setText(tr("{n} of {all}").format(n=self._place + 1, all=last + 1))
        self._before.setEnabled(self._place > 0)
        self._after.setEnabled(self._place < last)
        sheet = DimensionSheet(self.desk.theme, rubric_, self._place, self._shown.retired)
        sheet.turned.connect(self._turn_question)
        self._scroll.setWidget(sheet)

    def _turn_question(self, question: str) -> None:
        assert self._shown is not None
        pack = self._shown.chosen.pack
        if question in self._shown.retired:
            self.desk.write(partial(rubric.ask_again, self.desk.workspace, pack, question), None, self)
            return
        confirm(
            self.desk.theme,
            self,
            tr("Retire this question?"),
            tr("New kits and cards ask it no more. It stays where it was asked, and can be asked again."),
            tr("Retire it"),
            lambda reason: self.desk.write(
                partial(rubric.retire, self.desk.workspace, pack, question, reason), None, self
            ),
            reason=tr("Why, such as “it went round among candidates”"),
        )

    # Beginning

    def ask_new(self) -> None:
        """Choose what a new rubric begins from."""
        self.desk.ask(self, "choices", partial(new_rubric_choices, self.desk.workspace), self._open_new)

    def _open_new(self, choices: NewRubricChoices) -> None:
        self.new_panel.offer(choices.rubrics, choices.guides)
        self.new_panel.open_panel(tr("New rubric"))

    def _edit(self) -> None:
        if self._shown is not None:
            version = self._shown.chosen.id
            self.desk.write(partial(rubric_draft.begin_version, self.desk.workspace, version), self._begun, self)

    def _begin(self) -> None:
        if self.new_panel.lacks():
            return
        begin: Begin = self.new_panel.begin()
        self.desk.write(partial(begin, self.desk.workspace), self._begun, self, self.new_panel.refuse)

    def _begun(self, done: Any) -> None:
        self.new_panel.close_panel()
        self.desk.go("rubricdraft", id=done.subject)

    def _take_role(self, role: ShippedRole) -> None:
        self.desk.work.job(
            self, tr("Reading {name}").format(name=role.title), partial(_load, role), self._adopt, self.desk.refuse
        )

    def _adopt(self, pack: Pack) -> None:
        self.desk.write(partial(rubric.adopt, self.desk.workspace, pack), self._adopted, self)

    def _adopted(self, done: Any) -> None:
        self.desk.say(tr("The rubric is in.") if done.changes else tr("This rubric was there already, word for word."))
        self._ask(done.subject)

    # In and out

    def _ask_file(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        ask_open(self, tr("Import a rubric"), tr("Rubrics ({patterns})").format(patterns=patterns), self.read_file)

    def read_file(self, path: Path) -> None:
        """Read a rubric beside the window, then keep it."""
        words = tr("Reading {name}").format(name=path.name)
        self.desk.work.job(self, words, partial(_read, path), self._adopt, self.desk.refuse)

    def _ask_save(self, form: str) -> None:
        if self._shown is not None:
            write = partial(self._save, self._shown.pack, form)
            ask_where(self, tr("Rubric"), f"{self._rubric.words}.{form}", write, suffix=form)

    def _save(self, pack: Pack, form: str, target: Path) -> None:
        words = tr("Writing the rubric {name}").format(name=pack.rubric.name)
        self.files.make(words, partial(_write, pack, form, target), target)


def _load(role: ShippedRole, _progress: Progress) -> Pack:
    return load_role(role)


def _read(path: Path, progress: Progress) -> Pack:
    progress.check()
    return read_rubric(path)


def _write(pack: Pack, form: str, target: Path, _progress: Progress) -> Drawn:
    replace_file(target, rubric_file(pack, form))
    said = tr("The rubric is in {path}.").format(path=target)
    return Drawn((), lambda _n: said)
