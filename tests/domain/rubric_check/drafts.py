"""Rubrics as an editor holds them while they are being written: made without validation, with what a test is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from app.domain.rubric import Anchor, Dimension, Question, Rubric
from app.domain.rubric_check.check import check
from app.domain.rubric_check.finding import Finding, RubricRule
from app.domain.rubric_check.lists import CheckLists
from app.domain.value import Value

NO_LISTS = CheckLists()


V = TypeVar("V", bound=Value)


def unfinished(model: type[V], **fields: Any) -> V:
    """A value with these fields alone."""
    construct: Any = model.model_construct  # mypy's plugin asks for every field, which a draft has not
    made: V = construct(**fields)
    return made


def anchor(score: int, *behaviours: str, summary: str = "") -> Anchor:
    return unfinished(Anchor, score=score, summary=summary, behaviours=behaviours)


def question(text: str, *probes: str, name: str = "q1", kind: Any = "situational") -> Question:
    return unfinished(Question, id=name, kind=kind, text=text, probes=probes)


def dimension(name: str = "one", anchors: Iterable[Anchor] = (), questions: Iterable[Question] = ()) -> Dimension:
    return unfinished(Dimension, id=name, name="", anchors=tuple(anchors), questions=tuple(questions))


def rubric(*dimensions: Dimension, **more: Any) -> Rubric:
    return unfinished(Rubric, dimensions=dimensions, **more)


def found(of: Rubric, *rules: RubricRule, lists: CheckLists = NO_LISTS) -> list[Finding]:
    """What these rules find; every rule where none is named."""
    return [f for f in check(of, lists) if not rules or f.rule in rules]
