"""Work on Today that is put off, and taken up again."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from app.domain.operations import Op
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables_pipeline import PutOff
from app.store.workspace import Workspace
from app.words import tr

_LONGEST = 366  # days


def put_off(workspace: Workspace, what: str, about: str, days: int) -> ChangeReport:
    """Put work off by so many days, for who uses the workspace alone. Raises Refused where it is not known who."""
    until = workspace.today() + timedelta(days=min(max(days, 1), _LONGEST))
    with workspace.step(Op.PUT_OFF) as step:
        known = _known(step, what)
        if known is None:
            step.add(PutOff, colleague_id=step.me, what=what, until=until)
        else:
            step.edit(PutOff, known, until=until)
        step.words = tr("putting off: {about}").format(about=about)
    return step.report()


def take_up(workspace: Workspace, what: str, about: str) -> ChangeReport:
    """Have it on Today again."""
    with workspace.step(Op.PUT_OFF) as step:
        known = _known(step, what)
        if known is not None:
            step.remove(PutOff, known)
        step.words = tr("taking up: {about}").format(about=about)
    return step.report()


def _known(step: Step, what: str) -> int | None:
    query = select(col(PutOff.id)).where(col(PutOff.colleague_id) == step.me, col(PutOff.what) == what)
    found = step.first(query)
    return found[0] if found is not None else None
