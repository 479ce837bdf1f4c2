"""Growth plans: begun, goals, actions as “When …, I will …”, steps so far. Everything here is typed, and undone.

Check-ins are in `actions.checkin`, evidence in `actions.evidence`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from app.actions.member import about_member
from app.actions.private_note import put_own_note
from app.domain.growth import MOST_GOALS, CheckFault, asks_why, check_faults, tidy_check
from app.domain.operations import Op
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.guide import read_guide
from app.store.step import Step
from app.store.tables import Colleague
from app.store.tables_goals import Goal, GoalAction
from app.store.tables_growth import EvidenceItem, GrowthPlan, Member
from app.store.workspace import Workspace
from app.words import day, ntr, tr

OPEN, REACHED, DROPPED = "open", "reached", "dropped"


@dataclass(frozen=True)
class NewGoal:
    """A goal as a form has it. `more_reason` is needed beside three open ones; `suggested_by` says where a
    suggestion it began with stands in the pack."""

    dimension: str
    title: str
    measure: str = ""
    owner: int | None = None
    with_whom: int | None = None
    due_on: date | None = None
    from_score: int | None = None
    to_score: int | None = None
    steps: int = 0
    steps_unit: str = ""
    support: str = ""
    kpi: str = ""
    suggested_by: str = ""
    more_reason: str = ""


def begin(
    workspace: Workspace, member: int, target: str | None, agreed_on: date | None = None, guide: int | None = None
) -> ChangeReport:
    """Begin a plan towards a level of a guide, or with None to stay and deepen. The plan before it ends.

    `guide` is a version; without it, the member's own. Raises NotFound, and Refused for a level it has not.
    """
    with workspace.step(Op.PLAN_GROWTH) as step:
        name = about_member(step, member)
        version = guide if guide is not None else step.get(Member, member).guide_id
        row = _begin_in(step, workspace, NewPlan(member, version, target, agreed_on))
        step.subject, step.subject_table = row, "growth_plan"
        step.words = tr("growth plan of {name}").format(name=name)
    return step.report()


@dataclass(frozen=True)
class NewPlan:
    """A plan to be begun: whose, by which version of a guide, towards which level of it or None to stay and deepen."""

    member: int
    guide: int
    target: str | None
    agreed_on: date | None = None


def _begin_in(step: Step, workspace: Workspace, new: NewPlan) -> int:
    """The plan before it ends."""
    _must_have_level(step, new.guide, new.target)
    known = step.values(
        select(col(GrowthPlan.id)).where(col(GrowthPlan.member_id) == new.member, col(GrowthPlan.ended_on).is_(None))
    )
    row = step.add(
        GrowthPlan,
        member_id=new.member,
        guide_id=new.guide,
        target=new.target,
        agreed_on=new.agreed_on,
        made_at=step.at,
    )
    for before in known:
        step.edit(GrowthPlan, before, ended_on=today_of(step, workspace))
    return row


def take_over(workspace: Workspace, plan: NewPlan, goals: Sequence[NewGoal]) -> ChangeReport:
    """Make these goals in one step, in the member's plan towards the level, which is begun where they have another one.

    Raises Refused for no goal, and as `begin` and `add_goal` do; then nothing is written.
    """
    if not goals:
        raise Refused(tr("No goal is chosen."), tr("Write what will be so for one of them at least."))
    with workspace.step(Op.PLAN_GROWTH) as step:
        name = about_member(step, plan.member)
        same = select(col(GrowthPlan.id)).where(
            col(GrowthPlan.member_id) == plan.member,
            col(GrowthPlan.ended_on).is_(None),
            col(GrowthPlan.guide_id) == plan.guide,
            col(GrowthPlan.target) == plan.target,
        )
        found = step.first(same.order_by(col(GrowthPlan.id).desc()))
        row = int(found[0]) if found is not None else _begin_in(step, workspace, plan)
        for goal in goals:
            _add_in(step, workspace, step.get(GrowthPlan, row), goal)
        step.subject, step.subject_table = row, "growth_plan"
        words = ntr("{n} goal of {{name}}", "{n} goals of {{name}}", len(goals))
        step.words = words.format(name=name)
    return step.report()


def edit_plan(workspace: Workspace, plan: int, *, typing: bool = False, **values: Any) -> ChangeReport:
    """Change some of a plan: target, agreed_on, and one's own private_note. Raises Refused for a level the guide has
    not."""
    with workspace.step(Op.PLAN_GROWTH, merge=("plan", plan, *sorted(values)), typing=typing) as step:
        known = step.get(GrowthPlan, plan)
        name = about_member(step, known.member_id)
        if "target" in values:
            _must_have_level(step, known.guide_id, values["target"])
        step.subject, step.subject_table = plan, "growth_plan"
        if "private_note" in values:
            put_own_note(step, values.pop("private_note"), plan=plan)
        if values:
            step.edit(GrowthPlan, plan, **values)
        step.words = tr("growth plan of {name}").format(name=name)
    return step.report()


def add_goal(
    workspace: Workspace,
    plan: int,
    goal: NewGoal,
    checks: Sequence[tuple[str, str]] = (),
    evidence: Sequence[int] = (),
) -> ChangeReport:
    """Add a goal with its actions; these items of evidence hang on it from then on. Raises Refused without a title,
    for a dimension the guide has not, beside three open ones without a reason, and for a plan that has ended."""
    with workspace.step(Op.CHANGE_GOAL) as step:
        known = step.get(GrowthPlan, plan)
        about_member(step, known.member_id)
        row = _add_in(step, workspace, known, goal)
        _put_checks(step, row, checks)
        for fact in evidence:
            if step.get(EvidenceItem, fact).member_id != known.member_id:
                raise Refused(tr("That evidence is another member’s."), tr("Choose theirs."))
            step.edit(EvidenceItem, fact, goal_id=row)
        step.subject, step.subject_table = row, "goal"
        step.words = tr("goal {n}").format(n=goal_number(step, row))
    return step.report()


def _add_in(step: Step, workspace: Workspace, plan: GrowthPlan, goal: NewGoal) -> int:
    if plan.ended_on is not None:
        raise Refused(tr("This plan ended on {day}.").format(day=day(plan.ended_on)), tr("Choose the one that holds."))
    _must_have_dimension(step, plan.guide_id, goal.dimension)
    _must_be_sound(step, plan.id, goal)
    last = step.first(select(func.coalesce(func.max(col(Goal.position)), 0)).where(col(Goal.plan_id) == plan.id))
    return step.add(
        Goal,
        plan_id=plan.id,
        position=(last[0] if last else 0) + 1,
        dimension=goal.dimension,
        title=goal.title.strip(),
        measure=goal.measure.strip(),
        owner_id=goal.owner,
        with_id=goal.with_whom,
        due_on=goal.due_on,
        from_score=goal.from_score,
        to_score=goal.to_score,
        steps=goal.steps,
        steps_unit=goal.steps_unit.strip(),
        support=goal.support.strip(),
        kpi=goal.kpi.strip(),
        suggested_by=goal.suggested_by,
        more_reason=goal.more_reason.strip(),
        made_on=today_of(step, workspace),
    )


def change_goal(workspace: Workspace, goal: int, values: NewGoal, checks: Sequence[tuple[str, str]]) -> ChangeReport:
    """What a form says of a goal, with its actions, in one step. Ticks stay with the actions that stay."""
    with workspace.step(Op.CHANGE_GOAL) as step:
        known = _goal(step, goal)
        _must_have_dimension(step, step.get(GrowthPlan, known.plan_id).guide_id, values.dimension)
        if not values.title.strip():
            raise _no_title()
        _must_be_count(values.steps)
        step.edit(
            Goal,
            goal,
            dimension=values.dimension,
            title=values.title.strip(),
            measure=values.measure.strip(),
            owner_id=values.owner,
            with_id=values.with_whom,
            due_on=values.due_on,
            from_score=values.from_score,
            to_score=values.to_score,
            steps=values.steps,
            steps_done=min(known.steps_done, values.steps),
            steps_unit=values.steps_unit.strip(),
            support=values.support.strip(),
            kpi=values.kpi.strip(),
        )
        _put_checks(step, goal, checks)
        step.subject, step.subject_table = goal, "goal"
        step.words = tr("edit of goal {n}").format(n=goal_number(step, goal))
    return step.report()


def remove_goal(workspace: Workspace, goal: int) -> ChangeReport:
    """Take a goal out with its actions; evidence that hung on it stays with its dimension."""
    with workspace.step(Op.CHANGE_GOAL) as step:
        _goal(step, goal)
        step.words = tr("removal of goal {n}").format(n=goal_number(step, goal))
        for item in step.values(select(col(EvidenceItem.id)).where(col(EvidenceItem.goal_id) == goal)):
            step.edit(EvidenceItem, item, goal_id=None)
        step.remove_all(GoalAction, col(GoalAction.goal_id) == goal)
        step.remove(Goal, goal)
    return step.report()


def settle_goal(workspace: Workspace, goal: int, state: str, more_reason: str = "") -> ChangeReport:
    """Say that a goal is reached or dropped, or open again. Raises Refused where reopening makes a fourth open one
    without a reason."""
    if state not in (OPEN, REACHED, DROPPED):
        raise Refused(tr("A goal is open, reached or dropped."), tr("Choose one."))
    with workspace.step(Op.CHANGE_GOAL) as step:
        known = _goal(step, goal)
        values: dict[str, Any] = {"state": state, "settled_on": None if state == OPEN else today_of(step, workspace)}
        if state == OPEN and known.state != OPEN:
            _must_have_room(step, known.plan_id, more_reason)
            values["more_reason"] = more_reason.strip()
        step.edit(Goal, goal, **values)
        words = {OPEN: tr("goal {n} open again"), REACHED: tr("goal {n} reached"), DROPPED: tr("goal {n} dropped")}
        step.words = words[state].format(n=goal_number(step, goal))
    return step.report()


def set_steps(workspace: Workspace, goal: int, done: int, on: date | None) -> ChangeReport:
    """Say how many of a goal's steps are done, and on which day that was so. Raises Refused outside 0 to all."""
    with workspace.step(Op.CHANGE_GOAL, merge=("steps", goal)) as step:
        known = _goal(step, goal)
        if not 0 <= done <= known.steps:
            raise Refused(tr("This goal counts {n} steps.").format(n=known.steps), tr("Say a number from 0 to that."))
        step.edit(Goal, goal, steps_done=done, steps_on=on)
        step.words = tr("steps of goal {n}").format(n=goal_number(step, goal))
    return step.report()


