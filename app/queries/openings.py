"""Openings as their list and their own page show them, closed ones too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select
from sqlmodel import col

from app.domain.job_description import TextBlock, described, description_faults, unfilled
from app.domain.operations import KIT, Op
from app.domain.pay import PayRange
from app.domain.pipeline import OpeningEnd, Outcome
from app.errors import NotFound, NotYet
from app.phrases.opening import closed_words, seats_words, waits_words
from app.queries.lists import OpeningRow, opening_rows
from app.queries.rubrics import RubricRow, rows_in
from app.records.opening_job import description_places, pay_of
from app.records.plan import newest_plan, read_plan
from app.store.columns import rows_of
from app.store.history_tables import History
from app.store.tables import Application, Colleague, Interview, Opening, PacketRecord, Setting, Stage, StageEntry
from app.store.tables_pipeline import OpeningClosing
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class ClosingOfOpening:
    """One closing of an opening: how, when, why and by whom; `reopened_on` where it was taken up again."""

    how: OpeningEnd
    on: date
    reason: str
    by: str
    reopened_on: date | None

    @property
    def words(self) -> str:
        """How, when and why."""
        return closed_words(self.how, self.on, self.reason)


@dataclass(frozen=True)
class OpeningLine:
    """An opening in the list. `day` counts from the approval to today, or to its closing; None where it has none."""

    row: OpeningRow
    rubric: str
    manager: str
    hired: int
    day: int | None
    closing: ClosingOfOpening | None

    @property
    def full(self) -> bool:
        """Whether everybody it is for is found, and it is still open."""
        return self.closing is None and self.hired >= self.row.seats

    @property
    def seats(self) -> str:
        """How many are found, of how many."""
        return seats_words(self.hired, self.row.seats)

    @property
    def waits(self) -> str:
        """How long it is, or was, open."""
        return waits_words(self.day, self.row.target, closed=self.closing is not None)


@dataclass(frozen=True)
class StageLine:
    """A stage: who is in it now, and whether anybody ever was."""

    id: int
    name: str
    here: int
    used: bool


@dataclass(frozen=True)
class PlanLine:
    """What the page says of the interview plan."""

    version: int
    rounds: int
    minutes: int


@dataclass(frozen=True)
class OpeningView:
    """An opening's page. `interviews` are planned, `kits` are out; `blocks` are the description with its places filled,
    empty while it has `faults`; a line that asks for one of the `unfilled` places is left out."""

    line: OpeningLine
    rubric: RubricRow
    approved_by: str
    interviews: int
    kits: int
    stages: tuple[StageLine, ...]
    plan: PlanLine
    pay: PayRange
    description: str
    blocks: tuple[TextBlock, ...]
    faults: tuple[str, ...]
    unfilled: tuple[str, ...]
    closings: tuple[ClosingOfOpening, ...]

    @property
    def id(self) -> int:
        """Its number."""
        return self.line.row.id


@dataclass(frozen=True)
class JobFacts:
    """What a printed job description says."""

    role: str
    code: str
    organisation: str
    blocks: tuple[TextBlock, ...]
    as_of: datetime
    paper: str


def openings(workspace: Workspace) -> tuple[OpeningLine, ...]:
    """Every opening, those with most open applications first, closed ones last."""
    rows = opening_rows(workspace)
    with workspace.read() as connection:
        lines = _lines(connection, workspace, rows)
    return tuple(sorted(lines, key=lambda line: line.closing is not None))


def opening_view(workspace: Workspace, opening: int) -> OpeningView:
    """The page of one. Raises NotFound."""
    row = next((row for row in opening_rows(workspace) if row.id == opening), None)
    if row is None:
        raise NotFound(tr("There is no opening {id}.").format(id=opening))
    with workspace.read() as connection:
        (line,) = _lines(connection, workspace, (row,))
        held = rows_of(connection, Opening, col(Opening.id) == opening)[0]
        rubric = next(one for one in rows_in(connection) if one.id == held.rubric_id)
        stored = read_plan(connection, newest_plan(connection, opening))
        faults = description_faults(held.description)
        places = description_places(connection, held)
        blocks = described(held.description, places) if not faults else ()
        names = _names(connection)
        return OpeningView(
            line,
            rubric,
            names.get(held.approved_by_id or 0, ""),
            _planned_interviews(connection, opening),
            _kits_out(connection, opening),
            _stage_lines(connection, opening),
            PlanLine(stored.version, len(stored.plan.rounds), stored.plan.minutes),
            pay_of(held),
            held.description,
            blocks,
            faults,
            unfilled(held.description, places) if not faults else (),
            _closings(connection, opening, names),
        )


def job_facts(workspace: Workspace, opening: int) -> JobFacts:
    """What the job description of an opening prints. Raises NotFound, and NotYet while it is empty or has faults."""
    view = opening_view(workspace, opening)
    code = view.line.row.code
    if view.faults:
        raise NotYet(
            tr("The job description of {code} can’t be filled: {faults}.").format(
                code=code, faults=", ".join(f"“{fault}”" for fault in view.faults)
            ),
            tr("Mend it on the opening’s page."),
        )
    if not view.blocks:
        raise NotYet(
            tr("{code} has no job description.").format(code=code), tr("Write it on the opening’s page first.")
        )
    with workspace.read() as connection:
        setting = rows_of(connection, Setting)[0]
        of_it = (col(History.subject) == f"opening:{opening}", col(History.op) != Op.EXPORT_PACKET)
        at = connection.execute(select(func.max(col(History.at))).where(*of_it)).scalar_one()
    as_of = datetime.fromisoformat(at)
    return JobFacts(view.line.row.role, code, setting.organisation, view.blocks, as_of, setting.paper)


def _lines(connection: Connection, workspace: Workspace, rows: tuple[OpeningRow, ...]) -> list[OpeningLine]:
    names, today = _names(connection), workspace.today()
    rubrics = {one.id: one.words for one in rows_in(connection)}
    hired = select(col(Application.opening_id), func.count()).where(col(Application.outcome) == Outcome.HIRED)
    found = dict(connection.execute(hired.group_by(col(Application.opening_id))).all())
    closings = {row.id: _standing_closing(connection, row, names) for row in rows}
    lines = []
    for row in rows:
        closing = closings[row.id]
        until = closing.on if closing is not None else today
        days = (until - row.approved_on).days if row.approved_on is not None else None
        manager = names.get(row.manager or 0, "")
        lines.append(OpeningLine(row, rubrics[row.rubric], manager, found.get(row.id, 0), days, closing))
    return lines


def _standing_closing(connection: Connection, row: OpeningRow, names: dict[int, str]) -> ClosingOfOpening | None:
    if not row.closed:
        return None
    return next((one for one in _closings(connection, row.id, names) if one.reopened_on is None), None)


def _closings(connection: Connection, opening: int, names: dict[int, str]) -> tuple[ClosingOfOpening, ...]:
    """The newest first."""
    of_it = col(OpeningClosing.opening_id) == opening
    rows = rows_of(connection, OpeningClosing, of_it, order_by=[col(OpeningClosing.id).desc()])
    return tuple(
        ClosingOfOpening(OpeningEnd(r.how), r.closed_on, r.reason, names.get(r.by_id or 0, ""), r.reopened_on)
        for r in rows
    )


def _names(connection: Connection) -> dict[int, str]:
    return dict(connection.execute(select(col(Colleague.id), col(Colleague.name))).all())


def _planned_interviews(connection: Connection, opening: int) -> int:
    query = select(func.count()).select_from(Interview).join(Application)
    return connection.execute(query.where(col(Application.opening_id) == opening)).scalar_one()


def _kits_out(connection: Connection, opening: int) -> int:
    query = (
        select(func.count(func.distinct(col(PacketRecord.interview_id))))
        .select_from(PacketRecord)
        .join(Application, col(Application.id) == col(PacketRecord.application_id))
        .where(col(PacketRecord.packet) == KIT, col(Application.opening_id) == opening)
    )
    return connection.execute(query).scalar_one()


def _stage_lines(connection: Connection, opening: int) -> tuple[StageLine, ...]:
    here = (
        select(func.count())
        .where(col(Application.stage_id) == col(Stage.id), col(Application.outcome) == Outcome.ACTIVE)
        .scalar_subquery()
    )
    ever = select(func.count()).where(col(StageEntry.stage_id) == col(Stage.id)).scalar_subquery()
    was = select(func.count()).where(col(Application.stage_id) == col(Stage.id)).scalar_subquery()
    query = select(col(Stage.id), col(Stage.name), here, ever + was).where(col(Stage.opening_id) == opening)
    rows = connection.execute(query.order_by(col(Stage.position), col(Stage.id)))
    return tuple(StageLine(number, name, now, bool(used)) for number, name, now, used in rows)
