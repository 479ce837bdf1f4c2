"""Invitations to rounds: what a calendar is told, and what it was told that holds no more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.domain.calendar import RoundEvent
from app.domain.csv_table import one_line
from app.errors import NotYet
from app.records.invitations import WrongInvitation, events_of, wrong_invitations
from app.records.rounds import held_rounds
from app.store.workspace import Workspace
from app.words import clock, short_day, tr

_LONGEST = 120  # characters of a title in a sentence


@dataclass(frozen=True)
class InvitationDue:
    """An invitation that says something else than what holds now: in words, and the events that put it right."""

    words: str
    events: tuple[RoundEvent, ...]


def round_events(workspace: Workspace, interviews: Collection[int]) -> tuple[RoundEvent, ...]:
    """What these interviews are to a calendar; before one, what takes it back from who is invited no more.

    Raises NotYet where one has no time.
    """
    with workspace.read() as connection:
        held = held_rounds(connection, interviews)
        if any(one.interview.starts_at is None for one in held):
            raise NotYet(tr("This interview has no time yet."), tr("Give it one, then put it into a calendar."))
        return tuple(event for events in events_of(connection, workspace.me, held) for event in events)


def invitations_due(workspace: Workspace, application: int) -> tuple[InvitationDue, ...]:
    """What calendars were told of this application and holds no more: a round moved, given to somebody else, taken out,
    or not to come."""
    with workspace.read() as connection:
        wrong = wrong_invitations(connection, workspace.me, workspace.now(), application)
    return tuple(InvitationDue(_words(workspace, one), one.events) for one in wrong)


def _words(workspace: Workspace, one: WrongInvitation) -> str:
    words = tr("The invitation to “{title}” says {when}: send what holds now…")
    if one.gone:
        words = tr("An invitation is out to “{title}”, {when}: take it back…")
    shown = "".join(c if c.isprintable() else " " for c in one_line(one.title))
    title = f"{shown[:_LONGEST]}…" if len(shown) > _LONGEST else shown
    return words.format(title=title, when=_when(workspace, one.starts_at))


def _when(workspace: Workspace, moment: datetime) -> str:
    return f"{short_day(moment.astimezone(workspace.zone).date())}, {clock(moment, workspace.zone)}"
