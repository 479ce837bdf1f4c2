"""Who may see which card: the one place that gathers what decides it. The rule itself is `domain.scorecard.Sealing`.

Everything that reads ratings starts here: queries ask before they select, actions before they act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from sqlalchemy import Connection, Exists, func, select

from app.domain.assessment import Relation
from app.domain.scorecard import CardState, Sealing, Seat
from app.store.columns import table_of
from app.store.tables import Application, Interview, Scorecard
from app.store.tables_growth import Assessment, Cycle
from app.store.tables_panel import Debrief, PlanRound, PlanSeat

_application, _interview = table_of(Application), table_of(Interview)
_round, _seat, _card = table_of(PlanRound), table_of(PlanSeat), table_of(Scorecard)
_debrief, _assessment, _cycle = table_of(Debrief), table_of(Assessment), table_of(Cycle)

AT_ONCE = 500  # applications a query asks for


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
    """The same for many applications, a few hundred of them in each query."""
    found: dict[int, Sealing] = {}
    ids = sorted(applications)
    for at in range(0, len(ids), AT_ONCE):
        found |= _sealings(connection, ids[at : at + AT_ONCE])
    return found


def _sealings(connection: Connection, applications: Collection[int]) -> dict[int, Sealing]:
    seats: dict[int, list[Seat]] = {a: [] for a in applications}
    held: dict[int, Counter[int]] = {a: Counter() for a in applications}
    columns = (
        _interview.c.application_id,
        _interview.c.interviewer_id,
        _interview.c.round_id,
        _interview.c.shadow,
        card_is_in().label("is_in"),
    )
    query = select(*columns).where(_interview.c.application_id.in_(applications)).order_by(_interview.c.id)
    for row in connection.execute(query):
        seats[row.application_id].append(Seat(row.interviewer_id, bool(row.is_in), bool(row.shadow)))
        held[row.application_id][row.round_id] += not row.shadow
    opened, unheld = _opened(connection, applications), _unheld(connection, held)
    return {a: Sealing(tuple(seats[a]), unheld[a], opened.get(a, False)) for a in applications}


def _opened(connection: Connection, applications: Collection[int]) -> dict[int, bool]:
    """Opened with a reason, or by a debrief: what it walks through stays open when a further interview is planned."""
    begun = select(_debrief.c.id).where(_debrief.c.application_id == _application.c.id).exists()
    query = select(_application.c.id, (_application.c.opened_at.is_not(None) | begun).label("is_open"))
    return {row.id: bool(row.is_open) for row in connection.execute(query.where(_application.c.id.in_(applications)))}


def _unheld(connection: Connection, held: dict[int, Counter[int]]) -> Counter[int]:
    """By application, how many places of its plan that count have no interview yet."""
    query = (
        select(_application.c.id, _round.c.id.label("round"), func.count(_seat.c.id).label("places"))
        .select_from(
            _application.join(_round, _round.c.plan_id == _application.c.plan_id).join(
                _seat, _seat.c.round_id == _round.c.id
            )
        )
        .where(_application.c.id.in_(held), _seat.c.shadow.is_(False))
        .group_by(_application.c.id, _round.c.id)
    )
    found: Counter[int] = Counter()
    for row in connection.execute(query):
        found[row.id] += max(0, row.places - held[row.id][row.round])
    return found


def assessment_sealings(connection: Connection, cycle: int | None, members: Collection[int]) -> dict[int, Sealing]:
    """The same for assessments: what decides who sees those of a member in a cycle (or outside of any).

    A seat is a rater who was asked. Nobody waits for what members say of themselves; beginning the session opens.
    """
    query = (
        select(_assessment.c.member_id, _assessment.c.rater_id, _assessment.c.relation, _assessment.c.state)
        .where(
            _assessment.c.member_id.in_(members),
            _assessment.c.cycle_id.is_(None) if cycle is None else _assessment.c.cycle_id == cycle,
        )
        .order_by(_assessment.c.id)
    )
    asked: dict[int, dict[int, Seat]] = {m: {} for m in members}
    for row in connection.execute(query):
        before = asked[row.member_id].get(row.rater_id)
        is_in = row.state != CardState.DRAFT or (before is not None and before.is_in)
        asked[row.member_id][row.rater_id] = Seat(row.rater_id, is_in, row.relation == Relation.SELF)
    begun = cycle is not None and (
        connection.execute(select(_cycle.c.started_at).where(_cycle.c.id == cycle)).scalar() is not None
    )
    return {member: Sealing(tuple(seats.values()), 0, begun) for member, seats in asked.items()}
