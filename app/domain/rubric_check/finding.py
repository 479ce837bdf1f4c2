"""What a check found in a rubric: the rule, the place, the words, and a key by which it can be set aside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from app.domain.rubric_check.draft import Passage
from app.domain.value import Way

_DIGITS = 12


class RubricRule(StrEnum):
    """What a finding is about. The ids are stored with findings set aside and stay."""

    DEGREE_ONLY = "degree_only"
    NOTHING_SEEN = "nothing_seen"
    SHARED_WORDS = "shared_words"
    NO_QUESTION = "no_question"
    NO_SITUATIONAL = "no_situational"
    NO_BEHAVIOURAL = "no_behavioural"
    YES_OR_NO = "yes_or_no"
    TWO_QUESTIONS = "two_questions"
    LEADING = "leading"
    NOT_TO_BE_ASKED = "not_to_be_asked"
    MUST_HAVE_NO_EXERCISE = "must_have_no_exercise"
    MUST_HAVE_NO_PLAN = "must_have_no_plan"
    TOO_FEW_MINUTES = "too_few_minutes"
    NARROWING = "narrowing"
    TOO_MANY_DIMENSIONS = "too_many_dimensions"


@dataclass(frozen=True)
class Amounts:
    """The numbers of a finding that counts something; what they count is the rule's to say."""

    there: int
    needed: int
    items: int


@dataclass(frozen=True)
class Finding:
    """One thing found. `place` is the way into the rubric, `where` the same by ids, which stays when lists are sorted.

    `quotes` are the words at fault; `texts` are the whole texts they stand in, by which the key changes. `other` is
    the second place of a finding about two. `entry` is the id in the list a rule goes by; `subject`, `better` and
    `sources` come from there too.
    """

    rule: RubricRule
    place: Way
    where: tuple[str, ...]
    dimension: str | None = None
    quotes: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    entry: str = ""
    subject: str = ""
    better: str = ""
    sources: tuple[str, ...] = ()
    amounts: Amounts | None = None

    @property
    def key(self) -> str:
        """The same for the same rule, place by ids and words; another as soon as the words concerned are changed."""
        words = "\n".join(" ".join(text.split()) for text in self.texts)
        digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
        parts = (self.rule, ".".join(self.where), *filter(None, (".".join(self.other), self.entry)), digest)
        return "/".join(parts)


def found_in(rule: RubricRule, passage: Passage, quotes: tuple[str, ...] = ()) -> Finding:
    """A finding about words of one text."""
    return Finding(rule, passage.place, passage.where, passage.dimension, quotes=quotes, texts=(passage.text,))
