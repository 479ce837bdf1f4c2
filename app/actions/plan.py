"""Interview plans: changed before anybody is interviewed, a new version with a reason after it; kept as templates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select
from sqlmodel import col

from app.domain.exercise import Exercise
from app.domain.operations import Op
from app.domain.plan import InterviewPlan, PlanLack, plan_lacks
from app.domain.rubric import Rubric
from app.errors import Refused
from app.records.opening_rubric import opening_rubric
from app.records.plan import StoredPlan, newest_plan, read_plan
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.step import Step
from app.store.tables import Application, Interview, Opening
from app.store.tables_panel import Plan, PlanRound, PlanSeat, PlanTemplate
from app.store.tables_rubric import OwnExercise
from app.store.workspace import Workspace
from app.words import tr


def change(workspace: Workspace, opening: int, plan: InterviewPlan, reason: str = "") -> ChangeReport:
    """Give an opening this plan. Before its first interview is planned the plan is edited in its place.

    After it, it is a new version with a reason, for candidates with no interview yet; the others keep theirs.
    Raises Refused, naming what does not hold.
    """
    with workspace.read() as connection:
        used = is_used(connection, opening)
    op, merge = (Op.REVISE_PLAN, None) if used else (Op.CHANGE_PLAN, ("plan", opening))
    with workspace.step(op, merge=merge) as step:
        known = step.get(Opening, opening)
        _must_hold(plan, opening_rubric(step.connection, opening))
        if used:
            if not reason.strip():
                raise Refused(
                    tr("The plan of {code} is in use: an interview is planned by it.").format(code=known.code),
                    tr("Say why it changes. The change holds for candidates with no interview yet."),
                )
            written = write_plan(step, opening, plan, reason)
            _take_over(step, opening, written)
        else:
            _rewrite(step, newest_plan(step.connection, opening), plan)
        step.words = tr("plan of {code}").format(code=known.code)
    return step.report()


def rewrite_must_have(step: Step, opening: int, must_have: tuple[str, ...]) -> None:
    """Set what the opening must have, inside a running step, before its first interview is planned.

    Nothing happens where it has these already. Raises Refused once it is used.
    """
    newest = newest_plan(step.connection, opening)
    known = read_plan(step.connection, newest).plan
    if set(must_have) == set(known.must_have):
        return
    row = step.get(Opening, opening)
    if is_used(step.connection, opening):
        raise Refused(
            tr("The plan of {code} is in use, so its must-haves stay.").format(code=row.code),
            tr("Change them on the plan’s page, with a reason."),
        )
    changed = replace(known, must_have=must_have)
    _must_hold(changed, opening_rubric(step.connection, opening))
    _rewrite(step, newest, changed)


def add_exercise(workspace: Workspace, opening: int, exercise: Exercise) -> ChangeReport:
    """Give an opening a kind of interview of its own, beside its rubric's; its id is made here.

    Raises Refused for a name that is there already, and for dimensions or questions the rubric has not.
    """
    with workspace.step(Op.CHANGE_PLAN) as step:
        known, rubric = step.get(Opening, opening), opening_rubric(step.connection, opening)
        if exercise.name.casefold() in {e.name.casefold() for e in rubric.exercises}:
            raise Refused(
                tr("There is a round “{name}” already.").format(name=exercise.name), tr("Give this one another name.")
            )
        asked = {q.id for d in rubric.dimensions for q in d.questions}
        if {*exercise.primary, *exercise.secondary} - {*rubric.dimension_ids} or {*exercise.questions} - asked:
            raise Refused(tr("It names something that is not in this rubric."), tr("Choose what the rubric has."))
        taken, number = {e.id for e in rubric.exercises}, 1
        while f"own{number}" in taken:
            number += 1
        step.add(OwnExercise, opening_id=opening, content=exercise.model_copy(update={"id": f"own{number}"}).as_text())
        step.words = tr("round “{name}” for {code}").format(name=exercise.name, code=known.code)
    return step.report()


def remove_exercise(workspace: Workspace, opening: int, exercise: str) -> ChangeReport:
    """Take an opening's own kind of interview out again. Raises Refused while a plan of it has it."""
    with workspace.step(Op.CHANGE_PLAN) as step:
        known = step.get(Opening, opening)
        used = select(col(PlanRound.id)).join(Plan, col(Plan.id) == col(PlanRound.plan_id))
        if step.first(used.where(col(Plan.opening_id) == opening, col(PlanRound.exercise) == exercise)):
            raise Refused(
                tr("A plan of {code} has this round.").format(code=known.code), tr("Take it out of the plan first.")
            )
        for row in rows_of(step.connection, OwnExercise, col(OwnExercise.opening_id) == opening):
            if Exercise.model_validate_json(row.content).id == exercise:
                step.remove(OwnExercise, row.id)
        step.words = tr("removal of a round of {code}").format(code=known.code)
    return step.report()


