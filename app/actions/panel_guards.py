"""What was declared of an application: undo and redo reach behind neither its debrief nor its decision.

What was done after the newest declaration is no part of it, and can be taken back.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select

from app.errors import Refused
from app.store.columns import table_of
from app.store.history import RowChange, Values
from app.store.step import Step
from app.store.tables import Application, Candidate, Scorecard
from app.store.tables_panel import Debrief, Decision
from app.words import tr

_cards = table_of(Scorecard)
_debriefs, _decisions = table_of(Debrief), table_of(Decision)
_OF_APPLICATION = frozenset({"interview", "stage_entry", "closing", "decision_draft"})


def panel_must_allow(step: Step, change: RowChange, done_at: datetime) -> None:
    """Raise Refused where a change that was made at `done_at` is what something declared since rests on."""
    row = change.after or change.before or {}
    application = _application_of(step, change.table, row)
    if application is None or step.image("application", application) is None:
        return
    held = step.get(Application, application)
    name = step.get(Candidate, held.candidate_id).name
    decided = select(func.max(_decisions.c.at)).where(_decisions.c.application_id == application)
    if _since(_newest(step, decided), done_at):
        raise Refused(
            tr("{name} was decided since, and what the decision rests on stays as it was then.").format(name=name),
            tr("Write what is new into a further decision."),
        )
    if change.table in ("debrief_walk", "decision_draft"):
        return
    begun = select(func.max(_debriefs.c.started_at)).where(_debriefs.c.application_id == application)
    if _since(_newest(step, begun), done_at):
        raise Refused(
            tr("The debrief of {name} was begun since, and what it rests on stays as it was then.").format(name=name),
            tr("Change it by hand, where it can still change."),
        )
    if _since(held.opened_at, done_at):
        raise Refused(
            tr("The cards of {name} were opened since, and what they were opened on stays.").format(name=name),
            tr("Change it by hand, where it can still change."),
        )
    if change.table == "interview" and _since(_submitted(step, change.row), done_at):
        raise Refused(
            tr("The card of this interview with {name} is in since, so it stays as it was held.").format(name=name),
            tr("Change its time by hand where it is wrong."),
        )


def _application_of(step: Step, table: str, row: Values) -> int | None:
    """The application a row belongs to; None for one that no declaration about an application rests on."""
    if table == "application":
        return int(row["id"])
    if table in _OF_APPLICATION:
        return int(row["application_id"])
    if table == "debrief_walk":
        return step.get(Debrief, row["debrief_id"]).application_id
    return None


def _submitted(step: Step, interview: int) -> datetime | None:
    return _newest(step, select(func.max(_cards.c.submitted_at)).where(_cards.c.interview_id == interview))


def _newest(step: Step, query: Select[tuple[datetime | None]]) -> datetime | None:
    found = step.first(query)
    return found[0] if found is not None else None


def _since(declared: datetime | None, done_at: datetime) -> bool:
    return declared is not None and declared > done_at
