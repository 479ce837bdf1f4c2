"""Rounds as iCalendar files (RFC 5545) that a calendar takes as an invitation (RFC 5546): new, moved, taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.actions.invitation import invitations_written
from app.domain.calendar import Attendee, RoundEvent
from app.errors import Refused
from app.exchange.mail import address
from app.store.change_report import ChangeReport
from app.store.files import kept_beside, replace_file, safe_name
from app.store.workspace import Workspace
from app.words import tr

_OCTETS = 75  # of a line, its end not counted
_PRODUCT = "-//Tenfold//Tenfold//EN"


def invite(workspace: Workspace, events: Sequence[RoundEvent], target: Path) -> ChangeReport:
    """Write what puts one round into calendars, and keep what it says. What takes it back from who is invited no more
    lies beside `target` under a name that says so. Raises Refused without an event, and where it can't be written."""
    if not events:
        raise Refused(tr("No round is chosen."), tr("Choose one that has a time."))
    written = files_of(events)
    for event in written:
        path, content = target, calendar_file(event, workspace.now())
        if event is not written[-1]:
            path = kept_beside(
                target.with_name(safe_name(tr("{name}, taken back.ics").format(name=target.stem))), content
            )
        replace_file(path, content)
    return invitations_written(workspace, written)


def invite_into(workspace: Workspace, events: Sequence[RoundEvent], folder: Path) -> ChangeReport:
    """Write a file for each event into a folder, beside what lies there, and keep what they say."""
    written = files_of(events)
    for event in written:
        on = event.starts_at.astimezone(workspace.zone)
        name = f"{event.title}, {on:%Y-%m-%d %H%M}"
        if event.cancelled:
            name = tr("{name}, taken back").format(name=name)
        content = calendar_file(event, workspace.now())
        replace_file(kept_beside(folder / safe_name(f"{name}.ics"), content), content)
    return invitations_written(workspace, written)


def files_of(events: Sequence[RoundEvent]) -> list[RoundEvent]:
    """Those that get a file: not what takes a round that goes on back from somebody whom no invitation can reach. A
    calendar would only read in it that the round is at its old time."""
    return [event for event in events if not event.goes_on or _is_invitation(event)]


def calendar_file(event: RoundEvent, made: datetime) -> bytes:
    """A round as a calendar of its own; `made` (aware) is when. Programs that take invitations look for one event in a
    file: all events of a REQUEST or a CANCEL have one UID (RFC 5546, 3.2.2 and 3.2.5).

    A round keeps its UID, so that a later file moves it, or takes it back, instead of adding it a second time. Without
    an address of who invites, or of anybody invited, it is a file to look at and no invitation. What takes a round back
    from some while it goes on has no STATUS, which would cancel it for all (RFC 5546, 3.2.5).
    """
    method = "CANCEL" if event.cancelled else "REQUEST"
    if not _is_invitation(event):
        method = "PUBLISH"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}"]
    lines += _event(event, made, people=method != "PUBLISH")
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _is_invitation(event: RoundEvent) -> bool:
    """Whether a calendar can answer it: somebody invites, and somebody is invited, both by an address."""
    return bool(_mail(event.organiser)) and any(_mail(one) for one in event.attendees)


def _mail(one: Attendee) -> str:
    found = address(one.name, one.mail)
    return found.addr_spec if found is not None else ""


def _event(event: RoundEvent, made: datetime, *, people: bool) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:interview-{event.interview}-{event.workspace}@tenfold.invalid"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{_stamp(made)}"
    yield f"DTSTART:{_stamp(event.starts_at)}"
    yield f"DTEND:{_stamp(event.starts_at + timedelta(minutes=event.minutes))}"
    yield f"SUMMARY:{escaped(event.title)}"
    if event.place.strip():
        yield f"LOCATION:{escaped(event.place)}"
    if event.about:
        yield f"DESCRIPTION:{escaped(event.about)}"
    if not event.goes_on:
        yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    if people:
        yield f"ORGANIZER;CN={_parameter(event.organiser.name)}:mailto:{_mail(event.organiser)}"
        for one in event.attendees:
            if _mail(one):
                asked = "ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
                yield f"ATTENDEE;CN={_parameter(one.name)};{asked}:mailto:{_mail(one)}"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text value: line ends as \\n, its own signs behind a backslash, nothing that no screen shows."""
    lines = ("".join(c for c in line if c.isprintable()) for line in text.strip().splitlines())
    joined = "\n".join(lines)
    for sign, words in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        joined = joined.replace(sign, words)
    return joined


def _parameter(text: str) -> str:
    """A name as the value of a parameter, which can hold no quote and no line end."""
    shown = "".join(c if c.isprintable() else " " for c in text).replace('"', "'")
    return f'"{" ".join(shown.split())}"'


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _folded(line: str) -> Iterator[bytes]:
    """A line in parts of at most 75 octets, cut between characters; each further part begins with a blank."""
    part, room = b"", _OCTETS
    for character in line:
        octets = character.encode("utf-8")
        if len(part) + len(octets) > room:
            yield part
            part, room = b" ", _OCTETS
        part += octets
    yield part
