"""One application's page: the person, the strip, rounds and cards as one may see them, timeline, files, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from app.domain.pipeline import days_in_stage, kept_until
from app.domain.rubric import Rubric
from app.domain.scorecard import CardState, Sealing
from app.errors import NotFound
from app.queries.decision import DecisionFacts, decisions_of
from app.queries.offer import newest_offer
from app.queries.timeline import TimelineMoment, timeline
from app.records.closing import closed_spells
from app.records.plan import read_plan
from app.records.strip import StripCell, seen_by, strip_of
from app.records.visibility import sealing_of
from app.store.attachment import bytes_of
from app.store.columns import table_of
from app.store.rubric import read_pack
from app.store.tables import Application, Attachment, Candidate, Colleague, Interview, Opening, Scorecard, Stage
from app.store.tables_panel import PlanRound
from app.store.workspace import Workspace
from app.words import tr

_application, _candidate, _opening, _stage = (
    table_of(Application),
    table_of(Candidate),
    table_of(Opening),
    table_of(Stage),
)
_interview, _round, _card, _colleague = (
    table_of(Interview),
    table_of(PlanRound),
    table_of(Scorecard),
    table_of(Colleague),
)
_attached = table_of(Attachment)


@dataclass(frozen=True)
class RoundRow:
    """A round of the plan with one of its interviews, or with none yet (`interview` is None).

    `card` is the newest card one may open, `is_in` says that a card is in, whether one may see it or not;
    `mine` that I hold the round; `may_enter` that its card may be typed in by me from paper; `shadow` that the card
    counts nowhere.
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
class ApplicationView:
    """What the page shows. `open` says that I may see everybody's cards, `owes` that one of mine is due."""

    id: int
    candidate: int
    name: str
    mail: str
    phone: str
    now_at: str
    place: str
    came_by: str
    can_start: str
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
    close_reason: str
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
    offer: int | None = None


def application_page(workspace: Workspace, application: int) -> ApplicationView:
    """One application as the workspace's user may see it. Raises NotFound."""
    with workspace.read() as connection:
        row = (
            connection.execute(
                select(_application, _stage.c.name.label("stage_name"))
                .select_from(_application.join(_stage))
                .where(_application.c.id == application)
            )
            .mappings()
            .first()
        )
        if row is None:
            raise NotFound(tr("There is no application {id}.").format(id=application))
        person = connection.execute(select(_candidate).where(_candidate.c.id == row["candidate_id"])).mappings().one()
        head = connection.execute(select(_opening).where(_opening.c.id == row["opening_id"])).mappings().one()
        pack = read_pack(connection, head["rubric_id"])
        rubric = pack.rubric
        sealing = sealing_of(connection, application)
        seen = seen_by(connection, workspace.me, {application: sealing})[application]
        is_open = workspace.me is not None and sealing.open_to(workspace.me)
        decisions = decisions_of(connection, application, sealed=not is_open)
        stages = connection.execute(
            select(_stage.c.id, _stage.c.name).where(_stage.c.opening_id == head["id"]).order_by(_stage.c.position)
        )
        files = connection.execute(
            select(_attached).where(_attached.c.application_id == application).order_by(_attached.c.id)
        )
        spells = closed_spells(connection, [application]).get(application, ())
        follows = kept_until(decisions[-1].at.astimezone(workspace.zone).date()) if decisions else None
        return ApplicationView(
            id=application,
            candidate=person["id"],
            **{k: person[k] for k in ("name", "mail", "phone", "now_at", "place", "came_by", "can_start")},
            applied_on=row["applied_on"],
            kept_until=person["kept_until"] or follows,
            kept_until_is_set=person["kept_until"] is not None,
            opening=head["id"],
            code=head["code"],
            role=head["role"],
            level=head["level"],
            stage=row["stage_id"],
            stage_name=row["stage_name"],
            stages=tuple((s.id, s.name) for s in stages),
            days=days_in_stage(row["entered_at"], workspace.today(), workspace.zone, spells),
            outcome=row["outcome"],
            close_reason=row["close_reason"],
            strip=strip_of(rubric.dimension_ids, rubric.bar, seen.scores, seen.sealed),
            rubric=rubric,
            sealing=sealing,
            open=is_open,
            owes=workspace.me is not None and sealing.owes(workspace.me),
            opened_early=row["opened_at"],
            open_reason=row["open_reason"],
            rounds=_rounds(connection, workspace, application, row["plan_id"], rubric, sealing),
            timeline=timeline(connection, application, rubric),
            files=tuple(FileRow(f.id, f.name, f.size, f.added_at) for f in files),
            decisions=decisions,
            levels=tuple((known.id, known.title) for known in pack.levels.levels),
            offer=newest_offer(connection, application),
        )


def _rounds(
    connection: Connection, workspace: Workspace, application: int, plan: int, rubric: Rubric, sealing: Sealing
) -> tuple[RoundRow, ...]:
    query = (
        select(
            _round,
            _interview.c.id.label("interview"),
            _interview.c.interviewer_id,
            _interview.c.starts_at,
            _interview.c.place,
            _interview.c.minutes.label("planned_minutes"),
            _interview.c.dimensions,
            _interview.c.shadow,
            _colleague.c.name,
        )
        .select_from(
            _round.outerjoin(
                _interview, (_interview.c.round_id == _round.c.id) & (_interview.c.application_id == application)
            ).outerjoin(_colleague, _colleague.c.id == _interview.c.interviewer_id)
        )
        .where(_round.c.plan_id == plan)
        .order_by(_round.c.position, _interview.c.id)
    )
    me = workspace.me
    stored = read_plan(connection, plan)
    rounds = dict(zip(stored.round_ids, stored.plan.rounds, strict=True))
    found = []
    for row in connection.execute(query).mappings().all():
        newest, is_in = _newest_card(connection, me, row["interview"], sealing)
        found.append(
            RoundRow(
                plan_round=row["id"],
                position=row["position"] + 1,
                exercise=rubric.exercise(row["exercise"]).name,
                minutes=row["planned_minutes"] or row["minutes"],
                dimensions=tuple(row["dimensions"] or rounds[row["id"]].dimensions),
                shadow=bool(row["shadow"]),
                interview=row["interview"],
                interviewer=row["interviewer_id"],
                interviewer_name=row["name"] or "",
                starts_at=row["starts_at"],
                place=row["place"] or "",
                card=newest[0] if newest else None,
                card_state=newest[1] if newest else None,
                is_in=is_in,
                mine=me is not None and row["interviewer_id"] == me,
                may_enter=me is not None and not is_in and not sealing.owes(me),
            )
        )
    return tuple(found)


def _newest_card(
    connection: Connection, me: int | None, interview: int | None, sealing: Sealing
) -> tuple[tuple[int, str] | None, bool]:
    """The newest card of an interview that I may open, and whether any card of it is in."""
    query = select(_card).where(_card.c.interview_id == interview).order_by(_card.c.id.desc())
    cards = connection.execute(query).mappings().all()
    shown = [c for c in cards if sealing.shows(me, c["author_id"], c["entered_by_id"], c["state"])]
    is_in = any(c["state"] != CardState.DRAFT for c in cards)
    return ((shown[0]["id"], shown[0]["state"]) if shown else None), is_in


def file_bytes(workspace: Workspace, attachment: int) -> bytes:
    """An attached file's bytes. Raises NotFound."""
    with workspace.read() as connection:
        content = bytes_of(connection, attachment)
    if content is None:
        raise NotFound(tr("There is no attached file {id}.").format(id=attachment))
    return content
