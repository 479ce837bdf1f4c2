"""How words are compared: without accents and case, in scripts without spaces by pairs, and never as syntax."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search_words import fold, matches, sought, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Élodie", "elodie"),
        ("Søren Ødegård", "soren odegard"),
        ("Łukasz", "lukasz"),
        ("STRASSE", "straße"),
        ("Αθήνα ΟΔΌΣ", "αθηνα οδος"),
        ("Ёлкин", "елкин"),
        ("Нина ЧАЙКА", "нина чайка"),
        ("İpek", "ipek"),
        ("ﬁt", "fit"),
        ("Ａｄａ", "ada"),
    ],
)
def test_accents_and_case_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_scripts_without_spaces_become_pairs() -> None:
    assert words_of("東京都 Tokyo") == ["東京", "京都", "都", "tokyo"]
    assert sought("京都").pieces == (("京都",),)
    assert sought("東京都 to").pieces == (("東京", "京都"), ("to",))


@pytest.mark.parametrize("typed", ['"', "* ^", "()", "  ", "-", "'\""])
def test_what_has_no_letter_looks_for_nothing(typed: str) -> None:
    assert sought(typed).pieces == ()


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Split the rétry from the charge", "retr", ["rétry"[:4]]),
        ("Split the retry", "split re", ["Split", "re"]),
        ("retrying", "ret x", ["ret"][:0]),
        ("住所は東京都です", "京都", ["京都"]),
        ("noor@mail.example", "mail.ex", ["mail.ex"]),
        ("Καλημέρα κόσμε", "κοσμ", ["κόσμ"]),
        ("Straße 5", "strasse", ["Straße"]),
        ("decomposed e\u0301tude", "etu", ["e\u0301tu"]),
    ],
)
def test_where_the_words_are(text: str, typed: str, marked: list[str]) -> None:
    assert [text[a:b] for a, b in matches(text, sought(typed))] == marked


@given(st.text(), st.text())
def test_any_text_has_ranges_in_it(text: str, typed: str) -> None:
    ranges = matches(text, sought(typed))
    assert all(0 <= a < b <= len(text) for a, b in ranges)
    assert list(ranges) == sorted(ranges)
