"""A rubric while it is written: its parts at the left, one of them open, and beside it what is missing and found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.actions import rubric_draft
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.rubric.bank_panel import BankPanel
from app.desk.pages.rubric.draft_notes import DraftNotes
from app.desk.pages.rubric.open_part import OpenPart
from app.desk.pages.rubric.parts_list import PartsList
from app.desk.pages.rubric.version_panel import VersionPanel
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.empty import EmptyPage
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder, row, scrolling, wide
from app.desk.parts.subject_page import SubjectPage
from app.domain.rubric_draft import AREA, DIMENSION, EXERCISE, HEAD, KPI, PLAN, ROLE, SKILL, empty_role
from app.domain.value import Way
from app.exchange.check_lists import check_lists
from app.phrases.rubric_draft import SECTION_WORDS
from app.queries.rubric_draft import BankQuestion, DraftView, checked, draft_view
from app.store.workspace import Workspace
from app.words import tr

_LEFT, _RIGHT = 210, 290  # px at ordinary text size
_THREE = 900  # px at ordinary text size: narrower, the notes stand under the part
_SHARE = 0.24  # of the width, for the list where there is little
_ANY = 16_777_215
_PANEL = 360  # px at ordinary text size: what an open form takes
_ROOM = {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}
_ADDED = (DIMENSION, EXERCISE, PLAN, AREA, SKILL, KPI)


class RubricDraftPage(SubjectPage[DraftView]):
    """The draft `id`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._open: int | None = None
        self._met: int | None = None
        self._fresh = False
        self._version = Button(tr("Make it a version…"), "primary", run=self._ask_version)
        self._add = Button(tr("Add…"), run=self._open_add)
        self._more = IconButton(desk.theme, "ellipsis", tr("More about this draft"), run=self._open_more)
        self._title, self._line = Text("", "title", wrap=True), Text("", tone="soft", wrap=True)
        self.list, self.part, self.notes = PartsList(), OpenPart(desk.theme), DraftNotes()
        self.list.chosen.connect(self.show_part)
        self.part.written.connect(self._write)
        self.part.must_have.connect(self._set_must_have)
        self.part.searched.connect(self._ask_bank)
        self.part.moved.connect(self._move)
        self.part.removed.connect(self._remove)
        self.part.went_to.connect(self._go_to_field)
        self.notes.wanted.connect(self.show_part)
        self.notes.put_aside.connect(self._ask_aside)
        self.notes.taken_up.connect(self._take_up)
        self.bank, self.make = BankPanel(desk), VersionPanel(desk.theme)
        self.bank.taken.connect(self._take_question)
        self.bank.saved.connect(self.bank.close_panel)
        self.make.saved.connect(self._make)
        self._under = column(self.part, gap=0)
        self._scroll = scrolling(holder(self._under))
        left = holder(column(self._title, self._line, wide(self.list), gap=6, margins=(16, 14, 8, 12)))
        beside = self._row = row(left, wide(self._scroll), self.notes, gap=0)
        self._left = left
        empty = EmptyPage(
            desk.theme,
            tr("No draft is shown"),
            tr("A draft becomes a version once it holds; begin one on the Rubric page."),
            tr("To the rubrics"),
            partial(desk.go, "rubric"),
        )
        self.lay_out(holder(beside), empty, self.bank, self.make, beside=beside)
        for panel in self.panels:
            panel.installEventFilter(self)
        desk.theme.changed.connect(self._arrange)
        self._arrange()

    # What the window asks of a page

    def breadcrumb(self) -> Sequence[Crumb]:
        """Guides, Rubric, its name."""
        last = Crumb(self.shown.name if self.shown is not None and self.shown.name else tr("Draft"))
        return (Crumb(tr("Guides")), Crumb(tr("Rubric"), "rubric"), last)

    def top_actions(self) -> Sequence[QWidget]:
        """Add a part, more, and the version."""
        return (self._add, self._more, self._version)

    def commands(self) -> Sequence[Command]:
        """What can be done with a draft."""
        command, on_dimension = CommandsOf("draft", tr("Rubric draft"), self.there), self._on_dimension
        return (
            command("version", tr("Make it a version…"), self._ask_version, "Ctrl+Shift+Return"),
            command("dimension", tr("Add a dimension"), partial(self._add_part, DIMENSION), "Ctrl+Shift+D"),
            command("exercise", tr("Add an exercise"), partial(self._add_part, EXERCISE), "Ctrl+Shift+X"),
            command("question", tr("Add a question"), self.part.add_question, "Ctrl+Shift+Q", when=on_dimension),
            command("bank", tr("Question bank…"), self._ask_bank, "Ctrl+Shift+B", when=on_dimension),
            command("next", tr("Next part"), partial(self._turn, 1), "Alt+Down"),
            command("before", tr("Previous part"), partial(self._turn, -1), "Alt+Up"),
            command("up", tr("Move this part up"), partial(self._move, -1), "Ctrl+Shift+Up"),
            command("down", tr("Move this part down"), partial(self._move, 1), "Ctrl+Shift+Down"),
            command("remove", tr("Remove this part"), self._remove, when=self._removable),
            command("discard", tr("Discard this draft…"), self._ask_discard),
        )

    def panes(self) -> Sequence[QWidget]:
        """The parts, the open one, what is said of them, and the form that is open."""
        panels = [panel for panel in self.panels if not panel.isHidden()]
        return (self.list, self.part, self.notes, *panels)

    def flush(self) -> None:
        """Save what is being typed."""
        self.part.save_now()

    def query(self, subject: int) -> Callable[[], DraftView]:
        """The draft with what the check says of it."""
        return partial(_load, self.workspace, subject)

    def fill(self, page: DraftView) -> None:
        """Its parts, and the one that is open."""
        self._title.setText(page.name or tr("A rubric without a name"))
        said = tr("follows {base}").format(base=page.base) if page.base else tr("a new rubric")
        self._line.setText(tr("Draft: {what}. Saved as you type.").format(what=said))
        if page.part(self._open) is None:
            first = next((p for p in page.parts if p.section == DIMENSION), page.head)
            self._fresh = page.id != self._met and not first.content["name"]
            self._open = first.id
        self._met = page.id
        assert self._open is not None
        faulty = frozenset(lack.part for lack in page.lacks if lack.part is not None)
        self.list.show_parts(page.parts, faulty, self._open)
        part = page.part(self._open)
        assert part is not None
        self.part.show_part(part, page)
        self.notes.show_draft(page, self._open)
        if self._fresh:
            self._fresh = False
            self.part.begin_typing()

    # Going

    def show_part(self, part: int) -> None:
        """Open a part."""
        if self.shown is None or self.shown.part(part) is None:
            return
        if part != self._open:
            self.part.finish_now()
            self._open = part
            self._scroll.verticalScrollBar().setValue(0)
        self.fill(self.shown)

    def _go_to_field(self, field: QWidget) -> None:
        """Type in it next, once it is shown and has its place."""
        QTimer.singleShot(0, field, partial(field.setFocus, Qt.FocusReason.OtherFocusReason))
        QTimer.singleShot(0, field, partial(self._scroll.ensureWidgetVisible, field))

    def _turn(self, by: int) -> None:
        row_ = self.list.currentIndex().row() + by
        if 0 <= row_ < self.list.parts.rowCount():
            self.show_part(self.list.parts.parts[row_].id)

    def _on_dimension(self) -> bool:
        part = self.shown.part(self._open) if self.shown is not None else None
        return part is not None and part.section == DIMENSION

    def _removable(self) -> bool:
        part = self.shown.part(self._open) if self.shown is not None else None
        return part is not None and part.section != HEAD

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A form that opens takes room."""
        if event.type() in _ROOM:
            QTimer.singleShot(0, self, self._arrange)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may want the notes elsewhere."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The notes stand beside the part; where there is no room for three columns, under it."""
        px, crowded = self.desk.theme.px, any(not panel.isHidden() for panel in self.panels)
        broad = self.width() >= px(_THREE) + (px(_PANEL) if crowded else 0)
        self._left.setVisible(broad or not crowded)
        self._left.setFixedWidth(min(px(_LEFT), max(_LEFT, round(self.width() * _SHARE))))
        self.notes.setMinimumWidth(px(_RIGHT) if broad else 0)
        self.notes.setMaximumWidth(px(_RIGHT) if broad else _ANY)
        beside = self._row.indexOf(self.notes) >= 0
        if broad and not beside:
            self._under.removeWidget(self.notes)
            self._row.insertWidget(2, self.notes)
        elif beside and not broad:
            self._row.removeWidget(self.notes)
            self._under.addWidget(self.notes)

    # Writing

    def _write(self, part: int, way: Way, value: object, typing: bool) -> None:
        self.act(partial(rubric_draft.write, self.workspace, part, way, value, typing=typing))

    def _set_must_have(self, dimension: str, on: bool) -> None:
        if self.shown is None:
            return
        head = self.shown.head
        chosen = {*head.content["must_have"]} - {dimension} | ({dimension} if on else set())
        value = [key for key, _ in self.shown.dimensions if key in chosen]
        self.act(partial(rubric_draft.write, self.workspace, head.id, ("must_have",), value))

    def _add_part(self, section: str) -> None:
        if self.shown is None:
            return
        content = empty_role(self.shown.rubric.name, self.shown.rubric.level) if section == ROLE else None
        self.part.finish_now()
        self.act(partial(rubric_draft.add_part, self.workspace, self.shown.id, section, content), self._added)

    def _added(self, done: Any) -> None:
        self._open, self._fresh = done.subject, True
        self.read_again()

    def _move(self, by: int) -> None:
        if self._open is not None and self._removable():
            self.act(partial(rubric_draft.move_part, self.workspace, self._open, by))

    def _remove(self) -> None:
        if self._open is not None and self._removable():
            said = tr("It is out. Ctrl+Z brings it back.")
            self.act(partial(rubric_draft.remove_part, self.workspace, self._open), said=said)

    def _open_add(self) -> None:
        menu = DropMenu(self._add)
        sections = [*_ADDED]
        if self.shown is not None and not any(p.section == ROLE for p in self.shown.parts):
            sections.append(ROLE)
        for section in sections:
            menu.offer(SECTION_WORDS[section], partial(self._add_part, section))
        menu.drop()

    def _open_more(self) -> None:
        menu = DropMenu(self._more)
        menu.offer(tr("Discard this draft…"), self._ask_discard)
        menu.drop()

    # The bank, the check, the version

    def _ask_bank(self) -> None:
        self.bank.begin()
        self.open_panel(self.bank, tr("Question bank"))

    def _take_question(self, question: BankQuestion) -> None:
        copied = {"kind": question.kind, "text": question.text, "probes": list(question.probes)}
        self.part.take_question({**copied, "tags": list(question.tags)})

    def _ask_aside(self, finding: str) -> None:
        if self.shown is None:
            return
        draft = self.shown.id
        self.confirm(
            tr("Set this finding aside?"),
            tr("It is said no more, until the words change. The reason stays with the version."),
            tr("Set it aside"),
            lambda reason: self.act(partial(rubric_draft.set_aside, self.workspace, draft, finding, reason)),
            reason=tr("Why it does not hold here"),
        )

    def _take_up(self, finding: str) -> None:
        if self.shown is not None:
            self.act(partial(rubric_draft.take_up_finding, self.workspace, self.shown.id, finding))

    def _ask_version(self) -> None:
        self.part.finish_now()
        self.desk.work.drain()
        if self.shown is not None:
            self.make.show_draft(self.shown)
            self.open_panel(self.make, tr("Make {name} a version").format(name=self.shown.rubric.words))

    def _make(self) -> None:
        if self.shown is not None:
            action = partial(rubric_draft.make_version, self.workspace, self.shown.id, self.make.reason)
            self.desk.write(action, self._made, self, self.make.refuse)

    def _made(self, done: Any) -> None:
        self.make.close_panel()
        self.desk.say(tr("It is a version. Openings stay on theirs until you move them."))
        self.desk.go("rubric", rubric=done.subject)

    def _ask_discard(self) -> None:
        if self.shown is None:
            return
        draft = self.shown.id
        self.confirm(
            tr("Discard this draft?"),
            tr("What was written in it goes; Ctrl+Z brings it back."),
            tr("Discard it"),
            lambda _reason: self.act(partial(rubric_draft.discard, self.workspace, draft), self._discarded),
        )

    def _discarded(self, _done: Any) -> None:
        self.desk.go("rubric")


def _load(workspace: Workspace, draft: int) -> DraftView:
    return checked(draft_view(workspace, draft), check_lists())
