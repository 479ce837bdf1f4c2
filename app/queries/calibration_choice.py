"""Who can be taken into a calibration, for which level, and who could be asked about each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.assessment import Relation
from app.domain.guide import Guide
from app.domain.level_step import next_level
from app.domain.scorecard import CardState
from app.records.calibration import calibration_row
from app.records.calibration_guides import versions_for, versions_in
from app.records.member_level import levels_on
from app.store.columns import aliased
from app.store.guide import read_guide
from app.store.tables import Colleague
from app.store.tables_goals import Goal
from app.store.tables_growth import Assessment, GrowthPlan, Member, Proposal
from app.store.workspace import Workspace

WORKED_WITH, PEERS = 2, 2
"""At most so many who worked with somebody, and so many peers, are proposed to be asked."""


@dataclass(frozen=True)
class Proposable:
    """A member who can be taken in. `guide` is their own in the version this calibration goes by, `target` the level
    after theirs, None where it has none; `raters` are proposed: the manager, who worked with them, two peers."""

    member: int
    name: str
    level: str
    since: date | None
    guide: Guide
    track: str
    manager: int | None
    manager_name: str
    target: str | None
    raters: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class CalibrationChoice:
    """Everybody who can be taken in, by name; `guide` is the calibration's own."""

    guide: Guide
    members: tuple[Proposable, ...]

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that can be proposed, guide by guide in their order."""
        guides = (self.guide, *(one.guide for one in self.members))
        return tuple(dict.fromkeys(level.id for guide in guides for level in guide.in_order))


def calibration_choice(workspace: Workspace, calibration: int) -> CalibrationChoice:
    """Who is on the team and not in a calibration. Raises NotFound."""
    with workspace.read() as connection:
        held = calibration_row(connection, calibration)
        people = _people(connection)
        inside = set(
            connection.execute(select(col(Proposal.member_id)).where(col(Proposal.cycle_id) == calibration)).scalars()
        )
        levels = levels_on(connection, workspace.today(), [one.member for one in people])
        versions = versions_for(connection, versions_in(connection, held))
        guides = {version: read_guide(connection, version) for version in {*versions.values(), held.guide_id}}
        worked = _worked_with(connection)
        names = dict(connection.execute(select(col(Colleague.id), col(Colleague.name))).all())
    asked: Counter[int] = Counter()
    found = []
    for one in people:
        if one.member in inside:
            continue
        level, since = levels[one.member]
        guide = guides[versions[one.member]]
        raters = _raters(one, people, worked.get(one.member, ()), asked)
        asked.update(raters)
        found.append(
            Proposable(
                one.member,
                one.name,
                level,
                since,
                guide,
                next((track.name for track in guide.tracks if level in track.order), ""),
                one.manager,
                one.manager_name,
                next_level(guide, level),
                tuple((who, names[who]) for who in raters),
            )
        )
    return CalibrationChoice(guides[held.guide_id], tuple(found))


@dataclass(frozen=True)
class _Person:
    member: int
    colleague: int
    name: str
    level: str
    manager: int | None
    manager_name: str
    second: int | None


def _people(connection: Connection) -> list[_Person]:
    above = aliased(Colleague)
    query = (
        select(
            col(Member.id),
            col(Member.colleague_id),
            col(Colleague.name),
            col(Member.level),
            col(Member.manager_id),
            col(above.name),
            col(Member.second_manager_id),
        )
        .select_from(Member)
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .outerjoin(above, col(above.id) == col(Member.manager_id))
        .where(col(Member.left_on).is_(None))
        .order_by(col(Colleague.name), col(Member.id))
    )
    return [
        _Person(member, who, name, level, manager, manager_name or "", second)
        for member, who, name, level, manager, manager_name, second in connection.execute(query)
    ]


def _worked_with(connection: Connection) -> dict[int, list[tuple[int, str]]]:
    """By member, who assessed them before and who a goal of theirs is worked on with, the newest first."""
    assessed = (
        select(col(Assessment.member_id), col(Colleague.id), col(Colleague.name))
        .select_from(Assessment)
        .join(Colleague, col(Colleague.id) == col(Assessment.rater_id))
        .where(col(Assessment.state) != CardState.DRAFT, col(Assessment.relation) != Relation.SELF)
        .order_by(col(Assessment.id).desc())
    )
    goals = (
        select(col(GrowthPlan.member_id), col(Colleague.id), col(Colleague.name))
        .select_from(Goal)
        .join(GrowthPlan, col(GrowthPlan.id) == col(Goal.plan_id))
        .join(Colleague, col(Colleague.id) == col(Goal.with_id))
        .order_by(col(Goal.id).desc())
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for query in (assessed, goals):
        for member, who, name in connection.execute(query):
            if (who, name) not in found[member]:
                found[member].append((who, name))
    return found


def _raters(
    one: _Person, people: Sequence[_Person], worked: Sequence[tuple[int, str]], asked: Mapping[int, int]
) -> list[int]:
    """The managers, two who worked with them, and two peers: who shares their manager, the nearest in level first and
    of those the one proposed for the fewest so far."""
    found = [who for who in (one.manager, one.second) if who is not None]
    found += [who for who, _ in worked if who not in found and who != one.colleague][:WORKED_WITH]
    peers = [
        other
        for other in people
        if one.manager is not None and other.manager == one.manager and other.colleague not in (*found, one.colleague)
    ]
    peers.sort(key=lambda other: (other.level != one.level, asked.get(other.colleague, 0), other.name))
    return [*found, *(other.colleague for other in peers[:PEERS])]
