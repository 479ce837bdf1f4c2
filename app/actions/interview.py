"""Interviews: a round of the plan given an interviewer, a time and a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from app.actions.application import about_candidate
from app.domain.operations import Op
from app.errors import Refused
from app.records.plan import read_plan, usual_seats
from app.store.change_report import ChangeReport
from app.store.step import Step
from app.store.tables import Application, Colleague, Interview, Scorecard
from app.store.tables_panel import PlanRound
from app.store.tables_transcript import RecordingConsent
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class PlannedInterview:
    """Who holds a round, when (aware) and where."""

    interviewer: int
    starts_at: datetime | None
    minutes: int
    place: str = ""


def add(
    workspace: Workspace,
    application: int,
    plan_round: int,
    interviewer: int,
    starts_at: datetime | None = None,
    minutes: int | None = None,
    place: str = "",
    dimensions: Sequence[str] | None = None,
    shadow: bool = False,
) -> ChangeReport:
    """Plan a round for an application. `starts_at` is aware; `minutes` defaults to the round's.

    `dimensions` default to those of the seat the plan gives this interviewer, else of the first one that counts.
    """
    with workspace.step(Op.ADD_INTERVIEW) as step:
        name = about_candidate(step, application)
        planned = step.get(PlanRound, plan_round)
        step.get(Colleague, interviewer)
        if planned.plan_id != step.get(Application, application).plan_id:
            raise Refused(
                tr("That round belongs to another plan."), tr("Choose a round of the plan this candidate goes through.")
            )
        taken = select(col(Interview.id)).where(
            col(Interview.application_id) == application,
            col(Interview.round_id) == plan_round,
            col(Interview.interviewer_id) == interviewer,
        )
        if step.first(taken):
            raise Refused(
                tr("This person holds that round for {name} already.").format(name=name),
                tr("Choose another interviewer or another round."),
            )
        step.add(
            Interview,
            application_id=application,
            round_id=plan_round,
            interviewer_id=interviewer,
            starts_at=starts_at,
            minutes=minutes or planned.minutes,
            place=place.strip(),
            dimensions=list(dimensions or _planned_dimensions(step, planned, interviewer)),
            shadow=shadow,
        )
        step.words = tr("interview of {name}").format(name=name)
    return step.report()


def plan_all(workspace: Workspace, application: int) -> ChangeReport:
    """Plan every round that nobody holds with who usually holds it, without a time yet, in one step.

    Raises Refused where the plan names nobody for any of them.
    """
    with workspace.step(Op.PLAN_ROUNDS) as step:
        name = about_candidate(step, application)
        seats = usual_seats(step.connection, application)
        if not seats:
            raise Refused(
                tr("Nobody usually holds a round that is open for {name}.").format(name=name),
                tr("Say on the plan who does, or plan each round by hand."),
            )
        for seat in seats:
            step.add(
                Interview,
                application_id=application,
                round_id=seat.plan_round,
                interviewer_id=seat.colleague,
                minutes=seat.minutes,
                dimensions=list(seat.dimensions),
                shadow=seat.shadow,
            )
        step.words = tr("rounds of {name}").format(name=name)
    return step.report()


def edit(
    workspace: Workspace, interview: int, interviewer: int, starts_at: datetime | None, minutes: int, place: str
) -> ChangeReport:
    """Change who, when and where. The interviewer stays once their card was begun."""
    with workspace.step(Op.EDIT_INTERVIEW, merge=("interview", interview)) as step:
        known = step.get(Interview, interview)
        name = about_candidate(step, known.application_id)
        if interviewer != known.interviewer_id and has_card(step, interview):
            raise Refused(
                tr("The card of this interview was begun, so its interviewer stays."),
                tr("Plan a further interview for the other person."),
            )
        step.edit(
            Interview, interview, interviewer_id=interviewer, starts_at=starts_at, minutes=minutes, place=place.strip()
        )
        step.words = tr("edit of the interview of {name}").format(name=name)
    return step.report()


def remove(workspace: Workspace, interview: int) -> ChangeReport:
    """Take an interview out. Raises Refused once its card was begun."""
    with workspace.step(Op.REMOVE_INTERVIEW) as step:
        name = about_candidate(step, step.get(Interview, interview).application_id)
        if has_card(step, interview):
            raise Refused(tr("This interview has a card, so it stays."), tr("A card that is in is never taken back."))
        step.subject, step.subject_table = interview, "interview"
        step.remove_all(RecordingConsent, col(RecordingConsent.interview_id) == interview)
        step.remove(Interview, interview)
        step.words = tr("removal of the interview of {name}").format(name=name)
    return step.report()


def _planned_dimensions(step: Step, planned: PlanRound, interviewer: int) -> Sequence[str]:
    stored = read_plan(step.connection, planned.plan_id)
    seats = stored.plan.rounds[stored.round_ids.index(planned.id or 0)].seats
    own = [s for s in seats if s.colleague == interviewer] or [s for s in seats if not s.shadow]
    return own[0].dimensions


def has_card(step: Step, interview: int) -> bool:
    """Whether somebody has begun the card of an interview."""
    return bool(step.first(select(col(Scorecard.id)).where(col(Scorecard.interview_id) == interview).limit(1)))
