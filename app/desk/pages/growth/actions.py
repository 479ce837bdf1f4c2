"""What is done in the forms of a growth plan: which one is open, and what it writes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from app.actions import checkin, evidence, growth
from app.desk.pages.growth.checkin_panel import NOT_YET, CheckInPanel
from app.desk.pages.growth.forms import EvidencePanel, GoalPanel, PlanPanel
from app.desk.parts.ask_panel import AskPanel
from app.desk.parts.side_panel import SidePanel, confirm
from app.errors import Refused
from app.queries.growth import GrowthView, suggested
from app.queries.growth_parts import CheckInView, GoalView
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import tr

if TYPE_CHECKING:
    from app.desk.pages.growth.plan_page import GrowthPlanPage


class GrowthActions:
    """Belongs to one page: its five forms, of which one is open at a time."""

    def __init__(self, page: GrowthPlanPage) -> None:
        self._page = page
        theme = page.desk.theme
        self.plan, self.goal = PlanPanel(theme), GoalPanel(theme)
        self.fact, self.talk = EvidencePanel(theme), CheckInPanel(theme)
        self.ask = AskPanel(page.desk)
        self.talk_to_open: int | None = None
        for panel in self.panels:
            page.row.addWidget(panel)
            panel.cancelled.connect(partial(self.close, panel))
        self.plan.saved.connect(self._save_plan)
        self.goal.saved.connect(self._save_goal)
        self.goal.dimension_chosen.connect(self._suggest)
        self.fact.saved.connect(self._save_fact)
        self.fact.removed.connect(self._remove_fact)
        self.ask.opening.connect(partial(self._open, self.ask))
        self.ask.done.connect(partial(self.close, self.ask))
        self.talk.saved.connect(self._end_talk)
        self.talk.typed.connect(partial(self._write_talk, typing=True))
        self.talk.finished.connect(partial(self._write_talk, typing=False))
        self.talk.moved.connect(self._move_talk)
        self.talk.removed.connect(self._remove_talk)

    @property
    def panels(self) -> tuple[SidePanel, ...]:
        """The forms."""
        return (self.plan, self.goal, self.fact, self.talk, self.ask)

    @property
    def is_open(self) -> bool:
        """Whether one is open."""
        return any(not p.isHidden() for p in self.panels)

    def close(self, panel: SidePanel) -> None:
        """Put a form away."""
        if panel is self.talk:
            self.talk.finish_now()
            self.talk.talk = None
        panel.close_panel()
        self._page.arrange()

    def close_all(self) -> None:
        """Put all away; what was typed into a check-in is saved."""
        for panel in self.panels:
            if not panel.isHidden():
                self.close(panel)

    def refresh(self, shown: GrowthView) -> None:
        """What is open shows what is there now; a check-in that was just started is opened."""
        if self.talk_to_open in {t.id for t in shown.talks}:
            wanted, self.talk_to_open = self.talk_to_open, None
            self.open_talk(wanted or 0)
        elif self.talk.talk is not None and self.talk.talk.id != NOT_YET and not self.talk.isHidden():
            held = next((t for t in shown.talks if self.talk.talk is not None and t.id == self.talk.talk.id), None)
            if held is None:
                self.talk.close_panel()
                self.talk.talk = None
            else:
                self.talk.show_talk(shown.name, held)

    # Opening

    def ask_plan(self) -> None:
        """Choose what to grow towards."""
        shown = self._page.shown
        if shown is not None:
            self.plan.show_plan(shown)
            self._open(self.plan, tr("Growth plan of {name}").format(name=shown.name))

    def ask_again(self) -> None:
        """Ask for an assessment against the level the plan is about."""
        shown = self._page.shown
        if shown is not None:
            self.ask.ask_about(shown.member, shown.against)

    def goal_from_gap(self, dimension: str) -> None:
        """Begin a goal from a gap, with what the pack suggests."""
        self._open_goal(None, dimension)

    def ask_goal(self, goal: GoalView | None, deed: str) -> None:
        """Do something with a goal: new, edit, reached, dropped, open, remove."""
        page = self._page
        if deed in ("new", "edit"):
            self._open_goal(goal, goal.dimension if goal is not None else "")
        elif goal is not None and deed == "remove":
            page.write(partial(growth.remove_goal, page.workspace, goal.id))
        elif goal is not None:
            settle = partial(growth.settle_goal, page.workspace, goal.id, deed)
            page.write(settle, partial(self._ask_why, settle) if deed == growth.OPEN else None)

    def new_goal(self) -> None:
        """Write a goal that belongs to no gap, or choose its dimension in the form."""
        self.ask_goal(None, "new")

    def new_fact(self) -> None:
        """Write down something that was seen."""
        if self._page.shown is not None:
            self.fact.show_fact(self._page.shown, None)
            self._open(self.fact, tr("Add evidence"))

    def open_fact(self, fact: int) -> None:
        """Open an item of evidence."""
        shown = self._page.shown
        found = next((f for f in shown.facts if f.id == fact), None) if shown is not None else None
        if shown is not None and found is not None:
            self.fact.show_fact(shown, found)
            self._open(self.fact, tr("Evidence"))

    def open_talk(self, talk: int) -> None:
        """Open a check-in."""
        shown = self._page.shown
        found = next((t for t in shown.talks if t.id == talk), None) if shown is not None else None
        if shown is not None and found is not None:
            self.talk.show_talk(shown.name, found)
            self._open(self.talk, tr("Check-in"))
            (self.talk.said if found.held_on is not None else self.talk.lines[0]).setFocus()

    def begin_talk(self) -> None:
        """Open today's check-in of the plan. Nothing is kept of it before a word is typed, or Done is pressed."""
        shown, today = self._page.shown, self._page.workspace.today()
        if shown is None or shown.plan is None:
            return
        held = next((t for t in shown.talks if t.plan == shown.plan and t.held_on == today), None)
        if held is not None:
            self.open_talk(held.id)
            return
        prepared = shown.next_talk.prepared if shown.next_talk is not None else ()
        self.talk.show_talk(shown.name, CheckInView(NOT_YET, shown.plan, today, today, prepared, "", ""))
        self._open(self.talk, tr("Check-in"))
        self.talk.said.setFocus()

    def talk_started(self, changed: ChangeReport) -> None:
        """A check-in was begun: open it once the page has it."""
        self.talk_to_open = changed.subject
        self._page.refresh()

    def _open_goal(self, goal: GoalView | None, dimension: str) -> None:
        page, shown = self._page, self._page.shown
        if shown is None:
            return
        if shown.plan is None:
            self.ask_plan()
            return
        self.goal.show_goal(shown, page.colleagues, goal, dimension)
        words = tr("Goal {n}").format(n=goal.number) if goal is not None else tr("New goal")
        self._open(self.goal, words)
        if dimension:
            self._suggest(dimension)
        if goal is None:
            first = "more_reason" if self.goal.asks_why else "title" if dimension else "dimension"
            self.goal.fields.input(first).setFocus()
        else:
            self.goal.fields.input("dimension").setFocus()

    def _suggest(self, dimension: str) -> None:
        page = self._page
        if page.shown is not None:
            ask = partial(suggested, page.workspace, page.shown.member, dimension)
            page.desk.work.ask(page, "suggested", ask, self.goal.show_suggestions)

    def _open(self, panel: SidePanel, title: str) -> None:
        for other in self.panels:
            if other is not panel and not other.isHidden():
                self.close(other)
        panel.open_panel(title)
        self._page.arrange()

    # Writing

    def _save_plan(self) -> None:
        page, shown = self._page, self._page.shown
        if shown is None:
            return
        values = self.plan.values()
        if shown.plan is None or self.plan.fresh:
            action: Callable[[], ChangeReport] = partial(
                growth.begin, page.workspace, shown.member, values["target"], values["agreed_on"]
            )
        else:
            action = partial(growth.edit_plan, page.workspace, shown.plan, **values)
        self._write(self.plan, action)

    def _save_goal(self) -> None:
        page, shown = self._page, self._page.shown
        if shown is None or shown.plan is None or not self.goal.fields.check():
            return
        try:
            goal, checks = self.goal.values()
        except ValueError:
            self.goal.fields.show_problem("steps", tr("Write a whole number, such as 3."))
            self.goal.fields.focus_first_problem()
            return
        if self.goal.goal is None:
            evidence_of = self.goal.evidence
            self._write(self.goal, partial(growth.add_goal, page.workspace, shown.plan, goal, checks, evidence_of))
        else:
            self._write(self.goal, partial(growth.change_goal, page.workspace, self.goal.goal.id, goal, checks))

    def _save_fact(self) -> None:
        page, shown, fact = self._page, self._page.shown, self.fact.fact
        if shown is None or not self.fact.fields.check():
            return
        typed = self.fact.values()
        shared = typed.pop("shared")
        if fact is None:
            action: Callable[[], ChangeReport] = partial(
                evidence.add, page.workspace, shown.member, shared=shared, **typed
            )
            self._write(self.fact, action)
            return
        if self.fact.writable:
            typed["goal_id"] = typed.pop("goal")
            action = partial(evidence.edit, page.workspace, fact.id, shared=shared, **typed)
        else:
            action = partial(evidence.share, page.workspace, fact.id, shared=shared)
        self._write(self.fact, action)

    def _remove_fact(self) -> None:
        if self.fact.fact is not None:
            self._write(self.fact, partial(evidence.remove, self._page.workspace, self.fact.fact.id))

    def _write_talk(self, talk: int, values: dict[str, Any], *, typing: bool) -> None:
        page = self._page
        if talk == NOT_YET:
            self._keep_talk(values)
            return
        action = partial(checkin.edit, page.workspace, talk, typing=typing, **values)
        page.desk.write(partial(in_one_go, page.workspace, action, typing=typing), page.refresh, page)

    def _keep_talk(self, values: dict[str, Any]) -> None:
        """The check-in that is being begun is kept from here on."""
        page, shown = self._page, self._page.shown
        if shown is None or shown.plan is None:
            return

        def kept(changed: ChangeReport) -> None:
            self.talk.adopt(changed.subject)
            page.refresh()

        page.desk.write(partial(checkin.start, page.workspace, shown.plan, **values), kept, page)

    def _end_talk(self) -> None:
        """Done: one that was begun was held, though nothing was written down."""
        if self.talk.talk is not None and self.talk.talk.id == NOT_YET:
            self.talk.save_now()
            self._keep_talk({})
        self.close(self.talk)

    def _move_talk(self, talk: int, on: Any) -> None:
        shown = self._page.shown
        if talk == NOT_YET:
            self._keep_talk({"held_on": on})
            return
        held = shown is not None and any(t.id == talk and t.held_on is not None for t in shown.talks)
        values = {"held_on": on} if held else {"due_on": on}
        self._page.write(partial(checkin.edit, self._page.workspace, talk, **values))

    def _remove_talk(self, talk: int) -> None:
        self.talk.talk = None
        self._write(self.talk, partial(checkin.remove, self._page.workspace, talk))

    def _write(self, panel: SidePanel, action: Callable[[], ChangeReport]) -> None:
        page = self._page

        def done(_changed: ChangeReport) -> None:
            panel.close_panel()
            page.arrange()
            page.refresh()

        page.desk.write(action, done, page, panel.refuse)

    def _ask_why(self, settle: Callable[..., ChangeReport], refused: Refused) -> None:
        """A fourth goal that is opened again needs a reason."""
        page = self._page
        confirm(
            page.desk.theme,
            page,
            tr("Open it again?"),
            f"{refused.sentence} {refused.remedy}",
            tr("Open it"),
            lambda reason: page.write(partial(settle, more_reason=reason)),
            reason=tr("Why it can’t wait"),
        )


def in_one_go(workspace: Workspace, action: Callable[[], ChangeReport], *, typing: bool) -> ChangeReport:
    """Run it; what was typed into a field that is left enters the history as one change."""
    changed = action()
    if not typing:
        workspace.finish_typing()
    return changed
