"""The words of transcripts in the file: kept apart from every other row, and gone when they are deleted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from sqlalchemy import ColumnElement, Connection, insert, select, update
from sqlmodel import col

from app.domain.transcript import SaidLine, content_of, lines_of
from app.store.columns import table_of
from app.store.deleted_words import clear_after
from app.store.history import RowChange
from app.store.step import Step
from app.store.tables import Scorecard
from app.store.tables_transcript import Transcript

_transcript = table_of(Transcript)


@dataclass(frozen=True)
class KeptTranscript:
    """A transcript that is there, without its words."""

    id: int
    name: str


def keep(step: Step, card: int, name: str, lines: Collection[SaidLine]) -> int:
    """Keep a transcript on a card, in the running step; gives its number."""
    values = {
        "scorecard_id": card,
        "key": step.entropy(16).hex(),
        "added_at": step.at,
        "content": content_of(lines),
        "name": name,
    }
    made = step.connection.execute(insert(_transcript).values(**values)).inserted_primary_key
    row = int(made[0]) if made else 0
    step.beside.append(RowChange("transcript", row, None, {"id": row}, step.about))
    return row


def on_card(connection: Connection, card: int) -> KeptTranscript | None:
    """The transcript of the interview by the author of a card: an amendment has that of the card it amends."""
    query = select(col(Transcript.id), col(Transcript.name)).where(_is_there(), _is_of(card))
    row = connection.execute(query.order_by(col(Transcript.id).desc()).limit(1)).first()
    return KeptTranscript(*row) if row else None


def lines_on(connection: Connection, transcript: int) -> tuple[SaidLine, ...]:
    """The lines of a transcript; none where it was deleted."""
    content = connection.execute(select(col(Transcript.content)).where(col(Transcript.id) == transcript)).scalar()
    return lines_of(content) if content else ()


def unreadable(connection: Connection) -> list[int]:
    """The transcripts that are there, but are no lines any more."""
    found = []
    query = select(col(Transcript.id), col(Transcript.content)).where(_is_there()).order_by(col(Transcript.id))
    for row, content in connection.execute(query):
        try:
            lines_of(content or "")
        except (ValueError, TypeError):
            found.append(row)
    return found


def cards_with_one(connection: Connection, interviews: Collection[int]) -> list[int]:
    """The cards of these interviews on which a transcript is."""
    query = (
        select(col(Scorecard.id))
        .join(Transcript, col(Transcript.scorecard_id) == col(Scorecard.id))
        .where(_is_there(), col(Scorecard.interview_id).in_(interviews))
        .distinct()
        .order_by(col(Scorecard.id))
    )
    return list(connection.execute(query).scalars())


def delete_words(step: Step, cards: Collection[int]) -> None:
    """Delete the transcripts on these cards; once the step is committed, they go out of log and backups too."""
    gone = col(Transcript.scorecard_id).in_(cards)
    for row in step.values(select(col(Transcript.id)).where(gone, _is_there()).order_by(col(Transcript.id))):
        step.connection.execute(
            update(_transcript).where(_transcript.c.id == row).values(content=None, name="", deleted_at=step.at)
        )
        step.beside.append(RowChange("transcript", row, {"id": row}, None, step.about))
        step.afterwards = [partial(clear_after, step)]


def _is_there() -> ColumnElement[bool]:
    return col(Transcript.content).is_not(None)


def _is_of(card: int) -> ColumnElement[bool]:
    same = select(col(Scorecard.interview_id), col(Scorecard.author_id)).where(col(Scorecard.id) == card).subquery()
    cards = select(col(Scorecard.id)).join(
        same,
        (col(Scorecard.interview_id) == same.c.interview_id) & (col(Scorecard.author_id) == same.c.author_id),
    )
    return col(Transcript.scorecard_id).in_(cards)
