"""What people read: translated sentences, dates, numbers. The command line and paper use it too, so it knows no Qt."""

from __future__ import annotations

import gettext
from datetime import date, datetime, tzinfo

from babel.dates import format_date, format_datetime, format_time

from app.resources import catalogues

_catalogue = gettext.translation("tenfold", localedir=catalogues(), fallback=True)


def tr(text: str) -> str:
    """The sentence in the reader's language; English where there is no catalogue."""
    return _catalogue.gettext(text)


def ntr(one: str, many: str, n: int) -> str:
    """The sentence for n things, with n filled in as `{n}`."""
    return _catalogue.ngettext(one, many, n).format(n=n)


def day(value: date) -> str:
    """A date as in '12 March 2026'."""
    return format_date(value, "d MMMM y", locale="en_GB")


def short_day(value: date) -> str:
    """A date near today, as in 'Thu 12 Mar'."""
    return format_date(value, "EEE d MMM", locale="en_GB")


def clock(value: datetime, zone: tzinfo) -> str:
    """A time of day, as in '15:52', in the given zone. `value` is aware."""
    return format_time(value.astimezone(zone), "HH:mm", locale="en_GB")


def moment(value: datetime, zone: tzinfo) -> str:
    """A moment, as in '12 March 2026, 15:52', in the given zone. `value` is aware."""
    return format_datetime(value.astimezone(zone), "d MMMM y, HH:mm", locale="en_GB")


def sentence_list(words: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return tr("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])
