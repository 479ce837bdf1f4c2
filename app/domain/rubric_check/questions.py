"""Questions that yes or no answers, that ask two things, or that say what to answer. English words only.

A question is read clause by clause. It asks two things where a second open clause begins afresh: no scene was set
before, nothing points back, no word is taken up. What develops one thing in several short sentences does point back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.rubric_check.draft import DraftDimension, DraftQuestion, Passage
from app.domain.rubric_check.english import content, sentences, vocabulary, words
from app.domain.rubric_check.finding import Finding, RubricRule, found_in

_AUXILIARY = "have|has|had|do|does|did|is|are|was|were|am|can|could|will|would|should|shall|may|might|must"
_PRONOUN = "you|we|they|i|he|she|it|there|your"
_ASKING = r"what|how|why|which|who|whom|whose|when|where"
_TELLING = (
    r"tell|describe|explain|walk|talk|give|share|show|outline|sketch|draw|lay out|name|list|compare|say|write|discuss|"
    r"elaborate|summari[sz]e|design|think aloud"
)
_CLAUSE = re.compile(
    rf"(?:^|[,;:–—]\s*|\b(?:and|but|or|then|also|if so|if not|if yes)\b[,:]?\s+)"
    rf"(?:(?:please|then|also|now|first|in|to|from|at|for|of|with|by|on)\s+)?"
    rf"(?=(?:{_ASKING})\b|(?:{_TELLING})\b|(?:{_AUXILIARY})\s+(?:{_PRONOUN})\b)",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"(?:(?:{_ASKING})\b|(?:{_TELLING})\b)", re.IGNORECASE)
_ASKED_TO_TELL = re.compile(
    r"\b(?:can|could|would|will) you (?:please |briefly |kindly )?"
    rf"(?!say (?:that|you|it|this)\b|describe yourself as)(?:{_TELLING})\b"
    r"|\b(?:would|could) you (?:mind|like to|be willing to|care to)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(rf"(?:{_AUXILIARY})(?:n't)?\s+(?:{_PRONOUN})\b", re.IGNORECASE)
_CLOSED_START = re.compile(rf"(?:and |but |so |or )?(?:{_AUXILIARY})(?:n't)?\s+\w", re.IGNORECASE)
_CHOICE = re.compile(
    r"\b(?:would|should)\b[^.?!]*\bor\b|\b(?:prefer|rather|choose|pick|better|sooner|first)\b[^.?!]*\bor\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"^(?:if|when|suppose|imagine|say|given|after|before|once)\b[^?]*,\s*", re.IGNORECASE)
_NOT = rf"(?:(?:{_AUXILIARY})n't|can't|won't|shan't)"
_LEADING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:and |but |so )?{_NOT}\s+\w+[^?]*",
        rf"(?:[,;:–—]\s*| - |\b(?:and|but|so)\s+){_NOT}\s+(?:{_PRONOUN}|that|this)\b[^?]*",
        rf"(?:^|[,;:]\s*)(?:{_AUXILIARY}) (?:you|we|it|they) not \w+[^?]*",
        r"(?:^|[,;:]\s*|\band )(?:do|would|will) you (?:also |fully )?agree (?:that|with)\b[^?]*",
        r"(?:[,–—]\s*| - )(?:right|correct|no|yes|okay|ok|agreed|true|eh|or not)\s*\?",
        rf"(?:[,–—]\s*| - )(?:{_AUXILIARY}) (?:you|we|it|they|he|she|that|there)(?: not)?\s*\?",
        r"\b(?:surely|obviously|of course|needless to say|everyone knows|we all know|as you know)\b",
        r"\b(?:i'm sure|i am sure|i assume|i take it|i suppose|i imagine|presumably)\b[^?]*\byou(?:'d|'ll|'re|r)?\b",
        r"^(?:clearly|naturally|certainly|undoubtedly)\b[^?]*\?",
        r"^how (?:important|essential|bad|terrible|great|wonderful|crucial|vital|wrong|dangerous) (?:is|are|was) it\b",
    )
)
_SAID_AS_KNOWN = re.compile(r"^(?:and |so |then )?you(?:'d|'ll|'re|'ve)?\b[^?]*\?", re.IGNORECASE)
"""“You would escalate?”: the answer, with a question mark."""
_POINTS_BACK = vocabulary(
    "it its it's that this these those they them their theirs there then one ones he him his she her else instead "
    "again differently since same such so afterwards after first next both either other another"
)
_THIN = vocabulary(
    "do did go went say said use take took think thought happen chang chosen see saw mak made find found tell told "
    "give gave get got want need look learn learn't feel try tri put deal case way thing situation part role point "
    "kind result outcom evidenc approach example exampl decid decision step exact team people person long time"
)
_SUBSTANCE = 2
"""Words that carry meaning, from which a clause asks for something of its own."""
_SCENE_WORDS = 4


@dataclass(frozen=True)
class _Clause:
    """One thing asked; `begins` a sentence or is joined to what stands before in it."""

    text: str
    begins: bool

    @property
    def open(self) -> bool:
        return _OPEN.match(self.text) is not None

    @property
    def past(self) -> bool:
        return re.search(r"\b(?:did|was|were|had)\b", self.text, re.IGNORECASE) is not None

    @property
    def told(self) -> bool:
        return re.match(rf"(?:{_TELLING})\b", self.text, re.IGNORECASE) is not None


def question_findings(dimension: DraftDimension) -> Iterator[Finding]:
    """What is wrong with how a dimension's questions are put; a probe, which follows an answer, may only not lead."""
    for question in dimension.questions:
        yield from _of_question(question)
        for probe in question.probes:
            if led := _leads(probe.text):
                yield found_in(RubricRule.LEADING, probe, (led,))


