"""How long transcripts are kept here, and their deletion for good, which the history tells of."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.operations import Op
from app.domain.transcript import Keeping
from app.store.history import HistoryEntry
from app.store.step import Step
from app.store.tables import Interview, Setting
from app.store.tables_transcript import RecordingConsent
from app.store.transcript import cards_with_one, delete_words


def keeping_of(connection: Connection) -> Keeping:
    """How long this workspace keeps transcripts."""
    return Keeping(connection.execute(select(col(Setting.transcripts))).scalar_one())


def delete_for_good(step: Step, interviews: Collection[int]) -> list[int]:
    """Delete the transcripts of these interviews in the running step; gives the cards they were on."""
    cards = cards_with_one(step.connection, interviews)
    for card in cards:
        subject = f"scorecard:{card}"
        step.also.append(HistoryEntry(Op.DELETE_TRANSCRIPT, subject, step.about, subject, keep=False))
    delete_words(step, cards)
    return cards


def ending_with_decision(connection: Connection, application: int) -> list[int]:
    """The interviews of an application whose transcripts a decision or its closing deletes: all of them, drafts that
    were never submitted too, unless transcripts are deleted by hand here."""
    if keeping_of(connection) is Keeping.KEPT:
        return []
    query = select(col(Interview.id)).where(col(Interview.application_id) == application).order_by(col(Interview.id))
    return list(connection.execute(query).scalars())


def has_consent(connection: Connection, interview: int) -> bool:
    """Whether it is recorded that the candidate agreed to the recording of an interview."""
    query = select(col(RecordingConsent.id)).where(col(RecordingConsent.interview_id) == interview)
    return connection.execute(query).first() is not None
