"""Words that the lists name: what must not be asked, in questions and probes; what narrows the field, in every text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.domain.rubric_check.draft import DraftRubric, Passage
from app.domain.rubric_check.finding import Finding, RubricRule, found_in
from app.domain.rubric_check.lists import CheckLists, NarrowingWord, NotAsked, pattern_of


def not_to_be_asked(rubric: DraftRubric, lists: CheckLists) -> Iterator[Finding]:
    """Questions and probes that touch a subject of the list; each subject once a text."""
    for dimension in rubric.dimensions:
        for question in dimension.questions:
            for passage in (question.text, *question.probes):
                yield from (f for subject in lists.not_asked if (f := _touching(passage, subject)) is not None)


def _touching(passage: Passage, subject: NotAsked) -> Finding | None:
    found = pattern_of(subject.phrases).search(passage.text)
    if found is None:
        return None
    return replace(
        found_in(RubricRule.NOT_TO_BE_ASKED, passage, (found[0],)),
        entry=subject.id,
        subject=subject.subject,
        better=subject.better,
        sources=tuple(f"{j.upper()}: {law}" for j, law in subject.law.items()),
    )


def narrowing(rubric: DraftRubric, lists: CheckLists) -> Iterator[Finding]:
    """Texts with a word of the list; each entry once a text."""
    for passage in rubric.passages():
        if passage.written:
            yield from (f for word in lists.narrowing if (f := _narrowed(passage, word)) is not None)


def _narrowed(passage: Passage, word: NarrowingWord) -> Finding | None:
    found = _meant_so(passage.text, word)
    if found is None:
        return None
    return replace(
        found_in(RubricRule.NARROWING, passage, (found,)),
        entry=word.id,
        subject=word.narrows,
        better=word.better,
        sources=(word.source,),
    )


def _meant_so(text: str, word: NarrowingWord) -> str | None:
    """The first words of an entry that stand outside the phrases in which they mean something else."""
    otherwise = [f.span() for f in pattern_of(word.unless).finditer(text)] if word.unless else []
    for found in pattern_of(word.words).finditer(text):
        start, end = found.span()
        if not any(first <= start and end <= last for first, last in otherwise):
            return found[0]
    return None
