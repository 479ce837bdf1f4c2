"""What a score looked like here: evidence from cards of other, closed candidates that one may see, without names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from sqlalchemy import Connection, select

from app.domain.pipeline import Outcome
from app.domain.scorecard import CardState
from app.records.visibility import sealings
from app.store.columns import table_of
from app.store.tables import Application, Candidate, Colleague, Interview, Note, Rating, RubricVersion, Scorecard
from app.store.tables_panel import Decision
from app.store.workspace import Workspace

MOST = 6
_LOOKED_AT = 60  # newest cards; more would not change the six lines
_SOMEBODY = "…"
_SHORTEST_NAME = 3

_applications, _candidates, _colleagues = table_of(Application), table_of(Candidate), table_of(Colleague)
_interviews, _cards, _ratings = table_of(Interview), table_of(Scorecard), table_of(Rating)
_notes, _decisions, _versions = table_of(Note), table_of(Decision), table_of(RubricVersion)


def looked_like(workspace: Workspace, card: int, dimension: str, score: int) -> tuple[str, ...]:
    """At most six lines of evidence with this score on this dimension, against the card's level, newest cards first.

    Of applications that are closed or decided and whose cards are open to me, never the card's own.
    """
    me = workspace.me
    if me is None:
        return ()
    with workspace.read() as connection:
        found = _cards_with(connection, card, dimension, score)
        sealing = sealings(connection, {application for _, application in found})
        seen = [(c, a) for c, a in found if sealing[a].open_to(me)]
        lines = _evidence(connection, [c for c, _ in seen], dimension)
        names = _names(connection, [a for _, a in seen])
    each = [lines[c] for c, _ in seen if c in lines]
    turns = (line for turn in zip_longest(*each) for line in turn if line is not None)
    clean = (without_names(line, names) for line in turns)
    return tuple(dict.fromkeys(line for line in clean if line.strip(f" {_SOMEBODY}")))[:MOST]


def _cards_with(connection: Connection, card: int, dimension: str, score: int) -> list[tuple[int, int]]:
    """Cards with their applications, newest first."""
    own = connection.execute(
        select(_interviews.c.application_id, _cards.c.level, _versions.c.pack)
        .select_from(_cards.join(_interviews).join(_versions, _versions.c.id == _cards.c.rubric_id))
        .where(_cards.c.id == card)
    ).first()
    if own is None:
        return []
    decided = select(_decisions.c.id).where(_decisions.c.application_id == _applications.c.id).exists()
    query = (
        select(_cards.c.id, _interviews.c.application_id)
        .select_from(
            _ratings.join(_cards)
            .join(_interviews)
            .join(_applications)
            .join(_versions, _versions.c.id == _cards.c.rubric_id)
        )
        .where(
            _ratings.c.dimension == dimension,
            _ratings.c.score == score,
            _cards.c.state == CardState.SUBMITTED,
            _cards.c.level == own.level,
            _versions.c.pack == own.pack,
            _interviews.c.shadow.is_(False),
            _interviews.c.application_id != own.application_id,
            (_applications.c.outcome != Outcome.ACTIVE) | decided,
        )
        .order_by(_cards.c.submitted_at.desc(), _cards.c.id.desc())
        .limit(_LOOKED_AT)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def _evidence(connection: Connection, cards: Sequence[int], dimension: str) -> dict[int, list[str]]:
    query = (
        select(_notes.c.scorecard_id, _notes.c.text)
        .where(_notes.c.scorecard_id.in_(cards), _notes.c.dimension == dimension)
        .order_by(_notes.c.at, _notes.c.id)
    )
    found: dict[int, list[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.scorecard_id, []).append(row.text)
    return found


def _names(connection: Connection, applications: Sequence[int]) -> list[str]:
    """Names that may stand in the lines: of the candidates, and of everybody on our side."""
    people = select(_candidates.c.name).select_from(_applications.join(_candidates))
    candidates = connection.execute(people.where(_applications.c.id.in_(applications))).scalars()
    return [*candidates, *connection.execute(select(_colleagues.c.name)).scalars()]


def without_names(line: str, names: Sequence[str]) -> str:
    """The line with names, and each part of one that has three letters or more, as dots."""
    parts = {" ".join(name.split()) for name in names}
    parts |= {part for name in names for part in name.split() if len(part) >= _SHORTEST_NAME}
    parts.discard("")
    if not parts:
        return line
    known = "|".join(re.escape(p) for p in sorted(parts, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{known})(?!\w)", _SOMEBODY, line, flags=re.IGNORECASE)
