"""The cells of the pipelines' table in words, alike in the window and in a file."""

from __future__ import annotations

from app.domain.candidate import Source
from app.domain.pipeline import Outcome
from app.domain.pipeline_view import PipelineColumn
from app.phrases.candidate import source_words
from app.phrases.pipeline import ended_words
from app.queries.pipeline import PipelineRow
from app.words import day, ntr, tr


def cell_words(row: PipelineRow, column: PipelineColumn) -> str:
    """What a cell says; empty where nothing is known."""
    if column in _AS_IT_IS:
        return str(getattr(row, column.value))
    match column:
        case PipelineColumn.DAYS:
            return _days(row)
        case PipelineColumn.CARDS:
            return tr("{n} of {all}").format(n=row.cards_in, all=row.cards_planned) if row.cards_planned else ""
        case PipelineColumn.SOURCE:
            return "" if row.source == Source.NOT_SAID else source_words(row.source)
        case PipelineColumn.TAGS:
            return ", ".join(row.tags)
        case PipelineColumn.APPLIED:
            return day(row.applied_on) if row.applied_on else ""
        case PipelineColumn.ENDED:
            return _ended(row)
        case _:
            return ". ".join(w.rstrip(".") for w in (row.why, row.reason) if w)


def stuck_words(row: PipelineRow) -> str:
    """Why somebody is called stuck, with how many spells that rests on; empty where they are not."""
    if not row.stuck or row.limit is None:
        return ""
    return tr("Stuck: three in four of {n} left this stage within {limit}.").format(
        n=row.limit.n, limit=ntr("{n} day", "{n} days", row.limit.days)
    )


_AS_IT_IS = frozenset(
    (
        PipelineColumn.NAME,
        PipelineColumn.OPENING,
        PipelineColumn.STAGE,
        PipelineColumn.WAITING,
        PipelineColumn.OWNER,
        PipelineColumn.CAME_BY,
        PipelineColumn.NOW_AT,
        PipelineColumn.PLACE,
        PipelineColumn.CAN_START,
    )
)


def _ended(row: PipelineRow) -> str:
    if row.outcome == Outcome.ACTIVE:
        return ""
    return ", ".join(w for w in (ended_words(row.outcome), day(row.closed_on) if row.closed_on else "") if w)


def _days(row: PipelineRow) -> str:
    if row.outcome != Outcome.ACTIVE:
        return str(row.days)
    if row.held:
        until = tr(" until {day}").format(day=day(row.held_until)) if row.held_until else ""
        return tr("{n}, on hold").format(n=row.days) + until
    return tr("{n}, stuck").format(n=row.days) if row.stuck else str(row.days)
