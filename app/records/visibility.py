"""Who may see which card: the one place that gathers what decides it. The rule itself is `domain.scorecard.Sealing`.

Everything that reads ratings starts here: queries ask before they select, actions before they act.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, Exists, func, select
from sqlmodel import col

from app.domain.assessment import Relation
from app.domain.scorecard import CardState, InterviewSeat, Sealing
from app.store.columns import among, rows_of
from app.store.tables import Application, Interview, Scorecard
from app.store.tables_growth import Assessment, Calibration, Member, Proposal
from app.store.tables_panel import Debrief, PlanRound, PlanSeat

_TOGETHER = timedelta(days=31)


def card_counts() -> ColumnElement[bool]:
    """For a query on interviews: whether its card counts, which a shadow's never does."""
    return col(Interview.shadow).is_(False)


def card_is_in() -> Exists:
    """For a query on interviews: whether the interviewer's own card is in."""
    return (
        select(col(Scorecard.id))
        .where(
            col(Scorecard.interview_id) == col(Interview.id),
            col(Scorecard.author_id) == col(Interview.interviewer_id),
            col(Scorecard.state) != CardState.DRAFT,
        )
        .exists()
    )


def sealing_of(connection: Connection, application: int) -> Sealing:
    """What decides who sees the cards of one application."""
    return sealings(connection, [application])[application]


def sealings(connection: Connection, applications: Collection[int]) -> dict[int, Sealing]:
    """What decides who sees the cards of many applications, in three queries."""
    seats: dict[int, list[InterviewSeat]] = {a: [] for a in applications}
    held: dict[int, Counter[int]] = {a: Counter() for a in applications}
    columns = (
        col(Interview.application_id),
        col(Interview.interviewer_id),
        col(Interview.round_id),
        col(Interview.shadow),
        card_is_in(),
    )
    query = select(*columns).where(among(col(Interview.application_id), applications)).order_by(col(Interview.id))
    for application, interviewer, plan_round, shadow, is_in in connection.execute(query):
        seats[application].append(InterviewSeat(interviewer, is_in, shadow))
        held[application][plan_round] += not shadow
    opened, unheld = _opened(connection, applications), _unheld(connection, held)
    return {a: Sealing(tuple(seats[a]), unheld[a], opened.get(a, False)) for a in applications}


def _opened(connection: Connection, applications: Collection[int]) -> dict[int, bool]:
    """Opened with a reason, or by a debrief: what it walks through stays open when a further interview is planned."""
    begun = select(col(Debrief.id)).where(col(Debrief.application_id) == col(Application.id)).exists()
    query = select(col(Application.id), col(Application.opened_at).is_not(None) | begun)
    return dict(connection.execute(query.where(among(col(Application.id), applications))).all())


def _unheld(connection: Connection, held: dict[int, Counter[int]]) -> Counter[int]:
    """By application, how many places of its plan that count have no interview yet."""
    query = (
        select(col(Application.id), col(PlanRound.id), func.count(col(PlanSeat.id)))
        .select_from(Application)
        .join(PlanRound, col(PlanRound.plan_id) == col(Application.plan_id))
        .join(PlanSeat, col(PlanSeat.round_id) == col(PlanRound.id))
        .where(among(col(Application.id), held), col(PlanSeat.shadow).is_(False))
        .group_by(col(Application.id), col(PlanRound.id))
    )
    found: Counter[int] = Counter()
    for application, plan_round, places in connection.execute(query):
        found[application] += max(0, places - held[application][plan_round])
    return found


@dataclass(frozen=True)
class AskedTogether:
    """The assessments of a member that were asked for together and open together, amendments among them."""

    member: int
    calibration: int | None
    assessments: tuple[int, ...]
    sealing: Sealing


