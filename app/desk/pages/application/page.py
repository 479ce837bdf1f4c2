"""One candidate in one opening: strip, interviews, decision, files, facts, timeline, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.actions import application, interview, opening_job
from app.actions.interview import PlannedInterview
from app.actions.opening_job import ToldAboutPay
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.application.actions import ApplicationActions
from app.desk.pages.application.head import ApplicationHead, ClosingPanel
from app.desk.pages.application.imported import ImportedCardsCard
from app.desk.pages.application.rounds import InterviewPanel, RoundsCard
from app.desk.pages.application.timeline import TimelineCard
from app.desk.parts.approvals import ask_answer, ask_name
from app.desk.parts.attached_files import FilesCard
from app.desk.parts.controls import Button
from app.desk.parts.decisions import DecisionCard
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_bar import FileBar
from app.desk.parts.file_preview import keep_preview_of
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.layout import STRETCH, column, holder, wide
from app.desk.parts.mail_panel import MailPanel
from app.desk.parts.person_card import PersonCard
from app.desk.parts.subject_page import SubjectPage
from app.desk.parts.two_columns import TwoColumns
from app.domain.mail import MailKind
from app.domain.pipeline import Outcome
from app.queries.application import ApplicationView, RoundRow, application_page
from app.queries.invitations import invitations_due
from app.queries.lists import ColleagueRow, colleague_rows
from app.queries.week import clashes
from app.words import day, tr

_ROWS = 600  # px at ordinary text size: narrower, a round's button stands below its words
_BOTH = 900  # px at ordinary text size: narrower, the two columns stand below each other


class ApplicationPage(SubjectPage[ApplicationView]):
    """One application. `arrived(id=…)` shows it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._packet_wanted = False
        self._colleagues: tuple[ColleagueRow, ...] = ()
        self.setAcceptDrops(True)
        self._build()
        self._actions = ApplicationActions(self, self.bar)
        self._move = Button(tr("Move to"))
        self._stages = QMenu(self._move)
        self._move.setMenu(self._stages)
        self._packet = Button(tr("Hiring packet"), run=self._actions.ask_packet)
        self._more = Button(tr("Close…"), "quiet", run=self._close_or_reopen)
        self._mail = Button(tr("Mail…"), "quiet", run=self._ask_mail)
        self._connect()

    # What the window asks of a page

    def breadcrumb(self) -> Sequence[Crumb]:
        """The opening's board, then the person."""
        if self.shown is None:
            return (Crumb(tr("Pipeline"), "pipeline"), Crumb(tr("Application")))
        board = Crumb(self.shown.code, "pipeline", {"opening": self.shown.opening})
        return (Crumb(tr("Pipeline"), "pipeline"), board, Crumb(self.shown.name))

    def top_actions(self) -> Sequence[QWidget]:
        """A mail, move, close, and the packet."""
        return (self._mail, self._more, self._move, self._packet)

    def commands(self) -> Sequence[Command]:
        """All that can be done to an application."""
        command, actions, active = (
            CommandsOf("application", tr("Application"), self.there),
            self._actions,
            self._is_active,
        )
        return (
            command("debrief", tr("Debrief and decision"), self._go_debrief, "Ctrl+D"),
            command("offer", tr("Offer"), actions.go_offer, "Ctrl+Shift+O", when=self._has_offer),
            command("packet", tr("Hiring packet"), actions.ask_packet, "Ctrl+Shift+P"),
            command("plan", tr("Plan the next interview"), self._plan_next, "Ctrl+I", when=active),
            command("plan_all", tr("Plan every round with who usually holds it"), actions.plan_all, when=active),
            command("calendar", tr("Rounds to come as a calendar file"), actions.ask_calendar, when=active),
            command("attach", tr("Attach a file"), actions.ask_attach, "Ctrl+Shift+A"),
            command("open_cards", tr("Open the cards early"), actions.ask_open, when=self._may_open),
            command("move", tr("Move to another stage"), self._move.showMenu, "Ctrl+M", when=active),
            command("close", tr("Close the application"), self._open_close, when=active),
            command("reopen", tr("Reopen the application"), actions.reopen, when=self._is_closed),
            command("facts", tr("Edit the person’s facts"), self._focus_facts, "Ctrl+E"),
            command("person", tr("To the person, over all their applications"), self._go_person, "Ctrl+Shift+C"),
            command("mail", tr("Write a mail to the candidate"), self._ask_mail, "Ctrl+Shift+M"),
            command("pay", tr("Say when they were told about pay"), self._ask_told),
            command("hold", tr("Put on hold"), actions.ask_hold, when=self._may_hold),
            command("resume", tr("Go on, no longer on hold"), actions.resume, when=self._is_held),
        )

    def panes(self) -> Sequence[QWidget]:
        """Rounds, decision, cards from elsewhere, files, person, and the form while it is open."""
        return (self.rounds, self.decision, self.imported, self.files, self.person, *self.panels)

    def arrived(self, **where: Any) -> None:
        """Show the application `id`; `packet` asks for its hiring packet at once."""
        self._packet_wanted = bool(where.get("packet"))
        super().arrived(**where)

    def put_away(self) -> None:
        """The next one begins at its top."""
        self._columns.to_top()
        keep_preview_of(self, ())

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
        self.bar = FileBar(self.desk)
        self.rounds = RoundsCard(self.desk)
        self.decision = DecisionCard(zone)
        self.imported = ImportedCardsCard(zone)
        self.files = FilesCard(self.desk)
        self.person = PersonCard(self.desk, self)
        self.person.head.addWidget(Button(tr("All about them"), "link", small=True, run=self._go_person))
        self.timeline = TimelineCard(zone)
        empty = EmptyPage(
            theme,
            tr("No application is shown"),
            tr("Choose a person on the board."),
            tr("Go to the pipeline"),
            partial(self.desk.go, "pipeline"),
        )
        self.interview, self.closing = InterviewPanel(theme), ClosingPanel(theme)
        self.mail = MailPanel(self.desk, self)
        self.told = FormPanel(
            theme,
            tr("Told about pay"),
            ToldAboutPay,
            {"on": Asked(tr("On"), help=tr("Left empty, they were not told."))},
        )
        self.lay_out(self._sheet(), empty, self.interview, self.closing, self.mail, self.told)

    def _sheet(self) -> QWidget:
        """Everything that scrolls: the head over two columns of cards."""
        left = column(self.rounds, self.decision, self.imported, self.files, STRETCH, gap=16)
        right = column(self.person, self.timeline, STRETCH, gap=16)
        self._columns = TwoColumns(self.desk.theme, left, right, both=_BOTH)
        self._columns.arranged.connect(self._narrow)
        content = holder(column(self.head, self.bar, wide(self._columns), gap=14, margins=(20, 16, 20, 20)))
        return self._columns.scroll(content)

    def _narrow(self, room: int) -> None:
        """In a narrow room, a round's button stands below its words."""
        self.rounds.set_narrow(room < self.desk.theme.px(_ROWS))

    def _connect(self) -> None:
        actions = self._actions
        self.rounds.planned.connect(lambda item: self._open_interview(item, further=item.interview is not None))
        self.rounds.edited.connect(lambda item: self._open_interview(item, further=False))
        self.rounds.removed.connect(actions.remove_interview)
        self.rounds.open_early.connect(actions.ask_open)
        self.interview.planned.connect(self._save_interview)
        self.interview.weighed.connect(self._weigh)
        self.rounds.all_planned.connect(actions.plan_all)
        self.rounds.invited.connect(actions.ask_calendar)
        self.rounds.due.connect(actions.ask_to_put_right)
        self.decision.asked.connect(self._go_debrief)
        self.decision.offer_asked.connect(actions.go_offer)
        self.decision.approvals.answered.connect(partial(ask_answer, self.desk, self))
        self.decision.approvals.named.connect(partial(ask_name, self.desk, self))
        self.closing.saved.connect(self._close)
        self.head.pay_asked.connect(self._ask_told)
        self.told.saved.connect(self._save_told)
        self.files.attach_asked.connect(actions.ask_attach)
        self.files.shown.connect(actions.show_file)
        self.files.open_asked.connect(actions.open_file)
        self.files.copy_asked.connect(actions.ask_copy)
        self.files.remove_asked.connect(actions.remove_file)

    # Data

    def query(self, subject: int) -> Callable[[], ApplicationView]:
        """The application."""
        return partial(application_page, self.workspace, subject)

    def query_beside(self, subject: int) -> None:
        """Who can interview, and which invitations hold no more."""
        self.desk.ask(self, "colleagues", partial(colleague_rows, self.workspace), self._take_colleagues)
        self.desk.ask(self, "invitations", partial(invitations_due, self.workspace, subject), self.rounds.show_due)

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self._colleagues = rows

    def fill(self, page: ApplicationView) -> None:
        """Every card of it."""
        self.head.show_head(page)
        self.rounds.show_rounds(page, self.workspace.now())
        self.decision.show_decisions(page)
        self.imported.show_cards(page.imported)
        self.files.show_files(page)
        keep_preview_of(self, {file.id for file in page.files})
        self.person.show_person(page.candidate, page.person, page.kept_until)
        self.person.beside.setText(tr("applied {day}").format(day=day(page.applied_on)) if page.applied_on else "")
        self.timeline.show_moments(page.timeline)
        if self._packet_wanted:
            self._packet_wanted = False
            self._actions.ask_packet()

    def show_actions(self) -> None:
        """Move, close, and the packet."""
        page = self.shown
        active = self._is_active()
        for button in (self._mail, self._move, self._packet, self._more):
            button.setEnabled(page is not None)
        self._move.setEnabled(active)
        self._more.set_words(tr("Close…") if active or page is None else tr("Reopen"))
        self._stages.clear()
        for stage, name in page.stages if page is not None else ():
            action = QAction(name.replace("&", "&&"), self._stages)
            action.setCheckable(True)
            action.setChecked(page is not None and stage == page.stage)
            action.triggered.connect(lambda _on=False, chosen=stage: self._actions.move(chosen))
            self._stages.addAction(action)

    def _has_offer(self) -> bool:
        return self.there() and self.decision.offer.isVisibleTo(self)

    def _is_active(self) -> bool:
        return self.shown is not None and self.shown.outcome == Outcome.ACTIVE

    def _is_closed(self) -> bool:
        return self.shown is not None and self.shown.outcome != Outcome.ACTIVE

    def _is_held(self) -> bool:
        return self.shown is not None and bool(self.shown.held)

    def _may_hold(self) -> bool:
        return self._is_active() and not self._is_held()

    def _may_open(self) -> bool:
        return self._is_active() and self.rounds.early.isVisibleTo(self) and self.rounds.early.isEnabled()

    # Forms

    def _open_interview(self, item: RoundRow, *, further: bool) -> None:
        self.interview.ask_for(item, self._colleagues, self.workspace.zone, self.workspace.today(), further=further)
        self.open_panel(self.interview, f"{item.position}. {item.exercise}")

    def _save_interview(self, item: RoundRow, further: bool, values: PlannedInterview) -> None:
        if self.shown is None:
            return
        if item.interview is None or further:
            action = partial(interview.add, self.workspace, self.shown.id, item.plan_round, *astuple(values))
        else:
            action = partial(interview.edit, self.workspace, item.interview, *astuple(values))
        self.act_in(self.interview, action)

    def _weigh(self, number: int | None, typed: PlannedInterview) -> None:
        """Ask what speaks against what is typed."""
        if self.shown is not None:
            when = (typed.interviewer, typed.starts_at, typed.minutes)
            query = partial(clashes, self.workspace, self.shown.id, number, *when)
            self.desk.work.ask(self, "clashes", query, self.interview.say_clashes)

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
            self.closing.begin(self.shown)
            self.open_panel(self.closing, tr("Close {name}’s application").format(name=self.shown.name))

    def _close(self) -> None:
        if self.shown is None:
            return
        said = tr("{name}’s application is closed.").format(name=self.shown.name)
        closing = self.closing.value()
        action = partial(application.close, self.workspace, self.shown.id, closing.outcome, closing.reason, closing.why)
        self.act_in(self.closing, action, said)

    def _ask_mail(self) -> None:
        if self.shown is not None:
            self.flush()
            closed = self.shown.outcome == Outcome.REJECTED
            self.mail.ask_for([self.shown.id], MailKind.REJECTION if closed else MailKind.INVITATION)
            self.open_panel(self.mail, tr("Mail to {name}").format(name=self.shown.name))

    def _ask_told(self) -> None:
        if self.shown is not None:
            self.told.show_value(ToldAboutPay(self.shown.pay_told_on or self.workspace.today()))
            self.open_panel(self.told, tr("What {name} was told about pay").format(name=self.shown.name))

    def _save_told(self) -> None:
        if self.shown is not None:
            action = partial(opening_job.tell_pay, self.workspace, self.shown.id, self.told.value().on)
            self.act_in(self.told, action)

    def _close_or_reopen(self) -> None:
        if self._is_active():
            self._open_close()
        else:
            self._actions.reopen()

    def _go_person(self) -> None:
        if self.shown is not None:
            self.desk.go("candidate", id=self.shown.candidate)

    def _focus_facts(self) -> None:
        self.person.fields["name"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if self.shown is not None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach the files that were dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self._actions.attach(files)
