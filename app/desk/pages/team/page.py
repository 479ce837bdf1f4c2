"""The team: who is on it, at which level, their latest strips, and where it is strong or rests on one person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QWidget,
)

from app.actions import member
from app.actions.member import NewMember
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.team.filter import TeamFilter
from app.desk.pages.team.guide_panel import GuideFields, GuidePanel
from app.desk.pages.team.member_forms import with_words
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_dialog import ask_open
from app.desk.parts.form_panel import Asked, FormPanel
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, Space, column, holder, row, scrolling, wide
from app.desk.parts.section import Section, fill
from app.desk.parts.shown_page import ShownPage
from app.desk.parts.states import StateMark
from app.desk.parts.strip import PaintedCell, StripWidget
from app.desk.theme import Theme
from app.domain.assessment import TeamStanding
from app.domain.panel import State
from app.phrases.readiness import said_of
from app.phrases.rubric import standing_word
from app.queries.team import Joining, MemberRow, StripThen, TeamDimension, TeamView, team_page
from app.store.change_report import ChangeReport
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
        manager = with_words(row)
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


@dataclass(frozen=True)
class MemberByGuide(NewMember):
    """A new member, and the version of a guide they are kept by."""

    guide: int | None = None


class TeamPage(ShownPage[TeamView]):
    """Members by name, then the team by dimensions; the form of a new one opens beside."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._import = Button(tr("Import…"), name=tr("Import members from a table"), run=self._ask_table)
        self._add = Button(tr("Add member…"), "primary", run=self._open_form)
        self.panel = FormPanel(
            desk.theme,
            tr("New member"),
            MemberByGuide,
            {
                "colleague": Asked(tr("Colleague"), choices=(), help=tr("Or type a new name below.")),
                "name": Asked(tr("Name")),
                "mail": Asked(tr("Mail")),
                "role": Asked(tr("Role")),
                "guide": Asked(tr("Guide"), choices=()),
                "level": Asked(tr("Level"), choices=()),
                "since": Asked(tr("At this level since")),
                "manager": Asked(tr("Manager"), choices=()),
                "started_on": Asked(tr("First day")),
            },
            save=tr("Add member"),
        )
        self.form = self.panel.form
        self._guides = GuideFields(self.form)
        self.taking = GuidePanel(desk.theme, tr("By another guide"), save=tr("Make a member"))
        self._joins: Joining | None = None
        self.taking.saved.connect(self._take_by)
        self.panel.saved.connect(self._save)
        self.filter = TeamFilter(desk.theme)
        self.filter.changed.connect(self._filter)
        self.filter.regrouped.connect(self._refill)
        self._lines: list[tuple[str, MemberRow, MemberLine]] = []
        self._heads: dict[str, Text] = {}
        self._none = Text(tr("Nobody on the team is like that."), tone="soft")
        self._column = column(gap=8, margins=(20, 16, 20, 20))
        empty = EmptyPage(
            desk.theme,
            tr("Nobody is on the team yet"),
            tr("A member is a colleague whose level and growth are kept here."),
            tr("Add a member"),
            self._open_form,
        )
        self._bar = holder(column(self.filter, margins=(20, 12, 20, 0)))
        body = holder(column(self._bar, wide(scrolling(holder(self._column))), gap=0))
        self.lay_out(body, empty, self.panel, self.taking)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Grow, Team."""
        return (Crumb(tr("Grow")), Crumb(tr("Team")))

    def top_actions(self) -> Sequence[QWidget]:
        """Bring members in."""
        return (self._import, self._add)

    def commands(self) -> Sequence[Command]:
        """What can be done with the team."""
        command = CommandsOf("team", tr("Team"))
        return (
            command("add", tr("Add a member"), self._open_form, "Ctrl+N"),
            command("import", tr("Import members from a table"), self._ask_table),
            command("find", tr("Find in the team"), self.filter.line.setFocus, "Ctrl+F"),
        )

    def question(self) -> Callable[[], TeamView]:
        return partial(team_page, self.workspace)

    def is_empty(self, page: TeamView) -> bool:
        return not page.members and not page.joining

    def fill(self, page: TeamView) -> None:
        """Who joins, who is here, the team by dimensions, and who has left."""
        here = [m for m in page.members if m.left_on is None]
        gone = [m for m in page.members if m.left_on is not None]
        words = [ntr("{n} member", "{n} members", len(here))]
        words += [ntr("{n} joins", "{n} join", len(page.joining))] if page.joining else []
        lines: list[QWidget | Space] = [Text(tr("Team"), "title"), Text(" · ".join(words), tone="soft")]
        lines += [self._joining(joining) for joining in page.joining]
        self._bar.setVisible(len(here) > 1)
        self.filter.offer(here)
        self._none = Text(tr("Nobody on the team is like that."), tone="soft")
        lines += [self._none, *self._members(here)]
        for name, dimensions in page.by_guide:
            lines += [Space(8), self._dimensions(dimensions, name if len(page.by_guide) > 1 else "")]
        if gone:
            lines += [Space(8), Text(tr("Left"), "caption", tone="soft", weight=500)]
            lines += [MemberLine(self.desk, member) for member in gone]
        fill(self._column, [*lines, STRETCH])
        self._filter()

    def _members(self, here: Sequence[MemberRow]) -> list[QWidget]:
        """A line each, under what they stand together by."""
        wanted = self.filter.wanted
        self._lines = [(wanted.group_of(one), one, MemberLine(self.desk, one)) for one in here]
        self._lines.sort(key=lambda line: line[0])
        self._heads = {}
        found: list[QWidget] = []
        for group, _, line in self._lines:
            if group and group not in self._heads:
                self._heads[group] = Text(group, "caption", tone="soft", weight=500)
                found.append(self._heads[group])
            found.append(line)
        return found

    def _filter(self) -> None:
        """Who is asked for is in sight."""
        wanted = self.filter.wanted
        for _, one, line in self._lines:
            line.setVisible(wanted.shows(one))
        for group, head in self._heads.items():
            head.setVisible(any(not line.isHidden() for g, _, line in self._lines if g == group))
        self._none.setVisible(bool(self._lines) and all(line.isHidden() for *_, line in self._lines))

    def _refill(self) -> None:
        if self.shown is not None:
            self.fill(self.shown)

    def _joining(self, joining: Joining) -> QWidget:
        frame = QFrame()
        frame.setProperty("role", "sunken")
        when = tr(", from {day}").format(day=day(joining.starts_on)) if joining.starts_on else ""
        words = tr("{name} accepted an offer at {level}{when}").format(
            name=joining.name, level=joining.level, when=when
        )
        name = tr("Make {name} a member").format(name=joining.name)
        take = Button(tr("Make a member"), name=name, run=partial(self._make_member, joining))
        take.setToolTip(tr("The panel’s ratings become the baseline, its evidence comes along"))
        line = row(wide(Text(words, elide=True)), take, margins=(16, 8, 12, 8), on=frame)
        if self.shown is not None and len(self.shown.guides) > 1:
            name = tr("Make {name} a member by another guide").format(name=joining.name)
            line.addWidget(Button(tr("By another guide…"), "link", name=name, run=partial(self._open_taking, joining)))
        return frame

    def _dimensions(self, dimensions: Sequence[TeamDimension], guide: str) -> QWidget:
        by = tr("The team by dimensions of {guide}") if guide else tr("The team by dimensions")
        said = tr(
            "On the yardstick’s anchors, from the latest assessments: 3 and above is solid. No ranking of people."
        )
        return Section(by.format(guide=guide), note=said).show_lines(map(self._dimension, dimensions), gap=8)

    def _dimension(self, one: TeamDimension) -> QWidget:
        name = Text(one.name, weight=500, elide=True)
        name.setMinimumWidth(self.desk.theme.px(150))
        counted = tr("{n} of {all} solid").format(n=len(one.solid), all=one.looked)
        few = sentence_list(list(one.solid)) if len(one.solid) <= 2 else ""
        return holder(
            row(
                wide(name, 2),
                StateMark(self.desk.theme, _MARKS.get(one.standing, State.THIN), standing_word(one.standing)),
                wide(Text(standing_word(one.standing), elide=True), 2),
                wide(Text(counted if one.looked else "", "caption", tone="soft")),
                wide(Text(few, "caption", tone="soft", elide=True), 3),
                gap=8,
            )
        )

    # What is done

    def _open_taking(self, joining: Joining) -> None:
        self._joins = joining
        others = [one for one in self.shown.guides if not one.in_use] if self.shown is not None else []
        self.taking.chosen.offer(others)
        self.open_panel(self.taking, tr("{name} by another guide").format(name=joining.name))

    def _take_by(self) -> None:
        if self._joins is not None and self.taking.form.check():
            self._make_member(self._joins, self.taking.chosen.guide, self.taking.level)

    def _make_member(self, joining: Joining, guide: int | None = None, level: str = "") -> None:
        def done(changed: ChangeReport) -> None:
            said = tr("{name} is on the team. The panel’s evidence is yours until you share it item by item.")
            self.desk.say(said.format(name=joining.name))
            self.taking.close_panel()
            self.desk.go("member", id=changed.subject)

        action = partial(member.from_offer, self.workspace, joining.application, guide=guide, level=level)
        self.act(action, done, self.taking.refuse if guide is not None else None)

    def _open_form(self) -> None:
        page = self.shown
        if page is None:
            return
        taken = {m.colleague for m in page.members}
        people = [(c.id, c.name) for c in page.colleagues]
        self.panel.offer(colleague=[p for p in people if p[0] not in taken], manager=people)
        self.panel.show_value(MemberByGuide(level="", manager=self.workspace.me))
        self._guides.offer(page.guides)
        self.form.show_field("guide", shown=len(page.guides) > 1)
        self.open_panel(self.panel)

    def _save(self) -> None:
        new = self.panel.value()
        self.act_in(self.panel, partial(member.add, self.workspace, new, new.guide))

    def _ask_table(self) -> None:
        ask_open(self, tr("A table of members"), tr("Tables (*.csv *.tsv *.txt *.xlsx *.json)"), self.bring)

    def bring(self, path: Path) -> None:
        """Show how a table of members would come in."""
        self.desk.go("importmembers", source=path)
