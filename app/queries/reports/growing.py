"""The team over time: how long people are at a level, what calibrations decided, and what became of goals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.domain.calibration import DISTRIBUTION_FROM, CalibrationOutcome
from app.domain.level_time import LevelEnd, LevelWait, TimeAtLevel, time_at_level_of
from app.queries.reports.scope import Scope
from app.records.calibration_guides import guide_held_by
from app.records.table_sight import TableSight
from app.store.columns import aliased
from app.store.guide import read_guide
from app.store.tables import Colleague
from app.store.tables_calibration import CalibrationResult
from app.store.tables_goals import Goal
from app.store.tables_growth import Calibration, GrowthPlan, LevelSpell, Member, Proposal


@dataclass(frozen=True)
class LevelReport:
    """A figure for each level, in the order of the guides; `undated` counts entries whose day is not known."""

    levels: tuple[TimeAtLevel, ...]
    undated: int


@dataclass(frozen=True)
class OutcomeGroup:
    """How many members of a calibration, or of a group of people, came to which outcome; `undecided` have none."""

    name: str
    kind: str
    promote: int
    not_now: int
    more_evidence: int
    undecided: int

    @property
    def members(self) -> int:
        """All of them."""
        return self.promote + self.not_now + self.more_evidence + self.undecided


@dataclass(frozen=True)
class OutcomeReport:
    """Groups: calibrations in their order, then tracks and managers with enough people; `sealed` are not in it."""

    groups: tuple[OutcomeGroup, ...]
    total: OutcomeGroup
    sealed: int


@dataclass(frozen=True)
class GoalReport:
    """Goals by dimension: reached, dropped, open, and of the open ones overdue."""

    dimensions: tuple[tuple[str, int, int, int, int], ...]

    @property
    def total(self) -> tuple[int, int, int, int]:
        """The same over all dimensions."""
        numbers = [row[1:] for row in self.dimensions]
        reached, dropped, open_, overdue = (
            (sum(column) for column in zip(*numbers, strict=True)) if numbers else [0] * 4
        )
        return reached, dropped, open_, overdue


def time_at_level(scope: Scope) -> LevelReport:
    """Every time somebody was at a level, from its day to that of the next; the period is that of first days."""
    connection = scope.connection
    members = {
        row: (guide, left)
        for row, guide, left in connection.execute(select(col(Member.id), col(Member.guide_id), col(Member.left_on)))
    }
    guides = {guide: read_guide(connection, guide) for guide in {guide for guide, _ in members.values()}}
    query = select(col(LevelSpell.member_id), col(LevelSpell.level), col(LevelSpell.since)).order_by(
        col(LevelSpell.since), col(LevelSpell.id)
    )
    spells: dict[int, list[tuple[str, date]]] = {}
    undated = 0
    for member, level, since in connection.execute(query):
        if since is None:
            undated += 1
        elif since <= scope.today:
            spells.setdefault(member, []).append((level, since))
    waits = []
    for member, held in spells.items():
        guide, left = members[member]
        orders = [track.order for track in guides[guide].tracks]
        changes = [entry for place, entry in enumerate(held) if place == 0 or held[place - 1][0] != entry[0]]
        for place, (level, since) in enumerate(changes):
            if not scope.asked.holds(since):
                continue
            after = changes[place + 1] if place + 1 < len(changes) else None
            last = after[1] if after is not None else min(left, scope.today) if left is not None else scope.today
            waits.append(
                LevelWait(level, max(0, (last - since).days), _end(orders, level, after, gone=left is not None))
            )
    ordered = [known.id for guide_ in guides.values() for known in guide_.in_order]
    places = {level: n for n, level in enumerate(dict.fromkeys(ordered))}
    waits.sort(key=lambda wait: places.get(wait.level, len(places)))
    return LevelReport(time_at_level_of(waits), undated)


def _end(orders: list[tuple[str, ...]], level: str, after: tuple[str, date] | None, *, gone: bool) -> LevelEnd:
    if after is None:
        return LevelEnd.OTHERWISE if gone else LevelEnd.OPEN
    track = next((order for order in orders if level in order), ())
    up = after[0] in track and track.index(after[0]) > track.index(level)
    return LevelEnd.UP if up else LevelEnd.OTHERWISE


def outcomes(scope: Scope) -> OutcomeReport:
    """The outcome that holds of every member of a calibration; the period is that of the days on which they were
    recorded, and without one everybody is in it."""
    later = aliased(CalibrationResult)
    newest = (
        ~select(col(later.id))
        .where(col(later.proposal_id) == col(CalibrationResult.proposal_id), col(later.id) > col(CalibrationResult.id))
        .exists()
    )
    above = aliased(Colleague)
    query = (
        select(
            col(Proposal.id),
            col(Calibration.name),
            guide_held_by(),
            col(Proposal.target),
            col(above.name),
            col(CalibrationResult.outcome),
            col(CalibrationResult.at),
        )
        .select_from(Proposal)
        .join(Calibration, col(Calibration.id) == col(Proposal.cycle_id))
        .outerjoin(above, col(above.id) == col(Proposal.manager_id))
        .outerjoin(CalibrationResult, (col(CalibrationResult.proposal_id) == col(Proposal.id)) & newest)
        .where(col(Calibration.started_at).is_not(None))
        .order_by(col(Proposal.cycle_id), col(Proposal.id))
    )
    hidden = TableSight(scope.connection, scope.workspace.me).hidden("proposal")
    counted: dict[tuple[str, str], Counter[str]] = {}
    sealed = 0
    for row, calibration, guide, target, manager, outcome, at in scope.connection.execute(query):
        if row in hidden:
            sealed += 1
            continue
        if scope.asked.dated and not scope.asked.holds(scope.day_of(at) if at is not None else None):
            continue
        orders = read_guide(scope.connection, guide).tracks
        track = next((one.name for one in orders if target in one.order), "")
        for kind, name in (("", ""), ("calibration", calibration), ("track", track), ("manager", manager or "")):
            counted.setdefault((kind, name), Counter())[outcome or ""] += 1
    groups = [_group(kind, name, counts) for (kind, name), counts in counted.items()]
    total = next((group for group in groups if not group.kind), OutcomeGroup("", "", 0, 0, 0, 0))
    shown = [group for group in groups if group.kind == "calibration"]
    for kind in ("track", "manager"):
        shown += [g for g in groups if g.kind == kind and g.name and g.members >= DISTRIBUTION_FROM]
    return OutcomeReport(tuple(shown), total, sealed)


def _group(kind: str, name: str, counts: Counter[str]) -> OutcomeGroup:
    promote, not_now, more = (counts[str(outcome)] for outcome in CalibrationOutcome)
    return OutcomeGroup(name, kind, promote, not_now, more, counts[""])


def goals(scope: Scope) -> GoalReport:
    """Every goal of a plan, by dimension; the period is that of the days by which they were to be reached."""
    query = (
        select(
            col(GrowthPlan.guide_id), col(GrowthPlan.ended_on), col(Goal.dimension), col(Goal.state), col(Goal.due_on)
        )
        .select_from(Goal)
        .join(GrowthPlan, col(GrowthPlan.id) == col(Goal.plan_id))
        .order_by(col(Goal.id))
    )
    found: dict[str, list[int]] = {}
    names: dict[int, dict[str, str]] = {}
    for guide, ended_on, dimension, state, due_on in scope.connection.execute(query):
        if not scope.asked.holds(due_on):
            continue
        if guide not in names:
            names[guide] = {d.id: d.name for d in read_guide(scope.connection, guide).dimensions}
        counts = found.setdefault(names[guide].get(dimension, dimension), [0, 0, 0, 0])
        if state == "reached":
            counts[0] += 1
        elif state == "dropped" or ended_on is not None:
            counts[1] += 1
        else:
            counts[2] += 1
            counts[3] += due_on is not None and due_on < scope.today
    return GoalReport(tuple((name, n[0], n[1], n[2], n[3]) for name, n in sorted(found.items())))
