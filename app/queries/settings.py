"""What the Settings page shows of the workspace: its user, colleagues, openings, and how packets look."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from app.domain.operations import KIT
from app.domain.pack import Pack
from app.domain.pipeline import ClosingReason
from app.domain.transcript import Keeping
from app.queries.guide_choice import GuideChoice, guide_choices
from app.queries.lists import ColleagueRow, OpeningRow, colleague_rows, opening_rows
from app.queries.opening import GivenUp, given_up
from app.queries.rubrics import RubricRow, rows_in
from app.records.closing import closing_reasons
from app.store.rubric import read_pack
from app.store.tables import Application, Interview, PacketRecord
from app.store.workspace import Workspace


@dataclass(frozen=True)
class OpeningSettings:
    """An opening with the rubric version it is scored by, how many interviews it has planned, and how many kits out."""

    row: OpeningRow
    rubric: RubricRow
    interviews: int
    kits: int = 0


@dataclass(frozen=True)
class SettingsShown:
    """The page's content; `rubrics` are the versions an opening may be scored by with their packs: the newest of each,
    and those that are in use. `guides` are the guides its level may be one of."""

    me: int | None
    paper: str
    time_zone: str
    organisation: tuple[str, str]
    key: str
    colleagues: tuple[ColleagueRow, ...]
    openings: tuple[OpeningSettings, ...]
    given_up: dict[int, GivenUp]
    rubrics: tuple[tuple[RubricRow, Pack], ...]
    guides: tuple[GuideChoice, ...]
    transcripts: Keeping
    reasons: tuple[ClosingReason, ...]


def settings_shown(workspace: Workspace) -> SettingsShown:
    """What the page shows."""
    rows = opening_rows(workspace)
    count = (
        select(col(Application.opening_id), func.count())
        .select_from(Interview)
        .join(Application, col(Application.id) == col(Interview.application_id))
        .group_by(col(Application.opening_id))
    )
    out = (
        select(col(Application.opening_id), func.count(func.distinct(col(PacketRecord.interview_id))))
        .select_from(PacketRecord)
        .join(Application, col(Application.id) == col(PacketRecord.application_id))
        .where(col(PacketRecord.packet) == KIT)
        .group_by(col(Application.opening_id))
    )
    with workspace.read() as connection:
        planned = dict(connection.execute(count).all())
        kits = dict(connection.execute(out).all())
        known = {row.id: row for row in rows_in(connection)}
        used = {row.pack for row in known.values() if row.openings}
        offered = [row for row in known.values() if row.newest or row.pack in used]
        rubrics = tuple((row, read_pack(connection, row.id)) for row in offered)
        guides = guide_choices(connection)
        reasons = closing_reasons(connection)
    settings = workspace.settings
    return SettingsShown(
        workspace.me,
        settings.paper,
        settings.time_zone,
        (settings.organisation, settings.organisation_place),
        settings.key,
        colleague_rows(workspace),
        tuple(OpeningSettings(r, known[r.rubric], planned.get(r.id, 0), kits.get(r.id, 0)) for r in rows),
        given_up(workspace),
        rubrics,
        guides,
        Keeping(settings.transcripts),
        reasons,
    )
