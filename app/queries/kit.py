"""All facts of an interview kit, as one value; and which kits are out and which forms are due.

A kit shows nobody's view: no score, no vote, nothing of any card is read here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import TypeVarTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, ScalarSelect, Select, func, select
from sqlmodel import col

from app.domain.pipeline import Outcome
from app.domain.rubric import Rubric
from app.domain.scorecard_form import FormSpec, form_spec, start_times, working_day_after
from app.errors import NotFound
from app.records.opening_rubric import opening_levels, opening_rubric, opening_rubrics, retired_questions
from app.records.visibility import card_is_in
from app.store.columns import rows_of, rows_with
from app.store.tables import (
    Application,
    Candidate,
    Colleague,
    Interview,
    Opening,
    PacketRecord,
    RubricVersion,
    Scorecard,
    Setting,
)
from app.store.tables_panel import PlanRound
from app.store.workspace import Workspace
from app.words import tr

KIT = "interview kit"
Ts = TypeVarTuple("Ts")


@dataclass(frozen=True)
class KitQuestion:
    """A question with what to ask on; `start` is minutes from the start of the interview."""

    dimension: str
    text: str
    probes: tuple[str, ...]
    start: int


@dataclass(frozen=True)
class KitAnchor:
    """What a score looks like: in a sentence, and what was seen or heard with it."""

    score: int
    summary: str
    behaviours: tuple[str, ...]


@dataclass(frozen=True)
class KitSignal:
    """Something to tick: its id, its label, and its kind (strong, weak, red)."""

    id: str
    label: str
    kind: str


@dataclass(frozen=True)
class KitDimension:
    """One dimension the interviewer scores."""

    id: str
    name: str
    short: str
    anchors: tuple[KitAnchor, ...]
    signals: tuple[KitSignal, ...]


@dataclass(frozen=True)
class KitCell:
    """One cell of the strip; `planned` where this interview scores it."""

    name: str
    planned: bool


@dataclass(frozen=True)
class KitFacts:
    """Everything a kit prints. `by_when` is None where the interview has no time yet."""

    spec: FormSpec
    rubric: str
    candidate: str
    role: str
    level: str
    level_title: str
    exercise: str
    short: str
    rounds: int
    shadow: bool
    interviewer: str
    starts_at: datetime | None
    minutes: int
    place: str
    brief: str
    looks_at: tuple[str, ...]
    questions: tuple[KitQuestion, ...]
    dimensions: tuple[KitDimension, ...]
    strip: tuple[KitCell, ...]
    reasons: tuple[tuple[str, str], ...]
    votes: tuple[tuple[str, str], ...]
    return_to: str
    return_mail: str
    by_when: date | None
    as_of: datetime
    zone: tzinfo
    paper: str

    @property
    def position(self) -> int:
        """The round, from 1."""
        return self.spec.round


def kit_facts(workspace: Workspace, interview: int) -> KitFacts:
    """The facts of one kit. Raises NotFound."""
    with workspace.read() as connection:
        return kit_facts_in(connection, interview)


def kit_facts_in(connection: Connection, interview: int) -> KitFacts:
    """The same inside a read or a step."""
    return scorecard_form_facts(connection, interview)[0]


def scorecard_form_facts(connection: Connection, interview: int) -> tuple[KitFacts, Rubric]:
    """What a form of this interview must be now, and the rubric it is read by. Raises NotFound."""
    query = _of_interviews(
        select(
            col(PlanRound.exercise),
            col(PlanRound.position),
            col(Candidate.name),
            col(Colleague.name),
            col(RubricVersion.digest),
            col(RubricVersion.adopted_at),
        )
    )
    found = rows_with(connection, query.where(col(Interview.id) == interview), Interview, Application, Opening)
    if not found:
        raise NotFound(tr("There is no interview {id}.").format(id=interview))
    planned, applied, opening, exercise_id, position, candidate, interviewer, digest, adopted_at = found[0]
    settings = rows_of(connection, Setting)[0]
    zone = ZoneInfo(settings.time_zone)
    rubric = opening_rubric(connection, opening.id)
    return_to, return_mail = _return_to(connection, opening.manager_id, settings.me_id)
    exercise = rubric.exercise(exercise_id)
    rounds = select(func.count()).where(col(PlanRound.plan_id) == applied.plan_id)
    spec = _spec_of(planned, position, applied.candidate_id, opening.level, digest, settings.key, rubric)
    facts = KitFacts(
        spec=spec,
        rubric=rubric.words,
        candidate=candidate,
        role=opening.role,
        level=opening.level,
        level_title=_title_of(connection, opening),
        exercise=exercise.name,
        short=exercise.short,
        rounds=connection.execute(rounds).scalar_one(),
        shadow=planned.shadow,
        interviewer=interviewer,
        starts_at=planned.starts_at,
        minutes=planned.minutes,
        place=planned.place,
        brief=exercise.brief,
        looks_at=exercise.looks_at,
        questions=_questions(rubric, exercise_id, planned, retired_questions(connection, rubric.id)),
        dimensions=_dimensions(rubric, planned.dimensions),
        strip=tuple(KitCell(d.narrow, d.id in planned.dimensions) for d in rubric.dimensions),
        reasons=tuple((r.id, r.words) for r in rubric.not_assessed_reasons),
        votes=tuple((v.id, v.words) for v in rubric.overall),
        return_to=return_to,
        return_mail=return_mail,
        by_when=working_day_after((planned.starts_at + timedelta(minutes=planned.minutes)).astimezone(zone).date())
        if planned.starts_at is not None
        else None,
        as_of=max(adopted_at, applied.entered_at),
        zone=zone,
        paper=settings.paper,
    )
    return facts, rubric


def _title_of(connection: Connection, opening: Opening) -> str:
    """What the level is called; nothing where it has no other name."""
    title = dict(opening_levels(connection, opening.id)).get(opening.level, "")
    return title if title != opening.level else ""


def _spec_of(
    planned: Interview, position: int, candidate: int, level: str, digest: str, key: str, rubric: Rubric
) -> FormSpec:
    return form_spec(
        rubric,
        planned.dimensions,
        workspace=key,
        interview=planned.id,
        application=planned.application_id,
        candidate=candidate,
        interviewer=planned.interviewer_id,
        digest=digest,
        level=level,
        round=position + 1,
    )


@dataclass(frozen=True)
class FormOf:
    """Whose form a page without fields is."""

    interview: int
    interviewer: str
    candidate: str


def interview_of_form(workspace: Workspace, interview: int | None, ids: frozenset[str]) -> FormOf | None:
    """The interview a form is for, by its number or by the form id on its pages; None where neither is known."""
    if interview is None and not ids:
        return None
    with workspace.read() as connection:
        key = connection.execute(select(col(Setting.key))).scalar_one()
        query = _of_interviews(
            select(
                col(PlanRound.position),
                col(Application.candidate_id),
                col(Opening.level),
                col(Opening.id),
                col(RubricVersion.digest),
                col(Candidate.name),
                col(Colleague.name),
            )
        )
        query = query.where(col(Interview.id) == interview) if interview is not None else query
        for planned, position, person, level, opening, digest, candidate, name in rows_with(
            connection, query, Interview
        ):
            rubric = opening_rubric(connection, opening)
            spec = _spec_of(planned, position, person, level, digest, key, rubric)
            if interview is not None or spec.form_id in ids:
                return FormOf(planned.id, name, candidate)
    return None


@dataclass(frozen=True)
class KitRow:
    """One interview in the list of kits: `card` is "" (none yet), "begun" or "in"; `made_at` when a kit last left."""

    interview: int
    application: int
    candidate: str
    opening: int
    code: str
    role: str
    exercise: str
    position: int
    rounds: int
    interviewer: str
    mail: str
    mine: bool
    shadow: bool
    starts_at: datetime | None
    minutes: int
    place: str
    card: str
    made_at: datetime | None


def kit_rows(workspace: Workspace, opening: int | None = None) -> tuple[KitRow, ...]:
    """The interviews of active applications, of all openings or one, by opening and date.

    Where a card is, is all that is said of it.
    """
    query = _rows_query()
    if opening is not None:
        query = query.where(col(Opening.id) == opening)
    with workspace.read() as connection:
        if opening is not None and not rows_of(connection, Opening, col(Opening.id) == opening):
            raise NotFound(tr("There is no opening {id}.").format(id=opening))
        rows = rows_with(connection, query, Interview, Opening)
        counts = select(col(PlanRound.plan_id), func.count(col(PlanRound.id))).group_by(col(PlanRound.plan_id))
        rounds = dict(connection.execute(counts).all())
        rubrics = opening_rubrics(connection, {opened.id for _, opened, *_ in rows})
    return tuple(
        KitRow(
            interview=planned.id,
            application=planned.application_id,
            candidate=candidate,
            opening=opened.id,
            code=opened.code,
            role=opened.role,
            exercise=rubrics[opened.id].exercise(exercise).name,
            position=position + 1,
            rounds=rounds[plan],
            interviewer=interviewer,
            mail=mail,
            mine=planned.interviewer_id == workspace.me,
            shadow=planned.shadow,
            starts_at=planned.starts_at,
            minutes=planned.minutes,
            place=planned.place,
            card="in" if is_in else "begun" if begun else "",
            made_at=made_at,
        )
        for planned, opened, exercise, position, plan, candidate, interviewer, mail, is_in, begun, made_at in rows
    )


def without_card(rows: tuple[KitRow, ...]) -> tuple[KitRow, ...]:
    """Those a kit is made for in one go: no card yet, not even begun in the program."""
    return tuple(row for row in rows if not row.card)


def _rows_query() -> Select[str, int, int, str, str, str, bool, bool, datetime]:
    """Of active applications: exercise, place and plan of the round, names and mail, how far the card
    is, and when a kit last left."""
    begun = select(col(Scorecard.id)).where(col(Scorecard.interview_id) == col(Interview.id)).exists()
    left = select(func.max(col(PacketRecord.made_at))).where(col(PacketRecord.interview_id) == col(Interview.id))
    made_at: ScalarSelect[datetime] = left.scalar_subquery()
    query = select(
        col(PlanRound.exercise),
        col(PlanRound.position),
        col(Application.plan_id),
        col(Candidate.name),
        col(Colleague.name),
        col(Colleague.mail),
        card_is_in(),
        begun,
        made_at,
    )
    return (
        _of_interviews(query)
        .where(col(Application.outcome) == Outcome.ACTIVE)
        .order_by(col(Opening.id), col(Interview.starts_at).is_(None), col(Interview.starts_at), col(Interview.id))
    )


def _of_interviews(query: Select[*Ts]) -> Select[*Ts]:
    """A query that reads from interviews, their rounds, applications, openings, rubrics and people."""
    return (
        query.select_from(Interview)
        .join(PlanRound, col(PlanRound.id) == col(Interview.round_id))
        .join(Application, col(Application.id) == col(Interview.application_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(RubricVersion, col(RubricVersion.id) == col(Opening.rubric_id))
        .join(Candidate, col(Candidate.id) == col(Application.candidate_id))
        .join(Colleague, col(Colleague.id) == col(Interview.interviewer_id))
    )


def _questions(rubric: Rubric, exercise: str, planned: Interview, retired: Collection[str]) -> tuple[KitQuestion, ...]:
    asked = rubric.questions_for(exercise, planned.dimensions, retired)
    starts = start_times(planned.minutes, len(asked))
    return tuple(
        KitQuestion(dimension.short, question.text, question.probes, start)
        for (dimension, question), start in zip(asked, starts, strict=True)
    )


def _dimensions(rubric: Rubric, planned: list[str]) -> tuple[KitDimension, ...]:
    return tuple(
        KitDimension(
            id=dimension.id,
            name=dimension.name,
            short=dimension.short,
            anchors=tuple(KitAnchor(a.score, a.summary, a.behaviours) for a in dimension.anchors),
            signals=tuple(KitSignal(s.id, s.label, s.kind) for s in rubric.signals_of(dimension.id)),
        )
        for dimension in map(rubric.dimension, planned)
    )


def _return_to(connection: Connection, manager: int | None, me: int | None) -> tuple[str, str]:
    """Name and mail of who gets the form back: the opening's manager, else who uses the workspace."""
    for who in (manager, me):
        query = select(col(Colleague.name), col(Colleague.mail)).where(col(Colleague.id) == who)
        row = connection.execute(query).first()
        if row is not None:
            return row
    return "", ""
