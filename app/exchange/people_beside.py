"""What a file knows of somebody beside the cells of their row: applications one by one, and notes with their days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.actions.read_candidate import ReadApplication, ReadClosing, ReadFile, ReadNote
from app.domain.imported_card import CardFromElsewhere, MarkFromElsewhere
from app.domain.pipeline import Outcome, Side


@dataclass(frozen=True)
class Beside:
    """It goes with one row. `problem` says why that row can't come in, or nothing."""

    applications: tuple[ReadApplication, ...] = ()
    notes: tuple[ReadNote, ...] = ()
    further: tuple[tuple[str, str], ...] = ()
    problem: str = ""


def as_plain(beside: Beside) -> dict[str, Any]:
    """All of it as JSON can hold it."""
    return {
        "problem": beside.problem,
        "notes": [[note.text, note.at.isoformat(), note.private] for note in beside.notes],
        "further": beside.further,
        "applications": [_plain_application(read) for read in beside.applications],
    }


def from_plain(held: Mapping[str, Any]) -> Beside:
    """What `as_plain` wrote."""
    notes = tuple(ReadNote(text, datetime.fromisoformat(at), private) for text, at, private in held["notes"])
    further = tuple((name, text) for name, text in held["further"])
    return Beside(tuple(_application(one) for one in held["applications"]), notes, further, held["problem"])


def _plain_application(read: ReadApplication) -> dict[str, Any]:
    closed = read.closed
    return {
        "opening": read.opening,
        "stage": read.stage,
        "applied_on": read.applied_on.isoformat() if read.applied_on else None,
        "ended": read.ended,
        "also": read.also,
        "closed": [closed.outcome, closed.side, closed.at.isoformat(), closed.reason] if closed else None,
        "files": [[file.name, file.text] for file in read.files],
        "cards": [_plain_card(card) for card in read.cards],
        "told": read.told,
    }


def _application(held: Mapping[str, Any]) -> ReadApplication:
    closing = None
    if held["closed"] is not None:
        outcome, side, at, reason = held["closed"]
        closing = ReadClosing(Outcome(outcome), Side(side), datetime.fromisoformat(at), reason)
    return ReadApplication(
        tuple(held["opening"]),
        tuple(held["stage"]),
        date.fromisoformat(held["applied_on"]) if held["applied_on"] else None,
        held["ended"],
        tuple(held["also"]),
        closing,
        tuple(ReadFile(*file) for file in held["files"]),
        tuple(map(_card, held["cards"])),
        held["told"],
    )


def _plain_card(card: CardFromElsewhere) -> list[Any]:
    days = [moment.isoformat() if moment is not None else None for moment in (card.held_at, card.submitted_at)]
    marks = [[mark.name, mark.said, mark.note] for mark in card.marks]
    return [card.source, card.number, card.author, card.round, *days, card.overall, card.text, marks]


def _card(plain: list[Any]) -> CardFromElsewhere:
    source, number, author, round_, held_at, submitted_at, overall, text, marks = plain
    read = tuple(MarkFromElsewhere(*mark) for mark in marks)
    held, submitted = (datetime.fromisoformat(at) if at is not None else None for at in (held_at, submitted_at))
    return CardFromElsewhere(source, number, author, round_, held, submitted, overall, text, read)
