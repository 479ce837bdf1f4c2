"""What is done in the forms of a growth plan: which one is open, and what it writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

from app.actions import checkin, evidence, growth, onboarding
from app.desk.pages.growth.checkin_panel import NOT_YET, CheckInPanel
from app.desk.pages.growth.forms import EvidencePanel, GoalPanel, PlanPanel
from app.desk.pages.growth.settled_panel import SettledPanel
from app.desk.pages.growth.year_panel import YearPanel
from app.desk.parts.ask_panel import AskPanel
from app.desk.parts.file_bar import FileBar
from app.desk.parts.file_dialog import ask_where
from app.desk.parts.side_panel import SidePanel
from app.desk.parts.subject_page import SubjectPage
from app.domain.growth import SinceCheckIn
from app.errors import Refused
from app.packets.printables import FIRST_YEAR
from app.queries.growth import GrowthView, suggested
from app.queries.growth_parts import CheckInView, GoalView
from app.queries.growth_since import since_check_in
from app.queries.lists import ColleagueRow
from app.queries.onboarding import OnboardingView
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import tr


class GrowthActions:
    """The forms of a page that shows a growth plan."""

    def __init__(self, page: SubjectPage[GrowthView], bar: FileBar) -> None:
        self._bar = bar
        self._page, self._workspace = page, page.workspace
        theme = page.desk.theme
        self._colleagues: tuple[ColleagueRow, ...] = ()
        self._to_open: int | None = None
        self.plan, self.goal, self.evidence = PlanPanel(theme), GoalPanel(theme), EvidencePanel(theme)
        self.check_in, self.ask, self.year = CheckInPanel(theme), AskPanel(page.desk), YearPanel(theme)
        self.settled = SettledPanel(theme)
        self.settled.saved.connect(self._save_settled)
        self.year.saved.connect(self._save_year)
        self.plan.saved.connect(self._save_plan)
        self.goal.saved.connect(self._save_goal)
        self.goal.dimension_chosen.connect(self._suggest)
        self.evidence.saved.connect(self._save_evidence)
        self.evidence.removed.connect(self._remove_evidence)
        self.ask.opening.connect(partial(page.open_panel, self.ask))
        self.ask.done.connect(self.ask.close_panel)
        self.check_in.saved.connect(self._end_check_in)
        self.check_in.typed.connect(partial(self._write_check_in, typing=True))
        self.check_in.finished.connect(partial(self._write_check_in, typing=False))
        self.check_in.moved.connect(self._move_check_in)
        self.check_in.removed.connect(self._remove_check_in)

    @property
    def panels(self) -> tuple[SidePanel, ...]:
        """The forms."""
        return (self.plan, self.goal, self.evidence, self.check_in, self.ask, self.year, self.settled)

    def take_colleagues(self, rows: tuple[ColleagueRow, ...]) -> None:
        """Who can own a goal."""
        self._colleagues = rows

    def refresh(self, shown: GrowthView) -> None:
        """Show a check-in that is open as it is now; one that was just begun is opened."""
        wanted, panel = self._to_open, self.check_in
        if wanted is not None and any(t.id == wanted for t in shown.talks):
            self._to_open = None
            self.open_check_in(wanted)
        elif panel.check_in is not None and panel.check_in.id != NOT_YET and not panel.isHidden():
            held = next((t for t in shown.talks if t.id == panel.check_in.id), None)
            if held is not None:
                panel.show_check_in(shown.name, held, _since(shown, held))
            else:
                panel.check_in = None
                panel.close_panel()

    # Opening

    def ask_plan(self) -> None:
        """Choose what to grow towards."""
        shown = self._page.shown
        if shown is not None:
            self.plan.show_plan(shown)
            self._page.open_panel(self.plan, tr("Growth plan of {name}").format(name=shown.name))

    def ask_settled(self) -> None:
        """Make goals of what the newest calibration left open."""
        shown = self._page.shown
        if shown is not None and shown.settled is not None:
            self.settled.show_settled(shown, shown.settled, self._workspace.today())
            self._page.open_panel(self.settled, tr("From {calibration}").format(calibration=shown.settled.calibration))

    def ask_again(self) -> None:
        """Ask for an assessment against the level the plan is about."""
        shown = self._page.shown
        if shown is not None:
            self.ask.ask_about(shown.member, shown.against)

    def goal_from_gap(self, dimension: str) -> None:
        """Begin a goal from a gap, with what the pack suggests."""
        self._open_goal(None, dimension)

    def ask_goal(self, goal: GoalView, wanted: str) -> None:
        """Do something with a goal: edit, reached, dropped, open, remove."""
        if wanted == "edit":
            self._open_goal(goal, goal.dimension)
        elif wanted == "remove":
            self._page.act(partial(growth.remove_goal, self._workspace, goal.id))
        else:
            settle = partial(growth.settle_goal, self._workspace, goal.id, wanted)
            self._page.act(settle, failed=partial(self._ask_why, settle) if wanted == growth.OPEN else None)

    def new_goal(self) -> None:
        """Write a goal that belongs to no gap, or choose its dimension in the form."""
        self._open_goal(None, "")

    def new_evidence(self) -> None:
        """Write down something that was seen."""
        if self._page.shown is not None:
            self.evidence.show_evidence(self._page.shown, None)
            self._page.open_panel(self.evidence, tr("Add evidence"))

    def open_evidence(self, item: int) -> None:
        """Open an item of evidence."""
        shown = self._page.shown
        if shown is not None and (found := next((f for f in shown.facts if f.id == item), None)) is not None:
            self.evidence.show_evidence(shown, found)
            self._page.open_panel(self.evidence, tr("Evidence"))

    def open_check_in(self, number: int) -> None:
        """Open a check-in."""
        shown, panel = self._page.shown, self.check_in
        if shown is not None and (found := next((t for t in shown.talks if t.id == number), None)) is not None:
            panel.show_check_in(shown.name, found, _since(shown, found))
            self._page.open_panel(panel, tr("Check-in"))
            (panel.said if found.held_on is not None else panel.lines[0]).setFocus()

    def begin_check_in(self) -> None:
        """Open today's check-in of the plan. Nothing is kept of it before a word is typed, or Done is pressed."""
        shown, today = self._page.shown, self._workspace.today()
        if shown is None or shown.plan is None:
            return
        held = next((t for t in shown.talks if t.plan == shown.plan and t.held_on == today), None)
        if held is not None:
            self.open_check_in(held.id)
            return
        prepared = shown.next_talk.prepared if shown.next_talk is not None else ()
        begun = CheckInView(NOT_YET, shown.plan, today, today, prepared, "", "")
        self.check_in.show_check_in(shown.name, begun, _since(shown, begun))
        self._page.open_panel(self.check_in, tr("Check-in"))
        self.check_in.said.setFocus()

    def _open_goal(self, goal: GoalView | None, dimension: str) -> None:
        shown = self._page.shown
        if shown is None:
            return
        if shown.plan is None:
            self.ask_plan()
            return
        self.goal.show_goal(shown, self._colleagues, goal, dimension)
        title = tr("Goal {n}").format(n=goal.number) if goal is not None else tr("New goal")
        self._page.open_panel(self.goal, title)
        if dimension:
            self._suggest(dimension)
        first = "more_reason" if self.goal.asks_why else "title" if goal is None and dimension else "dimension"
        self.goal.form.input(first).setFocus()

    def _suggest(self, dimension: str) -> None:
        page = self._page
        if page.shown is not None:
            ask = partial(suggested, self._workspace, page.shown.member, dimension)
            page.desk.work.ask(page, "suggested", ask, self.goal.show_suggestions)

    # What is written without a form

    def step(self, goal: int, done: int) -> None:
        """So many steps of a goal are done."""
        self._page.act(partial(growth.set_steps, self._workspace, goal, done, self._workspace.today()))

    def tick(self, check: int, done: bool) -> None:
        """Tick a “When …, I will …”, or take the tick back."""
        self._page.act(partial(growth.tick, self._workspace, check, done=done))

    def keep_note(self, text: str, *, typing: bool) -> None:
        """Keep the private note."""
        shown = self._page.shown
        if shown is not None and shown.plan is not None:
            action = partial(growth.edit_plan, self._workspace, shown.plan, typing=typing, private_note=text)
            self._page.act(partial(in_one_go, self._workspace, action, typing=typing))

    def onboard(self, action: Callable[..., ChangeReport], *values: object) -> None:
        """Set something of the first year: its first day, the plan it begins from, which conditional goals apply."""
        if (shown := self._page.shown) is not None:
            self._page.act(partial(action, self._workspace, shown.member, *values))

    def ask_year(self, page: OnboardingView) -> None:
        """Edit the goals of a first year that has begun."""
        self.year.show_year(page)
        self._page.open_panel(self.year, tr("Goals of the first year of {name}").format(name=page.name))

    def ask_year_packet(self) -> None:
        """Save the first year as PDF; it needs no growth plan."""
        shown, bar = self._page.shown, self._bar
        if shown is not None and not bar.busy:
            self._page.flush()
            words = tr("Making the first year of {name}").format(name=shown.name)
            make = partial(bar.print_one, FIRST_YEAR, shown.member, words)
            ask_where(self._page, FIRST_YEAR.title, tr("{name}, first year.pdf").format(name=shown.name), make)

    def _save_year(self) -> None:
        if (shown := self._page.shown) is not None:
            self._page.act_in(self.year, partial(onboarding.rewrite, self._workspace, shown.member, self.year.typed))

    def set_year_goal(self, goal: str, *, typing: bool = False, **values: Any) -> None:
        """Write where a goal of the first year stands, or whether it is `done`."""
        shown = self._page.shown
        if shown is None:
            return
        if "done" in values:
            values = {"done_on": self._workspace.today() if values["done"] else None}
        action = partial(onboarding.set_goal, self._workspace, shown.member, goal, typing=typing, **values)
        self._page.act(partial(in_one_go, self._workspace, action, typing=typing))

    def hold(self, day: int) -> None:
        """Hold a check-in of the first year, and open it once the page has it."""
        if (shown := self._page.shown) is not None:
            self._page.act(partial(onboarding.hold, self._workspace, shown.member, day), self._hold_begun)

    def _hold_begun(self, changed: ChangeReport) -> None:
        self._to_open = changed.subject
        self._page.read_again()

    # What the forms write

    def _save_plan(self) -> None:
        shown = self._page.shown
        if shown is None:
            return
        aim = self.plan.value()
        if shown.plan is None or aim.fresh:
            action = partial(growth.begin, self._workspace, shown.member, aim.towards, aim.agreed_on)
        else:
            changes = partial(growth.edit_plan, target=aim.towards, agreed_on=aim.agreed_on)
            action = partial(changes, self._workspace, shown.plan)
        self._page.act_in(self.plan, action)

    def _save_settled(self) -> None:
        if self.settled.form.check():
            plan, goals = self.settled.typed()
            self._page.act_in(self.settled, partial(growth.take_over, self._workspace, plan, goals))

    def _save_goal(self) -> None:
        shown, panel = self._page.shown, self.goal
        if shown is None or shown.plan is None:
            return
        goal, checks = panel.typed()
        if panel.goal is None:
            action = partial(growth.add_goal, self._workspace, shown.plan, goal, checks, panel.heard)
        else:
            action = partial(growth.change_goal, self._workspace, panel.goal.id, goal, checks)
        self._page.act_in(panel, action)

    def _save_evidence(self) -> None:
        shown, panel = self._page.shown, self.evidence
        if shown is None:
            return
        typed, item = panel.value(), panel.item
        if item is None:
            action = partial(evidence.add, self._workspace, shown.member, typed)
        elif panel.writable:
            action = partial(evidence.edit, self._workspace, item.id, **asdict(typed))
        else:
            action = partial(evidence.share, self._workspace, item.id, shared=typed.shared)
        self._page.act_in(panel, action)

    def _remove_evidence(self) -> None:
        if self.evidence.item is not None:
            self._page.act_in(self.evidence, partial(evidence.remove, self._workspace, self.evidence.item.id))

    def _write_check_in(self, number: int, values: dict[str, Any], *, typing: bool) -> None:
        if number == NOT_YET:
            self._keep_check_in(values)
        else:
            action = partial(checkin.edit, self._workspace, number, typing=typing, **values)
            self._page.act(partial(in_one_go, self._workspace, action, typing=typing))

    def _keep_check_in(self, values: dict[str, Any]) -> None:
        """The check-in that is being begun is kept from here on."""
        shown = self._page.shown
        if shown is not None and shown.plan is not None:
            action = partial(checkin.start, self._workspace, shown.plan, **values)
            self._page.act(action, lambda changed: self.check_in.adopt(changed.subject))

    def _end_check_in(self) -> None:
        """Done: one that was begun was held, though nothing was written down."""
        panel = self.check_in
        if panel.check_in is not None and panel.check_in.id == NOT_YET:
            panel.save_now()
            self._keep_check_in({})
        panel.close_panel()

    def _move_check_in(self, number: int, on: Any) -> None:
        shown = self._page.shown
        if number == NOT_YET:
            self._keep_check_in({"held_on": on})
            return
        held = shown is not None and any(t.id == number and t.held_on is not None for t in shown.talks)
        values = {"held_on": on} if held else {"due_on": on}
        self._page.act(partial(checkin.edit, self._workspace, number, **values))

    def _remove_check_in(self, number: int) -> None:
        self.check_in.check_in = None
        self._page.act_in(self.check_in, partial(checkin.remove, self._workspace, number))

    def _ask_why(self, settle: Callable[..., ChangeReport], refused: Refused) -> None:
        """A fourth goal that is opened again needs a reason."""
        self._page.confirm(
            tr("Open it again?"),
            f"{refused.sentence} {refused.remedy}",
            tr("Open it"),
            lambda reason: self._page.act(partial(settle, more_reason=reason)),
            reason=tr("Why it can’t wait"),
        )


def _since(shown: GrowthView, held: CheckInView) -> SinceCheckIn | None:
    return since_check_in(held, shown.talks, shown.goals, shown.facts)


def in_one_go(workspace: Workspace, action: Callable[[], ChangeReport], *, typing: bool) -> ChangeReport:
    """Run it; what was typed into a field that is left enters the history as one change."""
    changed = action()
    if not typing:
        workspace.finish_typing()
    return changed
