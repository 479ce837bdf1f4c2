"""The page of one application: the person, strip, rounds, visible cards, timeline, files and decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, func, select
from sqlmodel import col

from app.domain.candidate import CandidateFacts
from app.domain.pipeline import ClosingReason, Outcome, days_in_stage, kept_until
from app.domain.rubric import Rubric
from app.domain.scorecard import CardState, Sealing
from app.errors import NotFound
from app.phrases.pay import pay_words
from app.queries.decision import DecisionFacts, decisions_of
from app.queries.imported_cards import ImportedCards, imported_cards
from app.queries.offer import newest_offer
from app.queries.timeline import TimelineMoment, mail_moments, timeline
from app.records.candidate import candidate_facts, reached
from app.records.closing import closed_spells, closing_reasons, newest_whys
from app.records.hold import holds_of
from app.records.opening_job import pay_of
from app.records.opening_rubric import opening_levels, opening_rubric
from app.records.plan import read_plan, usual_seats
from app.records.strip import StripCell, seen_by, strip_of
from app.records.transcripts import ending_with_decision
from app.records.visibility import sealing_of
from app.store.attachment import bytes_of
from app.store.columns import rows_with
from app.store.tables import Application, Attachment, Candidate, Colleague, Interview, Opening, Scorecard, Stage
from app.store.transcript import cards_with_one
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class RoundRow:
    """A round of the plan with one of its interviews, or with none yet (`interview` is None).

    `card` is the newest card that the workspace's user may open, and `is_in` says that a card is in, visible or not.
    `mine` says that the user holds the round, `may_enter` that they may type in its card from paper, and `shadow` that
    the card does not count.
    """

    plan_round: int
    position: int
    exercise: str
    minutes: int
    dimensions: tuple[str, ...]
    interview: int | None = None
    interviewer: int | None = None
    interviewer_name: str = ""
    starts_at: datetime | None = None
    place: str = ""
    card: int | None = None
    card_state: str | None = None
    is_in: bool = False
    mine: bool = False
    may_enter: bool = False
    shadow: bool = False


@dataclass(frozen=True)
class FileRow:
    """An attached file; size in bytes."""

    id: int
    name: str
    size: int
    added_at: datetime


@dataclass(frozen=True)
class Elsewhere:
    """Another application of the same person: in which opening, and how it stands or ended."""

    code: str
    stage: str
    outcome: str


@dataclass(frozen=True)
class ApplicationView:
    """What the page shows. `kept_until` was set by hand or follows from the decision.

    `why` is the reason of the list it was closed for, `held` why it is on hold, `reasons` what a closing may choose.

    `pay` is the opening's range, `pay_told` what the candidate was told of it; `last_seat` says that with them every
    seat is filled. `usual` counts the seats of rounds without anybody that somebody usually has.

    `open` says that the workspace's user may see every card, `owes` that a card of theirs is due. `transcripts` counts
    those that its closing deletes.
    """

    id: int
    candidate: int
    person: CandidateFacts
    applied_on: date | None
    kept_until: date | None
    kept_until_is_set: bool
    opening: int
    code: str
    role: str
    level: str
    stage: int
    stage_name: str
    stages: tuple[tuple[int, str], ...]
    days: int
    outcome: str
    why: str
    close_reason: str
    held: str
    held_until: date | None
    elsewhere: tuple[Elsewhere, ...]
    reasons: tuple[ClosingReason, ...]
    strip: tuple[StripCell, ...]
    rubric: Rubric
    sealing: Sealing
    open: bool
    owes: bool
    opened_early: datetime | None
    open_reason: str
    rounds: tuple[RoundRow, ...]
    timeline: tuple[TimelineMoment, ...]
    files: tuple[FileRow, ...]
    decisions: tuple[DecisionFacts, ...]
    levels: tuple[tuple[str, str], ...]
    transcripts: int
    pay: str
    pay_told: str
    pay_told_on: date | None
    last_seat: bool
    usual: int
    imported: ImportedCards
    offer: int | None = None

    @property
    def name(self) -> str:
        """The candidate's."""
        return self.person.name


