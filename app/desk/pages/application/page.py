"""One candidate in one opening: strip, interviews, decision, files, facts, timeline, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.application.actions import ApplicationActions
from app.desk.pages.application.head import ApplicationHead, ClosePanel
from app.desk.pages.application.person import PersonCard, TimelineCard
from app.desk.pages.application.rounds import InterviewPanel, RoundsCard
from app.desk.parts.approvals import ask_answer, ask_name
from app.desk.parts.attached_files import FilesCard
from app.desk.parts.controls import Button
from app.desk.parts.decisions import DecisionCard
from app.desk.parts.empty import EmptyPage
from app.desk.parts.layout import column, row, wide
from app.desk.parts.packet_bar import PacketBar
from app.desk.parts.side_panel import SidePanel
from app.domain.pipeline import Outcome
from app.errors import Refused
from app.queries.application import ApplicationView, application_page
from app.queries.lists import ColleagueRow, colleague_rows
from app.words import tr

_ROWS = 600  # px at ordinary text size: narrower, a round's button stands below its words
_RIGHT = 330  # px at ordinary text size: facts and timeline
_BOTH = 900  # px at ordinary text size: narrower, the two columns stand below each other


class ApplicationPage(Page):
    """One application. `arrived(id=…)` shows it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: ApplicationView | None = None
        self.application: int | None = None
        self._packet_wanted = False
        self.colleagues: tuple[ColleagueRow, ...] = ()
        self._deeds = ApplicationActions(self)
        self.setAcceptDrops(True)
        self._move = Button(tr("Move to"))
        self._stages = QMenu(self._move)
        self._move.setMenu(self._stages)
        self._packet = Button(tr("Hiring packet"))
        self._packet.clicked.connect(self._deeds.ask_packet)
        self._more = Button(tr("Close…"), "quiet")
        self._more.clicked.connect(self._close_or_reopen)
        self._build()
        self._connect()

    # What the window asks of a page

    def breadcrumb(self) -> Sequence[Crumb]:
        """The opening's board, then the person."""
        if self.shown is None:
            return (Crumb(tr("Pipeline"), "pipeline"), Crumb(tr("Application")))
        board = Crumb(self.shown.code, "pipeline", {"opening": self.shown.opening})
        return (Crumb(tr("Pipeline"), "pipeline"), board, Crumb(self.shown.name))

    def top_actions(self) -> Sequence[QWidget]:
        """Move, close, and the packet."""
        return (self._more, self._move, self._packet)

    def commands(self) -> Sequence[Command]:
        """All that can be done to an application."""
        where = tr("Application")
        deeds, there, active = self._deeds, self.there, self._is_active
        return (
            Command("application.debrief", tr("Debrief and decision"), self._go_debrief, ("Ctrl+D",), where, there),
            Command("application.offer", tr("Offer"), deeds.go_offer, ("Ctrl+Shift+O",), where, self._has_offer),
            Command("application.packet", tr("Hiring packet"), deeds.ask_packet, ("Ctrl+Shift+P",), where, there),
            Command("application.plan", tr("Plan the next interview"), self._plan_next, ("Ctrl+I",), where, active),
            Command("application.attach", tr("Attach a file"), deeds.ask_attach, ("Ctrl+Shift+A",), where, there),
            Command("application.open_cards", tr("Open the cards early"), deeds.ask_open, (), where, self._may_open),
            Command("application.move", tr("Move to another stage"), self._move.showMenu, ("Ctrl+M",), where, active),
            Command("application.close", tr("Close the application"), self._open_close, (), where, active),
            Command("application.reopen", tr("Reopen the application"), deeds.reopen, (), where, self._is_closed),
            Command("application.facts", tr("Edit the person’s facts"), self._focus_facts, ("Ctrl+E",), where, there),
        )

    def panes(self) -> Sequence[QWidget]:
        """Rounds, decision, files, person, and the form while it is open."""
        return (self.rounds, self.decision, self.files, self.person, *self._panels)

    def arrived(self, **where: Any) -> None:
        """Show the application `id`; `packet` asks for its hiring packet at once."""
        chosen = where.get("id", self.application)
        if chosen != self.application:
            self.shown = None
            self._close_panels()
            self._stack.setCurrentWidget(self._blank)
            self._scroll.verticalScrollBar().setValue(0)
        self.application = chosen
        self._packet_wanted = bool(where.get("packet"))
        self._ask()

    def forget(self) -> None:
        """Nothing is in sight until it is asked for again."""
        self.shown = None
        self._stack.setCurrentWidget(self._blank)
        self._show_actions()
        self.headed.emit()

    def changed(self, report: Any) -> None:
        """Something of this application may be another now."""
        self._ask()

    def flush(self) -> None:
        """Save what is being typed."""
        self.person.flush()

    def left(self) -> None:
        """Save what is being typed."""
        self.flush()

    # Building

    def _build(self) -> None:
        theme, zone = self.desk.theme, self.desk.workspace.zone
        self.head = ApplicationHead(theme)
        self.bar = PacketBar(self.desk)
        self.rounds = RoundsCard(self.desk)
        self.decision = DecisionCard(zone)
        self.files = FilesCard(self.desk)
        self.person = PersonCard(theme)
        self.timeline = TimelineCard(zone)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._sheet())
        self._empty = EmptyPage(
            theme,
            tr("No application is shown"),
            tr("Choose a person on the board."),
            tr("Go to the pipeline"),
            lambda: self.desk.go("pipeline"),
        )
        self._stack = QStackedWidget()
        self._blank = QWidget()
        self._stack.addWidget(self._blank)
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._empty)
        self.interview = InterviewPanel(theme)
        self.closing = ClosePanel(theme)
        self._panels: tuple[SidePanel, ...] = (self.interview, self.closing)
        across = row(wide(self._stack), gap=0, on=self)
        for panel in self._panels:
            across.addWidget(panel)
        theme.changed.connect(self._arrange)
        self._scroll.viewport().installEventFilter(self)

    def _sheet(self) -> QWidget:
        """Everything that scrolls: the head over two columns of cards."""
        self._right = QWidget()
        right = column(on=self._right)
        _stack_up(right, self.person, self.timeline)
        left = QVBoxLayout()
        _stack_up(left, self.rounds, self.decision, self.files)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self._right)
        body = QWidget()
        column(self.head, self.bar, wide(self._columns), gap=14, margins=(20, 16, 20, 20), on=body)
        return body

    def _connect(self) -> None:
        deeds = self._deeds
        self.rounds.planned.connect(lambda item: self._open_interview(item, further=item.interview is not None))
        self.rounds.edited.connect(lambda item: self._open_interview(item, further=False))
        self.rounds.removed.connect(deeds.remove_interview)
        self.rounds.open_early.connect(deeds.ask_open)
        self.interview.asked.connect(deeds.save_interview)
        self.decision.asked.connect(self._go_debrief)
        self.decision.offer_asked.connect(deeds.go_offer)
        self.decision.approvals.answered.connect(partial(ask_answer, self.desk, self))
        self.decision.approvals.named.connect(partial(ask_name, self.desk, self))
        self.closing.complete.connect(deeds.close)
        self.files.attach_asked.connect(deeds.ask_attach)
        self.files.open_asked.connect(deeds.open_file)
        self.files.copy_asked.connect(deeds.ask_copy)
        self.files.remove_asked.connect(deeds.remove_file)
        self.person.typed.connect(lambda field, text: deeds.save_fact(field, text, typing=True))
        self.person.finished.connect(lambda field, text: deeds.save_fact(field, text, typing=False))
        self.person.kept.connect(deeds.keep_until)
        self.person.unreadable.connect(deeds.no_date)
        self.bar.made.connect(self.desk.say)

    # Data

    def _ask(self) -> None:
        if self.application is None:
            self._stack.setCurrentWidget(self._empty)
            return
        workspace = self.desk.workspace
        self.desk.ask(self, "colleagues", partial(colleague_rows, workspace), self._take_colleagues)
        self.desk.ask(
            self, "application", partial(application_page, workspace, self.application), self._show, self._not_found
        )

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self.colleagues = rows

    def _not_found(self, refused: Refused) -> None:
        self.shown = None
        self._close_panels()
        self._empty.set_words(refused.sentence, tr("It may have been taken back. Choose a person on the board."))
        self._stack.setCurrentWidget(self._empty)
        self._show_actions()
        self.headed.emit()

    def _show(self, page: ApplicationView) -> None:
        if page.id != self.application:
            return
        before, self.shown = self.shown, page
        self._stack.setCurrentWidget(self._scroll)
        self.head.show_head(page)
        self.rounds.show_rounds(page, self.desk.workspace.now())
        self.decision.show_decisions(page)
        self.files.show_files(page)
        self.person.show_person(page)
        self.timeline.show_moments(page.timeline)
        self._show_actions()
        self._arrange()
        self._keep_focus()
        if self._packet_wanted:
            self._packet_wanted = False
            self._deeds.ask_packet()
        if before is None or before.name != page.name:
            self.headed.emit()

    def _keep_focus(self) -> None:
        """A control that can't be used any more gives the focus to the page, so that its keys go on working."""
        focused = self.window().focusWidget()
        usable = focused is not None and focused.isVisible() and focused.isEnabled()
        if self.isVisible() and not usable:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_actions(self) -> None:
        page = self.shown
        active = self._is_active()
        for button in (self._move, self._packet, self._more):
            button.setEnabled(page is not None)
        self._move.setEnabled(active)
        self._more.set_words(tr("Close…") if active or page is None else tr("Reopen"))
        self._stages.clear()
        for stage, name in page.stages if page is not None else ():
            action = QAction(name.replace("&", "&&"), self._stages)
            action.setCheckable(True)
            action.setChecked(page is not None and stage == page.stage)
            action.triggered.connect(lambda _on=False, chosen=stage: self._deeds.move(chosen))
            self._stages.addAction(action)

    def there(self) -> bool:
        """Whether an application is shown."""
        return self.shown is not None

    def _has_offer(self) -> bool:
        return self.there() and self.decision.offer.isVisibleTo(self)

    def _is_active(self) -> bool:
        return self.shown is not None and self.shown.outcome == Outcome.ACTIVE

    def _is_closed(self) -> bool:
        return self.shown is not None and self.shown.outcome != Outcome.ACTIVE

    def _may_open(self) -> bool:
        return self._is_active() and self.rounds.early.isVisibleTo(self) and self.rounds.early.isEnabled()

    # Forms

    def _close_panels(self) -> None:
        for panel in self._panels:
            panel.close_panel()
        self._arrange()

    def _open_interview(self, item: Any, *, further: bool) -> None:
        self._make_room(self.interview)
        self.interview.open_for(item, self.colleagues, self.desk.workspace.zone, further=further)

    def _plan_next(self) -> None:
        waiting = [r for r in self.shown.rounds if r.interview is None] if self.shown is not None else []
        if waiting:
            self._open_interview(waiting[0], further=False)
        else:
            self.desk.say(tr("Every round of the plan has its interview."))

    def _go_debrief(self) -> None:
        if self.shown is not None:
            self.desk.go("debrief", id=self.shown.id)

    def _open_close(self) -> None:
        if self.shown is not None:
            self._make_room(self.closing)
            self.closing.open_for(self.shown.name)

    def _close_or_reopen(self) -> None:
        if self._is_active():
            self._open_close()
        else:
            self._deeds.reopen()

    def _make_room(self, chosen: SidePanel) -> None:
        for panel in self._panels:
            if panel is not chosen and not panel.isHidden():
                panel.close_panel()

    def _focus_facts(self) -> None:
        self.person.fields["name"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Room

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Arrange the columns anew when a form takes room from them."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the columns."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        theme = self.desk.theme
        broad = self._scroll.viewport().width() >= theme.px(_BOTH)
        directions = QBoxLayout.Direction
        self._columns.setDirection(directions.LeftToRight if broad else directions.TopToBottom)
        self.rounds.set_narrow(self._scroll.viewport().width() < theme.px(_ROWS))
        if broad:
            self._right.setFixedWidth(theme.px(_RIGHT))
        else:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(16_777_215)

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if self.shown is not None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach the files that were dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self._deeds.attach(files)


def _stack_up(column: QVBoxLayout, *cards: QWidget) -> None:
    column.setSpacing(16)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
