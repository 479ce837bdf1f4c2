"""That somebody answered of their own will, and on which day. What they answered is shown by no query but of groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.store.tables_people import Demographic
from app.store.workspace import Workspace


@dataclass(frozen=True)
class VoluntaryAnswers:
    """The answers of a candidate by number, each with its question and its day; `questions` are those asked of
    anybody."""

    given: tuple[tuple[int, str, date], ...]
    questions: tuple[str, ...]


def voluntary_answers(workspace: Workspace, candidate: int) -> VoluntaryAnswers:
    """Of one candidate."""
    given = select(col(Demographic.id), col(Demographic.question), col(Demographic.given_on)).where(
        col(Demographic.candidate_id) == candidate
    )
    questions = select(col(Demographic.question)).distinct().order_by(col(Demographic.question))
    with workspace.read() as connection:
        return VoluntaryAnswers(
            tuple(connection.execute(given.order_by(col(Demographic.question))).all()),
            tuple(connection.execute(questions).scalars()),
        )
