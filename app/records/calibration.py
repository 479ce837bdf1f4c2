"""What a calibration's assessments say of each member: before the session, after it, and each silent vote between.

Of each rater the newest assessment that was in when the session began counts before; second scores take their place
where a cell was voted on. Who may see any of it is the caller's to ask (`records.visibility`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, SQLColumnExpression, func, select
from sqlmodel import col

from app.domain.guide import Guide
from app.domain.readiness import LevelAsk, ReadinessScore, ReadinessVerdict, asked_by, judge_readiness
from app.errors import NotFound
from app.records.calibration_guides import versions_in
from app.records.independence import assessed_after_opening
from app.records.member_level import level_on
from app.records.submitted_assessments import SubmittedAssessment, counted, submitted_in, verdict_of, what_counts
from app.store.columns import rows_of
from app.store.guide import read_guide
from app.store.tables_calibration import CalibrationScore, CalibrationVote
from app.store.tables_growth import Calibration, Member, Proposal
from app.words import tr


@dataclass(frozen=True)
class RevisedScore:
    """One person's second score, None for no score, and why it differs from the first."""

    score: int | None
    why: str


@dataclass(frozen=True)
class Vote:
    """A silent vote on one cell, by colleague; `reason` where it was taken again."""

    id: int
    proposal: int
    dimension: str
    at: datetime
    reason: str
    scores: dict[int, RevisedScore] = field(default_factory=dict)


@dataclass(frozen=True)
class JudgedMember:
    """A proposal with what the rule says: `before` the session, and `after` it, None where nothing moved.

    `guide` is the one that `target` is a level of.

    `first` are the assessments that count before, in seating order, `newest` those that count now, what members say of
    themselves among both. `votes` are all of them, oldest first; the last one of a cell holds. `after_open` are
    assessments that were amended when their rater could read the others. `manager` is whose the person was when the
    session began, and is until then.
    """

    proposal: int
    member: int
    colleague: int
    manager: int | None
    guide: Guide
    target: str
    asked: tuple[LevelAsk, ...]
    first: tuple[SubmittedAssessment, ...]
    newest: tuple[SubmittedAssessment, ...]
    before: ReadinessVerdict
    after: ReadinessVerdict | None
    votes: tuple[Vote, ...]
    window: tuple[date | None, date | None] = (None, None)
    after_open: frozenset[int] = frozenset()

    @property
    def verdict(self) -> ReadinessVerdict:
        """What holds now."""
        return self.after or self.before

    @property
    def counted(self) -> tuple[SubmittedAssessment, ...]:
        """What counts now: of independent raters, against the level that is proposed."""
        return tuple(counted(self.newest, self.target))

    def unsupported(self, given: SubmittedAssessment, dimension: str) -> date | None:
        """The newest day of the evidence for a score, where all of it lies outside the days that count; else None."""
        rating, (start, end) = given.content.rating(dimension), self.window
        days = [f.on for f in rating.facts if f.on is not None]
        if rating.score is None or any((start or date.min) <= on <= (end or date.max) for on in days):
            return None
        return max(days, default=None)

    def unsupported_in(self, dimension: str) -> tuple[date, ...]:
        """The `unsupported` days of everybody whose score counts in a cell."""
        found = (self.unsupported(g, dimension) for g in self.counted)
        return tuple(on for on in found if on is not None)

    def raters(self, dimension: str) -> tuple[SubmittedAssessment, ...]:
        """Who scored a cell before the session, in seating order; what members say of themselves is not among it."""
        return tuple(g for g in counted(self.first, self.target) if g.content.rating(dimension).score is not None)

    def voters(self, dimension: str) -> tuple[SubmittedAssessment, ...]:
        """Who votes on a cell again: its raters without the person's own manager, and never the person."""
        return tuple(g for g in self.raters(dimension) if g.rater not in (self.manager, self.colleague))

    def vote(self, dimension: str) -> Vote | None:
        """The vote on a cell that holds."""
        return next((v for v in reversed(self.votes) if v.dimension == dimension), None)


