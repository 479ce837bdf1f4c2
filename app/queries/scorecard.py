"""One card as its page shows it, and the rounds of the workspace's user by date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, ScalarSelect, Select, func, select
from sqlmodel import col

from app.domain.candidate import CandidateFacts
from app.domain.exercise import Exercise
from app.domain.pipeline import Outcome
from app.domain.rubric import Rubric
from app.domain.scorecard import Card, CardState
from app.domain.transcript import Keeping
from app.errors import NotFound, NotYet
from app.records.candidate import candidate_facts, reached
from app.records.opening_rubric import opening_rubrics, retired_questions
from app.records.plan import rubric_of
from app.records.returned_forms import ReturnedBy, cards_brought
from app.records.transcripts import has_consent, keeping_of
from app.records.visibility import sealing_of
from app.store.columns import aliased, among, rows_with
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
from app.store.transcript import KeptTranscript, on_card
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class Line:
    """A timed line of a card: a note of its author's, or evidence where it has a dimension."""

    id: int
    at: datetime
    text: str
    dimension: str | None
    timed: bool = True
    said_at: int | None = None
    speaker: str | None = None

    @property
    def quoted(self) -> bool:
        """Whether these are words out of a transcript."""
        return self.speaker is not None


@dataclass(frozen=True)
class CardView:
    """Everything the scorecard page shows. `entered_by` typed it in; `brought` is the form it came in.

    `lines` holds notes only for the card's author or who types it in, as `transcript` is only theirs; `retired` are
    questions that are asked no more. `consent` says whether the candidate agreed to a recording.
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
    retired: frozenset[str]
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
    consent: bool = False
    transcript: KeptTranscript | None = None
    keeping: Keeping = Keeping.SUBMIT

    @property
    def writable(self) -> bool:
        """Whether it is a draft of mine."""
        return self.mine and self.state == CardState.DRAFT


def card_page(workspace: Workspace, card: int) -> CardView:
    """One card. Raises NotFound, and NotYet while it is sealed to the workspace's user."""
    with workspace.read() as connection:
        row, interview, position, plan, exercise, candidate, opening, author = _head(connection, card)
        sealing = sealing_of(connection, interview.application_id)
        if not sealing.shows(workspace.me, row.author_id, row.entered_by_id, row.state):
            raise NotYet(
                tr("{name}’s card is sealed until the cards are open.").format(name=author),
                tr("It opens when every planned card is in, your own among them."),
            )
        content = read_card(connection, card)
        rubric = rubric_of(connection, interview.application_id)
        typing = row.state == CardState.DRAFT and row.entered_by_id == workspace.me
        mine = row.author_id == workspace.me or typing
        brought = cards_brought(connection, [card]).get(card)
        rounds = select(func.count()).where(col(PlanRound.plan_id) == plan)
        return CardView(
            id=card,
            interview=row.interview_id,
            application=interview.application_id,
            candidate=candidate,
            opening=opening,
            author=author,
            entered_by=_name(connection, row.entered_by_id if brought is None else None),
            mine=mine,
            state=row.state,
            content=content,
            rubric=rubric,
            exercise=rubric.exercise(exercise),
            retired=frozenset(retired_questions(connection, rubric.id)),
            position=position + 1,
            rounds=connection.execute(rounds).scalar_one(),
            starts_at=interview.starts_at,
            minutes=interview.minutes,
            place=interview.place,
            lines=tuple(line for line in _lines(connection, card) if mine or line.dimension),
            asked=_asked(connection, card) if mine else {},
            submitted_at=row.submitted_at,
            amends=row.amends_id,
            brought=brought,
            consent=has_consent(connection, row.interview_id),
            transcript=on_card(connection, card) if mine else None,
            keeping=keeping_of(connection),
        )


