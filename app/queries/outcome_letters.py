"""What a letter on a calibration's outcome may say to a member: the outcome, and sentences of the level. No score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.domain.calibration import CalibrationOutcome
from app.domain.panel import State
from app.queries.calibration import CalibrationMember, CalibrationView, page_in
from app.store.columns import among
from app.store.tables import Colleague
from app.store.tables_growth import LevelSpell, Member
from app.store.workspace import Workspace

_WEIGHTS = ("core", "important")


@dataclass(frozen=True)
class OutcomeLetter:
    """A letter to one member. `since` is from when they hold the level, where that is known; `to_show` are the
    dimensions that keep them from it with what the level asks there, `to_see` those of which too little was seen."""

    name: str
    mail: str
    outcome: CalibrationOutcome
    calibration: str
    level: str
    target: str
    since: date | None
    to_show: tuple[tuple[str, str], ...]
    to_see: tuple[tuple[str, str], ...]
    sender: str


def outcome_letters(workspace: Workspace, calibration: int) -> tuple[OutcomeLetter, ...]:
    """A letter to everybody on whom an outcome is recorded that one may see, in the order of the calibration. Raises
    NotFound."""
    with workspace.read() as connection:
        page = page_in(connection, workspace, calibration)
        members = [one for one in page.members if one.outcome is not None]
        query = (
            select(col(Member.id), col(Colleague.mail))
            .join(Colleague, col(Colleague.id) == col(Member.colleague_id))
            .where(among(col(Member.id), [one.member for one in members]))
        )
        mails = dict(connection.execute(query).all())
        spells = select(col(LevelSpell.member_id), col(LevelSpell.level), col(LevelSpell.since)).where(
            among(col(LevelSpell.member_id), [one.member for one in members])
        )
        held = {(member, level): since for member, level, since in connection.execute(spells)}
        me = connection.execute(select(col(Colleague.name)).where(col(Colleague.id) == workspace.me)).scalar() or ""
    return tuple(_letter(page, one, mails[one.member], held.get((one.member, one.target)), me) for one in members)


def _letter(page: CalibrationView, one: CalibrationMember, mail: str, since: date | None, sender: str) -> OutcomeLetter:
    assert one.outcome is not None
    level = one.guide.level(one.target)
    cells = [c for c in one.judged.verdict.cells if c.weight in _WEIGHTS] if one.judged is not None else []
    asks = [(one.guide.dimension(c.dimension).short, level.cells[c.dimension].expect, c.state) for c in cells]
    return OutcomeLetter(
        one.name,
        mail,
        CalibrationOutcome(one.outcome.outcome),
        page.name,
        one.level,
        f"{one.target}, {level.title}" if level.title != one.target else one.target,
        since,
        tuple((name, expect) for name, expect, state in asks if state in (State.NOT_MET, State.SPLIT)),
        tuple((name, expect) for name, expect, state in asks if state in (State.THIN, State.EMPTY)),
        sender,
    )
