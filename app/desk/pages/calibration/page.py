"""A calibration: its members by dimensions against the levels proposed, prepared, held as a session, closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from app.actions import calibration_session
from app.desk.commands import Command, CommandsOf, always
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.calibration.actions import (
    CalibrationActions,
    behind_words,
    calibration_form,
    outcome_words,
)
from app.desk.pages.calibration.cell import BeforeAfter, CellPane
from app.desk.pages.calibration.columns import sum_lines
from app.desk.pages.calibration.committee_actions import CommitteeActions
from app.desk.pages.calibration.handouts import CalibrationHandouts
from app.desk.pages.calibration.key import CalibrationKey
from app.desk.pages.calibration.layout import CalibrationRoom, ClosedSide, SideBy
from app.desk.pages.calibration.matrix import CalibrationGrid
from app.desk.pages.calibration.preparation import PreparePane
from app.desk.pages.calibration.session import SessionPane
from app.desk.pages.calibration.talked_about import TalkedAbout
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_bar import FileBar
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, aligned, column, holder, row, scrolling, wide
from app.desk.parts.still import StillCombo
from app.desk.parts.subject_page import SubjectPage
from app.domain.panel import State
from app.queries.calibration import (
    CalibrationMember,
    CalibrationRow,
    CalibrationView,
    calibration_rows,
    calibration_view,
)
from app.queries.calibration_choice import CalibrationChoice, calibration_choice
from app.queries.lists import ColleagueRow, colleague_rows
from app.words import day, ntr, sentence_list, tr


class CalibrationPage(SubjectPage[CalibrationView]):
    """The calibration `id`, the newest one without."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._colleagues: tuple[ColleagueRow, ...] = ()
        self._choice: CalibrationChoice | None = None
        self.place = TalkedAbout()
        theme, zone = desk.theme, self.workspace.zone
        self._key = CalibrationKey(theme)
        self.bar, self.panel = FileBar(desk), calibration_form(theme)
        self.grid, self.cell, self.strips = CalibrationGrid(theme), CellPane(theme, zone), BeforeAfter(theme)
        self._committee = CommitteeActions(self, self.place)
        self.session = SessionPane(theme, zone, self._committee)
        self._actions = CalibrationActions(self, self.place, self.panel, self.cell, self.session.form)
        self._handouts = CalibrationHandouts(self, self.bar)
        self.prepare = PreparePane(desk, self._actions, self._handouts, self._committee)
        self._closed = ClosedSide(self._actions.ask_reopen)
        self._build()
        self._connect()

    # What the window asks of a page

    def breadcrumb(self) -> Sequence[Crumb]:
        name = (Crumb(self.shown.name),) if self.shown is not None else ()
        return (Crumb(tr("Grow")), Crumb(tr("Calibration")), *name)

    def top_actions(self) -> Sequence[QWidget]:
        """How its words are spread, where there are enough of them; what prints."""
        if self.shown is None:
            return ()
        return (self.distribution, self.print) if self.shown.distribution is not None else (self.print,)

    def footer(self) -> QWidget:
        return self._key

    def commands(self) -> Sequence[Command]:
        """What can be done in a calibration."""
        command, held, prepared = CommandsOf("calibration", tr("Calibration"), self.there), self._is_held, self._is_new
        actions, files, record = self._actions, self._handouts, self.session.form.check
        return (
            command("new", tr("New calibration"), actions.open_form, "Ctrl+N", when=always),
            command("edit", tr("Edit this calibration"), actions.open_edit, when=prepared),
            command("many", tr("Take several members in"), actions.open_many, when=prepared),
            command("begin", tr("Begin the session"), actions.ask_begin, when=prepared),
            command("scores", tr("Second scores"), self.cell.focus, "F2", when=held),
            command("note", tr("Note on this member"), self._focus_note, "Ctrl+T", when=held),
            command("vote", tr("Open the committee’s vote"), self._committee.ask_open, when=self._may_vote),
            command("end-vote", tr("End the committee’s vote"), self._committee.ask_end, when=self._is_voting),
            command("outcome", tr("Go to the outcome"), self._focus_outcome, "Ctrl+D", when=held),
            command("record", tr("Record the outcome"), record, "Ctrl+Shift+Return", when=held),
            command("next", tr("Next member on the agenda"), self._go_next, "Ctrl+Return", when=held),
            command("later", tr("Talk about this member on another day"), actions.ask_put_off, when=held),
            command("close", tr("Close the calibration"), actions.ask_close, when=held),
            command("reopen", tr("Reopen the calibration"), actions.ask_reopen, when=self._is_closed),
            command("rows", tr("To the members"), self._focus_rows, "Ctrl+M"),
            command("ballots", tr("Ballots as PDF"), files.ask_ballots),
            command("minutes", tr("Minutes as PDF"), files.ask_minutes, "Ctrl+Shift+P"),
            command("packets", tr("Promotion packets as PDF"), files.ask_packets),
            command("book", tr("The whole calibration as one PDF, for the committee"), files.ask_book),
            command("whole", tr("The whole calibration as one PDF, for the record"), files.ask_record),
            command("letters", tr("Letters to members as mails"), files.ask_mails),
            command("letters-pdf", tr("Letters to members as PDF"), files.ask_pdfs),
            command("letter-texts", tr("Texts of the letters to members"), files.ask_texts),
        )

    def panes(self) -> Sequence[QWidget]:
        """The matrix, the cell, the side."""
        return (self.grid, self.cell, self._side)

    def put_away(self) -> None:
        """The next one begins at its own cell."""
        self.place.proposal = self.place.dimension = None

    def flush(self) -> None:
        self.session.note.save_now()
        self.session.form.save_now()

    def left(self) -> None:
        """Save what is being typed; the time stops."""
        self.flush()
        self.session.rest()

    # Building

    def _build(self) -> None:
        actions = self._actions
        self.new = Button(tr("New…"), name=tr("New calibration"), small=True, run=actions.open_form)
        self.edit = Button(tr("Edit…"), name=tr("Edit this calibration"), small=True, run=actions.open_edit)
        self.move_all = Button("", "link", small=True, run=actions.move_behind)
        self.distribution = Button(tr("Distribution"), run=actions.show_distribution)
        self.print = Button(tr("Print…"), run=lambda: self._handouts.open_menu(self.print))
        self.print.setAccessibleDescription(tr("Opens a menu"))
        self.choose = StillCombo(tr("Which calibration"))
        self._title = Text("", "title")
        self._about = Text("", tone="soft", wrap=True)
        self._sides = SideBy((self.prepare, self.session, self._closed))
        self._side = scrolling(self._sides)
        self._side.setProperty("role", "side")
        empty = EmptyPage(
            self.desk.theme,
            tr("No calibration yet"),
            tr("Two raters a member, each alone; then one session in which the words are settled."),
            tr("Prepare one"),
            actions.open_form,
        )
        first = row(wide(self._title), self.choose, self.edit, self.new)
        head = holder(
            column(first, self._about, aligned(self.move_all, LEFT), self.bar, gap=3, margins=(20, 16, 20, 12))
        )
        self._room = CalibrationRoom(self.desk.theme, (head, self.grid, self.cell, self.strips), self._side)
        self.lay_out(self._room, empty, self.panel, actions.later, actions.due, actions.many, self._handouts.letters)

    def _connect(self) -> None:
        actions, session = self._actions, self.session
        self.choose.activated.connect(lambda _n: self.arrived(id=self.choose.currentData()))
        self.panel.saved.connect(actions.save_form)
        self.grid.chosen.connect(self.show_cell)
        self.cell.voted.connect(actions.vote)
        self.cell.told.connect(actions.tell)
        self.cell.left.connect(self._focus_rows)
        session.chosen.connect(self.talk_about)
        session.note.typed.connect(partial(self._note, typing=True))
        session.note.finished.connect(partial(self._note, typing=False))
        session.note.escaped.connect(self._focus_rows)
        session.form.typed.connect(self._draft)
        session.form.complete.connect(actions.ask_record)
        session.put_off.clicked.connect(actions.ask_put_off)
        session.take_up.clicked.connect(actions.take_up)
        session.again.clicked.connect(actions.talked_again)
        session.close_it.clicked.connect(actions.ask_close)

    @property
    def at(self) -> int:
        """The proposal that is talked about."""
        assert self.place.proposal is not None
        return self.place.proposal

    @property
    def one(self) -> CalibrationMember | None:
        """The member that is talked about."""
        return self.place.member(self.shown)

    def _is_held(self) -> bool:
        return self.shown is not None and self.shown.begun and not self.shown.closed and self.one is not None

    def _is_voting(self) -> bool:
        return self._is_held() and self._committee.vote is not None

    def _may_vote(self) -> bool:
        seated = self.shown is not None and any(seat.votes for seat in self.shown.seats)
        return self._is_held() and seated and self._committee.vote is None

    def _is_new(self) -> bool:
        return self.shown is not None and not self.shown.begun

    def _is_closed(self) -> bool:
        return self.shown is not None and self.shown.closed

    # What is shown

    def read_again(self) -> None:
        """Ask first which ones there are: the newest is shown where another one is not asked for, or is gone."""
        self.desk.ask(self, "calibrations", partial(calibration_rows, self.workspace), self._take_rows)
        self.desk.ask(self, "colleagues", partial(colleague_rows, self.workspace), self._take_colleagues)

    def query(self, subject: int) -> Callable[[], CalibrationView]:
        return partial(calibration_view, self.workspace, subject)

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self._colleagues = rows
        self._refresh()

    def _take_choice(self, choice: CalibrationChoice) -> None:
        self._choice = choice
        self._refresh()

    def _take_rows(self, rows: tuple[CalibrationRow, ...]) -> None:
        known = [r.id for r in rows]
        if self.subject not in known:
            self.subject = known[0] if known else None
        if not known and self.there():
            self.forget()
        if [self.choose.itemData(n) for n in range(self.choose.count())] != known:
            self.choose.clear()
            for line in rows:
                self.choose.addItem(line.name, line.id)
        self.choose.setCurrentIndex(self.choose.findData(self.subject))
        self.choose.setVisible(len(rows) > 1)
        super().read_again()

    def fill(self, page: CalibrationView) -> None:
        """At the same cell, where it is still there."""
        arrived = self.place.dimension is None
        if not page.begun:
            self.desk.ask(self, "choice", partial(calibration_choice, self.workspace, page.id), self._take_choice)
        if self.one is None:
            turn = page.next_turn or next(iter(page.members), None)
            self.place.proposal = turn.proposal if turn is not None else None
        if self.place.dimension not in (self.one.guide if self.one is not None else page.guide).dimension_ids:
            self.place.dimension = _telling(page, self.one)
        self._refresh()
        if arrived:
            self._focus_rows()

    def _refresh(self) -> None:
        page, one, dimension = self.shown, self.one, self.place.dimension
        if page is None or dimension is None:
            return
        self._title.setText(tr("{name} calibration").format(name=page.name))
        against = ntr(
            "{n} member, against the level proposed", "{n} members, each against the level proposed", len(page.members)
        )
        parts = [against, *_guides(page), tr("two raters a cell")]
        if page.window_from is not None:
            parts.append(tr("evidence from {day} on").format(day=day(page.window_from)))
        if page.due_on is not None and not page.begun:
            parts.append(tr("answers by {day}").format(day=day(page.due_on)))
        self._about.setText(" · ".join(parts))
        self.edit.setVisible(not page.begun)
        self.move_all.setVisible(bool(page.behind))
        self.move_all.set_words(behind_words(page))
        self.grid.show_page(page, self.place.proposal, dimension)
        self.cell.setVisible(one is not None)
        self._room.show_strips(shown=one is not None and one.judged is not None)
        if one is not None:
            self.cell.show_cell(page, one, dimension, columns=self._room.columns)
            self.strips.show_member(page, one, dimension)
        self._show_side(page, one)
        self._sides.show_sum(sum_lines(page))
        self._room.arrange()

    def _show_side(self, page: CalibrationView, one: CalibrationMember | None) -> None:
        if page.begun and not page.closed and one is not None:
            me = next((c.name for c in self._colleagues if c.me), "")
            self.session.show_page(page, one, self._colleagues, me)
            self._sides.show_side(1)
            return
        self.session.rest()
        if page.closed:
            closed = day(page.closed_at.astimezone(self.workspace.zone).date()) if page.closed_at is not None else ""
            since = tr("On {day}. Nothing of it changes until it is reopened.").format(day=closed)
            self._closed.show_closed(since, outcome_words(one))
            self._sides.show_side(2)
        else:
            self.prepare.show_page(page, one, self._choice, self._colleagues)
            self._sides.show_side(0)

    # What a person does

    def show_cell(self, proposal: int, dimension: str) -> None:
        """Choose a member and a dimension."""
        if proposal != self.place.proposal:
            self.flush()
        self.place.proposal, self.place.dimension = proposal, dimension
        self._refresh()

    def talk_about(self, proposal: int) -> None:
        """Go to a member, at the cell that tells most."""
        self.flush()
        self.place.proposal = proposal
        if self.shown is not None:
            self.place.dimension = _telling(self.shown, self.one)
        self._refresh()

    def _go_next(self) -> None:
        turn = self.shown.next_turn if self.shown is not None else None
        if turn is not None:
            self.talk_about(turn.proposal)

    def _note(self, text: str, *, typing: bool) -> None:
        if self._is_held():
            self.act(partial(calibration_session.note, self.workspace, self.at, text, typing=typing))

    def _draft(self, text: str) -> None:
        self.act(partial(calibration_session.draft, self.workspace, self.at, text, typing=True))

    def _focus_note(self) -> None:
        """Go to the note, behind what is in it."""
        self.session.note.moveCursor(QTextCursor.MoveOperation.End)
        self.session.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_outcome(self) -> None:
        form = self.session.form
        form.outcome.button(form.outcome.value or "promote").setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_rows(self) -> None:
        line = self.grid.rows.get(self.place.proposal or 0)
        if line is not None:
            line.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _guides(page: CalibrationView) -> list[str]:
    """Which guides they are held against, where it is more than one."""
    if len(page.guides) == 1:
        return []
    counts = Counter(one.guide.name for one in page.members)
    return [sentence_list([tr("{n} by {guide}").format(n=n, guide=name) for name, n in counts.items()])]


def _telling(page: CalibrationView, one: CalibrationMember | None) -> str:
    """The cell to begin with: one that was voted on, else the first core one that is open, else the first."""
    judged = one.judged if one is not None else None
    if judged is not None:
        if judged.votes:
            return judged.votes[-1].dimension
        for cell in judged.verdict.cells:
            if cell.core and cell.state is not State.MET:
                return cell.dimension
    return (one.guide if one is not None else page.guide).dimension_ids[0]
