"""Pay in a person's words, and amounts as a person types them."""

from __future__ import annotations

from app.domain.offer import Money
from app.domain.pay import PayRange
from app.domain.pipeline import PayPeriod
from app.errors import Refused
from app.words import Ambiguous, minor_units, money, money_words, tr


def period_words(period: PayPeriod) -> str:
    """For how long pay is: 'a year'."""
    return {PayPeriod.YEAR: tr("a year"), PayPeriod.MONTH: tr("a month"), PayPeriod.HOUR: tr("an hour")}[period]


def pay_words(pay: PayRange) -> str:
    """A range, as in '€90,000 to €110,000 a year'; empty where none is said."""
    low, high = (money(end, pay.currency) if end is not None else "" for end in (pay.low, pay.high))
    per = period_words(pay.period)
    if low and high and low != high:
        return tr("{low} to {high} {per}").format(low=low, high=high, per=per)
    if low and high:
        return tr("{low} {per}").format(low=low, per=per)
    if low:
        return tr("from {low} {per}").format(low=low, per=per)
    return tr("up to {high} {per}").format(high=high, per=per) if high else ""


def read_money(amount: str, currency: str) -> Money:
    """What was typed as an amount of a currency. Raises Refused, saying how it can be read or that it is none."""
    code = currency.strip().upper()
    try:
        return Money(minor_units(amount or "0", code), code)
    except Ambiguous as both:
        raise Refused(
            tr("“{amount}” can be {first} or {second}.").format(
                amount=amount,
                first=money_words(minor_units(both.whole, code), code),
                second=money_words(minor_units(both.decimal, code), code),
            ),
            tr("Write {first} or {second}.").format(first=both.whole, second=both.decimal),
        ) from None
    except ValueError:
        raise Refused(tr("“{amount} {currency}” is no amount.").format(amount=amount, currency=currency)) from None
