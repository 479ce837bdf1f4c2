"""A week of rounds: every interview of open applications by day, who is in two places at once, and the way to each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtWidgets import QGridLayout

from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.parts.controls import Button, Chip
from app.desk.parts.empty import EmptyPage
from app.desk.parts.flow import flowing
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, holder, scrolling
from app.desk.parts.pressable_row import PressableRow
from app.desk.parts.shown_page import ShownPage
from app.queries.week import WeekRound, week_rounds
from app.words import clock, day, ntr, sentence_list, short_day, tr

_DAYS = 7
_COLUMN = 150  # px at ordinary text size: narrower, the days stand one below the other


class _Entry(PressableRow):
    """One round in its day."""

    def __init__(self, desk: Desk, one: WeekRound) -> None:
        super().__init__(desk.theme)
        self.setProperty("role", "card")
        zone = desk.workspace.zone
        ends = one.starts_at + timedelta(minutes=one.minutes)
        hours = tr("{start} to {end}").format(start=clock(one.starts_at, zone), end=clock(ends, zone))
        under = " · ".join(w for w in (one.interviewer, one.place) if w)
        lines = [
            Text(hours, "caption", tone="accent" if one.mine else "soft", weight=500, elide=True),
            Text(one.candidate, weight=500, elide=True),
            Text(one.exercise, "caption", tone="soft", elide=True),
            Text(under, "caption", tone="soft", elide=True),
        ]
        twice = tr("{names} at two places").format(names=sentence_list(list(one.twice))) if one.twice else ""
        if twice:
            lines.append(Text(twice, "caption", tone="warn", wrap=True))
        column(*lines, gap=1, margins=(10, 7, 10, 8), on=self)
        said = (hours, one.candidate, one.exercise, under, twice)
        self.setAccessibleName(", ".join(w for w in said if w))
        self.pressed.connect(partial(desk.go, "application", id=one.application))


class WeekPage(ShownPage[tuple[WeekRound, ...]]):
    """`arrived(day=…)` shows the week of a day; without one that of today, or the one that was shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        today = self.workspace.today()
        self._monday = today - timedelta(days=today.weekday())
        self.title, self.facts = Text("", "title"), Text("", tone="soft")
        self.mine = Chip(tr("Mine alone"))
        self.mine.toggled.connect(self._filled_again)
        before = Button(tr("Week before"), small=True, run=partial(self.turn, -1))
        after = Button(tr("Week after"), small=True, run=partial(self.turn, 1))
        now = Button(tr("This week"), small=True, run=partial(self.turn, 0))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        turns = flowing(self.mine, before, now, after, gap=8)
        head = column(self.title, self.facts, turns, gap=6)
        self._scroll = scrolling(holder(column(head, self._grid, STRETCH, gap=14, margins=(20, 16, 20, 20))))
        self.lay_out(self._scroll, EmptyPage(desk.theme, tr("The week could not be read")))
        desk.theme.changed.connect(self._filled_again)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Interviews, Week."""
        return (Crumb(tr("Hire")), Crumb(tr("Interviews"), "interviews"), Crumb(tr("Week")))

    def commands(self) -> Sequence[Command]:
        """Turning the weeks."""
        command = CommandsOf("week", tr("Week"))
        return (
            command("before", tr("The week before"), partial(self.turn, -1), "P"),
            command("after", tr("The week after"), partial(self.turn, 1), "N"),
            command("now", tr("This week"), partial(self.turn, 0), "T"),
            command("mine", tr("My rounds alone"), self.mine.toggle, "Ctrl+Shift+F"),
        )

    def arrived(self, **where: Any) -> None:
        """Show the week of a day."""
        if isinstance(where.get("day"), date):
            self._monday = where["day"] - timedelta(days=where["day"].weekday())
        super().arrived(**where)

    def question(self) -> Callable[[], tuple[WeekRound, ...]]:
        begins = datetime.combine(self._monday, time(), self.workspace.zone)
        return partial(week_rounds, self.workspace, begins)

    def about(self) -> date:
        """Which week is asked for."""
        return self._monday

    def turn(self, weeks: int) -> None:
        """Go on, or back, by so many weeks; 0 is this week."""
        today = self.workspace.today()
        this = today - timedelta(days=today.weekday())
        self._monday = self._monday + timedelta(days=7 * weeks) if weeks else this
        self.read_again()

    def fill(self, rounds: tuple[WeekRound, ...]) -> None:
        """A column a day; in a narrow window one day below the other."""
        shown = [one for one in rounds if one.mine or not self.mine.isChecked()]
        last = self._monday + timedelta(days=_DAYS - 1)
        self.title.setText(tr("{first} to {last}").format(first=short_day(self._monday), last=day(last)))
        self.facts.setText(_facts(shown))
        self._clear()
        by_day = {on: list(ones) for on, ones in groupby(shown, key=self._day)}
        theme, today = self.desk.theme, self.workspace.today()
        broad = self._scroll.viewport().width() >= theme.px(_COLUMN) * _DAYS
        days = [self._monday + timedelta(days=n) for n in range(_DAYS)]
        for place, on in enumerate(days):
            body = column(Text(short_day(on), "caption", weight=600, tone="accent" if on == today else "soft"), gap=6)
            for one in by_day.get(on, []):
                body.addWidget(_Entry(self.desk, one))
            if on not in by_day:
                body.addWidget(Text(tr("nothing"), "caption", tone="faint"))
            body.addStretch(1)
            self._grid.addWidget(holder(body), 0 if broad else place, place if broad else 0)
            self._grid.setColumnStretch(place, 1 if broad or place == 0 else 0)

    def resizeEvent(self, event: Any) -> None:
        """Arrange the days anew."""
        super().resizeEvent(event)
        self._filled_again()

    def _filled_again(self, _on: bool = False) -> None:
        if self.shown is not None:
            self.fill(self.shown)

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _day(self, one: WeekRound) -> date:
        return one.starts_at.astimezone(self.workspace.zone).date()


def _facts(shown: Sequence[WeekRound]) -> str:
    words = [ntr("one round", "{n} rounds", len(shown))]
    clashes = sum(bool(one.twice) for one in shown)
    if clashes:
        words.append(ntr("one collides with another", "{n} collide", clashes))
    return " · ".join(words)
