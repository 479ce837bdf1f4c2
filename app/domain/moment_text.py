"""A day and a time as people write them in a hurry: 'tomorrow 10:00', '30/11 9:00', 'Tue 14.30', '9:00 on 3 May'."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from app.domain.day_text import days_in, weekday_of

_TIME = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:(?:[:.h](\d{2}))\s*(am|pm)?|\s*(am|pm|h|o['’]clock))(?![\d:.])", re.IGNORECASE
)
_BARE_TIME = re.compile(r"(?:\bat\s+|,\s*|\s)(\d{1,2})$", re.IGNORECASE)
_WORD_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_RELATIVE = {"today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2}
_IN_DAYS = re.compile(r"in (\d{1,3}|a|one|two|three) (day|week)s?")
_SHORT = re.compile(r"(\d{1,2})[./](\d{1,2})\.?")
_DAY_MONTH = re.compile(r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?([^\W\d]{3,})\.?")
_MONTH_DAY = re.compile(r"(?:[^\W\d]+\.?,\s+)?([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?")
_FILLERS = re.compile(r"\b(?:at|on|the|um|uhr)\b", re.IGNORECASE)
_TONIGHT = re.compile(r"\btonight\b", re.IGNORECASE)
_MORNING = re.compile(r"am\b", re.IGNORECASE)
_NOON = 12
_YEARS = 8  # at most between two days of one name: a 29 February about 1900 or 2100
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3}


def moment_in(text: str, today: date | None) -> datetime | None:
    """The moment a text means, without a zone; None where it is none. A day without a year is the next one there is.

    A weekday is the next day of that name, and 'next Tuesday' the one in the week after this; one that is named beside
    a day has to be right. Of two numbers the first is the day: '3/4 9:00' is the third of April. Where it is not known
    which day it is (`today` is None), a day has to have its year.
    """
    text = " ".join(text.replace("T", " ").split()) if re.match(r"\d{4}-\d{1,2}-\d{1,2}T", text.strip()) else text
    text = " ".join(text.split()).strip(" ,.")
    found = _time_in(text)
    if found is None:
        return None
    at, rest = found
    if _TONIGHT.search(rest) and 1 <= at.hour < _NOON and not _MORNING.search(text):
        at = at.replace(hour=at.hour + _NOON)
    on = day_in(_FILLERS.sub(" ", rest), today) if rest.strip(" ,.-") else today
    return datetime.combine(on, at) if on is not None else None


def day_in(text: str, today: date | None) -> date | None:
    """The day a text means, of two the one with the day first; None where it is none."""
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
    place = weekday_of(words.removeprefix("next ").removeprefix("this ").rstrip("."))
    if place is None:
        return None
    if later:
        return today - timedelta(days=today.weekday()) + timedelta(days=7 + place)
    return today + timedelta(days=(place - today.weekday() - 1) % 7 + 1)


def _without_year(words: str, today: date) -> date | None:
    """A day and a month: the next such day, where a weekday that is named beside it is right."""
    first, _, after = words.partition(" ")
    named = weekday_of(first.rstrip(".,")) if after else None
    words = after.strip() if named is not None else words
    if found := _SHORT.fullmatch(words):
        written = f"{found[1]}/{found[2]}"
        spelled = "{}/{}"
    elif (found := _DAY_MONTH.fullmatch(words)) or (found := _MONTH_DAY.fullmatch(words)):
        written = words
        spelled = "{} {}"
    else:
        return None
    for year in range(today.year, today.year + _YEARS + 1):
        on = days_in(spelled.format(written, year))
        if on and on[0] >= today:
            return on[0] if named in (None, on[0].weekday()) else None
    return None


def _time_in(text: str) -> tuple[time, str] | None:
    """The time in a text, and what stands beside it."""
    for word, at in _WORD_TIMES.items():
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            return at, re.sub(rf"\b{word}\b", " ", text, flags=re.IGNORECASE)
    days = 0
    for found in _TIME.finditer(text):
        hour, minute = int(found[1]), int(found[2] or 0)
        half = (found[3] or found[4] or "").casefold()
        rest = f"{text[: found.start()]} {text[found.end() :]}"
        read = _clock(hour, minute, half)
        if not days and _is_day(text, found):
            days += 1
        elif read is not None:
            return read, rest
    bare = _BARE_TIME.search(text)
    read = _clock(int(bare[1]), 0, "") if bare is not None else None
    return (read, text[: bare.start()]) if bare is not None and read is not None else None


def _is_day(text: str, found: re.Match[str]) -> bool:
    """Whether what looks like a time with a point is the day and the month: '30.11 9:00', the first in '5.12 9.30'."""
    if "." not in found[0] or found[3] or not 1 <= int(found[1]) <= 31 or not 1 <= int(found[2]) <= 12:
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