def _of_question(question: DraftQuestion) -> Iterator[Finding]:
    text = question.text
    if led := _leads(text.text):
        yield found_in(RubricRule.LEADING, text, (led,))
    elif closed := _closed(text):
        yield found_in(RubricRule.YES_OR_NO, text, (closed,))
    if two := _two_things(text.text):
        yield found_in(RubricRule.TWO_QUESTIONS, text, two)


def _plain(text: str) -> str:
    return text.replace("’", "'")


def _leads(text: str) -> str:
    """The words that say what to answer; empty where none do."""
    for sentence in sentences(_plain(text)):
        for pattern in _LEADING:
            if found := pattern.search(sentence):
                return found[0].strip(" ,;:–—")
        if _SAID_AS_KNOWN.match(sentence) and not any(c.open for c in _clauses(sentence)):
            return sentence
    return ""


def _clauses(sentence: str) -> list[_Clause]:
    found = list(_CLAUSE.finditer(sentence))
    ends = [match.start() for match in found[1:]] + [len(sentence)] * bool(found)
    return [
        _Clause(sentence[match.end() : end].strip(" ,;:–—"), not sentence[: match.start()].strip())
        for match, end in zip(found, ends, strict=True)
    ]


def _closed(passage: Passage) -> str:
    """The sentence that yes or no answers, where nothing in the text asks for more; else empty."""
    found = ""
    for sentence in sentences(_plain(passage.text)):
        if any(c.open for c in _clauses(sentence)) or _ASKED_TO_TELL.search(sentence):
            return ""
        asked = _WHETHER.sub("", sentence)
        begins = _CLOSED_START if sentence.rstrip("\"'”’) ").endswith("?") else _CLOSED
        if begins.match(asked) and not _CHOICE.search(sentence):
            found = found or sentence
    return found


def _two_things(text: str) -> tuple[str, ...]:
    """Two clauses that each ask for something of their own; empty where the later ones develop the first."""
    asked: list[_Clause] = []
    before: set[str] = set()
    for sentence in sentences(_plain(text)):
        clauses = [c for c in _clauses(sentence) if c.open or c.begins or asked]
        if not clauses and not asked and len(words(sentence)) >= _SCENE_WORDS:
            return ()  # a scene is set: what is asked is asked about it
        for clause in clauses:
            if asked and clause.open and _afresh(clause, asked[-1], before):
                return (asked[-1].text, clause.text)
            before |= content(clause.text)
            asked.append(clause)
        if _sets_a_scene(sentence, clauses):
            return ()
    return ()


def _sets_a_scene(sentence: str, clauses: list[_Clause]) -> bool:
    """A sentence that tells something before its question does: 'The test shows nothing, Product waits: what now?'"""
    if not clauses:
        return False
    lead = sentence.partition(clauses[0].text[:12])[0]
    return len(words(lead)) >= _SCENE_WORDS


def _afresh(clause: _Clause, last: _Clause, before: set[str]) -> bool:
    """Whether a clause takes nothing up from before and asks for something of substance."""
    found = content(clause.text)
    if _POINTS_BACK.intersection(words(clause.text)) or found & before or len(found - _THIN) < _SUBSTANCE:
        return False
    develops = clause.past and (last.told or (last.past and clause.begins))
    return not develops
