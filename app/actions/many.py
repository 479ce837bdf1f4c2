"""What is done to several candidates or applications at once, all or none, in one step."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlmodel import col

from app.actions.application import ClosedApplication, close_one, move_in
from app.actions.candidate import person, put_tags
from app.domain.operations import Op
from app.domain.pipeline import Outcome
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.tables_people import Tag
from app.store.workspace import Workspace
from app.words import ntr, tr


def move_all(workspace: Workspace, stages: Mapping[int, int]) -> ChangeReport:
    """Move applications, each to a stage of its own opening. Raises as `application.move`, and Refused for none."""
    _must_be_some(stages)
    with workspace.step(Op.MOVE_APPLICATION) as step:
        for application, stage in sorted(stages.items()):
            move_in(step, application, stage)
        step.words = ntr("move of {n} application", "move of {n} applications", len(stages))
    return step.report()


def close_all(workspace: Workspace, applications: Collection[int], end: ClosedApplication) -> ChangeReport:
    """Close applications with one reason. Nobody is hired by the dozen. Raises as `application.close`."""
    _must_be_some(applications)
    if end.outcome not in (Outcome.REJECTED, Outcome.WITHDRAWN):
        raise Refused(tr("Several applications are closed as rejected or withdrawn."), tr("Choose one."))
    with workspace.step(Op.CLOSE_APPLICATION) as step:
        for application in sorted(applications):
            close_one(step, application, end)
        step.words = ntr("closing of {n} application", "closing of {n} applications", len(applications))
    return step.report()


def tag_all(workspace: Workspace, candidates: Collection[int], names: Collection[str]) -> ChangeReport:
    """Put tags to candidates; who has one keeps it. Raises Refused where there is none to put."""
    _must_be_some(candidates)
    if not any(name.strip() for name in names):
        raise Refused(tr("No tag is named."), tr("Type one."))
    with workspace.step(Op.TAG_CANDIDATE) as step:
        for candidate in sorted(candidates):
            step.about = person(candidate)
            put_tags(step, candidate, names)
        step.words = tr("tag {names}").format(names=", ".join(names))
    return step.report()


def untag_all(workspace: Workspace, candidates: Collection[int], name: str) -> ChangeReport:
    """Take a tag from candidates who have it."""
    with workspace.step(Op.TAG_CANDIDATE) as step:
        for candidate in sorted(candidates):
            step.about = person(candidate)
            held = select(col(Tag.id)).where(col(Tag.candidate_id) == candidate, col(Tag.name) == name)
            for tag in step.values(held):
                step.remove(Tag, tag)
        step.words = tr("removal of tag {name}").format(name=name)
    return step.report()


def _must_be_some(chosen: Collection[int]) -> None:
    if not chosen:
        raise Refused(tr("Nobody is chosen."), tr("Choose one or several first."))
