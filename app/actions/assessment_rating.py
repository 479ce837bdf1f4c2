"""What an assessment says of a dimension, written inside a running step: its score or reason, words, dated facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.domain.assessment import AssessedRating, EvidenceEntry
from app.errors import Refused
from app.store.step import Step
from app.store.tables_growth import Assessment, AssessmentRating, EvidenceItem
from app.words import tr


def set_rating(step: Step, assessment: int, dimension: str, **values: Any) -> None:
    """Set what a rating says, inside a running step; one that says nothing any more is gone. Raises Refused for a
    dimension that was not asked for."""
    _must_be_asked(step, assessment, dimension)
    query = select(
        col(AssessmentRating.id), col(AssessmentRating.score), col(AssessmentRating.reason), col(AssessmentRating.words)
    ).where(col(AssessmentRating.assessment_id) == assessment, col(AssessmentRating.dimension) == dimension)
    known, score, reason, words = step.first(query) or (None, None, None, "")
    says = {"score": score, "reason": reason, "words": words, **values}
    if says["score"] is None and says["reason"] is None and not says["words"]:
        if known is not None:
            step.remove(AssessmentRating, known)
    elif known is not None:
        step.edit(AssessmentRating, known, **values)
    else:
        step.add(AssessmentRating, assessment_id=assessment, dimension=dimension, **values)


def put_fact(step: Step, assessment: int, dimension: str, fact: EvidenceEntry, today: date) -> None:
    """Add a dated thing to an assessment, inside a running step. Raises Refused for a day that is still to come and a
    dimension that was not asked for."""
    _must_be_asked(step, assessment, dimension)
    must_have_been(fact.on, today)
    known = step.get(Assessment, assessment)
    step.add(
        EvidenceItem,
        member_id=known.member_id,
        assessment_id=assessment,
        dimension=dimension,
        on=fact.on,
        text=fact.text.strip(),
        inferred=fact.inferred,
        source=fact.source.strip(),
        by_id=known.rater_id,
        added_at=step.at,
    )


def put_ratings(step: Step, assessment: int, ratings: Sequence[AssessedRating], today: date) -> None:
    """Write whole ratings, inside a running step, each in the place of what was said of its dimension."""
    for rated in ratings:
        set_rating(step, assessment, rated.dimension, score=rated.score, reason=rated.reason, words=rated.words)
        step.remove_all(
            EvidenceItem, col(EvidenceItem.assessment_id) == assessment, col(EvidenceItem.dimension) == rated.dimension
        )
        for fact in rated.facts:
            put_fact(step, assessment, rated.dimension, fact, today)


def must_have_been(on: date | None, today: date) -> None:
    """Nothing was seen on a day that is still to come. Raises Refused."""
    if on is not None and on > today:
        raise Refused(tr("That day is still to come."), tr("Write the day it was seen."))


def _must_be_asked(step: Step, assessment: int, dimension: str) -> None:
    if dimension not in step.get(Assessment, assessment).dimensions:
        raise Refused(tr("That level asks nothing on this dimension."))
