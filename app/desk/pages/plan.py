"""An opening's interview plan: rounds, coverage, rule, what the rule would do, templates, versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.actions import plan as planning
from app.desk.commands import Command
from app.desk.controls import Chip
from app.desk.desk import Desk
from app.desk.empty import EmptyPage
from app.desk.fields import Field, FieldSet
from app.desk.label import Text
from app.desk.page import Crumb, Page
from app.desk.pages.plancover import CoverPane
from app.desk.pages.planhistory import HistoryPane, SaveBar
from app.desk.pages.planrounds import RoundsPane
from app.desk.pages.planrule import RulePane, SimulationPane
from app.desk.panel import SidePanel
from app.domain import planedit
from app.domain.coverage import coverage
from app.domain.kinds import Kind
from app.domain.plan import InterviewPlan, plan_lacks
from app.errors import Refused
from app.queries.lists import OpeningRow, opening_rows
from app.queries.plan import PlanPage as Shown
from app.queries.plan import Start, plan_page, simulated
from app.words import ntr, tr

_NARROW = 1120  # px at ordinary text size; below it one column


class PlanPage(Page):
    """`arrived(opening=…)` shows an opening's plan; without one, that of the opening with most people in it.

    Until an interview is planned, each change is saved at once and can be undone. After that, changes wait on the page
    for their reason and are saved as a new version.
    """

    kinds: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.PLAN, Kind.OPENING, Kind.INTERVIEW, Kind.APPLICATION, Kind.COLLEAGUE}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._opening: int | None = None
        self._shown: Shown | None = None
        self._draft: InterviewPlan | None = None
        self._writing = 0
        self._build()
        desk.theme.changed.connect(self._arrange)

    def breadcrumb(self) -> Sequence[Crumb]:
        """Interviews, Plan, the opening."""
        steps = [Crumb(tr("Interviews"), "interviews"), Crumb(tr("Plan"))]
        if self._shown is not None:
            steps[-1] = Crumb(tr("Plan of {code}").format(code=self._shown.code))
        return steps

    def top_actions(self) -> Sequence[QWidget]:
        """Where to begin from, and another opening."""
        return (self.starts, self.openings)

    def commands(self) -> Sequence[Command]:
        """Moving a round, keeping a template."""
        where = tr("Plan")
        return (
            Command("plan.up", tr("Move the round up"), partial(self._move, -1), ("Alt+Up",), where, self._in_round),
            Command(
                "plan.down", tr("Move the round down"), partial(self._move, 1), ("Alt+Down",), where, self._in_round
            ),
            Command("plan.keep", tr("Keep the plan as a template"), self._ask_name, (), where, self._there),
        )

    def panes(self) -> Sequence[QWidget]:
        """Rounds, coverage, rule, and what is open."""
        return (self.rounds, self.cover, self.rule, *([self.bar] if self.bar.isVisible() else []), self.naming)

    def arrived(self, **where: Any) -> None:
        """Show this opening's plan afresh."""
        wanted = where.get("opening", self._opening)
        if wanted != self._opening:
            self._opening, self._shown, self._draft = wanted, None, None
            self.bar.hide()
        self._ask()

    def changed(self, report: Any) -> None:
        """The plan, or whom it holds for, was changed."""
        self._ask()

    # Building

    def _build(self) -> None:
        theme = self.desk.theme
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        left = QWidget()
        self._stack = QStackedLayout(left)
        across.addWidget(left, 1)
        self._start_menu, self._opening_menu = QMenu(self), QMenu(self)
        self.starts = Chip(tr("Start from"), menu=self._start_menu)
        self.openings = Chip(tr("Opening"), menu=self._opening_menu)
        self.rounds, self.cover, self.rule = RoundsPane(theme), CoverPane(theme), RulePane(theme)
        self.outcomes, self.history, self.bar = SimulationPane(), HistoryPane(self.desk.workspace.zone), SaveBar()
        self.rounds.edited.connect(self._edit)
        self.cover.toggled.connect(self._toggle)
        self.rule.edited.connect(self._edit)
        self.rule.unread.connect(self.desk.say)
        self.bar.saved.connect(self._save_version)
        self.bar.discarded.connect(self._discard)
        self._stack.addWidget(self._sheet())
        self._empty = EmptyPage(
            theme,
            tr("No opening yet"),
            tr("A plan belongs to an opening: its rounds, who sits in them, and the rule agreed beforehand."),
            tr("Add an opening in Settings"),
            lambda: self.desk.go("settings"),
        )
        self._stack.addWidget(self._empty)
        self._name = FieldSet(theme, [Field("name", tr("Name"), required=True, hint=tr("Four rounds, remote"))])
        self.naming = SidePanel(theme, tr("Keep as a template"), self._name, save=tr("Keep"))
        self.naming.saved.connect(self._keep)
        self.naming.cancelled.connect(self.naming.close_panel)
        across.addWidget(self.naming)
        self._arrange()

    def _sheet(self) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(20, 14, 20, 24)
        inner.setSpacing(2)
        self._title = Text("", "title", wrap=True)
        self._facts = Text("", tone="soft", wrap=True)
        inner.addWidget(self._title)
        inner.addWidget(self._facts)
        inner.addSpacing(14)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(32)
        left, right = self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for half in (left, right):
            half.setSpacing(22)
        left.addWidget(self.rounds)
        left.addStretch(1)
        for pane in (self.cover, self.rule, self.outcomes, self.history):
            right.addWidget(pane)
        right.addStretch(1)
        self._halves.addLayout(left, 4)
        self._halves.addLayout(right, 6)
        inner.addLayout(self._halves)
        inner.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(body)
        column.addWidget(self._area, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 0, 20, 12)
        foot.addWidget(self.bar)
        column.addLayout(foot)
        return held

    def resizeEvent(self, event: Any) -> None:
        """A narrow page has one column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < self.desk.theme.px(_NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._halves.direction() != way:
            self._halves.setDirection(way)
            # What is thin is seen first: in one column it stands over the rounds.
            self._left.removeWidget(self.cover)
            self._right.removeWidget(self.cover)
            (self._left if narrow else self._right).insertWidget(0, self.cover)

    # Showing

    def _ask(self) -> None:
        self.desk.work.ask(self, "openings", partial(opening_rows, self.desk.workspace), self._take_openings)

    def _take_openings(self, openings: tuple[OpeningRow, ...]) -> None:
        self._stack.setCurrentIndex(0 if openings else 1)
        for chip in (self.starts, self.openings):
            chip.setVisible(bool(openings))
        self.openings.setVisible(len(openings) > 1)
        if not openings:
            return
        if self._opening not in {o.id for o in openings}:
            self._opening = openings[0].id
        self._opening_menu.clear()
        for opening in openings:
            self._entry(
                self._opening_menu,
                f"{opening.role}  ·  {opening.code}",
                partial(self.desk.go, "plan", opening=opening.id),
            )
        self.desk.work.ask(self, "plan", partial(plan_page, self.desk.workspace, self._opening), self._take)

    def _take(self, shown: Shown) -> None:
        """Take over what is in the file, unless a change waits here for its reason or is on its way."""
        fresh = self._shown is None
        moved_on = fresh or self._shown is None or self._shown.stored != shown.stored
        self._shown = shown
        if self._writing == 0 and (moved_on or self._draft is None or not shown.in_use):
            self._draft = shown.plan
        self._fill_starts(shown)
        self._refresh()
        self.history.show_versions(shown.versions)
        if fresh:
            self.headed.emit()

    def _refresh(self) -> None:
        shown, draft = self._shown, self._draft
        if shown is None or draft is None:
            return
        names = {c.id: c.name for c in shown.colleagues}
        found = coverage(draft, shown.rubric)
        self._title.setText(tr("Interview plan, {role}").format(role=shown.role))
        facts = [
            shown.code, shown.level, ntr("{n} round", "{n} rounds", len(draft.rounds)),
            tr("{minutes} of {budget} minutes").format(minutes=draft.minutes, budget=draft.budget),
            tr("version {n}").format(n=shown.stored.version),
        ]  # fmt: skip
        facts.append(tr("in use") if shown.in_use else tr("changes are saved at once"))
        self._facts.setText(" · ".join(facts))
        self._facts.set_tone("warn" if found.over_budget else "soft")
        self.rounds.show_plan(draft, shown.rubric, shown.colleagues)
        self.cover.show_plan(draft, shown.rubric, found, names)
        self.rule.show_plan(draft, shown.rubric)
        self.desk.work.ask(self, "rule", partial(simulated, draft, shown.rubric), self.outcomes.show_outcomes)
        self._show_bar()

    def _show_bar(self) -> None:
        shown, draft = self._shown, self._draft
        if shown is None or draft is None or draft == shown.plan or (not shown.in_use and not self._lack(draft)):
            self.bar.hide()
        else:
            self.bar.ask(shown.waiting, self._lack(draft))

    def _lack(self, draft: InterviewPlan) -> str:
        """What keeps this plan from being saved, in words; empty where nothing does."""
        assert self._shown is not None
        lacks = plan_lacks(draft, self._shown.rubric)
        return planning.lack_words(*lacks[0]) if lacks else ""

    def _fill_starts(self, shown: Shown) -> None:
        self._start_menu.clear()
        for start in shown.starts:
            words = start.name if start.template is None else tr("Template: {name}").format(name=start.name)
            self._entry(self._start_menu, words, partial(self._begin_from, start))
        self._start_menu.addSeparator()
        self._entry(self._start_menu, tr("Keep this plan as a template…"), self._ask_name)
        for start in shown.starts:
            if start.template is not None:
                words = tr("Remove the template {name}").format(name=start.name)
                self._entry(self._start_menu, words, partial(self._remove, start))

    def _entry(self, menu: QMenu, words: str, run: Callable[[], None]) -> None:
        action = QAction(words.replace("&", "&&"), menu)
        action.triggered.connect(lambda _on=False: run())
        menu.addAction(action)

    # Editing

    def _edit(self, change: Callable[[InterviewPlan], InterviewPlan]) -> None:
        """Show the change at once; where nobody is interviewed by the plan, save it too."""
        shown = self._shown
        if shown is None or self._draft is None:
            return
        self._draft = change(self._draft)
        self._refresh()
        if not shown.in_use and not self._lack(self._draft) and self._draft != shown.plan:
            self._save(self._draft, "")

    def _toggle(self, number: int, place: int, dimension: str) -> None:
        if self._shown is not None:
            rubric = self._shown.rubric
            self._edit(lambda plan: planedit.toggle(plan, rubric, number, place, dimension))

    def _begin_from(self, start: Start) -> None:
        self._edit(lambda plan: planedit.begin_from(start.plan, plan))

    def _move(self, by: int) -> None:
        number = self.rounds.card_with_focus()
        if number is not None and self._draft is not None and 0 <= number + by < len(self._draft.rounds):
            self._edit(lambda plan: planedit.move_round(plan, number, by))
            self.rounds.cards[number + by].minutes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _in_round(self) -> bool:
        return self.rounds.card_with_focus() is not None

    def _there(self) -> bool:
        return self._draft is not None

    # Saving

    def _save(self, plan: InterviewPlan, reason: str, then: Callable[[], None] | None = None) -> None:
        self._writing += 1

        def done(_changed: Any) -> None:
            self._writing -= 1
            if then is not None:
                then()
            self._ask()

        def refused(why: Refused) -> None:
            self._writing -= 1
            self.desk.refuse(why)
            self._ask()

        assert self._opening is not None
        action = partial(planning.change, self.desk.workspace, self._opening, plan, reason)
        self.desk.write(action, done, self, refused)

    def _save_version(self, reason: str) -> None:
        if not reason:
            self.bar.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            self.desk.say(tr("Say why the plan changes."))
            return
        if self._draft is not None:
            self._save(self._draft, reason, self._version_saved)

    def _version_saved(self) -> None:
        self.bar.reason.clear()
        self._draft = None
        self.desk.say(tr("The plan has a new version."))

    def _discard(self) -> None:
        self.bar.reason.clear()
        self._draft = self._shown.plan if self._shown is not None else None
        self._refresh()

    # Templates

    def _ask_name(self) -> None:
        self._name.set_values({"name": ""})
        self.naming.open_panel()

    def _keep(self) -> None:
        name = self._name.values()["name"]

        def kept(_changed: Any) -> None:
            self.naming.close_panel()
            self.desk.say(tr("{name} is kept as a template.").format(name=name))
            self._ask()

        assert self._draft is not None
        action = partial(planning.keep_template, self.desk.workspace, name, self._draft)
        self.desk.write(action, kept, self, self.naming.refuse)

    def _remove(self, start: Start) -> None:
        assert start.template is not None
        action = partial(planning.remove_template, self.desk.workspace, start.template)
        self.desk.write(action, lambda _changed: self._ask(), self)