def calibration_row(connection: Connection, calibration: int) -> Calibration:
    """A calibration's own row. Raises NotFound."""
    found = rows_of(connection, Calibration, col(Calibration.id) == calibration)
    if not found:
        raise NotFound(tr("There is no calibration {id}.").format(id=calibration))
    return found[0]


def level_then(calibration: Calibration, today: date) -> SQLColumnExpression[str]:
    """For a query on proposals of a calibration and their members: the level when the session began, or today's."""
    return level_on(today) if calibration.started_at is None else col(Proposal.level)


def manager_then(calibration: Calibration) -> SQLColumnExpression[int | None]:
    """For a query on proposals of a calibration and their members: the manager when the session began, or today's."""
    return col(Member.manager_id) if calibration.started_at is None else col(Proposal.manager_id)


def judged_members(
    connection: Connection, calibration: int, members: Collection[int] | None = None
) -> tuple[JudgedMember, ...]:
    """Every proposal of a calibration, or those of these members, in the order they were made. Raises NotFound."""
    held = calibration_row(connection, calibration)
    guides = {version: read_guide(connection, version) for version in versions_in(connection, held)}
    query = (
        select(
            col(Proposal.id),
            col(Proposal.member_id),
            func.coalesce(col(Proposal.guide_id), held.guide_id),
            col(Proposal.target),
            col(Member.colleague_id),
            manager_then(held),
        )
        .select_from(Proposal)
        .join(Member, col(Member.id) == col(Proposal.member_id))
        .where(col(Proposal.cycle_id) == calibration)
        .order_by(col(Proposal.id))
    )
    rows = [row for row in connection.execute(query) if members is None or row[1] in members]
    wanted = [member for _, member, *_ in rows]
    newest = submitted_in(connection, calibration, wanted)
    first = newest
    if held.started_at is not None:
        first = submitted_in(connection, calibration, wanted, before=held.started_at)
    votes = votes_of(connection, [proposal for proposal, *_ in rows])
    read = assessed_after_opening(connection, calibration, wanted)
    window = (held.window_from, held.window_to)
    days = (held.window_from or date.min, held.window_to or date.max)
    found = []
    for proposal, member, by, target, colleague, manager in rows:
        guide = guides[by]
        asked = asked_by(guide, target)
        mine = tuple(v for v in votes if v.proposal == proposal)
        before = verdict_of(guide, target, first[member], *days)
        after = None
        if mine or newest[member] != first[member]:
            scores, dated = what_counts(newest[member], target, *days)
            after = judge_readiness(asked, _with_votes(scores, mine), dated, guide.needs)
        found.append(
            JudgedMember(
                proposal,
                member,
                colleague,
                manager,
                guide,
                target,
                asked,
                first[member],
                newest[member],
                before,
                after,
                mine,
                window,
                read,
            )
        )
    return tuple(found)


def _with_votes(scores: list[ReadinessScore], votes: Sequence[Vote]) -> list[ReadinessScore]:
    """A second score takes the place of its voter's first one; who voted "no score" leaves the cell."""
    holding = {v.dimension: v for v in votes}
    kept = [s for s in scores if s.dimension not in holding or int(s.rater) not in holding[s.dimension].scores]
    again = [
        ReadinessScore(str(who), vote.dimension, given.score)
        for vote in holding.values()
        for who, given in vote.scores.items()
        if given.score is not None
    ]
    return kept + again


def votes_of(connection: Connection, proposals: Collection[int]) -> tuple[Vote, ...]:
    """Every vote on these proposals, oldest first."""
    of_them = col(CalibrationVote.proposal_id).in_(proposals)
    rows = rows_of(connection, CalibrationVote, of_them, order_by=[col(CalibrationVote.id)])
    votes = {row.id: Vote(row.id, row.proposal_id, row.dimension, row.at, row.reason) for row in rows}
    given = col(CalibrationScore.vote_id).in_(votes)
    for score in rows_of(connection, CalibrationScore, given, order_by=[col(CalibrationScore.id)]):
        votes[score.vote_id].scores[score.colleague_id] = RevisedScore(score.score, score.why)
    return tuple(votes.values())
