"""Invitations to rounds: what a calendar is told, and what it was told that holds no more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.calendar import Attendee, RoundEvent, attendee_of, attendee_text
from app.domain.pipeline import Outcome
from app.errors import NotYet
from app.records.candidate import first_mail
from app.records.rounds import HeldRound, held_rounds
from app.store.columns import among, rows_of
from app.store.tables import Application, Colleague, Setting
from app.store.tables_mail import Invitation
from app.store.workspace import Workspace
from app.words import clock, short_day, tr


@dataclass(frozen=True)
class InvitationDue:
    """An invitation that says something else than what holds now: in words, and the event that puts it right."""

    words: str
    event: RoundEvent


def round_events(workspace: Workspace, interviews: Collection[int]) -> tuple[RoundEvent, ...]:
    """What these interviews are to a calendar. Raises NotYet where one has no time."""
    with workspace.read() as connection:
        return tuple(_event(connection, workspace, held) for held in held_rounds(connection, interviews))


def invitations_due(workspace: Workspace, application: int) -> tuple[InvitationDue, ...]:
    """What calendars were told of this application and holds no more: a round moved, taken out, or not to come."""
    with workspace.read() as connection:
        sent = _newest_sent(connection, application)
        held = {one.interview.id: one for one in held_rounds(connection, sent.keys())}
        outcome = select(col(Application.outcome)).where(col(Application.id) == application)
        is_open = connection.execute(outcome).scalar() == Outcome.ACTIVE
        found = []
        for number, last in sent.items():
            if last.cancelled or last.starts_at < workspace.now():
                continue
            now = held.get(number)
            gone = now is None or now.interview.starts_at is None or not is_open
            if gone:
                found.append(_taken_back(connection, workspace, last))
            elif now is not None and _says_otherwise(last, event := _event(connection, workspace, now)):
                found.append(InvitationDue(_moved_words(workspace, last), event))
        return tuple(found)


def _event(connection: Connection, workspace: Workspace, one: HeldRound) -> RoundEvent:
    held = one.interview
    if held.starts_at is None:
        raise NotYet(tr("This interview has no time yet."), tr("Give it one, then put it into a calendar."))
    last = _sent(connection, [held.id]).get(held.id)
    setting = rows_of(connection, Setting)[0]
    about = tr("{role}. Round {n}, by {who}.").format(role=one.opening.role, n=one.position + 1, who=one.interviewer)
    event = RoundEvent(
        held.id,
        held.application_id,
        setting.key,
        tr("{round}: {candidate}").format(round=one.exercise, candidate=one.candidate),
        about,
        held.starts_at,
        held.minutes,
        held.place,
        _organiser(connection, workspace.me),
        (Attendee(one.interviewer, one.interviewer_mail), Attendee(one.candidate, first_mail(connection, one.person))),
        0,
    )
    if last is None:
        return event
    count = last.sequence + (1 if _says_otherwise(last, event) else 0)
    return replace(event, sequence=count)


def _says_otherwise(last: Invitation, event: RoundEvent) -> bool:
    """Whether a calendar that has the last one has something else."""
    told = (last.title, last.starts_at, last.minutes, last.place, tuple(last.attendees))
    now = (event.title, event.starts_at, event.minutes, event.place, tuple(map(attendee_text, event.attendees)))
    return last.cancelled or told != now


def _organiser(connection: Connection, me: int | None) -> Attendee:
    query = select(col(Colleague.name), col(Colleague.mail)).where(col(Colleague.id) == me)
    found = connection.execute(query).first()
    return Attendee(*found) if found is not None else Attendee("", "")


def _sent(connection: Connection, interviews: Sequence[int]) -> dict[int, Invitation]:
    rows = rows_of(connection, Invitation, among(col(Invitation.interview), interviews), order_by=[col(Invitation.id)])
    return {row.interview: row for row in rows}


def _newest_sent(connection: Connection, application: int) -> dict[int, Invitation]:
    of_it = col(Invitation.application_id) == application
    return {row.interview: row for row in rows_of(connection, Invitation, of_it, order_by=[col(Invitation.id)])}


def _taken_back(connection: Connection, workspace: Workspace, last: Invitation) -> InvitationDue:
    setting = rows_of(connection, Setting)[0]
    event = RoundEvent(
        last.interview,
        last.application_id,
        setting.key,
        last.title,
        "",
        last.starts_at,
        last.minutes,
        last.place,
        _organiser(connection, workspace.me),
        tuple(map(attendee_of, last.attendees)),
        last.sequence + 1,
        cancelled=True,
    )
    words = tr("An invitation is out to “{title}”, {when}: take it back…")
    return InvitationDue(words.format(title=last.title, when=_when(workspace, last.starts_at)), event)


def _moved_words(workspace: Workspace, last: Invitation) -> str:
    words = tr("The invitation to “{title}” says {when}: send what holds now…")
    return words.format(title=last.title, when=_when(workspace, last.starts_at))


def _when(workspace: Workspace, moment: datetime) -> str:
    return f"{short_day(moment.astimezone(workspace.zone).date())}, {clock(moment, workspace.zone)}"
