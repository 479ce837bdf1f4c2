"""A card's content read back from its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.scorecard import Card, CardRating, Evidence, Observed, Overall
from app.errors import NotFound
from app.store.columns import rows_of, rows_with
from app.store.tables import Note, ObservedSignal, Rating, RubricVersion, Scorecard
from app.words import tr


def read_card(connection: Connection, card: int) -> Card:
    """One card. Raises NotFound. Who may see it is the caller's to ask (`records.visibility`)."""
    found = read_cards(connection, [card])
    if not found:
        raise NotFound(tr("There is no scorecard {id}.").format(id=card))
    return found[card]


def read_cards(connection: Connection, cards: Collection[int]) -> dict[int, Card]:
    """Many cards by id, in four queries."""
    ratings: defaultdict[int, list[Rating]] = defaultdict(list)
    for rating in rows_of(connection, Rating, col(Rating.scorecard_id).in_(cards), order_by=[col(Rating.id)]):
        ratings[rating.scorecard_id].append(rating)
    notes: defaultdict[int, list[Note]] = defaultdict(list)
    for note in rows_of(connection, Note, col(Note.scorecard_id).in_(cards), order_by=[col(Note.id)]):
        notes[note.scorecard_id].append(note)
    signals: defaultdict[int, list[ObservedSignal]] = defaultdict(list)
    observed = col(ObservedSignal.scorecard_id).in_(cards)
    for signal in rows_of(connection, ObservedSignal, observed, order_by=[col(ObservedSignal.id)]):
        signals[signal.scorecard_id].append(signal)
    query = (
        select(col(RubricVersion.pack), col(RubricVersion.version))
        .select_from(Scorecard)
        .join(RubricVersion, col(RubricVersion.id) == col(Scorecard.rubric_id))
        .where(col(Scorecard.id).in_(cards))
        .order_by(col(Scorecard.id))
    )
    return {
        row.id: _card(row, f"{pack} {version}", ratings[row.id], notes[row.id], signals[row.id])
        for row, pack, version in rows_with(connection, query, Scorecard)
    }


def _card(
    row: Scorecard, rubric: str, ratings: Sequence[Rating], notes: Sequence[Note], signals: Sequence[ObservedSignal]
) -> Card:
    given = {r.dimension: r for r in ratings}
    evidence = [
        (n.dimension, n.id, Evidence(n.at, n.text, n.timed, n.said_at, n.speaker)) for n in notes if n.dimension
    ]
    evidence.sort(key=lambda line: (line[2].at, line[1]))
    named = {*given, *(dimension for dimension, _, _ in evidence), *(s.dimension for s in signals)}
    return Card(
        level=row.level,
        rubric=rubric,
        planned=tuple(row.planned),
        ratings=tuple(
            CardRating(
                dimension=name,
                score=given[name].score if name in given else None,
                reason=given[name].reason if name in given else None,
                evidence=tuple(line for dimension, _, line in evidence if dimension == name),
                observed=tuple(Observed(s.signal, s.red, s.quote) for s in signals if s.dimension == name),
            )
            for name in sorted(named)
        ),
        overall=Overall(row.overall) if row.overall else None,
        overall_reason=row.overall_reason,
        amend_reason=row.amend_reason,
        interview=row.interview_id,
        author=row.author_id,
        entered_by=row.entered_by_id,
    )


@dataclass(frozen=True)
class EvidenceLine:
    """One line of evidence on a card: which note it is, on which dimension, by whom, when it was heard."""

    note: int
    dimension: str
    text: str
    at: datetime
    author: int


def evidence_lines(connection: Connection, cards: Collection[int]) -> list[EvidenceLine]:
    """Every line of evidence on these cards, in the order it was heard. Who may see them is the caller's to ask."""
    query = (
        select(col(Note.id), col(Note.dimension), col(Note.text), col(Note.at), col(Scorecard.author_id))
        .select_from(Note)
        .join(Scorecard, col(Scorecard.id) == col(Note.scorecard_id))
        .where(col(Note.scorecard_id).in_(cards), col(Note.dimension).is_not(None))
        .order_by(col(Note.at), col(Note.id))
    )
    return [
        EvidenceLine(note, dimension, text, at, author)
        for note, dimension, text, at, author in connection.execute(query)
        if dimension is not None
    ]
