"""Closings of applications: each one is kept, also where the application was taken up again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.pipeline import Closed, ClosingReason, Outcome, Side
from app.errors import Refused
from app.phrases.closing import first_reasons
from app.records.hold import end_hold
from app.store.columns import among, rows_of
from app.store.step import Step
from app.store.tables import Application, Closing
from app.store.tables_people import CloseReason
from app.words import tr


def close_in(step: Step, application: int, outcome: Outcome, reason: str = "", why: str = "") -> None:
    """Close an application inside a running step, with a reason of the list, words of one's own, or both.

    Who is on hold is so no more. Raises Refused where the reason is not on the list for this outcome.
    """
    side = Side.NOT_SAID
    if why:
        listed = next((r for r in closing_reasons(step.connection) if (r.outcome, r.words) == (outcome, why)), None)
        if listed is None:
            raise Refused(
                tr("“{why}” is no reason on the list.").format(why=why), tr("Choose one, or write it in words.")
            )
        side = listed.side
    end_hold(step, application)
    step.edit(Application, application, outcome=outcome, closed_at=step.at, close_reason=reason)
    step.add(
        Closing,
        application_id=application,
        outcome=outcome,
        reason=reason,
        closed_at=step.at,
        by_id=step.who,
        side=side,
        why=why,
    )


def closing_reasons(connection: Connection) -> tuple[ClosingReason, ...]:
    """The reasons that are offered, in their order: the workspace's own list, or the program's until it has one."""
    rows = rows_of(connection, CloseReason, order_by=[col(CloseReason.outcome), col(CloseReason.position)])
    own = tuple(ClosingReason(Outcome(row.outcome), Side(row.side), row.words) for row in rows)
    return own or first_reasons()


def reopen_in(step: Step, application: int) -> None:
    """Take it up again inside a running step; the closing stays, and says when and by whom it was reopened."""
    step.edit(Application, application, outcome=Outcome.ACTIVE, closed_at=None, close_reason="")
    open_ones = select(col(Closing.id)).where(
        col(Closing.application_id) == application, col(Closing.reopened_at).is_(None)
    )
    for closing in step.values(open_ones):
        step.edit(Closing, closing, reopened_at=step.at, reopened_by_id=step.who)


def closed_spells(connection: Connection, applications: Collection[int]) -> dict[int, Sequence[Closed]]:
    """By application, when it was closed and until when; the last one may still be."""
    found: dict[int, list[Closed]] = {}
    query = (
        select(col(Closing.application_id), col(Closing.closed_at), col(Closing.reopened_at))
        .where(among(col(Closing.application_id), applications))
        .order_by(col(Closing.id))
    )
    for application, closed_at, reopened_at in connection.execute(query):
        found.setdefault(application, []).append(Closed(closed_at, reopened_at))
    return {application: tuple(spells) for application, spells in found.items()}


def newest_whys(connection: Connection, applications: Collection[int]) -> dict[int, str]:
    """By application, the reason of the list that its closing of now has."""
    query = select(col(Closing.application_id), col(Closing.why)).where(
        among(col(Closing.application_id), applications), col(Closing.reopened_at).is_(None)
    )
    return dict(connection.execute(query.order_by(col(Closing.id))).all())


def waits_since(entered: datetime, spells: Sequence[Closed]) -> datetime:
    """Since when an open application waits in its stage: not since before it was last taken up again."""
    return max([entered, *(s.until for s in spells if s.until is not None)])
