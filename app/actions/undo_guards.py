"""What an earlier step may not be taken back for: something later rests on it.

Undo compares the rows it touches. A plan that is in use, an interview whose card was begun, an offer that was approved,
an application that was decided on, a session that began and a calibration that was closed leave those rows as they
were, so they are asked for here. What was done after the newest declaration is no part of it, and can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlmodel import col

from app.actions.application import must_be_the_open_one
from app.actions.assessment_request import is_begun
from app.actions.interview import has_card
from app.actions.plan import is_used
from app.domain.calibration import CalibrationState
from app.domain.offer import OfferStatus
from app.domain.pipeline import Outcome
from app.errors import Refused
from app.records.transcripts import ending_with_decision, has_consent
from app.store.history import RowChange, Values
from app.store.step import Step
from app.store.tables import Application, Candidate, Colleague, Scorecard
from app.store.tables_calibration import CalibrationVote
from app.store.tables_committee import CommitteeVote
from app.store.tables_growth import Calibration, Proposal
from app.store.tables_panel import Debrief, Decision
from app.store.transcript import cards_with_one
from app.words import tr

_WHEN_WHERE = ("starts_at", "minutes", "place")
_OF_APPLICATION = frozenset({"interview", "stage_entry", "closing", "decision_draft"})
_OUTSIDE_CALIBRATION = {"fact": ("shared", "goal_id")}
"""By table, the columns that no calibration rests on: what a member may read, and the goal it was put under."""
_SETTLED = ("target", "anchor", "level", "manager_id")
"""The columns of a proposal that are settled once the session has begun."""


def must_still_be_open(step: Step, changes: Iterable[RowChange], done_at: datetime) -> None:
    """Raise Refused where taking these changes back, or doing them again, would rewrite what something later rests on.

    `done_at` is when they were made.
    """
    declared = _declared_since(step, done_at)
    for change in changes:
        _calibration_must_allow(step, change, done_at)
        _only_one_may_be_open(step, change)
        if declared:
            _application_must_allow(step, change, done_at)
        _plan_must_allow(step, change)
        _interview_must_allow(step, change)
        _offer_must_allow(step, change)
        _recording_must_allow(step, change)


def _only_one_may_be_open(step: Step, change: RowChange) -> None:
    """A person has one open application in an opening: an earlier one is not opened beside it."""
    before = change.before
    if change.table != "application" or before is None or before["outcome"] != Outcome.ACTIVE:
        return
    must_be_the_open_one(step, change.row, before["candidate_id"], before["opening_id"])


def _declared_since(step: Step, done_at: datetime) -> bool:
    """Whether anything was declared about any application since: else there is no need to ask for each."""
    moments = (col(Decision.at), col(Debrief.started_at), col(Application.opened_at), col(Scorecard.submitted_at))
    return any(_newer(step, select(func.max(moment)), done_at) for moment in moments)


def _plan_must_allow(step: Step, change: RowChange) -> None:
    """A plan, and the level of an opening, stay once somebody was interviewed by them."""
    image = _image(change)
    opening = _opening_of(step, change.table, image) if change.table in ("plan", "plan_round") else None
    if opening is not None and is_used(step.connection, opening):
        raise Refused(
            tr("The plan is in use since: an interview is planned by it."),
            tr("Change it on its page, with a reason."),
        )
    if change.table == "opening" and _differs(change, ("level",)) and is_used(step.connection, change.row):
        raise Refused(
            tr("Somebody was interviewed for {code} since, so its level stays.").format(code=image["code"]),
            tr("Open a new opening for another level."),
        )


def _interview_must_allow(step: Step, change: RowChange) -> None:
    """Once its card was begun, an interview keeps its interviewer; its time and place may change."""
    if change.table != "interview" or not has_card(step, change.row):
        return
    if _differs(change, [name for name in _image(change) if name not in _WHEN_WHERE]):
        raise Refused(
            tr("The card of this interview was begun since, so its interviewer stays."),
            tr("Plan a further interview for the other person."),
        )


def _offer_must_allow(step: Step, change: RowChange) -> None:
    """The money and terms of an offer stay once it was approved."""
    if change.table not in ("offer_amount", "offer_term"):
        return
    offer = step.image("offer", _image(change)["offer_id"])
    if offer is not None and offer["status"] != OfferStatus.DRAFTED:
        raise Refused(tr("The offer was approved since and stays as it is."), tr("Withdraw it and draft another one."))


def _recording_must_allow(step: Step, change: RowChange) -> None:
    """While a transcript is there, its card stays and what the candidate agreed to; an interview stays with that, and
    an application that was taken up again stays open where its closing would delete it."""
    image = _image(change)
    if change.table == "application" and change.before is not None and image["outcome"] == Outcome.ACTIVE:
        ends = ending_with_decision(step.connection, change.row) if _differs(change, ("outcome",)) else ()
        if cards_with_one(step.connection, ends):
            raise Refused(
                tr("A transcript was read in since, and closing deletes it for good."),
                tr("Close the application on its page, which says so first."),
            )
    if change.table == "interview" and change.before is None and has_consent(step.connection, change.row):
        raise Refused(
            tr("It was recorded since that the candidate agreed to a recording."), tr("Remove the interview by hand.")
        )
    of_recording = change.table == "recording_consent" or (change.table == "scorecard" and change.before is None)
    if of_recording and cards_with_one(step.connection, [image["interview_id"]]):
        raise Refused(
            tr("A transcript was read in since, and nothing brings that back once it is gone."),
            tr("Delete the transcript first, where it should go."),
        )


def _application_must_allow(step: Step, change: RowChange, done_at: datetime) -> None:
    """Nothing of an application moves behind its decision, its debrief, or the opening of its cards."""
    number = _application_of(step, change.table, _image(change))
    if number is None or step.image("application", number) is None:
        return
    application = step.get(Application, number)
    name = step.get(Candidate, application.candidate_id).name
    decided = select(func.max(col(Decision.at))).where(col(Decision.application_id) == number)
    if _newer(step, decided, done_at):
        raise Refused(
            tr("{name} was decided since, and what the decision rests on stays as it was then.").format(name=name),
            tr("Write what is new into a further decision."),
        )
    if change.table in ("debrief_walk", "decision_draft"):
        return
    begun = select(func.max(col(Debrief.started_at))).where(col(Debrief.application_id) == number)
    if _newer(step, begun, done_at):
        raise Refused(
            tr("The debrief of {name} was begun since, and what it rests on stays as it was then.").format(name=name),
            tr("Change it by hand, where it can still change."),
        )
    if application.opened_at is not None and application.opened_at > done_at:
        raise Refused(
            tr("The cards of {name} were opened since, and what they were opened on stays.").format(name=name),
            tr("Change it by hand, where it can still change."),
        )
    submitted = select(func.max(col(Scorecard.submitted_at))).where(col(Scorecard.interview_id) == change.row)
    if change.table == "interview" and _newer(step, submitted, done_at):
        raise Refused(
            tr("The card of this interview with {name} is in since, so it stays as it was held.").format(name=name),
            tr("Change its time by hand where it is wrong."),
        )


def _calibration_must_allow(step: Step, change: RowChange, done_at: datetime) -> None:
    """Nothing of a closed calibration moves, nor, once its session began, who is in it and for which level, nor who
    votes and what is kept of votes behind a vote."""
    image = _image(change)
    number = _calibration_of(step, change.table, image)
    counts = [name for name in image if name not in _OUTSIDE_CALIBRATION.get(change.table, ())]
    if number is None or step.image("cycle", number) is None or not _differs(change, counts):
        return
    calibration = step.get(Calibration, number)
    if calibration.state == CalibrationState.CLOSED:
        raise Refused(
            tr("{name} was closed since, and nothing of it changes.").format(name=calibration.name),
            tr("Reopen it first, with a reason."),
        )
    if change.table == "proposal" and calibration.started_at is not None and _differs(change, _SETTLED):
        raise Refused(
            tr("The session of {name} began since: who is in it, and the level proposed, stay.").format(
                name=calibration.name
            ),
            tr("Record an outcome for who is in it."),
        )
    of_votes = change.table in ("committee_seat", "committee_recusal")
    of_votes = of_votes or (change.table == "cycle" and _differs(change, ("ballots",)))
    if of_votes and _voted_since(step, number, done_at):
        raise Refused(
            tr("The committee of {name} has voted since, and what the vote rests on stays.").format(
                name=calibration.name
            ),
            tr("Change it by hand, where it can still change."),
        )
    asked = change.table == "assessment" and change.before is None and image["amends_id"] is None
    if asked and step.image("assessment", change.row) is not None and is_begun(step, change.row):
        who = step.get(Colleague, image["rater_id"]).name
        raise Refused(tr("{who} has begun theirs since.").format(who=who), tr("Let it stand."))


def _voted_since(step: Step, calibration: int, done_at: datetime) -> bool:
    """Whether the committee votes now, or has begun to after this moment."""
    query = (
        select(col(CommitteeVote.id))
        .join(Proposal, col(Proposal.id) == col(CommitteeVote.proposal_id))
        .where(
            col(Proposal.cycle_id) == calibration,
            or_(col(CommitteeVote.ended_at).is_(None), col(CommitteeVote.opened_at) > done_at),
        )
    )
    return step.first(query.limit(1)) is not None


def _image(change: RowChange) -> Values:
    """The row as it was after a change, or before it where the change removed it."""
    return change.after or change.before or {}


def _differs(change: RowChange, names: Iterable[str]) -> bool:
    """Whether a change added or removed its row, or set one of these columns to another value."""
    before, after = change.before, change.after
    return before is None or after is None or any(before[name] != after[name] for name in names)


def _newer(step: Step, query: Select[datetime] | Select[datetime | None], done_at: datetime) -> bool:
    """Whether the moment a query gives is there, and after this one."""
    moment: datetime | None = step.connection.execute(query).scalar()
    return moment is not None and moment > done_at


def _opening_of(step: Step, table: str, image: Values) -> int | None:
    """A seat is never written without its round, so rounds and plans are enough to ask. None for a round whose plan is
    itself about to come back: nobody was interviewed by it."""
    plan = image if table == "plan" else step.image("plan", image["plan_id"])
    return None if plan is None else int(plan["opening_id"])


def _application_of(step: Step, table: str, image: Values) -> int | None:
    """The application a row belongs to; None for one that no declaration about an application rests on."""
    if table == "application":
        return int(image["id"])
    if table in _OF_APPLICATION:
        return int(image["application_id"])
    if table == "debrief_walk":
        return step.get(Debrief, image["debrief_id"]).application_id
    return None


def _calibration_of(step: Step, table: str, image: Values) -> int | None:
    """The calibration a row belongs to; None for one that belongs to none."""
    if table == "cycle":
        found = image["id"]
    elif table in ("proposal", "assessment", "committee_seat"):
        found = image["cycle_id"]
    elif table in ("assessment_rating", "fact", "returned_assessment"):
        found = _of(step, "assessment", image["assessment_id"])
    elif table in ("cycle_vote", "cycle_outcome", "work_story", "committee_recusal"):
        found = _of(step, "proposal", image["proposal_id"])
    elif table == "cycle_score":
        found = _of(step, "proposal", step.get(CalibrationVote, image["vote_id"]).proposal_id)
    else:
        found = None
    return int(found) if found is not None else None


def _of(step: Step, table: str, row: int | None) -> int | None:
    """The calibration of an assessment or a proposal, where that is there."""
    held = step.image(table, row) if row is not None else None
    return held["cycle_id"] if held is not None else None
