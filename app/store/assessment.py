"""Assessments read back from their rows. Who may see one is the caller's to ask (`records.visibility`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from operator import itemgetter

from sqlalchemy import Connection, RowMapping, select

from app.domain.assessment import AssessedRating, AssessmentContent, EvidenceEntry, Relation
from app.domain.readiness import DatedEvidence, ReadinessScore
from app.domain.scorecard import CardState
from app.errors import NotFound
from app.store.columns import among, table_of
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, AssessmentRating, EvidenceItem, GuideVersion, Proposal
from app.words import tr

_assessments, _ratings, _facts = table_of(Assessment), table_of(AssessmentRating), table_of(EvidenceItem)
_colleagues, _versions, _proposals = table_of(Colleague), table_of(GuideVersion), table_of(Proposal)


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


def read_assessment(connection: Connection, assessment: int) -> AssessmentContent:
    """One assessment. Raises NotFound."""
    found = read_assessments(connection, [assessment])
    if not found:
        raise NotFound(tr("There is no assessment {id}.").format(id=assessment))
    return found[assessment]


def read_assessments(connection: Connection, wanted: Collection[int]) -> dict[int, AssessmentContent]:
    """Many by id, in three queries."""
    facts: defaultdict[tuple[int, str], list[EvidenceEntry]] = defaultdict(list)
    query = (
        select(
            _facts.c.assessment_id, _facts.c.dimension, _facts.c.on, _facts.c.text, _facts.c.inferred, _facts.c.source
        )
        .where(among(_facts.c.assessment_id, wanted))
        .order_by(_facts.c.on, _facts.c.id)
    )
    for assessment, dimension, on, text, inferred, source in connection.execute(query).all():
        facts[assessment, dimension].append(EvidenceEntry(on, text, bool(inferred), source))
    rated: dict[tuple[int, str], AssessedRating] = {}
    scored = select(
        _ratings.c.assessment_id, _ratings.c.dimension, _ratings.c.score, _ratings.c.reason, _ratings.c.words
    ).where(among(_ratings.c.assessment_id, wanted))
    for assessment, dimension, score, reason, words in connection.execute(scored).all():
        known = facts.get((assessment, dimension), ())
        rated[assessment, dimension] = AssessedRating(dimension, score, reason, words, tuple(known))
    for at in facts.keys() - rated.keys():
        rated[at] = AssessedRating(at[1], facts=tuple(facts[at]))
    given: defaultdict[int, list[AssessedRating]] = defaultdict(list)
    for (assessment, _), one in sorted(rated.items(), key=itemgetter(0)):
        given[assessment].append(one)
    heads = (
        select(
            _assessments.c.id,
            _assessments.c.member_id,
            _assessments.c.rater_id,
            _assessments.c.relation,
            _assessments.c.cycle_id,
            _versions.c.digest,
            _assessments.c.level,
            _assessments.c.dimensions,
            _assessments.c.amend_reason,
            _assessments.c.entered_by_id,
        )
        .select_from(_assessments.join(_versions))
        .where(among(_assessments.c.id, wanted))
        .order_by(_assessments.c.id)
    )
    return {row["id"]: _assessed(row, given[row["id"]]) for row in connection.execute(heads).mappings()}


def _assessed(row: RowMapping, given: Sequence[AssessedRating]) -> AssessmentContent:
    return AssessmentContent(
        member=row["member_id"],
        rater=row["rater_id"],
        relation=Relation(row["relation"]),
        cycle=row["cycle_id"],
        guide=row["digest"],
        level=row["level"],
        dimensions=tuple(row["dimensions"]),
        ratings=tuple(given),
        amend_reason=row["amend_reason"],
        entered_by=row["entered_by_id"],
    )


def given_in(
    connection: Connection, cycle: int, members: Collection[int], *, before: datetime | None = None
) -> dict[int, tuple[SubmittedAssessment, ...]]:
    """By member, what is in: of each rater the newest, or the newest that was in by the moment `before`; one against
    the level that is proposed rather than one against another.

    In the order in which raters were asked, which is the order they sit in.
    """
    query = (
        select(
            _assessments.c.id,
            _assessments.c.member_id,
            _assessments.c.rater_id,
            (_assessments.c.level == _proposals.c.target).label("fits"),
        )
        .select_from(_assessments.join(_proposals, _proposals.c.member_id == _assessments.c.member_id))
        .where(
            _proposals.c.cycle_id == cycle,
            _assessments.c.cycle_id == cycle,
            _assessments.c.member_id.in_(members),
            _assessments.c.state != CardState.DRAFT,
        )
        .order_by(_assessments.c.id)
    )
    if before is not None:
        query = query.where(_assessments.c.submitted_at <= before)
    newest: dict[tuple[int, int], tuple[bool, int]] = {}
    for r in connection.execute(query):
        at = (r.member_id, r.rater_id)
        newest[at] = max(newest.get(at, (False, 0)), (bool(r.fits), r.id))
    given = given_among(connection, [row for _, row in newest.values()])
    found: dict[int, list[SubmittedAssessment]] = {m: [] for m in members}
    for (member, _), (_, row) in newest.items():
        found[member].append(given[row])
    return {member: tuple(rows) for member, rows in found.items()}


def given_among(connection: Connection, wanted: Collection[int]) -> dict[int, SubmittedAssessment]:
    """By id, those of these assessments that are in."""
    query = (
        select(
            _assessments.c.id,
            _assessments.c.rater_id,
            _assessments.c.guide_id,
            _assessments.c.submitted_at,
            _colleagues.c.name,
        )
        .select_from(_assessments.join(_colleagues, _colleagues.c.id == _assessments.c.rater_id))
        .where(among(_assessments.c.id, wanted), _assessments.c.state != CardState.DRAFT)
        .order_by(_assessments.c.id)
    )
    rows = connection.execute(query).mappings().all()
    contents = read_assessments(connection, [r["id"] for r in rows])
    return {
        r["id"]: SubmittedAssessment(
            r["id"], r["rater_id"], r["name"], r["guide_id"], r["submitted_at"], contents[r["id"]]
        )
        for r in rows
    }


def what_counts(
    given: Iterable[SubmittedAssessment], start: date, end: date
) -> tuple[list[ReadinessScore], list[DatedEvidence]]:
    """The scores of independent raters, and their evidence from these days: what readiness is judged by."""
    scores, dated = [], []
    for one in given:
        key = one.key
        for rating in one.content.ratings if one.content.relation.counts else ():
            if rating.score is not None:
                scores.append(ReadinessScore(key, rating.dimension, rating.score))
                days = [f.on for f in rating.facts if f.on is not None and start <= f.on <= end]
                dated += [DatedEvidence(key, rating.dimension, on) for on in days]
    return scores, dated


@dataclass(frozen=True)
class MemberEvidence:
    """A dated thing known of a member; `from_interview` where it was heard when they were hired."""

    id: int
    dimension: str
    on: date | None
    text: str
    inferred: bool
    source: str
    shared: bool
    by: str
    from_interview: bool


def interview_facts(connection: Connection, member: int) -> tuple[MemberEvidence, ...]:
    """What the panel that hired a member wrote down, by date: the manager's own until it is shared item by item."""
    query = (
        select(_facts, _colleagues.c.name)
        .select_from(_facts.outerjoin(_colleagues, _colleagues.c.id == _facts.c.by_id))
        .where(_facts.c.member_id == member, _facts.c.note_id.is_not(None))
        .order_by(_facts.c.on, _facts.c.id)
    )
    return tuple(
        MemberEvidence(r.id, r.dimension, r.on, r.text, bool(r.inferred), r.source, bool(r.shared), r.name or "", True)
        for r in connection.execute(query)
    )
