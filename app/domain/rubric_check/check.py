"""The whole check of a rubric, finished or not.

What counts and compares is checked in any language. What reads words knows English alone, and is left out where the
rubric does not read as English: silence there says nothing. No rule asks what a candidate should be able to do.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from app.domain.exercise import Exercise, PackPlan, Round
from app.domain.rubric import Anchor, Dimension, Question, Rubric, RubricSignal
from app.domain.rubric_check import anchors, coverage, observable, questions, words
from app.domain.rubric_check.draft import DraftRubric, drafted
from app.domain.rubric_check.english import reads_as_english
from app.domain.rubric_check.finding import Finding
from app.domain.rubric_check.lists import CheckLists
from app.domain.value import Way

_INNER: dict[str, type[BaseModel]] = {
    "dimensions": Dimension,
    "anchors": Anchor,
    "questions": Question,
    "exercises": Exercise,
    "plans": PackPlan,
    "rounds": Round,
    "signals": RubricSignal,
}


def check(rubric: Rubric, lists: CheckLists) -> tuple[Finding, ...]:
    """Everything found, in the order of the rubric. A draft made with `model_construct` may lack any part.

    A field that is blank is no finding of a rule on words. Each key stands once.
    """
    draft = drafted(rubric)
    found: dict[str, Finding] = {}
    for finding in (*_structure(draft), *(_words(draft, lists) if _english(draft) else ())):
        found.setdefault(finding.key, finding)
    return tuple(sorted(found.values(), key=lambda f: (_rank(f.place), f.rule, f.key)))


def reads_english(rubric: Rubric) -> bool:
    """Whether the rules that read words are used on this rubric."""
    return _english(drafted(rubric))


def _english(draft: DraftRubric) -> bool:
    return reads_as_english(p.text for p in draft.passages())


def _structure(draft: DraftRubric) -> Iterator[Finding]:
    yield from coverage.must_haves(draft)
    yield from coverage.too_many(draft)
    yield from coverage.minutes(draft)
    for dimension in draft.dimensions:
        yield from coverage.question_kinds(dimension)


def _words(draft: DraftRubric, lists: CheckLists) -> Iterator[Finding]:
    for dimension in draft.dimensions:
        yield from anchors.of_degree(dimension)
        yield from observable.nothing_seen(dimension)
        yield from questions.question_findings(dimension)
    yield from anchors.shared_words(draft)
    yield from words.not_to_be_asked(draft, lists)
    yield from words.narrowing(draft, lists)


def _rank(place: Way) -> tuple[int, ...]:
    """A place as numbers that sort as the rubric's fields stand."""
    model: type[BaseModel] | None = Rubric
    ranks = []
    for part in place:
        if isinstance(part, int):
            ranks.append(part)
            continue
        fields = list(model.model_fields) if model is not None else []
        ranks.append(fields.index(part) if part in fields else len(fields))
        model = _INNER.get(part)
    return tuple(ranks)
