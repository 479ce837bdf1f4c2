"""In which encoding a table is written: known by its bytes, or a guess that is said and never taken in silence."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from app.words import tr

_USUAL = "cp1252"
_OTHERS = ("shift_jis", "cp1251", "cp1253", "koi8_r", "iso8859_2", "gb18030", "euc_kr", "big5", "cp1255", "cp1256")
_NAMES = {
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
    "cp1250": "Windows-1250",
    "cp1253": "Windows-1253",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "koi8_r": "KOI8-R",
    "shift_jis": "Shift JIS",
    "iso8859_2": "ISO 8859-2",
    "gb18030": "GB 18030",
    "euc_kr": "EUC-KR",
    "big5": "Big5",
}
_INSIDE = "’‘´`'ªº·-–"  # what may stand between the letters of a name


class Unread(Exception):
    """The bytes are no text that could be taken without asking. `guess` says what they may be, or nothing."""

    def __init__(self, guess: Decoded | None) -> None:
        super().__init__(guess)
        self.guess = guess


@dataclass(frozen=True)
class Decoded:
    """A text, the name of its encoding where that is a guess (else empty), and words that show whether it is right."""

    text: str
    guess: str = ""
    sample: str = ""


def decode(content: bytes, encoding: str = "") -> Decoded:
    """By the encoding that is said; else by the byte order mark, by zeros, as UTF-8, as plausible Windows-1252.

    Raises Unread where it is none of these, LookupError for an encoding there is not.
    """
    if encoding:
        codecs.lookup(encoding)
        text = _as(content, encoding)
        if text is None:
            raise Unread(None)
        return Decoded(text)
    for known in _by_bytes(content):
        text = _as(content, known)
        if text is None:
            raise Unread(None)
        return Decoded(text)
    text = _as(content, "utf-8-sig")
    if text is not None:
        return Decoded(text)
    text = _as(content, _USUAL)
    if text is not None and plausible(text, western=True):
        return _guessed(text, _USUAL)
    guesses = ((found, other) for other in _OTHERS if (found := _as(content, other)) is not None and plausible(found))
    raise Unread(next((_guessed(found, other) for found, other in guesses), None))


def guess_words(guess: Decoded) -> str:
    """What was guessed, with a word to look at."""
    return tr("Read as {encoding}: “{sample}”.").format(encoding=guess.guess, sample=guess.sample)


def plausible(text: str, *, western: bool = False) -> bool:
    """Whether the words with other letters than ASCII look like words: no signs among their letters, no capital behind
    a small one; where it should be a western language, not most letters of a word with marks."""
    return all(
        _is_word(word, western=western)
        for word in text.replace(";", " ").replace(",", " ").split()
        if not word.isascii()
    )


def _is_word(word: str, *, western: bool) -> bool:
    letters = [c for c in word if c.isalpha() or unicodedata.category(c).startswith("M")]
    signs = [c for c in word if not c.isascii() and c not in letters and c not in _INSIDE]
    if letters and signs and any(c in word.strip("„“”«»()") for c in signs):
        return False
    if any(a.islower() and b.isupper() and not (a.isascii() and b.isascii()) for a, b in pairwise(word)):
        return False
    scripts = {_script(c) for c in letters}
    if len(scripts) > 1 and not scripts <= {"CJK", "HIRAGANA", "KATAKANA"}:
        return False
    marked = sum(not c.isascii() for c in letters)
    return not western or len(letters) < 3 or 2 * marked <= len(letters)


def _script(character: str) -> str:
    return unicodedata.name(character, "?").split()[0]


def _by_bytes(content: bytes) -> tuple[str, ...]:
    """The Unicode encodings their own bytes tell: a mark, or every other byte a zero."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    head = content[:200]
    if head and head[1::2].count(0) * 2 > len(head[1::2]):
        return ("utf-16-le",)
    if head and head[0::2].count(0) * 2 > len(head[0::2]):
        return ("utf-16-be",)
    return ()


def _as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return None


def _guessed(text: str, encoding: str) -> Decoded:
    strange = next((word for word in text.replace(";", ",").split(",") if not word.isascii()), "")
    line = next((part for part in strange.splitlines() if not part.isascii()), "")
    return Decoded(text, _NAMES.get(encoding, encoding), " ".join(line.split())[:60])
