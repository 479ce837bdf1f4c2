"""The committee of a calibration: its seats, who leaves a case to the others, and its silent vote on an outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.assessment import Relation
from app.domain.calibration import CalibrationOutcome

FEW = 4
"""With fewer votes than this a count would tell who voted how: only what it comes to is kept."""
ALWAYS_RECUSED = frozenset({Relation.SELF, Relation.MANAGER})
"""Nobody votes on themselves, and nobody on whom they manage and speak for."""


class Office(StrEnum):
    """What somebody does on a committee beside voting, where they do anything."""

    NONE = "none"
    CHAIR = "chair"
    MINUTES = "minutes"


class Ballots(StrEnum):
    """What is kept of a vote: each vote with its name, or how many there were of each."""

    NAMES = "names"
    COUNTS = "counts"


class Turn(StrEnum):
    """How somebody's vote on a case ended."""

    VOTED = "voted"
    EXCUSED = "excused"
    RECUSED = "recused"
    MISSING = "missing"


@dataclass(frozen=True)
class Tally:
    """How many votes there were for each outcome."""

    promote: int
    not_now: int
    more_evidence: int

    @property
    def votes(self) -> int:
        """All of them."""
        return self.promote + self.not_now + self.more_evidence

    @property
    def result(self) -> CalibrationOutcome | None:
        """The outcome for which more than half voted; None where there is none."""
        counts = {
            CalibrationOutcome.PROMOTE: self.promote,
            CalibrationOutcome.NOT_NOW: self.not_now,
            CalibrationOutcome.MORE_EVIDENCE: self.more_evidence,
        }
        return next((outcome for outcome, n in counts.items() if 2 * n > self.votes), None)


@dataclass(frozen=True)
class Seat:
    """Somebody on a committee; who does not vote and has no office only listens."""

    colleague: int
    name: str
    office: Office
    votes: bool


@dataclass(frozen=True)
class SeatTurn:
    """How a seat's part in a vote stands: `turn` is None while they still have to vote. `relation` is why they are
    recused, `why` why they are excused, and `choice` what they voted, where names are kept and the vote has ended."""

    colleague: int
    name: str
    turn: Turn | None
    relation: Relation | None = None
    why: str = ""
    choice: CalibrationOutcome | None = None


@dataclass(frozen=True)
class HeldVote:
    """A vote of a committee on a case. `tally` is None while it is open, and where so few voted that it would tell who
    voted how; `result` is None while it is open and where nothing had more than half."""

    id: int
    proposal: int
    ballots: Ballots
    reason: str
    opened_at: datetime
    ended_at: datetime | None
    end_reason: str
    result: CalibrationOutcome | None
    tally: Tally | None
    turns: tuple[SeatTurn, ...]

    @property
    def open(self) -> bool:
        """Whether votes are still taken."""
        return self.ended_at is None

    @property
    def due(self) -> tuple[SeatTurn, ...]:
        """Who still has to vote."""
        return tuple(turn for turn in self.turns if turn.turn is None)

    @property
    def voted(self) -> int:
        """How many have voted."""
        return sum(turn.turn is Turn.VOTED for turn in self.turns)


def tally(votes: Iterable[CalibrationOutcome]) -> Tally:
    """Count votes."""
    counts = Counter(votes)
    return Tally(
        counts[CalibrationOutcome.PROMOTE],
        counts[CalibrationOutcome.NOT_NOW],
        counts[CalibrationOutcome.MORE_EVIDENCE],
    )


def recusals(
    voting: Iterable[int], chosen: Mapping[int, Relation], member: int, manager: int | None
) -> dict[int, Relation]:
    """Who of those who vote leaves a case to the others, and for which relation to the member.

    The member (as a colleague) and their manager always do; others because they or the chair said so.
    """
    found = {}
    for who in voting:
        if who == member:
            found[who] = Relation.SELF
        elif who == manager:
            found[who] = Relation.MANAGER
        elif who in chosen:
            found[who] = chosen[who]
    return found