def tick(workspace: Workspace, action: int, *, done: bool) -> ChangeReport:
    """Tick a “When …, I will …”, or take the tick off."""
    with workspace.step(Op.CHANGE_GOAL, merge=("tick", action)) as step:
        known = step.get(GoalAction, action)
        _goal(step, known.goal_id)
        step.edit(GoalAction, action, done=done, done_on=today_of(step, workspace) if done else None)
        step.words = tr("a tick of goal {n}").format(n=goal_number(step, known.goal_id))
    return step.report()


def today_of(step: Step, workspace: Workspace) -> date:
    """The step's day where the workspace is."""
    return step.at.astimezone(workspace.zone).date()


def goal_number(step: Step, goal: int) -> int:
    """Which goal of its plan it is, as the page numbers them, from 1."""
    known = step.get(Goal, goal)
    before = step.first(
        select(func.count()).where(col(Goal.plan_id) == known.plan_id, col(Goal.position) < known.position)
    )
    return (before[0] if before else 0) + 1


def check_words(fault: CheckFault) -> str:
    """What is wrong with a “When …, I will …”, as a sentence."""
    return {
        CheckFault.NO_WHEN: tr("“I will” needs a “When”: the moment it begins with."),
        CheckFault.NO_WILL: tr("“When” needs an “I will”: what is then done."),
        CheckFault.TOO_LONG: tr("“When …, I will …” is one moment and one act: make it shorter."),
        CheckFault.SAME: tr("“When” and “I will” say the same."),
    }[fault]


