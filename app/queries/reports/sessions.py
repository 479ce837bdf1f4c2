"""Calibrations as reports: splits and what became of them, one rater at a time, and who was rated again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import col

from app.domain.agreement import RaterScore
from app.domain.assessment import Relation
from app.domain.panel import State, low_median
from app.domain.scorecard import CardState
from app.domain.severity import Severity, severities
from app.queries.reports.panel import PanelReport
from app.queries.reports.scope import Scope
from app.records.assessment_groups import groups_by_member
from app.records.calibration import JudgedMember, judged_members
from app.records.submitted_assessments import counted
from app.records.table_sight import TableSight
from app.records.visibility import assessment_sealings
from app.store.guide import read_guide
from app.store.tables import Colleague
from app.store.tables_calibration import CalibrationResult
from app.store.tables_growth import Assessment, Calibration, Member


@dataclass(frozen=True)
class SplitGroup:
    """The cells of a calibration that were split before its session: how they stand after a second vote, how many were
    not voted on; and the outcomes of the `members` who had one, by word, "" for none."""

    name: str
    members: int = 0
    met: int = 0
    not_met: int = 0
    still: int = 0
    untouched: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)

    @property
    def splits(self) -> int:
        """All of them."""
        return self.met + self.not_met + self.still + self.untouched


@dataclass(frozen=True)
class SplitReport:
    """Calibrations in the order of their sessions; `sealed` counts members that are not open to me."""

    groups: tuple[SplitGroup, ...]
    sealed: int

    @property
    def total(self) -> SplitGroup:
        """All of them together."""
        return SplitGroup(
            "",
            sum(g.members for g in self.groups),
            sum(g.met for g in self.groups),
            sum(g.not_met for g in self.groups),
            sum(g.still for g in self.groups),
            sum(g.untouched for g in self.groups),
            sum((Counter(g.outcomes) for g in self.groups), Counter()),
        )


@dataclass(frozen=True)
class OneRater:
    """A rater of members: how many of their first scores lie above, on and below the low median of the others on the
    same cell; how many second scores they gave and changed; days from being asked to being in, smallest first."""

    id: int
    name: str
    severity: Severity
    estimated: bool
    above: int
    same: int
    below: int
    voted: int
    changed: int
    days: tuple[int, ...]
    sealed: int


@dataclass(frozen=True)
class ReratingReport:
    """By dimension, how many times a rater scored a member again against the same sentence, by how many points the
    second score lies above the first; `sealed` counts assessments that are not open to me."""

    dimensions: tuple[tuple[str, Mapping[int, int]], ...]
    sealed: int

    @property
    def total(self) -> Mapping[int, int]:
        """The same over all dimensions."""
        found: Counter[int] = Counter()
        for _, moved in self.dimensions:
            found.update(moved)
        return found


@dataclass(frozen=True)
class _Held:
    """A calibration whose session began, with its members that are open to me."""

    id: int
    name: str
    members: tuple[JudgedMember, ...]
    sealed: int


def _held(scope: Scope) -> Iterator[_Held]:
    """Those whose session began in the period."""
    me = scope.workspace.me
    query = (
        select(col(Calibration.id), col(Calibration.name))
        .where(col(Calibration.started_at).is_not(None), scope.within(col(Calibration.started_at)))
        .order_by(col(Calibration.started_at), col(Calibration.id))
    )
    for calibration, name in scope.connection.execute(query).all():
        members = judged_members(scope.connection, calibration)
        sealings = assessment_sealings(scope.connection, calibration, [one.member for one in members])
        shown = tuple(one for one in members if me is not None and sealings[one.member].open_to(me))
        yield _Held(calibration, name, shown, len(members) - len(shown))


def splits(scope: Scope) -> SplitReport:
    """Each calibration's; the period is that of the days on which sessions began."""
    groups, sealed, outcomes = [], 0, _outcomes(scope)
    for held in _held(scope):
        sealed += held.sealed
        became: Counter[str] = Counter()
        with_one: Counter[str] = Counter()
        for one in held.members:
            found = [_became(one, c.dimension) for c in one.before.cells if c.state is State.SPLIT]
            became.update(found)
            if found:
                with_one[outcomes.get(one.proposal, "")] += 1
        groups.append(SplitGroup(held.name, sum(with_one.values()), **became, outcomes=with_one))
    return SplitReport(tuple(groups), sealed)


def _became(one: JudgedMember, dimension: str) -> str:
    """The name of the count a split cell belongs to."""
    if one.vote(dimension) is None:
        return "untouched"
    state = next(cell.state for cell in one.verdict.cells if cell.dimension == dimension)
    return {State.MET: "met", State.NOT_MET: "not_met"}.get(state or State.SPLIT, "still")


