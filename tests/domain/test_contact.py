"""When two contacts are the same, and how several are told apart in one text."""

from __future__ import annotations

import pytest

from app.domain.contact import ContactKind, apart, folded

MAIL, PHONE, LINK = ContactKind


@pytest.mark.parametrize(
    ("way", "text", "found"),
    [
        (MAIL, "a@example.org; B@Example.org", ("a@example.org", "B@Example.org")),
        (MAIL, "a@example.org|b@example.org,\n a@EXAMPLE.org", ("a@example.org", "b@example.org")),
        (MAIL, " , ; ", ()),
        (PHONE, "+47 22 33 44 55 / 0047 22334455", ("+47 22 33 44 55",)),
        (PHONE, "030 / 1234567", ("030 / 1234567",)),
        (PHONE, "030/123456, ext. 7; +47 22 33 44 55", ("030/123456, ext. 7", "+47 22 33 44 55")),
        (
            LINK,
            "https://maps.example/@52.5,13.4 https://a.example,https://b.example",
            ("https://maps.example/@52.5,13.4", "https://a.example", "https://b.example"),
        ),
        (LINK, "https://example.org/a  example.com/b", ("https://example.org/a", "example.com/b")),
    ],
)
def test_a_text_of_several_is_parted_and_each_stands_once(way: ContactKind, text: str, found: tuple[str, ...]) -> None:
    assert apart(way, text) == found


@pytest.mark.parametrize(
    ("way", "one", "other", "same"),
    [
        (MAIL, "Ada@Example.org", " ada@example.org", True),
        (MAIL, "ada@example.org", "ada@example.com", False),
        (PHONE, "+47 22 33 44 55", "0047 (22) 33-44-55", True),
        (PHONE, "22 33 44 55", "+47 22 33 44 55", False),
        (LINK, "https://www.example.org/ada/", "EXAMPLE.org/ada", True),
        (LINK, "example.org/ada", "example.org/ida", False),
    ],
)
def test_two_spellings_of_one_are_the_same(way: ContactKind, one: str, other: str, same: bool) -> None:
    assert (folded(way, one) == folded(way, other)) is same


def test_a_few_digits_are_no_number_to_find_anybody_by() -> None:
    assert folded(PHONE, "ext. 7") == ""