def _goal(step: Step, goal: int) -> Goal:
    known = step.get(Goal, goal)
    about_member(step, step.get(GrowthPlan, known.plan_id).member_id)
    return known


def _put_checks(step: Step, goal: int, checks: Sequence[tuple[str, str]]) -> None:
    """Actions in this order; one whose words stay keeps its tick. A row with neither half is left out."""
    wanted = [tidied for when, will in checks if any(tidied := tidy_check(when, will))]
    for when, will in wanted:
        for fault in check_faults(when, will):
            raise Refused(check_words(fault), tr("Write it so that somebody could see whether it happened."))
    of_goal = col(GoalAction.goal_id) == goal
    rows = rows_of(step.connection, GoalAction, of_goal, order_by=[col(GoalAction.position)])
    known = {(r.when_text, r.will_text): r.id for r in rows}
    kept = [known[w] for w in wanted if w in known]
    free = [r.id for r in rows if r.id not in kept]
    for position, (when, will) in enumerate(wanted):
        if (when, will) in known:
            step.edit(GoalAction, known[when, will], position=position)
        elif len(rows) == len(wanted) and free:
            step.edit(GoalAction, free.pop(0), position=position, when_text=when, will_text=will)
        else:
            step.add(GoalAction, goal_id=goal, position=position, when_text=when, will_text=will)
    for row in free:
        step.remove(GoalAction, row)


def _must_be_sound(step: Step, plan: int, goal: NewGoal) -> None:
    if not goal.title.strip():
        raise _no_title()
    _must_be_count(goal.steps)
    for person in (goal.owner, goal.with_whom):
        if person is not None:
            step.get(Colleague, person)
    _must_have_room(step, plan, goal.more_reason)


def _must_have_room(step: Step, plan: int, reason: str) -> None:
    found = step.first(select(func.count()).where(col(Goal.plan_id) == plan, col(Goal.state) == OPEN))
    if asks_why(found[0] if found else 0) and not reason.strip():
        raise Refused(
            tr("{n} goals are open already.").format(n=found[0] if found else MOST_GOALS),
            tr("Finish or drop one, or write why a further one can’t wait."),
        )


def _must_be_count(steps: int) -> None:
    if not 0 <= steps <= 50:
        raise Refused(tr("A goal counts from no step to fifty."), tr("Say a smaller number."))


def _must_have_level(step: Step, guide: int, level: str | None) -> None:
    if level is not None and level not in {known.id for known in read_guide(step.connection, guide).levels}:
        raise Refused(tr("The guide has no level “{level}”.").format(level=level), tr("Choose one of its levels."))


def _must_have_dimension(step: Step, guide: int, dimension: str) -> None:
    if dimension not in read_guide(step.connection, guide).dimension_ids:
        raise Refused(
            tr("The guide has no dimension “{name}”.").format(name=dimension), tr("Choose one of its dimensions.")
        )


def _no_title() -> Refused:
    return Refused(tr("A goal needs a sentence."), tr("Write what will be so when it is reached."))
