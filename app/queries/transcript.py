"""The transcript on a card, for who writes the card and for nobody else, whatever opens."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from app.domain.transcript import SaidLine, SearchText, search_text
from app.errors import NotFound, NotYet, Refused
from app.records.visibility import sealing_of
from app.store.columns import rows_of
from app.store.tables import Interview, Scorecard
from app.store.transcript import lines_on, on_card
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class TranscriptView:
    """A transcript: the name of its file, its lines, and what a search looks through."""

    id: int
    name: str
    lines: tuple[SaidLine, ...]
    searched: SearchText


def transcript_view(workspace: Workspace, card: int) -> TranscriptView | None:
    """The transcript on a card, None where there is none. Raises NotYet for a card of somebody else."""
    with workspace.read() as connection:
        found = rows_of(connection, Scorecard, col(Scorecard.id) == card)
        if not found:
            raise NotFound(tr("There is no scorecard {id}.").format(id=card))
        row = found[0]
        application = select(col(Interview.application_id)).where(col(Interview.id) == row.interview_id)
        sealing = sealing_of(connection, connection.execute(application).scalar_one())
        if not sealing.is_written_by(workspace.me, row.author_id, row.entered_by_id, row.state):
            raise NotYet(tr("A transcript is seen by who writes the card alone."), tr("Ask them for their evidence."))
        known = on_card(connection, card)
        if known is None:
            return None
        try:
            lines = lines_on(connection, known.id)
        except (ValueError, TypeError) as error:
            raise Refused(
                tr("The transcript is damaged and can’t be read."), tr("Delete it, and read it in again.")
            ) from error
    return TranscriptView(known.id, known.name, lines, search_text(lines))