def asked_together(
    connection: Connection, members: Collection[int], calibration: int | None = None
) -> tuple[AskedTogether, ...]:
    """The assessments of these members, of all times or those of one calibration, by what opens together.

    Those of a calibration do; without one, those against one level of one version that were asked for within a
    month of the first, each of another rater. A seat is a rater who was asked. Nobody waits for what members say of
    themselves beside others, nor for anything about who left; beginning the session of their calibration opens them.
    """
    of_them = [among(col(Assessment.member_id), members)]
    if calibration is not None:
        of_them.append(col(Assessment.cycle_id) == calibration)
    groups: list[list[Assessment]] = []
    of_member: defaultdict[int, list[list[Assessment]]] = defaultdict(list)
    for row in rows_of(connection, Assessment, *of_them, order_by=[col(Assessment.id)]):
        own = of_member[row.member_id]
        home = next((group for group in reversed(own) if _belongs(row, group)), None)
        if home is not None:
            home.append(row)
            continue
        own.append([row])
        groups.append(own[-1])
    begun = set(
        connection.execute(select(col(Calibration.id)).where(col(Calibration.started_at).is_not(None))).scalars()
    )
    proposed = select(col(Proposal.cycle_id), col(Proposal.member_id), col(Proposal.target))
    proposals = connection.execute(proposed.where(among(col(Proposal.member_id), members)))
    targets: dict[tuple[int | None, int], str] = {(held, member): target for held, member, target in proposals}
    query = select(col(Member.id)).where(among(col(Member.id), members), col(Member.left_on).is_not(None))
    left = set(connection.execute(query).scalars())
    return tuple(
        _together(group, begun, targets.get((group[0].cycle_id, group[0].member_id)), left) for group in groups
    )


def _belongs(row: Assessment, group: list[Assessment]) -> bool:
    first = group[0]
    if row.member_id != first.member_id or row.cycle_id != first.cycle_id:
        return False
    if row.cycle_id is not None or row.amends_id in {other.id for other in group}:
        return True
    if row.rater_id in {other.rater_id for other in group}:
        return False  # asked again: that one waits for nobody else's
    same = (row.guide_id, row.level) == (first.guide_id, first.level)
    return same and abs(row.started_at - first.started_at) <= _TOGETHER and row.amends_id is None


def _together(
    group: list[Assessment], begun: Collection[int], target: str | None, left: Collection[int]
) -> AskedTogether:
    """Of a rater who was asked again because another level is proposed, what is against that level says whether theirs
    is in."""
    asked: dict[int, list[Assessment]] = {}
    for row in group:
        if row.state != CardState.DRAFT or row.member_id not in left:
            asked.setdefault(row.rater_id, []).append(row)
    others = any(row.relation != Relation.SELF for row in group)
    seats: dict[int, InterviewSeat] = {}
    for rater, rows in asked.items():
        owed = [row for row in rows if row.level == target] or rows
        is_in = any(row.state != CardState.DRAFT for row in owed)
        seats[rater] = InterviewSeat(rater, is_in, others and rows[-1].relation == Relation.SELF)
    first = group[0]
    sealing = Sealing(tuple(seats.values()), 0, first.cycle_id in begun)
    return AskedTogether(first.member_id, first.cycle_id, tuple(row.id for row in group), sealing)


def assessment_sealings(connection: Connection, calibration: int, members: Collection[int]) -> dict[int, Sealing]:
    """What decides who sees the assessments of these members in a calibration."""
    begun = select(col(Calibration.started_at)).where(col(Calibration.id) == calibration)
    found = dict.fromkeys(members, Sealing(opened=connection.execute(begun).scalar() is not None))
    return found | {group.member: group.sealing for group in asked_together(connection, members, calibration)}


def sealing_of_assessment(connection: Connection, assessment: int) -> Sealing:
    """What decides who sees one assessment, of a calibration or not. Raises NoResultFound for one that is not there."""
    member = connection.execute(select(col(Assessment.member_id)).where(col(Assessment.id) == assessment)).scalar_one()
    groups = asked_together(connection, [member])
    return next(group.sealing for group in groups if assessment in group.assessments)
