"""The rounds of a week, and what speaks against a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from sqlalchemy import select
from sqlmodel import col

from app.domain.pipeline import Outcome
from app.records.rounds import HeldRound, held_rounds
from app.store.columns import aliased, rows_of, rows_with
from app.store.tables import Application, Candidate, Colleague, Interview
from app.store.workspace import Workspace
from app.words import clock, tr


@dataclass(frozen=True)
class WeekRound:
    """A round in the week's view. `twice` names who of it is in another round at the same time."""

    interview: int
    application: int
    candidate: str
    code: str
    exercise: str
    interviewer: str
    mine: bool
    starts_at: datetime
    minutes: int
    place: str
    twice: tuple[str, ...]


def week_rounds(workspace: Workspace, begins: datetime) -> tuple[WeekRound, ...]:
    """Every round of open applications in the seven days from a moment (aware), in their order."""
    with workspace.read() as connection:
        held = held_rounds(connection, None, begins, begins + timedelta(days=7))
    return tuple(
        WeekRound(
            one.interview.id,
            one.interview.application_id,
            one.candidate,
            one.opening.code,
            one.exercise,
            one.interviewer,
            one.interview.interviewer_id == workspace.me,
            one.starts_at,
            one.interview.minutes,
            one.interview.place,
            tuple(dict.fromkeys(name for other in held if other is not one for name in _twice(one, other))),
        )
        for one in held
    )


def clashes(
    workspace: Workspace,
    application: int,
    interview: int | None,
    interviewer: int | None,
    starts_at: datetime | None,
    minutes: int,
) -> tuple[str, ...]:
    """What speaks against a time (aware) for an interview, in words: it is over, before the person applied, or somebody
    is elsewhere then."""
    if starts_at is None:
        return ()
    found = [words for words in (_by_the_clock(starts_at, workspace.zone),) if words]
    starts_at = starts_at.astimezone(UTC)  # within one zone Python adds hours of the clock, not of time
    if starts_at < workspace.now():
        found.append(tr("That time is over."))
    with workspace.read() as connection:
        applied = next(iter(rows_of(connection, Application, col(Application.id) == application)), None)
        if applied is None:
            return ()
        on = applied.applied_on
        if on is not None and starts_at.astimezone(workspace.zone).date() < on:
            found.append(tr("That is before they applied."))
        other = aliased(Application)
        query = (
            select(col(Candidate.name), col(Candidate.id), col(Colleague.name))
            .select_from(Interview)
            .join(other, col(other.id) == col(Interview.application_id))
            .join(Candidate, col(Candidate.id) == col(other.candidate_id))
            .join(Colleague, col(Colleague.id) == col(Interview.interviewer_id))
            .where(
                col(other.outcome) == Outcome.ACTIVE,
                col(Interview.starts_at) > starts_at - timedelta(days=1),
                col(Interview.starts_at) < starts_at + timedelta(minutes=minutes),
                col(Interview.id) != (interview or 0),
                (col(Interview.interviewer_id) == (interviewer or 0)) | (col(Candidate.id) == applied.candidate_id),
            )
            .order_by(col(Interview.starts_at), col(Interview.id))
        )
        for held, name, person, by in rows_with(connection, query, Interview):
            assert held.starts_at is not None
            if held.starts_at + timedelta(minutes=held.minutes) <= starts_at:
                continue
            at = clock(held.starts_at, workspace.zone)
            if held.interviewer_id == interviewer:
                found.append(tr("{by} meets {name} at {time}.").format(by=by, name=name, time=at))
            if person == applied.candidate_id:
                found.append(tr("{name} meets {by} at {time}.").format(by=by, name=name, time=at))
    return tuple(dict.fromkeys(found))


def _by_the_clock(starts_at: datetime, zone: tzinfo) -> str:
    """What is odd about a time of the zone on a day on which the clocks change, or nothing."""
    if starts_at.tzinfo is not zone:
        return ""
    if starts_at.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != starts_at.replace(tzinfo=None):
        return tr("That time does not exist there: the clocks are put on.")
    if starts_at.fold == 0 and starts_at.utcoffset() != starts_at.replace(fold=1).utcoffset():
        return tr("That time is there twice, for the clocks are put back: the first is taken.")
    return ""


def _twice(one: HeldRound, other: HeldRound) -> tuple[str, ...]:
    """Who is in both, where they lie at the same time."""
    ends = one.starts_at + timedelta(minutes=one.interview.minutes)
    other_ends = other.starts_at + timedelta(minutes=other.interview.minutes)
    if one.starts_at >= other_ends or other.starts_at >= ends:
        return ()
    by = (one.interviewer,) if one.interview.interviewer_id == other.interview.interviewer_id else ()
    return (*by, *((one.candidate,) if one.person == other.person else ()))
