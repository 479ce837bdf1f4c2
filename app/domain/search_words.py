"""How words are compared when somebody looks for them: without accents and case, and by pairs where a script has no
spaces between words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_WITHOUT_SPACES = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f]+"
)
_MARKS = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
_ALONE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
"""Letters that Unicode takes to be no other letter with a mark, and that are typed as one."""


def fold(text: str) -> str:
    """A text without case and accents. A Greek, Cyrillic or Latin letter is the same with a mark and without one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", plain)).casefold().translate(_ALONE)


def words_of(text: str) -> list[str]:
    """The words of a text as they are kept in the index: folded, and scripts without spaces as pairs of letters, with
    the last letter once more alone."""
    return [part for word in _WORD.findall(fold(text)) for part in _parts(word, last_alone=True)]


@dataclass(frozen=True)
class Sought:
    """What was typed, a piece for each word: words that stand side by side. The last word may be a beginning."""

    pieces: tuple[tuple[str, ...], ...]

    def fits(self, text: str) -> bool:
        """Whether every piece is in a text."""
        plain, _ = _folded_with_places(text)
        return all(pattern.search(plain) for pattern in _patterns(self))


def sought(typed: str) -> Sought:
    """What somebody is looking for. Nothing that is typed means anything but itself."""
    pieces = []
    for typed_word in typed.split():
        parts = [part for word in _WORD.findall(fold(typed_word)) for part in _parts(word, last_alone=False)]
        if parts:
            pieces.append(tuple(parts))
    return Sought(tuple(pieces))


def matches(text: str, wanted: Sought) -> tuple[tuple[int, int], ...]:
    """Where in a text the sought words are, as ranges of its letters in their order."""
    plain, places = _folded_with_places(text)
    every = [m for pattern in _patterns(wanted) for m in pattern.finditer(plain)]
    return _joined([(places[m.start()], places[m.end() - 1] + 1) for m in every])


def _patterns(wanted: Sought) -> list[re.Pattern[str]]:
    last = len(wanted.pieces) - 1
    return [_pattern(piece, beginning=number == last) for number, piece in enumerate(wanted.pieces)]


def _pattern(piece: Sequence[str], *, beginning: bool) -> re.Pattern[str]:
    """The words of a piece side by side; pairs of a script without spaces overlap by a letter, and begin anywhere."""
    whole, before = "", ""
    for part in piece:
        if before and _WITHOUT_SPACES.fullmatch(before) and _WITHOUT_SPACES.fullmatch(part):
            whole += re.escape(part[1:])
        else:
            whole += (r"[\W_]*" if before else "") + re.escape(part)
        before = part
    start = "" if _WITHOUT_SPACES.match(piece[0]) else r"(?<![^\W_])"
    end = "" if beginning or _WITHOUT_SPACES.match(piece[-1]) else r"(?![^\W_])"
    return re.compile(start + whole + end)


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """A folded text, and by each of its letters the letter of the text it came from."""
    if text.isascii():
        return text.casefold(), list(range(len(text)))
    plain: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        folded = fold(text[at:end])
        plain.append(folded)
        places += [at] * len(folded)
        at = end
    return "".join(plain), places


def _joined(ranges: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def _parts(word: str, *, last_alone: bool) -> list[str]:
    found: list[str] = []
    at = 0
    for run in _WITHOUT_SPACES.finditer(word):
        if run.start() > at:
            found.append(word[at : run.start()])
        letters = run.group()
        found += [letters[n : n + 2] for n in range(len(letters) - 1)]
        if last_alone or len(letters) == 1:
            found.append(letters[-1])
        at = run.end()
    return [*found, word[at:]] if at < len(word) else found
