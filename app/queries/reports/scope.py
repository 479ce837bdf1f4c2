"""What a report reads: the applications, openings and moments that the filter of all reports leaves in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from sqlalchemy import ColumnElement, Connection, SQLColumnExpression, and_, func, select, true
from sqlmodel import col

from app.domain.report_filter import ReportFilter
from app.errors import NotFound
from app.phrases.reports import filter_words, team_words
from app.records.rubric_pools import pool_words, pools_of_openings
from app.store.columns import among
from app.store.tables import Application, Opening, StageEntry
from app.store.workspace import Workspace
from app.words import sentence_list, tr


@dataclass(frozen=True)
class Scope:
    """A workspace read under a filter. `openings` are those left in, None where all are; `words` say the filter."""

    workspace: Workspace
    connection: Connection
    asked: ReportFilter
    openings: frozenset[int] | None
    words: str

    def of_opening(self, opening: SQLColumnExpression[int]) -> ColumnElement[bool]:
        """For a query: whether an opening is left in."""
        return true() if self.openings is None else among(opening, self.openings)

    def within(self, moment: SQLColumnExpression[datetime | None]) -> ColumnElement[bool]:
        """For a query: whether a moment lies on a day of the period, in the workspace's zone. None lies in all time."""
        since, until = self.asked.since, self.asked.until
        clauses = [] if since is None else [moment >= self._begins(since)]
        if until is not None:
            clauses.append(moment < self._begins(until + timedelta(days=1)))
        return and_(true(), *clauses)

    def on_day(self, day: SQLColumnExpression[date | None]) -> ColumnElement[bool]:
        """For a query: whether a day lies in the period. None lies in all time."""
        since, until = self.asked.since, self.asked.until
        clauses = [] if since is None else [day >= since]
        return and_(true(), *clauses, *([] if until is None else [day <= until]))

    @cached_property
    def today(self) -> date:
        """The day the report is as of."""
        return self.workspace.today()

    def day_of(self, moment: datetime) -> date:
        """The day of a moment, in the workspace's zone."""
        return moment.astimezone(self.workspace.zone).date()

    def _begins(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.workspace.zone).astimezone(UTC)


@dataclass(frozen=True)
class FilterChoices:
    """What the filter can be: openings by number, rubrics by the key of what is pooled, each with its words, and the
    years since the first application, newest first."""

    openings: tuple[tuple[int, str], ...]
    rubrics: tuple[tuple[str, str], ...]
    years: tuple[int, ...]

    def known(self, asked: ReportFilter) -> ReportFilter:
        """The same without an opening or a rubric that is not there any more."""
        opening = asked.opening if asked.opening in dict(self.openings) else None
        rubric = asked.rubric if asked.rubric in dict(self.rubrics) else ""
        return ReportFilter(opening, rubric, asked.since, asked.until)


@contextmanager
def scope_of(workspace: Workspace, asked: ReportFilter, *, of_team: bool = False) -> Iterator[Scope]:
    """Read under a filter, of which a report of the team has the period alone. Raises NotFound for an opening or a
    rubric that is not there."""
    with workspace.read() as connection:
        choices = _choices(connection, workspace.today())
        words = filter_words(asked, *_names(choices, asked))
        if of_team:
            asked, words = ReportFilter(since=asked.since, until=asked.until), team_words(asked)
        yield Scope(workspace, connection, asked, _openings(connection, asked), words)


def filter_choices(workspace: Workspace) -> FilterChoices:
    """What the filter can be now."""
    with workspace.read() as connection:
        return _choices(connection, workspace.today())


def _choices(connection: Connection, today: date) -> FilterChoices:
    query = select(col(Opening.id), col(Opening.code), col(Opening.role)).order_by(col(Opening.id))
    openings = tuple((number, f"{code} · {role}") for number, code, role in connection.execute(query))
    pools = sorted(set(pools_of_openings(connection).values()))
    rubrics = sorted(((pool.key, pool_words(connection, pool)) for pool in pools), key=lambda r: (r[1], r[0]))
    entered = connection.execute(select(func.min(col(StageEntry.entered_at)))).scalar_one()
    applied = connection.execute(select(func.min(col(Application.applied_on)))).scalar_one()
    first = min((day.year for day in (entered, applied) if day is not None), default=today.year)
    return FilterChoices(openings, tuple(rubrics), tuple(range(today.year, min(first, today.year) - 1, -1)))


def _names(choices: FilterChoices, asked: ReportFilter) -> tuple[str, str]:
    """The words of the opening and of the rubric that are asked for."""
    openings, rubrics = dict(choices.openings), dict(choices.rubrics)
    if asked.opening is not None and asked.opening not in openings:
        raise NotFound(
            tr("There is no opening {id}.").format(id=asked.opening), tr("tenfold list FILE openings gives the ids.")
        )
    if asked.rubric and asked.rubric not in rubrics:
        raise NotFound(
            tr("No opening is scored by “{rubric}”.").format(rubric=asked.rubric),
            tr("Those that are: {known}.").format(known=sentence_list(list(rubrics)) or tr("none yet")),
        )
    return openings.get(asked.opening or 0, ""), rubrics.get(asked.rubric, "")


def _openings(connection: Connection, asked: ReportFilter) -> frozenset[int] | None:
    found: frozenset[int] | None = None if asked.opening is None else frozenset({asked.opening})
    if asked.rubric:
        pooled = frozenset(o for o, pool in pools_of_openings(connection).items() if pool.key == asked.rubric)
        found = pooled if found is None else found & pooled
    return found