def application_page(workspace: Workspace, application: int) -> ApplicationView:
    """One application as the workspace's user may see it. Raises NotFound."""
    with workspace.read() as connection:
        query = (
            select(col(Stage.name))
            .select_from(Application)
            .join(Stage, col(Stage.id) == col(Application.stage_id))
            .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
            .join(Opening, col(Opening.id) == col(Application.opening_id))
            .where(col(Application.id) == application)
        )
        found = rows_with(connection, query, Application, Candidate, Opening)
        if not found:
            raise NotFound(tr("There is no application {id}.").format(id=application))
        row, person, head, stage_name = found[0]
        rubric = opening_rubric(connection, head.id)
        sealing = sealing_of(connection, application)
        seen = seen_by(connection, workspace.me, {application: sealing})[application]
        is_open = workspace.me is not None and sealing.open_to(workspace.me)
        decisions = decisions_of(connection, application, sealed=not is_open)
        held = holds_of(connection, [application]).get(application)
        stages = select(col(Stage.id), col(Stage.name)).where(col(Stage.opening_id) == head.id)
        spells = closed_spells(connection, [application]).get(application, ())
        follows = kept_until(decisions[-1].at.astimezone(workspace.zone).date()) if decisions else None
        return ApplicationView(
            id=application,
            candidate=person.id,
            person=candidate_facts(person, reached(connection, [person.id]).get(person.id, {})),
            applied_on=row.applied_on,
            kept_until=person.kept_until or follows,
            kept_until_is_set=person.kept_until is not None,
            opening=head.id,
            code=head.code,
            role=head.role,
            level=head.level,
            stage=row.stage_id,
            stage_name=stage_name,
            stages=tuple((id, name) for id, name in connection.execute(stages.order_by(col(Stage.position)))),
            days=days_in_stage(row.entered_at, workspace.today(), workspace.zone, spells),
            outcome=row.outcome,
            why=newest_whys(connection, [application]).get(application, "") if row.closed_at else "",
            close_reason=row.close_reason,
            held=held[0] if held else "",
            held_until=held[1] if held else None,
            elsewhere=_elsewhere(connection, person.id, application),
            reasons=closing_reasons(connection),
            strip=strip_of(rubric.dimension_ids, rubric.bar, seen.scores, seen.sealed),
            rubric=rubric,
            sealing=sealing,
            open=is_open,
            owes=workspace.me is not None and sealing.owes(workspace.me),
            opened_early=row.opened_at,
            open_reason=row.open_reason,
            rounds=_rounds(connection, workspace, application, row.plan_id, rubric, sealing),
            timeline=_moments(connection, application, rubric),
            files=_files(connection, application),
            decisions=decisions,
            levels=opening_levels(connection, head.id),
            transcripts=len(cards_with_one(connection, ending_with_decision(connection, application))),
            pay=pay_words(pay_of(head)),
            pay_told=row.pay_told,
            pay_told_on=row.pay_told_on,
            last_seat=_hired(connection, head.id) == head.seats - 1,
            usual=len(usual_seats(connection, application)),
            imported=imported_cards(connection, application, sealing, workspace.me),
            offer=newest_offer(connection, application),
        )


def _moments(connection: Connection, application: int, rubric: Rubric) -> tuple[TimelineMoment, ...]:
    """What happened, with the drafts of mails, which no packet prints."""
    found = (*timeline(connection, application, rubric), *mail_moments(connection, application))
    return tuple(sorted(found, key=lambda moment: moment.at))


def _hired(connection: Connection, opening: int) -> int:
    hired = (col(Application.opening_id) == opening, col(Application.outcome) == Outcome.HIRED)
    return connection.execute(select(func.count()).where(*hired)).scalar_one()


