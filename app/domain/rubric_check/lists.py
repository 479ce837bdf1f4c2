"""The lists that the rules on words go by: what must not be asked, and words that narrow the field.

They are data with sources, and are handed in. A phrase is matched as whole words in any case; in it

- `a|b` stands for either word,
- a `*` at the end of a word for any ending,
- `...` for up to four words of the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.domain.value import Id, Text, Value

_CHOICES = r"[a-z0-9'/\-]+\*?(?:\|[a-z0-9'/\-]+\*?)*"
_PHRASE = re.compile(rf"{_CHOICES}(?: (?:\.\.\.|{_CHOICES}))*")
# What stands in a word never stands between two: a text can be split into words in one way only, so that no text,
# however odd, makes a search long.
_BETWEEN = r"[\s,;:\"“”()–—/]+"
_GAP = rf"(?:[\w'’‘\-‐‑]+{_BETWEEN}){{0,4}}"


class Jurisdiction(StrEnum):
    """Whose law a list follows."""

    EU = "eu"
    US = "us"


def _phrase(text: str) -> str:
    if _PHRASE.fullmatch(text) is None or text.endswith("..."):
        raise PydanticCustomError("phrase", "this is no phrase of small words, |, * and ...")
    return text


Phrase = Annotated[str, Field(strict=True), AfterValidator(_phrase)]
Phrases = Annotated[tuple[Phrase, ...], Field(min_length=1)]


class NotAsked(Value):
    """A subject that no question may touch, by whose law, and what may be asked in its place."""

    id: Id
    subject: Text
    phrases: Phrases
    better: Text
    law: Annotated[Mapping[Jurisdiction, Text], Field(min_length=1)]


class NarrowingWord(Value):
    """A word that keeps people away who could do the work; `unless` are phrases in which it means something else."""

    id: Id
    words: Phrases
    unless: tuple[Phrase, ...] = ()
    narrows: Literal["age", "gender", "origin", "disability", "likeness"]
    better: Text
    source: Text


class NotAskedList(Value):
    """What must not be asked."""

    subjects: Annotated[tuple[NotAsked, ...], Field(min_length=1)]


class NarrowingList(Value):
    """Words that narrow the field."""

    words: Annotated[tuple[NarrowingWord, ...], Field(min_length=1)]


class CheckLists(Value):
    """Both lists, as a check takes them."""

    not_asked: tuple[NotAsked, ...] = ()
    narrowing: tuple[NarrowingWord, ...] = ()

    def under(self, *jurisdictions: Jurisdiction) -> CheckLists:
        """The lists for these jurisdictions alone: other subjects, and other laws of the same subject, are left out."""
        kept = [(s, {j: law for j, law in s.law.items() if j in jurisdictions}) for s in self.not_asked]
        subjects = tuple(s.model_copy(update={"law": law}) for s, law in kept if law)
        return CheckLists(not_asked=subjects, narrowing=self.narrowing)


@lru_cache(maxsize=1024)
def pattern_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases as a pattern over a text as it is written."""
    bodies = "|".join(_body(phrase) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{bodies})(?!\w)", re.IGNORECASE)


def _body(phrase: str) -> str:
    parts = [
        _GAP if word == "..." else f"(?:{'|'.join(_spelled(choice) for choice in word.split('|'))}){_BETWEEN}"
        for word in phrase.split()
    ]
    return "".join(parts).removesuffix(_BETWEEN)


def _spelled(word: str) -> str:
    """A word of a phrase: with either apostrophe, with any hyphen, and with any ending where a star stands."""
    plain = re.escape(word.removesuffix("*")).replace("'", "['’]").replace(r"\-", "[-‐‑]")
    return plain + (r"[\w'’]*" if word.endswith("*") else "")
