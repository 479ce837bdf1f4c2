"""Lines of a call: parted without losing a word, quoted as they were said, found, and found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.transcript import (
    LONGEST_LINE,
    SaidLine,
    call_time,
    content_of,
    found_in,
    lines_of,
    parted,
    place_of,
    quotes,
    search_text,
)

CALL = (
    SaidLine(3, "Noor", "What broke?"),
    SaidLine(7, "Ada", "The pager,"),
    SaidLine(7, "Ada", "then the graph."),
    SaidLine(None, "", "Noise."),
    SaidLine(12, "Ada", "The PAGER again."),
)


@pytest.mark.parametrize(("seconds", "words"), [(0, "00:00:00"), (723, "00:12:03"), (360_001, "100:00:01")])
def test_a_moment_of_a_call(seconds: int, words: str) -> None:
    assert call_time(seconds) == words


@given(st.text(alphabet="ab. ?", max_size=2000))
def test_parting_keeps_every_word_in_its_order(text: str) -> None:
    parts = list(parted(SaidLine(3, "Ada", text)))
    assert " ".join(p.text for p in parts).split() == text.split()
    assert all(p.at == 3 and p.speaker == "Ada" for p in parts)
    assert all(len(p.text) <= LONGEST_LINE or " " not in p.text for p in parts)


def test_lines_of_one_speaker_one_after_the_other_are_one_quote() -> None:
    assert quotes(CALL, [4, 2, 1, 1]) == [
        SaidLine(7, "Ada", "The pager, then the graph."),
        SaidLine(12, "Ada", "The PAGER again."),
    ]
    assert quotes(CALL, [0, 1]) == [CALL[0], CALL[1]]
    for wrong in ([-1], [5]):
        with pytest.raises(IndexError):
            quotes(CALL, wrong)


def test_a_quote_finds_its_place_again() -> None:
    for chosen in ([0], [1, 2], [3], [4]):
        (quote,) = quotes(CALL, chosen)
        assert place_of(CALL, quote) == chosen[0]
    assert place_of(CALL, SaidLine(9, "Ada", "Something else.")) == 2, "the last line before"
    assert place_of((), CALL[0]) is None


def test_a_search_goes_by_speaker_and_words_without_regard_to_case() -> None:
    lines = search_text(CALL)
    assert found_in(lines, " pager ") == (1, 4)
    assert found_in(lines, "noor") == (0,)
    assert found_in(lines, " ") == ()
    assert found_in(lines, "noise") == (3,)
    assert found_in(search_text(()), "a") == ()
    assert found_in(lines, "graph. noise") == (), "no words run on into the next line"


def test_what_is_kept_is_read_again() -> None:
    assert lines_of(content_of(CALL)) == CALL
