"""Who may see which card: the one place that gathers what decides it. The rule itself is `domain.scorecard.Sealing`.

Everything that reads ratings starts here: queries ask before they select, actions before they act.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, Exists, select

from app.domain.scorecard import CardState, Sealing, Seat
from app.store.columns import table_of
from app.store.tables import Application, Interview, PlanRound, Scorecard

_application, _interview = table_of(Application), table_of(Interview)
_round, _card = table_of(PlanRound), table_of(Scorecard)


def card_is_in() -> Exists:
    """For a query on interviews: whether the interviewer's own card is in."""
    return (
        select(_card.c.id)
        .where(
            _card.c.interview_id == _interview.c.id,
            _card.c.author_id == _interview.c.interviewer_id,
            _card.c.state != CardState.DRAFT,
        )
        .exists()
    )


def sealing_of(connection: Connection, application: int) -> Sealing:
    """What decides who sees the cards of one application."""
    return sealings(connection, [application])[application]


def sealings(connection: Connection, applications: Collection[int]) -> dict[int, Sealing]:
    """The same for many applications in three queries."""
    seats: dict[int, list[Seat]] = {a: [] for a in applications}
    held: dict[int, set[int]] = {a: set() for a in applications}
    columns = (
        _interview.c.application_id,
        _interview.c.interviewer_id,
        _interview.c.round_id,
        card_is_in().label("is_in"),
    )
    query = select(*columns).where(_interview.c.application_id.in_(applications)).order_by(_interview.c.id)
    for row in connection.execute(query):
        seats[row.application_id].append(Seat(row.interviewer_id, bool(row.is_in)))
        held[row.application_id].add(row.round_id)
    opened: dict[int, bool] = {}
    rounds: dict[int, set[int]] = {}
    plan = (
        select(_application.c.id, _application.c.opened_at, _round.c.id.label("round"))
        .select_from(
            _application.outerjoin(_round, _round.c.opening_id == _application.c.opening_id),
        )
        .where(_application.c.id.in_(applications))
    )
    for row in connection.execute(plan):
        opened[row.id] = row.opened_at is not None
        rounds.setdefault(row.id, set()).add(row.round)
    return {
        a: Sealing(tuple(seats[a]), len(rounds.get(a, set()) - held[a] - {None}), opened.get(a, False))
        for a in applications
    }
