"""Who may see which card: the one place that gathers what decides it. The rule itself is `domain.scorecard.Sealing`.

Everything that reads ratings starts here: queries ask before they select, actions before they act.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, Exists, RowMapping, func, select

from app.domain.assessment import Relation
from app.domain.scorecard import CardState, InterviewSeat, Sealing
from app.store.columns import among, table_of
from app.store.tables import Application, Interview, Scorecard
from app.store.tables_growth import Assessment, Calibration, Member, Proposal
from app.store.tables_panel import Debrief, PlanRound, PlanSeat

_application, _interview = table_of(Application), table_of(Interview)
_round, _seat, _card = table_of(PlanRound), table_of(PlanSeat), table_of(Scorecard)
_debrief, _assessment, _cycle = table_of(Debrief), table_of(Assessment), table_of(Calibration)
_proposal, _member = table_of(Proposal), table_of(Member)

_TOGETHER = timedelta(days=31)


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
    """The same for many applications, in three queries."""
    seats: dict[int, list[InterviewSeat]] = {a: [] for a in applications}
    held: dict[int, Counter[int]] = {a: Counter() for a in applications}
    columns = (
        _interview.c.application_id,
        _interview.c.interviewer_id,
        _interview.c.round_id,
        _interview.c.shadow,
        card_is_in().label("is_in"),
    )
    query = select(*columns).where(among(_interview.c.application_id, applications)).order_by(_interview.c.id)
    for row in connection.execute(query):
        seats[row.application_id].append(InterviewSeat(row.interviewer_id, bool(row.is_in), bool(row.shadow)))
        held[row.application_id][row.round_id] += not row.shadow
    opened, unheld = _opened(connection, applications), _unheld(connection, held)
    return {a: Sealing(tuple(seats[a]), unheld[a], opened.get(a, False)) for a in applications}


def _opened(connection: Connection, applications: Collection[int]) -> dict[int, bool]:
    """Opened with a reason, or by a debrief: what it walks through stays open when a further interview is planned."""
    begun = select(_debrief.c.id).where(_debrief.c.application_id == _application.c.id).exists()
    query = select(_application.c.id, (_application.c.opened_at.is_not(None) | begun).label("is_open"))
    return {
        row.id: bool(row.is_open) for row in connection.execute(query.where(among(_application.c.id, applications)))
    }


def _unheld(connection: Connection, held: dict[int, Counter[int]]) -> Counter[int]:
    """By application, how many places of its plan that count have no interview yet."""
    query = (
        select(_application.c.id, _round.c.id.label("round"), func.count(_seat.c.id).label("places"))
        .select_from(
            _application.join(_round, _round.c.plan_id == _application.c.plan_id).join(
                _seat, _seat.c.round_id == _round.c.id
            )
        )
        .where(among(_application.c.id, held), _seat.c.shadow.is_(False))
        .group_by(_application.c.id, _round.c.id)
    )
    found: Counter[int] = Counter()
    for row in connection.execute(query):
        found[row.id] += max(0, row.places - held[row.id][row.round])
    return found


@dataclass(frozen=True)
class AskedTogether:
    """The assessments of a member that were asked for together and open together, amendments among them."""

    member: int
    cycle: int | None
    assessments: tuple[int, ...]
    sealing: Sealing


def asked_together(
    connection: Connection, members: Collection[int], cycle: int | None = None
) -> tuple[AskedTogether, ...]:
    """The assessments of these members, of all times or those of one cycle, by what opens together.

    Those of a cycle do; without one, those against one level of one version that were asked for within a month of the
    first, each of another rater. A seat is a rater who was asked. Nobody waits for what members say of themselves
    beside others, nor for anything about who left; beginning the session of their cycle opens them.
    """
    a = _assessment.c
    query = (
        select(
            a.id,
            a.member_id,
            a.cycle_id,
            a.rater_id,
            a.relation,
            a.state,
            a.guide_id,
            a.level,
            a.started_at,
            a.amends_id,
        )
        .where(among(a.member_id, members))
        .order_by(a.id)
    )
    if cycle is not None:
        query = query.where(_assessment.c.cycle_id == cycle)
    groups: list[list[RowMapping]] = []
    of_member: defaultdict[int, list[list[RowMapping]]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        own = of_member[row["member_id"]]
        home = next((group for group in reversed(own) if _belongs(row, group)), None)
        if home is not None:
            home.append(row)
            continue
        own.append([row])
        groups.append(own[-1])
    begun = set(connection.execute(select(_cycle.c.id).where(_cycle.c.started_at.is_not(None))).scalars())
    proposed = select(_proposal.c.cycle_id, _proposal.c.member_id, _proposal.c.target)
    targets = {
        (r.cycle_id, r.member_id): r.target
        for r in connection.execute(proposed.where(among(_proposal.c.member_id, members)))
    }
    query = select(_member.c.id).where(among(_member.c.id, members), _member.c.left_on.is_not(None))
    left = set(connection.execute(query).scalars())
    return tuple(
        _together(group, begun, targets.get((group[0]["cycle_id"], group[0]["member_id"])), left) for group in groups
    )


def _belongs(row: RowMapping, group: list[RowMapping]) -> bool:
    first = group[0]
    if row["member_id"] != first["member_id"] or row["cycle_id"] != first["cycle_id"]:
        return False
    if row["cycle_id"] is not None or row["amends_id"] in {other["id"] for other in group}:
        return True
    if row["rater_id"] in {other["rater_id"] for other in group}:
        return False  # asked once more: alone once more
    same = all(row[column] == first[column] for column in ("guide_id", "level"))
    return same and abs(row["started_at"] - first["started_at"]) <= _TOGETHER and row["amends_id"] is None


def _together(
    group: list[RowMapping], begun: Collection[int], target: str | None, left: Collection[int]
) -> AskedTogether:
    """Of a rater who was asked again because another level is proposed, what is against that level says whether theirs
    is in."""
    asked: dict[int, list[RowMapping]] = {}
    for row in group:
        if row["state"] != CardState.DRAFT or row["member_id"] not in left:
            asked.setdefault(row["rater_id"], []).append(row)
    others = any(row["relation"] != Relation.SELF for row in group)
    seats: dict[int, InterviewSeat] = {}
    for rater, rows in asked.items():
        owed = [row for row in rows if row["level"] == target] or rows
        is_in = any(row["state"] != CardState.DRAFT for row in owed)
        seats[rater] = InterviewSeat(rater, is_in, others and rows[-1]["relation"] == Relation.SELF)
    first = group[0]
    sealing = Sealing(tuple(seats.values()), 0, first["cycle_id"] in begun)
    return AskedTogether(first["member_id"], first["cycle_id"], tuple(row["id"] for row in group), sealing)


def assessment_sealings(connection: Connection, cycle: int, members: Collection[int]) -> dict[int, Sealing]:
    """What decides who sees the assessments of these members in a cycle."""
    begun = select(_cycle.c.started_at).where(_cycle.c.id == cycle)
    found = dict.fromkeys(members, Sealing(opened=connection.execute(begun).scalar() is not None))
    return found | {group.member: group.sealing for group in asked_together(connection, members, cycle)}


def sealing_of_assessment(connection: Connection, assessment: int) -> Sealing:
    """The same for one assessment, of a cycle or not. Raises NoResultFound for one that is not there."""
    member = connection.execute(select(_assessment.c.member_id).where(_assessment.c.id == assessment)).scalar_one()
    groups = asked_together(connection, [member])
    return next(group.sealing for group in groups if assessment in group.assessments)
