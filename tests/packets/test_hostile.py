"""Whatever people type is shown as it is, and never read as markup, as a path, or as an instruction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.packets.hiring.packet import hiring_packet
from app.packets.paper.page import MARGIN
from app.queries.decision import Person
from app.queries.hiring import HiringFacts, InterviewFacts, OpenedEarly
from app.queries.timeline import TimelineMoment
from tests.packets import facts as cases
from tests.packets.reading import boxes_of, fonts_of, outline_of, read, text_of

SHOWN = {
    "image": '<img src="file:///etc/passwd"/>',
    "font": '<font color="red">x</font>',
    "open tag": "<para><b>&amp;",
    "closing": "</para></font>]]>",
    "entity": "&#60;b&#62; &lt; &nbsp;",
    "template": "{{7*7}} {name} %s %(x)s ${HOME}",
    "execution": "[[[exec]]] <evalString>1+1</evalString>",
    "link": '<a href="http://example.org/x">go</a>',
    "accents": "Ångström Żółć Čapek Ñandú ǅ",
    "greek": "Ελευθερία Παπαδοπούλου",
    "cyrillic": "Наталья Ющенко",
    "japanese": "田中太郎さん、今日は",
    "korean": "김철수",
    "quotes": "“Jonas knows how” — ‘so’ 99.9 % → ±2",
}
SURVIVED = {
    "hebrew": "שלום עולם",
    "arabic": "مرحبا بالعالم",
    "devanagari": "श्रीमती क्षेत्र: (कृष्ण) abc",
    "thai": "กำลังน้ำ Python3",
    "emoji": "done 😀👩‍👩‍👧 ok",
    "nul": "a\x00b\x07c\x1b[31md",
    "surrogate": "half \ud83d alone",
    "overrides": "abc\u202egpj.exe\u2066x\u2069",
    "private": "\ue000\uf8ff\U000f0000",
    "combining": "Z" + "\u0301\u0316" * 60,
    "nothing": "",
    "white": " \t\n\r\u2028 \u00a0 ",
    "marks alone": "\u0301\u093f\u0e33",
}
LONG = {
    "word": "w" * 5000,
    "unbroken": "\u00a0".join("ab" for _ in range(700)),
    "words": "word " * 600,
    "wide": "田" * 1200,
}


def _with(text: str, interviews: int = 2) -> HiringFacts:
    """The case with this text in every place a person can type in."""
    facts = cases.ines()
    decision = replace(
        facts.decisions[0], reason=text, change_reason=text, by=Person(text, text), dissents=((text, text),)
    )
    return replace(
        cases.with_interviews(facts, [_interview(i, text) for i in facts.interviews[:interviews]]),
        candidate=replace(
            facts.candidate, name=text, mail=text, phone=text, now_at=text, place=text, came_by=text, can_start=text
        ),
        opening=replace(facts.opening, code=text, role=text, approved_by=text, manager=text),
        decisions=(replace(decision, verdict="no_hire"), decision),
        opened_early=OpenedEarly(facts.as_of, text, text),
        rounds_without_interview=(text,),
        timeline=(TimelineMoment(facts.as_of, text, text),),
        files=(text,),
    )


def _interview(interview: InterviewFacts, text: str) -> InterviewFacts:
    person = Person(text, text)
    card = interview.cards[0]
    ratings = tuple(
        replace(
            r,
            evidence=tuple(replace(e, text=text) for e in r.evidence),
            observed=tuple(replace(o, red=True, quote=text) for o in r.observed),
        )
        for r in card.content.ratings
    )
    content = replace(card.content, ratings=ratings, overall_reason=text, amend_reason=text)
    first = replace(card, author=person, entered_by=text, replaced=True)
    second = replace(card, id=card.id + 50, author=person, content=content)
    return replace(interview, interviewer=person, place=text, cards=(first, second))


def _squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN.keys())
def test_what_was_typed_is_printed_letter_by_letter(text: str) -> None:
    packet = hiring_packet(_with(text))
    pages = [_squeezed(page) for page in text_of(packet)]
    for place in (0, 2, packet.pages - 1):
        assert _squeezed(text) in pages[place]
    assert not any("root:" in page or "49" in page.replace(packet.number, "") for page in pages[:1])
    assert not any("/URI" in str(n.get_object()) for p in read(packet).pages for n in p.get("/Annots") or [])


@pytest.mark.parametrize("text", SURVIVED.values(), ids=SURVIVED.keys())
def test_what_no_reader_can_show_does_no_harm(text: str) -> None:
    packet = hiring_packet(_with(text))
    assert packet.pages >= 8
    assert all(fonts_of(packet).values())
    assert f"page 1 of {packet.pages}" in text_of(packet)[0]
    shown = "".join(text_of(packet))
    assert "\x00" not in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_long_text_wraps_and_runs_on(text: str) -> None:
    packet = hiring_packet(_with(text, interviews=1))
    width = float(read(packet).pages[0].mediabox.width)
    for page, left, _, right, _, word in boxes_of(packet) or []:
        assert word == "bar" or left >= MARGIN - 0.5, (page, word[:30])
        assert right <= width - MARGIN + 0.5, (page, word[:30])
    assert "".join(text_of(packet)).count(text[0]) >= 5 * len(_squeezed(text)) // len(set(_squeezed(text)))


def test_text_no_font_has_becomes_a_box() -> None:
    assert "done □" in text_of(hiring_packet(_with("done 😀")))[0]


def test_the_outline_and_the_title_take_any_script() -> None:
    packet = hiring_packet(_with("田中\x00\ud83d Ελένη"))
    meta = read(packet).metadata
    assert meta is not None
    assert meta.title == "Hiring packet: 田中□ Ελένη"
    assert len(outline_of(packet)) == 16
