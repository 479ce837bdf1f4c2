"""How ratings of members hold: splits of calibrations, one rater beside the others, and the same asked again later.

Splits and raters are of calibrations whose session began in the period, so that a calibration stays whole, and of
their members whose assessments the workspace's user may see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlmodel import col

from app.domain.agreement import RaterScore
from app.domain.assessment import Relation
from app.domain.panel import State
from app.domain.score_pairs import Moves, Standing, moves_of, standing_of
from app.domain.scorecard import CardState
from app.domain.severity import Severity, severities
from app.queries.reports.panel import PanelReport
from app.queries.reports.scope import Scope
from app.records.assessment_groups import groups_by_member
from app.records.calibration import JudgedMember, judged_members
from app.records.visibility import asked_together, assessment_sealings
from app.store.columns import among
from app.store.guide import read_guide
from app.store.tables_calibration import CalibrationResult
from app.store.tables_growth import Assessment, Calibration, Proposal, ReturnedAssessment


class Fate(StrEnum):
    """What became of a cell that was split before the session: what it was after a second vote, or that none was."""

    MET = "met"
    NOT_MET = "not_met"
    SPLIT = "split"
    THIN = "thin"
    NO_VOTE = "no_vote"


@dataclass(frozen=True)
class SplitReport:
    """By calibration, in their order, how many split cells came to what, and to which outcome their members came (""
    for none). `sealed` members are not in it."""

    calibrations: tuple[tuple[str, Counter[tuple[Fate, str]]], ...]
    sealed: int


@dataclass(frozen=True)
class RaterReport:
    """One rater: their first scores beside the others', `moves` of their second scores with how many cells have none
    of theirs any more (`withdrawn`), and days from being asked to being in, smallest first."""

    id: int
    name: str
    standing: Standing
    severity: Severity
    moves: Moves
    withdrawn: int
    days: tuple[int, ...]
    sealed: int


@dataclass(frozen=True)
class RepeatReport:
    """By dimension, in the order of the guides, how later scores stand to earlier ones by the same rater."""

    dimensions: tuple[tuple[str, Moves], ...]
    members: int
    raters: int
    sealed: int

    @property
    def total(self) -> Moves:
        """Over all dimensions."""
        return sum((moves for _, moves in self.dimensions), Moves())


def splits(scope: Scope) -> SplitReport:
    """What became of every cell that was split when a session began."""
    begun, sealed = _begun(scope)
    query = select(col(CalibrationResult.proposal_id), col(CalibrationResult.outcome))
    rows = scope.connection.execute(query.order_by(col(CalibrationResult.id)))
    outcomes: dict[int, str] = dict(rows.all())  # the newest one holds
    found = []
    for name, members in begun:
        counts: Counter[tuple[Fate, str]] = Counter()
        for member in members:
            for cell in member.before.cells:
                if cell.state is State.SPLIT:
                    counts[_fate(member, cell.dimension), outcomes.get(member.proposal, "")] += 1
        found.append((name, counts))
    return SplitReport(tuple(found), sealed)


def _fate(member: JudgedMember, dimension: str) -> Fate:
    if member.vote(dimension) is None:
        return Fate.NO_VOTE
    state = member.verdict.cell(dimension).state
    known = {State.MET: Fate.MET, State.NOT_MET: Fate.NOT_MET, State.SPLIT: Fate.SPLIT}
    return known.get(state, Fate.THIN) if state is not None else Fate.THIN


def raters(scope: Scope) -> PanelReport[RaterReport]:
    """Of everybody whose assessment counted when a session began.

    An assessment that was amended when its rater could read the others is no first one, and is left out.
    """
    begun, sealed = _begun(scope)
    members = [member for _, of_calibration in begun for member in of_calibration]
    scored: list[RaterScore] = []
    names: dict[int, str] = {}
    for member in members:
        for ask in member.asked:
            for given in member.raters(ask.dimension):
                score = given.content.rating(ask.dimension).score
                names[given.rater] = given.name
                if score is not None and given.id not in member.after_open:
                    scored.append(RaterScore(member.member, member.proposal, ask.dimension, given.rater, score))
    severity, again, days = severities(scored), _second_scores(members), _days_to_answer(scope, members)
    found = []
    for rater, name in sorted(names.items(), key=lambda known: (known[1], known[0])):
        pairs = again.get(rater, [])
        kept = [(first, second) for first, second in pairs if second is not None]
        found.append(
            RaterReport(
                rater,
                name,
                standing_of(scored, rater),
                severity.of(rater),
                moves_of(kept),
                len(pairs) - len(kept),
                tuple(sorted(days.get(rater, ()))),
                sealed,
            )
        )
    return PanelReport(tuple(found))


def _begun(scope: Scope) -> tuple[list[tuple[str, list[JudgedMember]]], int]:
    """Calibrations whose session began in the period, by name, each with its members that are open to me, and how many
    others there are."""
    query = (
        select(col(Calibration.id), col(Calibration.name), col(Proposal.member_id))
        .join(Proposal, col(Proposal.cycle_id) == col(Calibration.id))
        .where(col(Calibration.started_at).is_not(None), scope.within(col(Calibration.started_at)))
        .order_by(col(Calibration.id), col(Proposal.id))
    )
    proposed: dict[tuple[int, str], list[int]] = {}
    for calibration, name, member in scope.connection.execute(query):
        proposed.setdefault((calibration, name), []).append(member)
    me, found, sealed = scope.workspace.me, [], 0
    for (calibration, name), members in proposed.items():
        sealings = assessment_sealings(scope.connection, calibration, members)
        shown = [member for member in members if me is not None and sealings[member].open_to(me)]
        found.append((name, list(judged_members(scope.connection, calibration, shown))))
        sealed += len(members) - len(shown)
    return found, sealed


def _second_scores(members: Sequence[JudgedMember]) -> Mapping[int, list[tuple[int, int | None]]]:
    """By rater, their first score of each cell and the one they gave in the vote that holds."""
    found: dict[int, list[tuple[int, int | None]]] = {}
    for member in members:
        for dimension in dict.fromkeys(vote.dimension for vote in member.votes):
            vote = member.vote(dimension)
            for given in member.raters(dimension):
                first = given.content.rating(dimension).score
                if vote is not None and first is not None and given.rater in vote.scores:
                    found.setdefault(given.rater, []).append((first, vote.scores[given.rater].score))
    return found


def _days_to_answer(scope: Scope, members: Sequence[JudgedMember]) -> Mapping[int, list[int]]:
    """By rater, whole days from being asked to the first assessment of these members in their calibration; a form
    counts to its own date, and not at all without a readable one."""
    query = (
        select(
            col(Assessment.rater_id),
            col(Assessment.started_at),
            col(Assessment.submitted_at),
            col(ReturnedAssessment.id),
            col(ReturnedAssessment.written_on),
        )
        .join(
            Proposal,
            (col(Proposal.cycle_id) == col(Assessment.cycle_id))
            & (col(Proposal.member_id) == col(Assessment.member_id)),
        )
        .outerjoin(ReturnedAssessment, col(ReturnedAssessment.assessment_id) == col(Assessment.id))
        .where(
            among(col(Proposal.id), [member.proposal for member in members]),
            col(Assessment.relation) != Relation.SELF,
            col(Assessment.amends_id).is_(None),
            col(Assessment.state) != CardState.DRAFT,
        )
    )
    found: dict[int, list[int]] = {}
    for rater, asked_at, submitted_at, form, written_on in scope.connection.execute(query):
        assert submitted_at is not None  # no draft has one
        done = written_on if form is not None else scope.day_of(submitted_at)
        if done is not None:
            found.setdefault(rater, []).append(max(0, (done - scope.day_of(asked_at)).days))
    return found


def re_ratings(scope: Scope) -> RepeatReport:
    """Every score beside the next one that the same rater gave the same member against the same sentence of the same
    level, in whichever version of the guide; the period is that of the days on which later ones came in."""
    connection, me = scope.connection, scope.workspace.me
    members = _rated_again(scope)
    sealed = {
        group.member
        for group in asked_together(connection, members)
        if (me is None or not group.sealing.open_to(me)) and any(seat.is_in for seat in group.sealing.seats)
    }
    groups = groups_by_member(connection, scope.workspace, members)
    given = {(member, one.id): one for member, own in groups.items() for group in own for one in group.given}
    guides = {version: read_guide(connection, version) for version in sorted({one.guide for one in given.values()})}
    last: dict[tuple[int, int, str, str, str], int] = {}
    pairs: dict[str, list[tuple[int, int]]] = {d.name: [] for guide in guides.values() for d in guide.dimensions}
    whose: set[tuple[int, int]] = set()
    for (member, _), one in sorted(given.items(), key=lambda item: (item[1].submitted_at, item[1].id)):
        guide, level = guides[one.guide], one.content.level
        cells = guide.level(level).cells
        for rating in one.content.ratings if one.content.relation.counts else ():
            cell = cells.get(rating.dimension)
            if rating.score is None or cell is None or not cell.expect:
                continue
            same = (member, one.rater, rating.dimension, level, cell.expect)
            if same in last and scope.asked.holds(scope.day_of(one.submitted_at)):
                pairs[guide.dimension(rating.dimension).name].append((last[same], rating.score))
                whose.add((member, one.rater))
            last[same] = rating.score
    return RepeatReport(
        tuple((name, moves_of(found)) for name, found in pairs.items() if found),
        len({member for member, _ in whose}),
        len({rater for _, rater in whose}),
        len(sealed),
    )


def _rated_again(scope: Scope) -> Collection[int]:
    """Members whom somebody assessed twice against a level."""
    query = (
        select(col(Assessment.member_id))
        .where(col(Assessment.state) != CardState.DRAFT, col(Assessment.relation) != Relation.SELF)
        .group_by(col(Assessment.member_id), col(Assessment.rater_id), col(Assessment.level))
        .having(func.count() > 1)
    )
    return sorted(set(scope.connection.execute(query).scalars()))
