"""What was said in a call, out of the text of its transcript: WebVTT, SRT, a DOCX of Teams, or plain text with times.

Nothing is left out but what is no speech: the head of a WebVTT file, its notes and styles, the numbers of cues, and
marks within their words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.domain.transcript import MOST_LINES, SaidLine, parted
from app.exchange.encodings import Unread, decode, guess_words
from app.exchange.transcript_docx import NoDocument, document_text
from app.words import tr

_HOURS = r"(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,2}):(?P<s>\d{1,2})(?:[.,]\d{1,3})?"
_TIMING = re.compile(r"^\s*(?P<from>[\d:.,]{3,16})\s*-->")
_STAMP = re.compile(_HOURS)
_WITH_HOUR = r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?"
_BARE = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIME_FIRST = re.compile(rf"^\s*(?:[\[(](?P<in>{_BARE})[\])]|(?P<bare>{_WITH_HOUR}))\s*[-–—:]?\s*(?P<words>.*)$")
_NAME_FIRST = re.compile(
    rf"^\s*(?P<name>\S.{{0,78}}?)(?:\s*[\[(](?P<in>{_BARE})[\])]|(?:\s{{2,}}|\t)(?P<apart>{_BARE})|\s(?P<bare>{_WITH_HOUR}))\s*$"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]{0,200})>")
_TAG = re.compile(r"</?(?:(?:c|i|b|u|v|lang|ruby|rt|font)(?:[.\s][^<>]*)?|[\d:.]+)>", re.IGNORECASE)
_PREFIX = re.compile(r"^(?P<name>[^\s:<>\[\]][^:<>\[\]]{0,58}?)\s*:\s+(?P<words>\S.*)$")
_ASIDE = re.compile(r"^(NOTE|STYLE|REGION)\b")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MOST_WORDS = 6
_FIRST_TIME_WITHIN = 40


class NoTranscript(Exception):
    """The bytes are no transcript; `sentence` says why, with {name} for the file."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass
class _Speech:
    """Lines that have one time: as the file has them, with a speaker where a mark or a head names one."""

    at: int | None
    speaker: str = ""
    lines: list[str] = field(default_factory=list)


def lines_in(content: bytes) -> tuple[list[SaidLine], str]:
    """The lines of a transcript, and what was guessed of its letters. Raises NoTranscript."""
    text, guess, is_document = _text_of(content)
    rows = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").removeprefix("\ufeff").split("\n")
    if not any(row.strip() for row in rows):
        raise NoTranscript(tr("{name} is empty."))
    if any(_TIMING.match(row) for row in rows):
        spoken = _named(list(_cues(rows)), heads=is_document)
    else:
        spoken = _named(list(_timed(rows)), heads=False)
    found: list[SaidLine] = []
    for line in spoken:
        found += parted(line)
        if len(found) > MOST_LINES:
            raise NoTranscript(
                tr("{name} has more than {n} lines, which no call has.").replace("{n}", f"{MOST_LINES:,}")
            )
    if not any(line.at is not None for line in found):
        raise NoTranscript(_no_times())
    return found, guess


def _text_of(content: bytes) -> tuple[str, str, bool]:
    """The text, what was guessed of its letters, and whether it is a DOCX."""
    if not content.strip():
        raise NoTranscript(tr("{name} is empty."))
    if content.startswith(b"PK\x03\x04"):
        try:
            return document_text(content), "", True
        except NoDocument as wrong:
            raise NoTranscript(
                tr("{name} is no DOCX that can be read: it is damaged, locked or far too large.")
            ) from wrong
    if content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"SQLite format 3")):
        raise NoTranscript(tr("{name} is another kind of file than its name says, and no transcript."))
    try:
        read = decode(content)
    except Unread as wrong:
        raise NoTranscript(tr("The letters of {name} can’t be read: it is no text, or not in UTF-8.")) from wrong
    if _NO_TEXT.search(read.text):
        raise NoTranscript(tr("{name} is no text, so it is no transcript."))
    return read.text, guess_words(read) if read.guess else "", False


def _no_times() -> str:
    return tr("{name} has no line with the time it was said at, so it is no transcript.")


def _seconds(stamp: str | None) -> int | None:
    """A moment of a call; None where it is none."""
    found = _STAMP.fullmatch(stamp or "")
    if found is None or int(found["m"]) > 59 or int(found["s"]) > 59:
        return None
    return int(found["h"] or 0) * 3600 + int(found["m"]) * 60 + int(found["s"])


