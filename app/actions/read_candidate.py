"""What another program says of a candidate: a row of a table, or a record with applications, notes and files."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from app.actions.candidate import NewCandidate
from app.domain.imported_card import CardFromElsewhere
from app.domain.pipeline import Outcome, Side


@dataclass(frozen=True)
class ReadClosing:
    """How and when an application ended elsewhere, and why in the words used there."""

    outcome: Outcome
    side: Side
    at: datetime
    reason: str


@dataclass(frozen=True)
class ReadFile:
    """A text to be attached."""

    name: str
    text: str


@dataclass(frozen=True)
class ReadNote:
    """A note with the moment it was written. A private one becomes that of who brings it in."""

    text: str
    at: datetime
    private: bool


@dataclass(frozen=True)
class ReadApplication:
    """An application. `opening` and `stage` are a heading and what it says, `also` other names of the opening; one that
    `ended` is not opened here, and is put in as closed only where `closed` says how."""

    opening: tuple[str, str] = ("", "")
    stage: tuple[str, str] = ("", "")
    applied_on: date | None = None
    ended: bool = False
    also: tuple[str, ...] = ()
    closed: ReadClosing | None = None
    files: tuple[ReadFile, ...] = ()
    cards: tuple[CardFromElsewhere, ...] = ()
    told: bool = False
    """Whether all of it is among the further facts of the person already."""


@dataclass(frozen=True)
class ReadCandidate(NewCandidate):
    """A row. `opening`, `stage`, `applied_on` and `ended` are the one application a row of a table is about; where
    `applications` are known one by one, those stand instead."""

    line: int = 0
    notes: tuple[str, ...] = ()
    opening: tuple[str, str] = ("", "")
    stage: tuple[str, str] = ("", "")
    ended: bool = False
    applications: tuple[ReadApplication, ...] = ()
    dated_notes: tuple[ReadNote, ...] = ()

    @property
    def every_application(self) -> tuple[ReadApplication, ...]:
        """What it says of applications, at least an empty one."""
        return self.applications or (ReadApplication(self.opening, self.stage, self.applied_on, self.ended),)


def as_read(facts: NewCandidate, line: int) -> ReadCandidate:
    """A candidate from a form as a row."""
    if isinstance(facts, ReadCandidate):
        return facts
    return ReadCandidate(**{known.name: getattr(facts, known.name) for known in fields(facts)}, line=line)
