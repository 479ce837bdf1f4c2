"""Openings: a job to fill, with its stages, its plan and what it must have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.actions.plan import replace_plan, rewrite_must_have, write_plan
from app.domain.exercise import Exercise
from app.domain.operations import Op
from app.domain.pack import Pack
from app.domain.pipeline import DEFAULT_STAGES
from app.domain.plan import plan_lacks, plan_of_pack
from app.errors import Refused
from app.records.opening_rubric import levels_of, own_exercises, with_exercises
from app.records.plan import newest_plan, read_plan
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.rubric import read_pack
from app.store.step import Step
from app.store.tables import Application, Interview, Opening, Scorecard, Stage
from app.store.tables_rubric import OwnExercise
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class NewOpening:
    """What a person fills in; `must_have` None takes the pack's, `plan` the pack's default one.

    `guide` is the version of a guide the level is one of; None for the rubric's own.
    """

    code: str
    role: str
    level: str
    seats: int = 1
    approved_on: date | None = None
    approved_by: int | None = None
    manager: int | None = None
    target_from: int = 60
    target_to: int = 120
    stages: tuple[str, ...] = DEFAULT_STAGES
    must_have: tuple[str, ...] | None = None
    plan: str | None = None
    guide: int | None = None


def add(workspace: Workspace, new: NewOpening, rubric_version: int) -> ChangeReport:
    """Add an opening with stages and the rounds of a plan of its rubric version. Raises Refused, naming the field."""
    with workspace.step(Op.ADD_OPENING) as step:
        pack = read_pack(step.connection, rubric_version)
        _check(step, new.code, new.role)
        _check_days(new.target_from, new.target_to)
        _check_level(step, new.level, rubric_version, new.guide)
        row = step.add(
            Opening,
            code=new.code.strip(),
            role=new.role.strip(),
            level=new.level,
            seats=new.seats,
            approved_on=new.approved_on,
            approved_by_id=new.approved_by,
            manager_id=new.manager,
            target_from=new.target_from,
            target_to=new.target_to,
            rubric_id=rubric_version,
            guide_id=new.guide,
        )
        for position, name in enumerate(new.stages):
            step.add(Stage, opening_id=row, position=position, name=name)
        plan = pack.rubric.plan(new.plan) if new.plan else pack.rubric.default_plan
        write_plan(step, row, plan_of_pack(pack.rubric, plan, new.must_have))
        step.words = tr("opening {code}").format(code=new.code.strip())
    return step.report()


def edit(
    workspace: Workspace,
    opening: int,
    *,
    code: str,
    role: str,
    level: str,
    seats: int,
    approved_on: date | None,
    approved_by: int | None,
    manager: int | None,
    target_from: int = 60,
    target_to: int = 120,
    must_have: tuple[str, ...] | None = None,
    guide: int | None = None,
    rubric: int | None = None,
) -> ChangeReport:
    """Change an opening's facts, and its must-haves and its rubric version where they are given, in one step.

    Its level, the guide that is one of, and its must-haves stay once somebody is interviewed for it.
    """
    with workspace.step(Op.EDIT_OPENING, merge=("opening", opening)) as step:
        known = step.get(Opening, opening)
        _check(step, code, role, opening)
        _check_days(target_from, target_to)
        if rubric is not None and rubric != known.rubric_id:
            _move_rubric(step, known, rubric)
        _check_level(step, level, rubric or known.rubric_id, guide)
        if (level, guide) != (known.level, known.guide_id) and _interviewed(step, opening):
            raise Refused(
                tr("The level of {code} stays {level}: cards are scored against it.").format(
                    code=known.code, level=known.level
                ),
                tr("Open a new opening for another level."),
            )
        step.edit(
            Opening,
            opening,
            code=code.strip(),
            role=role.strip(),
            level=level,
            guide_id=guide,
            seats=seats,
            approved_on=approved_on,
            approved_by_id=approved_by,
            manager_id=manager,
            target_from=target_from,
            target_to=target_to,
        )
        if must_have is not None:
            rewrite_must_have(step, opening, must_have)
        step.words = tr("edit of {code}").format(code=code.strip())
    return step.report()


def _interviewed(step: Step, opening: int) -> bool:
    query = select(col(Interview.id)).select_from(Interview).join(Application)
    return bool(step.first(query.where(col(Application.opening_id) == opening).limit(1)))


def _move_rubric(step: Step, known: Opening, version: int) -> None:
    """Score an opening by another version of its rubric, or by another rubric, from now on.

    Its plan stays where the version has all it names; before the first interview is planned it is else the version's
    own. Raises Refused once a card was begun, and while interviews are planned by what the version has not.
    """
    pack = read_pack(step.connection, version)
    if _scored(step, known.id):
        raise Refused(
            tr("A card was begun for {code}, so it stays on its rubric.").format(code=known.code),
            tr("Add another opening for the new version."),
        )
    stored = read_plan(step.connection, newest_plan(step.connection, known.id))
    rubric = with_exercises(pack.rubric, own_exercises(step.connection, known.id))
    same = read_pack(step.connection, known.rubric_id).id == pack.id
    step.edit(Opening, known.id, rubric_id=version)
    _keep_own_rounds(step, known.id, pack)
    if not same or plan_lacks(stored.plan, rubric):
        if _interviewed(step, known.id):
            raise Refused(
                tr("Interviews for {code} are planned by what “{rubric}” {version} has not.").format(
                    code=known.code, rubric=pack.rubric.name, version=pack.rubric.version
                ),
                tr("Take those interviews out first, or add another opening."),
            )
        replace_plan(step, stored, plan_of_pack(pack.rubric, pack.rubric.default_plan))


def _keep_own_rounds(step: Step, opening: int, pack: Pack) -> None:
    """An opening's own exercises score what the new version has; one that would score nothing goes."""
    known = set(pack.rubric.dimension_ids)
    asked = {q.id for d in pack.rubric.dimensions for q in d.questions}
    for row in rows_of(step.connection, OwnExercise, col(OwnExercise.opening_id) == opening):
        own = Exercise.model_validate_json(row.content)
        primary = tuple(d for d in own.primary if d in known)
        if not primary:
            step.remove(OwnExercise, row.id)
            continue
        secondary = tuple(d for d in own.secondary if d in known)
        questions = tuple(q for q in own.questions if q in asked)
        kept = own.model_copy(update={"primary": primary, "secondary": secondary, "questions": questions})
        step.edit(OwnExercise, row.id, content=kept.as_text())


def _scored(step: Step, opening: int) -> bool:
    query = (
        select(col(Scorecard.id))
        .select_from(Scorecard)
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .join(Application, col(Application.id) == col(Interview.application_id))
    )
    return bool(step.first(query.where(col(Application.opening_id) == opening).limit(1)))


def _check_level(step: Step, level: str, rubric: int, guide: int | None) -> None:
    if level not in dict(levels_of(step.connection, rubric, guide)):
        raise Refused(tr("The guide has no level “{level}”.").format(level=level), tr("Choose one of its levels."))


def _check(step: Step, code: str, role: str, own: int | None = None) -> None:
    if not code.strip() or not role.strip():
        raise Refused(tr("An opening needs a code and a role."), tr("Type both, such as SR-2026-01."))
    if step.first(select(col(Opening.id)).where(col(Opening.code) == code.strip(), col(Opening.id) != (own or 0))):
        raise Refused(
            tr("There is an opening {code} already.").format(code=code.strip()), tr("Give this one another code.")
        )


def _check_days(first: int, last: int) -> None:
    if not 0 < first <= last:
        raise Refused(
            tr("The days to fill it run from {first} to {last}.").format(first=first, last=last),
            tr("Write the fewer days first, at least one."),
        )
