"""Who can be asked to assess a member outside a calibration, and whose plan is due to be rated again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from app.domain.assessment import Relation
from app.domain.growth import rerating_due
from app.domain.scorecard import CardState
from app.queries.growth import member_row, newest_plan
from app.store.columns import table_of
from app.store.occasions import newest_against, occasions
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, GrowthPlan, Member
from app.store.workspace import Workspace

_member, _colleague, _plan = table_of(Member), table_of(Colleague), table_of(GrowthPlan)
_assessment = table_of(Assessment)


@dataclass(frozen=True)
class AskPerson:
    """A colleague: how they stand to the member, whether one is due from them outside a calibration already, and
    whether they have assessed the member before."""

    colleague: int
    name: str
    relation: Relation
    asked: bool
    before: bool


@dataclass(frozen=True)
class AskPage:
    """Who may be asked about a member: me, the manager and who did it before first. `target` is the level they grow
    to, None without a plan to another level."""

    member: int
    name: str
    level: str
    target: str | None
    people: tuple[AskPerson, ...]


@dataclass(frozen=True)
class Rerating:
    """A member whose plan's level is to be rated again, and since when."""

    member: int
    name: str
    level: str
    on: date


def ask_page(workspace: Workspace, member: int) -> AskPage:
    """Who may be asked about a member. Raises NotFound."""
    with workspace.read() as connection:
        known = member_row(connection, workspace, member)
        plan = newest_plan(connection, member)
        rows = connection.execute(select(_assessment).where(_assessment.c.member_id == member)).mappings().all()
        due = {r["rater_id"] for r in rows if r["cycle_id"] is None and r["state"] == CardState.DRAFT}
        before = {r["rater_id"] for r in rows if r["state"] != CardState.DRAFT}
        names = connection.execute(select(_colleague.c.id, _colleague.c.name).order_by(_colleague.c.name)).all()

    def relation(colleague: int) -> Relation:
        if colleague == known["colleague_id"]:
            return Relation.SELF
        return Relation.MANAGER if colleague == known["manager_id"] else Relation.PEER

    people = [AskPerson(r.id, r.name, relation(r.id), r.id in due, r.id in before) for r in names]
    people.sort(key=lambda p: (p.colleague != workspace.me, p.relation is not Relation.MANAGER, not p.before))
    target = plan["target"] if plan is not None and plan["target"] != known["level"] else None
    return AskPage(member, known["name"], known["level"], target, tuple(people))


def reratings(connection: Connection, workspace: Workspace) -> tuple[Rerating, ...]:
    """Members with a plan whose level was last rated a quarter ago or longer, the longest first; not those about whom
    somebody was asked again."""
    today = workspace.today()
    newest = (
        select(_assessment.c.member_id, _assessment.c.level, func.max(_assessment.c.submitted_at).label("at"))
        .where(_assessment.c.state != CardState.DRAFT, _assessment.c.relation != Relation.SELF)
        .group_by(_assessment.c.member_id, _assessment.c.level)
    )
    last = {(r.member_id, r.level): r.at for r in connection.execute(newest)}
    asked = select(_assessment.c.member_id, _assessment.c.level).where(
        _assessment.c.state == CardState.DRAFT, _assessment.c.cycle_id.is_(None)
    )
    waiting = {(r.member_id, r.level) for r in connection.execute(asked)}
    query = (
        select(_plan.c.member_id, _plan.c.guide_id, _plan.c.target, _member.c.level, _colleague.c.name)
        .select_from(
            _plan.join(_member, _member.c.id == _plan.c.member_id).join(
                _colleague, _colleague.c.id == _member.c.colleague_id
            )
        )
        .where(_plan.c.ended_on.is_(None), _member.c.left_on.is_(None))
        .order_by(_plan.c.id)
    )
    found: dict[int, Rerating] = {}
    for row in connection.execute(query).all():
        against = row.target or row.level
        at = last.get((row.member_id, against))
        if at is None or (row.member_id, against) in waiting:
            continue
        due = rerating_due(at.astimezone(workspace.zone).date())
        if due is None or due > today:
            continue
        seen = newest_against(connection, occasions(connection, workspace, row.member_id), row.guide_id, against)
        if any(g.content.relation.counts for g in seen):
            found[row.member_id] = Rerating(row.member_id, row.name, against, due)
    return tuple(sorted(found.values(), key=lambda r: (r.on, r.name)))
