"""A card's content read back from its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select
from sqlmodel import SQLModel

from app.domain.scorecard import Card, CardRating, Evidence, Observed, Overall
from app.errors import NotFound
from app.store.columns import table_of
from app.store.tables import Note, ObservedSignal, Rating, RubricVersion, Scorecard
from app.words import tr

_cards, _rubrics = table_of(Scorecard), table_of(RubricVersion)


def read_card(connection: Connection, card: int) -> Card:
    """One card. Raises NotFound. Who may see it is the caller's to ask (`records.visibility`)."""
    found = read_cards(connection, [card])
    if not found:
        raise NotFound(tr("There is no scorecard {id}.").format(id=card))
    return found[card]


def read_cards(connection: Connection, cards: Collection[int]) -> dict[int, Card]:
    """Many cards by id, in four queries."""
    ratings = _by_card(connection, Rating, cards)
    notes = _by_card(connection, Note, cards)
    signals = _by_card(connection, ObservedSignal, cards)
    query = (
        select(_cards, _rubrics.c.pack, _rubrics.c.version)
        .select_from(_cards.join(_rubrics))
        .where(_cards.c.id.in_(cards))
        .order_by(_cards.c.id)
    )
    return {
        row["id"]: _card(row, ratings[row["id"]], notes[row["id"]], signals[row["id"]])
        for row in connection.execute(query).mappings()
    }


def _by_card(
    connection: Connection, rows: type[SQLModel], cards: Collection[int]
) -> defaultdict[int, list[RowMapping]]:
    grouped: defaultdict[int, list[RowMapping]] = defaultdict(list)
    table = table_of(rows)
    query = select(table).where(table.c.scorecard_id.in_(cards)).order_by(table.c.id)
    for row in connection.execute(query).mappings():
        grouped[row["scorecard_id"]].append(row)
    return grouped


def _card(
    row: RowMapping, ratings: Sequence[RowMapping], notes: Sequence[RowMapping], signals: Sequence[RowMapping]
) -> Card:
    given = {r["dimension"]: r for r in ratings}
    evidence = sorted((n for n in notes if n["dimension"]), key=lambda n: (n["at"], n["id"]))
    named = {*given, *(n["dimension"] for n in evidence), *(s["dimension"] for s in signals)}
    return Card(
        level=row["level"],
        rubric=f"{row['pack']} {row['version']}",
        planned=tuple(row["planned"]),
        ratings=tuple(
            CardRating(
                dimension=name,
                score=given[name]["score"] if name in given else None,
                reason=given[name]["reason"] if name in given else None,
                evidence=tuple(
                    Evidence(n["at"], n["text"], bool(n["timed"])) for n in evidence if n["dimension"] == name
                ),
                observed=tuple(
                    Observed(s["signal"], bool(s["red"]), s["quote"]) for s in signals if s["dimension"] == name
                ),
            )
            for name in sorted(named)
        ),
        overall=Overall(row["overall"]) if row["overall"] else None,
        overall_reason=row["overall_reason"],
        amend_reason=row["amend_reason"],
        interview=row["interview_id"],
        author=row["author_id"],
        entered_by=row["entered_by_id"],
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
    notes = table_of(Note)
    query = (
        select(notes.c.id, notes.c.dimension, notes.c.text, notes.c.at, _cards.c.author_id)
        .select_from(notes.join(_cards))
        .where(notes.c.scorecard_id.in_(cards), notes.c.dimension.is_not(None))
        .order_by(notes.c.at, notes.c.id)
    )
    return [EvidenceLine(*row) for row in connection.execute(query)]
