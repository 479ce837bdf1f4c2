"""Interviews with whom they are about: for calendars, and for the week."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.pipeline import Outcome
from app.records.opening_rubric import opening_rubric
from app.store.columns import among, rows_with
from app.store.tables import Application, Candidate, Colleague, Interview, Opening
from app.store.tables_panel import PlanRound


@dataclass(frozen=True)
class HeldRound:
    """An interview with whom it is about."""

    interview: Interview
    opening: Opening
    candidate: str
    person: int
    interviewer: str
    interviewer_mail: str
    exercise: str
    position: int

    @property
    def starts_at(self) -> datetime:
        """When, of one that has a time (aware)."""
        assert self.interview.starts_at is not None
        return self.interview.starts_at


def held_rounds(
    connection: Connection,
    interviews: Collection[int] | None,
    begins: datetime | None = None,
    ends: datetime | None = None,
) -> list[HeldRound]:
    """These interviews, or those of open applications between two moments."""
    query = (
        select(
            col(Candidate.name),
            col(Candidate.id),
            col(Colleague.name),
            col(Colleague.mail),
            col(PlanRound.exercise),
            col(PlanRound.position),
        )
        .select_from(Interview)
        .join(PlanRound, col(PlanRound.id) == col(Interview.round_id))
        .join(Application, col(Application.id) == col(Interview.application_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Colleague, col(Colleague.id) == col(Interview.interviewer_id))
        .order_by(col(Interview.starts_at), col(Interview.id))
    )
    if interviews is not None:
        query = query.where(among(col(Interview.id), interviews))
    else:
        query = query.where(
            col(Interview.starts_at) >= begins,
            col(Interview.starts_at) < ends,
            col(Application.outcome) == Outcome.ACTIVE,
        )
    names: dict[int, dict[str, str]] = {}
    found = []
    for held, opening, name, person, interviewer, mail, exercise, position in rows_with(
        connection, query, Interview, Opening
    ):
        if opening.id not in names:
            names[opening.id] = {e.id: e.name for e in opening_rubric(connection, opening.id).exercises}
        called = names[opening.id].get(exercise, exercise)
        found.append(HeldRound(held, opening, name, person, interviewer, mail, called, position))
    return found
