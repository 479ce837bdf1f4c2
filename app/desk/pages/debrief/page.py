"""The debrief: every card side by side, walked by need, then what the rule supports, and the decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QStackedWidget, QWidget

from app.actions import debrief, decision
from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.debrief.conclusion import ConcludePane
from app.desk.pages.debrief.declarations import DebriefDeclarations
from app.desk.pages.debrief.evidence import EvidenceTable
from app.desk.pages.debrief.head import DebriefHead, DebriefKey
from app.desk.pages.debrief.walk import WalkPane, next_dimension
from app.desk.parts.approvals import ask_answer, ask_name
from app.desk.parts.controls import Button, Switch
from app.desk.parts.empty import EmptyPage
from app.desk.parts.focus import focus_first
from app.desk.parts.layout import column, holder, wide
from app.errors import Refused
from app.queries.debrief import DebriefView, debrief_page
from app.queries.lists import ColleagueRow, colleague_rows
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import tr

_SIDE = 348  # px at ordinary text size: agenda or decision
_BOTH = 940  # px at ordinary text size: narrower, the side stands below


class DebriefPage(Page):
    """One application's debrief. `arrived(id=…)` shows it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: DebriefView | None = None
        self.application: int | None = None
        self._chosen: str | None = None
        self._colleagues: tuple[ColleagueRow, ...] = ()
        self.shared = Switch(desk.theme, tr("Shared screen"), on=True)
        self.shared.toggled.connect(lambda _on: self._refresh())
        self._packet = Button(tr("Hiring packet"))
        self._packet.clicked.connect(self._go_packet)
        self.key = DebriefKey(desk.theme)
        self._declared = DebriefDeclarations(self)
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
        where, walking, done = tr("Debrief"), self._is_walking, self._is_done
        return (
            Command("debrief.next", tr("Next dimension"), self._next, ("Ctrl+Return",), where, walking),
            Command(
                "debrief.scores", tr("Second scores"), self.walk.scores.focus, ("Ctrl+Shift+2", "F2"), where, walking
            ),
            Command("debrief.note", tr("Note on this dimension"), self._focus_note, ("Ctrl+T",), where, walking),
            Command("debrief.skip", tr("Skip the rest of the walk"), self._declared.ask_skip, (), where, walking),
            Command("debrief.decide", tr("Go to the decision"), self.conclude.form.focus, ("Ctrl+D",), where, done),
            Command("debrief.record", tr("Record decision"), self._record, ("Ctrl+Shift+Return",), where, done),
            Command("debrief.shared", tr("Shared screen on or off"), self.shared.toggle, ("Ctrl+Shift+S",), where),
        )

    def panes(self) -> Sequence[QWidget]:
        """Matrix, then agenda or decision."""
        return (self.table, self._side)

    def arrived(self, **where: Any) -> None:
        """Show the debrief of application `id`."""
        chosen = where.get("id", self.application)
        if chosen != self.application:
            self._chosen = None
            self.forget()
            self.shared.setChecked(True)
        self.application = chosen
        self._ask()

    def forget(self) -> None:
        """Nothing is in sight until it is asked for again."""
        self.shown = None
        self.table.forget()
        self._stack.setCurrentWidget(self._blank)
        self.headed.emit()

    def changed(self, report: Any) -> None:
        """Something in it may be another now."""
        self._ask()

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
        self._sides = QStackedWidget()
        sides: tuple[QWidget, ...] = (self._begin, self.walk, self.conclude)
        for side in sides:
            self._sides.addWidget(_padded(side))
        self._side = QScrollArea()
        self._side.setProperty("role", "side")
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setWidget(self._sides)
        left = holder(column(self.head, wide(self.table), gap=0))
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(0)
        self._across.addWidget(left, 1)
        self._across.addWidget(self._side)
        whole = QWidget()
        whole.setLayout(self._across)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._empty = EmptyPage(
            theme,
            tr("No debrief is shown"),
            tr("Open a candidate whose cards are in."),
            tr("Go to the pipeline"),
            lambda: self.desk.go("pipeline"),
        )
        self._sealed = EmptyPage(theme, tr("The cards are sealed"), "", tr("To the candidate"), self._go_application)
        self._blank, self._whole = QWidget(), whole
        self._stack = QStackedWidget()
        for widget in (self._blank, whole, self._empty, self._sealed):
            self._stack.addWidget(widget)
        column(self._stack, on=self)
        theme.changed.connect(self._arrange)

    def _connect(self) -> None:
        walk, form = self.walk, self.conclude.form
        walk.chosen.connect(self._choose)
        walk.next_asked.connect(self._next)
        walk.skip_asked.connect(self._declared.ask_skip)
        walk.voted.connect(self._declared.vote)
        walk.scores.left.connect(lambda: focus_first(self.table))
        walk.noted.connect(lambda dimension, text: self._note(dimension, text, typing=True))
        walk.left.connect(lambda dimension, text: self._note(dimension, text, typing=False))
        for flags in (walk.flags, self.conclude.flags):
            flags.settled.connect(self._declared.ask_flag)
        form.typed.connect(lambda content: self.write(partial(decision.draft, self._ws, self.id, content, typing=True)))
        form.complete.connect(self._declared.confirm)
        self.conclude.again.connect(self._refresh)
        self.conclude.approvals.answered.connect(partial(ask_answer, self.desk, self))
        self.conclude.approvals.named.connect(partial(ask_name, self.desk, self))
        self.table.opened.connect(self._opened)

    @property
    def _ws(self) -> Workspace:
        return self.desk.workspace

    @property
    def id(self) -> int:
        """The application that is shown."""
        assert self.application is not None
        return self.application

    @property
    def debrief(self) -> int:
        """The debrief that was begun."""
        assert self.shown is not None
        assert self.shown.debrief is not None
        return self.shown.debrief

    # Data

    def _ask(self) -> None:
        if self.application is None:
            self._stack.setCurrentWidget(self._empty)
            return
        self.desk.ask(self, "colleagues", partial(colleague_rows, self._ws), self._take_colleagues)
        self.desk.ask(self, "debrief", partial(debrief_page, self._ws, self.application), self._show, self._gone)

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self._colleagues = rows

    def _gone(self, refused: Refused) -> None:
        self.shown = None
        self._empty.set_words(refused.sentence, refused.remedy)
        self._stack.setCurrentWidget(self._empty)
        self.headed.emit()

    def _show(self, page: DebriefView) -> None:
        if page.application != self.application:
            return
        before, self.shown = self.shown, page
        if not page.open:
            self._show_sealed(page)
        else:
            self._stack.setCurrentWidget(self._whole)
            if before is not None and before.done != page.done:
                self._chosen = None
            self._refresh()
        self.headed.emit()

    def _show_sealed(self, page: DebriefView) -> None:
        words = tr("{n} of {all} cards are in.").format(n=page.sealing.cards_in, all=page.sealing.cards_planned)
        owes = self._ws.me is not None and page.sealing.owes(self._ws.me)
        hint = tr("Your own card is due first.") if owes else tr("They open when all are in, or early with a reason.")
        self._sealed.set_words(tr("The cards of {name} are sealed").format(name=page.name), f"{words} {hint}")
        self._stack.setCurrentWidget(self._sealed)

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

    def write(self, action: Callable[[], ChangeReport], then: Callable[[ChangeReport], None] | None = None) -> None:
        """Do something in this debrief, and ask for it afresh."""
        self.desk.write(action, lambda changed: self._done(changed, then), self)

    def _done(self, changed: ChangeReport, then: Callable[[ChangeReport], None] | None) -> None:
        if then is not None:
            then(changed)
        self._ask()

    def _start(self) -> None:
        self.write(partial(debrief.start, self._ws, self.id))

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
        if page is None or dimension is None:
            return
        self.walk.note.finish_now()
        after = next_dimension(page, dimension)
        self._chosen = after
        if after is not None:
            self.table.open_only(after)
        self.write(partial(debrief.walked, self._ws, self.debrief, dimension))

    def _note(self, dimension: str, text: str, *, typing: bool) -> None:
        if self.shown is None or self.shown.debrief is None:
            return
        self.write(partial(debrief.note, self._ws, self.debrief, dimension, text, typing=typing))

    def _focus_note(self) -> None:
        self.walk.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _record(self) -> None:
        self.conclude.form.record.click()

    def _go_application(self) -> None:
        self.desk.go("application", id=self.id)

    def _go_packet(self) -> None:
        self.desk.go("application", id=self.id, packet=True)

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
