"""Colleagues, and which of them is "me"."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from app.domain.operations import Op
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.tables import Colleague, Interview, Opening, Scorecard, Setting
from app.store.workspace import Workspace
from app.words import tr


def add(workspace: Workspace, name: str, mail: str = "", role: str = "") -> ChangeReport:
    """Add a colleague; the first one becomes "me"."""
    with workspace.step(Op.ADD_COLLEAGUE) as step:
        row = step.add(Colleague, name=_named(name), mail=mail.strip(), role=role.strip())
        step.words = tr("colleague {name}").format(name=name.strip())
        if step.get(Setting, 1).me_id is None:
            step.edit(Setting, 1, me_id=row)
    return step.report()


def edit(workspace: Workspace, colleague: int, name: str, mail: str, role: str) -> ChangeReport:
    """Change a colleague's name, mail and role."""
    with workspace.step(Op.EDIT_COLLEAGUE, merge=("colleague", colleague)) as step:
        step.edit(Colleague, colleague, name=_named(name), mail=mail.strip(), role=role.strip())
        step.words = tr("edit of {name}").format(name=name.strip())
    return step.report()


def remove(workspace: Workspace, colleague: int) -> ChangeReport:
    """Remove a colleague whom nothing names. Raises Refused for one who is me, interviews or has written cards."""
    with workspace.step(Op.REMOVE_COLLEAGUE) as step:
        name = step.get(Colleague, colleague).name
        named = (
            step.get(Setting, 1).me_id == colleague
            or step.first(select(col(Interview.id)).where(col(Interview.interviewer_id) == colleague))
            or step.first(select(col(Scorecard.id)).where(col(Scorecard.author_id) == colleague))
            or step.first(
                select(col(Opening.id)).where(
                    (col(Opening.manager_id) == colleague) | (col(Opening.approved_by_id) == colleague)
                )
            )
        )
        if named:
            raise Refused(
                tr("{name} interviews, has written a card, or stands in an opening.").format(name=name),
                tr("Give their interviews to somebody else first. Cards that are in keep their author."),
            )
        step.remove(Colleague, colleague)
        step.words = tr("removal of {name}").format(name=name)
    return step.report()


def become(workspace: Workspace, colleague: int) -> ChangeReport:
    """Say which colleague uses this workspace."""
    with workspace.step(Op.CHANGE_SETTINGS) as step:
        name = step.get(Colleague, colleague).name
        step.edit(Setting, 1, me_id=colleague)
        step.words = tr("“{name} is me”").format(name=name)
    return step.report()


def _named(name: str) -> str:
    if not name.strip():
        raise Refused(tr("A colleague needs a name."), tr("Type one."))
    return name.strip()
