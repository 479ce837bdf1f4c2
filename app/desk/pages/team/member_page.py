"""One member: levels held, strips over time, and what the panel that hired them wrote down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from app.actions import assessment, evidence, member
from app.actions.member_level import correct_level
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.team.asked import AskedActions
from app.desk.pages.team.guide_panel import KeepPanel, other_guides
from app.desk.pages.team.member_assessments import assessments_section
from app.desk.pages.team.member_forms import facts_form, kept_words, level_form, newer_guide_words, with_words
from app.desk.pages.team.page import strip_widget, then_words
from app.desk.parts.ask_panel import AskPanel
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.file_bar import FileBar
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, TOP, aligned, column, holder, row, scrolling, wide
from app.desk.parts.section import Section, fill
from app.desk.parts.side_panel import confirm
from app.desk.parts.states import StateMark
from app.desk.parts.subject_page import SubjectPage
from app.phrases.readiness import said_of
from app.queries.assessment_request import AssessmentLine, assessment_lines
from app.queries.lists import ColleagueRow, colleague_rows
from app.queries.team import MemberView, Spell, StripThen, member_page
from app.records.hire import MemberEvidence
from app.records.promotions import PromotionWaiting
from app.words import day, tr


class MemberPage(SubjectPage[MemberView]):
    """`arrived(id=…)` shows a member."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: tuple[AssessmentLine, ...] = ()
        self._colleagues: tuple[ColleagueRow, ...] = ()
        self._actions = (
            Button(tr("Ask for an assessment…"), run=self._open_ask),
            Button(tr("Change level…"), run=self._open_level),
            Button(tr("Edit…"), run=self._open_edit),
        )
        self.level = level_form(desk.theme)
        self._corrected: int | None = None
        self.out = Button(tr("Take off the team…"), "link", run=self._remove)
        self.edit = facts_form(desk.theme, self.out)
        self.ask, self.by = AskPanel(desk), KeepPanel(desk)
        self.bar = FileBar(desk)
        self.asked = AskedActions(self, self.bar)
        self.level.saved.connect(self._save_level)
        self.edit.saved.connect(self._save_edit)
        self.ask.opening.connect(lambda title: self.open_panel(self.ask, title))
        self.ask.done.connect(self.ask.close_panel)
        self._column = column(gap=10, margins=(20, 16, 20, 20))
        empty = EmptyPage(
            desk.theme,
            tr("No member is shown"),
            tr("Open one from the team."),
            tr("To the team"),
            partial(desk.go, "team"),
        )
        body = holder(column(self.bar, wide(scrolling(holder(self._column))), gap=0))
        self.lay_out(body, empty, self.level, self.edit, self.ask, self.by, self.asked.due)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Team, the person."""
        name = self.shown.row.name if self.shown is not None else tr("Member")
        return (Crumb(tr("Grow")), Crumb(tr("Team"), "team"), Crumb(name))

    def top_actions(self) -> Sequence[QWidget]:
        """Ask about them, give them another level, change what is known."""
        return self._actions if self.there() else ()

    def commands(self) -> Sequence[Command]:
        """What can be done with a member."""
        command = CommandsOf("member", tr("Member"), self.there)
        return (
            command("assess", tr("Assess against their own level"), self._assess),
            command("ask", tr("Ask for an assessment"), self._open_ask, "Ctrl+Shift+A"),
            command("level", tr("Change the level"), self._open_level, "Ctrl+L"),
            command("edit", tr("Edit name, manager, first and last day"), self._open_edit, "Ctrl+E"),
            command("plan", tr("To their growth plan"), self._to_plan, "Ctrl+G"),
            command("guide", tr("Move to the newest version of the guide"), self._move_guide, when=self._has_newer),
            command("by", tr("Keep by another guide"), self._open_by, when=self._has_others),
            command("remove", tr("Take off the team"), self._remove),
        )

    # What is shown

    def query(self, subject: int) -> Callable[[], MemberView | None]:
        """The member."""
        return partial(member_page, self.workspace, subject)

    def query_beside(self, subject: int) -> None:
        """Who could be their manager, and their assessments."""
        self.desk.ask(self, "colleagues", partial(colleague_rows, self.workspace), self._take_colleagues)
        self.desk.ask(self, "lines", partial(assessment_lines, self.workspace, subject), self._take_lines)

    def put_away(self) -> None:
        """Their assessments too."""
        self._lines = ()

    def fill(self, page: MemberView) -> None:
        """The person, then a section for each thing that is kept of them."""
        facts = [f"{page.row.level} · {page.row.title}"]
        facts += [page.row.role] if page.row.role.casefold() != page.row.title.casefold() else []
        facts += [with_words(page.row)] if with_words(page.row) else []
        facts += [tr("here since {day}").format(day=day(page.row.started_on))] if page.row.started_on else []
        facts += [tr("left {day}").format(day=day(page.row.left_on))] if page.row.left_on else []
        plan = tr("Growth plan to {level}") if page.plan is not None else tr("Begin a growth plan")
        sections = [Section(tr("Strip over time")).show_lines(map(self._strip, page.row.strips), _NOBODY, gap=8)]
        sections += [assessments_section(self.desk, self._lines, self.asked)] if self._lines else []
        sections += [self._levels(page)]
        sections += [self._interview(page)] if page.interview else []
        fill(
            self._column,
            (
                Text(page.row.name, "title"),
                Text(" · ".join(f for f in facts if f), tone="soft", wrap=True),
                *([self._promotion(page.promotion)] if page.promotion is not None else []),
                holder(row(Button(plan.format(level=page.plan), "link", run=self._to_plan), STRETCH)),
                *sections,
                STRETCH,
            ),
        )

    def _promotion(self, promoted: PromotionWaiting) -> QWidget:
        """What a calibration decided and nobody has done yet."""
        on = day(promoted.at.astimezone(self.workspace.zone).date())
        words = tr("{calibration} promoted them to {level} on {day}; the level is not given yet.")
        said = Text(
            words.format(calibration=promoted.calibration, level=promoted.target, day=on), tone="warn", wrap=True
        )
        give = Button(tr("Give the level…"), "primary", small=True, run=partial(self._open_level, promoted))
        return holder(row(wide(said), give, gap=12))

    def _take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        self._colleagues = rows

    def _take_lines(self, lines: tuple[AssessmentLine, ...]) -> None:
        """Shown with the page, whichever of the two comes first."""
        before, self._lines = self._lines, lines
        if lines != before and self.shown is not None and self.shown.row.id == self.subject:
            self.fill(self.shown)

    def _strip(self, strip: StripThen) -> QWidget:
        theme = self.desk.theme
        large = theme.large_text
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        when = Text(day(strip.on), tone="soft")
        when.setFixedWidth(theme.px(126))
        grid.addWidget(when, 0, 0)
        grid.addWidget(strip_widget(theme, strip), *((1, 0) if large else (0, 1)))
        words = [then_words(strip)]
        said = None if strip.word is None else said_of(strip.word, strip.outcome)
        words += [said.aside] if said is not None and said.aside else []
        grid.addWidget(Text(" · ".join(words), tone="soft", elide=True), *((2, 0) if large else (0, 3)))
        if said is not None:
            mark = holder(row(StateMark(theme, said.shape, said.word), wide(Text(said.word, weight=500)), gap=7))
            mark.setMinimumWidth(theme.px(92))
            grid.addWidget(mark, *((3, 0) if large else (0, 2)))
        grid.setColumnStretch(0 if large else 3, 1)
        return box

    def _levels(self, page: MemberView) -> Section:
        section = Section(tr("Levels"))
        for spell in reversed(page.spells):
            when = Text(day(spell.since) if spell.since else tr("unknown since"), tone="soft")
            when.setMinimumWidth(self.desk.theme.px(120))
            ahead = spell.since is not None and spell.since > self.workspace.today()
            notes = " · ".join([tr("to come")] * ahead + [spell.reason] * bool(spell.reason))
            held = Text(f"{spell.level} · {spell.title}", weight=500)
            named = tr("Correct {level} since {day}").format(level=spell.level, day=when.text())
            correct = Button(tr("Correct…"), "link", small=True, name=named, run=partial(self._open_correction, spell))
            section.add(holder(row(when, held, wide(Text(notes, tone="soft", elide=True)), correct)))
        if kept := kept_words(page):
            section.add(Text(kept, "caption", tone="soft", wrap=True))
        if page.newer is not None and page.newer.has_level:
            words = tr("Move to version {n} of the guide…").format(n=page.newer.version)
            section.add(Button(words, "link", run=self._move_guide))
        if other_guides(page):
            section.add(Button(tr("Keep by guide…"), "link", run=self._open_by))
        return section

    def _interview(self, page: MemberView) -> Section:
        section = Section(tr("From the interviews"), note=_FROM_INTERVIEWS)
        names = {d.id: d.short for d in page.guide.dimensions}
        names |= {f.dimension: f.dimension for f in page.interview if f.dimension not in names}
        for dimension, short in names.items():
            lines = [f for f in page.interview if f.dimension == dimension]
            if lines:
                section.add(Text(short, "caption", weight=500, tone="soft"), *map(self._item, lines))
        return section

    def _item(self, item: MemberEvidence) -> QWidget:
        when = Text(day(item.on) if item.on else "", "caption", tone="soft")
        when.setMinimumWidth(self.desk.theme.px(100))
        name = (tr("Take back: {text}") if item.shared else tr("Share: {text}")).format(text=item.text)
        action = partial(evidence.share, self.workspace, item.id, shared=not item.shared)
        words = tr("Shared") if item.shared else tr("Share")
        share = Button(words, "link", small=True, name=name, run=partial(self.act, action))
        text = Text(item.text, wrap=True, selectable=True)
        return holder(row(aligned(when, TOP), wide(text), Text(item.by, "caption", tone="soft"), share, gap=10))

    # What is done

    def _open_level(self, promoted: PromotionWaiting | None = None) -> None:
        if self.shown is not None:
            self.level.offer(level=[(k.id, f"{k.id} · {k.title}") for k in self.shown.guide.levels])
            change = member.LevelChange(self.shown.row.level, self.workspace.today())
            if promoted is not None:
                change = member.LevelChange(promoted.target, self.workspace.today(), promoted.calibration)
            self._corrected = None
            self.level.show_value(change)
            self.open_panel(self.level, tr("Another level"))

    def _open_correction(self, spell: Spell) -> None:
        """An entry that was wrong, put right with a reason."""
        if self.shown is not None:
            self.level.offer(level=[(k.id, f"{k.id} · {k.title}") for k in self.shown.guide.levels])
            self._corrected = spell.id
            self.level.show_value(member.LevelChange(spell.level, spell.since or self.workspace.today()))
            self.open_panel(self.level, tr("Correct this entry"))

    def _save_level(self) -> None:
        assert self.subject is not None
        action = partial(member.change_level, self.workspace, self.subject, self.level.value())
        if self._corrected is not None:
            action = partial(correct_level, self.workspace, self._corrected, self.level.value())
        self.act_in(self.level, action)

    def _open_edit(self) -> None:
        if self.shown is not None:
            own = self.shown.row.colleague
            others = [(c.id, c.name) for c in self._colleagues if c.id != own]
            self.edit.offer(manager_id=others, second_manager_id=others)
            self.edit.show_value(_facts(self.shown))
            self.open_panel(self.edit, self.shown.row.name)

    def _save_edit(self) -> None:
        if self.shown is None:
            return
        values = self.edit.form.changed_from(_facts(self.shown))
        if values:
            self.act_in(self.edit, partial(member.edit, self.workspace, self.shown.row.id, **values))
        else:
            self.edit.close_panel()

    def _open_ask(self) -> None:
        if self.subject is not None:
            self.ask.ask_about(self.subject)

    def _to_plan(self) -> None:
        self.desk.go("growthplan", id=self.subject)

    def _remove(self) -> None:
        if self.shown is None:
            return
        name = self.shown.row.name
        action = partial(member.remove, self.workspace, self.shown.row.id)
        words = tr("Their levels and what the panel wrote down go; {name} stays a colleague. Ctrl+Z brings all back.")
        confirm(
            self.desk.theme,
            self,
            tr("Take {name} off the team?").format(name=name),
            words.format(name=name),
            tr("Take off the team"),
            lambda _reason: self.act(action, lambda _changed: self.desk.go("team")),
        )

    def _has_newer(self) -> bool:
        return self.shown is not None and self.shown.newer is not None and self.shown.newer.has_level

    def _has_others(self) -> bool:
        return self.shown is not None and bool(other_guides(self.shown))

    def _open_by(self) -> None:
        if self.shown is not None:
            self.by.show_member(self.shown)
            self.open_panel(self.by, tr("Keep {name} by a guide").format(name=self.shown.row.name))

    def _move_guide(self) -> None:
        if self.shown is None or self.shown.newer is None:
            return
        action = partial(member.move_guide, self.workspace, self.shown.row.id)
        confirm(
            self.desk.theme,
            self,
            tr("Move to version {n} of the guide?").format(n=self.shown.newer.version),
            newer_guide_words(self.shown),
            tr("Move"),
            lambda _reason: self.act(action),
        )

    def _assess(self) -> None:
        if self.subject is not None:
            action = partial(assessment.assess_myself, self.workspace, self.subject)
            self.act(action, lambda changed: self.desk.go("assessment", id=changed.subject))


_NOBODY = tr("Nobody has assessed them yet.")
_FROM_INTERVIEWS = tr(
    "What the panel wrote down. It is yours: it stands in no packet of theirs but what is shared item by item."
)


def _facts(page: MemberView) -> member.MemberFacts:
    row = page.row
    return member.MemberFacts(row.name, page.mail, row.role, row.manager, row.started_on, row.left_on, row.second)
