"""What an assessment says of a dimension, written inside a running step: its score or reason, words, dated facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.domain.assessment import Rated
from app.errors import Refused
from app.store.columns import table_of
from app.store.step import Step
from app.store.tables_growth import Assessment, AssessmentRating, Fact
from app.words import tr

_ratings, _facts = table_of(AssessmentRating), table_of(Fact)


def set_rating(step: Step, assessment: int, dimension: str, **values: object) -> None:
    """Set what a rating says, inside a running step. Raises Refused for a dimension that was not asked for."""
    _must_be_asked(step, assessment, dimension)
    known = step.first(
        select(_ratings.c.id).where(_ratings.c.assessment_id == assessment, _ratings.c.dimension == dimension)
    )
    if known:
        step.edit(AssessmentRating, known[0], **values)
    else:
        step.add(AssessmentRating, assessment_id=assessment, dimension=dimension, **values)


def put_fact(
    step: Step, assessment: int, dimension: str, text: str, on: date | None, *, inferred: bool = False, source: str = ""
) -> None:
    """The same inside a running step."""
    _must_be_asked(step, assessment, dimension)
    known = step.get(Assessment, assessment)
    step.add(
        Fact, member_id=known.member_id, assessment_id=assessment, dimension=dimension, on=on, text=text.strip(),
        inferred=inferred, source=source.strip(), by_id=known.rater_id, added_at=step.at,
    )  # fmt: skip


def put_ratings(step: Step, assessment: int, ratings: Sequence[Rated]) -> None:
    """The same inside a running step."""
    for rated in ratings:
        set_rating(step, assessment, rated.dimension, score=rated.score, reason=rated.reason, words=rated.words)
        known = select(_facts.c.id).where(_facts.c.assessment_id == assessment, _facts.c.dimension == rated.dimension)
        for row in step.rows(known):
            step.remove(Fact, row["id"])
        for fact in rated.facts:
            put_fact(
                step, assessment, rated.dimension, fact.text, fact.on, inferred=fact.inferred, source=fact.source
            )  # fmt: skip


def _must_be_asked(step: Step, assessment: int, dimension: str) -> None:
    if dimension not in step.get(Assessment, assessment).dimensions:
        raise Refused(tr("That level asks nothing on this dimension."))
