"""What a rubric can't show although its words are right: too few questions, exercises, minutes, or too much to see.

These rules count and compare; they hold in any language.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from app.domain.coverage import PEOPLE_NEEDED
from app.domain.rubric_check.draft import DraftDimension, DraftRound, DraftRubric
from app.domain.rubric_check.finding import Amounts, Finding, RubricRule

QUESTION_MINUTES = 10
"""A question with its probes: four to answer, two for each of two probes, two to write down what was said."""
FRAME_MINUTES = 5
"""To greet, say what will happen, and leave the candidate a word at the end. A longer talk is a round of its own."""
MOST_DIMENSIONS = 10
"""More can't be seen by two people each without a sixth interview: one person listens for four at most."""


def question_kinds(dimension: DraftDimension) -> Iterator[Finding]:
    """A dimension with no question, with none on the past, or with none on a case to solve.

    A work sample counts as the case: what a candidate would do is then not told but seen.
    """
    kinds = {q.kind for q in dimension.questions}
    if not dimension.questions:
        yield _of(dimension, RubricRule.NO_QUESTION)
        return
    if not kinds & {"situational", "work_sample"}:
        yield _of(dimension, RubricRule.NO_SITUATIONAL)
    if "behavioural" not in kinds:
        yield _of(dimension, RubricRule.NO_BEHAVIOURAL)


def _of(dimension: DraftDimension, rule: RubricRule) -> Finding:
    place, where = (*dimension.place, "questions"), (*dimension.where, "questions")
    texts = tuple(f"{q.id} {q.kind}" for q in dimension.questions)
    return Finding(rule, place, where, dimension.where[-1], texts=texts)


def must_haves(rubric: DraftRubric) -> Iterator[Finding]:
    """Must-haves that no exercise everybody goes through is about, or that no plan scores.

    Nothing is said while there is no exercise or no plan at all.
    """
    shown = {d for exercise in rubric.exercises if not exercise.optional for d in exercise.primary}
    scored = {d for round_ in rubric.rounds for d in round_.dimensions}
    known = {d.id for d in rubric.dimensions}
    for place, wanted in enumerate(rubric.must_have):
        if wanted not in known:
            continue
        if rubric.exercises and wanted not in shown:
            yield _must_have(RubricRule.MUST_HAVE_NO_EXERCISE, place, wanted)
        if rubric.rounds and wanted not in scored:
            yield _must_have(RubricRule.MUST_HAVE_NO_PLAN, place, wanted)


def _must_have(rule: RubricRule, place: int, dimension: str) -> Finding:
    return Finding(rule, ("must_have", place), ("must_have", dimension), dimension, texts=(dimension,))


def minutes(rubric: DraftRubric) -> Iterator[Finding]:
    """Rounds whose questions take longer than their minutes, at `QUESTION_MINUTES` each and `FRAME_MINUTES` around."""
    for round_ in rubric.rounds:
        asked = _asked(rubric, round_)
        needed = asked * QUESTION_MINUTES + FRAME_MINUTES
        if round_.minutes is not None and asked and needed > round_.minutes:
            yield Finding(
                RubricRule.TOO_FEW_MINUTES,
                (*round_.place, "minutes"),
                (*round_.where, "minutes"),
                texts=(round_.exercise, str(round_.minutes), str(asked)),
                amounts=Amounts(there=round_.minutes, needed=needed, items=asked),
            )


def _asked(rubric: DraftRubric, round_: DraftRound) -> int:
    """How many questions a round asks, as `Rubric.questions_for` chooses them."""
    whose = {q.id: d.id for d in rubric.dimensions for q in d.questions}
    listed = {q for exercise in rubric.exercises if exercise.id == round_.exercise for q in exercise.questions}
    own = [q for q in listed if whose.get(q) in round_.dimensions]
    reached = {whose[q] for q in own}
    with_questions = {d.id for d in rubric.dimensions if d.questions}
    return len(own) + len((with_questions & set(round_.dimensions)) - reached)


def too_many(rubric: DraftRubric) -> Iterator[Finding]:
    """More dimensions than a panel can see twice."""
    there = len(rubric.dimensions)
    if there > MOST_DIMENSIONS:
        people = math.ceil(there * PEOPLE_NEEDED / rubric.per_person)
        yield Finding(
            RubricRule.TOO_MANY_DIMENSIONS,
            ("dimensions",),
            ("dimensions",),
            texts=(str(there),),
            amounts=Amounts(there=there, needed=people, items=rubric.per_person),
        )
