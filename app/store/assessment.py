"""Assessments read back from their rows. Who may see one is the caller's to ask (`records.visibility`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from operator import itemgetter

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import AssessedRating, AssessmentContent, EvidenceEntry, Relation
from app.errors import NotFound
from app.store.columns import among, rows_with
from app.store.tables_growth import Assessment, AssessmentRating, EvidenceItem, GuideVersion
from app.words import tr


def read_assessment(connection: Connection, assessment: int) -> AssessmentContent:
    """One assessment. Raises NotFound."""
    found = read_assessments(connection, [assessment])
    if not found:
        raise NotFound(tr("There is no assessment {id}.").format(id=assessment))
    return found[assessment]


def read_assessments(connection: Connection, wanted: Collection[int]) -> dict[int, AssessmentContent]:
    """Many by id, in three queries."""
    given = _ratings(connection, wanted)
    heads = (
        select(col(GuideVersion.digest))
        .select_from(Assessment)
        .join(GuideVersion, col(GuideVersion.id) == col(Assessment.guide_id))
        .where(among(col(Assessment.id), wanted))
        .order_by(col(Assessment.id))
    )
    return {
        row.id: AssessmentContent(
            member=row.member_id,
            rater=row.rater_id,
            relation=Relation(row.relation),
            cycle=row.cycle_id,
            guide=digest,
            level=row.level,
            dimensions=tuple(row.dimensions),
            ratings=tuple(given[row.id]),
            amend_reason=row.amend_reason,
            entered_by=row.entered_by_id,
        )
        for row, digest in rows_with(connection, heads, Assessment)
    }


def _ratings(connection: Connection, wanted: Collection[int]) -> defaultdict[int, list[AssessedRating]]:
    """By assessment, what is said of each dimension: its score or reason, and the evidence."""
    facts: defaultdict[tuple[int, str], list[EvidenceEntry]] = defaultdict(list)
    query = (
        select(
            col(EvidenceItem.assessment_id),
            col(EvidenceItem.dimension),
            col(EvidenceItem.on),
            col(EvidenceItem.text),
            col(EvidenceItem.inferred),
            col(EvidenceItem.source),
        )
        .where(among(col(EvidenceItem.assessment_id), wanted))
        .order_by(col(EvidenceItem.on), col(EvidenceItem.id))
    )
    for assessment, dimension, on, text, inferred, source in connection.execute(query):
        if assessment is not None:
            facts[assessment, dimension].append(EvidenceEntry(on, text, inferred, source))
    rated: dict[tuple[int, str], AssessedRating] = {}
    scored = select(
        col(AssessmentRating.assessment_id),
        col(AssessmentRating.dimension),
        col(AssessmentRating.score),
        col(AssessmentRating.reason),
        col(AssessmentRating.words),
    ).where(among(col(AssessmentRating.assessment_id), wanted))
    for assessment, dimension, score, reason, words in connection.execute(scored):
        known = facts.get((assessment, dimension), ())
        rated[assessment, dimension] = AssessedRating(dimension, score, reason, words, tuple(known))
    for at in facts.keys() - rated.keys():
        rated[at] = AssessedRating(at[1], facts=tuple(facts[at]))
    given: defaultdict[int, list[AssessedRating]] = defaultdict(list)
    for (assessment, _), one in sorted(rated.items(), key=itemgetter(0)):
        given[assessment].append(one)
    return given