def _elsewhere(connection: Connection, person: int, application: int) -> tuple[Elsewhere, ...]:
    query = (
        select(col(Opening.code), col(Stage.name), col(Application.outcome))
        .select_from(Application)
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Stage, col(Stage.id) == col(Application.stage_id))
        .where(col(Application.candidate_id) == person, col(Application.id) != application)
        .order_by(col(Application.id).desc())
    )
    return tuple(Elsewhere(*row) for row in connection.execute(query))


def _files(connection: Connection, application: int) -> tuple[FileRow, ...]:
    query = select(col(Attachment.id), col(Attachment.name), col(Attachment.size), col(Attachment.added_at))
    of_it = query.where(col(Attachment.application_id) == application).order_by(col(Attachment.id))
    return tuple(FileRow(*row) for row in connection.execute(of_it))


def _rounds(
    connection: Connection, workspace: Workspace, application: int, plan: int, rubric: Rubric, sealing: Sealing
) -> tuple[RoundRow, ...]:
    stored = read_plan(connection, plan)
    rounds = dict(zip(stored.round_ids, stored.plan.rounds, strict=True))
    held = _interviews(connection, application)
    found = []
    for position, (number, planned) in enumerate(rounds.items(), start=1):
        empty = RoundRow(
            plan_round=number,
            position=position,
            exercise=rubric.exercise(planned.exercise).name,
            minutes=planned.minutes,
            dimensions=planned.dimensions,
            may_enter=workspace.me is not None and not sealing.owes(workspace.me),
        )
        of_round = [one for one in held if one[0].round_id == number]
        found += [_held(connection, workspace.me, empty, *one, sealing) for one in of_round] or [empty]
    return tuple(found)


def _held(
    connection: Connection, me: int | None, planned: RoundRow, interview: Interview, name: str, sealing: Sealing
) -> RoundRow:
    """A round of the plan with one of its interviews."""
    newest, is_in = _newest_card(connection, me, interview.id, sealing)
    return replace(
        planned,
        minutes=interview.minutes or planned.minutes,
        dimensions=tuple(interview.dimensions) or planned.dimensions,
        shadow=interview.shadow,
        interview=interview.id,
        interviewer=interview.interviewer_id,
        interviewer_name=name,
        starts_at=interview.starts_at,
        place=interview.place,
        card=newest[0] if newest else None,
        card_state=newest[1] if newest else None,
        is_in=is_in,
        mine=me is not None and interview.interviewer_id == me,
        may_enter=planned.may_enter and not is_in,
    )


def _interviews(connection: Connection, application: int) -> list[tuple[Interview, str]]:
    """The interviews of an application, each with its interviewer's name."""
    query = (
        select(col(Colleague.name))
        .select_from(Interview)
        .join(Colleague, col(Colleague.id) == col(Interview.interviewer_id))
        .where(col(Interview.application_id) == application)
        .order_by(col(Interview.id))
    )
    return rows_with(connection, query, Interview)


def _newest_card(
    connection: Connection, me: int | None, interview: int, sealing: Sealing
) -> tuple[tuple[int, str] | None, bool]:
    """The newest card of an interview that `me` may open, and whether any card of it is in."""
    query = (
        select(col(Scorecard.id), col(Scorecard.state), col(Scorecard.author_id), col(Scorecard.entered_by_id))
        .where(col(Scorecard.interview_id) == interview)
        .order_by(col(Scorecard.id).desc())
    )
    cards = connection.execute(query).all()
    shown = [(id, state) for id, state, author, typed_by in cards if sealing.shows(me, author, typed_by, state)]
    is_in = any(state != CardState.DRAFT for _, state, *_ in cards)
    return (shown[0] if shown else None), is_in


def file_bytes(workspace: Workspace, attachment: int) -> bytes:
    """An attached file's bytes. Raises NotFound."""
    with workspace.read() as connection:
        content = bytes_of(connection, attachment)
    if content is None:
        raise NotFound(tr("There is no attached file {id}.").format(id=attachment))
    return content
