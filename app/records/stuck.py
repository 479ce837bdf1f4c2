"""How long applications were in a stage, and which open ones are in theirs for longer than most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, tzinfo

from sqlalchemy import Connection, Text, cast, select
from sqlmodel import col

from app.domain.pipeline import Closed, Outcome, StageLimit, days_in_stage, is_stuck, stage_limit
from app.records.closing import closed_spells
from app.records.hold import is_held
from app.records.local_days import LocalDays
from app.store.columns import among
from app.store.tables import Application, Closing, StageEntry


def stage_limits(connection: Connection, zone: tzinfo, opening: int | None = None) -> dict[int, StageLimit]:
    """By stage of one opening, or of all, after how many days somebody is stuck; not where too few have gone on.

    A spell ends with the next stage or with the closing; time closed is no part of it. Who was moved to another
    opening, or was there twice, has not gone on from that stage.
    """
    entries = select(
        col(StageEntry.application_id), col(StageEntry.stage_id), cast(col(StageEntry.entered_at), Text)
    ).order_by(col(StageEntry.application_id), col(StageEntry.id))
    ends = select(col(Application.id), cast(col(Application.closed_at), Text)).where(
        col(Application.closed_at).is_not(None),
        col(Application.outcome).not_in((Outcome.MOVED, Outcome.DUPLICATE)),
    )
    if opening is not None:
        here = col(Application.opening_id) == opening
        entries = entries.join(Application, col(Application.id) == col(StageEntry.application_id)).where(here)
        ends = ends.where(here)
    ended: dict[int, str] = dict(connection.execute(ends).all())
    breaks, days = reopened_spells(connection), LocalDays(zone)
    spells: defaultdict[int, list[int]] = defaultdict(list)
    before: tuple[int, int, str] | None = None
    for entry in connection.execute(entries):
        if before is not None:
            same = before[0] == entry[0]
            _note(spells, before, entry[2] if same else ended.get(before[0]), days, breaks)
        before = entry
    if before is not None:
        _note(spells, before, ended.get(before[0]), days, breaks)
    limits = {stage: stage_limit(lengths) for stage, lengths in spells.items()}
    return {stage: limit for stage, limit in limits.items() if limit is not None}


def stuck_ones(
    connection: Connection,
    today: date,
    zone: tzinfo,
    limits: Mapping[int, StageLimit],
    opening: int | None = None,
) -> frozenset[int]:
    """The open applications that are stuck, of one opening or of all."""
    query = select(col(Application.id), col(Application.stage_id), cast(col(Application.entered_at), Text)).where(
        col(Application.outcome) == Outcome.ACTIVE, ~is_held()
    )
    if opening is not None:
        query = query.where(col(Application.opening_id) == opening)
    days = LocalDays(zone)
    late = {
        application: entered
        for application, stage, entered in connection.execute(query)
        if (limit := limits.get(stage)) is not None and is_stuck((today - days[entered]).days, limit, held=False)
    }
    breaks = closed_spells(connection, late)
    if not breaks:
        return frozenset(late)
    stages = dict(
        connection.execute(
            select(col(Application.id), col(Application.stage_id)).where(among(col(Application.id), breaks))
        ).all()
    )
    freed = {
        application
        for application, spells in breaks.items()
        if not is_stuck(
            days_in_stage(datetime.fromisoformat(late[application]), today, zone, spells),
            limits.get(stages[application]),
            held=False,
        )
    }
    return frozenset(late.keys() - freed)


def reopened_spells(connection: Connection) -> dict[int, list[Closed]]:
    """By application that was reopened, the times in between."""
    query = select(col(Closing.application_id), col(Closing.closed_at), col(Closing.reopened_at))
    found: defaultdict[int, list[Closed]] = defaultdict(list)
    for application, since, until in connection.execute(query.where(col(Closing.reopened_at).is_not(None))):
        found[application].append(Closed(since, until))
    return found


def _note(
    spells: Mapping[int, list[int]],
    entry: tuple[int, int, str],
    ended: str | None,
    days: LocalDays,
    breaks: Mapping[int, list[Closed]],
) -> None:
    application, stage, entered = entry
    if ended is None:
        return
    between = breaks.get(application)
    if between:
        length = days_in_stage(datetime.fromisoformat(entered), days[ended], days.zone, between)
    else:
        length = max(0, (days[ended] - days[entered]).days)
    spells[stage].append(length)
