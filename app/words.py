"""What people read: translated sentences, dates, numbers. The command line and paper use it too, so it knows no Qt."""

from __future__ import annotations

import gettext
import re
from datetime import date, datetime, tzinfo
from decimal import Decimal

from app.resources import catalogues

_catalogue = gettext.translation("tenfold", localedir=catalogues(), fallback=True)


def tr(text: str) -> str:
    """The sentence in the reader's language; English where there is no catalogue."""
    return _catalogue.gettext(text)


def ntr(one: str, many: str, n: int) -> str:
    """The sentence for n things, with n filled in as `{n}`."""
    return _catalogue.ngettext(one, many, n).format(n=n)


def _as(value: date, pattern: str) -> str:
    from babel.dates import format_date  # noqa: PLC0415  (Babel comes with the first date: the window is painted before)

    return format_date(value, pattern, locale="en_GB")


def _decimals(currency: str) -> int:
    from babel.numbers import get_currency_precision  # noqa: PLC0415

    return get_currency_precision(currency)


def day(value: date) -> str:
    """A date as in '12 March 2026'."""
    return _as(value, "d MMMM y")


def short_day(value: date) -> str:
    """A date near today, as in 'Thu 12 Mar'."""
    return _as(value, "EEE d MMM")


def month(value: date) -> str:
    """The month of a date, as in 'Mar 2026'."""
    return _as(value, "MMM y")


def percent(value: float) -> str:
    """A share from 0 to 1, as in '83 %'."""
    return f"{round(100 * value)} %"


def clock(value: datetime, zone: tzinfo) -> str:
    """A time of day, as in '15:52', in the given zone. `value` is aware."""
    from babel.dates import format_time  # noqa: PLC0415

    return format_time(value.astimezone(zone), "HH:mm", locale="en_GB")


def moment(value: datetime, zone: tzinfo) -> str:
    """A moment, as in '12 March 2026, 15:52', in the given zone. `value` is aware."""
    from babel.dates import format_datetime  # noqa: PLC0415

    return format_datetime(value.astimezone(zone), "d MMMM y, HH:mm", locale="en_GB")


def money(minor: int, currency: str) -> str:
    """An amount of a currency's minor unit as in '€112,000'; whole units lose their decimals."""
    from babel.numbers import format_currency  # noqa: PLC0415

    digits = _decimals(currency)
    value = Decimal(minor).scaleb(-digits)
    whole = value == value.to_integral_value()
    return format_currency(value, currency, "¤#,##0" if whole else None, locale="en_GB", currency_digits=not whole)


def money_digits(minor: int, currency: str) -> str:
    """The amount without its currency, as in '112,000', for a field to type in."""
    digits = _decimals(currency)
    value = Decimal(minor).scaleb(-digits)
    return f"{value:,.{0 if value == value.to_integral_value() else digits}f}"


def money_words(minor: int, currency: str) -> str:
    """The amount as one says it, as in '105 thousand 500 euros': a point that was misread is seen in it."""
    from babel.numbers import get_currency_name  # noqa: PLC0415

    digits = _decimals(currency)
    value = Decimal(minor).scaleb(-digits)
    rest, parts = value, []
    for size, words in ((10**9, tr("{n} billion")), (10**6, tr("{n} million")), (10**3, tr("{n} thousand"))):
        if rest >= size:
            parts.append(words.format(n=int(rest // size)))
            rest %= size
    if rest or not parts:
        parts.append(f"{rest:.{0 if rest == rest.to_integral_value() else digits}f}")
    count = int(value) if value == value.to_integral_value() else value
    return f"{' '.join(parts)} {get_currency_name(currency, count=count, locale='en_GB')}"


class Ambiguous(ValueError):
    """An amount one can read in two ways: `whole` with its point between thousands, `decimal` before decimals."""

    def __init__(self, whole: str, decimal: str) -> None:
        super().__init__(whole)
        self.whole, self.decimal = whole, decimal


def minor_units(text: str, currency: str) -> int:
    """What a person typed, '112,000', '112 000', '112.000,50' or '112000.50', in the minor unit of a currency.

    Raises ValueError for anything that is no amount, or has more decimals than the currency; Ambiguous for '112.000'.
    """
    digits = _decimals(currency)
    return int(Decimal(_plain(_SPACE.sub(" ", text.strip()), digits)).scaleb(digits))


_SPACE = re.compile("[ \u00a0\u2009\u202f'\u2019]")
_GROUPED = re.compile(r"[0-9]{1,3}([ .,])[0-9]{3}(\1[0-9]{3})*|[0-9]{1,2}(,[0-9]{2})*,[0-9]{3}|[0-9]+")
_MOST_DIGITS = 14


def _plain(text: str, digits: int) -> str:
    """A number with a point before its decimals, and nothing between its thousands."""
    marks = [c for c in text if c in ".,"]
    last = marks[-1] if marks else ""
    before, _, after = text.rpartition(last) if last else (text, "", "")
    three = bool(re.fullmatch("[1-9][0-9]{0,2}", before) and re.fullmatch("[0-9]{3}", after))
    if three and last == "." and (digits != len(after) or int(after) == 0):
        raise Ambiguous(f"{before},{after}", f"{before}.{after[: min(digits, 2)]}" if digits else before)
    grouping = marks.count(last) > 1 or (three and last == ",")
    if not last or (grouping and set(marks) == {last}):
        before, after = text, ""
    elif grouping or not re.fullmatch(f"[0-9]{{1,{digits}}}", after):
        raise ValueError(text)
    whole = re.sub("[ .,]", "", before)
    if not _GROUPED.fullmatch(before) or len(whole) > _MOST_DIGITS:
        raise ValueError(text)
    return f"{whole}.{after}" if after else whole


def whole_number(text: str) -> int:
    """What a person typed as a whole number of at most nine digits. Raises ValueError for anything else."""
    if not re.fullmatch("[0-9]{1,9}", text.strip()):
        raise ValueError(text)
    return int(text)


def long_day(value: date) -> str:
    """A date with its weekday, as in 'Wednesday 18 March 2026'."""
    return _as(value, "EEEE d MMMM y")


def sentence_list(words: list[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return tr("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])


def language_name(code: str) -> str:
    """'Portuguese', for an ISO 639-1 code; the code itself where no name is known."""
    from babel import Locale  # noqa: PLC0415

    return str(Locale("en", "GB").languages.get(code, code))
