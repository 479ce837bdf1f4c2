"""Check-ins of a growth plan and of the first year: prepared, held, written down. Typed, and undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.actions.growth import today_of
from app.actions.member import about_member
from app.actions.private_note import drop_own_notes, put_own_note
from app.domain.growth import PREPARED, next_check_in
from app.domain.operations import Op
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables_growth import GrowthCheckIn, GrowthPlan
from app.store.workspace import Workspace
from app.words import day, tr


def prompts() -> list[str]:
    """The three questions every check-in answers."""
    return [tr("Did the when happen?"), tr("What did you do?"), tr("What next?")]


def plan_next(workspace: Workspace, plan: int, due_on: date | None = None) -> ChangeReport:
    """Put the next check-in of a plan into the calendar: `due_on`, else two weeks after the last one, or from today
    where that is past or there was none.

    One that is there already, and not held, is moved.
    """
    with workspace.step(Op.CHECK_IN, merge=("next", plan)) as step:
        known = step.get(GrowthPlan, plan)
        name = about_member(step, known.member_id)
        today = today_of(step, workspace)
        following = next_check_in(_last(step, plan) or today)
        _put_next(step, known, due_on or (following if following >= today else next_check_in(today)))
        step.words = tr("next check-in with {name}").format(name=name)
    return step.report()


def start(workspace: Workspace, plan: int, **values: Any) -> ChangeReport:
    """Hold the check-in of a plan today: the one that is due, or one that was not planned; `values` as with `edit`.

    The next one is put two weeks on. Started twice on a day, it is the same one.
    """
    with workspace.step(Op.CHECK_IN, merge=("start", plan)) as step:
        known = step.get(GrowthPlan, plan)
        name = about_member(step, known.member_id)
        today = today_of(step, workspace)
        held = step.first(
            select(col(GrowthCheckIn.id)).where(col(GrowthCheckIn.plan_id) == plan, col(GrowthCheckIn.held_on) == today)
        )
        row = int(held[0]) if held else _hold(step, known, today)
        if values:
            _must_be_short(values)
            _write(step, row, values)
        step.subject, step.subject_table = row, "growth_talk"
        step.words = tr("check-in with {name}").format(name=name)
    return step.report()


def record(workspace: Workspace, plan: int, held_on: date, said: str) -> ChangeReport:
    """Write down a check-in that was held on an earlier day. The next one stays where it is.

    Raises Refused for a day to come.
    """
    with workspace.step(Op.CHECK_IN) as step:
        known = step.get(GrowthPlan, plan)
        _must_be_past(held_on, today_of(step, workspace))
        name = about_member(step, known.member_id)
        step.add(
            GrowthCheckIn,
            member_id=known.member_id,
            plan_id=plan,
            due_on=held_on,
            held_on=held_on,
            prepared=[],
            said=said.strip(),
        )
        step.words = tr("check-in with {name}").format(name=name)
    return step.report()


def edit(workspace: Workspace, talk: int, *, typing: bool = False, **values: Any) -> ChangeReport:
    """Change some of a check-in: due_on, held_on, prepared, said, and one's own private_note.

    Raises Refused for more than three lines prepared, and where it was held on a day to come.
    """
    with workspace.step(Op.CHECK_IN, merge=("talk", talk, *sorted(values)), typing=typing) as step:
        known = step.get(GrowthCheckIn, talk)
        name = about_member(step, known.member_id)
        _must_be_short(values)
        _must_be_past(values.get("held_on"), today_of(step, workspace))
        step.subject, step.subject_table = talk, "growth_talk"
        _write(step, talk, values)
        step.words = tr("check-in with {name}").format(name=name)
    return step.report()


def remove(workspace: Workspace, talk: int) -> ChangeReport:
    """Take a check-in out."""
    with workspace.step(Op.CHECK_IN) as step:
        known = step.get(GrowthCheckIn, talk)
        about_member(step, known.member_id)
        step.subject, step.subject_table = talk, "growth_talk"
        drop_own_notes(step, talk)
        step.remove(GrowthCheckIn, talk)
        when = known.held_on or known.due_on
        step.words = tr("removal of the check-in of {day}").format(day=day(when) if when else "?")
    return step.report()


def _write(step: Step, talk: int, values: Mapping[str, Any]) -> None:
    if "private_note" in values:
        put_own_note(step, values["private_note"], talk=talk)
    shared = {k: v for k, v in values.items() if k != "private_note"}
    if shared:
        step.edit(GrowthCheckIn, talk, **shared)


def _hold(step: Step, plan: GrowthPlan, today: date) -> int:
    """The check-in that is due is held today, else a new one; the next one follows."""
    row = _waiting(step, plan.id or 0)
    if row is None:
        row = step.add(
            GrowthCheckIn, member_id=plan.member_id, plan_id=plan.id, due_on=today, held_on=today, prepared=[]
        )
    else:
        step.edit(GrowthCheckIn, row, held_on=today)
    _put_next(step, plan, next_check_in(today))
    return row


def _must_be_short(values: Mapping[str, Any]) -> None:
    if len(values.get("prepared", ())) > PREPARED:
        raise Refused(tr("A check-in is prepared in three lines."), tr("Take one out."))


def _must_be_past(held_on: date | None, today: date) -> None:
    if held_on is not None and held_on > today:
        raise Refused(tr("That day is still to come."), tr("Write it down once it was held."))


def _waiting(step: Step, plan: int) -> int | None:
    row = step.first(
        select(col(GrowthCheckIn.id))
        .where(col(GrowthCheckIn.plan_id) == plan, col(GrowthCheckIn.held_on).is_(None))
        .order_by(col(GrowthCheckIn.due_on), col(GrowthCheckIn.id))
    )
    return None if row is None else int(row[0])


def _last(step: Step, plan: int) -> date | None:
    row = step.first(
        select(col(GrowthCheckIn.held_on))
        .where(col(GrowthCheckIn.plan_id) == plan, col(GrowthCheckIn.held_on).is_not(None))
        .order_by(col(GrowthCheckIn.held_on).desc())
    )
    return None if row is None else row[0]


def _put_next(step: Step, plan: GrowthPlan, due_on: date) -> None:
    waiting = _waiting(step, plan.id or 0)
    if waiting is None:
        step.add(GrowthCheckIn, member_id=plan.member_id, plan_id=plan.id, due_on=due_on, prepared=[])
    else:
        step.edit(GrowthCheckIn, waiting, due_on=due_on)
