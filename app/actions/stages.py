"""The stages of an opening, and stages kept under a name for further openings."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from app.domain.operations import Op
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.step import Step
from app.store.tables import Application, Opening, Stage, StageEntry
from app.store.tables_pipeline import StageTemplate
from app.store.workspace import Workspace
from app.words import tr


def add_stage(workspace: Workspace, opening: int, name: str) -> ChangeReport:
    """Add a stage behind the others. Raises Refused without a name, and for one that is there."""
    with workspace.step(Op.CHANGE_STAGES) as step:
        known = _stages(step, opening)
        name = _free_name(name, known)
        step.add(Stage, opening_id=opening, position=len(known), name=name)
        step.words = tr("stage {name}").format(name=name)
    return step.report()


def rename_stage(workspace: Workspace, stage: int, name: str) -> ChangeReport:
    """Call a stage otherwise, also where people are in it. Raises as `add_stage`."""
    with workspace.step(Op.CHANGE_STAGES) as step:
        row = step.get(Stage, stage)
        name = _free_name(name, [other for other in _stages(step, row.opening_id) if other.id != stage])
        step.edit(Stage, stage, name=name)
        step.words = tr("name of stage {name}").format(name=name)
    return step.report()


def move_stage(workspace: Workspace, stage: int, by: int) -> ChangeReport:
    """Move a stage by so many places; it stays at an end where there are no more."""
    with workspace.step(Op.CHANGE_STAGES) as step:
        row = step.get(Stage, stage)
        order = [other.id for other in _stages(step, row.opening_id)]
        place = order.index(stage)
        order.insert(min(max(0, place + by), len(order) - 1), order.pop(place))
        _put_in_order(step, order)
        step.words = tr("place of stage {name}").format(name=row.name)
    return step.report()


def remove_stage(workspace: Workspace, stage: int) -> ChangeReport:
    """Take a stage out in which nobody ever was. Raises Refused for another one, and for the last one."""
    with workspace.step(Op.CHANGE_STAGES) as step:
        row = step.get(Stage, stage)
        order = [other.id for other in _stages(step, row.opening_id) if other.id != stage]
        if not order:
            raise Refused(tr("This is the only stage."), tr("Add another one first."))
        if _was_used(step, [stage]):
            raise Refused(
                tr("“{name}” stays: somebody is in it, or was.").format(name=row.name),
                tr("Give it another name, or a later place."),
            )
        step.remove(Stage, stage)
        _put_in_order(step, order)
        step.words = tr("removal of stage {name}").format(name=row.name)
    return step.report()


def use_stages(workspace: Workspace, opening: int, names: Sequence[str]) -> ChangeReport:
    """Give an opening these stages in place of its own. Raises Refused once anybody was put into it."""
    with workspace.step(Op.CHANGE_STAGES) as step:
        known = _stages(step, opening)
        code = step.get(Opening, opening).code
        if _was_used(step, [stage.id for stage in known]):
            raise Refused(
                tr("Somebody was in {code} already, so its stages are changed one by one.").format(code=code),
                tr("Add, rename or move them."),
            )
        for stage in known:
            step.remove(Stage, stage.id)
        for position, name in enumerate(_checked(names)):
            step.add(Stage, opening_id=opening, position=position, name=name)
        step.words = tr("stages of {code}").format(code=code)
    return step.report()


def keep_template(workspace: Workspace, name: str, stages: Sequence[str]) -> ChangeReport:
    """Keep stages under a name; those kept under it before are replaced. Raises Refused without a name or a stage."""
    name = " ".join(name.split())
    if not name:
        raise Refused(tr("A template needs a name."), tr("Type one."))
    with workspace.step(Op.KEEP_STAGES) as step:
        held = list(_checked(stages))
        known = step.first(select(col(StageTemplate.id)).where(col(StageTemplate.name) == name))
        if known is not None:
            step.edit(StageTemplate, known[0], stages=held)
        else:
            step.add(StageTemplate, name=name, stages=held)
        step.words = tr("stages “{name}”").format(name=name)
    return step.report()


def remove_template(workspace: Workspace, template: int) -> ChangeReport:
    """Let go of stages that were kept under a name; openings keep theirs."""
    with workspace.step(Op.KEEP_STAGES) as step:
        name = step.get(StageTemplate, template).name
        step.remove(StageTemplate, template)
        step.words = tr("removal of stages “{name}”").format(name=name)
    return step.report()


def _stages(step: Step, opening: int) -> list[Stage]:
    order = [col(Stage.position), col(Stage.id)]
    return list(rows_of(step.connection, Stage, col(Stage.opening_id) == opening, order_by=order))


def _put_in_order(step: Step, order: Sequence[int]) -> None:
    for position, stage in enumerate(order):
        step.edit(Stage, stage, position=position)


def _was_used(step: Step, stages: Sequence[int]) -> bool:
    here = select(col(Application.id)).where(col(Application.stage_id).in_(stages)).limit(1)
    ever = select(col(StageEntry.id)).where(col(StageEntry.stage_id).in_(stages)).limit(1)
    return step.first(here) is not None or step.first(ever) is not None


def _free_name(name: str, others: Sequence[Stage]) -> str:
    """The name, with single blanks. Raises Refused where it is none, or another stage has it."""
    return _checked([*(other.name for other in others), name])[-1]


def _checked(names: Sequence[str]) -> tuple[str, ...]:
    """Names with single blanks. Raises Refused for none, an empty one and two that are the same."""
    clean = tuple(" ".join(name.split()) for name in names)
    if not clean or not all(clean):
        raise Refused(tr("A stage needs a name."), tr("Type one, such as “Case study”."))
    folded = [name.casefold() for name in clean]
    twice = next((name for name in reversed(clean) if folded.count(name.casefold()) > 1), None)
    if twice is not None:
        raise Refused(tr("“{name}” is there twice.").format(name=twice), tr("Name every stage once."))
    return clean
