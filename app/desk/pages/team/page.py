"""The team: who is on it, at which level, their latest strips, and where it is strong or rests on one person."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from app.actions import member
from app.actions.member import NewMember
from app.actions.member_import import import_all
from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.team.guide_panel import GuideFields, GuidePanel
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.fields import Field, FieldSet, FieldType
from app.desk.parts.file_dialog import ask_open
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import column, holder, row, wide
from app.desk.parts.section import clear, section
from app.desk.parts.side_panel import SidePanel
from app.desk.parts.states import StateMark
from app.desk.parts.strip import PaintedCell, StripWidget
from app.desk.theme import Theme
from app.domain.assessment import TeamStanding
from app.domain.panel import State
from app.errors import Refused
from app.exchange.candidate_import import LARGEST
from app.exchange.member_import import read_members
from app.phrases.readiness import said_of
from app.phrases.rubric import standing_word
from app.queries.team import Joining, MemberRow, StripThen, TeamDimension, TeamView, team_page
from app.store.change_report import ChangeReport
from app.store.files import bytes_in
from app.store.workspace import Workspace
from app.words import day, ntr, sentence_list, tr

_MARKS = {TeamStanding.STRONG: State.MET, TeamStanding.SOME: State.SPLIT, TeamStanding.NOBODY: State.NOT_MET}


def strip_widget(theme: Theme, then: StripThen, ground: str = "panel") -> StripWidget:
    """A strip as a query gives it."""
    strip = StripWidget(theme, ground=ground)
    strip.show_cells(then.names, [PaintedCell(c.score, c.bar, c.high, sealed=c.sealed) for c in then.cells])
    return strip


def then_words(strip: StripThen) -> str:
    """What a strip was scored against, and when: 'against MLE4, Spring 2026'."""
    if strip.cycle is None:
        return tr("hired, against {level}").format(level=strip.level)
    return tr("against {level}, {cycle}").format(level=strip.level, cycle=strip.words)


class MemberLine(QFrame):
    """One member, and the way to their page."""

    def __init__(self, desk: Desk, row: MemberRow) -> None:
        super().__init__()
        theme = desk.theme
        self.setProperty("role", "card")
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 9, 12, 9)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(2)
        grid.addWidget(Text(row.name, weight=500, elide=True), 0, 0)
        grid.addWidget(Text(f"{row.level} · {row.title}", "caption", tone="soft", elide=True), 1, 0)
        line, body = (2, 0) if theme.large_text else (0, 1)
        since = tr("since {day}").format(day=day(row.level_since)) if row.level_since else ""
        grid.addWidget(Text(since, elide=True), line, body, 1, 3 if theme.large_text else 1)
        manager = tr("with {name}").format(name=row.manager_name) if row.manager_name else ""
        grid.addWidget(Text(manager, "caption", tone="soft", elide=True), line + 1, body)
        line, body = (4, 0) if theme.large_text else (0, 2)
        latest = row.latest
        if latest is not None:
            grid.addWidget(strip_widget(theme, latest), line, body)
            grid.addWidget(Text(then_words(latest), "caption", tone="soft", elide=True), line + 1, body)
        else:
            grid.addWidget(Text(tr("not assessed yet"), "caption", tone="soft", elide=True), line, body)
        word = _word(theme, latest) if latest is not None and latest.word is not None else QWidget()
        grid.addWidget(word, line, body + 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)  # an empty place keeps the columns
        self.button = Button(tr("Open"))
        self.button.setAccessibleName(tr("Open {name}").format(name=row.name))
        self.button.clicked.connect(lambda _on=False: desk.go("member", id=row.id))
        grid.addWidget(self.button, 0, 4, line + 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 3)
        if not theme.large_text:
            grid.setColumnStretch(1, 2)
            grid.setColumnMinimumWidth(3, theme.px(96))


def _word(theme: Theme, strip: StripThen) -> QWidget:
    assert strip.word is not None
    said = said_of(strip.word, strip.outcome)
    box = holder(row(StateMark(theme, said.shape, said.word), Text(said.word, weight=500), gap=7))
    box.setToolTip(said.aside)
    return box


class TeamPage(Page):
    """Members by name, then the team by dimensions; the form of a new one opens beside."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: TeamView | None = None
        self._import = Button(tr("Import…"))
        self._import.setAccessibleName(tr("Import members from a table"))
        self._import.clicked.connect(self._ask_table)
        self._add = Button(tr("Add member…"), "primary")
        self._add.clicked.connect(self._open_form)
        self.form = FieldSet(
            desk.theme,
            [
                Field("colleague", tr("Colleague"), FieldType.CHOICE, help=tr("Or type a new name below.")),
                Field("name", tr("Name")),
                Field("mail", tr("Mail")),
                Field("role", tr("Role")),
                *GuideFields.fields(),
                Field("since", tr("At this level since"), FieldType.DATE),
                Field("manager", tr("Manager"), FieldType.CHOICE),
                Field("started_on", tr("First day"), FieldType.DATE),
            ],
        )
        self.panel = SidePanel(desk.theme, tr("New member"), self.form, save=tr("Add member"))
        self._guides = GuideFields(self.form)
        self.taking = GuidePanel(desk.theme, tr("By another guide"), save=tr("Make a member"))
        self._joins: Joining | None = None
        self.taking.saved.connect(self._take_by)
        self.taking.cancelled.connect(self.taking.close_panel)
        self.panel.saved.connect(self._save)
        self.panel.cancelled.connect(self.panel.close_panel)
        self._build()

    def breadcrumb(self) -> Sequence[Crumb]:
        """Grow, Team."""
        return (Crumb(tr("Grow")), Crumb(tr("Team")))

    def top_actions(self) -> Sequence[QWidget]:
        """Bring members in."""
        return (self._import, self._add)

    def commands(self) -> Sequence[Command]:
        """What can be done with the team."""
        where = tr("Team")
        return (
            Command("team.add", tr("Add a member"), self._open_form, ("Ctrl+N",), where),
            Command("team.import", tr("Import members from a table"), self._ask_table, (), where),
        )

    def panes(self) -> Sequence[QWidget]:
        """The list, and the form while it is open."""
        return (self._scroll, *(p for p in (self.panel, self.taking) if p.isVisible()))

    def arrived(self, **where: Any) -> None:
        """Ask for the team afresh."""
        self._ask()

    def forget(self) -> None:
        """Nobody is in sight until the team is asked for again."""
        self.shown = None
        self._stack.setCurrentWidget(self._blank)

    def changed(self, report: Any) -> None:
        """Somebody's level, or what is said of them, is another now."""
        self._ask()

    @property
    def _ws(self) -> Workspace:
        return self.desk.workspace

    def _build(self) -> None:
        self._empty = EmptyPage(
            self.desk.theme,
            tr("Nobody is on the team yet"),
            tr("A member is a colleague whose level and growth are kept here."),
            tr("Add a member"),
            self._open_form,
        )
        self._body = QWidget()
        self._column = column(gap=8, margins=(20, 16, 20, 20), on=self._body)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._body)
        self._stack, self._blank = QStackedWidget(), QWidget()
        for widget in (self._blank, self._scroll, self._empty):
            self._stack.addWidget(widget)
        row(wide(self._stack), self.panel, self.taking, gap=0, on=self)

    def _ask(self) -> None:
        self.desk.ask(self, "team", partial(team_page, self._ws), self._show)

    def _show(self, page: TeamView) -> None:
        self.shown = page
        nobody = not page.members and not page.joining
        self._stack.setCurrentWidget(self._empty if nobody else self._scroll)
        clear(self._column)
        here = [m for m in page.members if m.left_on is None]
        gone = [m for m in page.members if m.left_on is not None]
        self._column.addWidget(Text(tr("Team"), "title"))
        words = [ntr("{n} member", "{n} members", len(here))]
        words += [ntr("{n} joins", "{n} join", len(page.joining))] if page.joining else []
        self._column.addWidget(Text(" · ".join(words), tone="soft"))
        for joining in page.joining:
            self._column.addWidget(self._joining(joining))
        for line in here:
            self._column.addWidget(MemberLine(self.desk, line))
        for name, dimensions in page.by_guide:
            self._column.addSpacing(8)
            self._column.addWidget(self._dimensions(dimensions, name if len(page.by_guide) > 1 else ""))
        if gone:
            self._column.addSpacing(8)
            self._column.addWidget(Text(tr("Left"), "caption", tone="soft", weight=500))
            for line in gone:
                self._column.addWidget(MemberLine(self.desk, line))
        self._column.addStretch(1)

    def _joining(self, joining: Joining) -> QWidget:
        frame = QFrame()
        frame.setProperty("role", "sunken")
        when = tr(", from {day}").format(day=day(joining.starts_on)) if joining.starts_on else ""
        words = tr("{name} accepted an offer at {level}{when}").format(
            name=joining.name, level=joining.level, when=when
        )
        take = Button(tr("Make a member"))
        take.setAccessibleName(tr("Make {name} a member").format(name=joining.name))
        take.setToolTip(tr("The panel’s ratings become the baseline, its evidence comes along"))
        take.clicked.connect(lambda _on=False: self._take(joining))
        line = row(wide(Text(words, elide=True)), take, margins=(16, 8, 12, 8), on=frame)
        if self.shown is not None and len(self.shown.guides) > 1:
            other = Button(tr("By another guide…"), "link")
            other.setAccessibleName(tr("Make {name} a member by another guide").format(name=joining.name))
            other.clicked.connect(lambda _on=False: self._open_taking(joining))
            line.addWidget(other)
        return frame

    def _dimensions(self, dimensions: Sequence[TeamDimension], guide: str) -> QWidget:
        by = tr("The team by dimensions of {guide}") if guide else tr("The team by dimensions")
        frame, body, _head = section(by.format(guide=guide))
        said = tr(
            "On the yardstick’s anchors, from the latest assessments: 3 and above is solid. No ranking of people."
        )
        body.addWidget(Text(said, "caption", tone="soft", wrap=True))
        theme = self.desk.theme
        for number, one in enumerate(dimensions):
            if number:
                body.addWidget(line_across())
            name = Text(one.name, weight=500, elide=True)
            name.setMinimumWidth(theme.px(150))
            counted = tr("{n} of {all} solid").format(n=len(one.solid), all=one.looked)
            few = sentence_list(list(one.solid)) if len(one.solid) <= 2 else ""
            box = holder(
                row(
                    wide(name, 2),
                    StateMark(theme, _MARKS.get(one.standing, State.THIN), standing_word(one.standing)),
                    wide(Text(standing_word(one.standing), elide=True), 2),
                    wide(Text(counted if one.looked else "", "caption", tone="soft")),
                    wide(Text(few, "caption", tone="soft", elide=True), 3),
                    gap=8,
                )
            )
            body.addWidget(box)
        return frame

    # Deeds

    def _open_taking(self, joining: Joining) -> None:
        self._joins = joining
        others = [one for one in self.shown.guides if not one.in_use] if self.shown is not None else []
        self.taking.chosen.offer(others)
        self.panel.close_panel()
        self.taking.open_panel(tr("{name} by another guide").format(name=joining.name))

    def _take_by(self) -> None:
        if self._joins is not None and self.taking.form.check():
            self._take(self._joins, self.taking.chosen.guide, self.taking.level)

    def _take(self, joining: Joining, guide: int | None = None, level: str = "") -> None:
        def done(changed: ChangeReport) -> None:
            said = tr("{name} is on the team. The panel’s evidence is yours until you share it item by item.")
            self.desk.say(said.format(name=joining.name))
            self.taking.close_panel()
            self.desk.go("member", id=changed.subject)

        action = partial(member.from_offer, self._ws, joining.application, guide=guide, level=level)
        self.desk.write(action, done, self, self.taking.refuse if guide is not None else None)

    def _open_form(self) -> None:
        page = self.shown
        if page is None:
            return
        taken = {m.colleague for m in page.members}
        people = [(str(c.id), c.name) for c in page.colleagues]
        self.form.set_choices("colleague", [p for p in people if int(p[0]) not in taken])
        self.form.set_choices("manager", people)
        me = self._ws.me
        empty: dict[str, Any] = dict.fromkeys(("name", "mail", "role"), "")
        empty |= dict.fromkeys(("colleague", "since", "started_on"))
        self.form.set_values({**empty, "manager": str(me) if me is not None else None})
        self._guides.offer(page.guides)
        self.form.show_field("guide", shown=len(page.guides) > 1)
        self.taking.close_panel()
        self.panel.open_panel()

    def _save(self) -> None:
        values = self.form.values()
        chosen, manager = values["colleague"], values["manager"]
        new = NewMember(
            values["level"],
            values["name"],
            values["mail"],
            values["role"],
            colleague=int(chosen) if chosen else None,
            since=values["since"],
            manager=int(manager) if manager else None,
            started_on=values["started_on"],
        )
        self.desk.write(
            partial(member.add, self._ws, new, self._guides.guide),
            lambda _changed: self.panel.close_panel(),
            self,
            self.panel.refuse,
        )

    def _ask_table(self) -> None:
        ask_open(self, tr("A table of members"), tr("Tables (*.csv *.txt *.tsv)"), self.bring)

    def bring(self, path: Path) -> None:
        """Bring the members of a table in, and say what it has otherwise of known ones."""
        said: list[str] = []

        def done(_changed: ChangeReport) -> None:
            self.desk.say(" ".join(said))

        self.desk.write(partial(_bring, self._ws, path, said), done, self)


def _bring(workspace: Workspace, path: Path, said: list[str]) -> ChangeReport:
    try:
        content = bytes_in(path, LARGEST + 1)
    except OSError as error:
        raise Refused(tr("{path} could not be read: {why}.").format(path=path, why=error.strerror)) from error
    people, unknown = read_members(content)
    done = import_all(workspace, people)
    assert done.changed is not None
    said.append(done.words)
    said += [tr("Not read: {headings}.").format(headings=", ".join(unknown))] if unknown else []
    return done.changed
