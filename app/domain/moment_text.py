"""A day and a time as people write them in a hurry: 'tomorrow 10:00', '30/11 9:00', 'Tue 14.30', '9:00 on 3 May'."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from app.domain.day_text import days_in

_TIME = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:(?:[:.h](\d{2}))\s*(am|pm)?|\s*(am|pm|h|o['’]clock))(?![\d:.])", re.IGNORECASE
)
_BARE_TIME = re.compile(r"(?:\bat\s+|,\s*|\s)(\d{1,2})$", re.IGNORECASE)
_WORD_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_RELATIVE = {"today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_IN_DAYS = re.compile(r"in (\d{1,3}|a|one|two|three) (day|week)s?")
_SHORT = re.compile(r"(\d{1,2})[./](\d{1,2})\.?")
_DAY_MONTH = re.compile(r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?([^\W\d]{3,})\.?")
_MONTH_DAY = re.compile(r"(?:[^\W\d]+\.?,\s+)?([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?")
_FILLERS = re.compile(r"\b(?:at|on|the|um|uhr)\b", re.IGNORECASE)
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3}


def moment_in(text: str, today: date | None) -> datetime | None:
    """The moment a text means, without a zone; None where it is none. A day without a year is the next one there is.

    A weekday is the next day of that name, and 'next Tuesday' the one in the week after this. Where it is not known
    which day it is (`today` is None), a day has to have its year.
    """
    text = " ".join(text.replace("T", " ").split()) if re.match(r"\d{4}-\d{1,2}-\d{1,2}T", text.strip()) else text
    text = " ".join(text.split()).strip(" ,.")
    found = _time_in(text)
    if found is None:
        return None
    at, rest = found
    on = day_in(_FILLERS.sub(" ", rest), today) if rest.strip(" ,.-") else today
    return datetime.combine(on, at) if on is not None else None


def day_in(text: str, today: date | None) -> date | None:
    """The day a text means; None where it is none, or could be two."""
    words = " ".join(text.split()).strip(" ,.-").casefold()
    whole = days_in(words)
    if whole or today is None:
        return whole[0] if whole else None
    if words in _RELATIVE:
        return today + timedelta(days=_RELATIVE[words])
    if found := _IN_DAYS.fullmatch(words):
        count = _NUMBERS.get(found[1]) or int(found[1])
        return today + timedelta(days=count * (7 if found[2] == "week" else 1))
    return _weekday(words, today) or _without_year(words, today)


def _weekday(words: str, today: date) -> date | None:
    later = words.startswith("next ")
    name = words.removeprefix("next ").removeprefix("this ").rstrip(".")
    if len(name) < 3:
        return None
    place = next((n for n, day in enumerate(_WEEKDAYS) if day.startswith(name)), None)
    if place is None:
        return None
    if later:
        return today - timedelta(days=today.weekday()) + timedelta(days=7 + place)
    return today + timedelta(days=(place - today.weekday() - 1) % 7 + 1)


def _without_year(words: str, today: date) -> date | None:
    """A day and a month: the next such day."""
    if found := _SHORT.fullmatch(words):
        written = f"{found[1]}/{found[2]}"
        spelled = "{}/{}"
    elif (found := _DAY_MONTH.fullmatch(words)) or (found := _MONTH_DAY.fullmatch(words)):
        written = words
        spelled = "{} {}"
    else:
        return None
    for year in (today.year, today.year + 1):
        on = days_in(spelled.format(written, year))
        if on and on[0] >= today:
            return on[0]
    return None


def _time_in(text: str) -> tuple[time, str] | None:
    """The time in a text, and what stands beside it."""
    for word, at in _WORD_TIMES.items():
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            return at, re.sub(rf"\b{word}\b", " ", text, flags=re.IGNORECASE)
    for found in _TIME.finditer(text):
        hour, minute = int(found[1]), int(found[2] or 0)
        half = (found[3] or found[4] or "").casefold()
        rest = f"{text[: found.start()]} {text[found.end() :]}"
        read = _clock(hour, minute, half)
        if read is not None and not _is_day(text, found):
            return read, rest
    bare = _BARE_TIME.search(text)
    read = _clock(int(bare[1]), 0, "") if bare is not None else None
    return (read, text[: bare.start()]) if bare is not None and read is not None else None


def _is_day(text: str, found: re.Match[str]) -> bool:
    """Whether what looks like a time with a point is the day and the month: '30.11 9:00'."""
    if "." not in found[0] or found[3]:
        return False
    rest = text[: found.start()] + text[found.end() :]
    return bool(_TIME.search(rest) or _BARE_TIME.search(rest))


def _clock(hour: int, minute: int, half: str) -> time | None:
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None
