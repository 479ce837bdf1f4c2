"""What waits about the team: late assessments of others, promotions to be made, check-ins, goals, re-ratings."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.calibration import CalibrationState
from app.domain.scorecard import CardState
from app.queries.assessment_request import reratings
from app.queries.onboarding import due_talks
from app.queries.waiting import Waiting, WaitKind
from app.records.promotions import promotions_waiting
from app.store.columns import aliased
from app.store.tables import Colleague
from app.store.tables_goals import Goal
from app.store.tables_growth import Assessment, Calibration, GrowthPlan, Member, Proposal
from app.store.workspace import Workspace
from app.words import tr


def growing_waits(connection: Connection, workspace: Workspace) -> tuple[Waiting, ...]:
    """All of it, by kind."""
    return (
        *_late_assessments(connection, workspace),
        *_promotions(connection, workspace),
        *_check_ins(connection, workspace),
        *_goals(connection, workspace),
        *_reratings(connection, workspace),
    )


def _late_assessments(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Assessments that others were asked for by a day that has passed; those of a level that is proposed no more are
    not due."""
    rater = aliased(Colleague)
    proposed = (col(Proposal.cycle_id) == col(Calibration.id)) & (col(Proposal.member_id) == col(Member.id))
    query = (
        select(
            col(Assessment.due_on),
            col(Assessment.level),
            col(Member.id),
            col(Colleague.name),
            col(rater.name),
            col(Calibration.id),
            col(Calibration.name),
        )
        .select_from(Assessment)
        .join(Member, col(Member.id) == col(Assessment.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .join(rater, col(rater.id) == col(Assessment.rater_id))
        .outerjoin(Calibration, col(Calibration.id) == col(Assessment.cycle_id))
        .outerjoin(Proposal, proposed)
        .where(
            col(Assessment.due_on) < workspace.today(),
            col(Assessment.state) == CardState.DRAFT,
            col(Assessment.amends_id).is_(None),
            col(Assessment.rater_id) != (workspace.me or 0),
            col(Member.left_on).is_(None),
            col(Calibration.state).is_(None) | (col(Calibration.state) == CalibrationState.OPEN),
            col(Proposal.target).is_(None) | (col(Proposal.target) == col(Assessment.level)),
        )
        .order_by(col(Assessment.due_on), col(Assessment.id))
    )
    return [
        Waiting(
            WaitKind.LATE_ASSESSMENT,
            name,
            calibration_name or tr("against {level}").format(level=level),
            who,
            at=due_on,
            late=True,
            place="calibration" if calibration is not None else "member",
            where={"id": calibration if calibration is not None else member},
            part=f"{member} {who}",
        )
        for due_on, level, member, name, who, calibration, calibration_name in connection.execute(query)
    ]


def _promotions(connection: Connection, workspace: Workspace) -> list[Waiting]:
    return [
        Waiting(
            WaitKind.PROMOTION,
            one.name,
            tr("to {level}").format(level=one.target),
            one.calibration,
            at=one.at,
            place="member",
            where={"id": one.member},
            part=one.target,
        )
        for one in promotions_waiting(connection, workspace.me)
    ]


def _check_ins(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Check-ins of growth plans and of first years that are due or overdue."""
    today = workspace.today()
    return [
        Waiting(
            WaitKind.CHECK_IN,
            talk.name,
            talk.about,
            at=talk.on,
            late=talk.on < today,
            place="growthplan",
            where={"id": talk.member} if talk.plan else {"id": talk.member, "year": 1},
            part=str(talk.on),
        )
        for talk in due_talks(connection, workspace)
    ]


def _goals(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Goals whose day has passed and which are neither reached nor dropped."""
    query = (
        select(col(Goal.id), col(Goal.due_on), col(Goal.title), col(Member.id), col(Colleague.name))
        .select_from(Goal)
        .join(GrowthPlan, col(GrowthPlan.id) == col(Goal.plan_id))
        .join(Member, col(Member.id) == col(GrowthPlan.member_id))
        .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
        .where(
            col(Goal.state) == "open",
            col(Goal.due_on) < workspace.today(),
            col(GrowthPlan.ended_on).is_(None),
            col(Member.left_on).is_(None),
        )
        .order_by(col(Goal.due_on), col(Goal.id))
    )
    return [
        Waiting(
            WaitKind.GOAL, name, title, at=due_on, late=True, place="growthplan", where={"id": member}, part=str(goal)
        )
        for goal, due_on, title, member, name in connection.execute(query)
    ]


def _reratings(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Members whose plan's level is due to be rated again."""
    return [
        Waiting(
            WaitKind.RERATING,
            one.name,
            one.level,
            at=one.on,
            late=one.on < workspace.today(),
            place="growthplan",
            where={"id": one.member, "again": 1},
        )
        for one in reratings(connection, workspace)
    ]
