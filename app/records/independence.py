"""What was written when its author could already read the others. It counts, but pages and packets say so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select
from sqlmodel import col

from app.domain.assessment import Relation
from app.domain.operations import Op
from app.domain.scorecard import CardState
from app.store.history_tables import History
from app.store.tables import Application, Interview, Scorecard
from app.store.tables_growth import Assessment, Calibration
from app.store.tables_panel import Debrief


def opened_at(connection: Connection, application: int) -> datetime | None:
    """When the cards were first open: all were in, somebody opened them early, or the debrief began; None before."""
    rows = select(func.min(col(History.at))).where(
        col(History.op) == str(Op.CARDS_OPENED), col(History.subject) == f"application:{application}"
    )
    all_in = connection.execute(rows).scalar()
    early = connection.execute(select(col(Application.opened_at)).where(col(Application.id) == application)).scalar()
    began = connection.execute(
        select(func.min(col(Debrief.started_at))).where(col(Debrief.application_id) == application)
    ).scalar()
    moments = [datetime.fromisoformat(all_in) if all_in else None, early, began]
    return min((m for m in moments if m is not None), default=None)


def written_after_opening(connection: Connection, application: int) -> frozenset[int]:
    """Cards from after the opening whose author had a card in before: amendments, and cards of a round added since."""
    opened = opened_at(connection, application)
    if opened is None:
        return frozenset()
    query = (
        select(
            col(Scorecard.id),
            col(Scorecard.author_id),
            col(Scorecard.interview_id),
            col(Scorecard.amends_id),
            col(Scorecard.submitted_at),
        )
        .select_from(Scorecard)
        .join(Interview)
        .where(col(Interview.application_id) == application, col(Scorecard.state) != CardState.DRAFT)
        .order_by(col(Scorecard.id))
    )
    rows = connection.execute(query).all()
    readers = {author for _, author, _, _, at in rows if at is not None and at <= opened}
    added = _added(connection, {interview for _, _, interview, _, _ in rows})
    return frozenset(
        card
        for card, author, interview, amends, at in rows
        if at is not None
        and at > opened
        and author in readers
        and (amends is not None or added.get(interview, opened) > opened)
    )


def _added(connection: Connection, interviews: set[int]) -> Mapping[int, datetime]:
    subjects = {f"interview:{i}": i for i in interviews}
    query = select(col(History.subject), col(History.at)).where(
        col(History.op) == str(Op.ADD_INTERVIEW), col(History.subject).in_(subjects)
    )
    return {subjects[subject]: datetime.fromisoformat(at) for subject, at in connection.execute(query)}


def assessed_after_opening(connection: Connection, calibration: int, members: Collection[int]) -> frozenset[int]:
    """Amended assessments of a calibration from after everybody who was asked about the member had answered, or after
    its session began; what members say of themselves opens nothing."""
    begun = connection.execute(select(col(Calibration.started_at)).where(col(Calibration.id) == calibration)).scalar()
    query = (
        select(
            col(Assessment.id),
            col(Assessment.member_id),
            col(Assessment.rater_id),
            col(Assessment.amends_id),
            col(Assessment.submitted_at),
            col(Assessment.relation),
        )
        .where(col(Assessment.cycle_id) == calibration, col(Assessment.member_id).in_(members))
        .order_by(col(Assessment.id))
    )
    first: dict[int, dict[int, datetime | None]] = {member: {} for member in members}
    amended: list[tuple[int, int, datetime]] = []
    for assessment, member, rater, amends, at, relation in connection.execute(query):
        if amends is None and relation != Relation.SELF:
            first[member].setdefault(rater, at)
        elif amends is not None and at is not None:
            amended.append((assessment, member, at))
    opened = {member: _first_open(list(answers.values()), begun) for member, answers in first.items()}
    return frozenset(
        assessment for assessment, member, at in amended if (since := opened[member]) is not None and at > since
    )


def _first_open(answers: Sequence[datetime | None], begun: datetime | None) -> datetime | None:
    """When everybody who was asked had answered, or the session began; None before both."""
    answered = [at for at in answers if at is not None]
    moments = [begun, max(answered) if answers and len(answered) == len(answers) else None]
    return min((m for m in moments if m is not None), default=None)
