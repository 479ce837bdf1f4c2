"""An opening's interview plan: rounds, coverage, rule, what the rule would do, templates, versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.actions.plan import add_exercise, change, keep_template, lack_words, remove_exercise, remove_template
from app.desk.commands import Command, CommandsOf
from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.pages.plan.coverage import CoverPane
from app.desk.pages.plan.history import HistoryPane, SaveBar
from app.desk.pages.plan.layout import PlanSheet
from app.desk.pages.plan.own_round import OwnRoundPanel
from app.desk.pages.plan.rounds import RoundsPane
from app.desk.pages.plan.rule import RulePane, SimulationPane
from app.desk.parts.controls import Chip
from app.desk.parts.empty import EmptyPage
from app.desk.parts.fields import Field, FieldSet
from app.desk.parts.side_panel import SidePanel
from app.desk.parts.subject_page import SubjectPage
from app.domain import plan_edit
from app.domain.coverage import coverage
from app.domain.plan import InterviewPlan, plan_lacks
from app.errors import Refused
from app.queries.lists import OpeningRow, opening_rows
from app.queries.plan import PlanView, Start, plan_page, simulated
from app.words import ntr, sentence_list, tr


@dataclass(frozen=True)
class _Waiting:
    """Changes of an opening's plan while the page shows another: with the reason as far as it is typed."""

    plan: InterviewPlan
    reason: str
    base: int
    code: str


