"""What people read: translated sentences, dates, numbers. The command line and paper use it too, so it knows no Qt."""

from __future__ import annotations

import gettext
import re
from datetime import date, datetime, tzinfo
from decimal import Decimal

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, get_currency_precision

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


def month(value: date) -> str:
    """The month of a date, as in 'Mar 2026'."""
    return format_date(value, "MMM y", locale="en_GB")


def percent(value: float) -> str:
    """A share from 0 to 1, as in '83 %'."""
    return f"{round(100 * value)} %"


def clock(value: datetime, zone: tzinfo) -> str:
    """A time of day, as in '15:52', in the given zone. `value` is aware."""
    return format_time(value.astimezone(zone), "HH:mm", locale="en_GB")


def moment(value: datetime, zone: tzinfo) -> str:
    """A moment, as in '12 March 2026, 15:52', in the given zone. `value` is aware."""
    return format_datetime(value.astimezone(zone), "d MMMM y, HH:mm", locale="en_GB")


def money(minor: int, currency: str) -> str:
    """An amount of a currency's minor unit as in '€112,000'; whole units lose their decimals."""
    digits = get_currency_precision(currency)
    value = Decimal(minor).scaleb(-digits)
    whole = value == value.to_integral_value()
    return format_currency(value, currency, "¤#,##0" if whole else None, locale="en_GB", currency_digits=not whole)


def money_digits(minor: int, currency: str) -> str:
    """The amount without its currency, as in '112,000', for a field to type in."""
    digits = get_currency_precision(currency)
    value = Decimal(minor).scaleb(-digits)
    return f"{value:,.{0 if value == value.to_integral_value() else digits}f}"


def minor_units(text: str, currency: str) -> int:
    """What a person typed, '112,000' or '112000.50', in the minor unit of a currency.

    Raises ValueError for anything that is no amount, or has more decimals than the currency.
    """
    digits = get_currency_precision(currency)
    plain = text.replace(" ", "").replace("\u00a0", "").replace(",", "")
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]+)?", plain):
        raise ValueError(text)
    value = Decimal(plain).scaleb(digits)
    if value != value.to_integral_value():
        raise ValueError(text)
    return int(value)


def long_day(value: date) -> str:
    """A date with its weekday, as in 'Wednesday 18 March 2026'."""
    return format_date(value, "EEEE d MMMM y", locale="en_GB")


def sentence_list(words: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return tr("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])
