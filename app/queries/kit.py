"""All facts of an interview kit, as one value; and which kits are out and which forms are due.

A kit shows nobody's view: no score, no vote, nothing of any card is read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, Select, func, select

from app.domain.pack import Pack
from app.domain.pipeline import Outcome
from app.domain.rubric import Rubric
from app.domain.scorecard_form import FormSpec, start_times, working_day_after
from app.errors import NotFound
from app.records.scorecard_form import spec_of_row
from app.records.visibility import card_is_in
from app.store.columns import table_of
from app.store.rubric import read_pack
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

_interview, _round, _card = table_of(Interview), table_of(PlanRound), table_of(Scorecard)
_application, _candidate, _opening = table_of(Application), table_of(Candidate), table_of(Opening)
_colleague, _version, _packet = table_of(Colleague), table_of(RubricVersion), table_of(PacketRecord)
_setting = table_of(Setting)
KIT = "interview kit"


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
    row = _head(connection, interview)
    settings = connection.execute(select(_setting)).mappings().one()
    zone = _zone_of(settings)
    pack = read_pack(connection, row["rubric_id"])
    rubric = pack.rubric
    back = _return_to(connection, row["manager_id"], settings["me_id"])
    starts: datetime | None = row["starts_at"]
    exercise = rubric.exercise(row["exercise"])
    return KitFacts(
        spec=spec_of_row(row, settings["key"], rubric),
        candidate=row["candidate"],
        role=row["role"],
        level=row["level"],
        level_title=_title(pack, row["level"]),
        exercise=exercise.name,
        short=exercise.short,
        rounds=_rounds(connection, row["plan_id"]),
        shadow=bool(row["shadow"]),
        interviewer=row["interviewer"],
        starts_at=starts,
        minutes=row["minutes"],
        place=row["place"],
        brief=exercise.brief,
        looks_at=exercise.looks_at,
        questions=_questions(rubric, row),
        dimensions=_dimensions(rubric, row["dimensions"]),
        strip=tuple(KitCell(d.narrow, d.id in row["dimensions"]) for d in rubric.dimensions),
        reasons=tuple((r.id, r.words) for r in rubric.not_assessed_reasons),
        votes=tuple((v.id, v.words) for v in rubric.overall),
        return_to=back[0],
        return_mail=back[1],
        by_when=working_day_after((starts + timedelta(minutes=row["minutes"])).astimezone(zone).date())
        if starts is not None
        else None,
        as_of=max(row["adopted_at"], row["entered_at"]),
        zone=zone,
        paper=settings["paper"],
    )


def scorecard_form_facts(connection: Connection, interview: int) -> tuple[KitFacts, Rubric]:
    """What a form of this interview must be now, and the rubric it is read by. Raises NotFound."""
    facts = kit_facts_in(connection, interview)
    rubric_id = _head(connection, interview)["rubric_id"]
    return facts, read_pack(connection, rubric_id).rubric


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
        key: str = connection.execute(select(_setting.c.key)).scalar_one()
        query = _select_interviews()
        query = query.where(_interview.c.id == interview) if interview is not None else query
        for row in connection.execute(query).mappings():
            rubric = read_pack(connection, row["rubric_id"]).rubric
            if interview is not None or spec_of_row(row, key, rubric).form_id in ids:
                return FormOf(row["id"], row["interviewer"], row["candidate"])
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
    query = _rows_query().where(_application.c.outcome == Outcome.ACTIVE)
    if opening is not None:
        query = query.where(_opening.c.id == opening)
    with workspace.read() as connection:
        if (
            opening is not None
            and connection.execute(select(_opening.c.id).where(_opening.c.id == opening)).first() is None
        ):
            raise NotFound(tr("There is no opening {id}.").format(id=opening))
        rows = connection.execute(query).mappings().all()
        query = select(_round.c.plan_id, func.count(_round.c.id).label("n")).group_by(_round.c.plan_id)
        rounds = {row.plan_id: row.n for row in connection.execute(query)}
        rubrics = {version: read_pack(connection, version).rubric for version in {r["rubric_id"] for r in rows}}
        return tuple(_kit_row(row, rubrics[row["rubric_id"]], rounds[row["plan_id"]], workspace.me) for row in rows)


def without_card(rows: tuple[KitRow, ...]) -> tuple[KitRow, ...]:
    """Those a kit is made for in one go: no card yet, not even begun in the program."""
    return tuple(row for row in rows if not row.card)


def _rows_query() -> Select[tuple[object, ...]]:
    begun = select(_card.c.id).where(_card.c.interview_id == _interview.c.id).exists()
    made = select(func.max(_packet.c.made_at)).where(_packet.c.interview_id == _interview.c.id).scalar_subquery()
    return (
        _select_interviews()
        .add_columns(card_is_in().label("is_in"), begun.label("begun"), made.label("made_at"))
        .order_by(_opening.c.id, _interview.c.starts_at.is_(None), _interview.c.starts_at, _interview.c.id)
    )


def _kit_row(row: RowMapping, rubric: Rubric, rounds: int, me: int | None) -> KitRow:
    made = row["made_at"]
    return KitRow(
        interview=row["id"],
        application=row["application_id"],
        candidate=row["candidate"],
        opening=row["opening_id"],
        code=row["code"],
        role=row["role"],
        exercise=rubric.exercise(row["exercise"]).name,
        position=row["position"] + 1,
        rounds=rounds,
        interviewer=row["interviewer"],
        mail=row["mail"],
        mine=row["interviewer_id"] == me,
        shadow=bool(row["shadow"]),
        starts_at=row["starts_at"],
        minutes=row["minutes"],
        place=row["place"],
        card="in" if row["is_in"] else "begun" if row["begun"] else "",
        made_at=made,
    )


def _select_interviews() -> Select[tuple[object, ...]]:
    return select(
        _interview,
        _round.c.exercise,
        _round.c.position,
        _application.c.candidate_id,
        _application.c.plan_id,
        _application.c.opening_id,
        _application.c.entered_at,
        _candidate.c.name.label("candidate"),
        _opening.c.role,
        _opening.c.code,
        _opening.c.level,
        _opening.c.manager_id,
        _opening.c.rubric_id,
        _colleague.c.name.label("interviewer"),
        _colleague.c.mail,
        _version.c.digest,
        _version.c.adopted_at,
    ).select_from(
        _interview.join(_round, _round.c.id == _interview.c.round_id)
        .join(_application, _application.c.id == _interview.c.application_id)
        .join(_opening, _opening.c.id == _application.c.opening_id)
        .join(_version, _version.c.id == _opening.c.rubric_id)
        .join(_candidate, _candidate.c.id == _application.c.candidate_id)
        .join(_colleague, _colleague.c.id == _interview.c.interviewer_id)
    )


def _head(connection: Connection, interview: int) -> RowMapping:
    row = connection.execute(_select_interviews().where(_interview.c.id == interview)).mappings().first()
    if row is None:
        raise NotFound(tr("There is no interview {id}.").format(id=interview))
    return row


def _questions(rubric: Rubric, row: RowMapping) -> tuple[KitQuestion, ...]:
    asked = rubric.questions_for(row["exercise"], row["dimensions"])
    starts = start_times(row["minutes"], len(asked))
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


def _rounds(connection: Connection, plan: int) -> int:
    return len(connection.execute(select(_round.c.id).where(_round.c.plan_id == plan)).all())


def _title(pack: Pack, level: str) -> str:
    return next((known.title for known in pack.levels.levels if known.id == level), "")


def _return_to(connection: Connection, manager: int | None, me: int | None) -> tuple[str, str]:
    """Name and mail of who gets the form back: the opening's manager, else who uses the workspace."""
    for who in (manager, me):
        row = connection.execute(select(_colleague.c.name, _colleague.c.mail).where(_colleague.c.id == who)).first()
        if row is not None:
            return row.name, row.mail
    return "", ""


def _zone_of(settings: RowMapping) -> tzinfo:
    return ZoneInfo(settings["time_zone"])
