"""Invitations to rounds: what was written into a calendar file is kept, so that a later one changes it."""

from __future__ import annotations

from collections.abc import Sequence

from app.actions.application import about_candidate
from app.domain.calendar import RoundEvent, attendee_text
from app.domain.operations import Op
from app.store.change_report import ChangeReport
from app.store.tables_mail import Invitation
from app.store.workspace import Workspace
from app.words import ntr


def invitations_written(workspace: Workspace, events: Sequence[RoundEvent]) -> ChangeReport:
    """Keep what these events say."""
    with workspace.step(Op.INVITE) as step:
        for event in events:
            about_candidate(step, event.application)
            step.add(
                Invitation,
                application_id=event.application,
                interview=event.interview,
                sequence=event.sequence,
                cancelled=event.cancelled,
                title=event.title,
                starts_at=event.starts_at,
                minutes=event.minutes,
                place=event.place,
                attendees=[attendee_text(one) for one in event.attendees],
                written_at=step.at,
                by_id=step.who,
            )
        rounds = len({event.interview for event in events})
        step.words = ntr("calendar file of a round", "calendar file of {n} rounds", rounds)
    return step.report()
