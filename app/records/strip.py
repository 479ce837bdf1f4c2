"""The strip of one application as one person may see it: scores they may see, and where others' cards lie sealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.panel import low_median
from app.domain.scorecard import CardState, Sealing
from app.records.panel_scores import first_cards_of
from app.records.visibility import card_counts
from app.store.columns import among
from app.store.tables import Interview, Rating, Scorecard


@dataclass(frozen=True)
class StripCell:
    """One dimension: the low median of the scores one may see, the highest where they lie on both sides of the bar.

    `sealed` says that somebody looked and one may not see it yet; neither means that nobody looked.
    """

    dimension: str
    bar: int
    score: int | None = None
    high: int | None = None
    sealed: bool = False


def strip_of(
    dimensions: Collection[str], bar: int, scores: dict[str, list[int]], sealed: set[str]
) -> tuple[StripCell, ...]:
    """Cells in the rubric's order."""
    return tuple(_cell(d, bar, scores.get(d, []), d in sealed) for d in dimensions)


def _cell(dimension: str, bar: int, scores: list[int], sealed: bool) -> StripCell:
    if not scores:
        return StripCell(dimension, bar, sealed=sealed)
    both_sides = min(scores) < bar <= max(scores)
    return StripCell(dimension, bar, low_median(scores), max(scores) if both_sides else None)


@dataclass
class SeenScores:
    """What one person sees of an application's scores: by dimension, and the dimensions that are sealed."""

    scores: dict[str, list[int]]
    sealed: set[str]


def seen_by(connection: Connection, me: int | None, sealings: dict[int, Sealing]) -> dict[int, SeenScores]:
    """For many applications: the first scores where the cards are open, else one's own, and what lies sealed."""
    found = {a: SeenScores(defaultdict(list), set()) for a in sealings}
    is_open = {a for a, s in sealings.items() if me is not None and s.open_to(me)}
    counting = first_cards_of(connection, is_open) | _own_cards(connection, me, sealings, found, is_open)
    scores = select(col(Rating.scorecard_id), col(Rating.dimension), col(Rating.score)).where(
        among(col(Rating.scorecard_id), counting), col(Rating.score).is_not(None)
    )
    for card, dimension, score in connection.execute(scores.order_by(col(Rating.scorecard_id), col(Rating.id))):
        if score is not None:
            found[counting[card]].scores[dimension].append(score)
    return found


def _own_cards(
    connection: Connection,
    me: int | None,
    sealings: dict[int, Sealing],
    found: dict[int, SeenScores],
    is_open: set[int],
) -> dict[int, int]:
    """Where the cards are sealed: one's own, by card their application; what the others looked at goes into `found`."""
    mine: dict[int, int] = {}
    amended: set[int | None] = set()
    query = (
        select(
            col(Interview.application_id),
            col(Scorecard.id),
            col(Scorecard.author_id),
            col(Scorecard.entered_by_id),
            col(Scorecard.planned),
            col(Scorecard.amends_id),
            col(Scorecard.state),
        )
        .select_from(Scorecard)
        .join(Interview)
        .where(
            among(col(Interview.application_id), sealings.keys() - is_open),
            card_counts(),
            col(Scorecard.state) != CardState.AMENDED,
        )
        .order_by(col(Scorecard.id))
    )
    for application, card, author, typed_by, planned, amends, state in connection.execute(query):
        if sealings[application].shows(me, author, typed_by, state):
            mine[card] = application
            amended.add(amends)
        elif state != CardState.DRAFT:
            found[application].sealed.update(planned)
    return {card: application for card, application in mine.items() if card not in amended}
