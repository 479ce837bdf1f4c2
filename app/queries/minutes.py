"""All facts of a calibration's minutes, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import select
from sqlmodel import col

from app.errors import NotYet
from app.queries.calibration import CalibrationView, page_in
from app.store.tables import Colleague
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class MinutesFacts:
    """Everything minutes print; `as_of` is the time of the newest fact."""

    page: CalibrationView
    kept_by: str
    as_of: datetime
    zone: tzinfo
    paper: str


def minutes_facts(workspace: Workspace, calibration: int) -> MinutesFacts:
    """The minutes of a session. Raises NotFound, and NotYet before it begins or while a member is sealed to me."""
    with workspace.read() as connection:
        page = page_in(connection, workspace, calibration)
        if page.started_at is None:
            raise NotYet(tr("The session of {name} has not begun.").format(name=page.name), tr("Begin it first."))
        sealed = [m.name for m in page.members if m.judged is None]
        if sealed:
            raise NotYet(tr("The assessments of {name} are sealed to you.").format(name=sealed[0]))
        kept = connection.execute(select(col(Colleague.name)).where(col(Colleague.id) == workspace.me)).scalar()
    return MinutesFacts(page, kept or "", newest(page), workspace.zone, workspace.settings.paper)


def newest(page: CalibrationView) -> datetime:
    """The time of the newest fact of a calibration."""
    assert page.started_at is not None
    moments = [page.started_at, page.closed_at]
    for one in page.members:
        moments += [one.talked_at, one.talked_again_at, *(o.at for o in one.outcomes)]
        moments += [moment for vote in one.votes for moment in (vote.opened_at, vote.ended_at)]
        if one.judged is not None:
            moments += [v.at for v in one.judged.votes] + [g.submitted_at for g in one.judged.newest]
    return max(m for m in moments if m is not None)
