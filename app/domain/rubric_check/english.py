"""What the rules know of English: words, sentences, what carries meaning, and whether a text is English at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

ENOUGH_WORDS = 30
"""Below this many words, what language a text is in can't be told, and it is taken for English."""
ENGLISH_SHARE = 0.12
"""English prose has a third of its words from `_SMALL`, terse anchors a fifth; other languages have under a tenth."""


def vocabulary(text: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(text.split())


_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SENTENCE = re.compile(r"[^.?!…]*(?:[.?!…]+[\"'”’)]*(?=\s|$)|[.?!…]+)?", re.DOTALL)
_SMALL = vocabulary(
    "the of and to a in is that what you how for with it on as are this be by from or at not have has who which "
    "your their they when where do does did would could should can before after without"
)
_EMPTY = _SMALL | vocabulary(
    "an about again all also am any because been being both but cannot can't each else ever every few had he her "
    "here him his i if into its itself just least less made make makes many may me might more most much must my "
    "never no nor now off one one's once only other others our out over own per said say says several she so some "
    "still such than them themselves then there these those through too under until up upon us very was we well "
    "were what's while whom whose why will within yet always often sometimes rarely usually seldom first last new "
    "own's"
)


def words(text: str) -> list[str]:
    """The words of a text, small, with straight apostrophes."""
    return [found.replace("’", "'").lower() for found in _WORD.findall(text)]


def sentences(text: str) -> list[str]:
    """The sentences of a text with their ends."""
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        piece = match[0]
        if found and not re.search(r"[.?!…][\"'”’)]*$", found[-1]):
            found[-1] += piece  # the point was inside a word, as in 1.5 or k8s.io
        elif piece.strip():
            found.append(piece)
    return [piece.strip() for piece in found]


def stem(word: str) -> str:
    """A word without the ending of number or time, so that 'explains' and 'explained' are the same."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending, least in (("ing", 6), ("ed", 5), ("es", 5), ("s", 4)):
        if len(word) >= least and word.endswith(ending) and not word.endswith(("ss", "us", "is")):
            cut = word[: -len(ending)]
            if ending == "es" and not cut.endswith(("s", "x", "z", "ch", "sh")):
                cut = word[:-1]
            return _bare(cut)
    return _bare(word)


def _bare(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@lru_cache(maxsize=4096)
def content(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning; numbers are none."""
    return frozenset(stem(w) for w in words(text) if w not in _EMPTY and not w.isdigit() and len(w) > 1)


def reads_as_english(texts: Iterable[str]) -> bool:
    """Whether texts seem to be English, by the share of its commonest words; short ones are taken for it."""
    found = [w for text in texts for w in words(text)]
    return len(found) < ENOUGH_WORDS or sum(w in _SMALL for w in found) >= ENGLISH_SHARE * len(found)
