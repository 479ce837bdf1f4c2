"""Transcripts of recorded calls: lines with their time and speaker, how long they are kept, and what is quoted of them.

Nothing is summarised or scored here: what a person chooses keeps its words.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

MOST_LINES = 20_000
LONGEST_LINE = 240
"""Letters of a line; a longer speech is parted where its sentences end, so that one of them can be chosen."""
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])\s+")


class Keeping(StrEnum):
    """How long the transcripts of a workspace are kept."""

    SUBMIT = "submit"
    DECISION = "decision"
    KEPT = "kept"


@dataclass(frozen=True)
class SaidLine:
    """What somebody said; `at` is the second of the call, None where the file says none, the speaker may be empty."""

    at: int | None
    speaker: str
    text: str


def call_time(seconds: int) -> str:
    """A moment of a call: 00:12:03."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def parted(line: SaidLine) -> Iterator[SaidLine]:
    """A line as one or several that are not too long: at the ends of sentences, else between words. No word is lost."""
    part = ""
    for sentence in _SENTENCE_END.split(line.text):
        for piece in _pieces(sentence):
            if part and len(part) + 1 + len(piece) > LONGEST_LINE:
                yield SaidLine(line.at, line.speaker, part)
                part = piece
            else:
                part = f"{part} {piece}" if part else piece
    if part:
        yield SaidLine(line.at, line.speaker, part)


def _pieces(sentence: str) -> Iterator[str]:
    """A sentence, or where it is too long by itself, as many words of it at a time as fit."""
    if len(sentence) <= LONGEST_LINE:
        yield sentence
        return
    piece = ""
    for word in sentence.split():
        if piece and len(piece) + 1 + len(word) > LONGEST_LINE:
            yield piece
            piece = word
        else:
            piece = f"{piece} {word}" if piece else word
    if piece:
        yield piece


def quotes(lines: Sequence[SaidLine], chosen: Iterable[int]) -> list[SaidLine]:
    """The chosen lines as evidence: what one speaker said in lines one after the other is one quote, words unchanged.

    Raises IndexError for a line that is not there.
    """
    found: list[SaidLine] = []
    before = None
    for number in sorted(set(chosen)):
        if number < 0:
            raise IndexError(number)
        line = lines[number]
        if before is not None and number == before + 1 and found[-1].speaker == line.speaker:
            at = found[-1].at if found[-1].at is not None else line.at
            found[-1] = SaidLine(at, line.speaker, f"{found[-1].text} {line.text}")
        else:
            found.append(line)
        before = number
    return found


def place_of(lines: Sequence[SaidLine], quote: SaidLine) -> int | None:
    """Where a quote begins: the line of its time and speaker whose words it begins with, else the last line before."""
    before = None
    for number, line in enumerate(lines):
        if line.at == quote.at and line.speaker == quote.speaker and quote.text.startswith(line.text):
            return number
        if line.at is not None and quote.at is not None and line.at <= quote.at:
            before = number
    return before


@dataclass(frozen=True)
class SearchText:
    """A transcript as it is searched, with every key: one text, and where in it each line starts."""

    text: str
    starts: tuple[int, ...]


def search_text(lines: Iterable[SaidLine]) -> SearchText:
    """Speaker and words of each line, small letters like large ones."""
    folded = [f"{line.speaker} {line.text}".casefold() for line in lines]
    return SearchText("\n".join(folded), tuple(accumulate((len(line) + 1 for line in folded), initial=0)))


def found_in(searched: SearchText, words: str) -> tuple[int, ...]:
    """The lines that hold these words, in their order."""
    wanted = " ".join(words.casefold().split())
    found: list[int] = []
    at = searched.text.find(wanted) if wanted else -1
    while at >= 0:
        found.append(bisect_right(searched.starts, at) - 1)
        at = searched.text.find(wanted, searched.starts[found[-1] + 1])
    return tuple(found)


def content_of(lines: Iterable[SaidLine]) -> str:
    """Lines as they are kept."""
    return json.dumps([[line.at, line.speaker, line.text] for line in lines], ensure_ascii=False)


def lines_of(content: str) -> tuple[SaidLine, ...]:
    """Lines that were kept. Raises ValueError or TypeError for what is none of ours."""
    return tuple(SaidLine(at, str(speaker), str(text)) for at, speaker, text in json.loads(content))
