"""What later steps have made stand: taking an earlier step back must not reach behind it.

Undo compares the rows it touches. A plan that was used since, an interview whose card was begun, an offer that was
approved, an application that was decided on, a session that began or a calibration that was closed leave those rows as
they were, so they are asked for here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.actions.calibration_guards import cycle_must_allow
from app.actions.panel_guards import panel_must_allow
from app.actions.plan import is_used
from app.domain.offer import OfferStatus
from app.errors import Refused
from app.store.columns import table_of
from app.store.history import RowChange
from app.store.step import Step
from app.store.tables import Scorecard
from app.store.tables_panel import Plan
from app.words import tr

_cards = table_of(Scorecard)
_WHEN_WHERE = ("starts_at", "minutes", "place")


def must_still_be_open(step: Step, changes: Iterable[RowChange], done_at: datetime) -> None:
    """Raise Refused where taking these changes back, or doing them again, would rewrite what was declared since.

    `done_at` is when they were made.
    """
    for change in changes:
        cycle_must_allow(step, change)
        panel_must_allow(step, change, done_at)
        row = change.after or change.before or {}
        if change.table in ("plan", "plan_round") and is_used(step.connection, _opening_of(step, change.table, row)):
            raise Refused(
                tr("The plan is in use since: an interview is planned by it."),
                tr("Change it on its page, with a reason."),
            )
        if change.table == "opening" and _levels_differ(change) and is_used(step.connection, change.row):
            raise Refused(
                tr("Somebody was interviewed for {code} since, so its level stays.").format(code=row["code"]),
                tr("Open a new opening for another level."),
            )
        if change.table == "interview" and _has_card(step, change.row) and _is_about_who(change):
            raise Refused(
                tr("The card of this interview was begun since, so its interviewer stays."),
                tr("Plan a further interview for the other person."),
            )
        if change.table in ("offer_amount", "offer_term"):
            offer = step.image("offer", row["offer_id"])
            if offer is not None and offer["status"] != OfferStatus.DRAFTED:
                raise Refused(
                    tr("The offer was approved since and stays as it is."), tr("Withdraw it and draft another one.")
                )


def _opening_of(step: Step, table: str, row: dict[str, Any]) -> int:
    """A seat is never written without its round, so rounds and plans are enough to ask."""
    return int(row["opening_id"]) if table == "plan" else step.get(Plan, row["plan_id"]).opening_id


def _levels_differ(change: RowChange) -> bool:
    before, after = change.before, change.after
    return before is None or after is None or before["level"] != after["level"]


def _has_card(step: Step, interview: int) -> bool:
    return step.first(select(_cards.c.id).where(_cards.c.interview_id == interview).limit(1)) is not None


def _is_about_who(change: RowChange) -> bool:
    """More than its time and place: the interviewer, or the interview as a whole."""
    before, after = change.before, change.after
    if before is None or after is None:
        return True
    return any(before[name] != after[name] for name in after if name not in _WHEN_WHERE)
