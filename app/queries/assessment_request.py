"""Who can be asked to assess a member outside a calibration, and whose plan is due to be rated again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from sqlalchemy import Connection, func, select
from sqlmodel import col

from app.domain.assessment import Relation
from app.domain.calibration import CalibrationState
from app.domain.growth import rerating_due
from app.domain.scorecard import CardState
from app.records.assessment_groups import groups_by_member, newest_against
from app.records.member import member_today, newest_growth_plan
from app.records.member_level import level_on
from app.records.rater_relation import relations_of
from app.records.visibility import asked_together
from app.store.guide import read_guide
from app.store.tables import Colleague
from app.store.tables_growth import Assessment, Calibration, GrowthPlan, Member
from app.store.workspace import Workspace


@dataclass(frozen=True)
class AskPerson:
    """A colleague who can be asked: their relation to the member, whether an assessment outside a calibration is due
    from them already, and whether they assessed the member before."""

    colleague: int
    name: str
    relation: Relation
    asked: bool
    before: bool


@dataclass(frozen=True)
class AskView:
    """Who may be asked about a member: first the workspace's user, the manager and earlier raters.

    `target` is the level the member grows towards, None without a plan for another level.
    """

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
        known, plan = member_today(connection, workspace, member), newest_growth_plan(connection, member)
        asked = select(col(Assessment.rater_id), col(Assessment.state), col(Assessment.cycle_id))
        rows = connection.execute(asked.where(col(Assessment.member_id) == member)).all()
        due = {rater for rater, state, calibration in rows if calibration is None and state == CardState.DRAFT}
        before = {rater for rater, state, _ in rows if state != CardState.DRAFT}
        colleagues = select(col(Colleague.id), col(Colleague.name)).order_by(col(Colleague.name))
        names = connection.execute(colleagues).all()
        relations = relations_of(connection, member)
    people = [
        AskPerson(who, name, relations.get(who, Relation.NOT_SAID), who in due, who in before) for who, name in names
    ]
    people.sort(key=lambda p: (p.colleague != workspace.me, p.relation is not Relation.MANAGER, not p.before))
    target = plan.target if plan is not None else None
    return AskView(member, known.name, known.level, target if target != known.level else None, tuple(people))


@dataclass(frozen=True)
class AssessmentLine:
    """An assessment of a member: its day, level and rater, and whether the workspace's user may open it."""

    id: int
    on: date
    level: str
    cycle: str
    rater: str
    is_in: bool
    opens: bool
    due_on: date | None = None


def assessment_lines(workspace: Workspace, member: int) -> tuple[AssessmentLine, ...]:
    """Every assessment of a member that no later one replaces, newest first, without its content."""
    with workspace.read() as connection:
        query = (
            select(
                col(Assessment.id),
                col(Assessment.level),
                col(Assessment.cycle_id),
                col(Assessment.rater_id),
                col(Assessment.entered_by_id),
                col(Assessment.state),
                col(Assessment.due_on),
                func.coalesce(col(Assessment.submitted_at), col(Assessment.started_at)),
                col(Colleague.name),
                col(Calibration.name),
            )
            .select_from(Assessment)
            .join(Colleague, col(Colleague.id) == col(Assessment.rater_id))
            .outerjoin(Calibration, col(Calibration.id) == col(Assessment.cycle_id))
            .where(col(Assessment.member_id) == member, col(Assessment.state) != CardState.AMENDED)
        )
        rows = connection.execute(query).all()
        sealings = {row: g.sealing for g in asked_together(connection, [member]) for row in g.assessments}
    found: list[tuple[tuple[date, bool, int, int], AssessmentLine]] = []
    for assessment, level, calibration, rater, typed_by, state, due_on, moment, name, calibration_name in rows:
        on = moment.astimezone(workspace.zone).date()
        opens = sealings[assessment].shows(workspace.me, rater, typed_by, state)
        is_in = state != CardState.DRAFT
        place = (on, calibration is None, calibration or 0, -assessment)
        found.append((place, AssessmentLine(assessment, on, level, calibration_name or "", name, is_in, opens, due_on)))
    return tuple(line for _, line in sorted(found, key=lambda one: one[0], reverse=True))


def reratings(connection: Connection, workspace: Workspace) -> tuple[Rerating, ...]:
    """Members with a plan whose level was last rated a quarter ago or longer, the longest first.

    Members about whom another assessment is under way, in an open calibration too, are not among them. An amendment is
    no such assessment.
    """
    today = workspace.today()
    newest = (
        select(col(Assessment.member_id), col(Assessment.level), func.max(col(Assessment.submitted_at)))
        .where(col(Assessment.state) != CardState.DRAFT, col(Assessment.relation) != Relation.SELF)
        .group_by(col(Assessment.member_id), col(Assessment.level))
    )
    last = {(member, level): at for member, level, at in connection.execute(newest)}
    asked = (
        select(col(Assessment.member_id), col(Assessment.level))
        .select_from(Assessment)
        .outerjoin(Calibration, col(Calibration.id) == col(Assessment.cycle_id))
        .where(
            col(Assessment.state) == CardState.DRAFT,
            col(Assessment.relation) != Relation.SELF,
            col(Assessment.amends_id).is_(None),
            col(Assessment.cycle_id).is_(None) | (col(Calibration.state) != CalibrationState.CLOSED),
        )
    )
    waiting = {(member, level) for member, level in connection.execute(asked)}
    query = (
        select(
            col(GrowthPlan.member_id),
            col(GrowthPlan.guide_id),
            col(GrowthPlan.target),
            level_on(today),
            col(Colleague.name),
        )
        .select_from(GrowthPlan)
        .join(Member, col(Member.id) == col(GrowthPlan.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .where(col(GrowthPlan.ended_on).is_(None), col(Member.left_on).is_(None))
        .order_by(col(GrowthPlan.id))
    )
    wanted: dict[int, tuple[int, Rerating]] = {}
    for member, guide, target, level, name in connection.execute(query):
        against = target or level
        at = last.get((member, against))
        if at is None or (member, against) in waiting:
            continue
        due = rerating_due(at.astimezone(workspace.zone).date())
        if due is None or due > today:
            continue
        wanted[member] = (guide, Rerating(member, name, against, due))
    seen, read = groups_by_member(connection, workspace, wanted), cache(partial(read_guide, connection))
    found = [
        rerating
        for member, (guide, rerating) in wanted.items()
        if any(g.content.relation.counts for g in newest_against(read, seen[member], guide, rerating.level))
    ]
    return tuple(sorted(found, key=lambda r: (r.on, r.name)))
