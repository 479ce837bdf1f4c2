"""My rounds by date, each with its card; the kits that go out to others, and their forms that come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.interviews.actions import KitActions
from app.desk.pages.interviews.forms_back import FormsCard
from app.desk.pages.interviews.kits import KitsCard
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_dialog import pdfs_in
from app.desk.parts.label import Text
from app.desk.parts.layout import column
from app.desk.parts.long_list import ActionRow, LongList
from app.desk.parts.returned_forms import ReturnedForms
from app.desk.parts.section import clear
from app.queries.kit import KitRow, kit_rows
from app.queries.scorecard import MyRound, my_rounds
from app.words import clock, day, ntr, short_day, tr

_NONE_YET = tr(
    "None of yours yet. On a candidate’s page, give a round an interviewer and a time; the ones you hold stand here."
)


class MyRoundRow(ActionRow):
    """One interview of mine: time, person, round, how far its card is, and the way to it."""

    def __init__(self, desk: Desk, item: MyRound) -> None:
        super().__init__()
        self.setProperty("role", "card")
        zone = desk.workspace.zone
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 12, 10)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        time, lasts = tr("no time yet"), ""
        if item.starts_at is not None:
            time = clock(item.starts_at, zone)
            if item.state in ("submitted", "amended"):
                lasts = short_day(item.starts_at.astimezone(zone).date())
            else:
                lasts = tr("to {end}").format(end=clock(item.starts_at + timedelta(minutes=item.minutes), zone))
        hour = Text(time, weight=500)
        hour.setMinimumWidth(desk.theme.px(72))
        grid.addWidget(hour, 0, 0)
        grid.addWidget(Text(lasts, "caption", tone="soft"), 1, 0)
        grid.addWidget(Text(item.candidate, weight=500, elide=True), 0, 1)
        grid.addWidget(
            Text(" · ".join(w for w in (item.person.now_at, item.opening) if w), "caption", tone="soft", elide=True),
            1,
            1,
        )
        row, body = (2, 1) if desk.theme.large_text else (0, 2)
        grid.addWidget(Text(item.exercise, elide=True), row, body)
        place = tr("round {n} of {all}").format(n=item.position, all=item.rounds)
        held = " · ".join(w for w in (place, item.place) if w)
        grid.addWidget(Text(held, "caption", tone="soft", elide=True), row + 1, body)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        words, tone = _state(item, desk.workspace.now())
        grid.addWidget(Text(words, "caption", tone=tone), 0, 3, row + 2, 1, middle | right)
        self.button = Button(_action(item), "primary" if item.state == "draft" else "")
        self.button.setAccessibleName(f"{_action(item)}: {item.candidate}, {item.exercise}")
        target: dict[str, Any] = {"card": item.card} if item.card is not None else {"interview": item.interview}
        self.button.clicked.connect(lambda _on=False: desk.go("scorecard", **target))
        grid.addWidget(self.button, 0, 4, row + 2, 1, middle)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 0 if desk.theme.large_text else 3)
        grid.setColumnStretch(3, 1)


def _state(item: MyRound, now: Any) -> tuple[str, str]:
    """How far the card is, and the tone of that."""
    if item.state in ("submitted", "amended"):
        return tr("card is in"), "good"
    late = item.starts_at is not None and item.starts_at + timedelta(minutes=item.minutes) < now
    if item.state == "draft":
        return tr("{n} of {all} dimensions").format(n=item.answered, all=item.planned), "warn" if late else "accent"
    if late:
        return tr("card is late"), "warn"
    return ntr("{n} dimension to score", "{n} dimensions to score", item.planned), "soft"


def _action(item: MyRound) -> str:
    if item.state == "draft":
        return tr("Go on scoring")
    return tr("Read card") if item.state else tr("Open card")


class InterviewsPage(Page):
    """Days as headings, today's first of what is due; then kits and forms; those that are done below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._plans = Button(tr("Interview plans"))
        self._plans.clicked.connect(self._show_plans)
        self._week = Button(tr("Week"), run=partial(desk.go, "week"))
        assert isinstance(desk.incoming, ReturnedForms)
        self.incoming = desk.incoming
        self.kits = KitsCard(desk)
        self.forms = FormsCard(desk, self.incoming)
        self._actions = KitActions(self, desk, self.kits.bar, self.incoming)
        self.setAcceptDrops(True)
        self._due, self._done = QWidget(), QWidget()
        body = QWidget()
        content = column(gap=16, margins=(20, 16, 20, 20), on=body)
        for part in (self._due, self.kits, self.forms, self._done):
            content.addWidget(part)
        content.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(body)
        self._empty = EmptyPage(
            desk.theme,
            tr("No interviews of yours yet"),
            tr(
                "On a candidate’s page, give a round an interviewer and a time. The rounds you hold stand here, with "
                "the kits that go out and the forms that come back."
            ),
            tr("Go to the pipeline"),
            lambda: desk.go("pipeline"),
        )
        self._any_rounds = self._any_kits = False
        self._most = 0
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._empty)
        for part in (self._due, self._done):
            column(gap=8, on=part)
        self._connect()

    def breadcrumb(self) -> Sequence[Crumb]:
        """Hire, Interviews."""
        return (Crumb(tr("Hire")), Crumb(tr("Interviews")))

    def commands(self) -> Sequence[Command]:
        """Bringing forms in, going to the kits, and the plans that rounds come from."""
        where = tr("Interviews")
        return (
            Command("forms.choose", tr("Bring in filled forms"), self._actions.ask_forms, ("Ctrl+Shift+O",), where),
            Command("forms.folder", tr("Bring in a folder of forms"), self._actions.ask_folder, (), where),
            Command("forms.watch", tr("Watch a folder for forms"), self._actions.ask_watch, (), where),
            Command("kits.go", tr("Go to the kits"), self.kits.focus_list, (), where),
            Command(
                "interviews.week", tr("Week of interviews"), partial(self.desk.go, "week"), ("Ctrl+Shift+W",), where
            ),
            Command("interviews.plan", tr("Interview plans"), self._show_plans, (), where),
        )

    def top_actions(self) -> Sequence[QWidget]:
        """The way to the week, and to the plans."""
        return (self._week, self._plans)

    def panes(self) -> Sequence[QWidget]:
        """My rounds, the kits, the forms, the rounds that are done."""
        return (self._due, self.kits, self.forms, self._done)

    def _show_plans(self) -> None:
        self.desk.go("plan")

    def arrived(self, **where: Any) -> None:
        """Ask for everything afresh, and of each day for the first rounds."""
        self._most = 0
        self._ask()

    def forget(self) -> None:
        """No card stands beside a form any more, and no rounds of the one before."""
        self.forms.forget_cards()
        for part in (self._due, self._done):
            self._emptied(part)

    def changed(self, report: Any) -> None:
        """An interview, a card or a kit was changed."""
        self._ask()

    def show_part(self, part: QWidget) -> None:
        """Scroll so that this part begins at the top."""
        self._scroll.verticalScrollBar().setValue(max(0, part.y() - 12))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take filled forms, and folders of them."""
        if pdfs_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring in what was dropped."""
        event.acceptProposedAction()
        self.incoming.bring(pdfs_in(event.mimeData()))

    def _connect(self) -> None:
        deeds = self._actions
        self.kits.asked.connect(deeds.ask)
        self.kits.many.connect(deeds.ask_many)
        self.forms.choose.connect(deeds.ask_forms)
        self.forms.folder.connect(deeds.ask_folder)
        self.forms.watch.connect(deeds.ask_watch)
        self.forms.unwatch.connect(lambda: deeds.watch(""))
        self.forms.compared.connect(partial(deeds.compare, self.forms))
        self.forms.held.connect(self.incoming.bring_held)
        self.forms.from_paper.connect(deeds.from_paper)
        self.forms.dated.connect(self.incoming.bring_dated)
        self.incoming.told.connect(self._show_stack)

    def _ask(self) -> None:
        workspace = self.desk.workspace
        self.forms.show_folder(workspace.settings.forms_folder)
        self.desk.ask(self, "rounds", partial(my_rounds, workspace), self._show)
        self.desk.ask(self, "kits", partial(kit_rows, workspace), self._show_kits)

    def _show_kits(self, rows: tuple[KitRow, ...]) -> None:
        self._any_kits = bool(rows)
        self.kits.show_rows(rows)
        self._show_stack()

    def _show_stack(self) -> None:
        """The hint where nothing is planned and nothing came back."""
        anything = self._any_rounds or self._any_kits or bool(self.incoming.results) or self.incoming.busy
        self._stack.setCurrentWidget(self._scroll if anything else self._empty)

    def _show(self, rounds: tuple[MyRound, ...]) -> None:
        self._any_rounds = bool(rounds)
        self._show_stack()
        due = [r for r in rounds if r.state in (None, "draft")]
        done = [r for r in rounds if r.state not in (None, "draft")]
        body = self._emptied(self._due)
        body.addWidget(Text(tr("My interviews"), "title"))
        body.addWidget(Text(_summary(due, done) if rounds else _NONE_YET, tone="soft", wrap=True))
        for on, items in groupby(due, key=self._day):
            self._add_day(body, self._day_words(on), list(items))
        body = self._emptied(self._done)
        self._done.setVisible(bool(done))
        if done:
            self._add_day(body, tr("Card is in"), list(reversed(done)))

    def _emptied(self, part: QWidget) -> QVBoxLayout:
        body = part.layout()
        assert isinstance(body, QVBoxLayout)
        clear(body)
        return body

    def _day(self, item: MyRound) -> date | None:
        return item.starts_at.astimezone(self.desk.workspace.zone).date() if item.starts_at is not None else None

    def _day_words(self, on: date | None) -> str:
        if on is None:
            return tr("No date yet")
        today = self.desk.workspace.today()
        if on == today:
            return tr("Today, {day}").format(day=day(on))
        if on == today + timedelta(days=1):
            return tr("Tomorrow, {day}").format(day=day(on))
        return short_day(on) if abs((on - today).days) < 200 else day(on)

    def _add_day(self, column: QVBoxLayout, heading: str, items: list[MyRound]) -> None:
        column.addSpacing(10)
        column.addWidget(Text(heading, "caption", tone="soft", weight=500))
        column.addWidget(LongList([partial(MyRoundRow, self.desk, item) for item in items], self._most, self._grown))

    def _grown(self, shown: int) -> None:
        self._most = max(self._most, shown)


def _summary(due: Sequence[MyRound], done: Sequence[MyRound]) -> str:
    return " · ".join(
        [ntr("{n} card to write", "{n} cards to write", len(due)), ntr("{n} card in", "{n} cards in", len(done))]
    )
