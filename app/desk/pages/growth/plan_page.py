"""One growth plan: gaps and evidence at the left, goals in the middle, check-ins and months at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QStackedWidget, QWidget

from app.actions import growth, onboarding
from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.growth.actions import GrowthActions, in_one_go
from app.desk.pages.growth.columns import GrowthBody
from app.desk.pages.growth.head import GrowthHead, GrowthKey
from app.desk.parts.attached_files import ask_where
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.layout import column, holder, row, wide
from app.desk.parts.packet_bar import PacketBar
from app.errors import Refused
from app.queries.growth import GrowthView, compare_tracks, growth_page
from app.queries.lists import ColleagueRow, colleague_rows
from app.queries.onboarding import OnboardingView, year_page
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import tr

if TYPE_CHECKING:
    from app.desk.work import Progress
    from app.packets.paper.page import Packet


class GrowthPlanPage(Page):
    """One member's growth. `arrived(id=…)` shows it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: GrowthView | None = None
        self.member: int | None = None
        self.colleagues: tuple[ColleagueRow, ...] = ()
        self._noting = self._again = False
        self._packet = Button(tr("Growth packet"))
        self._start = Button(tr("Start check-in"), "primary")
        self._build()
        self.deeds = GrowthActions(self)
        self._connect()

    # What the window asks of a page

    def breadcrumb(self) -> Sequence[Crumb]:
        """Grow, Growth plans, whose."""
        last = Crumb(self.shown.name if self.shown is not None else tr("Growth plan"))
        return (Crumb(tr("Grow")), Crumb(tr("Growth plans"), "growth"), last)

    def top_actions(self) -> Sequence[QWidget]:
        """The packet, and the check-in."""
        return (self._packet, self._start)

    def footer(self) -> QWidget:
        """What cells look like."""
        return self.key

    def commands(self) -> Sequence[Command]:
        """What can be done with a growth plan."""
        where, there, planned = tr("Growth plan"), self._there, self._planned
        body, deeds = self.body, self.deeds
        return (
            Command("growth.checkin", tr("Start check-in"), self.start_talk, ("Ctrl+Shift+C",), where, planned),
            Command("growth.goal", tr("Add a goal"), deeds.new_goal, ("Ctrl+Shift+G",), where, planned),
            Command("growth.fact", tr("Add evidence"), deeds.new_fact, ("Ctrl+Shift+E",), where, there),
            Command("growth.target", tr("Change the target"), deeds.ask_plan, ("Ctrl+Shift+T",), where, there),
            Command("growth.packet", tr("Growth packet"), self.ask_packet, ("Ctrl+Shift+P",), where, planned),
            Command("growth.goals", tr("Show the goals"), partial(body.show_view, "goals"), ("Alt+1",), where, there),
            Command(
                "growth.tracks", tr("Compare two tracks"), partial(body.show_view, "tracks"), ("Alt+2",), where, there
            ),
            Command(
                "growth.progress",
                tr("Progress over time"),
                partial(body.show_view, "progress"),
                ("Alt+4",),
                where,
                partial(body.offers, "progress"),
            ),
            Command(
                "growth.year",
                tr("First year"),
                partial(body.show_view, "year"),
                ("Alt+3",),
                where,
                partial(body.offers, "year"),
            ),
            Command(
                "growth.again",
                tr("Ask for an assessment, or rate again"),
                deeds.ask_again,
                ("Ctrl+Shift+A",),
                where,
                there,
            ),
            Command("growth.member", tr("To the member"), self._to_member, ("Ctrl+Shift+M",), where, there),
            Command("growth.private", tr("Private note"), body.note.setFocus, ("Ctrl+Shift+N",), where, planned),
        )

    def panes(self) -> Sequence[QWidget]:
        """The three columns, and the form that is open."""
        return (*self.body.columns, *(p for p in self.deeds.panels if p.isVisible()))

    def arrived(self, **where: Any) -> None:
        """Show the member `id`; with `year`, their first year; with `again`, the form that asks to rate them again."""
        chosen = where.get("id", self.member)
        if where.get("year"):
            (self.body.show_view if chosen == self.member else self.body.begin_with)("year")
        if chosen != self.member:
            self.forget()
        self.member, self._again = chosen, bool(where.get("again"))
        self._ask()

    def forget(self) -> None:
        """Nothing of it is in sight until it is asked for again."""
        self.shown = None
        self.deeds.close_all()
        self._stack.setCurrentWidget(self._blank)
        self.headed.emit()

    def changed(self, report: Any) -> None:
        """Something of it may be another now."""
        self._ask()

    def flush(self) -> None:
        """Save what is being typed."""
        self.body.note.save_now()
        self.body.year.save_now()
        self.deeds.talk.save_now()

    def left(self) -> None:
        """Save and finish it."""
        self.body.note.finish_now()
        self.body.year.finish_now()
        self.deeds.talk.finish_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The room for the columns changed: a form was opened or put away, or the window is another size."""
        if event.type() == QEvent.Type.Resize:
            self.arrange()
        return super().eventFilter(watched, event)

    # Building

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        return self.desk.workspace

    def _there(self) -> bool:
        return self.shown is not None

    def _planned(self) -> bool:
        return self.shown is not None and self.shown.plan is not None

    def _build(self) -> None:
        desk, theme = self.desk, self.desk.theme
        self.head = GrowthHead(theme)
        self.key = GrowthKey(theme)
        self.bar = PacketBar(desk)
        self.bar.made.connect(desk.say)
        self.body = GrowthBody(desk)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.body)
        self._scroll.viewport().installEventFilter(self)
        self.row = row(wide(self._scroll), gap=0)
        sheet = holder(column(self.head, self.bar, wide(self.row), gap=0))
        self._empty = EmptyPage(
            theme,
            tr("No growth plan is shown"),
            tr("Choose one from the list."),
            tr("To the growth plans"),
            lambda: desk.go("growth"),
        )
        self._blank = QWidget()
        self._stack = QStackedWidget()
        for widget in (self._blank, sheet, self._empty):
            self._stack.addWidget(widget)
        self._sheet = sheet
        column(self._stack, on=self)
        theme.changed.connect(self.arrange)

    def _connect(self) -> None:
        body, deeds = self.body, self.deeds
        self._packet.clicked.connect(self.ask_packet)
        self._start.clicked.connect(self.start_talk)
        body.gaps.chosen.connect(deeds.goal_from_gap)
        body.gaps.asked.connect(deeds.ask_again)
        body.topics.began.connect(deeds.goal_from_gap)
        body.goals.asked.connect(deeds.ask_goal)
        body.goals.stepped.connect(self._step)
        body.goals.ticked.connect(self._tick)
        body.facts.asked.connect(deeds.new_fact)
        body.facts.opened.connect(deeds.open_fact)
        body.moments.opened.connect(deeds.open_talk)
        body.begin.clicked.connect(deeds.ask_plan)
        body.note.typed.connect(partial(self._note, typing=True))
        body.note.finished.connect(partial(self._note, typing=False))
        body.tracks.chosen.connect(self._compare)
        body.went_to.connect(self._go_to)
        year = body.year
        year.began.connect(lambda on: self._onboard(onboarding.set_start, on))
        year.chosen.connect(lambda variant: self._onboard(onboarding.begin, variant))
        year.depends.connect(lambda goals: self._onboard(onboarding.choose_goals, goals))
        year.typed.connect(partial(self._year_goal, typing=True))
        year.finished.connect(partial(self._year_goal, typing=False))
        year.held.connect(self._hold)
        year.opened.connect(deeds.open_talk)

    def _go_to(self, widget: QWidget) -> None:
        """Bring it into sight once the columns stand where they will."""
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(widget, 0, self.desk.theme.px(60)))

    # Showing

    def refresh(self, _changed: ChangeReport | None = None) -> None:
        """Ask for everything again; what an action gave back is not looked at."""
        self._ask()

    def _ask(self) -> None:
        if self.member is None:
            self._stack.setCurrentWidget(self._empty)
            return
        self.desk.ask(self, "colleagues", partial(colleague_rows, self.workspace), self._take_colleagues)
        self.desk.ask(self, "growth", partial(growth_page, self.workspace, self.member), self._show, self._gone)
        self.desk.ask(
            self, "year", partial(year_page, self.workspace, self.member), self._show_year, lambda _refused: None
        )

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self.colleagues = rows

    def _gone(self, refused: Refused) -> None:
        self.shown = None
        self._empty.set_words(refused.sentence, refused.remedy)
        self._stack.setCurrentWidget(self._empty)
        self.headed.emit()

    def _show(self, page: GrowthView) -> None:
        if page.member != self.member:
            return
        before, self.shown = self.shown, page
        self._stack.setCurrentWidget(self._sheet)
        self.head.show_page(page)
        self.body.show_page(page)
        self.deeds.refresh(page)
        self._packet.setEnabled(page.plan is not None)
        self._start.setEnabled(page.plan is not None)
        self.arrange()
        if self._again:
            self._again = False
            self.deeds.ask_again()
        if before is None or before.member != page.member:
            self.headed.emit()

    def _show_year(self, page: OnboardingView | None) -> None:
        if page is not None and page.member == self.member:
            self.body.year.show_page(page, self.workspace.today())

    def arrange(self) -> None:
        """Three columns where there is room; beside an open form two, and one in a narrow window."""
        self.body.arrange(self._scroll.viewport().width(), beside=self.deeds.is_open)
        self.head.arrange()
        large = self.desk.theme.large_text
        self.row.setDirection(QBoxLayout.Direction.LeftToRight)
        # Beside a form in large text there is no room for both: the form stands alone until it is put away.
        for part in (self.head, self._scroll):
            part.setVisible(not (large and self.deeds.is_open))

    # What a person does

    def write(self, action: Any, failed: Any = None) -> None:
        """Run an action and show what came of it."""
        self.desk.write(action, self.refresh, self, failed)

    def start_talk(self) -> None:
        """Open today's check-in; with its first word it is held."""
        self.deeds.begin_talk()

    def _to_member(self) -> None:
        self.desk.go("member", id=self.member)

    def ask_packet(self) -> None:
        """Make the growth packet."""
        page = self.shown
        if page is None or page.plan is None or self.bar.busy:
            return
        self.flush()

        def make(target: Path) -> None:
            self.bar.run(
                tr("Making the growth packet for {name}").format(name=page.name),
                target,
                partial(_make, self.workspace, page.member),
                lambda packet: _hand_out(self.workspace, page.member, packet, target),
            )

        ask_where(self, tr("Growth packet"), tr("{name}, growth plan.pdf").format(name=page.name), make)

    def _step(self, goal: int, done: int) -> None:
        self.write(partial(growth.set_steps, self.workspace, goal, done, self.workspace.today()))

    def _tick(self, action: int, done: bool) -> None:
        self.write(partial(growth.tick, self.workspace, action, done=done))

    def _note(self, text: str, *, typing: bool) -> None:
        if self.shown is None or self.shown.plan is None:
            return
        if not typing and not self._noting:
            return
        self._noting = typing
        action = partial(growth.edit_plan, self.workspace, self.shown.plan, typing=typing, private_note=text)
        self.write(partial(in_one_go, self.workspace, action, typing=typing))

    def _onboard(self, action: Any, value: Any) -> None:
        if self.shown is not None:
            self.write(partial(action, self.workspace, self.shown.member, value))

    def _year_goal(self, goal: str, values: dict[str, Any], *, typing: bool) -> None:
        if self.shown is None:
            return
        if "done" in values:
            values = {"done_on": self.workspace.today() if values["done"] else None}
        action = partial(onboarding.set_goal, self.workspace, self.shown.member, goal, typing=typing, **values)
        self.write(partial(in_one_go, self.workspace, action, typing=typing))

    def _hold(self, day: int) -> None:
        if self.shown is not None:
            self.desk.write(
                partial(onboarding.hold, self.workspace, self.shown.member, day), self.deeds.talk_started, self
            )

    def _compare(self, first: str, second: str) -> None:
        if self.shown is None:
            return
        ask = partial(compare_tracks, self.workspace, self.shown.member, (first, second))
        self.desk.ask(self, "tracks", ask, self.body.tracks.show_tracks)


def _make(workspace: Workspace, member: int, progress: Progress) -> Packet:
    from app.packets.member_files import make_growth_packet  # noqa: PLC0415  (in the job's thread)

    return make_growth_packet(workspace, member, progress)


def _hand_out(workspace: Workspace, member: int, packet: Packet, target: Path) -> Any:
    from app.packets.member_files import GROWTH, hand_out_member  # noqa: PLC0415

    return hand_out_member(workspace, member, packet, target, GROWTH)