class PlanPage(SubjectPage[PlanView]):
    """`arrived(opening=…)` shows an opening's plan; without one, that of the opening with most people in it.

    Until an interview is planned, each change is saved at once and can be undone. After that, changes wait on the page
    for their reason and are saved as a new version. They wait for each opening on its own, also while the page shows
    another one or is left; the window asks before it closes over them.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._filed: PlanView | None = None  # as it was filled in last
        self._draft: InterviewPlan | None = None
        self._base = 0  # the version the draft was begun from
        self._waiting: dict[int, _Waiting] = {}
        self._writing = 0
        self._to_add = ""
        self._build()

    def breadcrumb(self) -> Sequence[Crumb]:
        plan = tr("Plan") if self.shown is None else tr("Plan of {code}").format(code=self.shown.code)
        return (Crumb(tr("Interviews"), "interviews"), Crumb(plan))

    def top_actions(self) -> Sequence[QWidget]:
        """Where to begin from, and another opening."""
        return (self.starts, self.openings)

    def commands(self) -> Sequence[Command]:
        """Moving a round, keeping a template."""
        command, in_round = CommandsOf("plan", tr("Plan"), self.there), self._in_round
        return (
            command("up", tr("Move the round up"), partial(self._move, -1), "Alt+Up", when=in_round),
            command("down", tr("Move the round down"), partial(self._move, 1), "Alt+Down", when=in_round),
            command("keep", tr("Keep the plan as a template"), self._ask_name),
            command("own", tr("Add a round of your own…"), self._ask_own),
        )

    def panes(self) -> Sequence[QWidget]:
        """Rounds, coverage, rule, and what is open."""
        return (
            self.rounds,
            self.cover,
            self.rule,
            *([self.bar] if self.bar.isVisible() else []),
            self.naming,
            self.own,
        )

    def arrived(self, **where: Any) -> None:
        """Show this opening's plan afresh."""
        super().arrived(id=where.get("opening", self.subject))

    def unsaved(self) -> str:
        """Plans whose changes wait for a reason, or can't be saved as they are."""
        codes = [held.code for held in self._waiting.values()]
        if self.shown is not None and self._waits(self.shown):
            codes.append(self.shown.code)
        words = tr("Changes that wait for their reason are not saved. Plans: {codes}.")
        return words.format(codes=sentence_list(codes)) if codes else ""

    # Building

    def _build(self) -> None:
        theme = self.desk.theme
        self._start_menu, self._opening_menu = QMenu(self), QMenu(self)
        self.starts = Chip(tr("Start from"), menu=self._start_menu)
        self.openings = Chip(tr("Opening"), menu=self._opening_menu)
        self.rounds, self.cover, self.rule = RoundsPane(theme, self._edit), CoverPane(theme), RulePane(theme)
        self.outcomes, self.history, self.bar = SimulationPane(), HistoryPane(self.workspace.zone), SaveBar()
        self.cover.table.toggled.connect(self._toggle)
        self.rule.edited.connect(self._edit)
        self.rule.unread.connect(self.desk.say)
        self.bar.saved.connect(self._save_version)
        self.bar.discarded.connect(self._discard)
        self._sheet = PlanSheet(theme, self.rounds, self.cover, (self.rule, self.outcomes, self.history), self.bar)
        empty = EmptyPage(
            theme,
            tr("No opening yet"),
            tr("A plan belongs to an opening: its rounds, who sits in them, and the rule agreed beforehand."),
            tr("Add an opening"),
            partial(self.desk.go, "openings"),
        )
        self._name = FieldSet(theme, [Field("name", tr("Name"), required=True, hint=tr("Four rounds, remote"))])
        self.naming = SidePanel(theme, tr("Keep as a template"), self._name, save=tr("Keep"))
        self.naming.saved.connect(self._keep)
        self.own = OwnRoundPanel(theme)
        self.own.saved.connect(self._add_own)
        self.rounds.own.connect(self._ask_own)
        self.rounds.given_up.connect(self._give_up)
        self.lay_out(self._sheet, empty, self.naming, self.own)
        theme.changed.connect(self._arrange)
        self._arrange()

    def resizeEvent(self, event: Any) -> None:
        """A narrow page has one column."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._sheet.arrange(self.width())

    # Showing

    def read_again(self) -> None:
        """Ask first which openings there are."""
        self.desk.ask(self, "openings", partial(opening_rows, self.workspace), self._take_openings)

    def query(self, subject: int) -> Callable[[], PlanView]:
        return partial(plan_page, self.workspace, subject)

    def _take_openings(self, openings: tuple[OpeningRow, ...]) -> None:
        self.starts.setVisible(bool(openings))
        self.openings.setVisible(len(openings) > 1)
        openings = tuple(o for o in openings if not o.closed or o.id == self.subject)
        known = [o.id for o in openings]
        if self.subject not in known:
            self.forget()
            self.subject = known[0] if known else None
        self._waiting = {opening: held for opening, held in self._waiting.items() if opening in known}
        self._opening_menu.clear()
        for opening in openings:
            self._entry(
                self._opening_menu,
                "  ·  ".join([opening.role, opening.code, *([tr("not saved")] if opening.id in self._waiting else [])]),
                partial(self.desk.go, "plan", opening=opening.id),
            )
        super().read_again()

    def fill(self, page: PlanView) -> None:
        """Take over what is in the file, unless a change waits here for its reason or is on its way."""
        before, self._filed = self._filed, page
        held = self._waiting.pop(page.opening, None)
        if held is not None:
            self._draft, self._base = held.plan, held.base
            self.bar.reason.setText(held.reason)
        elif before is None or (self._writing == 0 and not self._waits(before)):
            self._draft = page.plan
        if self._draft == page.plan:
            self._base = page.stored.version
        elif self._draft is not None and self._writing == 0:
            self._save_if_free(self._draft)
        self._fill_starts(page)
        self._refresh()
        self.history.show_versions(page.versions)
        if self._to_add:
            self._add_new(page)

    def _refresh(self) -> None:
        shown, draft = self.shown, self._draft
        if shown is None or draft is None:
            return
        names = {c.id: c.name for c in shown.colleagues}
        found = coverage(draft, shown.rubric)
        self._sheet.title.setText(tr("Interview plan, {role}").format(role=shown.role))
        facts = [
            shown.code,
            shown.level,
            ntr("{n} round", "{n} rounds", len(draft.rounds)),
            tr("{minutes} of {budget} minutes").format(minutes=draft.minutes, budget=draft.budget),
            tr("version {n}").format(n=shown.stored.version),
        ]
        facts += [tr("in use") if shown.in_use else tr("changes are saved at once")]
        if self._waits(shown):
            facts.append(tr("changed, not saved yet"))
        self._sheet.facts.setText(" · ".join(facts))
        self._sheet.facts.set_tone("warn" if found.over_budget else "soft")
        self.rounds.show_plan(draft, shown.rubric, shown.colleagues, shown.own)
        self.cover.show_plan(draft, shown.rubric, found, names)
        self.rule.show_plan(draft, shown.rubric)
        self.desk.work.ask(self, "rule", partial(simulated, draft, shown.rubric), self.outcomes.show_outcomes)
        self._show_bar()

    def _show_bar(self) -> None:
        shown, draft = self.shown, self._draft
        if shown is None or draft is None or not self._waits(shown):
            self.bar.hide()
        else:
            newer = shown.stored.version if shown.stored.version != self._base else None
            self.bar.ask(shown.waiting, _lack(draft, shown), newer)

    def _waits(self, shown: PlanView) -> bool:
        """Whether the draft is another plan than this and can't be saved without more."""
        draft = self._draft
        if draft is None or draft == shown.plan:
            return False
        return shown.in_use or self._base != shown.stored.version or bool(_lack(draft, shown))

    def put_away(self) -> None:
        """Changes of it that wait are put aside until it comes back."""
        shown, draft = self.shown, self._draft
        if shown is not None and draft is not None and self._waits(shown):
            reason = self.bar.reason.text()
            self._waiting[shown.opening] = _Waiting(draft, reason, self._base, shown.code)
        self._filed = self._draft = None
        self.bar.reason.clear()
        self.bar.hide()

    def _fill_starts(self, shown: PlanView) -> None:
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
        shown = self.shown
        if shown is None or self._draft is None:
            return
        self._draft = change(self._draft)
        self._refresh()
        self._save_if_free(self._draft)

    def _save_if_free(self, draft: InterviewPlan) -> None:
        """Where nobody is interviewed by the plan, a change needs no reason."""
        shown = self.shown
        if shown is not None and draft != shown.plan and not self._waits(shown):
            self._save(draft, "")

    def _toggle(self, number: int, place: int, dimension: str) -> None:
        if self.shown is not None:
            rubric = self.shown.rubric
            self._edit(lambda plan: plan_edit.toggle(plan, rubric, number, place, dimension))

    def _begin_from(self, start: Start) -> None:
        self._edit(lambda plan: plan_edit.begin_from(start.plan, plan))

    def _move(self, by: int) -> None:
        number = self.rounds.card_with_focus()
        if number is not None and self._draft is not None and 0 <= number + by < len(self._draft.rounds):
            self._edit(lambda plan: plan_edit.move_round(plan, number, by))
            self.rounds.cards[number + by].minutes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _in_round(self) -> bool:
        return self.rounds.card_with_focus() is not None

    # Saving

    def _save(self, plan: InterviewPlan, reason: str) -> None:
        shown, base = self.shown, self._base
        assert shown is not None
        self._writing += 1

        def done(_changed: Any) -> None:
            self._writing -= 1
            if reason:
                self._version_saved(shown.opening, plan)
            self.read_again()  # also where another page is shown by now: a later change may wait for this

        def refused(why: Refused) -> None:
            self._writing -= 1
            if self.subject != shown.opening:  # it was left meanwhile, and is not saved after all
                self._waiting.setdefault(shown.opening, _Waiting(plan, reason, base, shown.code))
            self.desk.refuse(why)
            self.read_again()

        self.act(partial(change, self.workspace, shown.opening, plan, reason), done, refused)

    def _save_version(self, reason: str) -> None:
        if not reason:
            self.bar.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            self.desk.say(tr("Say why the plan changes."))
            return
        if self._draft is not None:
            self._save(self._draft, reason)

    def _version_saved(self, opening: int, plan: InterviewPlan) -> None:
        """What was changed after the version was sent on its way goes on waiting."""
        held = self._waiting.get(opening)
        if held is not None and held.plan == plan:
            del self._waiting[opening]
        if opening == self.subject and self._draft == plan:
            self.bar.reason.clear()
        self.desk.say(tr("The plan has a new version."))

    def _discard(self) -> None:
        self.bar.reason.clear()
        if self.shown is not None:
            self._draft, self._base = self.shown.plan, self.shown.stored.version
        self._refresh()

    # Rounds of one's own

    def _ask_own(self) -> None:
        if self.shown is not None:
            self.own.begin(self.shown.rubric)
            self.open_panel(self.own)

    def _add_own(self) -> None:
        shown, exercise = self.shown, self.own.exercise()
        if shown is None or exercise is None:
            return
        self._to_add = exercise.name
        self.act_in(self.own, partial(add_exercise, self.workspace, shown.opening, exercise))

    def _give_up(self, exercise: str) -> None:
        if self.shown is not None:
            self.act(partial(remove_exercise, self.workspace, self.shown.opening, exercise))

    def _add_new(self, page: PlanView) -> None:
        """The kind of round that was just made becomes a round."""
        made = next((e.id for e in page.rubric.exercises if e.name == self._to_add), None)
        if made is not None:
            self._to_add = ""
            self._edit(lambda plan: plan_edit.add_round(plan, page.rubric, made))

    # Templates

    def _ask_name(self) -> None:
        self._name.set_values({"name": ""})
        self.open_panel(self.naming)

    def _keep(self) -> None:
        name = self._name.values()["name"]
        assert self._draft is not None
        said = tr("{name} is kept as a template.").format(name=name)
        self.act_in(self.naming, partial(keep_template, self.workspace, name, self._draft), said)

    def _remove(self, start: Start) -> None:
        assert start.template is not None
        self.act(partial(remove_template, self.workspace, start.template))


def _lack(draft: InterviewPlan, shown: PlanView) -> str:
    """What keeps this plan from being saved, in words; empty where nothing does."""
    lacks = plan_lacks(draft, shown.rubric)
    return lack_words(*lacks[0]) if lacks else ""
