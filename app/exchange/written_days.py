"""Days as the tables of several countries write them, and in which order day and month stand where both are numbers."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache

from babel import Locale

from app.domain.candidate import LANGUAGES
from app.domain.import_map import DateOrder
from app.words import tr

_TIME = re.compile(
    r"[T,]?\s*\bt?\d{1,2}:\d{2}(:\d{2})?([.,]\d+)?\s*([ap]\.?m\.?)?\s*(z|utc|gmt|[a-z]{3,4})?\s*([+-]\d{2}:?\d{2})?\s*(\([^)]*\))?$",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?")
_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_BESIDE = frozenset(
    {*"de of the st nd rd th del d er le den der am um at".split(), "º", "ª", "г", "року", "года", "р"}  # noqa: SIM905
)
_FIRST_DAY = date(1899, 12, 30)  # of spreadsheets
_SERIAL = range(18_264, 73_051)  # 1950 to 2099
_YEARS = range(1900, 2200)
Parts = tuple[int, int, int]


class NoDay(ValueError):
    """A text that is no day; in words."""


class TwoDays(ValueError):
    """A text that means two days as long as nobody says in which order they are written."""


def day_of(text: str, order: DateOrder | None) -> date | None:
    """A day as people write it; None for an empty text. Raises NoDay, and TwoDays where the order decides."""
    text = " ".join(text.split())
    if not text:
        return None
    found = set(_readings(text, order))
    if len(found) == 2:
        raise TwoDays(text[:40])
    if len(found) != 1:
        raise NoDay(tr("“{text}” is no date; write 2026-03-12").format(text=text[:40]))
    return found.pop()


def order_of(texts: Iterable[str]) -> DateOrder | None:
    """The order that some of these texts show, where none shows another."""
    shown: set[DateOrder] = set()
    for text in texts:
        found = _NUMBERS.fullmatch(_without_time(" ".join(text.split())))
        if found is None or len(found[1]) > 2:
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            shown.add(DateOrder.DMY)
        elif second > 12 >= first:
            shown.add(DateOrder.MDY)
        if len(shown) > 1:
            return None
    return next(iter(shown), None)


def _readings(text: str, order: DateOrder | None) -> list[date]:
    """Every day a text can mean."""
    with contextlib.suppress(ValueError):
        return [_known(datetime.fromisoformat(text).date())]
    if text.replace(".", "", 1).isdecimal() and text.isascii():
        return _counted(text)
    bare = _without_time(text)
    if found := _ASIAN.fullmatch(bare):
        return _days([(int(found[1]), int(found[2]), int(found[3]))])
    if found := _NUMBERS.fullmatch(bare):
        return _days(_ordered(found[1], found[2], found[3], found[4], order))
    return _in_words(bare)


def _known(found: date) -> date:
    if found.year not in _YEARS:
        raise ValueError
    return found


def _without_time(text: str) -> str:
    return _TIME.sub("", text).strip().rstrip(",")


def _counted(text: str) -> list[date]:
    """A spreadsheet's number of a day, or the seconds or milliseconds that programs count."""
    whole = text.partition(".")[0]
    if len(whole) == 5 and int(whole) in _SERIAL:
        return [_FIRST_DAY + timedelta(days=int(whole))]
    if len(whole) in (10, 13):
        return [datetime.fromtimestamp(int(whole[:10]), UTC).date()]
    return []


def _ordered(first: str, mark: str, second: str, third: str, order: DateOrder | None) -> list[Parts]:
    """Year, month, day in each order that may be meant."""
    a, b, c = int(first), int(second), int(third)
    if len(first) == 4:
        return [(a, b, c)]
    if order is DateOrder.YMD:
        return [(2000 + a, b, c)] if len(third) <= 2 else []
    if len(first) > 2 or len(third) not in (2, 4):
        return []
    year = c + (2000 if len(third) == 2 else 0)
    dmy, mdy = (year, b, a), (year, a, b)
    if order is DateOrder.MDY:
        return [mdy]
    if order is DateOrder.DMY or mark == ".":  # with points the day stands first wherever points are written
        return [dmy]
    return [dmy, mdy]


def _days(parts: Iterable[Parts]) -> list[date]:
    found = []
    for year, month, day in parts:
        with contextlib.suppress(ValueError):
            found.append(_known(date(year, month, day)))
    return found


def _in_words(text: str) -> list[date]:
    """A day with the name of its month."""
    words = [word.casefold() for word in _WORDS.findall(text)]
    numbers = [word for word in words if word.isdecimal()]
    names = [word for word in words if not word.isdecimal() and word not in _BESIDE]
    if len(numbers) != 2 or not names:
        return []
    months = {month for word in names if (month := _month(word))}
    others = [word for word in names if not _month(word) and word not in _weekdays()]
    if len(months) != 1 or others:
        return []
    year, day = (numbers[0], numbers[1]) if len(numbers[0]) == 4 else (numbers[1], numbers[0])
    if len(year) not in (2, 4) or len(day) > 2:
        return []
    return _days([(int(year) + (2000 if len(year) == 2 else 0), months.pop(), int(day))])


def _month(word: str) -> int | None:
    return _english().get(word) or _months().get(word)


@cache
def _english() -> dict[str, int]:
    return {**_names("en"), "sept": 9}


def _names(language: str) -> dict[str, int]:
    """The names of months of one language, whole and short."""
    found = {}
    months = Locale.parse(language).months
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                word = "".join(_WORDS.findall(name.casefold()))
                if word and not word.isdecimal():
                    found[word] = number
    return found


@cache
def _months() -> dict[str, int]:
    """The names of months of all languages; one that means two months in two of them means none."""
    found: dict[str, int] = {}
    unclear = set()
    for language in LANGUAGES:
        for word, number in _names(language).items():
            if found.setdefault(word, number) != number:
                unclear.add(word)
    return {word: number for word, number in found.items() if word not in unclear}


@cache
def _weekdays() -> frozenset[str]:
    found = set()
    for language in LANGUAGES:
        days = Locale.parse(language).days["format"]
        for width in ("wide", "abbreviated"):
            for name in days[width].values():
                found.update(_WORDS.findall(name.casefold()))
    return frozenset(found)
