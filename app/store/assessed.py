"""What members were assessed at, read back: only assessments that are in and open to who asks.

Alone first holds here by the same rule as on cards (`domain.scorecard.Sealing`): the assessments of a member that were
asked for together are open once one's own is in and all of them are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, RowMapping, select

from app.domain.assessment import Relation
from app.domain.scorecard import CardState, Sealing, Seat
from app.store.columns import table_of
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, AssessmentRating, Cycle
from app.store.workspace import Workspace

WINDOW_DAYS = 365
"""How long before the newest assessment another one still counts beside it (levels.yaml, readiness.window_days)."""

_TOGETHER = timedelta(days=31)  # without a cycle, assessments begun this close to the first one belong together

_assessments, _ratings = table_of(Assessment), table_of(AssessmentRating)
_colleagues, _cycles = table_of(Colleague), table_of(Cycle)


@dataclass(frozen=True)
class Assessed:
    """One rater's assessment that is in: of whom, against which level, when, and its scores by dimension."""

    id: int
    member: int
    rater: int
    name: str
    relation: str
    guide: int
    level: str
    on: date
    scores: tuple[tuple[str, int], ...]

    @property
    def counts(self) -> bool:
        """Whether it is another's: what somebody says of themselves is shown and never counted."""
        return self.relation != Relation.SELF


@dataclass(frozen=True)
class Occasion:
    """Assessments that were made together, against one level; `on` is the day the last of them came in."""

    level: str
    guide: int
    on: date
    members: tuple[Assessed, ...]

    def scores(self) -> dict[str, list[int]]:
        """By dimension, the scores that count."""
        return scores_of(self.members)


def occasions(connection: Connection, workspace: Workspace, member: int) -> tuple[Occasion, ...]:
    """A member's assessments that are open to me, by occasion, oldest first."""
    rows = _rows(connection, member)
    found = [group for group in _together(rows) if _open(connection, workspace, group)]
    scores = _scores(connection, [r["id"] for group in found for r in group])
    made = []
    for group in found:
        newest = {r["rater_id"]: r for r in group if r["state"] != CardState.DRAFT}
        read = tuple(_assessed(workspace, r, scores.get(r["id"], ())) for r in newest.values())
        if read:
            made.append(Occasion(read[0].level, read[0].guide, max(a.on for a in read), read))
    return tuple(sorted(made, key=lambda o: (o.on, o.members[0].id)))


def newest_against(found: Sequence[Occasion], guide: int, level: str) -> tuple[Assessed, ...]:
    """Each rater's newest assessment against a level, none older than `WINDOW_DAYS` before the newest of them."""
    newest = {a.rater: a for o in found if o.level == level and o.guide == guide for a in o.members}
    last = max((a.on for a in newest.values()), default=None)
    if last is None:
        return ()
    return tuple(a for a in newest.values() if (last - a.on).days <= WINDOW_DAYS)


def scores_of(found: Collection[Assessed]) -> dict[str, list[int]]:
    """By dimension, the scores that count."""
    scores: dict[str, list[int]] = {}
    for assessed in found:
        for dimension, score in assessed.scores if assessed.counts else ():
            scores.setdefault(dimension, []).append(score)
    return scores


def open_assessments(connection: Connection, workspace: Workspace, member: int) -> frozenset[int]:
    """The assessments of a member whose content I may see: the open ones, and my own."""
    shown = {a.id for o in occasions(connection, workspace, member) for a in o.members}
    mine = {r["id"] for r in _rows(connection, member) if r["rater_id"] == workspace.me}
    return frozenset(shown | mine)


def _rows(connection: Connection, member: int) -> Sequence[RowMapping]:
    query = (
        select(_assessments, _colleagues.c.name)
        .select_from(_assessments.join(_colleagues, _colleagues.c.id == _assessments.c.rater_id))
        .where(_assessments.c.member_id == member)
        .order_by(_assessments.c.id)
    )
    return connection.execute(query).mappings().all()


def _together(rows: Sequence[RowMapping]) -> list[list[RowMapping]]:
    """Of one cycle, or begun within a month of the first; against one level of one version either way."""
    groups: list[list[RowMapping]] = []
    for row in rows:
        for group in groups:
            first = group[0]
            same = (first["cycle_id"], first["guide_id"], first["level"]) == (
                row["cycle_id"],
                row["guide_id"],
                row["level"],
            )
            if same and (row["cycle_id"] is not None or abs(row["started_at"] - first["started_at"]) <= _TOGETHER):
                group.append(row)
                break
        else:
            groups.append([row])
    return groups


def _open(connection: Connection, workspace: Workspace, group: Sequence[RowMapping]) -> bool:
    """Whether these are open to me: mine is in and all are, or their cycle's session has begun."""
    if workspace.me is None:
        return False
    raters = {r["rater_id"]: False for r in group}
    for row in group:
        raters[row["rater_id"]] |= row["state"] != CardState.DRAFT
    begun = connection.execute(
        select(_cycles.c.started_at).where(_cycles.c.id == group[0]["cycle_id"])
    ).scalar_one_or_none()
    sealing = Sealing(tuple(Seat(r, is_in, False) for r, is_in in raters.items()), 0, begun is not None)
    return sealing.open_to(workspace.me)


def _scores(connection: Connection, assessments: Collection[int]) -> dict[int, tuple[tuple[str, int], ...]]:
    query = (
        select(_ratings.c.assessment_id, _ratings.c.dimension, _ratings.c.score)
        .where(_ratings.c.assessment_id.in_(assessments), _ratings.c.score.is_not(None))
        .order_by(_ratings.c.id)
    )
    found: dict[int, tuple[tuple[str, int], ...]] = {}
    for row in connection.execute(query):
        found[row.assessment_id] = (*found.get(row.assessment_id, ()), (row.dimension, row.score))
    return found


def _assessed(workspace: Workspace, row: RowMapping, scores: tuple[tuple[str, int], ...]) -> Assessed:
    at = row["submitted_at"] or row["started_at"]
    return Assessed(
        id=row["id"],
        member=row["member_id"],
        rater=row["rater_id"],
        name=row["name"],
        relation=row["relation"],
        guide=row["guide_id"],
        level=row["level"],
        on=at.astimezone(workspace.zone).date(),
        scores=scores,
    )
