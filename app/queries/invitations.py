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
from app.words import clock, sentence_list, short_day, tr

_LONGEST, _LONGEST_NAME = 120, 40  # characters of a title and of a name in a sentence


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
    """What is wrong, and what can be done: the time it says, or whom it still names where the time is right."""
    words = tr("The invitation to “{title}” says {when}: send what holds now…")
    left = [_shown(a.name, _LONGEST_NAME) for event in one.events if event.goes_on for a in event.attendees]
    if one.gone:
        words = tr("An invitation is out to “{title}”, {when}: take it back…")
    elif left and one.events[-1].starts_at == one.starts_at:
        words = tr("The invitation to “{title}”, {when}, still names {names}: send what holds now…")
    title, when = _shown(one.title, _LONGEST), _when(workspace, one.starts_at)
    return words.format(title=title, when=when, names=sentence_list(left))


def _shown(text: str, most: int) -> str:
    shown = "".join(c if c.isprintable() else " " for c in one_line(text))
    return f"{shown[:most]}…" if len(shown) > most else shown


def _when(workspace: Workspace, moment: datetime) -> str:
    return f"{short_day(moment.astimezone(workspace.zone).date())}, {clock(moment, workspace.zone)}"
