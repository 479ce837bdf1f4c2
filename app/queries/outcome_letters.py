"""What a letter on a calibration's outcome may say to a member: the outcome, and sentences of the level. No score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import select
from sqlmodel import col

from app.domain.calibration import CalibrationOutcome
from app.domain.letter import LetterText, WrittenLetter, write_letter
from app.domain.panel import State
from app.queries.calibration import CalibrationMember, page_in
from app.records.letter_texts import letter_texts
from app.store.columns import among
from app.store.tables import Colleague
from app.store.tables_growth import LevelSpell, Member
from app.store.workspace import Workspace
from app.words import long_day

_WEIGHTS = ("core", "important")


@dataclass(frozen=True)
class OutcomeLetter:
    """A letter to one member in the workspace's words; `decided_at` is when the outcome was recorded."""

    name: str
    mail: str
    outcome: CalibrationOutcome
    calibration: str
    written: WrittenLetter
    organisation: str
    decided_at: datetime
    zone: tzinfo
    paper: str


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
        texts = {outcome: text for outcome, (text, _own) in letter_texts(connection).items()}
    found = []
    for one in members:
        assert one.outcome is not None
        outcome, organisation = CalibrationOutcome(one.outcome.outcome), workspace.settings.organisation
        fixed = {"calibration": page.name, "sender": me, "organisation": organisation}
        values = fixed | _values(one, held.get((one.member, one.target)))
        found.append(
            OutcomeLetter(
                one.name,
                mails[one.member],
                outcome,
                page.name,
                write_letter(texts[outcome], values),
                organisation,
                one.outcome.at,
                workspace.zone,
                workspace.settings.paper,
            )
        )
    return tuple(found)


def _values(one: CalibrationMember, since: date | None) -> dict[str, str]:
    """What the places are of one member: of what keeps them from the level, the level's own sentences."""
    level, names = one.guide.level(one.target), one.name.split()
    cells = [c for c in one.judged.verdict.cells if c.weight in _WEIGHTS] if one.judged is not None else []
    asks = [(one.guide.dimension(c.dimension).short, level.cells[c.dimension].expect, c.state) for c in cells]
    return {
        "first name": names[0] if names else one.name,
        "name": one.name,
        "level": f"{one.target}, {level.title}" if level.title != one.target else one.target,
        "since": long_day(since) if since is not None else "",
        "to show": _lines(asks, State.NOT_MET, State.SPLIT),
        "to see": _lines(asks, State.THIN, State.EMPTY),
    }


def _lines(asks: Sequence[tuple[str, str, State | None]], *states: State) -> str:
    return "\n".join(f"- {name}: {' '.join(expect.split())}" for name, expect, state in asks if state in states)


@dataclass(frozen=True)
class LetterRow:
    """The text of the letter on an outcome; `own` says that it is the workspace's."""

    text: LetterText
    own: bool


def letter_rows(workspace: Workspace) -> tuple[LetterRow, ...]:
    """The texts of all letters."""
    with workspace.read() as connection:
        return tuple(LetterRow(text, own) for text, own in letter_texts(connection).values())
