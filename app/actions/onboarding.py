"""The first year of a member: its plan, chosen once and then edited; baselines; what is done; check-ins held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.actions.growth import today_of
from app.actions.member import about_member
from app.domain.onboarding import HorizonGoal, Onboarding, is_closed, needs_baseline, talks
from app.domain.onboarding_text import plan_with
from app.domain.operations import Op
from app.errors import NotYet, Refused
from app.records.member_rubric import first_year_of, first_year_templates
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.step import Step
from app.store.tables_growth import FirstYear, GrowthCheckIn, Member, OnboardingGoal
from app.store.workspace import Workspace
from app.words import tr


def set_start(workspace: Workspace, member: int, on: date | None) -> ChangeReport:
    """Say on which day a member begins; every date of their first year moves with it."""
    with workspace.step(Op.ONBOARD, merge=("start", member)) as step:
        name = about_member(step, member)
        step.edit(Member, member, started_on=on)
        step.words = tr("first day of {name}").format(name=name)
    return step.report()


def begin(workspace: Workspace, member: int, rubric: int, variant: str = "") -> ChangeReport:
    """Begin a member's first year from the plan of a rubric version, in one of its variants where it has any.

    It is chosen once: taken back with undo, not changed, because what was agreed by it would change its meaning. From
    then on the plan is the member's own and can be edited.

    Raises NotYet without a first day, Refused for a rubric without a plan, for a variant the plan has not, or once it
    has begun.
    """
    with workspace.step(Op.ONBOARD) as step:
        name = about_member(step, member)
        known = step.get(Member, member)
        if first_year_of(step.connection, member) is not None:
            raise Refused(
                tr("The first year of {name} has begun already.").format(name=name),
                tr("It is chosen once; Ctrl+Z takes a choice back that was just made."),
            )
        if known.started_on is None:
            raise NotYet(tr("{name} has no first day yet.").format(name=name), tr("Set it first."))
        templates = first_year_templates(step.connection, member, known.level)
        plan = next((t.plan for t in templates if t.rubric == rubric), None)
        if plan is None:
            raise Refused(tr("That rubric has no plan for a first year."), tr("Choose one that has."))
        if variant not in {v.id for v in plan.variants} and (variant or plan.variants):
            raise Refused(tr("The plan has no variant “{name}”.").format(name=variant), tr("Choose one of its own."))
        step.add(FirstYear, member_id=member, rubric_id=rubric, content=plan.as_text())
        step.edit(Member, member, variant=variant)
        step.words = tr("first year of {name}").format(name=name)
    return step.report()


def rewrite(workspace: Workspace, member: int, typed: Mapping[str, str]) -> ChangeReport:
    """Write the goals of a begun first year anew, by horizon, as `onboarding_text` reads them.

    Raises Refused where a goal would go of which something is written down already, and where nothing would be left.
    """
    with workspace.step(Op.ONBOARD, merge=("first year", member)) as step:
        name = about_member(step, member)
        row = next(iter(rows_of(step.connection, FirstYear, col(FirstYear.member_id) == member)), None)
        if row is None:
            raise NotYet(tr("The first year of {name} has not begun.").format(name=name), tr("Begin it first."))
        before = Onboarding.model_validate_json(row.content)
        try:
            after = plan_with(before, dict(typed))
        except ValueError as wrong:
            raise Refused(
                tr("That is no plan for a first year."), tr("Leave at least one goal, of 800 characters at most.")
            ) from wrong
        if len(after.horizons) < len(before.horizons):
            raise Refused(tr("A time would be left without a goal."), tr("Leave at least one in each."))
        kept = {g.id for g in after.goals}
        gone = {g.id: g.text for g in before.goals if g.id not in kept}
        for goal in rows_of(step.connection, OnboardingGoal, col(OnboardingGoal.member_id) == member):
            if goal.goal in gone and (goal.baseline or goal.reached or goal.done_on or goal.note):
                raise Refused(
                    tr("Something is written down of “{goal}”.").format(goal=gone[goal.goal]),
                    tr("Change its words, or take what is written out first."),
                )
        chosen = step.get(Member, member).onboarding_goals
        step.edit(FirstYear, row.id, content=after.as_text())
        if set(chosen) - kept:
            step.edit(Member, member, onboarding_goals=[g for g in chosen if g in kept])
        step.words = tr("goals of the first year of {name}").format(name=name)
    return step.report()


def choose_goals(workspace: Workspace, member: int, goals: Sequence[str]) -> ChangeReport:
    """Say which goals that depend on something apply. Raises Refused for one that depends on nothing."""
    with workspace.step(Op.ONBOARD, merge=("chosen", member)) as step:
        name = about_member(step, member)
        depend = {g.id for g in _plan(step, member).goals if g.only_if is not None}
        if set(goals) - depend:
            raise Refused(tr("That goal does not depend on anything."), tr("Choose one that does."))
        step.edit(Member, member, onboarding_goals=list(goals))
        step.words = tr("goals of the first year of {name}").format(name=name)
    return step.report()


def set_goal(workspace: Workspace, member: int, goal: str, *, typing: bool = False, **values: Any) -> ChangeReport:
    """Write down how far a goal is: baseline, reached, note, done_on. Raises Refused for a goal the plan has not,
    and NotYet for progress on a target whose baseline is not known."""
    with workspace.step(Op.ONBOARD, merge=("year", member, goal, *sorted(values)), typing=typing) as step:
        name = about_member(step, member)
        known = _goal_of(_plan(step, member), goal)
        of_it = (col(OnboardingGoal.member_id) == member, col(OnboardingGoal.goal) == goal)
        row = next(iter(rows_of(step.connection, OnboardingGoal, *of_it)), None)
        baseline = values.get("baseline", row.baseline if row else "")
        progress = (values.get("reached"), values.get("done_on"))
        if is_closed(known, baseline) and any(progress):
            raise NotYet(
                tr("This target is closed until its baseline is known."), tr("Write the starting value down first.")
            )
        if row is None:
            step.add(OnboardingGoal, member_id=member, goal=goal, **values)
        else:
            if needs_baseline(known) and not baseline.strip() and (row.reached or row.done_on):
                raise Refused(
                    tr("Progress stands against this baseline."), tr("Take the progress out before the baseline.")
                )
            step.edit(OnboardingGoal, row.id, **values)
        step.words = tr("first year of {name}").format(name=name)
    return step.report()


def hold(workspace: Workspace, member: int, day: int) -> ChangeReport:
    """Hold the check-in of so many days after the start, today. Held twice, it is the same one. Raises NotYet without
    a first day, Refused for a day on which the plan has none."""
    with workspace.step(Op.CHECK_IN) as step:
        name = about_member(step, member)
        start = step.get(Member, member).started_on
        if start is None:
            raise NotYet(tr("{name} has no first day yet.").format(name=name), tr("Set it first."))
        due = next((t.on for t in talks(_plan(step, member), start) if t.checkin.day == day), None)
        if due is None:
            raise Refused(tr("The plan has no check-in on day {n}.").format(n=day), tr("Choose one of its own."))
        known = step.first(
            select(col(GrowthCheckIn.id)).where(
                col(GrowthCheckIn.member_id) == member,
                col(GrowthCheckIn.plan_id).is_(None),
                col(GrowthCheckIn.day) == day,
            )
        )
        if known:
            step.subject, step.subject_table = known[0], "growth_talk"
        else:
            today = today_of(step, workspace)
            step.add(GrowthCheckIn, member_id=member, due_on=due, held_on=today, prepared=[], day=day)
        step.words = tr("check-in with {name}").format(name=name)
    return step.report()


def _plan(step: Step, member: int) -> Onboarding:
    found = first_year_of(step.connection, member)
    if found is None:
        raise NotYet(tr("This first year has not begun."), tr("Choose the plan it begins from."))
    return found.plan


def _goal_of(plan: Onboarding, goal: str) -> HorizonGoal:
    found = next((g for g in plan.goals if g.id == goal), None)
    if found is None:
        raise Refused(tr("The plan has no goal “{name}”.").format(name=goal), tr("Choose one of its goals."))
    return found
