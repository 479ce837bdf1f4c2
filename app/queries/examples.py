"""Examples of a score: evidence from visible cards of other, closed candidates, without names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.pipeline import Outcome
from app.domain.scorecard import CardState
from app.records.visibility import card_counts, sealings
from app.store.tables import Application, Candidate, Colleague, Interview, Note, Rating, RubricVersion, Scorecard
from app.store.tables_panel import Decision
from app.store.workspace import Workspace

MOST = 6
_LOOKED_AT = 60  # newest cards; more would not change the six lines
_SOMEBODY = "…"
_SHORTEST_NAME = 3


def looked_like(workspace: Workspace, card: int, dimension: str, score: int) -> tuple[str, ...]:
    """At most six lines of evidence with this score on this dimension, against the card's level, newest cards first.

    They are from other applications that are closed or decided and whose cards the workspace's user may see.
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
        select(col(Interview.application_id), col(Scorecard.level), col(RubricVersion.pack))
        .select_from(Scorecard)
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .join(RubricVersion, col(RubricVersion.id) == col(Scorecard.rubric_id))
        .where(col(Scorecard.id) == card)
    ).first()
    if own is None:
        return []
    application, level, pack = own
    decided = select(col(Decision.id)).where(col(Decision.application_id) == col(Application.id)).exists()
    query = (
        select(col(Scorecard.id), col(Interview.application_id))
        .select_from(Rating)
        .join(Scorecard, col(Scorecard.id) == col(Rating.scorecard_id))
        .join(Interview, col(Interview.id) == col(Scorecard.interview_id))
        .join(Application, col(Application.id) == col(Interview.application_id))
        .join(RubricVersion, col(RubricVersion.id) == col(Scorecard.rubric_id))
        .where(
            col(Rating.dimension) == dimension,
            col(Rating.score) == score,
            col(Scorecard.state) == CardState.SUBMITTED,
            col(Scorecard.level) == level,
            col(RubricVersion.pack) == pack,
            card_counts(),
            col(Interview.application_id) != application,
            (col(Application.outcome) != Outcome.ACTIVE) | decided,
        )
        .order_by(col(Scorecard.submitted_at).desc(), col(Scorecard.id).desc())
        .limit(_LOOKED_AT)
    )
    return [(found, of) for found, of in connection.execute(query)]


def _evidence(connection: Connection, cards: Sequence[int], dimension: str) -> dict[int, list[str]]:
    query = (
        select(col(Note.scorecard_id), col(Note.text))
        .where(col(Note.scorecard_id).in_(cards), col(Note.dimension) == dimension)
        .order_by(col(Note.at), col(Note.id))
    )
    found: dict[int, list[str]] = {}
    for card, text in connection.execute(query):
        found.setdefault(card, []).append(text)
    return found


def _names(connection: Connection, applications: Sequence[int]) -> list[str]:
    """Names that may stand in the lines: of the candidates, and of everybody on our side."""
    people = (
        select(col(Candidate.name))
        .select_from(Application)
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .where(col(Application.id).in_(applications))
    )
    candidates = connection.execute(people).scalars()
    return [*candidates, *connection.execute(select(col(Colleague.name))).scalars()]


def without_names(line: str, names: Sequence[str]) -> str:
    """The line with names, and each part of one that has three letters or more, as dots."""
    parts = {" ".join(name.split()) for name in names}
    parts |= {part for name in names for part in name.split() if len(part) >= _SHORTEST_NAME}
    parts.discard("")
    if not parts:
        return line
    known = "|".join(re.escape(p) for p in sorted(parts, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{known})(?!\w)", _SOMEBODY, line, flags=re.IGNORECASE)