def _head(connection: Connection, card: int) -> tuple[Scorecard, Interview, int, int, str, str, str, str]:
    """A card, its interview, place, plan and exercise of the round, and the names of the candidate, the opening and
    the author."""
    query = (
        select(
            col(PlanRound.position),
            col(PlanRound.plan_id),
            col(PlanRound.exercise),
            col(Candidate.name),
            col(Opening.role),
            col(Colleague.name),
        )
        .select_from(Scorecard)
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .join(PlanRound, col(PlanRound.id) == col(Interview.round_id))
        .join(Application, col(Application.id) == col(Interview.application_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Colleague, col(Colleague.id) == col(Scorecard.author_id))
        .where(col(Scorecard.id) == card)
    )
    for row in rows_with(connection, query, Scorecard, Interview):
        return row
    raise NotFound(tr("There is no scorecard {id}.").format(id=card))


def _name(connection: Connection, colleague: int | None) -> str | None:
    return connection.execute(select(col(Colleague.name)).where(col(Colleague.id) == colleague)).scalar()


def _lines(connection: Connection, card: int) -> list[Line]:
    query = (
        select(
            col(Note.id),
            col(Note.at),
            col(Note.text),
            col(Note.dimension),
            col(Note.timed),
            col(Note.said_at),
            col(Note.speaker),
        )
        .where(col(Note.scorecard_id) == card)
        .order_by(col(Note.at), col(Note.id))
    )
    return [Line(*row) for row in connection.execute(query)]


def _asked(connection: Connection, card: int) -> dict[str, datetime]:
    query = select(col(AskedQuestion.question), col(AskedQuestion.at)).where(col(AskedQuestion.scorecard_id) == card)
    return dict(connection.execute(query).all())


@dataclass(frozen=True)
class MyRound:
    """An interview of the workspace's user. `card` is their newest card for it and `state` its state, None before it is
    begun."""

    interview: int
    application: int
    person: CandidateFacts
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

    @property
    def candidate(self) -> str:
        """The candidate's name."""
        return self.person.name


def my_rounds(workspace: Workspace) -> tuple[MyRound, ...]:
    """The user's interviews of active applications and those they have a card for, by date, undated ones last."""
    with workspace.read() as connection:
        return _rounds(connection, _my_interviews(workspace.me or 0))


def my_due_rounds(workspace: Workspace) -> tuple[MyRound, ...]:
    """Of `my_rounds` those with a date whose card is not in."""
    begun_or_none = col(Scorecard.id).is_(None) | (col(Scorecard.state) == CardState.DRAFT)
    due = col(Interview.starts_at).is_not(None) & begun_or_none
    with workspace.read() as connection:
        return _rounds(connection, _my_interviews(workspace.me or 0).where(due))


_Mine = Select[str, int, int, str, int, int | None, str | None, list[str] | None]
"""Exercise and place of a round, how many there are, role and rubric of the opening; number, state and dimensions of
my newest card."""


def _my_interviews(me: int) -> _Mine:
    """The interviews of a colleague, each with their newest card for it, where there is one."""
    card, other = aliased(Scorecard), aliased(PlanRound)
    newest = select(func.max(col(card.id))).where(
        col(card.interview_id) == col(Interview.id), col(card.author_id) == me
    )
    count = select(func.count(col(other.id))).where(col(other.plan_id) == col(PlanRound.plan_id))
    rounds: ScalarSelect[int] = count.scalar_subquery()
    return (
        select(
            col(PlanRound.exercise),
            col(PlanRound.position),
            rounds,
            col(Opening.role),
            col(Opening.id),
            col(Scorecard.id),
            col(Scorecard.state),
            col(Scorecard.planned),
        )
        .select_from(Interview)
        .join(PlanRound, col(PlanRound.id) == col(Interview.round_id))
        .join(Application, col(Application.id) == col(Interview.application_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .outerjoin(Scorecard, col(Scorecard.id) == newest.scalar_subquery())
        .where(
            col(Interview.interviewer_id) == me,
            (col(Application.outcome) == Outcome.ACTIVE) | col(Scorecard.id).is_not(None),
        )
        .order_by(col(Interview.starts_at).is_(None), col(Interview.starts_at), col(Interview.id))
    )


def _rounds(connection: Connection, query: _Mine) -> tuple[MyRound, ...]:
    rows = rows_with(connection, query, Interview, Candidate)
    ways = reached(connection, [row[1].id for row in rows])
    rubrics = opening_rubrics(connection, {row[6] for row in rows})
    answered = _answered(connection, [row[7] for row in rows if row[7] is not None])
    return tuple(
        MyRound(
            interview=interview.id,
            application=interview.application_id,
            person=candidate_facts(candidate, ways.get(candidate.id, {})),
            opening=opening,
            exercise=rubrics[job].exercise(exercise).name,
            position=position + 1,
            rounds=rounds,
            starts_at=interview.starts_at,
            minutes=interview.minutes,
            place=interview.place,
            card=card,
            state=state,
            answered=len(answered[card].intersection(planned or ())),
            planned=len(interview.dimensions),
        )
        for interview, candidate, exercise, position, rounds, opening, job, card, state, planned in rows
    )


def _answered(connection: Connection, cards: Collection[int]) -> defaultdict[int | None, set[str]]:
    """By card, the dimensions that have a score or a reason."""
    query = select(col(Rating.scorecard_id), col(Rating.dimension)).where(
        among(col(Rating.scorecard_id), cards), col(Rating.score).is_not(None) | col(Rating.reason).is_not(None)
    )
    found: defaultdict[int | None, set[str]] = defaultdict(set)
    for card, dimension in connection.execute(query):
        found[card].add(dimension)
    return found
