"""One card as its page shows it, and my rounds by date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from app.domain.pipeline import Outcome
from app.domain.rubric import Exercise, Rubric
from app.domain.scorecard import Card, CardState
from app.errors import NotFound, NotYet
from app.records.returned_forms import ReturnedBy, cards_brought
from app.records.visibility import sealing_of
from app.store.columns import among, table_of
from app.store.rubric import read_pack
from app.store.scorecard import read_card
from app.store.tables import (
    Application,
    AskedQuestion,
    Candidate,
    Colleague,
    Interview,
    Note,
    Opening,
    Rating,
    Scorecard,
)
from app.store.tables_panel import PlanRound
from app.store.workspace import Workspace
from app.words import tr

_card, _interview, _round, _note = table_of(Scorecard), table_of(Interview), table_of(PlanRound), table_of(Note)
_application, _candidate, _opening = table_of(Application), table_of(Candidate), table_of(Opening)
_asked, _colleague, _rating = table_of(AskedQuestion), table_of(Colleague), table_of(Rating)


@dataclass(frozen=True)
class Line:
    """A timed line of a card: a note of its author's, or evidence where it has a dimension."""

    id: int
    at: datetime
    text: str
    dimension: str | None
    timed: bool = True


@dataclass(frozen=True)
class CardView:
    """Everything the scorecard page shows. `entered_by` typed it in; `brought` is the form it came in.

    `lines` holds notes only for the card's author or who types it in.
    """

    id: int
    interview: int
    application: int
    candidate: str
    opening: str
    author: str
    entered_by: str | None
    mine: bool
    state: str
    content: Card
    rubric: Rubric
    exercise: Exercise
    position: int
    rounds: int
    starts_at: datetime | None
    minutes: int
    place: str
    lines: tuple[Line, ...]
    asked: dict[str, datetime]
    submitted_at: datetime | None
    amends: int | None
    brought: ReturnedBy | None = None


def card_page(workspace: Workspace, card: int) -> CardView:
    """One card. Raises NotFound, and NotYet for a card one may not see."""
    with workspace.read() as connection:
        row = _head(connection, card)
        sealing = sealing_of(connection, row["application_id"])
        if not sealing.shows(workspace.me, row["author_id"], row["entered_by_id"], row["state"]):
            raise NotYet(
                tr("{name}’s card is sealed until the cards are open.").format(name=row["author"]),
                tr("It opens when every planned card is in, your own among them."),
            )
        content = read_card(connection, card)
        rubric = read_pack(connection, row["rubric_id"]).rubric
        mine = row["author_id"] == workspace.me or (
            row["state"] == CardState.DRAFT and row["entered_by_id"] == workspace.me
        )
        lines = connection.execute(select(_note).where(_note.c.scorecard_id == card).order_by(_note.c.at, _note.c.id))
        asked = connection.execute(select(_asked.c.question, _asked.c.at).where(_asked.c.scorecard_id == card))
        brought = cards_brought(connection, [card]).get(card)
        typed_by = None if brought is not None else row["entered_by_id"]
        entered_by = connection.execute(select(_colleague.c.name).where(_colleague.c.id == typed_by)).scalar()
        rounds = connection.execute(select(_round.c.id).where(_round.c.plan_id == row["plan_id"])).all()
        return CardView(
            id=card,
            interview=row["interview_id"],
            application=row["application_id"],
            candidate=row["candidate"],
            opening=row["role"],
            author=row["author"],
            entered_by=entered_by,
            mine=mine,
            state=row["state"],
            content=content,
            rubric=rubric,
            exercise=rubric.exercise(row["exercise"]),
            position=row["position"] + 1,
            rounds=len(rounds),
            starts_at=row["starts_at"],
            minutes=row["minutes"],
            place=row["place"],
            lines=tuple(Line(n.id, n.at, n.text, n.dimension, bool(n.timed)) for n in lines if mine or n.dimension),
            asked={q.question: q.at for q in asked} if mine else {},
            submitted_at=row["submitted_at"],
            amends=row["amends_id"],
            brought=brought,
        )


