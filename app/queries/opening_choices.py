"""What the form of an opening offers: rubric versions, guides and colleagues."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.pack import Pack
from app.queries.guide_choice import GuideChoice, guide_choices
from app.queries.lists import ColleagueRow, colleague_rows
from app.queries.rubrics import RubricRow, rows_in
from app.store.columns import rows_of
from app.store.rubric import read_pack
from app.store.tables_pipeline import StageTemplate
from app.store.workspace import Workspace


@dataclass(frozen=True)
class StagesByName:
    """Stages kept under a name."""

    id: int
    name: str
    stages: tuple[str, ...]


@dataclass(frozen=True)
class OpeningChoices:
    """The versions an opening may be scored by with their packs: the newest of each, and those that are in use; the
    guides its level may be one of, everybody on our side, and stages by name."""

    rubrics: tuple[tuple[RubricRow, Pack], ...]
    guides: tuple[GuideChoice, ...]
    colleagues: tuple[ColleagueRow, ...]
    templates: tuple[StagesByName, ...]


def opening_choices(workspace: Workspace) -> OpeningChoices:
    """What can be chosen now."""
    with workspace.read() as connection:
        known = rows_in(connection)
        used = {row.pack for row in known if row.openings}
        offered = [row for row in known if row.newest or row.pack in used]
        rubrics = tuple((row, read_pack(connection, row.id)) for row in offered)
        guides = guide_choices(connection)
        kept = rows_of(connection, StageTemplate)
    templates = (StagesByName(row.id, row.name, tuple(row.stages)) for row in kept)
    return OpeningChoices(
        rubrics, guides, colleague_rows(workspace), tuple(sorted(templates, key=lambda one: one.name.casefold()))
    )
