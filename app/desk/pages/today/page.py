"""Today: what waits for me, each one keystroke from done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.grouped import GroupedPage
from app.desk.parts.label import Text
from app.desk.parts.long_list import ActionRow
from app.queries.today import Waiting, WaitKind, waiting
from app.words import clock, day, ntr, short_day, tr

_WHEN = 250  # px at ordinary text size
_ACTION = 124  # px at ordinary text size


class WaitingRow(ActionRow):
    """One thing that waits, with its one action."""

    def __init__(self, desk: Desk, item: Waiting) -> None:
        super().__init__()
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
        grid.setColumnStretch(0, 1)


def action_words(item: Waiting) -> str:
    """What its button does."""
    return {
        WaitKind.CARD: tr("Go on scoring") if item.begun else tr("Open card"),
        WaitKind.FORM: tr("Bring it in"),
        WaitKind.DEBRIEF: tr("Go on") if item.begun else tr("Debrief"),
        WaitKind.APPROVAL: tr("Record answer"),
        WaitKind.OFFER: tr("Open offer"),
        WaitKind.ASSESSMENT: tr("Go on") if item.begun else tr("Assess"),
        WaitKind.CHECK_IN: tr("Open plan"),
        WaitKind.RERATING: tr("Re-rate"),
    }[item.kind]


def when_words(desk: Desk, item: Waiting) -> tuple[str, str]:
    """Since when or until when it waits, and the tone of that."""
    zone, tone = desk.workspace.zone, "warn" if item.late else "soft"
    if item.at is None:
        return "", tone
    if item.kind is WaitKind.OFFER:
        assert isinstance(item.at, date)
        words = tr("lapsed, stood until {day}") if item.late else tr("stands until {day}")
        return words.format(day=day(item.at)), "bad" if item.late else "warn"
    if item.kind in (WaitKind.CHECK_IN, WaitKind.RERATING):
        assert isinstance(item.at, date)
        words = tr("was due {day}") if item.late else tr("due today, {day}")
        return words.format(day=short_day(item.at)), tone
    assert isinstance(item.at, datetime)
    on = item.at.astimezone(zone).date()
    if item.kind in (WaitKind.CARD, WaitKind.FORM):
        held = tr("today, {time}") if on == desk.workspace.today() else tr("{day}, {time}")
        return held.format(day=short_day(on), time=clock(item.at, zone)), tone
    if item.kind is WaitKind.APPROVAL:
        return tr("decided {day}").format(day=short_day(on)), tone
    if item.kind is WaitKind.ASSESSMENT:
        return tr("asked {day}").format(day=short_day(on)), tone
    return tr("in this stage since {day}").format(day=short_day(on)), tone


def heading(kind: WaitKind, count: int) -> str:
    """What stands over a group."""
    return {
        WaitKind.CARD: ntr("One card to write", "{n} cards to write", count),
        WaitKind.FORM: ntr("One form to bring in", "{n} forms to bring in", count),
        WaitKind.DEBRIEF: ntr("One debrief due", "{n} debriefs due", count),
        WaitKind.APPROVAL: ntr("One approval asked for", "{n} approvals asked for", count),
        WaitKind.OFFER: ntr("One offer about to lapse", "{n} offers about to lapse", count),
        WaitKind.ASSESSMENT: ntr("One assessment to write", "{n} assessments to write", count),
        WaitKind.CHECK_IN: ntr("One check-in due", "{n} check-ins due", count),
        WaitKind.RERATING: ntr("One member to rate again", "{n} members to rate again", count),
    }[kind]


class TodayPage(GroupedPage[tuple[Waiting, ...]]):
    """Groups of what waits. Up and Down go from one action to the next."""

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

    def breadcrumb(self) -> Sequence[Crumb]:
        """Today."""
        return (Crumb(tr("Today")),)

    def question(self) -> Callable[[], tuple[Waiting, ...]]:
        return partial(waiting, self.workspace)

    def fill(self, items: tuple[Waiting, ...]) -> None:
        groups = []
        for kind, group in groupby(items, key=lambda i: i.kind):
            rows = [partial(WaitingRow, self.desk, item) for item in group]
            groups.append((heading(kind, len(rows)), rows))
        title = tr("Today, {day}").format(day=day(self.desk.workspace.today()))
        self.show_groups(title, ntr("One thing waits", "{n} things wait", len(items)), groups)
