"""What was written when its author could already read the others': it counts, and it is said of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, func, select

from app.domain.assessment import Relation
from app.domain.operations import Op
from app.domain.scorecard import CardState
from app.store.columns import table_of
from app.store.history_tables import History
from app.store.tables import Application, Interview, Scorecard
from app.store.tables_growth import Assessment, Calibration
from app.store.tables_panel import Debrief

_cards, _interviews, _applications = table_of(Scorecard), table_of(Interview), table_of(Application)
_debriefs, _history = table_of(Debrief), table_of(History)
_assessments, _cycles = table_of(Assessment), table_of(Calibration)


def opened_at(connection: Connection, application: int) -> datetime | None:
    """When the cards were first open: all were in, somebody opened them early, or the debrief began; None before."""
    rows = select(func.min(_history.c.at)).where(
        _history.c.op == str(Op.CARDS_OPENED), _history.c.subject == f"application:{application}"
    )
    all_in = connection.execute(rows).scalar()
    early = connection.execute(select(_applications.c.opened_at).where(_applications.c.id == application)).scalar()
    began = connection.execute(
        select(func.min(_debriefs.c.started_at)).where(_debriefs.c.application_id == application)
    ).scalar()
    moments = [datetime.fromisoformat(all_in) if all_in else None, early, began]
    return min((m for m in moments if m is not None), default=None)


def written_after_opening(connection: Connection, application: int) -> frozenset[int]:
    """Cards from after the opening whose author had a card in before: amendments, and cards of a round added since."""
    opened = opened_at(connection, application)
    if opened is None:
        return frozenset()
    query = (
        select(_cards.c.id, _cards.c.author_id, _cards.c.interview_id, _cards.c.amends_id, _cards.c.submitted_at)
        .select_from(_cards.join(_interviews))
        .where(_interviews.c.application_id == application, _cards.c.state != CardState.DRAFT)
        .order_by(_cards.c.id)
    )
    rows = connection.execute(query).all()
    readers = {r.author_id for r in rows if r.submitted_at <= opened}
    added = _added(connection, {r.interview_id for r in rows})
    return frozenset(
        r.id
        for r in rows
        if r.submitted_at > opened
        and r.author_id in readers
        and (r.amends_id is not None or added.get(r.interview_id, opened) > opened)
    )


def _added(connection: Connection, interviews: set[int]) -> Mapping[int, datetime]:
    subjects = {f"interview:{i}": i for i in interviews}
    query = select(_history.c.subject, _history.c.at).where(
        _history.c.op == str(Op.ADD_INTERVIEW), _history.c.subject.in_(subjects)
    )
    return {subjects[row.subject]: datetime.fromisoformat(row.at) for row in connection.execute(query)}


def assessed_after_opening(connection: Connection, cycle: int, members: Collection[int]) -> frozenset[int]:
    """Amended assessments of a calibration from after everybody who was asked about the member had answered, or after
    its session began; what members say of themselves opens nothing."""
    begun = connection.execute(select(_cycles.c.started_at).where(_cycles.c.id == cycle)).scalar()
    query = (
        select(
            _assessments.c.id,
            _assessments.c.member_id,
            _assessments.c.rater_id,
            _assessments.c.amends_id,
            _assessments.c.submitted_at,
            _assessments.c.relation,
            _assessments.c.state,
        )
        .where(_assessments.c.cycle_id == cycle, _assessments.c.member_id.in_(members))
        .order_by(_assessments.c.id)
    )
    found: set[int] = set()
    whose = attrgetter("member_id")
    for _, rows in groupby(sorted(connection.execute(query), key=whose), whose):
        mine = list(rows)
        first: dict[int, datetime | None] = {}
        for r in mine:
            if r.relation != Relation.SELF and r.amends_id is None:
                first.setdefault(r.rater_id, r.submitted_at)
        answered = [at for at in first.values() if at is not None]
        moments = [m for m in (max(answered) if first and len(answered) == len(first) else None, begun) if m]
        opened = min(moments, default=None)
        found |= {
            r.id
            for r in mine
            if opened is not None and r.amends_id is not None and r.submitted_at is not None and r.submitted_at > opened
        }
    return frozenset(found)
