"""The hiring packet as a document: pages, links, outline, fonts, number, and the same bytes for the same facts."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.packets.hiring.packet import hiring_packet, packet_number
from app.packets.paper.page import MARGIN, Packet
from app.queries.hiring import HiringFacts
from tests.packets import facts as cases
from tests.packets.reading import boxes_of, fonts_of, links_of, outline_of, read, text_of

ROOT = Path(__file__).resolve().parents[2]
BAR_IN_MARGIN = 24.0  # the word "bar" stands beside its line
CASES: dict[str, Callable[[], HiringFacts]] = {
    "ines": cases.ines,
    "empty": cases.empty,
    "troubled": cases.troubled,
    "flat": cases.flat_panel,
    "one interviewer": lambda: cases.with_interviews(cases.ines(), cases.ines().interviews[:1]),
    "one dimension": lambda: cases.huge(dimensions=1, raters=1, lines=1),
    "huge": lambda: cases.huge(dimensions=12, raters=8, lines=30),
    "many interviewers": lambda: cases.huge(dimensions=10, raters=14, lines=1),
}


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[HiringFacts, Packet]:
    """Every case with its packet."""
    facts = CASES[request.param]()
    return facts, hiring_packet(facts)


@pytest.fixture(scope="module")
def ines() -> Packet:
    """The packet of the design's pictures."""
    return hiring_packet(cases.ines())


def test_every_page_says_which_of_how_many_it_is_and_the_packet_s_number(case: tuple[HiringFacts, Packet]) -> None:
    facts, packet = case
    number = " ".join(packet.number[n : n + 4] for n in (0, 4, 8))
    pages = text_of(packet)
    assert len(pages) == packet.pages
    for place, text in enumerate(pages, 1):
        assert f"page {place} of {packet.pages}" in text
        assert f"packet {number} · rubric {facts.rubric.words}" in text


def test_no_word_lies_beyond_the_margins(case: tuple[HiringFacts, Packet]) -> None:
    _, packet = case
    boxes = boxes_of(packet)
    if boxes is None:
        pytest.skip("poppler is not installed")
    width, height = (float(n) for n in read(packet).pages[0].mediabox[2:])
    for page, left, top, right, bottom, word in boxes:
        least = MARGIN - (BAR_IN_MARGIN if word == "bar" else 0.5)
        assert left >= least, (page, word)
        assert right <= width - MARGIN + 0.5, (page, word)
        assert top >= 24, (page, word)
        assert bottom <= height - 24, (page, word)


def test_every_link_goes_where_it_says(case: tuple[HiringFacts, Packet]) -> None:
    facts, packet = case
    pages = {title: page for title, _, page in outline_of(packet)}
    goals = [goal for page, goal in links_of(packet) if page == 1]
    assert goals[: len(facts.rubric.dimensions)] == [pages[d.name] for d in facts.rubric.dimensions][: len(goals)]
    assert goals[-5:] == [
        pages[t]
        for t in (
            "Panel matrix",
            "Evidence by dimension",
            "Interviewers and their cards",
            "Votes, and who carries the zone",
            "Candidate facts and timeline",
        )
    ]


def test_the_index_on_page_one_names_the_pages_the_outline_goes_to(case: tuple[HiringFacts, Packet]) -> None:
    facts, packet = case
    outline = outline_of(packet)
    pages = {title: page for title, _, page in outline}
    first = text_of(packet)[0]
    for dimension in facts.rubric.dimensions[:10]:
        assert f"page {pages[dimension.name]}" in first
    assert [t for t, depth, _ in outline if depth == 0] == [
        "Decision",
        "Panel matrix",
        "Evidence by dimension",
        "Interviewers and their cards",
        "Votes, and who carries the zone",
        "Candidate facts and timeline",
    ]
    assert [depth for t, depth, _ in outline if t in {d.name for d in facts.rubric.dimensions}] == [1] * len(
        {*facts.rubric.dimension_ids}
    )


def test_every_font_is_inside(case: tuple[HiringFacts, Packet]) -> None:
    _, packet = case
    fonts = fonts_of(packet)
    assert all(fonts.values()), fonts
    assert {name.split("+")[1] for name in fonts} == {"Inter-Regular", "Inter-Medium", "Inter-SemiBold"}


def test_no_page_of_the_case_is_nearly_empty(ines: Packet) -> None:
    assert ines.pages == 9
    assert min(len(text) for text in text_of(ines)) > 500


def test_the_file_says_what_it_is(ines: Packet) -> None:
    reader = read(ines)
    meta = reader.metadata
    assert meta is not None
    assert (meta.title, meta.author) == ("Hiring packet: Ines Halvorsen", "Tenfold")
    assert meta.subject == "ML Engineering Manager, Search & Ranking, SR-2026-01"
    assert str(reader.root_object["/Lang"]) == "en"
    assert str(meta["/CreationDate"]) == "D:20260312145200Z"
    assert hashlib.sha256(ines.bytes).hexdigest() == ines.sha256


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792)), ("A4", (595, 842))])
def test_paper_is_the_workspace_s(paper: str, size: tuple[int, int]) -> None:
    for page in read(hiring_packet(replace(cases.ines(), paper=paper))).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size


def test_the_same_facts_give_the_same_bytes_in_another_process(ines: Packet) -> None:
    program = (
        "from tests.packets import facts; from app.packets.hiring.packet import hiring_packet;"
        "print(hiring_packet(facts.ines()).sha256)"
    )
    for seed, epoch in (("1", ""), ("2", "86400")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": epoch, "TZ": "Asia/Tokyo"}
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == ines.sha256


def test_what_was_set_before_leaves_no_trace(ines: Packet) -> None:
    hindi = replace(cases.ines(), candidate=replace(cases.ines().candidate, name="श्रीमती क्षेत्र"))
    first = hiring_packet(hindi)
    thai = replace(cases.ines(), candidate=replace(cases.ines().candidate, name="नाम कृष्ण กำลังน้ำ"))
    hiring_packet(thai)
    assert hiring_packet(hindi).sha256 == first.sha256
    assert hiring_packet(cases.ines()).sha256 == ines.sha256


def test_the_number_follows_what_is_printed_and_nothing_else() -> None:
    facts = cases.ines()
    number = packet_number(facts)
    assert number == hiring_packet(facts).number
    moved = tuple(
        replace(i, id=i.id + 100, cards=tuple(replace(c, id=c.id + 100, interview=i.id + 100) for c in i.cards))
        for i in facts.interviews
    )
    assert packet_number(replace(facts, interviews=moved)) == number
    assert packet_number(replace(facts, paper="letter")) != number
    assert packet_number(replace(facts, files=())) != number
    decision = replace(facts.decisions[0], reason="Another.")
    assert packet_number(replace(facts, decisions=(decision,))) != number
    other = facts.rubric.model_copy(update={"version": "1.1"})
    assert packet_number(replace(facts, rubric=other)) != number


def test_progress_is_told_in_order_and_ends_at_one() -> None:
    heard: list[tuple[float, str]] = []
    hiring_packet(cases.ines(), lambda done, words: heard.append((done, words)))
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert heard[-1] == (1.0, "Page 9")


def test_progress_may_call_it_off() -> None:
    class CalledOff(Exception):
        pass

    def stop(done: float, words: str) -> None:
        if done > 0.6:
            raise CalledOff

    with pytest.raises(CalledOff):
        hiring_packet(cases.ines(), stop)
    assert hiring_packet(cases.ines()).pages == 9
