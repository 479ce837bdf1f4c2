"""What calendars were told of rounds, what rounds are to them now, and which of what they were told holds no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, or_, select
from sqlmodel import col

from app.domain.calendar import Attendee, RoundEvent, attendee_of, attendee_text
from app.domain.pipeline import Outcome
from app.records.candidate import first_mail
from app.records.rounds import HeldRound, held_rounds
from app.store.columns import aliased, among, rows_of
from app.store.tables import Application, Colleague, Interview, Setting
from app.store.tables_mail import Invitation
from app.words import tr


@dataclass(frozen=True)
class WrongInvitation:
    """An invitation that says something else than what holds now: to what, when (aware), whether the round is not to
    come at all, and the events that put it right, in their order."""

    application: int
    title: str
    starts_at: datetime
    gone: bool
    events: tuple[RoundEvent, ...]


def events_of(connection: Connection, me: int | None, held: Iterable[HeldRound]) -> list[tuple[RoundEvent, ...]]:
    """What rounds that have a time are to a calendar: each with what takes it back from who is invited no more."""
    rounds = list(held)
    sent = _newest(connection, [one.interview.id for one in rounds])
    return [_events(connection, me, one, sent.get(one.interview.id)) for one in rounds]


def wrong_invitations(
    connection: Connection, me: int | None, now: datetime, application: int | None = None
) -> list[WrongInvitation]:
    """The invitations that hold no more, of one application or of all: a round moved, given to somebody else, taken
    out, or not to come. What lies before `now` (aware), by what was told and by what holds, is let be."""
    sent = _that_may_be_wrong(connection, now, application)
    held = {one.interview.id: one for one in held_rounds(connection, sent.keys())}
    query = select(col(Application.id)).where(
        among(col(Application.id), {last.application_id for last in sent.values()}),
        col(Application.outcome) == Outcome.ACTIVE,
    )
    open_ones = set(connection.execute(query).scalars())
    found = []
    for number, last in sent.items():
        round_ = held.get(number)
        if round_ is None or round_.interview.starts_at is None or last.application_id not in open_ones:
            if last.starts_at >= now:
                events: tuple[RoundEvent, ...] = (_taken_back(connection, me, last),)
                found.append(WrongInvitation(last.application_id, last.title, last.starts_at, True, events))
            continue
        events = _events(connection, me, round_, last)
        if _says_otherwise(last, events[-1]):
            found.append(WrongInvitation(last.application_id, last.title, last.starts_at, False, events))
    return sorted(found, key=lambda one: one.starts_at)


def _that_may_be_wrong(connection: Connection, now: datetime, application: int | None) -> dict[int, Invitation]:
    """The newest that was sent of each round whose time is to come, as it was told or as it holds."""
    later = aliased(Invitation)
    newer = select(col(later.id)).where(
        col(later.interview) == col(Invitation.interview), col(later.id) > col(Invitation.id)
    )
    to_come = select(col(Interview.id)).where(
        col(Interview.id) == col(Invitation.interview), col(Interview.starts_at) >= now
    )
    where = [
        ~newer.exists(),
        col(Invitation.cancelled).is_(False),
        or_(col(Invitation.starts_at) >= now, to_come.exists()),
    ]
    if application is not None:
        where.append(col(Invitation.application_id) == application)
    return {row.interview: row for row in rows_of(connection, Invitation, *where, order_by=[col(Invitation.id)])}


def _newest(connection: Connection, interviews: Collection[int]) -> dict[int, Invitation]:
    rows = rows_of(connection, Invitation, among(col(Invitation.interview), interviews), order_by=[col(Invitation.id)])
    return {row.interview: row for row in rows}


def _events(connection: Connection, me: int | None, one: HeldRound, last: Invitation | None) -> tuple[RoundEvent, ...]:
    held = one.interview
    assert held.starts_at is not None
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
        _organiser(connection, me),
        (Attendee(one.interviewer, one.interviewer_mail), Attendee(one.candidate, first_mail(connection, one.person))),
        0,
    )
    if last is None:
        return (event,)
    event = replace(event, sequence=last.sequence + (1 if _says_otherwise(last, event) else 0))
    invited = {attendee.mail.casefold() for attendee in event.attendees}
    left = tuple(a for a in map(attendee_of, last.attendees) if a.mail and a.mail.casefold() not in invited)
    if not left or last.cancelled:
        return (event,)
    taken_back = replace(
        event,
        title=last.title,
        about="",
        starts_at=last.starts_at,
        minutes=last.minutes,
        place=last.place,
        attendees=left,
        cancelled=True,
        goes_on=True,
    )
    return (taken_back, event)


def _says_otherwise(last: Invitation, event: RoundEvent) -> bool:
    """Whether a calendar that has the last one has something else."""
    told = (last.title, last.starts_at, last.minutes, last.place, tuple(last.attendees))
    now = (event.title, event.starts_at, event.minutes, event.place, tuple(map(attendee_text, event.attendees)))
    return last.cancelled or told != now


def _organiser(connection: Connection, me: int | None) -> Attendee:
    query = select(col(Colleague.name), col(Colleague.mail)).where(col(Colleague.id) == me)
    found = connection.execute(query).first()
    return Attendee(*found) if found is not None else Attendee("", "")


def _taken_back(connection: Connection, me: int | None, last: Invitation) -> RoundEvent:
    return RoundEvent(
        last.interview,
        last.application_id,
        rows_of(connection, Setting)[0].key,
        last.title,
        "",
        last.starts_at,
        last.minutes,
        last.place,
        _organiser(connection, me),
        tuple(map(attendee_of, last.attendees)),
        last.sequence + 1,
        cancelled=True,
    )