def _outcomes(scope: Scope) -> dict[int, str]:
    """By proposal, the outcome that holds."""
    query = select(col(CalibrationResult.proposal_id), col(CalibrationResult.outcome))
    return dict(scope.connection.execute(query.order_by(col(CalibrationResult.id))).all())


def raters(scope: Scope) -> PanelReport[OneRater]:
    """Of everybody whose assessment counts in a session of the period."""
    scored: list[RaterScore] = []
    beside: dict[int, Counter[str]] = defaultdict(Counter)
    given: set[int] = set()
    sealed = 0
    for held in _held(scope):
        sealed += held.sealed
        for one in held.members:
            given |= {g.id for g in counted(one.first, one.target)}
            for dimension in one.guide.dimension_ids:
                cell = {g.rater: g.content.rating(dimension).score for g in one.raters(dimension)}
                scores = {who: score for who, score in cell.items() if score is not None}
                scored += [RaterScore(one.member, one.proposal, dimension, who, score) for who, score in scores.items()]
                for who, score in scores.items():
                    others = [other for rater, other in scores.items() if rater != who]
                    if others:
                        beside[who][_place(score, low_median(sorted(others)))] += 1
            _count_votes(one, beside)
    found = severities(scored)
    names = _names(scope, {s.rater for s in scored})
    days = _days(scope, given)
    return PanelReport(
        tuple(
            OneRater(
                who,
                name,
                found.of(who),
                found.estimated,
                above=beside[who]["above"],
                same=beside[who]["same"],
                below=beside[who]["below"],
                voted=beside[who]["voted"],
                changed=beside[who]["changed"],
                days=tuple(sorted(days[who])),
                sealed=sealed,
            )
            for who, name in names
        )
    )


def _place(score: int, others: int) -> str:
    return "same" if score == others else "above" if score > others else "below"


def _count_votes(one: JudgedMember, counts: Mapping[int, Counter[str]]) -> None:
    """Second scores, the newest vote of each cell, and how many of them differ from the first."""
    first = {g.rater: g.content for g in one.first}
    for vote in {v.dimension: v for v in one.votes}.values():
        for who, again in vote.scores.items():
            counts[who]["voted"] += 1
            counts[who]["changed"] += who in first and first[who].rating(vote.dimension).score != again.score


def _names(scope: Scope, people: set[int]) -> Sequence[tuple[int, str]]:
    query = select(col(Colleague.id), col(Colleague.name)).order_by(col(Colleague.name), col(Colleague.id))
    return [(who, name) for who, name in scope.connection.execute(query) if who in people]


def _days(scope: Scope, given: set[int]) -> Mapping[int, list[int]]:
    """By rater, the days from being asked to being in."""
    found: dict[int, list[int]] = defaultdict(list)
    query = select(
        col(Assessment.id), col(Assessment.rater_id), col(Assessment.started_at), col(Assessment.submitted_at)
    ).where(col(Assessment.amends_id).is_(None))
    for row, rater, asked, came_in in scope.connection.execute(query):
        if row in given and came_in is not None:
            found[rater].append((scope.day_of(came_in) - scope.day_of(asked)).days)
    return found


def re_ratings(scope: Scope) -> ReratingReport:
    """Every score that a rater gave a member again against a sentence that says the same, beside the one before; the
    period is that of the days on which the second came in. What a person says of themselves is not among it."""
    query = select(col(Assessment.id)).where(
        col(Assessment.state) == CardState.SUBMITTED, col(Assessment.relation) != Relation.SELF
    )
    rows = set(scope.connection.execute(query).scalars())
    sealed = rows & TableSight(scope.connection, scope.workspace.me).hidden("assessment")
    members = list(scope.connection.execute(select(col(Member.id)).order_by(col(Member.id))).scalars())
    groups = groups_by_member(scope.connection, scope.workspace, members)
    given = {one.id: one for of_member in groups.values() for group in of_member for one in group.given}
    last: dict[tuple[int, int, str, str, str], int] = {}
    moved: dict[str, Counter[int]] = {}
    for one in sorted(given.values(), key=lambda one: (one.submitted_at, one.id)):
        if one.id not in rows:
            continue
        guide, said = read_guide(scope.connection, one.guide), one.content
        cells = guide.level(said.level).cells
        inside = not scope.asked.dated or scope.asked.holds(scope.day_of(one.submitted_at))
        for rating in said.ratings:
            if rating.score is None or rating.dimension not in cells:
                continue
            sentence = " ".join(cells[rating.dimension].expect.split())
            key = (said.member, said.rater, rating.dimension, said.level, sentence)
            if key in last and inside:
                name = guide.dimension(rating.dimension).name
                moved.setdefault(name, Counter())[rating.score - last[key]] += 1
            last[key] = rating.score
    return ReratingReport(tuple(moved.items()), len(sealed))
