"""A calibration: its members by dimensions against the levels proposed, prepared, held as a session, closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.actions import calibration
from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.calibration.actions import CalibrationActions, behind_words
from app.desk.pages.calibration.cell import BeforeAfter, CellPane
from app.desk.pages.calibration.columns import sum_lines
from app.desk.pages.calibration.commands import calibration_commands
from app.desk.pages.calibration.handouts import CalibrationHandouts
from app.desk.pages.calibration.key import CalibrationKey
from app.desk.pages.calibration.layout import CalibrationRoom, ClosedSide, SideBy, scrolling
from app.desk.pages.calibration.matrix import CalibrationGrid
from app.desk.pages.calibration.preparation import PreparePane
from app.desk.pages.calibration.session import SessionPane
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, aligned, column, holder, row, wide
from app.desk.parts.side_panel import SidePanel
from app.desk.parts.still import StillCombo
from app.domain.panel import State
from app.errors import Refused
from app.queries.calibration import (
    CalibrationMember,
    CalibrationRow,
    CalibrationView,
    calibration_rows,
    calibration_view,
)
from app.queries.team import TeamView, team_page
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import day, ntr, tr


class CalibrationPage(Page):
    """`arrived(id=…)` shows a calibration, the newest one without."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: CalibrationView | None = None
        self.team: TeamView | None = None
        self.cycle: int | None = None
        self.proposal: int | None = None
        self.dimension: str | None = None
        self.deeds, self.files = CalibrationActions(self), CalibrationHandouts(self)
        self._build()
        self._connect()

    # What the window asks of a page

    def breadcrumb(self) -> Sequence[Crumb]:
        """Grow, Calibration, its name."""
        crumbs = [Crumb(tr("Grow")), Crumb(tr("Calibration"))]
        if self.shown is not None:
            crumbs.append(Crumb(self.shown.name))
        return tuple(crumbs)

    def top_actions(self) -> Sequence[QWidget]:
        """How its words are spread, where there are enough of them; what prints."""
        if self.shown is None:
            return ()
        return (self.distribution, self.print) if self.shown.distribution is not None else (self.print,)

    def footer(self) -> QWidget:
        """What cells look like."""
        return self._key

    def commands(self) -> Sequence[Command]:
        """What can be done in a calibration."""
        return calibration_commands(self)

    def panes(self) -> Sequence[QWidget]:
        """The matrix, the cell, the side."""
        return (self.grid, self.cell, self._side)

    def arrived(self, **where: Any) -> None:
        """Show calibration `id`, or the newest."""
        chosen = where.get("id", self.cycle)
        if chosen != self.cycle:
            self.forget()
        self.cycle = chosen
        self._ask()

    def forget(self) -> None:
        """Nothing of it is in sight until it is asked for again."""
        self.shown, self.proposal, self.dimension = None, None, None
        self._stack.setCurrentWidget(self._blank)
        self.headed.emit()

    def changed(self, report: Any) -> None:
        """Something in it is another now."""
        self._ask()

    def flush(self) -> None:
        """Save what is being typed."""
        self.session.note.save_now()
        self.session.form.save_now()

    def left(self) -> None:
        """Save what is being typed; the time stops."""
        self.flush()
        self.session.rest()

    # Building

    def _build(self) -> None:
        theme, zone = self.desk.theme, self.desk.workspace.zone
        self.new = Button(tr("New…"), small=True)
        self.new.setAccessibleName(tr("New calibration"))
        self.edit = Button(tr("Edit…"), small=True)
        self.edit.setAccessibleName(tr("Edit this calibration"))
        self.move_all = Button("", "link", small=True)
        self.distribution = Button(tr("Distribution"))
        self.print = Button(tr("Print…"))
        self.print.setAccessibleDescription(tr("Opens a menu"))
        self.choose = StillCombo()
        self.choose.setAccessibleName(tr("Which calibration"))
        self._key = CalibrationKey(theme)
        self.grid = CalibrationGrid(theme)
        self.cell = CellPane(theme, zone)
        self.strips = BeforeAfter(theme)
        self.session = SessionPane(theme, zone)
        self.prepare = PreparePane(theme)
        self._closed = ClosedSide()
        self.reopen = self._closed.reopen
        self._title = Text("", "title")
        self._about = Text("", tone="soft", wrap=True)
        self._sides = SideBy((self.prepare, self.session, self._closed))
        self._side = scrolling(self._sides)
        self._side.setProperty("role", "side")
        self.panel = SidePanel(theme, tr("New calibration"), self.deeds.form, save=tr("Prepare it"))
        self._stack = QStackedWidget()
        self._empty = EmptyPage(
            theme,
            tr("No calibration yet"),
            tr("Two raters a member, each alone; then one session in which the words are settled."),
            tr("Prepare one"),
            self.deeds.open_form,
        )
        self._whole = QWidget()
        self._blank = QWidget()
        for widget in (self._blank, self._whole, self._empty):
            self._stack.addWidget(widget)
        self._lay_out()

    def _lay_out(self) -> None:
        first = row(wide(self._title))
        for control in (self.choose, self.edit, self.new):
            first.addWidget(control)
        head = holder(column(first, self._about, aligned(self.move_all, LEFT), gap=3, margins=(20, 16, 20, 12)))
        self._room = CalibrationRoom(self.desk.theme, (head, self.grid, self.cell, self.strips), self._side)
        column(self._room, on=self._whole)
        row(wide(self._stack), self.panel, gap=0, on=self)

    def _connect(self) -> None:
        deeds, session, prepare = self.deeds, self.session, self.prepare
        self.new.clicked.connect(deeds.open_form)
        self.edit.clicked.connect(deeds.open_edit)
        self.move_all.clicked.connect(deeds.move_behind)
        self.print.clicked.connect(lambda _on=False: self.files.open_menu(self.print))
        self.distribution.clicked.connect(deeds.show_distribution)
        self.choose.activated.connect(lambda _n: self.arrived(id=self.choose.currentData()))
        self.reopen.clicked.connect(deeds.ask_reopen)
        self.panel.saved.connect(deeds.save_form)
        self.panel.cancelled.connect(self.panel.close_panel)
        self.grid.chosen.connect(self.show_cell)
        self.cell.voted.connect(deeds.vote)
        self.cell.told.connect(deeds.tell)
        session.chosen.connect(self.talk_about)
        session.noted.connect(lambda text: self._note(text, typing=True))
        session.note.escaped.connect(self.focus_rows)
        self.cell.left.connect(self.focus_rows)
        session.left.connect(lambda text: self._note(text, typing=False))
        session.drafted.connect(
            lambda text: self.write(partial(calibration.draft, self._ws, self.at, text, typing=True))
        )
        session.recorded.connect(deeds.ask_record)
        session.passed.connect(deeds.talked_again)
        session.closing.connect(deeds.ask_close)
        prepare.proposed.connect(deeds.propose)
        prepare.asked.connect(deeds.ask_rater)
        prepare.excused.connect(deeds.excuse)
        prepare.related.connect(deeds.relate)
        prepare.opened.connect(lambda row: self.desk.go("assessment", id=row))
        prepare.out.connect(deeds.take_out)
        prepare.started.connect(deeds.ask_begin)
        prepare.forms.connect(self.files.ask_forms)
        prepare.back.connect(self.files.ask_back)
        prepare.table_out.connect(self.files.ask_table_out)
        prepare.table_in.connect(self.files.ask_table_in)

    @property
    def _ws(self) -> Workspace:
        return self.desk.workspace

    @property
    def at(self) -> int:
        """The proposal that is talked about."""
        assert self.proposal is not None
        return self.proposal

    @property
    def one(self) -> CalibrationMember | None:
        """The member that is talked about."""
        if self.shown is None or self.proposal is None:
            return None
        return next((m for m in self.shown.members if m.proposal == self.proposal), None)

    def is_held(self) -> bool:
        """Whether its session is on, at a member."""
        return self.shown is not None and self.shown.begun and not self.shown.closed and self.one is not None

    def is_prepared(self) -> bool:
        """Whether its session has yet to begin."""
        return self.shown is not None and not self.shown.begun

    def is_closed(self) -> bool:
        """Whether it is locked."""
        return self.shown is not None and self.shown.closed

    # Data

    def _ask(self) -> None:
        self.desk.ask(self, "cycles", partial(calibration_rows, self._ws), self._take_rows)
        self.desk.ask(self, "team", partial(team_page, self._ws), self._take_team)

    def _take_team(self, team: TeamView) -> None:
        self.team = team
        self._refresh()

    def _take_rows(self, rows: tuple[CalibrationRow, ...]) -> None:
        if not rows:
            self.shown = None
            self._stack.setCurrentWidget(self._empty)
            self.headed.emit()
            return
        if self.cycle not in {r.id for r in rows}:
            self.cycle = rows[0].id
        if [self.choose.itemData(n) for n in range(self.choose.count())] != [r.id for r in rows]:
            self.choose.clear()
            for line in rows:
                self.choose.addItem(line.name, line.id)
        self.choose.setCurrentIndex(self.choose.findData(self.cycle))
        self.choose.setVisible(len(rows) > 1)
        self.desk.ask(self, "cycle", partial(calibration_view, self._ws, self.cycle), self._show, self._gone)

    def _gone(self, refused: Refused) -> None:
        self.cycle, self.shown = None, None
        self.desk.refuse(refused)
        self._stack.setCurrentWidget(self._empty)

    def _show(self, page: CalibrationView) -> None:
        if page.id != self.cycle:
            return
        arrived = self.shown is None
        self.shown = page
        if self.one is None:
            turn = page.next_turn
            self.proposal = turn.proposal if turn is not None else (page.members[0].proposal if page.members else None)
        if self.dimension is None or self.dimension not in page.guide.dimension_ids:
            self.dimension = _telling(page, self.one)
        self._stack.setCurrentWidget(self._whole)
        self._refresh()
        if arrived:
            self.focus_rows()
        self.headed.emit()

    def _refresh(self) -> None:
        page, one = self.shown, self.one
        if page is None or self.dimension is None:
            return
        self._title.setText(tr("{name} calibration").format(name=page.name))
        parts = [
            ntr(
                "{n} member, against the level proposed",
                "{n} members, each against the level proposed",
                len(page.members),
            ),
            tr("two raters a cell"),
        ]
        if page.window_from is not None:
            parts.append(tr("evidence from {day} on").format(day=day(page.window_from)))
        self._about.setText(" · ".join(parts))
        self.edit.setVisible(not page.begun)
        self.move_all.setVisible(bool(page.behind))
        self.move_all.set_words(behind_words(page))
        self.grid.show_page(page, self.proposal, self.dimension)
        self.cell.setVisible(one is not None)
        self._room.show_strips(shown=one is not None and one.judged is not None)
        if one is not None:
            self.cell.show_cell(page, one, self.dimension, columns=self._room.columns)
            self.strips.show_member(page, one, self.dimension)
        self._show_side(page, one)
        self._sides.show_sum(sum_lines(page))
        self._room.arrange()

    def _show_side(self, page: CalibrationView, one: CalibrationMember | None) -> None:
        if page.closed:
            self.session.rest()
            closed = day(page.closed_at.astimezone(self._ws.zone).date()) if page.closed_at is not None else ""
            since = tr("On {day}. Nothing of it changes until it is reopened.").format(day=closed)
            self._closed.show_closed(since, self.deeds.outcome_words(one))
            self._sides.show_side(2)
        elif page.begun and one is not None:
            colleagues = self.team.colleagues if self.team is not None else ()
            me = next((c.name for c in colleagues if c.me), "")
            self.session.show_page(page, one, colleagues, me)
            self._sides.show_side(1)
        else:
            self.session.rest()
            self.prepare.show_page(page, one, self.team)
            self._sides.show_side(0)

    def write(self, action: Callable[[], ChangeReport], then: Callable[[ChangeReport], None] | None = None) -> None:
        """Do something in this calibration, and ask for it afresh."""

        def done(changed: ChangeReport) -> None:
            if then is not None:
                then(changed)
            self._ask()

        self.desk.write(action, done, self)

    def show_cell(self, proposal: int, dimension: str) -> None:
        """Choose a member and a dimension."""
        if proposal != self.proposal:
            self.flush()
        self.proposal, self.dimension = proposal, dimension
        self._refresh()

    def talk_about(self, proposal: int) -> None:
        """Go to a member, at the cell that tells most."""
        self.flush()
        self.proposal = proposal
        if self.shown is not None:
            self.dimension = _telling(self.shown, self.one)
        self._refresh()

    def go_next(self) -> None:
        """Go to the next member on the agenda."""
        turn = self.shown.next_turn if self.shown is not None else None
        if turn is not None:
            self.talk_about(turn.proposal)

    def _note(self, text: str, *, typing: bool) -> None:
        if self.is_held():
            self.write(partial(calibration.note, self._ws, self.at, text, typing=typing))

    def focus_scores(self) -> None:
        """Go where second scores are keyed in."""
        self.cell.focus()

    def focus_note(self) -> None:
        """Go to the note, behind what is in it."""
        self.session.note.moveCursor(QTextCursor.MoveOperation.End)
        self.session.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_outcome(self) -> None:
        """Go to the outcome of the member."""
        form = self.session.form
        form.outcome.button(form.outcome.value or "promote").setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_rows(self) -> None:
        """Go to the member in the matrix."""
        line = self.grid.rows.get(self.proposal or 0)
        if line is not None:
            line.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _telling(page: CalibrationView, one: CalibrationMember | None) -> str:
    """The cell to begin with: one that was voted on, else the first core one that is open, else the first."""
    judged = one.judged if one is not None else None
    if judged is not None:
        if judged.votes:
            return judged.votes[-1].dimension
        for cell in judged.verdict.cells:
            if cell.core and cell.state is not State.MET:
                return cell.dimension
    return page.guide.dimension_ids[0]
