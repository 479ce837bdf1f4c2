"""Assessments that are in, which of them count, and what they say against a level.

Who may see any of it is the caller's to ask (`records.visibility`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import AssessmentContent
from app.domain.guide import Guide
from app.domain.readiness import DatedEvidence, ReadinessScore, ReadinessVerdict, asked_by, judge_readiness
from app.domain.scorecard import CardState
from app.records.rater_relation import relations_now
from app.store.assessment import read_assessments
from app.store.columns import among
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, Proposal


@dataclass(frozen=True)
class SubmittedAssessment:
    """A submitted assessment with all it says; `guide` is the version of the guide that its level is of."""

    id: int
    rater: int
    name: str
    guide: int
    submitted_at: datetime
    content: AssessmentContent

    @property
    def key(self) -> str:
        """The rater as a key of the rules."""
        return str(self.rater)

    def on(self, zone: tzinfo) -> date:
        """The day it came in."""
        return self.submitted_at.astimezone(zone).date()


def submitted_among(connection: Connection, wanted: Collection[int]) -> dict[int, SubmittedAssessment]:
    """By id, those of these assessments that are in, each with the relation that holds of its rater now."""
    query = (
        select(
            col(Assessment.id),
            col(Assessment.rater_id),
            col(Colleague.name),
            col(Assessment.guide_id),
            col(Assessment.submitted_at),
        )
        .select_from(Assessment)
        .join(Colleague, col(Colleague.id) == col(Assessment.rater_id))
        .where(among(col(Assessment.id), wanted), col(Assessment.state) != CardState.DRAFT)
        .order_by(col(Assessment.id))
    )
    rows = connection.execute(query).all()
    contents = read_assessments(connection, [assessment for assessment, *_ in rows])
    for assessment, relation in relations_now(connection, contents).items():
        contents[assessment] = replace(contents[assessment], relation=relation)
    return {
        assessment: SubmittedAssessment(assessment, rater, name, guide, at, contents[assessment])
        for assessment, rater, name, guide, at in rows
        if at is not None
    }


def submitted_in(
    connection: Connection, calibration: int, members: Collection[int], *, before: datetime | None = None
) -> dict[int, tuple[SubmittedAssessment, ...]]:
    """By member, what is in for a calibration: of each rater the newest, or the newest that was in by the moment
    `before`; one against the level that is proposed rather than one against another.

    In the order in which raters were asked, which is the order they sit in.
    """
    query = (
        select(
            col(Assessment.id),
            col(Assessment.member_id),
            col(Assessment.rater_id),
            col(Assessment.level) == col(Proposal.target),
        )
        .select_from(Assessment)
        .join(Proposal, col(Proposal.member_id) == col(Assessment.member_id))
        .where(
            col(Proposal.cycle_id) == calibration,
            col(Assessment.cycle_id) == calibration,
            col(Assessment.member_id).in_(members),
            col(Assessment.state) != CardState.DRAFT,
        )
        .order_by(col(Assessment.id))
    )
    if before is not None:
        query = query.where(col(Assessment.submitted_at) <= before)
    newest: dict[tuple[int, int], tuple[bool, int]] = {}
    for assessment, member, rater, fits in connection.execute(query):
        newest[member, rater] = max(newest.get((member, rater), (False, 0)), (fits, assessment))
    given = submitted_among(connection, [row for _, row in newest.values()])
    found: dict[int, list[SubmittedAssessment]] = {m: [] for m in members}
    for (member, _), (_, row) in newest.items():
        found[member].append(given[row])
    return {member: tuple(rows) for member, rows in found.items()}


def counted(given: Iterable[SubmittedAssessment], level: str) -> list[SubmittedAssessment]:
    """Those that count against a level: what somebody says of themselves is shown and never counted."""
    return [g for g in given if g.content.relation.counts and g.content.level == level]


def what_counts(
    given: Iterable[SubmittedAssessment], level: str, start: date, end: date
) -> tuple[list[ReadinessScore], list[DatedEvidence]]:
    """The scores that count against a level, and their evidence from these days: what readiness is judged by."""
    scores, dated = [], []
    for one in counted(given, level):
        for rating in one.content.ratings:
            if rating.score is not None:
                scores.append(ReadinessScore(one.key, rating.dimension, rating.score))
                days = [f.on for f in rating.facts if f.on is not None and start <= f.on <= end]
                dated += [DatedEvidence(one.key, rating.dimension, on) for on in days]
    return scores, dated


def verdict_of(
    guide: Guide, level: str, given: Iterable[SubmittedAssessment], start: date, end: date
) -> ReadinessVerdict:
    """What assessments say against a level, by what the guide needs and by evidence from these days.

    Raises KeyError for a level the guide has not.
    """
    return judge_readiness(asked_by(guide, level), *what_counts(given, level, start, end), guide.needs)
