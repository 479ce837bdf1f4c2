"""Who can be asked to assess a member outside a calibration, and whose plan is due to be rated again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, func, select

from app.domain.assessment import Relation
from app.domain.calibration import CalibrationState
from app.domain.growth import rerating_due
from app.domain.scorecard import CardState
from app.records.assessment_groups import assessment_groups_of, newest_against
from app.records.member import member_row, newest_growth_plan
from app.records.member_level import level_on
from app.records.rater_relation import relations_of
from app.records.visibility import asked_together
from app.store.columns import table_of
from app.store.guide import read_guide
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, Calibration, GrowthPlan, Member
from app.store.workspace import Workspace

_member, _colleague, _plan = table_of(Member), table_of(Colleague), table_of(GrowthPlan)
_assessment, _cycle = table_of(Assessment), table_of(Calibration)


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
class AskView:
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


def ask_page(workspace: Workspace, member: int) -> AskView:
    """Who may be asked about a member. Raises NotFound."""
    with workspace.read() as connection:
        known = member_row(connection, workspace, member)
        plan = newest_growth_plan(connection, member)
        rows = connection.execute(select(_assessment).where(_assessment.c.member_id == member)).mappings().all()
        due = {r["rater_id"] for r in rows if r["cycle_id"] is None and r["state"] == CardState.DRAFT}
        before = {r["rater_id"] for r in rows if r["state"] != CardState.DRAFT}
        names = connection.execute(select(_colleague.c.id, _colleague.c.name).order_by(_colleague.c.name)).all()
        relations = relations_of(connection, member)
    people = [
        AskPerson(r.id, r.name, relations.get(r.id, Relation.NOT_SAID), r.id in due, r.id in before) for r in names
    ]
    people.sort(key=lambda p: (p.colleague != workspace.me, p.relation is not Relation.MANAGER, not p.before))
    target = plan["target"] if plan is not None and plan["target"] != known["level"] else None
    return AskView(member, known["name"], known["level"], target, tuple(people))


@dataclass(frozen=True)
class AssessmentLine:
    """An assessment of a member: when it came in or was asked for, against what, by whom, and whether I may open it."""

    id: int
    on: date
    level: str
    cycle: str
    rater: str
    is_in: bool
    opens: bool


def assessment_lines(workspace: Workspace, member: int) -> tuple[AssessmentLine, ...]:
    """Every assessment of a member that is not replaced by a later one, the newest first; what it says is not here."""
    with workspace.read() as connection:
        query = (
            select(_assessment, _colleague.c.name, _cycle.c.name.label("cycle"))
            .select_from(
                _assessment.join(_colleague, _colleague.c.id == _assessment.c.rater_id).outerjoin(
                    _cycle, _cycle.c.id == _assessment.c.cycle_id
                )
            )
            .where(_assessment.c.member_id == member, _assessment.c.state != CardState.AMENDED)
        )
        rows = connection.execute(query).mappings().all()
        sealings = {row: g.sealing for g in asked_together(connection, [member]) for row in g.assessments}
    rows = sorted(rows, key=lambda r: (_day(workspace, r), r["cycle_id"] is None, r["cycle_id"] or 0, -r["id"]))
    return tuple(
        AssessmentLine(
            r["id"],
            _day(workspace, r),
            r["level"],
            r["cycle"] or "",
            r["name"],
            r["state"] != CardState.DRAFT,
            sealings[r["id"]].shows(workspace.me, r["rater_id"], r["entered_by_id"], r["state"]),
        )
        for r in reversed(rows)
    )


def _day(workspace: Workspace, row: RowMapping) -> date:
    """When it came in, or was asked for."""
    moment: datetime = row["submitted_at"] or row["started_at"]
    return moment.astimezone(workspace.zone).date()


def reratings(connection: Connection, workspace: Workspace) -> tuple[Rerating, ...]:
    """Members with a plan whose level was last rated a quarter ago or longer, the longest first; not those about whom
    somebody else was asked again, in an open calibration too. An assessment being amended is not asked again."""
    today = workspace.today()
    newest = (
        select(_assessment.c.member_id, _assessment.c.level, func.max(_assessment.c.submitted_at).label("at"))
        .where(_assessment.c.state != CardState.DRAFT, _assessment.c.relation != Relation.SELF)
        .group_by(_assessment.c.member_id, _assessment.c.level)
    )
    last = {(r.member_id, r.level): r.at for r in connection.execute(newest)}
    asked = (
        select(_assessment.c.member_id, _assessment.c.level)
        .select_from(_assessment.outerjoin(_cycle, _cycle.c.id == _assessment.c.cycle_id))
        .where(
            _assessment.c.state == CardState.DRAFT,
            _assessment.c.relation != Relation.SELF,
            _assessment.c.amends_id.is_(None),
            _assessment.c.cycle_id.is_(None) | (_cycle.c.state != CalibrationState.CLOSED),
        )
    )
    waiting = {(r.member_id, r.level) for r in connection.execute(asked)}
    query = (
        select(_plan.c.member_id, _plan.c.guide_id, _plan.c.target, level_on(today).label("level"), _colleague.c.name)
        .select_from(
            _plan.join(_member, _member.c.id == _plan.c.member_id).join(
                _colleague, _colleague.c.id == _member.c.colleague_id
            )
        )
        .where(_plan.c.ended_on.is_(None), _member.c.left_on.is_(None))
        .order_by(_plan.c.id)
    )
    wanted: dict[int, tuple[Row[Any], str, date]] = {}
    for row in connection.execute(query).all():
        against = row.target or row.level
        at = last.get((row.member_id, against))
        if at is None or (row.member_id, against) in waiting:
            continue
        due = rerating_due(at.astimezone(workspace.zone).date())
        if due is None or due > today:
            continue
        wanted[row.member_id] = (row, against, due)
    seen, read = assessment_groups_of(connection, workspace, wanted), cache(partial(read_guide, connection))
    found = [
        Rerating(member, row.name, against, due)
        for member, (row, against, due) in wanted.items()
        if any(g.content.relation.counts for g in newest_against(read, seen[member], row.guide_id, against))
    ]
    return tuple(sorted(found, key=lambda r: (r.on, r.name)))