# WebVTT and SRT


def _cues(rows: Sequence[str]) -> Iterator[_Speech]:
    """Each cue with its time and words. Words that stand outside any are kept with the cue before."""
    cue, aside, fresh = _Speech(None), bool(rows and rows[0].lstrip().startswith("WEBVTT")), True
    for number, row in enumerate(rows):
        timing = _TIMING.match(row)
        if timing is not None:
            yield from _spoken(cue)
            cue, aside = _Speech(_seconds(timing["from"])), False
        elif not row.strip():
            aside = False
        elif fresh and _ASIDE.match(row):
            aside = True
        elif not aside and not _is_number_of_cue(rows, number, fresh=fresh):
            cue.lines.append(row)
        fresh = not row.strip()
    yield from _spoken(cue)


def _is_number_of_cue(rows: Sequence[str], number: int, *, fresh: bool) -> bool:
    """Whether a line only names the cue whose time follows at once."""
    follows = number + 1 < len(rows) and _TIMING.match(rows[number + 1]) is not None
    return follows and (fresh or rows[number].strip().isdecimal())


def _spoken(cue: _Speech) -> Iterator[_Speech]:
    """A cue as one speech, or as several where marks name several voices."""
    parts = _VOICE.split("\n".join(cue.lines))
    for speaker, words in zip(("", *parts[1::2]), parts[::2], strict=True):
        lines = [" ".join(html.unescape(_TAG.sub("", line)).split()) for line in words.split("\n")]
        said = [line for line in lines if line]
        if said:
            yield _Speech(cue.at, " ".join(html.unescape(speaker).split()), said)


# Plain text with times


def _timed(rows: Sequence[str]) -> Iterator[_Speech]:
    """Each head with a time, and what stands under it; what stands before the first is kept without one."""
    speech, heads = _Speech(None), 0
    for number, row in enumerate(rows):
        head = _head(row)
        if head is None:
            if row.strip():
                speech.lines.append(" ".join(row.split()))
            if not heads and number > _FIRST_TIME_WITHIN:
                raise NoTranscript(_no_times())
            continue
        heads += 1
        if speech.lines:
            yield speech
        speech = head
    if speech.lines:
        yield speech
    if heads < 2:
        raise NoTranscript(_no_times())


def _head(row: str) -> _Speech | None:
    """What a line with a time says: the time and words, or the time and who speaks in the lines below."""
    first = _TIME_FIRST.match(row)
    if first is not None:
        words = " ".join(first["words"].split())
        return _checked(_Speech(_seconds(first["in"] or first["bare"]), "", [words] if words else []))
    named = _NAME_FIRST.match(row)
    if named is None or not _is_name(named["name"]):
        return None
    at = _seconds(named["in"] or named["apart"] or named["bare"])
    return _checked(_Speech(at, " ".join(named["name"].split())))


def _checked(speech: _Speech) -> _Speech | None:
    return None if speech.at is None else speech


# Speakers


def _is_name(words: str) -> bool:
    """Whether words may be a name: few, begun by a letter, no sentence."""
    return (
        len(words.split()) <= _MOST_WORDS and words[:1].isalpha() and not words.rstrip().endswith((".", "?", "!", ","))
    )


def _named(speeches: Sequence[_Speech], *, heads: bool) -> Iterator[SaidLine]:
    """Each line with its speaker. "Name: words", and in a document a name on a line of its own, are taken for one where
    most speeches that name nobody otherwise begin so: a single one may be words with a colon."""
    open_ones = [s for s in speeches if not s.speaker and s.at is not None]
    prefixed = sum(_prefix(s) is not None for s in open_ones)
    headed = sum(len(s.lines) > 1 and _is_name(s.lines[0]) for s in open_ones) if heads else 0
    for speech in speeches:
        speaker, lines = speech.speaker, speech.lines
        if not speaker and speech.at is not None:
            found = _prefix(speech)
            if 2 * prefixed > len(open_ones) and found is not None:
                speaker, lines = " ".join(found["name"].split()), [found["words"], *lines[1:]]
            elif 2 * headed > len(open_ones) and heads and len(lines) > 1 and _is_name(lines[0]):
                speaker, lines = lines[0], lines[1:]
        for line in lines:
            yield SaidLine(speech.at, speaker, line)


def _prefix(speech: _Speech) -> re.Match[str] | None:
    found = _PREFIX.match(speech.lines[0]) if speech.lines else None
    return found if found is not None and _is_name(found["name"]) else None
