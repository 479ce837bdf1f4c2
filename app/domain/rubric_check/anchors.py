"""Anchors that can't be told apart, and anchors that two dimensions share. English words only.

A rater compares what was said with two neighbouring anchors. Where nothing but "often" and "always" lies between them,
each rater draws the line elsewhere; where two dimensions say the same, one observation is scored twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from app.domain.rubric_check.draft import DraftAnchor, DraftDimension, DraftRubric, Passage
from app.domain.rubric_check.english import content, stem, vocabulary, words
from app.domain.rubric_check.finding import Finding, RubricRule

MOST = 0.6
"""From this share of the words of two anchors that carry meaning (twice the shared by all), they say the same."""
LINE_MOST = 0.8
"""The same for one line of behaviour against another, which is shorter and overlaps by chance sooner."""
LEAST_SHARED = 5
"""Fewer words in common than this are chance."""

_PHRASES = re.compile(
    r"\b(a (?:lot|bit|few|little|number|handful|great deal|good deal|range|variety)(?: of)?"
    r"|a (?:wide|broad|limited|narrow) range of|a (?:high|low|good) degree of|lots of|plenty of"
    r"|(?:all|most|some|much|none) of the(?: time)?|(?:from|at) times?(?: to time)?|every now and then|now and then"
    r"|(?:in|on) (?:all|most|many|some|few|rare|every) (?:cases?|occasions?)|to (?:a|an|some|any) (?:\w+ )?extent"
    r"|more often than not|as a rule|time and again|again and again|once in a while|without fail|at all"
    r"|all the time)\b",
    re.IGNORECASE,
)
_DEGREES = vocabulary(
    "always often never sometimes rarely seldom frequently usually mostly occasionally ever regular constant "
    "consistent frequent occasional rare some many few several all every each any most more less least much little "
    "lots plenty numerous multiple various enough only just even also still very quite rather fairly pretty "
    "somewhat so too well better best good great excellent strong stronger solid weak weaker poor poorer bad basic "
    "advanced deep deeper broad broader limited outstanding exceptional superior sound adequate sufficient "
    "satisfactory fair considerable substantial thorough extensive high higher low lower full partial really almost "
    "nearly hardly barely usual"
)
# Words in -ly that are no adverbs of degree: a report that is weekly can be told from one that is monthly.
_NO_ADVERBS = vocabulary(
    "apply supply reply rely comply imply multiply family assembly anomaly ally july daily weekly monthly quarterly "
    "yearly hourly early friendly likely unlikely fly tally"
)
_ARTICLES = frozenset({"a", "an", "the"})


def of_degree(dimension: DraftDimension) -> Iterator[Finding]:
    """Lines of neighbouring anchors between which nothing lies but an adverb or a word of quantity, or nothing."""
    anchors = sorted(dimension.anchors, key=lambda a: a.score)
    for lower, upper in pairwise(anchors):
        if upper.score == lower.score + 1:
            yield from _same_lines(lower, upper)


def _same_lines(lower: DraftAnchor, upper: DraftAnchor) -> Iterator[Finding]:
    for later in upper.written:
        for earlier in lower.written:
            if _without_degrees(earlier.text) == _without_degrees(later.text):
                yield _pair(RubricRule.DEGREE_ONLY, earlier, later, _only_here(earlier.text, later.text))
                break


def _without_degrees(text: str) -> list[str]:
    left = words(_PHRASES.sub(" ", text.replace("’", "'")))
    return [stem(w) for w in left if w not in _ARTICLES and not _is_degree(w)]


def _is_degree(word: str) -> bool:
    return word in _DEGREES or (word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS)


def _only_here(earlier: str, later: str) -> tuple[str, ...]:
    """The words that stand in one text only, those of the earlier first; none where the texts say the same."""
    one, two = _telling(earlier), _telling(later)
    return tuple(filter(None, (" ".join((one - two).elements()), " ".join((two - one).elements()))))


def _telling(text: str) -> Counter[str]:
    left = set(_without_degrees(text))
    return Counter(w for w in words(text) if w not in _ARTICLES and stem(w) not in left)


def _pair(rule: RubricRule, earlier: Passage, later: Passage, quotes: tuple[str, ...]) -> Finding:
    return Finding(
        rule=rule,
        place=later.place,
        where=later.where,
        dimension=later.dimension,
        quotes=quotes,
        texts=(earlier.text, later.text),
        other=earlier.where,
    )


def shared_words(rubric: DraftRubric) -> Iterator[Finding]:
    """Anchors that say mostly what an anchor of an earlier dimension says, whole or in one line."""
    known: list[DraftAnchor] = []
    for dimension in rubric.dimensions:
        for anchor in dimension.anchors:
            nearest = max(known, key=lambda other: _overlap(anchor, other), default=None)
            if nearest is not None and _overlap(anchor, nearest) >= MOST:
                yield _whole(nearest, anchor)
            else:
                yield from _shared_lines(known, anchor)
        known += dimension.anchors


def _words_of(anchor: DraftAnchor) -> frozenset[str]:
    return frozenset().union(*(content(p.text) for p in anchor.written))


def _overlap(one: DraftAnchor, two: DraftAnchor) -> float:
    """The share of their words that two anchors have in common; 0 where that is too few to say."""
    mine, theirs = _words_of(one), _words_of(two)
    shared = len(mine & theirs)
    return 2 * shared / (len(mine) + len(theirs)) if shared >= LEAST_SHARED else 0


def _whole(earlier: DraftAnchor, later: DraftAnchor) -> Finding:
    return Finding(
        rule=RubricRule.SHARED_WORDS,
        place=later.place,
        where=later.where,
        dimension=later.summary.dimension,
        quotes=_in_order(later.written, _words_of(earlier)),
        texts=tuple(p.text for p in (*earlier.written, *later.written)),
        other=earlier.where,
    )


def _shared_lines(known: list[DraftAnchor], anchor: DraftAnchor) -> Iterator[Finding]:
    lines = [p for other in known for p in other.behaviours if p.written]
    for line in anchor.behaviours:
        mine = content(line.text)
        for earlier in lines:
            theirs = content(earlier.text)
            if len(mine & theirs) >= LEAST_SHARED and len(mine & theirs) >= LINE_MOST * len(mine | theirs):
                yield _pair(RubricRule.SHARED_WORDS, earlier, line, _in_order((line,), theirs))
                break


def _in_order(passages: tuple[Passage, ...], stems: frozenset[str]) -> tuple[str, ...]:
    """The words of texts that have one of the stems, each once."""
    return tuple(dict.fromkeys(w for p in passages for w in words(p.text) if stem(w) in stems & content(p.text)))
