"""A card that came from another program: its marks by our four scores where they have one, never among our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

SCORES: Mapping[str, int] = {"definitely_not": 1, "no": 2, "yes": 3, "strong_yes": 4}
"""What Greenhouse's words are as scores. “mixed” is no number, and “no_decision” is no score."""
NEEDS_A_PERSON = "mixed"


def known_word(said: str) -> str:
    """A word as the API writes it, however it came: “Strong Yes” is strong_yes."""
    return said.strip().casefold().replace(" ", "_")


@dataclass(frozen=True)
class MarkFromElsewhere:
    """What was said on one attribute: its name, the word as it came, and the note beside it."""

    name: str
    said: str
    note: str = ""

    @property
    def score(self) -> int | None:
        """The score it is by our scale; None where it is none."""
        return SCORES.get(known_word(self.said))

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody has to say what it means."""
        return known_word(self.said) == NEEDS_A_PERSON


@dataclass(frozen=True)
class CardFromElsewhere:
    """A card as it came: from which program and under which number, by whom, of which round, and what it says.

    `submitted_at` and `held_at` are aware, None where they are not known. `overall` is the word as it came. It enters
    no zone, agreement or severity.
    """

    source: str
    number: str
    author: str
    round: str
    held_at: datetime | None
    submitted_at: datetime | None
    overall: str
    text: str
    marks: tuple[MarkFromElsewhere, ...]