def keep_template(workspace: Workspace, name: str, plan: InterviewPlan) -> ChangeReport:
    """Keep a plan under a name, without its people. One of that name is replaced."""
    if not name.strip():
        raise Refused(tr("A template needs a name."), tr("Type one, such as “Four rounds, remote”."))
    with workspace.step(Op.KEEP_TEMPLATE) as step:
        known = step.first(select(col(PlanTemplate.id)).where(col(PlanTemplate.name) == name.strip()))
        if known:
            step.edit(PlanTemplate, known[0], content=plan.as_text(), kept_at=step.at)
        else:
            step.add(PlanTemplate, name=name.strip(), content=plan.as_text(), kept_at=step.at)
        step.words = tr("template {name}").format(name=name.strip())
    return step.report()


def remove_template(workspace: Workspace, template: int) -> ChangeReport:
    """Let a template go."""
    with workspace.step(Op.REMOVE_TEMPLATE) as step:
        step.words = tr("removal of the template {name}").format(name=step.get(PlanTemplate, template).name)
        step.remove(PlanTemplate, template)
    return step.report()


def write_plan(step: Step, opening: int, plan: InterviewPlan, reason: str = "") -> int:
    """Add a further version of an opening's plan inside a running step, and give its id."""
    last = step.first(select(func.coalesce(func.max(col(Plan.version)), 0)).where(col(Plan.opening_id) == opening))
    row = step.add(
        Plan,
        opening_id=opening,
        version=(last[0] if last else 0) + 1,
        reason=reason.strip(),
        made_at=step.at,
        by_id=step.who,
        **_rule(plan),
    )
    _add_rounds(step, row, plan)
    return row


def _rule(plan: InterviewPlan) -> dict[str, Any]:
    return {
        "must_have": list(plan.must_have),
        "hire_from": str(plan.hire_from),
        "mixed_from": str(plan.mixed_from),
        "without_score_allowed": plan.without_score_allowed,
        "budget": plan.budget,
    }


def _add_rounds(step: Step, row: int, plan: InterviewPlan) -> None:
    for position, planned in enumerate(plan.rounds):
        added = step.add(PlanRound, plan_id=row, position=position, exercise=planned.exercise, minutes=planned.minutes)
        for place, seat in enumerate(planned.seats):
            step.add(
                PlanSeat,
                round_id=added,
                position=place,
                colleague_id=seat.colleague,
                dimensions=list(seat.dimensions),
                shadow=seat.shadow,
            )


def replace_plan(step: Step, stored: StoredPlan, plan: InterviewPlan) -> None:
    """Put another plan in the place of one that nobody is interviewed by yet, inside a running step."""
    _rewrite(step, stored.id, plan)


def _rewrite(step: Step, row: int, plan: InterviewPlan) -> None:
    step.edit(Plan, row, **_rule(plan))
    if read_plan(step.connection, row).plan.rounds == plan.rounds:
        return
    for old in read_plan(step.connection, row).round_ids:
        step.remove_all(PlanSeat, col(PlanSeat.round_id) == old)
        step.remove(PlanRound, old)
    _add_rounds(step, row, plan)


def is_used(connection: Connection, opening: int) -> bool:
    """Whether an interview of the opening was planned, by whichever version of its plan."""
    query = select(col(Interview.id)).select_from(Interview).join(Application)
    return connection.execute(query.where(col(Application.opening_id) == opening).limit(1)).first() is not None


def _take_over(step: Step, opening: int, plan: int) -> None:
    """Candidates with no interview yet go through the new version."""
    seen = select(col(Interview.id)).where(col(Interview.application_id) == col(Application.id)).exists()
    query = select(col(Application.id), col(Application.candidate_id)).where(
        col(Application.opening_id) == opening, ~seen
    )
    about = step.about
    for application, candidate in step.rows(query):
        step.about = f"candidate:{candidate}"
        step.edit(Application, application, plan_id=plan)
    step.about = about


def _must_hold(plan: InterviewPlan, rubric: Rubric) -> None:
    lacks = plan_lacks(plan, rubric)
    if lacks:
        raise Refused(lack_words(*lacks[0]), tr("Change that, then save the plan."))


def lack_words(lack: PlanLack, number: int | None) -> str:
    """What keeps a plan from being saved, as a sentence; `number` is its round's, from 0."""
    sentence = {
        PlanLack.NO_ROUNDS: tr("The plan has no rounds."),
        PlanLack.UNKNOWN: tr("It names something that is not in this rubric."),
        PlanLack.NO_SEAT: tr("Nobody in it scores: every seat only shadows."),
        PlanLack.NO_DIMENSIONS: tr("A seat in it has no dimension."),
        PlanLack.MINUTES: tr("A round takes 5 to 480 minutes."),
        PlanLack.TWICE: tr("One person sits in it twice."),
        PlanLack.LIMITS: tr("The rule needs 1 ≤ mixed from ≤ hire from ≤ 4."),
    }[lack]
    return sentence if number is None else tr("Round {n}: {what}").format(n=number + 1, what=sentence)
