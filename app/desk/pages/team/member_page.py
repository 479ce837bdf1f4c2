"""One member: levels held, strips over time, and what the panel that hired them wrote down."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QStackedWidget, QWidget

from app.actions import assessment, evidence, member
from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.pages.application.person import clear, section
from app.desk.pages.team.guide_panel import KeepPanel, other_guides
from app.desk.pages.team.member_assessments import assessments_section
from app.desk.pages.team.member_forms import EditPanel, LevelPanel, kept_words, newer_guide_words
from app.desk.pages.team.page import strip_widget, then_words
from app.desk.parts.ask_panel import AskPanel
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import STRETCH, TOP, aligned, column, holder, row, wide
from app.desk.parts.side_panel import SidePanel, confirm
from app.desk.parts.states import StateMark
from app.phrases.readiness import said_of
from app.queries.assessment_request import AssessmentLine, assessment_lines
from app.queries.lists import ColleagueRow, colleague_rows
from app.queries.team import MemberView, StripThen, member_page
from app.store.assessment import MemberEvidence
from app.store.workspace import Workspace
from app.words import day, tr


class MemberPage(Page):
    """`arrived(id=…)` shows a member."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown: MemberView | None = None
        self._member: int | None = None
        self._lines: tuple[AssessmentLine, ...] = ()
        self._colleagues: tuple[ColleagueRow, ...] = ()
        self._assess = Button(tr("Ask for an assessment…"))
        self._assess.clicked.connect(self._open_ask)
        self._level = Button(tr("Change level…"))
        self._level.clicked.connect(self._open_form)
        self._edit = Button(tr("Edit…"))
        self._edit.clicked.connect(self._open_edit)
        self.panel, self.edit, self.ask = LevelPanel(desk.theme), EditPanel(desk.theme), AskPanel(desk)
        self.form = self.panel.form
        self.by = KeepPanel(desk)
        self.panel.saved.connect(self._save)
        self.edit.saved.connect(self._save_edit)
        self.edit.removed.connect(self._remove)
        self.ask.opening.connect(lambda title: self._open(self.ask, title))
        self.ask.done.connect(self.ask.close_panel)
        for panel in self._panels:
            panel.cancelled.connect(panel.close_panel)
        self._body = QWidget()
        self._column = column(gap=10, margins=(20, 16, 20, 20), on=self._body)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._body)
        self._empty = EmptyPage(
            desk.theme,
            tr("No member is shown"),
            tr("Open one from the team."),
            tr("To the team"),
            lambda: desk.go("team"),
        )
        self._stack, self._blank = QStackedWidget(), QWidget()
        for widget in (self._blank, self._scroll, self._empty):
            self._stack.addWidget(widget)
        across = row(wide(self._stack), gap=0, on=self)
        for panel in self._panels:
            across.addWidget(panel)

    @property
    def _panels(self) -> tuple[SidePanel, ...]:
        return (self.panel, self.edit, self.ask, self.by)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Team, the person."""
        name = self.shown.row.name if self.shown is not None else tr("Member")
        return (Crumb(tr("Grow")), Crumb(tr("Team"), "team"), Crumb(name))

    def top_actions(self) -> Sequence[QWidget]:
        """Ask about them, give them another level, change what is known."""
        return (self._assess, self._level, self._edit) if self.shown is not None else ()

    def commands(self) -> Sequence[Command]:
        """What can be done with a member."""
        where, there = tr("Member"), lambda: self.shown is not None
        return (
            Command("member.assess", tr("Assess against their own level"), self._ask_mine, (), where, there),
            Command("member.ask", tr("Ask for an assessment"), self._open_ask, ("Ctrl+Shift+A",), where, there),
            Command("member.level", tr("Change the level"), self._open_form, ("Ctrl+L",), where, there),
            Command("member.edit", tr("Edit manager, first and last day"), self._open_edit, ("Ctrl+E",), where, there),
            Command("member.plan", tr("To their growth plan"), self._to_plan, ("Ctrl+G",), where, there),
            Command(
                "member.guide",
                tr("Move to the newest version of the guide"),
                self._move_guide,
                (),
                where,
                self._has_newer,
            ),
            Command("member.by", tr("Keep by another guide"), self._open_by, (), where, self._has_others),
            Command("member.remove", tr("Take off the team"), self._remove, (), where, there),
        )

    def panes(self) -> Sequence[QWidget]:
        """The page, and the form that is open."""
        return (self._scroll, *(p for p in self._panels if p.isVisible()))

    def arrived(self, **where: Any) -> None:
        """Show member `id`."""
        chosen = where.get("id", self._member)
        if chosen != self._member:
            self.forget()
        self._member = chosen
        self._ask()

    def forget(self) -> None:
        """Nothing of them is in sight until it is asked for again."""
        self.shown, self._lines = None, ()
        for panel in self._panels:
            panel.close_panel()
        self._stack.setCurrentWidget(self._blank)
        self.headed.emit()

    def changed(self, report: Any) -> None:
        """Something about them is another now."""
        self._ask()

    @property
    def _ws(self) -> Workspace:
        return self.desk.workspace

    def _ask(self) -> None:
        if self._member is None:
            self._stack.setCurrentWidget(self._empty)
            return
        self.desk.ask(self, "colleagues", partial(colleague_rows, self._ws), self._take_colleagues)
        self.desk.ask(self, "lines", partial(assessment_lines, self._ws, self._member), self._take_lines)
        self.desk.ask(self, "member", partial(member_page, self._ws, self._member), self._show)

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self._colleagues = rows

    def _take_lines(self, lines: tuple[AssessmentLine, ...]) -> None:
        """Show them with the page, whichever of the two comes first."""
        before, self._lines = self._lines, lines
        if lines != before and self.shown is not None and self.shown.row.id == self._member:
            self._fill(self.shown)

    def _show(self, page: MemberView | None) -> None:
        self.shown = page
        self._stack.setCurrentWidget(self._scroll if page is not None else self._empty)
        if page is not None:
            self._fill(page)
        self.headed.emit()

    def _fill(self, page: MemberView) -> None:
        clear(self._column)
        line = page.row
        self._column.addWidget(Text(line.name, "title"))
        facts = [f"{line.level} · {line.title}", line.role if line.role.casefold() != line.title.casefold() else ""]
        facts += [tr("with {name}").format(name=line.manager_name)] if line.manager_name else []
        facts += [tr("here since {day}").format(day=day(line.started_on))] if line.started_on else []
        facts += [tr("left {day}").format(day=day(line.left_on))] if line.left_on else []
        self._column.addWidget(Text(" · ".join(f for f in facts if f), tone="soft", wrap=True))
        self._column.addWidget(self._plan_link(page))
        self._column.addWidget(self._strips(page))
        if self._lines:
            self._column.addWidget(assessments_section(self.desk, self._lines))
        self._column.addWidget(self._levels(page))
        if page.interview:
            self._column.addWidget(self._interview(page))
        self._column.addStretch(1)

    def _plan_link(self, page: MemberView) -> QWidget:
        words = tr("Growth plan to {level}") if page.plan is not None else tr("Begin a growth plan")
        link = Button(words.format(level=page.plan), "link")
        link.clicked.connect(self._to_plan)
        return holder(row(link, STRETCH))

    def _strips(self, page: MemberView) -> QWidget:
        frame, body, _head = section(tr("Strip over time"))
        for number, strip in enumerate(page.row.strips):
            if number:
                body.addWidget(line_across())
            body.addWidget(self._strip(strip))
        if not page.row.strips:
            body.addWidget(Text(tr("Nobody has assessed them yet."), tone="soft"))
        return frame

    def _strip(self, strip: StripThen) -> QWidget:
        theme = self.desk.theme
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        when = Text(day(strip.on), tone="soft")
        when.setFixedWidth(theme.px(126))
        grid.addWidget(when, 0, 0)
        line, body = (1, 0) if theme.large_text else (0, 1)
        grid.addWidget(strip_widget(theme, strip), line, body)
        words = [then_words(strip)]
        said = None if strip.word is None else said_of(strip.word, strip.outcome)
        words += [said.aside] if said is not None and said.aside else []
        line, body = (2, 0) if theme.large_text else (0, 3)
        grid.addWidget(Text(" · ".join(words), tone="soft", elide=True), line, body)
        if said is not None:
            mark = holder(row(StateMark(theme, said.shape, said.word), wide(Text(said.word, weight=500)), gap=7))
            mark.setMinimumWidth(theme.px(92))
            grid.addWidget(mark, *((3, 0) if theme.large_text else (0, 2)))
        grid.setColumnStretch(0 if theme.large_text else 3, 1)
        return box

    def _levels(self, page: MemberView) -> QWidget:
        frame, body, _head = section(tr("Levels"))
        for spell in reversed(page.spells):
            when = Text(day(spell.since) if spell.since else tr("unknown since"), tone="soft")
            when.setMinimumWidth(self.desk.theme.px(120))
            ahead = spell.since is not None and spell.since > self._ws.today()
            notes = [tr("to come")] * ahead + [spell.reason] * bool(spell.reason)
            box = holder(
                row(
                    when,
                    Text(f"{spell.level} · {spell.title}", weight=500),
                    wide(Text(" · ".join(notes), tone="soft", elide=True)),
                )
            )
            body.addWidget(box)
        if kept := kept_words(page):
            body.addWidget(Text(kept, "caption", tone="soft", wrap=True))
        if page.newer is not None and page.newer.has_level:
            move = Button(tr("Move to version {n} of the guide…").format(n=page.newer.version), "link")
            move.clicked.connect(self._move_guide)
            body.addWidget(move)
        if self._has_others():
            other = Button(tr("Keep by guide…"), "link")
            other.clicked.connect(self._open_by)
            body.addWidget(other)
        return frame

    def _interview(self, page: MemberView) -> QWidget:
        frame, body, _head = section(tr("From the interviews"))
        said = tr(
            "What the panel wrote down. It is yours: it stands in no packet of theirs but what is shared item by item."
        )
        body.addWidget(Text(said, "caption", tone="soft", wrap=True))
        names = {d.id: d.short for d in page.guide.dimensions}
        names |= {f.dimension: f.dimension for f in page.interview if f.dimension not in names}
        for dimension, short in names.items():
            lines = [f for f in page.interview if f.dimension == dimension]
            if lines:
                body.addWidget(Text(short, "caption", weight=500, tone="soft"))
            for fact in lines:
                body.addWidget(self._fact(fact))
        return frame

    def _fact(self, fact: MemberEvidence) -> QWidget:
        when = Text(day(fact.on) if fact.on else "", "caption", tone="soft")
        when.setMinimumWidth(self.desk.theme.px(100))
        share = Button(tr("Shared") if fact.shared else tr("Share"), "link", small=True)
        share.setAccessibleName(
            (tr("Take back: {text}") if fact.shared else tr("Share: {text}")).format(text=fact.text)
        )
        share.clicked.connect(
            lambda _on=False: self.desk.write(
                partial(evidence.share, self._ws, fact.id, shared=not fact.shared), lambda _c: self._ask(), self
            )
        )
        return holder(
            row(
                aligned(when, TOP),
                wide(Text(fact.text, wrap=True, selectable=True)),
                Text(fact.by, "caption", tone="soft"),
                share,
                gap=10,
            )
        )

    # Deeds

    def _open(self, panel: SidePanel, title: str) -> None:
        for other in self._panels:
            if other is not panel and not other.isHidden():
                other.close_panel()
        panel.open_panel(title)

    def _open_form(self) -> None:
        if self.shown is not None:
            self.panel.show_level(self.shown, self._ws.today())
            self._open(self.panel, tr("Another level"))

    def _open_edit(self) -> None:
        if self.shown is not None:
            self.edit.show_member(self.shown.row, self._colleagues)
            self._open(self.edit, self.shown.row.name)

    def _open_ask(self) -> None:
        if self._member is not None:
            self.ask.ask_about(self._member)

    def _to_plan(self) -> None:
        self.desk.go("growthplan", id=self._member)

    def _save(self) -> None:
        values = self.form.values()
        assert self._member is not None
        self.desk.write(
            partial(
                member.change_level, self._ws, self._member, values["level"], values["since"], values["reason"] or ""
            ),
            lambda _changed: self.panel.close_panel(),
            self,
            self.panel.refuse,
        )

    def _save_edit(self) -> None:
        if self.shown is None or not self.edit.form.check():
            return
        values = self.edit.changed_from(self.shown.row)
        if not values:
            self.edit.close_panel()
            return
        self.desk.write(
            partial(member.edit, self._ws, self.shown.row.id, **values),
            lambda _changed: self.edit.close_panel(),
            self,
            self.edit.refuse,
        )

    def _remove(self) -> None:
        page = self.shown
        if page is None:
            return
        words = tr("Their levels and what the panel wrote down go; {name} stays a colleague. Ctrl+Z brings all back.")
        action = partial(member.remove, self._ws, page.row.id)
        confirm(
            self.desk.theme,
            self,
            tr("Take {name} off the team?").format(name=page.row.name),
            words.format(name=page.row.name),
            tr("Take off the team"),
            lambda _reason: self.desk.write(action, lambda _changed: self.desk.go("team"), self),
        )

    def _has_newer(self) -> bool:
        return self.shown is not None and self.shown.newer is not None and self.shown.newer.has_level

    def _has_others(self) -> bool:
        return self.shown is not None and bool(other_guides(self.shown))

    def _open_by(self) -> None:
        if self.shown is not None:
            self.by.show_member(self.shown)
            self._open(self.by, tr("Keep {name} by a guide").format(name=self.shown.row.name))

    def _move_guide(self) -> None:
        page = self.shown
        if page is None or page.newer is None:
            return
        action = partial(member.move_guide, self._ws, page.row.id)
        confirm(
            self.desk.theme,
            self,
            tr("Move to version {n} of the guide?").format(n=page.newer.version),
            newer_guide_words(page),
            tr("Move"),
            lambda _reason: self.desk.write(action, None, self),
        )

    def _ask_mine(self) -> None:
        if self._member is not None:
            self.desk.write(
                partial(assessment.assess_myself, self._ws, self._member),
                lambda changed: self.desk.go("assessment", id=changed.subject),
                self,
            )
