"""What is looked through when there is time: who is stuck, who is in no opening, records kept longer than said."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.pipeline import Outcome
from app.queries.waiting import Waiting, WaitKind
from app.records.stuck import stage_limits, stuck_ones
from app.store.columns import among
from app.store.tables import Application, Candidate, Opening, Stage
from app.store.workspace import Workspace


def quiet_waits(connection: Connection, workspace: Workspace) -> tuple[Waiting, ...]:
    """All of it, by kind. Every finished spell of every stage is read for it."""
    return (
        *_stuck(connection, workspace),
        *_in_no_opening(connection),
        *_to_review(connection, workspace),
    )


def _stuck(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Of the applications that the user looks after, or nobody else does, those longest in their stage."""
    limits = stage_limits(connection, workspace.zone)
    stuck = stuck_ones(connection, workspace.today(), workspace.zone, limits)
    mine = col(Application.owner_id) == (workspace.me or 0)
    managed = col(Application.owner_id).is_(None) & (
        (col(Opening.manager_id) == (workspace.me or 0)) | col(Opening.manager_id).is_(None)
    )
    query = (
        select(
            col(Application.id), col(Candidate.name), col(Stage.name), col(Opening.code), col(Application.entered_at)
        )
        .select_from(Application)
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Stage, col(Stage.id) == col(Application.stage_id))
        .where(among(col(Application.id), stuck), mine | managed)
        .order_by(col(Application.entered_at), col(Application.id))
    )
    return [
        Waiting(WaitKind.STUCK, name, stage, code, at, place="application", where={"id": application})
        for application, name, stage, code, at in connection.execute(query)
    ]


def _in_no_opening(connection: Connection) -> list[Waiting]:
    """Candidates without any application: no list of the pipelines has them."""
    any_of_theirs = select(col(Application.id)).where(col(Application.candidate_id) == col(Candidate.id)).exists()
    query = select(col(Candidate.id), col(Candidate.name), col(Candidate.now_at)).where(~any_of_theirs)
    return [
        Waiting(WaitKind.NO_OPENING, name, now_at, place="candidate", where={"id": number})
        for number, name, now_at in connection.execute(query.order_by(col(Candidate.name), col(Candidate.id)))
    ]


def _to_review(connection: Connection, workspace: Workspace) -> list[Waiting]:
    """Candidates whose record was to be kept until a day that is over, and who are in no open application."""
    still_open = (
        select(col(Application.id))
        .where(col(Application.candidate_id) == col(Candidate.id), col(Application.outcome) == Outcome.ACTIVE)
        .exists()
    )
    query = select(col(Candidate.id), col(Candidate.name), col(Candidate.kept_until)).where(
        col(Candidate.kept_until) < workspace.today(), ~still_open
    )
    return [
        Waiting(WaitKind.REVIEW, name, at=until, late=True, place="candidate", where={"id": number})
        for number, name, until in connection.execute(query.order_by(col(Candidate.kept_until), col(Candidate.id)))
    ]
