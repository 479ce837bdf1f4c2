"""How often a question was asked: on cards that are in, whoever wrote them. It says nothing else of a card."""

from __future__ import annotations

from sqlalchemy import Connection, func, select
from sqlmodel import col

from app.domain.scorecard import CardState
from app.store.tables import AskedQuestion, RubricVersion, Scorecard


def times_asked(connection: Connection) -> dict[tuple[str, str], int]:
    """By rubric and question, on how many submitted cards it was ticked as asked."""
    query = (
        select(col(RubricVersion.pack), col(AskedQuestion.question), func.count())
        .select_from(AskedQuestion)
        .join(Scorecard, col(Scorecard.id) == col(AskedQuestion.scorecard_id))
        .join(RubricVersion, col(RubricVersion.id) == col(Scorecard.rubric_id))
        .where(col(Scorecard.state) != CardState.DRAFT)
        .group_by(col(RubricVersion.pack), col(AskedQuestion.question))
    )
    return {(pack, question): count for pack, question, count in connection.execute(query)}
