"""Openings: those that are open, then those that are closed; the form of a new one opens beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.actions import opening
from app.actions.opening import NewOpening
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.openings.form import OpeningPanel
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.grouped import GroupedPage
from app.desk.parts.label import Text
from app.desk.parts.long_list import ActionRow
from app.queries.opening_choices import OpeningChoices, opening_choices
from app.queries.openings import OpeningLine, openings
from app.store.change_report import ChangeReport
from app.words import ntr, tr


class _Row(ActionRow):
    """One opening, and the way to it."""

    def __init__(self, desk: Desk, line: OpeningLine) -> None:
        super().__init__()
        self.setProperty("role", "card")
        row = line.row
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 12, 10)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.addWidget(Text(row.role, weight=500, elide=True), 0, 0)
        facts = [row.code, row.level, line.rubric, *([line.manager] if line.manager else [])]
        grid.addWidget(Text(" · ".join(facts), "caption", tone="soft", elide=True), 1, 0)
        place, column = (2, 0) if desk.theme.large_text else (0, 1)
        found = [line.seats, ntr("one open application", "{n} open applications", row.active)]
        grid.addWidget(Text(" · ".join(found), elide=True), place, column)
        said = line.closing.words if line.closing is not None else line.waits
        late = line.closing is None and line.day is not None and line.day > row.target[1]
        said = tr("every seat is filled: close it") if line.full else said
        tone = "accent" if line.full else "warn" if late else "soft"
        grid.addWidget(Text(said, "caption", tone=tone, elide=True), place + 1, column)
        name = tr("Open {code}").format(code=row.code)
        self.button = Button(tr("Open"), name=name, run=partial(desk.go, "opening", id=row.id))
        grid.addWidget(self.button, 0, 2, place + 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 0 if desk.theme.large_text else 2)


class OpeningsPage(GroupedPage[tuple[OpeningLine, ...]]):
    """Open ones first, those with most people in them at the top."""

    def __init__(self, desk: Desk) -> None:
        self._add = Button(tr("Add opening…"), "primary", run=self.begin)
        self.panel = OpeningPanel(desk.theme)
        self._choices: OpeningChoices | None = None
        self._asked = False
        empty = EmptyPage(
            desk.theme,
            tr("No opening yet"),
            tr("An opening is a job to fill: its role and level, its stages, and the plan of its interviews."),
            tr("Add an opening"),
            self.begin,
        )
        super().__init__(desk, empty, self.panel)
        self.panel.complete.connect(self._save)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Hire, Openings."""
        return (Crumb(tr("Hire")), Crumb(tr("Openings")))

    def top_actions(self) -> Sequence[QWidget]:
        """A new one."""
        return (self._add,)

    def commands(self) -> Sequence[Command]:
        """A new one."""
        return (CommandsOf("openings", tr("Openings"))("add", tr("Add opening"), self.begin, "Ctrl+N"),)

    def question(self) -> Callable[[], tuple[OpeningLine, ...]]:
        return partial(openings, self.workspace)

    def ask_beside(self) -> None:
        """What the form offers."""
        self.desk.ask(self, "choices", partial(opening_choices, self.workspace), self._take_choices)

    def fill(self, lines: tuple[OpeningLine, ...]) -> None:
        to_fill = [partial(_Row, self.desk, line) for line in lines if line.closing is None]
        closed = [partial(_Row, self.desk, line) for line in lines if line.closing is not None]
        words = [ntr("{n} open", "{n} open", len(to_fill)), ntr("{n} closed", "{n} closed", len(closed))]
        self.show_groups(tr("Openings"), " · ".join(words), ((tr("Open"), to_fill), (tr("Closed"), closed)))

    def begin(self) -> None:
        """Ask for a new one, as soon as it is known what can be chosen."""
        self._asked = self._choices is None
        if self._choices is None:
            return
        if not self._choices.rubrics:
            self.desk.say(tr("There is no rubric yet."), tr("Bring one in or write one first: an opening needs it."))
            return
        self.panel.fill(None, self._choices)
        self.open_panel(self.panel, tr("Add opening"))
        self.panel.form.facts.focus_first()

    def _take_choices(self, choices: OpeningChoices) -> None:
        self._choices = choices
        if self._asked:
            self.begin()

    def _save(self) -> None:
        values, must_have = self.panel.form.values(), self.panel.form.must_have()
        version = values.pop("rubric")
        new = NewOpening(**values, must_have=must_have)

        def added(report: ChangeReport) -> None:
            self.panel.close_panel()
            self.desk.go("opening", id=report.subject)
            self.desk.say(tr("{code} is open. Its people stand in the pipeline.").format(code=new.code))

        self.act(partial(opening.add, self.workspace, new, version), added, self.panel.refuse)
