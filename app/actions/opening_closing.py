"""Closing an opening, because it is filled or given up, and opening it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.domain.operations import Op
from app.domain.pipeline import OpeningEnd
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables import Opening
from app.store.tables_pipeline import OpeningClosing
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class OpeningClosed:
    """How an opening is closed, on which day and why; one that is given up needs a reason."""

    how: OpeningEnd
    on: date
    reason: str = ""


def close(workspace: Workspace, opening: int, end: OpeningClosed) -> ChangeReport:
    """Close an opening; its applications stay as they are.

    Raises Refused for one that is closed, a day before its approval or after today, and a giving up without a reason.
    """
    with workspace.step(Op.CANCEL_OPENING) as step:
        known = step.get(Opening, opening)
        if is_closed(known):
            raise Refused(tr("{code} is closed already.").format(code=known.code))
        _check(known, end, workspace.today())
        reason = end.reason.strip()
        if end.how is OpeningEnd.FILLED:
            step.edit(Opening, opening, filled_on=end.on)
        else:
            step.edit(Opening, opening, cancelled_on=end.on, cancel_reason=reason)
        step.add(OpeningClosing, opening_id=opening, how=end.how, closed_on=end.on, reason=reason, by_id=step.who)
        words = tr("closing of {code}") if end.how is OpeningEnd.FILLED else tr("cancelling of {code}")
        step.words = words.format(code=known.code)
    return step.report()


def take_up(workspace: Workspace, opening: int) -> ChangeReport:
    """Open a closed opening again; that it was closed stays known. Raises Refused for one that is open."""
    with workspace.step(Op.CANCEL_OPENING) as step:
        known = step.get(Opening, opening)
        if not is_closed(known):
            raise Refused(tr("{code} is open.").format(code=known.code))
        step.edit(Opening, opening, cancelled_on=None, cancel_reason="", filled_on=None)
        for closing in _standing(step, opening):
            step.edit(OpeningClosing, closing, reopened_on=workspace.today(), reopened_by_id=step.who)
        step.words = tr("taking up of {code}").format(code=known.code)
    return step.report()


def is_closed(opening: Opening) -> bool:
    """Whether it is filled or given up."""
    return opening.cancelled_on is not None or opening.filled_on is not None


def must_be_open(opening: Opening) -> None:
    """Raises Refused where nobody can be put into it any more."""
    if opening.cancelled_on is not None:
        raise Refused(tr("{code} is cancelled.").format(code=opening.code), tr("Take the opening up again first."))
    if opening.filled_on is not None:
        raise Refused(
            tr("{code} is filled and closed.").format(code=opening.code), tr("Take the opening up again first.")
        )


def _standing(step: Step, opening: int) -> list[int]:
    query = select(col(OpeningClosing.id)).where(
        col(OpeningClosing.opening_id) == opening, col(OpeningClosing.reopened_on).is_(None)
    )
    return list(step.values(query))


def _check(known: Opening, end: OpeningClosed, today: date) -> None:
    if end.how is OpeningEnd.CANCELLED and not end.reason.strip():
        raise Refused(tr("Cancelling an opening needs a reason."), tr("Write why it is not filled any more."))
    if end.on > today:
        raise Refused(tr("An opening can’t be closed on a day to come."), tr("Take today, or a day before it."))
    if known.approved_on is not None and end.on < known.approved_on:
        raise Refused(tr("That day is before {code} was approved.").format(code=known.code), tr("Take a later day."))
