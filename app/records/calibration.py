"""What a calibration's assessments say of each member: before the session, after it, and each silent vote between.

Of each rater the newest assessment that was in when the session began counts before; second scores take their place
where a cell was voted on. Who may see any of it is the caller's to ask (`records.visibility`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from app.domain.readiness import DatedEvidence, LevelAsk, ReadinessScore, ReadinessVerdict, asked_by, judge_readiness
from app.errors import NotFound
from app.records.independence import assessed_after_opening
from app.records.member_level import level_on
from app.store.assessment import SubmittedAssessment, given_in, what_counts
from app.store.columns import table_of
from app.store.guide import read_guide
from app.store.tables_calibration import CalibrationScore, CalibrationVote
from app.store.tables_growth import Calibration, Member, Proposal
from app.words import tr

_cycles, _proposals, _members = table_of(Calibration), table_of(Proposal), table_of(Member)
_votes, _scores = table_of(CalibrationVote), table_of(CalibrationScore)


@dataclass(frozen=True)
class RevisedScore:
    """One person's second score, None for no score, and why it is another one."""

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

    `first` are the assessments that count before, in seating order, `newest` those that count now, what members say of
    themselves among both. `votes` are all of them, oldest first; the last one of a cell holds. `after_open` are
    assessments that were amended when their rater could read the others. `manager` is whose the person was when the
    session began, and is until then.
    """

    proposal: int
    member: int
    colleague: int
    manager: int | None
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
        return tuple(_counted(self.newest, self.target))

    def unsupported(self, given: SubmittedAssessment, dimension: str) -> date | None:
        """The newest day of what stands behind a score, where all of it lies outside the days that count; else None."""
        rating, (start, end) = given.content.rating(dimension), self.window
        days = [f.on for f in rating.facts if f.on is not None]
        if rating.score is None or any((start or date.min) <= on <= (end or date.max) for on in days):
            return None
        return max(days, default=None)

    def unsupported_in(self, dimension: str) -> tuple[date, ...]:
        """The same of everybody whose score counts in a cell."""
        found = (self.unsupported(g, dimension) for g in self.counted)
        return tuple(on for on in found if on is not None)

    def raters(self, dimension: str) -> tuple[SubmittedAssessment, ...]:
        """Who scored a cell before the session, in seating order; what members say of themselves is not among it."""
        return tuple(g for g in _counted(self.first, self.target) if g.content.rating(dimension).score is not None)

    def voters(self, dimension: str) -> tuple[SubmittedAssessment, ...]:
        """Who votes on a cell again: its raters without the person's own manager, and never the person."""
        return tuple(g for g in self.raters(dimension) if g.rater not in (self.manager, self.colleague))

    def vote(self, dimension: str) -> Vote | None:
        """The vote on a cell that holds."""
        return next((v for v in reversed(self.votes) if v.dimension == dimension), None)


def cycle_row(connection: Connection, cycle: int) -> RowMapping:
    """A cycle's own row. Raises NotFound."""
    row = connection.execute(select(_cycles).where(_cycles.c.id == cycle)).mappings().first()
    if row is None:
        raise NotFound(tr("There is no calibration {id}.").format(id=cycle))
    return row


def level_then(held: RowMapping, today: date) -> ColumnElement[str]:
    """For a query on proposals of a cycle and their members: the level as it was when the session began, or is."""
    return level_on(today) if held["started_at"] is None else _proposals.c.level


def manager_then(held: RowMapping) -> ColumnElement[int | None]:
    """The same for the manager."""
    return _members.c.manager_id if held["started_at"] is None else _proposals.c.manager_id


def judged_members(
    connection: Connection, cycle: int, members: Collection[int] | None = None
) -> tuple[JudgedMember, ...]:
    """Every proposal of a cycle, or those of these members, in the order they were made. Raises NotFound."""
    held = cycle_row(connection, cycle)
    guide = read_guide(connection, held["guide_id"])
    query = (
        select(_proposals, _members.c.colleague_id, manager_then(held).label("manager"))
        .select_from(_proposals.join(_members))
        .where(_proposals.c.cycle_id == cycle)
        .order_by(_proposals.c.id)
    )
    rows = [r for r in connection.execute(query).mappings() if members is None or r["member_id"] in members]
    wanted = [r["member_id"] for r in rows]
    newest = given_in(connection, cycle, wanted)
    first = newest if held["started_at"] is None else given_in(connection, cycle, wanted, before=held["started_at"])
    votes = votes_of(connection, [r["id"] for r in rows])
    read = assessed_after_opening(connection, cycle, wanted)
    window = (held["window_from"], held["window_to"])
    found = []
    for row in rows:
        asked = asked_by(guide, row["target"])
        member, target = row["member_id"], row["target"]
        mine = tuple(v for v in votes if v.proposal == row["id"])
        before = judge_readiness(asked, *_given(first[member], target, window), guide.needs)
        after = None
        if mine or newest[member] != first[member]:
            scores, dated = _given(newest[member], target, window)
            after = judge_readiness(asked, _with_votes(scores, mine), dated, guide.needs)
        found.append(
            JudgedMember(
                row["id"],
                member,
                row["colleague_id"],
                row["manager"],
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


def _counted(given: Sequence[SubmittedAssessment], target: str) -> list[SubmittedAssessment]:
    """Those that count: of independent raters, against the level that is proposed now."""
    return [g for g in given if g.content.relation.counts and g.content.level == target]


def _given(
    given: Sequence[SubmittedAssessment], target: str, window: tuple[date | None, date | None]
) -> tuple[list[ReadinessScore], list[DatedEvidence]]:
    return what_counts(_counted(given, target), window[0] or date.min, window[1] or date.max)


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
    query = select(_votes).where(_votes.c.proposal_id.in_(proposals)).order_by(_votes.c.id)
    votes = {r.id: Vote(r.id, r.proposal_id, r.dimension, r.at, r.reason) for r in connection.execute(query)}
    for r in connection.execute(select(_scores).where(_scores.c.vote_id.in_(votes)).order_by(_scores.c.id)):
        votes[r.vote_id].scores[r.colleague_id] = RevisedScore(r.score, r.why)
    return tuple(votes.values())
