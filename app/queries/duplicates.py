"""Candidates who may be one person twice, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.candidate import CandidateFacts
from app.domain.pipeline import Outcome
from app.domain.same_person import Why
from app.records.candidate import candidate_facts, reached
from app.records.same_person import LikelySame, likely_same
from app.store.columns import among, rows_of
from app.store.tables import Application, Candidate, Opening, Stage
from app.store.workspace import Workspace

SHOWN = 50


@dataclass(frozen=True)
class TheirOpenOne:
    """An open application of one of the two: in which opening, at which stage."""

    application: int
    opening: int
    code: str
    stage: str


@dataclass(frozen=True)
class OneOfTwo:
    """One of two candidates who may be the same; `applications` counts all of theirs."""

    id: int
    facts: CandidateFacts
    applications: int
    open_ones: tuple[TheirOpenOne, ...]


@dataclass(frozen=True)
class Pair:
    """Two candidates who may be one person, and what they have in common."""

    one: OneOfTwo
    other: OneOfTwo
    why: tuple[Why, ...]

    @property
    def both_open(self) -> tuple[tuple[TheirOpenOne, TheirOpenOne], ...]:
        """Their open applications in the same opening, of which one can go on."""
        there = {one.opening: one for one in self.other.open_ones}
        return tuple((one, there[one.opening]) for one in self.one.open_ones if one.opening in there)


@dataclass(frozen=True)
class Pairs:
    """The first pairs, and how many there are."""

    shown: tuple[Pair, ...]
    all: int


def duplicates(workspace: Workspace) -> Pairs:
    """Pairs over the whole file, those with the most in common first; so many of them as a page shows."""
    with workspace.read() as connection:
        found = likely_same(connection)
        return Pairs(_pairs(connection, found[:SHOWN]), len(found))


def likely_twins(workspace: Workspace, candidate: int) -> tuple[Pair, ...]:
    """Who one candidate may also be."""
    with workspace.read() as connection:
        return _pairs(connection, likely_same(connection, candidate))


def _pairs(connection: Connection, found: tuple[LikelySame, ...]) -> tuple[Pair, ...]:
    numbers = {number for pair in found for number in (pair.one, pair.other)}
    ways = reached(connection, numbers)
    counted: dict[int, int] = {}
    open_ones: dict[int, list[TheirOpenOne]] = {}
    query = (
        select(
            col(Application.candidate_id),
            col(Application.id),
            col(Application.opening_id),
            col(Opening.code),
            col(Stage.name),
            col(Application.outcome),
        )
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Stage, col(Stage.id) == col(Application.stage_id))
        .where(among(col(Application.candidate_id), numbers))
        .order_by(col(Application.id))
    )
    for candidate, application, opening, code, stage, outcome in connection.execute(query):
        counted[candidate] = counted.get(candidate, 0) + 1
        if outcome == Outcome.ACTIVE:
            open_ones.setdefault(candidate, []).append(TheirOpenOne(application, opening, code, stage))
    people = {
        row.id: OneOfTwo(
            row.id,
            candidate_facts(row, ways.get(row.id, {})),
            counted.get(row.id, 0),
            tuple(open_ones.get(row.id, ())),
        )
        for row in rows_of(connection, Candidate, among(col(Candidate.id), numbers))
    }
    return tuple(Pair(people[pair.one], people[pair.other], pair.why) for pair in found)
