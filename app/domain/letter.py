"""Letters to members on a calibration's outcome: the text of each, and how its places are filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.braces import faults_in, fill_places, places_in
from app.domain.calibration import CalibrationOutcome

LETTER_PLACES = (
    *("first name", "name", "level", "calibration", "since", "to show", "to see", "sender", "organisation"),
)
"""What a letter may ask for between braces: nobody's score, vote or reason is among it."""
_LONGEST_SUBJECT = 200  # characters


@dataclass(frozen=True)
class LetterText:
    """The words of the letter on one outcome."""

    outcome: CalibrationOutcome
    subject: str
    body: str

    @property
    def faults(self) -> tuple[str, ...]:
        """Places that nobody can fill, and braces that stand alone."""
        return faults_in(f"{self.subject}\n{self.body}", LETTER_PLACES)


@dataclass(frozen=True)
class WrittenLetter:
    """A letter with its places filled: a line for its subject, and its paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]


def write_letter(text: LetterText, values: Mapping[str, str]) -> WrittenLetter:
    """Fill its places. A paragraph with a place that stays empty is left out. Raises KeyError for an unknown place."""
    parts = [part.strip() for part in text.body.split("\n\n") if part.strip()]
    filled = (fill_places(part, values) for part in parts if all(values[name] for name in places_in(part)))
    subject = " ".join(fill_places(text.subject, values).split())[:_LONGEST_SUBJECT].strip()
    return WrittenLetter(subject, tuple(filled))
