"""The debrief: every card side by side, walked by need, then what the rule supports, and the decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.actions import debrief, decision
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.debrief.conclusion import ConcludePane
from app.desk.pages.debrief.declarations import DebriefDeclarations
from app.desk.pages.debrief.evidence import EvidenceTable
from app.desk.pages.debrief.head import DebriefHead, DebriefKey
from app.desk.pages.debrief.walk import WalkPane, next_dimension
from app.desk.parts.approvals import ask_answer, ask_name
from app.desk.parts.controls import Button, Switch
from app.desk.parts.empty import EmptyPage
from app.desk.parts.focus import focus_first
from app.desk.parts.layout import column, holder, scrolling, stacked, wide
from app.desk.parts.subject_page import SubjectPage
from app.queries.debrief import DebriefView, debrief_page
from app.queries.lists import ColleagueRow, colleague_rows
from app.words import tr

_SIDE = 348  # px at ordinary text size: agenda or decision
_BOTH = 940  # px at ordinary text size: narrower, the side stands below


class DebriefPage(SubjectPage[DebriefView]):
    """One application's debrief. `arrived(id=…)` shows it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._chosen: str | None = None
        self._was_done: bool | None = None
        self._colleagues: tuple[ColleagueRow, ...] = ()
        self.shared = Switch(desk.theme, tr("Shared screen"), on=True)
        self.shared.toggled.connect(lambda _on: self._refresh())
        self._packet = Button(tr("Hiring packet"), run=self._go_packet)
        self.key = DebriefKey(desk.theme)
        self._declarations = DebriefDeclarations(self)
        self._build()
        self._connect()

    # What the window asks of a page

    def breadcrumb(self) -> Sequence[Crumb]:
        """Interviews, the person, and where the debrief is."""
        last = Crumb(tr("Decision") if self.shown is not None and self.shown.done else tr("Debrief"))
        if self.shown is None:
            return (Crumb(tr("Interviews"), "interviews"), last)
        person = Crumb(self.shown.name, "application", {"id": self.shown.application})
        return (Crumb(tr("Interviews"), "interviews"), person, last)

    def top_actions(self) -> Sequence[QWidget]:
        """Whether others look at the screen; the packet once it is decided."""
        decided = self.shown is not None and bool(self.shown.decisions)
        return (self.shared, self._packet) if decided else (self.shared,)

    def footer(self) -> QWidget:
        """What cells look like."""
        return self.key

    def commands(self) -> Sequence[Command]:
        """What can be done in a debrief."""
        command = CommandsOf("debrief", tr("Debrief"))
        walking, done, form = self._is_walking, self._is_done, self.conclude.form
        return (
            command("next", tr("Next dimension"), self._next, "Ctrl+Return", when=walking),
            command("scores", tr("Second scores"), self.walk.scores.focus, "Ctrl+Shift+2", "F2", when=walking),
            command("note", tr("Note on this dimension"), self._focus_note, "Ctrl+T", when=walking),
            command("skip", tr("Skip the rest of the walk"), self._declarations.ask_skip, when=walking),
            command("decide", tr("Go to the decision"), form.focus, "Ctrl+D", when=done),
            command("record", tr("Record decision"), form.record.click, "Ctrl+Shift+Return", when=done),
            command("shared", tr("Shared screen on or off"), self.shared.toggle, "Ctrl+Shift+S"),
        )

    def panes(self) -> Sequence[QWidget]:
        """Matrix, then agenda or decision."""
        return (self.table, self._side)

    def put_away(self) -> None:
        """The next one begins at its first dimension, on a shared screen."""
        self._chosen = self._was_done = None
        self.table.forget()

    def arrived(self, **where: Any) -> None:
        """Another debrief is shown on a shared screen until somebody says otherwise."""
        if where.get("id", self.subject) != self.subject:
            self.shared.setChecked(True)
        super().arrived(**where)

    def flush(self) -> None:
        """Save what is being typed."""
        self.walk.note.save_now()
        self.conclude.form.save_now()

    def left(self) -> None:
        """Save what is being typed; the time stops."""
        self.flush()
        self.walk.rest()

    # Building

    def _build(self) -> None:
        theme, zone = self.desk.theme, self.desk.workspace.zone
        self.head = DebriefHead(theme)
        self.table = EvidenceTable(theme, zone)
        self.walk = WalkPane(theme)
        self.conclude = ConcludePane(theme, zone)
        self._begin = EmptyPage(
            theme,
            tr("The cards are open"),
            tr("Start the debrief when everybody is there. Cards that come in later count as second scores."),
            tr("Start the debrief"),
            self._start,
        )
        self._sides = stacked(*map(_padded, (self._begin, self.walk, self.conclude)))
        self._side = scrolling(self._sides)
        self._side.setProperty("role", "side")
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = holder(column(self.head, wide(self.table), gap=0))
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(0)
        self._across.addWidget(left, 1)
        self._across.addWidget(self._side)
        self._across.setContentsMargins(0, 0, 0, 0)
        empty = EmptyPage(
            theme,
            tr("No debrief is shown"),
            tr("Open a candidate whose cards are in."),
            tr("Go to the pipeline"),
            partial(self.desk.go, "pipeline"),
        )
        self._sealed = EmptyPage(theme, tr("The cards are sealed"), "", tr("To the candidate"), self._go_application)
        self.lay_out(holder(self._across), empty)
        self.stack.addWidget(self._sealed)
        theme.changed.connect(self._arrange)

    def _connect(self) -> None:
        walk, form = self.walk, self.conclude.form
        walk.chosen.connect(self._choose)
        walk.next_asked.connect(self._next)
        walk.skip_asked.connect(self._declarations.ask_skip)
        walk.voted.connect(partial(self._declarations.vote, walk.scores.taken))
        walk.scores.left.connect(lambda: focus_first(self.table))
        walk.noted.connect(lambda dimension, text: self._note(dimension, text, typing=True))
        walk.left.connect(lambda dimension, text: self._note(dimension, text, typing=False))
        for flags in (walk.flags, self.conclude.flags):
            flags.settled.connect(self._declarations.ask_flag)
        form.typed.connect(self._draft)
        form.complete.connect(lambda: self._declarations.confirm(form.new_decision()))
        self.conclude.again.connect(self._refresh)
        self.conclude.approvals.answered.connect(partial(ask_answer, self.desk, self))
        self.conclude.approvals.named.connect(partial(ask_name, self.desk, self))
        self.table.opened.connect(self._opened)

    # Data

    def query(self, subject: int) -> Callable[[], DebriefView]:
        """The debrief."""
        return partial(debrief_page, self.workspace, subject)

    def query_beside(self, subject: int) -> None:
        """Who can dissent, and who approves."""
        self.desk.ask(self, "colleagues", partial(colleague_rows, self.workspace), self._take_colleagues)

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self._colleagues = rows

    def fill(self, page: DebriefView) -> None:
        """The matrix with the walk or the decision beside it, once the cards are open."""
        if not page.open:
            self._show_sealed(page)
            return
        if self._was_done is not None and self._was_done != page.done:
            self._chosen = None
        self._was_done = page.done
        self._refresh()

    def _show_sealed(self, page: DebriefView) -> None:
        words = tr("{n} of {all} cards are in.").format(n=page.sealing.cards_in, all=page.sealing.cards_planned)
        owes = self.workspace.me is not None and page.sealing.owes(self.workspace.me)
        hint = tr("Your own card is due first.") if owes else tr("They open when all are in, or early with a reason.")
        self._sealed.set_words(tr("The cards of {name} are sealed").format(name=page.name), f"{words} {hint}")
        self.stack.setCurrentWidget(self._sealed)

    def _refresh(self) -> None:
        page = self.shown
        if page is None or not page.open:
            return
        self.head.show_page(page)
        began = page.debrief is not None and self._sides.currentIndex() == 0 and self._sides.isVisible()
        if page.debrief is None:
            self._sides.setCurrentIndex(0)
        elif page.done:
            self.walk.rest()
            self.conclude.show_page(page, self._colleagues, shared=self.shared.isChecked())
            self._sides.setCurrentIndex(2)
        else:
            item = page.next_item
            if self._chosen is None and item is not None:
                self._chosen = item.dimension
            if self._chosen is not None:
                self.walk.show_page(page, self._chosen)
            self._sides.setCurrentIndex(1)
        self.key.show_page(page)
        self.table.show_page(page, self._chosen if page.debrief is not None and not page.done else None)
        if began and not page.done:
            focus_first(self.table)  # and not what stands where “Start the debrief” stood
        self._arrange()

    def _is_walking(self) -> bool:
        return self.shown is not None and self.shown.debrief is not None and not self.shown.done

    def _is_done(self) -> bool:
        return self.shown is not None and self.shown.open and self.shown.done

    # Deeds

    def _start(self) -> None:
        assert self.subject is not None
        self.act(partial(debrief.start, self.workspace, self.subject))

    def _draft(self, content: str) -> None:
        assert self.subject is not None
        self.act(partial(decision.draft, self.workspace, self.subject, content, typing=True))

    def _choose(self, dimension: str) -> None:
        self.walk.note.finish_now()
        self._chosen = dimension
        self.table.open_only(dimension)
        self._refresh()

    def _opened(self, dimension: str) -> None:
        if self._is_walking():
            self._choose(dimension)

    def _next(self) -> None:
        page, dimension = self.shown, self.walk.dimension
        if page is None or page.debrief is None or dimension is None:
            return
        self.walk.note.finish_now()
        after = next_dimension(page, dimension)
        self._chosen = after
        if after is not None:
            self.table.open_only(after)
        self.act(partial(debrief.walked, self.workspace, page.debrief, dimension))

    def _note(self, dimension: str, text: str, *, typing: bool) -> None:
        if self.shown is None or self.shown.debrief is None:
            return
        self.act(partial(debrief.note, self.workspace, self.shown.debrief, dimension, text, typing=typing))

    def _focus_note(self) -> None:
        self.walk.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go_application(self) -> None:
        self.desk.go("application", id=self.subject)

    def _go_packet(self) -> None:
        self.desk.go("application", id=self.subject, packet=True)

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow page the side stands below."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        theme = self.desk.theme
        broad = self.width() >= theme.px(_BOTH)
        directions = QBoxLayout.Direction
        self._across.setDirection(directions.LeftToRight if broad else directions.TopToBottom)
        if broad:
            self._side.setFixedWidth(theme.px(_SIDE))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
        self.table.set_columns(2 if self.width() >= theme.px(760) else 1)
        QTimer.singleShot(0, self, self._make_room)

    def _make_room(self) -> None:
        """Where the two stand below each other, both are as high as what they hold: the window scrolls them as one."""
        broad = self._across.direction() == QBoxLayout.Direction.LeftToRight
        shown = self._sides.currentWidget() or self._sides
        self._side.setMinimumHeight(0 if broad else shown.sizeHint().height() + 8)
        self.table.stretch(whole=not broad)


def _padded(widget: QWidget) -> QWidget:
    return holder(column(widget, margins=(20, 16, 20, 16)))
