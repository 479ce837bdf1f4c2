"""Hebrew and Arabic on paper: in reading order, Arabic joined, whatever stands beside them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.guide import Guide, GuideDimension, GuideLevel, GuideTrack, Statement, cell_of
from app.packets.guide.packet import leveling_guide
from app.packets.paper.reading_order import PlacedCharacter, in_order, text_in_order
from app.packets.paper.type import BODY, TextSpan, measure, plain, rich, typesetting
from app.queries.guide import GuideFacts

LIOR = "ליאור כהן"
MUHAMMAD = "محمد حداد"


def drawn(text: str, width: float = 400) -> list[str]:
    """The lines of a paragraph as they are drawn, from left to right."""
    with typesetting():
        paragraph = plain(text, BODY)
        paragraph.wrap(width, 1000)
        lines = paragraph.blPara.lines
        if paragraph.blPara.kind == 0:
            return [" ".join(words) for _, words in lines]
        return [" ".join("".join(f.text for f in line.words).split()) for line in lines]


def test_a_hebrew_name_stands_from_right_to_left() -> None:
    assert drawn(LIOR) == [LIOR[::-1]]


def test_a_name_in_an_english_sentence_turns_itself_and_not_the_sentence() -> None:
    assert drawn(f"Dana {LIOR}, hiring manager since 2024") == [f"Dana {LIOR[::-1]}, hiring manager since 2024"]


def test_figures_and_brackets_in_a_hebrew_line_stay_readable() -> None:
    assert text_in_order("ציון 42 (טוב)") == "(בוט) 42 ןויצ"


def test_arabic_is_joined() -> None:
    """Each letter in the form it has beside the others; what they spell is unchanged."""
    (line,) = drawn(MUHAMMAD)
    assert all(unicodedata.decomposition(c).split()[:1] != [] for c in line[-4:]), "forms, not bare letters"
    assert unicodedata.normalize("NFKC", line) == MUHAMMAD[::-1]
    assert text_in_order("لا") == "\ufefb", "a ligature"


def test_lines_are_broken_as_they_are_read() -> None:
    """The beginning stands on the first line, at its right end."""
    text = " ".join(f"מילה{n}" for n in range(1, 9))
    lines = drawn(text, 120)
    assert len(lines) > 1
    assert lines[0].endswith("הלימ") or "1" in lines[0].split()[-1]
    assert "8" in lines[-1]
    assert "8" not in lines[0]


def test_each_character_keeps_what_it_is_set_with() -> None:
    heavy = rich((TextSpan("Lead: ", 600), TextSpan(LIOR), TextSpan(" and more")), BODY)
    heavy.wrap(400, 100)
    texts = [(f.text, f.fontName) for f in heavy.blPara.lines[0].words]
    assert texts[0] == ("Lead: ", "Inter-SemiBold")
    assert "".join(t for t, font in texts if "Hebrew" in font).split() == [LIOR[::-1].replace(" ", "")]
    placed = in_order([PlacedCharacter(c, n) for n, c in enumerate(LIOR)])
    assert [p.style for p in placed] == list(reversed(range(len(LIOR))))


def test_what_is_split_over_pages_is_not_turned_twice() -> None:
    text = "\n".join(f"שורה {n} כאן" for n in range(1, 9))
    with typesetting():
        paragraph = plain(text, BODY)
        paragraph.wrap(300, 1000)
        first, rest = paragraph.split(300, 4 * BODY.leading)
        for part in (first, rest):
            part.wrap(300, 1000)
    words = ["".join(f.text for f in line.words).strip() for line in (*first.blPara.lines, *rest.blPara.lines)]
    assert words == [f"ןאכ {n} הרוש" for n in range(1, 9)]


def test_a_ladder_in_hebrew_and_arabic_is_printed_as_it_is_read() -> None:
    """As a ladder of others brings it: in reading order on the page, Arabic letters in their joined forms."""
    said = {"בדיקות": "בודק את הקוד שלו", "اختبارات": "يختبر الشيفرة قبل كل تغيير"}
    dimensions = tuple(GuideDimension(id=d, name=d, short=d, narrow="-") for d in said)
    cells = {d: cell_of([Statement(text=text)], "core", 3) for d, text in said.items()}
    guide = Guide(
        name="Ours",
        dimensions=dimensions,
        tracks=(GuideTrack(id="t", name="T", order=("L1",)),),
        levels=(GuideLevel(id="L1", track="t", title="L1", cells=cells),),
    )
    when = datetime(2026, 3, 12, 9, tzinfo=UTC)
    packet = leveling_guide(GuideFacts(guide, 1, "ours.csv", "", when, "Ruth Amadi", "0" * 64, "A4"))
    page = PdfReader(BytesIO(packet.bytes)).pages[2].extract_text()  # turns letters back, not words
    shown = " ".join(unicodedata.normalize("NFKC", page).split())
    for dimension, text in said.items():
        assert dimension in shown
        assert " ".join(reversed(text.split())) in shown, "the first word at the right"
    forms = {unicodedata.name(c).split()[-2] for c in page if unicodedata.name(c, "").endswith("FORM")}
    assert forms >= {"INITIAL", "MEDIAL"}, "joined letters"


@pytest.mark.parametrize("text", ["Plain", "Ünïcode", "日本語", "नमस्ते"])
def test_what_is_read_from_the_left_is_left_alone(text: str) -> None:
    assert text_in_order(text) == text
    assert measure(text, BODY) > 0


def test_a_letter_that_unicode_does_not_know_yet_stands_in_its_place() -> None:
    assert text_in_order("two 2\U0003d5c2 \u05d0\u05d1 x") == "two 2\U0003d5c2 \u05d1\u05d0 x"
