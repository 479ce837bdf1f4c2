"""Letters: which font shows a character, what is dropped, what is cut."""

from __future__ import annotations

import pytest

from app.packets.paper.type import BODY, TABLE, TextSpan, clean, fitted, measure, plain, rich, runs, shrunk


@pytest.mark.parametrize(
    ("text", "fonts"),
    [
        ("Hanne Sørby", ["Inter-Regular"]),
        ("Ελένη Ющенко", ["Inter-Regular"]),
        ("Li 李", ["Inter-Regular", "WenQuanYiMicroHei"]),
        ("नाम: abc", ["NotoSansDevanagari-Regular", "Inter-Regular"]),
        ("שלום", ["NotoSansHebrew-Regular"]),
        ("مرحبا", ["NotoSansArabic-Regular"]),
        ("ไทย", ["NotoSansThai-Regular"]),
        ("", []),
    ],
)
def test_each_character_has_a_font_that_shows_it(text: str, fonts: list[str]) -> None:
    assert [font for _, font in runs(text)] == fonts
    assert "".join(piece for piece, _ in runs(text)) == text


def test_a_word_that_is_shaped_stays_in_one_font() -> None:
    assert [piece for piece, _ in runs("(नाम)")] == ["(नाम)"]
    assert "".join(piece for piece, _ in runs("ใช้Python")) == "ใช้ Python"


def test_weights_are_fonts_of_their_own() -> None:
    assert runs("a", 600) == [("a", "Inter-SemiBold")]
    assert measure("Halvorsen", TABLE.strong()) > measure("Halvorsen", TABLE)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x00b\x1bc", "abc"),
        ("two\r\nlines\n\n\nmore", "two lines more"),
        ("\u202eevil\u2066", "evil"),
        ("\ud83d", "□"),
        ("tab\there", "tab here"),
        ("soft\u00adhyphen \ufeffmark", "softhyphen mark"),
        ("e\u0301", "é"),
    ],
)
def test_clean_text_is_one_line_without_surprises(typed: str, shown: str) -> None:
    assert clean(typed) == shown


def test_a_paragraph_never_reads_markup() -> None:
    paragraph = plain('<b>x</b> <img src="y"/> &amp;', BODY)
    assert [frag.text for frag in paragraph.frags] == ['<b>x</b> <img src="y"/> &amp;']


def test_pieces_keep_the_space_between_them() -> None:
    paragraph = rich((TextSpan("Names on "), TextSpan("page 3", link="votes"), TextSpan(".")), TABLE)
    assert "".join(frag.text for frag in paragraph.frags) == "Names on page 3."
    assert [frag.link for frag in paragraph.frags] == [[], [(0, "#votes")], []]


def test_line_ends_are_kept_and_empty_lines_are_one() -> None:
    paragraph = plain("one\n\n\n\ntwo\u2028three\n", BODY)
    assert [f.text for f in paragraph.frags if f.text] == ["one", "two", "three"]
    assert sum(bool(getattr(f, "lineBreak", False)) for f in paragraph.frags) == 3


def test_what_is_too_wide_is_cut_or_made_smaller() -> None:
    assert fitted("Halvorsen", TABLE, 200) == "Halvorsen"
    cut = fitted("Halvorsen " * 50, TABLE, 60)
    assert cut.endswith("…")
    assert measure(cut, TABLE) <= 60
    text, type_ = shrunk("Reliability", TABLE, 36, 6)
    assert text == "Reliability"
    assert 6 <= type_.size < TABLE.size
    text, type_ = shrunk("Reliability", TABLE, 12, 6)
    assert text.endswith("…")
    assert type_.size == 6
