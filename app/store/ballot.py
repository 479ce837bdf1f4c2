"""Votes that are cast while a vote of a committee is open: kept apart from every other row, and gone when it ends."""

from __future__ import annotations

from functools import partial

from sqlalchemy import delete, insert, select
from sqlmodel import col

from app.store.columns import table_of
from app.store.deleted_words import clear_after
from app.store.history import RowChange
from app.store.step import Step
from app.store.tables_committee import CommitteeBallot

_ballot = table_of(CommitteeBallot)


def put_in(step: Step, vote: int, colleague: int, choice: str) -> None:
    """Cast a vote in the running step. Pages hear that something of the vote changed; no history does."""
    step.connection.execute(insert(_ballot).values(vote_id=vote, colleague_id=colleague, choice=choice))
    step.beside.append(RowChange("committee_vote", vote, {"id": vote}, {"id": vote}, step.about))


def taken_out(step: Step, vote: int) -> dict[int, str]:
    """What was cast in a vote, by colleague. They are deleted; once the step is committed, they go out of log and
    backups too."""
    query = select(col(CommitteeBallot.colleague_id), col(CommitteeBallot.choice))
    cast = dict(step.rows(query.where(col(CommitteeBallot.vote_id) == vote)))
    step.connection.execute(delete(_ballot).where(_ballot.c.vote_id == vote))
    step.afterwards = [partial(clear_after, step)]
    return cast
