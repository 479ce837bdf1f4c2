"""The strip of one application as one person may see it: scores they may see, and where others' cards lie sealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.domain.panel import low_median
from app.domain.scorecard import CardState, Sealing
from app.records.panel_scores import first_cards_of
from app.store.columns import among, table_of
from app.store.tables import Interview, Rating, Scorecard

_interview, _card, _rating = table_of(Interview), table_of(Scorecard), table_of(Rating)


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
    scores = select(_rating.c.scorecard_id, _rating.c.dimension, _rating.c.score).where(
        among(_rating.c.scorecard_id, counting), _rating.c.score.is_not(None)
    )
    for card, dimension, score in connection.execute(scores.order_by(_rating.c.scorecard_id, _rating.c.id)):
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
            _interview.c.application_id,
            _card.c.id,
            _card.c.author_id,
            _card.c.entered_by_id,
            _card.c.planned,
            _card.c.amends_id,
            _card.c.state,
        )
        .select_from(_card.join(_interview))
        .where(
            among(_interview.c.application_id, sealings.keys() - is_open),
            _interview.c.shadow.is_(False),
            _card.c.state != CardState.AMENDED,
        )
        .order_by(_card.c.id)
    )
    for row in connection.execute(query):
        if sealings[row.application_id].shows(me, row.author_id, row.entered_by_id, row.state):
            mine[row.id] = row.application_id
            amended.add(row.amends_id)
        elif row.state != CardState.DRAFT:
            found[row.application_id].sealed.update(row.planned)
    return {card: application for card, application in mine.items() if card not in amended}
