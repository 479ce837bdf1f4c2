"""One growth plan: gaps and evidence at the left, goals in the middle, check-ins and months at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.growth.actions import GrowthActions
from app.desk.pages.growth.columns import GrowthBody
from app.desk.pages.growth.head import GrowthHead, GrowthKey
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_bar import FileBar
from app.desk.parts.file_dialog import ask_where
from app.desk.parts.layout import column, holder, row, scrolling, wide
from app.desk.parts.subject_page import SubjectPage
from app.packets.printables import GROWTH
from app.queries.growth import GrowthView, compare_tracks, growth_page
from app.queries.lists import colleague_rows
from app.queries.onboarding import OnboardingView, year_page
from app.words import tr

_ROOM = {QEvent.Type.Resize, QEvent.Type.ShowToParent, QEvent.Type.HideToParent}


class GrowthPlanPage(SubjectPage[GrowthView]):
    """The growth of the member `id`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._again = False
        self.bar = FileBar(desk)
        self._actions = actions = GrowthActions(self, self.bar)
        self._packet = Button(tr("Growth packet"), run=self.ask_packet)
        self._start = Button(tr("Start check-in"), "primary", run=actions.begin_check_in)
        self.head, self.key = GrowthHead(desk.theme), GrowthKey(desk.theme)
        self.body = GrowthBody(desk, actions)
        self._scroll = scrolling(self.body)
        beside = row(wide(self._scroll), gap=0)
        empty = EmptyPage(
            desk.theme,
            tr("No growth plan is shown"),
            tr("Choose one from the list."),
            tr("To the growth plans"),
            partial(desk.go, "growth"),
        )
        sheet = holder(column(self.head, self.bar, wide(beside), gap=0))
        self.lay_out(sheet, empty, *actions.panels, beside=beside)
        for watched in (self._scroll.viewport(), *self.panels):
            watched.installEventFilter(self)
        desk.theme.changed.connect(self.arrange)
        self.body.tracks.chosen.connect(self._compare)
        self.body.went_to.connect(self._go_to)

    # What the window asks of a page

    def breadcrumb(self) -> Sequence[Crumb]:
        last = Crumb(self.shown.name if self.shown is not None else tr("Growth plan"))
        return (Crumb(tr("Grow")), Crumb(tr("Growth plans"), "growth"), last)

    def top_actions(self) -> Sequence[QWidget]:
        """The packet, and the check-in."""
        return (self._packet, self._start)

    def footer(self) -> QWidget:
        return self.key

    def commands(self) -> Sequence[Command]:
        """What can be done with a growth plan."""
        command, planned = CommandsOf("growth", tr("Growth plan"), self.there), self._planned
        actions, offers, show = self._actions, self.body.offers, self.body.show_view
        again = tr("Ask for an assessment, or rate again")
        return (
            command("checkin", tr("Start check-in"), actions.begin_check_in, "Ctrl+Shift+C", when=planned),
            command("goal", tr("Add a goal"), actions.new_goal, "Ctrl+Shift+G", when=planned),
            command(
                "settled",
                tr("Goals from the calibration"),
                actions.ask_settled,
                when=lambda: self.shown is not None and self.shown.settled is not None,
            ),
            command("fact", tr("Add evidence"), actions.new_evidence, "Ctrl+Shift+E"),
            command("target", tr("Change the target"), actions.ask_plan, "Ctrl+Shift+T"),
            command("packet", tr("Growth packet"), self.ask_packet, "Ctrl+Shift+P", when=planned),
            command("goals", tr("Show the goals"), partial(show, "goals"), "Alt+1"),
            command("tracks", tr("Compare two tracks"), partial(show, "tracks"), "Alt+2"),
            command(
                "progress",
                tr("Progress over time"),
                partial(show, "progress"),
                "Alt+4",
                when=partial(offers, "progress"),
            ),
            command("year", tr("First year"), partial(show, "year"), "Alt+3", when=partial(offers, "year")),
            command("again", again, actions.ask_again, "Ctrl+Shift+A"),
            command("member", tr("To the member"), self._to_member, "Ctrl+Shift+M"),
            command("private", tr("Private note"), self.body.note.setFocus, "Ctrl+Shift+N", when=planned),
        )

    def panes(self) -> Sequence[QWidget]:
        """The three columns, and the form that is open."""
        return (*self.body.columns, *(p for p in self.panels if p.isVisible()))

    def arrived(self, **where: Any) -> None:
        """With `year`, show their first year; with `again`, the form that asks to rate them again."""
        if where.get("year"):
            same = where.get("id", self.subject) == self.subject
            (self.body.show_view if same else self.body.begin_with)("year")
        self._again = bool(where.get("again"))
        super().arrived(**where)

    def flush(self) -> None:
        for typed in (self.body.note, self.body.year, self._actions.check_in):
            typed.save_now()

    def left(self) -> None:
        """Save and finish it."""
        for typed in (self.body.note, self.body.year, self._actions.check_in):
            typed.finish_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The room for the columns changed: a form was opened or closed, or the window is another size."""
        if event.type() in _ROOM:
            self.arrange()
        return super().eventFilter(watched, event)

    # What is shown

    def query(self, subject: int) -> Callable[[], GrowthView]:
        return partial(growth_page, self.workspace, subject)

    def query_beside(self, subject: int) -> None:
        """Who can own a goal, and the first year."""
        self.desk.ask(self, "colleagues", partial(colleague_rows, self.workspace), self._actions.take_colleagues)
        self.desk.ask(self, "year", partial(year_page, self.workspace, subject), self._show_year, lambda _refused: None)

    def fill(self, page: GrowthView) -> None:
        """Head and columns, and the check-in that is open."""
        self.head.show_page(page)
        self.body.show_page(page)
        self._actions.refresh(page)
        self.arrange()
        if self._again:
            self._again = False
            self._actions.ask_again()

    def show_actions(self) -> None:
        """Packet and check-in are of a plan."""
        for button in (self._packet, self._start):
            button.setEnabled(self._planned())

    def arrange(self) -> None:
        """Three columns where there is room; beside an open form two, and one in a narrow window."""
        form_open = any(not panel.isHidden() for panel in self.panels)
        self.body.arrange(self._scroll.viewport().width(), beside=form_open)
        self.head.arrange()
        # Beside a form in large text there is no room for both: the form stands alone until it is put away.
        for part in (self.head, self._scroll):
            part.setVisible(not (self.desk.theme.large_text and form_open))

    def _planned(self) -> bool:
        return self.shown is not None and self.shown.plan is not None

    def _show_year(self, page: OnboardingView | None) -> None:
        if page is not None and page.member == self.subject:
            self.body.year.show_page(page, self.workspace.today())

    def _go_to(self, widget: QWidget) -> None:
        """Bring it into sight once the columns stand where they will."""
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(widget, 0, self.desk.theme.px(60)))

    # What a person does

    def ask_packet(self) -> None:
        """Make the growth packet."""
        page = self.shown
        if page is None or page.plan is None or self.bar.busy:
            return
        self.flush()
        words = tr("Making the growth packet for {name}").format(name=page.name)
        make = partial(self.bar.print_one, GROWTH, page.member, words)
        ask_where(self, GROWTH.title, tr("{name}, growth plan.pdf").format(name=page.name), make)

    def _to_member(self) -> None:
        self.desk.go("member", id=self.subject)

    def _compare(self, first: str, second: str) -> None:
        if self.shown is not None:
            ask = partial(compare_tracks, self.workspace, self.shown.member, (first, second))
            self.desk.ask(self, "tracks", ask, self.body.tracks.show_tracks)
