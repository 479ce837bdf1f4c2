"""Today: what waits for me, each one keystroke from done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.actions import today
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.drop_menu import DropMenu
from app.desk.parts.empty import EmptyPage
from app.desk.parts.grouped import GroupedPage
from app.desk.parts.label import Text
from app.desk.parts.long_list import ActionRow, Make
from app.queries.today import TodayView, today_view
from app.queries.waiting import NOT_PUT_OFF, Waiting, WaitKind
from app.store.change_report import ChangeReport
from app.words import clock, day, ntr, short_day, tr

_WHEN = 250  # px at ordinary text size
_ACTION = 124  # px at ordinary text size
PutOff = Callable[[Waiting, int], None]
"""Puts something off by so many days; by none, it is taken up again."""


class WaitingRow(ActionRow):
    """One thing that waits, with its one action."""

    def __init__(self, desk: Desk, item: Waiting, put_off: PutOff) -> None:
        super().__init__()
        self.item = item
        self.setProperty("role", "card")
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 12, 10)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.addWidget(Text(item.about, weight=500, elide=True), 0, 0)
        detail = " · ".join(w for w in (item.detail, item.who) if w)
        grid.addWidget(Text(detail, "caption", tone="soft", elide=True), 1, 0)
        words, tone = when_words(desk, item)
        row, column = (2, 0) if desk.theme.large_text else (0, 1)
        span = 1 if desk.theme.large_text else 2
        when = Text(words, tone=tone, elide=True)
        if not desk.theme.large_text:
            when.setFixedWidth(desk.theme.px(_WHEN))
            grid.setColumnMinimumWidth(2, desk.theme.px(_ACTION))
        grid.addWidget(when, row, column, span, 1, Qt.AlignmentFlag.AlignVCenter)
        action = action_words(item)
        name = f"{action}: {item.about}, {detail}"
        go = partial(desk.go, item.place, **item.where)
        self.button = Button(action, "primary" if item.begun else "", name=name, run=go)
        grid.addWidget(self.button, 0, 2, row + 2, 1, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._later(desk, put_off), 0, 3, row + 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 1)

    def _later(self, desk: Desk, put_off: PutOff) -> IconButton:
        """The menu that puts it off, where it can wait; an empty place of the same width where not."""
        about = self.item.about
        later = IconButton(desk.theme, "ellipsis", tr("Later: {what}").format(what=about))
        if self.item.kind in NOT_PUT_OFF:
            kept = later.sizePolicy()
            kept.setRetainSizeWhenHidden(True)
            later.setSizePolicy(kept)
            later.hide()
        later.clicked.connect(lambda _on=False: self._open_menu(later, put_off))
        return later

    def _open_menu(self, button: QWidget, put_off: PutOff) -> None:
        menu = DropMenu(button)
        if self.item.put_off is not None:
            menu.offer(tr("Have it here again"), partial(put_off, self.item, 0))
        menu.offer(tr("Put off until tomorrow"), partial(put_off, self.item, 1))
        menu.offer(tr("Put off for a week"), partial(put_off, self.item, 7))
        menu.drop()


def action_words(item: Waiting) -> str:
    """What its button does."""
    return {
        WaitKind.CARD: tr("Go on scoring") if item.begun else tr("Open card"),
        WaitKind.FORM: tr("Bring it in"),
        WaitKind.DEBRIEF: tr("Go on") if item.begun else tr("Debrief"),
        WaitKind.APPROVAL: tr("Record answer"),
        WaitKind.OFFER: tr("Open offer"),
        WaitKind.ASSESSMENT: tr("Go on") if item.begun else tr("Assess"),
        WaitKind.LATE_ASSESSMENT: tr("Look at it"),
        WaitKind.PROMOTION: tr("Give the level"),
        WaitKind.CHECK_IN: tr("Open plan"),
        WaitKind.GOAL: tr("Open plan"),
        WaitKind.RERATING: tr("Re-rate"),
        WaitKind.LATE_CARD: tr("To the round"),
        WaitKind.OFFER_DUE: tr("Draft the offer"),
        WaitKind.TO_SEND: tr("Open offer"),
        WaitKind.TO_CLOSE: tr("Close it"),
        WaitKind.INVITATION: tr("Put it right"),
        WaitKind.UNTIMED: tr("Give it a time"),
        WaitKind.HOLD: tr("Go on"),
        WaitKind.FULL: tr("To the opening"),
        WaitKind.STUCK: tr("Look at it"),
        WaitKind.NO_OPENING: tr("Put into one"),
        WaitKind.REVIEW: tr("Look at it"),
    }[item.kind]


def when_words(desk: Desk, item: Waiting) -> tuple[str, str]:
    """Since when or until when it waits, and the tone of that."""
    zone, tone = desk.workspace.zone, "warn" if item.late else "soft"
    if item.put_off is not None:
        return tr("put off until {day}").format(day=short_day(item.put_off)), "soft"
    if item.kind is WaitKind.UNTIMED:
        return "", tone
    if item.at is None:
        return "", tone
    if item.kind in _DAYS:
        return _DAYS[item.kind].format(day=day(item.at)), tone
    if item.kind is WaitKind.OFFER:
        assert isinstance(item.at, date)
        words = tr("lapsed, stood until {day}") if item.late else tr("stands until {day}")
        return words.format(day=day(item.at)), "bad" if item.late else "warn"
    if not isinstance(item.at, datetime):
        to_come = tr("due {day}") if item.at > desk.workspace.today() else tr("due today, {day}")
        words = tr("was due {day}") if item.late else to_come
        return words.format(day=short_day(item.at)), tone
    on = item.at.astimezone(zone).date()
    if item.kind in (WaitKind.CARD, WaitKind.FORM, WaitKind.LATE_CARD, WaitKind.INVITATION):
        held = tr("today, {time}") if on == desk.workspace.today() else tr("{day}, {time}")
        return held.format(day=short_day(on), time=clock(item.at, zone)), tone
    if item.kind in (WaitKind.APPROVAL, WaitKind.OFFER_DUE, WaitKind.TO_CLOSE, WaitKind.PROMOTION):
        return tr("decided {day}").format(day=short_day(on)), tone
    if item.kind is WaitKind.ASSESSMENT:
        return tr("asked {day}").format(day=short_day(on)), tone
    return tr("in this stage since {day}").format(day=short_day(on)), tone


_DAYS = {
    WaitKind.TO_SEND: tr("stands until {day}"),
    WaitKind.HOLD: tr("on hold until {day}"),
    WaitKind.REVIEW: tr("kept until {day}"),
}
"""How a day is said of what waits for one."""


def heading(kind: WaitKind, count: int) -> str:
    """What stands over a group."""
    return {
        WaitKind.CARD: ntr("One card to write", "{n} cards to write", count),
        WaitKind.FORM: ntr("One form to bring in", "{n} forms to bring in", count),
        WaitKind.DEBRIEF: ntr("One debrief due", "{n} debriefs due", count),
        WaitKind.APPROVAL: ntr("One approval asked for", "{n} approvals asked for", count),
        WaitKind.OFFER: ntr("One offer about to lapse", "{n} offers about to lapse", count),
        WaitKind.ASSESSMENT: ntr("One assessment to write", "{n} assessments to write", count),
        WaitKind.LATE_ASSESSMENT: ntr(
            "One assessment of somebody else is late", "{n} assessments of others are late", count
        ),
        WaitKind.PROMOTION: ntr("One promotion to make", "{n} promotions to make", count),
        WaitKind.CHECK_IN: ntr("One check-in due", "{n} check-ins due", count),
        WaitKind.GOAL: ntr("One goal is overdue", "{n} goals are overdue", count),
        WaitKind.RERATING: ntr("One member to rate again", "{n} members to rate again", count),
        WaitKind.LATE_CARD: ntr("One card of somebody else is late", "{n} cards of others are late", count),
        WaitKind.OFFER_DUE: ntr("One offer to draft", "{n} offers to draft", count),
        WaitKind.TO_SEND: ntr("One offer to send", "{n} offers to send", count),
        WaitKind.TO_CLOSE: ntr("One application to close", "{n} applications to close", count),
        WaitKind.INVITATION: ntr("One invitation is wrong now", "{n} invitations are wrong now", count),
        WaitKind.UNTIMED: ntr("One candidate waits for a time", "{n} candidates wait for a time", count),
        WaitKind.HOLD: ntr("One hold is over", "{n} holds are over", count),
        WaitKind.FULL: ntr("One opening is filled", "{n} openings are filled", count),
        WaitKind.STUCK: ntr("One application is stuck", "{n} applications are stuck", count),
        WaitKind.NO_OPENING: ntr("One candidate is in no opening", "{n} candidates are in no opening", count),
        WaitKind.REVIEW: ntr("One record was to be kept until now", "{n} records were to be kept until now", count),
    }[kind]


class TodayPage(GroupedPage[TodayView]):
    """Groups of what waits. Up and Down go from one action to the next; D and W put one off."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            EmptyPage(
                desk.theme,
                tr("Nothing waits for you"),
                tr("Cards to write, forms to bring in, debriefs due and offers about to lapse will stand here."),
                tr("Go to the pipeline"),
                partial(desk.go, "pipeline"),
            ),
        )
        self._later = Button("", run=self._turn)
        self._with_later = False

    def breadcrumb(self) -> Sequence[Crumb]:
        """Today."""
        return (Crumb(tr("Today")),)

    def top_actions(self) -> Sequence[QWidget]:
        """What was put off, shown or not."""
        return (self._later,) if self.shown is not None and self.shown.put_off else ()

    def commands(self) -> Sequence[Command]:
        """Putting off what has the focus."""
        command = CommandsOf("today", tr("Today"), self._can_wait)
        return (
            command("day", tr("Put it off until tomorrow"), partial(self._put_off_row, 1), "D"),
            command("week", tr("Put it off for a week"), partial(self._put_off_row, 7), "W"),
            command("later", tr("What was put off"), self._turn, when=self.there),
        )

    def question(self) -> Callable[[], TodayView]:
        return partial(today_view, self.workspace)

    def fill(self, page: TodayView) -> None:
        groups = [(heading(kind, len(rows)), self._rows(rows)) for kind, rows in _by_kind(page.items)]
        groups += [(heading(kind, len(rows)), self._rows(rows)) for kind, rows in _by_kind(page.quiet)]
        if self._with_later:
            groups.append((tr("Put off"), self._rows(page.put_off)))
        title = tr("Today, {day}").format(day=day(self.desk.workspace.today()))
        words = [ntr("One thing waits", "{n} things wait", len(page.items))]
        if page.quiet:
            words.append(ntr("one for when there is time", "{n} for when there is time", len(page.quiet)))
        if page.put_off:
            words.append(ntr("one is put off", "{n} are put off", len(page.put_off)))
        self._later.set_words(tr("Hide what is put off") if self._with_later else tr("Show what is put off"))
        self.show_groups(title, " · ".join(words), groups)

    def _rows(self, items: Sequence[Waiting]) -> list[Make]:
        return [partial(WaitingRow, self.desk, item, self.put_off) for item in items]

    def put_off(self, item: Waiting, days: int) -> None:
        """Put something off by so many days; by none, have it here again."""
        if days:
            action: Callable[[], ChangeReport] = partial(today.put_off, self.workspace, item.key, item.about, days)
            on = self.workspace.today() + timedelta(days=days)
            said = tr("{what} stands here again {day}. Ctrl+Z takes it back.")
            self.act(action, said=said.format(what=item.about, day=short_day(on)))
        else:
            self.act(partial(today.take_up, self.workspace, item.key, item.about))

    def _turn(self) -> None:
        self._with_later = not self._with_later
        if self.shown is not None:
            self.fill(self.shown)

    def _focused(self) -> Waiting | None:
        focused = self.window().focusWidget()
        rows = (row for row in self.rows if isinstance(row, WaitingRow) and row.button is focused)
        return next((row.item for row in rows), None)

    def _can_wait(self) -> bool:
        item = self._focused()
        return item is not None and item.kind not in NOT_PUT_OFF

    def _put_off_row(self, days: int) -> None:
        item = self._focused()
        if item is not None:
            self.put_off(item, days)


def _by_kind(items: Sequence[Waiting]) -> list[tuple[WaitKind, list[Waiting]]]:
    return [(kind, list(group)) for kind, group in groupby(items, key=lambda item: item.kind)]
