"""The first year of a member: its variant, chosen once; goals that depend; baselines; what is done; check-ins held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.actions.growth import today_of
from app.actions.member import about_member
from app.domain.onboarding import HorizonGoal, Onboarding, is_closed, needs_baseline, talks
from app.domain.operations import Op
from app.errors import NotYet, Refused
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.rubric import newest_version, read_pack
from app.store.step import Step
from app.store.tables_growth import GrowthCheckIn, Member, OnboardingGoal
from app.store.workspace import Workspace
from app.words import tr


def set_start(workspace: Workspace, member: int, on: date | None) -> ChangeReport:
    """Say on which day a member begins; every date of their first year moves with it."""
    with workspace.step(Op.ONBOARD, merge=("start", member)) as step:
        name = about_member(step, member)
        step.edit(Member, member, started_on=on)
        step.words = tr("first day of {name}").format(name=name)
    return step.report()


def begin(workspace: Workspace, member: int, variant: str) -> ChangeReport:
    """Begin a member's first year in a variant of the pack's plan. It is chosen once: taken back with undo, not
    changed, because what was agreed by it would change its meaning.

    Raises NotYet without a first day, Refused for a variant the plan has not or once one is chosen.
    """
    with workspace.step(Op.ONBOARD) as step:
        name = about_member(step, member)
        known = step.get(Member, member)
        if known.variant:
            raise Refused(
                tr("The first year of {name} has its variant already.").format(name=name),
                tr("It is chosen once; Ctrl+Z takes a choice back that was just made."),
            )
        if known.started_on is None:
            raise NotYet(tr("{name} has no first day yet.").format(name=name), tr("Set it first."))
        if variant not in {v.id for v in _plan(step).variants}:
            raise Refused(tr("The plan has no variant “{name}”.").format(name=variant), tr("Choose one of its own."))
        step.edit(Member, member, variant=variant)
        step.words = tr("first year of {name}").format(name=name)
    return step.report()


def choose_goals(workspace: Workspace, member: int, goals: Sequence[str]) -> ChangeReport:
    """Say which goals that depend on something apply. Raises Refused for one that depends on nothing."""
    with workspace.step(Op.ONBOARD, merge=("chosen", member)) as step:
        name = about_member(step, member)
        depend = {g.id for g in _plan(step).goals if g.only_if is not None}
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
        known = _goal_of(_plan(step), goal)
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
        due = next((t.on for t in talks(_plan(step), start) if t.checkin.day == day), None)
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


def _plan(step: Step) -> Onboarding:
    version = newest_version(step.connection)
    if version is None:
        raise NotYet(tr("No rubric pack is adopted yet."), tr("Adopt one: the first year comes with it."))
    return read_pack(step.connection, version).onboarding


def _goal_of(plan: Onboarding, goal: str) -> HorizonGoal:
    found = next((g for g in plan.goals if g.id == goal), None)
    if found is None:
        raise Refused(tr("The plan has no goal “{name}”.").format(name=goal), tr("Choose one of its goals."))
    return found
