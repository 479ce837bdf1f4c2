"""Offers as values: ways, lapse, letters with placeholders, days that never fall on a weekend."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.pages.offers.form import read_amount
from app.domain.offer import (
    LETTER,
    NEXT,
    PLACEHOLDERS,
    TERMS,
    Money,
    OfferLack,
    OfferStatus,
    fill_letter,
    lapse,
    letter_faults,
    may_become,
    offer_lacks,
)
from app.domain.onboarding import dated, working_day
from app.errors import Refused
from app.exchange.packs import load_pack
from app.resources import packs
from app.words import Ambiguous, minor_units, money, money_digits, money_words, whole_number

TODAY = date(2026, 3, 12)


def test_an_offer_goes_one_way() -> None:
    assert may_become(OfferStatus.DRAFTED, OfferStatus.APPROVED)
    assert not may_become(OfferStatus.DRAFTED, OfferStatus.SENT), "nothing is sent before it is approved"
    ended = [s for s in OfferStatus if not s.is_open]
    assert all(s not in NEXT for s in ended)


def test_only_a_sent_offer_lapses() -> None:
    assert lapse(OfferStatus.SENT, date(2026, 3, 18), TODAY) == 6
    assert lapse(OfferStatus.SENT, date(2026, 3, 11), TODAY) == -1
    assert lapse(OfferStatus.APPROVED, date(2026, 3, 18), TODAY) is None


def test_a_letter_is_checked_before_it_is_filled() -> None:
    assert letter_faults(LETTER) == ()
    assert letter_faults("Dear {frist name}, {terms}") == ("frist name",)
    assert letter_faults("{terms} and {terms}") == (TERMS,)
    assert letter_faults("No terms") == (TERMS,)
    assert letter_faults("{terms} }") == ("}",)


@given(st.text(), st.sampled_from(PLACEHOLDERS))
def test_what_is_filled_in_is_never_read_again(typed: str, placeholder: str) -> None:
    """A name that looks like a placeholder stays as it was typed."""
    values = dict.fromkeys(PLACEHOLDERS, typed)
    before, after = fill_letter("{" + placeholder + "}{terms}", values)
    assert before == typed.strip()
    assert after == ""


def test_a_letter_names_the_pages_that_follow_and_says_nothing_where_none_does() -> None:
    values = dict.fromkeys(PLACEHOLDERS, "x") | {"pages": "the role"}
    assert "The pages behind this letter are the job itself: the role." in fill_letter(LETTER, values)[1]
    assert "pages behind" not in fill_letter(LETTER, values | {"pages": ""})[1]
    assert fill_letter(LETTER, values | {"pages": ""})[1].startswith("The offer stands until x")


@given(st.text())
def test_a_letter_without_faults_can_be_filled(letter: str) -> None:
    if not letter_faults(letter):
        fill_letter(letter, dict.fromkeys(PLACEHOLDERS, "x"))


def test_what_an_offer_lacks_is_named() -> None:
    assert offer_lacks(None, None, [], "x", TODAY) == tuple(OfferLack)
    whole = offer_lacks(TODAY, TODAY, [Money(1, "EUR")], LETTER, TODAY)
    assert whole == ()
    assert offer_lacks(TODAY, TODAY - timedelta(days=1), [Money(0, "EUR")], LETTER, TODAY) == (
        OfferLack.EXPIRY,
        OfferLack.AMOUNT,
    )


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 1100))
def test_no_day_of_the_plan_is_on_a_weekend(start: date, days: int) -> None:
    day = working_day(start, days)
    assert day.weekday() < 5
    assert 0 <= (day - start).days - days <= 2


def test_a_conditional_goal_is_off_until_it_is_chosen() -> None:
    plan = load_pack(packs() / "ml-engineering-manager").onboarding
    assert plan is not None
    conditional = [g.id for g in plan.goals if g.only_if is not None]
    assert conditional
    off = {g.id for due in dated(plan, TODAY) for g in due.goals}
    on = {g.id for due in dated(plan, TODAY, conditional) for g in due.goals}
    assert not off & set(conditional)
    assert on >= set(conditional) & {g.id for h in plan.horizons if h.due_days for g in h.goals}


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("112,000", "EUR", 11200000),
        ("112000.5", "EUR", 11200050),
        ("5000", "JPY", 5000),
        ("1 000", "USD", 100000),
        ("105,50", "EUR", 10550),
        ("105.000,50", "EUR", 10500050),
        ("105,000.50", "EUR", 10500050),
        ("1.105.000", "EUR", 110500000),
        ("105 000,5", "EUR", 10500050),
        ("105’000", "CHF", 10500000),
        ("12,00,000", "INR", 120000000),
        ("0.50", "EUR", 50),
        ("105.500", "KWD", 105500),
    ],
)
def test_money_is_whole_minor_units(typed: str, currency: str, minor: int) -> None:
    assert minor_units(typed, currency) == minor
    assert minor_units(money_digits(minor, currency), currency) == minor
    assert money(minor, currency)


@pytest.mark.parametrize(
    ("typed", "currency"), [("105.000", "EUR"), ("12.345", "EUR"), ("5.000", "JPY"), ("1.000", "KWD")]
)
def test_an_amount_that_can_be_read_in_two_ways_is_asked_back(typed: str, currency: str) -> None:
    with pytest.raises(Ambiguous) as caught:
        minor_units(typed, currency)
    whole, decimal = (minor_units(way, currency) for way in (caught.value.whole, caught.value.decimal))
    assert whole > decimal > 0
    with pytest.raises(Refused, match="thousand") as refused:
        read_amount(("Salary", typed, currency, ""))
    assert money_words(decimal, currency) in refused.value.sentence


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (10500000, "EUR", "105 thousand euros"),
        (10500, "EUR", "105 euros"),
        (100, "EUR", "1 euro"),
        (123450650, "USD", "1 million 234 thousand 506.50 US dollars"),
        (0, "EUR", "0 euros"),
        (5000, "JPY", "5 thousand Japanese yen"),
        (100000050, "GBP", "1 million 0.50 British pounds"),
    ],
)
def test_an_amount_is_said_in_words(minor: int, currency: str, words: str) -> None:
    assert money_words(minor, currency) == words


@given(st.integers(0, 10**13), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_what_is_shown_is_read_as_what_it_is(minor: int, currency: str) -> None:
    assert minor_units(money_digits(minor, currency), currency) == minor


@pytest.mark.parametrize("typed", ["3", " 12 ", "0"])
def test_a_whole_number_is_read(typed: str) -> None:
    assert whole_number(typed) == int(typed)


@pytest.mark.parametrize("typed", ["", "1.000", "1,000", "1_000", "-1", "3.0", "٣", "1234567890"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        whole_number(typed)


@pytest.mark.parametrize(
    "typed", ["", "12.3456", "1,2,3", "1 00", "105.00,", "1.05,000", "105,0000", "1e6", "-5", "£5", "５", "NaN"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        minor_units(typed, "EUR")
