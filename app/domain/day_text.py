"""A day as people write one: in a field of the window, on a form."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_WORDS = re.compile(r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?([^\W\d]{3,})\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"(?:[^\W\d]+\.?,\s+)?([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


def days_in(text: str) -> tuple[date, ...]:
    """The days a text can mean: one for '12 March 2026', two for '3/4/2026', none where it is no date.

    Of two, the one with the day before the month stands first.
    """
    text = " ".join(text.split()).rstrip(".")
    if found := _ISO.fullmatch(text):
        parts = [(int(found[1]), int(found[2]), int(found[3]))]
    elif found := _NUMBERS.fullmatch(text):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        parts = [(year, int(found[2]), int(found[1]))]
        parts += [(year, int(found[1]), int(found[2]))] if found[1] != found[2] else []
    elif found := _WORDS.fullmatch(text):
        parts = [(int(found[3]), _month(found[2]), int(found[1]))]
    elif found := _MONTH_FIRST.fullmatch(text):
        parts = [(int(found[3]), _month(found[1]), int(found[2]))]
    else:
        return ()
    return tuple(on for year, month, number in parts if (on := _date(year, month, number)) is not None)


def day_written(text: str, latest: date) -> date | None:
    """The one day a date on paper means, no later than `latest`; None where it is none or could be two.

    One day more is taken: elsewhere it is tomorrow already.
    """
    possible = [on for on in days_in(text) if on <= latest + timedelta(days=1)]
    return possible[0] if len(possible) == 1 else None


def _month(name: str) -> int:
    short = name[:3].casefold()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
