"""What the Settings page shows of the workspace: its user, colleagues, and how packets look."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.pipeline import ClosingReason
from app.domain.transcript import Keeping
from app.queries.lists import ColleagueRow, colleague_rows
from app.records.closing import closing_reasons
from app.store.workspace import Workspace


@dataclass(frozen=True)
class SettingsShown:
    """The page's content."""

    me: int | None
    paper: str
    time_zone: str
    organisation: tuple[str, str]
    key: str
    colleagues: tuple[ColleagueRow, ...]
    transcripts: Keeping
    reasons: tuple[ClosingReason, ...]


def settings_shown(workspace: Workspace) -> SettingsShown:
    """What the page shows."""
    with workspace.read() as connection:
        reasons = closing_reasons(connection)
    settings = workspace.settings
    return SettingsShown(
        workspace.me,
        settings.paper,
        settings.time_zone,
        (settings.organisation, settings.organisation_place),
        settings.key,
        colleague_rows(workspace),
        Keeping(settings.transcripts),
        reasons,
    )
