"""Interviews as iCalendar files (RFC 5545), for a calendar of a person's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from app.errors import Refused
from app.queries.kit import KitFacts
from app.words import tr

_OCTETS = 75  # of a line, its end not counted
_PRODUCT = "-//Tenfold//Tenfold//EN"


def round_file(rounds: Sequence[KitFacts], made: datetime) -> bytes:
    """The interviews that have a time, as one calendar; `made` (aware) is when. Raises Refused where none has one.

    An interview keeps its UID, so that a later file moves it instead of adding it a second time.
    """
    timed = [facts for facts in rounds if facts.starts_at is not None]
    if not timed:
        raise Refused(tr("This interview has no time yet."), tr("Give it one, then put it into a calendar."))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for facts in timed:
        lines += _event(facts, made)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in _folded(line))


def _event(facts: KitFacts, made: datetime) -> Iterator[str]:
    assert facts.starts_at is not None
    ends = facts.starts_at + timedelta(minutes=facts.minutes)
    about = tr("{role}. Round {n} of {all}, by {who}.").format(
        role=facts.role, n=facts.position, all=facts.rounds, who=facts.interviewer
    )
    yield "BEGIN:VEVENT"
    yield f"UID:interview-{facts.spec.interview}-{facts.spec.workspace}@tenfold.invalid"
    yield f"DTSTAMP:{_stamp(made)}"
    yield f"DTSTART:{_stamp(facts.starts_at)}"
    yield f"DTEND:{_stamp(ends)}"
    title = tr("{round}: {candidate}").format(round=facts.exercise, candidate=facts.candidate)
    yield f"SUMMARY:{escaped(title)}"
    if facts.place.strip():
        yield f"LOCATION:{escaped(facts.place)}"
    yield f"DESCRIPTION:{escaped(about)}"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text value: line ends as \\n, its own signs behind a backslash, nothing that no screen shows."""
    lines = ("".join(c for c in line if c.isprintable()) for line in text.strip().splitlines())
    joined = "\n".join(lines)
    for sign, words in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        joined = joined.replace(sign, words)
    return joined


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
