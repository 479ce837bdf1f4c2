"""Levels members held: those that come on their day, and an entry that was wrong."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select
from sqlmodel import col

from app.actions.member import LevelChange, about_member, hold_level_of, must_know
from app.domain.operations import Op
from app.errors import Refused
from app.records.member_level import levels_on
from app.store.change_report import ChangeReport
from app.store.guide import read_guide
from app.store.tables_growth import LevelSpell, Member
from app.store.workspace import Workspace
from app.words import tr


def correct_level(workspace: Workspace, spell: int, right: LevelChange) -> ChangeReport:
    """Put an entry right that was wrong: its level or its day. What stood there before is in the history.

    Raises Refused without a reason, where nothing is otherwise, and for a level the guide does not have.
    """
    if not right.reason.strip():
        raise Refused(tr("Correcting an entry needs a reason."), tr("Write what was wrong."))
    with workspace.step(Op.CHANGE_LEVEL) as step:
        held = step.get(LevelSpell, spell)
        name = about_member(step, held.member_id)
        if (held.level, held.since) == (right.level, right.since):
            raise Refused(tr("The entry says that already."), tr("Change its level or its day."))
        if held.level != right.level:
            must_know(read_guide(step.connection, step.get(Member, held.member_id).guide_id), right.level)
        step.edit(LevelSpell, spell, level=right.level, since=right.since, reason=right.reason.strip())
        hold_level_of(step, held.member_id, workspace.today())
        step.subject, step.subject_table = held.member_id, "member"
        step.words = tr("correction of a level of {name}").format(name=name)
    return step.report()


def levels_come(workspace: Workspace) -> None:
    """Let levels that were written down ahead hold from their day on."""
    today = workspace.today()
    with workspace.read() as connection:
        due = [row for row, held in levels_on(connection, today).items() if held != _level_in(connection, row)]
    for member in due:
        with workspace.step(Op.CHANGE_LEVEL) as step:
            name = about_member(step, member)
            hold_level_of(step, member, today)
            step.words = tr("level {level} of {name}").format(level=step.get(Member, member).level, name=name)


def _level_in(connection: Connection, member: int) -> tuple[str, date | None]:
    row = connection.execute(select(col(Member.level), col(Member.level_since)).where(col(Member.id) == member)).one()
    return row.level, row.level_since
