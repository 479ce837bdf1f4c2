"""Writing an assessment: dimension by dimension against the level's own sentence, alone, submitted last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from app.actions import assessment
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.assessment.dimension import AssessedDimensionPane
from app.desk.pages.assessment.evidence_typing import AssessmentEvidenceTyping
from app.desk.pages.assessment.row import AssessedRow
from app.desk.parts.controls import Button
from app.desk.parts.empty import EmptyPage
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, STRETCH, Space, aligned, column, holder, row, scrolling, wide
from app.desk.parts.rater_relation import relate, relation_widget
from app.desk.parts.section import clear
from app.desk.parts.side_panel import confirm
from app.desk.parts.subject_page import SubjectPage
from app.domain.assessment import NoScore
from app.errors import NotYet, Refused
from app.queries.assessment import AssessmentView, assessment_page
from app.queries.noted import Noted
from app.store.change_report import ChangeReport
from app.words import day, tr

_LEFT = 268  # px at ordinary text size


class AssessmentPage(SubjectPage[AssessmentView]):
    """`arrived(id=…)` shows an assessment of a member."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._current: str | None = None
        self._rows: dict[str, AssessedRow] = {}
        self.submit = Button(tr("Submit…"), "primary", run=self._ask_submit)
        self._amend = Button(tr("Amend…"), run=self._ask_amend)
        self._discard = Button(tr("Discard…"), run=self._ask_discard)
        self._build()

    def breadcrumb(self) -> Sequence[Crumb]:
        """Team, the person, Assessment."""
        page = self.shown
        first = Crumb(tr("Team"), "team")
        if page is None:
            return (first, Crumb(tr("Assessment")))
        return (first, Crumb(page.name, "member", {"id": page.member}), Crumb(tr("Assessment")))

    def top_actions(self) -> Sequence[QWidget]:
        """Submit it, or amend it once it is in."""
        page = self.shown
        if page is None:
            return ()
        if not page.locked:
            return (self._discard, self.submit) if page.content.begun else (self.submit,)
        return (self._amend,) if page.mine and page.state == "submitted" else ()

    def commands(self) -> Sequence[Command]:
        """Keys as on the scorecard."""
        command = CommandsOf("assessment", tr("Assessment"), self.there)
        draft, here = self.can_write, self._scores_here
        scores = (
            command(str(n), tr("Score {n}").format(n=n), partial(self.rate, n), str(n), when=draft, keyed=here)
            for n in (1, 2, 3, 4)
        )
        return (
            *scores,
            command("0", tr("Not assessed: nothing seen of it"), self._not_seen, "0", when=draft, keyed=here),
            command("clear", tr("Take the score back"), self._clear, "Backspace", when=draft, keyed=here),
            command("next", tr("Next dimension"), partial(self.step, 1), "N"),
            command("previous", tr("Previous dimension"), partial(self.step, -1), "P"),
            command("evidence", tr("Write evidence"), self._focus_entry, "E", when=draft),
            command("rows", tr("Back to the dimensions"), self._focus_rows, "Ctrl+Shift+Up", "Alt+Up"),
            command("discard", tr("Discard what is written"), self._ask_discard, when=draft),
            command("submit", tr("Submit the assessment"), self._ask_submit, "Ctrl+Shift+Return", when=draft),
        )

    def panes(self) -> Sequence[QWidget]:
        """Dimensions, then the open one."""
        return (self._left, self.pane)

    def put_away(self) -> None:
        """What was typed is saved first."""
        self._typing.leave()
        self.pane.forget()
        self._current = None

    def flush(self) -> None:
        """Save what is being typed."""
        self.pane.words.save_now()
        self.pane.entry.save_now()

    # Building

    def _build_left(self) -> None:
        self._title = Text("", "lead", weight=600, wrap=True)
        self._about = Text("", "caption", tone="soft", wrap=True)
        self._relation = QVBoxLayout()
        self.calibration = Button("", "link", small=True, run=self._go_calibration)
        self._list = column(gap=1)
        self._left = QFrame()
        self._left.setAccessibleName(tr("Dimensions"))
        column(
            self._title,
            self._about,
            self._relation,
            aligned(self.calibration, LEFT),
            Space(6),
            self._list,
            STRETCH,
            gap=6,
            margins=(20, 16, 14, 16),
            on=self._left,
        )

    def _build(self) -> None:
        theme = self.desk.theme
        self._build_left()
        self.pane = AssessedDimensionPane(theme)
        pane = self.pane
        pane.scored.connect(self.rate)
        pane.excused.connect(lambda reason: self.act(partial(self._excuse, reason)))
        pane.said.connect(self._say)
        pane.taken.connect(self._take_noted)
        self._typing = AssessmentEvidenceTyping(self.desk, pane, self._draft, self.flush, self.read_again)
        pane.entry.escaped.connect(self._focus_rows)
        pane.dropped.connect(lambda fact: self.act(partial(assessment.edit_fact, self.workspace, fact, text="")))
        self._side = scrolling(self._left)
        right = scrolling(pane)
        right.setProperty("role", "side")
        empty = EmptyPage(
            theme,
            tr("No assessment is shown"),
            tr("Open one from a calibration or from the team."),
            tr("To the team"),
            partial(self.desk.go, "team"),
        )
        self._sealed = EmptyPage(theme, tr("This assessment is sealed"), "", tr("Type it in from paper"), self._type_in)
        self.lay_out(holder(row(self._side, wide(right), gap=0)), empty)
        self.stack.addWidget(self._sealed)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        theme = self.desk.theme
        self._side.setFixedWidth(theme.px(_LEFT * 0.62 if theme.large_text else _LEFT))

    def can_write(self) -> bool:
        """Whether this is a draft of mine."""
        return self.shown is not None and not self.shown.locked

    def _draft(self) -> int | None:
        return self.subject if self.can_write() else None

    # Data

    def query(self, subject: int) -> Callable[[], AssessmentView]:
        """The assessment."""
        return partial(assessment_page, self.workspace, subject)

    def page_for(self, refused: Refused) -> EmptyPage:
        """One that is sealed to me can still be typed in from paper."""
        return self._sealed if isinstance(refused, NotYet) else super().page_for(refused)

    def _go_calibration(self) -> None:
        if self.shown is not None and self.shown.cycle is not None:
            self.desk.go("calibration", id=self.shown.cycle)

    def _type_in(self) -> None:
        if self.subject is not None:
            self.act(partial(assessment.type_in, self.workspace, self.subject))

    def fill(self, page: AssessmentView) -> None:
        """Whose it is, its dimensions, and the one that is open."""
        arrived = self._current is None
        self._title.setText(tr("{name} against {level}").format(name=page.name, level=page.level.title))
        clear(self._relation)
        choose = partial(relate, self, page.id, page.rater_name, page.state != "draft")
        self._relation.addWidget(
            relation_widget(page.relation, page.rater_name, choose),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )
        parts = [page.rater_name]
        if page.submitted_at is not None:
            parts.append(tr("in on {day}").format(day=day(page.submitted_at.astimezone(self.workspace.zone).date())))
        else:
            parts.append(tr("{n} of {all}").format(n=page.content.answered, all=len(page.content.dimensions)))
        if page.days_said:
            parts.append(tr("days that were not in the form, as they said: {how}").format(how=page.days_said))
        self._about.setText(" · ".join(parts))
        self.calibration.set_words(tr("{name} calibration").format(name=page.cycle_name))
        self.calibration.setVisible(page.cycle is not None)
        if self._current not in page.content.dimensions:
            lacking = [d for d in page.content.dimensions if not page.content.rating(d).answered]
            self._current = (lacking or list(page.content.dimensions))[0]
        if list(self._rows) != list(page.content.dimensions):
            clear(self._list)
            self._rows = {d: AssessedRow(self.desk.theme, d) for d in page.content.dimensions}
            for dimension, line in self._rows.items():
                line.clicked.connect(lambda _on=False, chosen=dimension: self.choose(chosen))
                self._list.addWidget(line)
        for dimension, line in self._rows.items():
            line.show_page(page, current=dimension == self._current)
        self.pane.show_dimension(page, self._current, self._typing.hidden)
        if arrived:
            self._focus_rows()

    # Deeds

    def choose(self, dimension: str) -> None:
        """Open another dimension."""
        self._typing.leave()
        self._current = dimension
        if self.shown is not None:
            self.fill(self.shown)

    def step(self, by: int) -> None:
        """Go on to the next one, or back."""
        page = self.shown
        if page is None or self._current is None:
            return
        order = page.content.dimensions
        self.choose(order[(order.index(self._current) + by) % len(order)])
        self._focus_rows()

    def _at(self) -> tuple[int, str]:
        assert self.subject is not None
        assert self._current is not None
        return self.subject, self._current

    def rate(self, score: int) -> None:
        """Give the open dimension a score."""
        if self.can_write():
            self.act(partial(assessment.rate, self.workspace, *self._at(), score))

    def _scores_here(self) -> bool:
        """Whether the focus is on the open dimension, or on its scores."""
        focused, line = QApplication.focusWidget(), self._rows.get(self._current or "")
        return focused is not None and (focused is line or self.pane.score.isAncestorOf(focused))

    def _excuse(self, reason: str) -> ChangeReport:
        return assessment.not_assessed(self.workspace, *self._at(), NoScore(reason))

    def _take_noted(self, noted: Noted) -> None:
        """Make something that was noted before a line of evidence, which keeps its source."""
        add_ = partial(assessment.add_fact, self.workspace, *self._at(), noted.text, noted.on, source=noted.source)
        self.act(add_)

    def _not_seen(self) -> None:
        self.act(partial(self._excuse, str(NoScore.NOT_SEEN)))

    def _clear(self) -> None:
        self.act(partial(assessment.clear, self.workspace, *self._at()))

    def _say(self, words: str) -> None:
        if self.can_write():
            assert self.subject is not None
            self.act(partial(assessment.say, self.workspace, self.subject, self.pane.dimension, words))

    def _focus_entry(self) -> None:
        self.pane.entry.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _focus_rows(self) -> None:
        line = self._rows.get(self._current or "")
        if line is not None:
            line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _ask_submit(self) -> None:
        page = self.shown
        if page is None or page.locked:
            return
        self.flush()

        said = tr("The assessment of {name} is in.").format(name=page.name)
        confirm(
            self.desk.theme,
            self,
            tr("Submit the assessment of {name}?").format(name=page.name),
            tr("It can’t be changed afterwards. A correction is a new one with its reason, and this one stays."),
            tr("Submit"),
            lambda _reason: self.act(partial(assessment.submit, self.workspace, page.id), said=said),
        )

    def _ask_discard(self) -> None:
        page = self.shown
        if page is None or page.locked:
            return
        self.flush()

        confirm(
            self.desk.theme,
            self,
            tr("Discard what is written of {name}?").format(name=page.name),
            tr("{who} stays asked; a begun amendment goes as a whole.").format(who=page.rater_name),
            tr("Discard"),
            lambda _reason: self.act(
                partial(assessment.discard, self.workspace, page.id), said=tr("What was written is gone.")
            ),
        )

    def _ask_amend(self) -> None:
        page = self.shown
        if page is not None:
            confirm(
                self.desk.theme,
                self,
                tr("Amend it?"),
                tr("The first one stays as it is, with your reason."),
                tr("Begin the amendment"),
                lambda reason: self.act(
                    partial(assessment.amend, self.workspace, page.id, reason),
                    lambda changed: self.arrived(id=changed.subject),
                ),
                reason=tr("What changed your mind, or what was wrong?"),
            )
