"""A day as people write one: in a field of the window, on a form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FEWEST_LETTERS = 3
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_WORDS = re.compile(r"(?:([^\W\d]+)\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?([^\W\d]{3,})\.?,?\s+(\d{4})")
_MONTH_FIRST = re.compile(r"(?:([^\W\d]+)\.?,\s+)?([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")


def days_in(text: str) -> tuple[date, ...]:
    """The days a text can mean: one for '12 March 2026', two for '3/4/2026', none where it is no date.

    Of two, the one with the day before the month stands first. Where a weekday is named, it has to be that of the day.
    """
    text = " ".join(text.split()).rstrip(".")
    named = ""
    if found := _ISO.fullmatch(text):
        parts = [(int(found[1]), int(found[2]), int(found[3]))]
    elif found := _NUMBERS.fullmatch(text):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        parts = [(year, int(found[2]), int(found[1]))]
        parts += [(year, int(found[1]), int(found[2]))] if found[1] != found[2] else []
    elif found := _WORDS.fullmatch(text):
        named, parts = found[1] or "", [(int(found[4]), _month(found[3]), int(found[2]))]
    elif found := _MONTH_FIRST.fullmatch(text):
        named, parts = found[1] or "", [(int(found[4]), _month(found[2]), int(found[3]))]
    else:
        return ()
    days = (on for year, month, number in parts if (on := _date(year, month, number)) is not None)
    return tuple(on for on in days if not named or weekday_of(named) == on.weekday())


def weekday_of(name: str) -> int | None:
    """Which day of the week a word names, from Monday as 0: its name, or at least three letters that it begins with."""
    return _begun_by(name, _WEEKDAYS)


def day_written(text: str, latest: date) -> date | None:
    """The one day a date on paper means, no later than `latest`; None where it is none or could be two.

    One day more is taken: elsewhere it is tomorrow already.
    """
    possible = [on for on in days_in(text) if on <= latest + timedelta(days=1)]
    return possible[0] if len(possible) == 1 else None


def _month(name: str) -> int:
    place = _begun_by(name, _MONTHS)
    return place + 1 if place is not None else 0


def _begun_by(word: str, names: Sequence[str]) -> int | None:
    short = word.casefold()
    if len(short) < _FEWEST_LETTERS:
        return None
    return next((place for place, name in enumerate(names) if name.startswith(short)), None)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
