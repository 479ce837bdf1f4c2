"""The page of a candidate over all their applications: what is known, tags, notes, files, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.candidate import CandidateFacts
from app.domain.pipeline import Outcome, days_in_stage, kept_until
from app.errors import NotFound
from app.queries.application import FileRow
from app.records.candidate import candidate_facts, known_tags, reached, tags_of
from app.records.closing import closed_spells, newest_whys
from app.records.hold import holds_of
from app.records.strip import StripCell, seen_by, strip_of
from app.records.transcripts import ending_with_decision
from app.records.visibility import sealings
from app.store.columns import rows_of, rows_with
from app.store.rubric import read_pack
from app.store.tables import Application, Attachment, Candidate, Colleague, Opening, Stage
from app.store.tables_panel import Decision
from app.store.tables_people import CandidateNote, FurtherFact
from app.store.transcript import cards_with_one
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class TheirApplication:
    """One application of a candidate. `why` and `reason` are those of its closing; `held` why it is on hold.

    `transcripts` counts those that are deleted when it is closed.
    """

    id: int
    opening: int
    code: str
    role: str
    stage: str
    days: int
    applied_on: date | None
    outcome: str
    closed_at: datetime | None
    why: str
    reason: str
    held: str
    held_until: date | None
    strip: tuple[StripCell, ...]
    names: tuple[str, ...]
    cards_in: int
    cards_planned: int
    transcripts: int


@dataclass(frozen=True)
class NoteRow:
    """A note that the workspace's user may read; `mine` says that it is theirs."""

    id: int
    at: datetime
    text: str
    author: str
    private: bool
    mine: bool


@dataclass(frozen=True)
class TheirFile:
    """An attached file, and the opening whose application it is attached to."""

    file: FileRow
    code: str


@dataclass(frozen=True)
class CandidateView:
    """What the page shows. `follows` is the day until which the record is kept where none was set by hand.

    `elsewhere` are the openings they are in no open application of, as choices.
    """

    id: int
    person: CandidateFacts
    follows: date | None
    tags: tuple[str, ...]
    further: tuple[tuple[str, str], ...]
    applications: tuple[TheirApplication, ...]
    notes: tuple[NoteRow, ...]
    files: tuple[TheirFile, ...]
    elsewhere: tuple[tuple[int, str], ...]
    all_tags: tuple[str, ...]


def candidate_page(workspace: Workspace, candidate: int) -> CandidateView:
    """A candidate as the workspace's user may see them. Raises NotFound."""
    with workspace.read() as connection:
        row = next(iter(rows_of(connection, Candidate, col(Candidate.id) == candidate)), None)
        if row is None:
            raise NotFound(tr("There is no candidate {id}.").format(id=candidate))
        applications = _applications(connection, workspace, candidate)
        decided = select(col(Decision.at)).join(Application, col(Application.id) == col(Decision.application_id))
        last = connection.execute(
            decided.where(col(Application.candidate_id) == candidate).order_by(col(Decision.id).desc()).limit(1)
        ).scalar()
        return CandidateView(
            id=candidate,
            person=candidate_facts(row, reached(connection, [candidate]).get(candidate, {})),
            follows=kept_until(last.astimezone(workspace.zone).date()) if last is not None else None,
            tags=tags_of(connection, [candidate]).get(candidate, ()),
            further=tuple(
                (name, value)
                for name, value in connection.execute(
                    select(col(FurtherFact.name), col(FurtherFact.value))
                    .where(col(FurtherFact.candidate_id) == candidate)
                    .order_by(col(FurtherFact.id))
                )
            ),
            applications=applications,
            notes=notes_of(connection, workspace.me, candidate),
            files=_files(connection, candidate),
            elsewhere=_elsewhere(connection, applications),
            all_tags=known_tags(connection),
        )


def notes_of(connection: Connection, me: int | None, candidate: int) -> tuple[NoteRow, ...]:
    """The panel's notes about a candidate and one's own, the newest first; nobody else's private ones."""
    query = (
        select(col(Colleague.name))
        .select_from(CandidateNote)
        .outerjoin(Colleague, col(Colleague.id) == col(CandidateNote.author_id))
        .where(
            col(CandidateNote.candidate_id) == candidate,
            col(CandidateNote.private).is_(False) | (col(CandidateNote.author_id) == me),
        )
        .order_by(col(CandidateNote.at).desc(), col(CandidateNote.id).desc())
    )
    return tuple(
        NoteRow(note.id, note.at, note.text, author or "", note.private, me is not None and note.author_id == me)
        for note, author in rows_with(connection, query, CandidateNote)
    )


def _applications(connection: Connection, workspace: Workspace, candidate: int) -> tuple[TheirApplication, ...]:
    query = (
        select(col(Stage.name))
        .select_from(Application)
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .join(Stage, col(Stage.id) == col(Application.stage_id))
        .where(col(Application.candidate_id) == candidate)
        .order_by(col(Application.outcome) != Outcome.ACTIVE, col(Application.id).desc())
    )
    rows = rows_with(connection, query, Application, Opening)
    numbers = [row.id for row, *_ in rows]
    sealing = sealings(connection, numbers)
    seen, spells = seen_by(connection, workspace.me, sealing), closed_spells(connection, numbers)
    whys, holds = newest_whys(connection, numbers), holds_of(connection, numbers)
    found = []
    for row, opening, stage in rows:
        rubric = read_pack(connection, opening.rubric_id).rubric
        held = holds.get(row.id)
        found.append(
            TheirApplication(
                id=row.id,
                opening=opening.id,
                code=opening.code,
                role=opening.role,
                stage=stage,
                days=days_in_stage(row.entered_at, workspace.today(), workspace.zone, spells.get(row.id, ())),
                applied_on=row.applied_on,
                outcome=row.outcome,
                closed_at=row.closed_at,
                why=whys.get(row.id, "") if row.outcome != Outcome.ACTIVE else "",
                reason=row.close_reason,
                held=held[0] if held else "",
                held_until=held[1] if held else None,
                strip=strip_of(rubric.dimension_ids, rubric.bar, seen[row.id].scores, seen[row.id].sealed),
                names=tuple(d.narrow for d in rubric.dimensions),
                cards_in=sealing[row.id].cards_in,
                cards_planned=sealing[row.id].cards_planned,
                transcripts=len(cards_with_one(connection, ending_with_decision(connection, row.id))),
            )
        )
    return tuple(found)


def _files(connection: Connection, candidate: int) -> tuple[TheirFile, ...]:
    query = (
        select(
            col(Attachment.id),
            col(Attachment.name),
            col(Attachment.size),
            col(Attachment.added_at),
            col(Opening.code),
        )
        .select_from(Attachment)
        .join(Application, col(Application.id) == col(Attachment.application_id))
        .join(Opening, col(Opening.id) == col(Application.opening_id))
        .where(col(Application.candidate_id) == candidate)
        .order_by(col(Attachment.id))
    )
    return tuple(
        TheirFile(FileRow(number, name, size, added_at), code)
        for number, name, size, added_at, code in connection.execute(query)
    )


def _elsewhere(connection: Connection, held: tuple[TheirApplication, ...]) -> tuple[tuple[int, str], ...]:
    here = {one.opening for one in held if one.outcome == Outcome.ACTIVE}
    query = select(col(Opening.id), col(Opening.code), col(Opening.role))
    query = query.where(col(Opening.cancelled_on).is_(None), col(Opening.filled_on).is_(None))
    rows = connection.execute(query.order_by(col(Opening.code)))
    return tuple((number, f"{role} · {code}") for number, code, role in rows if number not in here)
