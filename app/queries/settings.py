"""What the Settings page shows of the workspace: its user, colleagues, openings, and how packets look."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from app.domain.pack import Pack
from app.queries.lists import ColleagueRow, OpeningRow, colleague_rows, current_pack, opening_rows
from app.queries.opening import GivenUp, given_up
from app.store.rubric import read_pack
from app.store.tables import Application, Interview
from app.store.workspace import Workspace


@dataclass(frozen=True)
class OpeningSettings:
    """An opening with the guide it was opened under, and how many interviews are planned for it."""

    row: OpeningRow
    pack: Pack
    interviews: int


@dataclass(frozen=True)
class SettingsShown:
    """The page's content; `pack` is the guide of new openings with its version's id, None without one."""

    me: int | None
    paper: str
    time_zone: str
    organisation: tuple[str, str]
    key: str
    colleagues: tuple[ColleagueRow, ...]
    openings: tuple[OpeningSettings, ...]
    given_up: dict[int, GivenUp]
    pack: tuple[int, Pack] | None


def settings_shown(workspace: Workspace) -> SettingsShown:
    """What the page shows."""
    rows = opening_rows(workspace)
    count = (
        select(col(Application.opening_id), func.count())
        .select_from(Interview)
        .join(Application, col(Application.id) == col(Interview.application_id))
        .group_by(col(Application.opening_id))
    )
    with workspace.read() as connection:
        planned = dict(connection.execute(count).all())
        packs = {version: read_pack(connection, version) for version in {r.rubric for r in rows}}
    settings = workspace.settings
    return SettingsShown(
        workspace.me,
        settings.paper,
        settings.time_zone,
        (settings.organisation, settings.organisation_place),
        settings.key,
        colleague_rows(workspace),
        tuple(OpeningSettings(r, packs[r.rubric], planned.get(r.id, 0)) for r in rows),
        given_up(workspace),
        current_pack(workspace),
    )