def _head(connection: Connection, card: int) -> RowMapping:
    query = (
        select(
            _card,
            _interview.c.application_id,
            _interview.c.starts_at,
            _interview.c.minutes,
            _interview.c.place,
            _round.c.exercise,
            _round.c.position,
            _round.c.plan_id,
            _candidate.c.name.label("candidate"),
            _opening.c.role,
            _colleague.c.name.label("author"),
        )
        .select_from(
            _card.join(_interview)
            .join(_round)
            .join(_application, _application.c.id == _interview.c.application_id)
            .join(_opening, _opening.c.id == _application.c.opening_id)
            .join(_candidate)
            .join(_colleague, _colleague.c.id == _card.c.author_id)
        )
        .where(_card.c.id == card)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(tr("There is no scorecard {id}.").format(id=card))
    return row


@dataclass(frozen=True)
class MyRound:
    """One of my interviews: `card` is the newest card of mine for it, `state` its state (None: not begun)."""

    interview: int
    application: int
    candidate: str
    now_at: str
    opening: str
    exercise: str
    position: int
    rounds: int
    starts_at: datetime | None
    minutes: int
    place: str
    card: int | None
    state: str | None
    answered: int
    planned: int


def my_rounds(workspace: Workspace) -> tuple[MyRound, ...]:
    """My interviews of active applications and those with a card of mine, by date; those without a date come last."""
    with workspace.read() as connection:
        return _rounds(connection, _my_interviews(workspace.me or 0))


def my_due_rounds(workspace: Workspace) -> tuple[MyRound, ...]:
    """Those of them whose card is not in and that have a date."""
    due = _interview.c.starts_at.is_not(None) & (_card.c.id.is_(None) | (_card.c.state == CardState.DRAFT))
    with workspace.read() as connection:
        return _rounds(connection, _my_interviews(workspace.me or 0).where(due))


def _my_interviews(me: int) -> Select[Any]:
    """Each with my newest card of it, where there is one."""
    cards = _card.alias()
    newest = select(func.max(cards.c.id)).where(cards.c.interview_id == _interview.c.id, cards.c.author_id == me)
    others = _round.alias()
    rounds = select(func.count(others.c.id)).where(others.c.plan_id == _round.c.plan_id)
    return (
        select(
            _interview,
            _round.c.exercise,
            _round.c.position,
            rounds.scalar_subquery().label("rounds"),
            _opening.c.role,
            _opening.c.rubric_id,
            _candidate.c.name,
            _candidate.c.now_at,
            _card.c.id.label("card"),
            _card.c.state,
            _card.c.planned,
        )
        .select_from(
            _interview.join(_round)
            .join(_application, _application.c.id == _interview.c.application_id)
            .join(_opening, _opening.c.id == _application.c.opening_id)
            .join(_candidate)
            .outerjoin(_card, _card.c.id == newest.scalar_subquery())
        )
        .where(
            _interview.c.interviewer_id == me,
            (_application.c.outcome == Outcome.ACTIVE) | _card.c.id.is_not(None),
        )
        .order_by(_interview.c.starts_at.is_(None), _interview.c.starts_at, _interview.c.id)
    )


def _rounds(connection: Connection, query: Select[Any]) -> tuple[MyRound, ...]:
    rows = connection.execute(query).mappings().all()
    rubrics = {version: read_pack(connection, version).rubric for version in {row["rubric_id"] for row in rows}}
    answered = _answered(connection, [row["card"] for row in rows if row["card"] is not None])
    return tuple(
        MyRound(
            interview=row["id"],
            application=row["application_id"],
            candidate=row["name"],
            now_at=row["now_at"],
            opening=row["role"],
            exercise=rubrics[row["rubric_id"]].exercise(row["exercise"]).name,
            position=row["position"] + 1,
            rounds=row["rounds"],
            starts_at=row["starts_at"],
            minutes=row["minutes"],
            place=row["place"],
            card=row["card"],
            state=row["state"],
            answered=len(answered[row["card"]].intersection(row["planned"] or ())),
            planned=len(row["dimensions"]),
        )
        for row in rows
    )


def _answered(connection: Connection, cards: Collection[int]) -> defaultdict[int | None, set[str]]:
    """By card, the dimensions that have a score or a reason."""
    query = select(_rating.c.scorecard_id, _rating.c.dimension).where(
        among(_rating.c.scorecard_id, cards), _rating.c.score.is_not(None) | _rating.c.reason.is_not(None)
    )
    found: defaultdict[int | None, set[str]] = defaultdict(set)
    for row in connection.execute(query):
        found[row.scorecard_id].add(row.dimension)
    return found
