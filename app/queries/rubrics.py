"""The rubrics of a workspace with their versions, and what each is used for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlmodel import col

from app.domain.pack import Pack
from app.queries.guide_choice import GuideChoice, guide_choices
from app.records.opening_rubric import retired_questions
from app.store.rubric import newest_versions, read_pack
from app.store.tables import Colleague, Opening, RubricVersion
from app.store.workspace import Workspace


@dataclass(frozen=True)
class RubricRow:
    """One version of a rubric. `newest` says that none follows it; `openings` counts those that are scored by it."""

    id: int
    pack: str
    name: str
    title: str
    version: str
    newest: bool
    adopted_at: datetime
    reason: str
    by: str
    dimensions: int
    openings: int

    @property
    def words(self) -> str:
        """Name and version, as a choice or a packet says it."""
        return f"{self.name} {self.version}"


@dataclass(frozen=True)
class RubricShown:
    """What a page about rubrics shows: every version there is, the one that is chosen, and its pack.

    `retired` are its questions that are asked no more, with the reason.
    """

    rows: tuple[RubricRow, ...]
    chosen: RubricRow
    pack: Pack
    retired: dict[str, str]


def rubric_rows(workspace: Workspace) -> tuple[RubricRow, ...]:
    """Every version, rubric by rubric in the order they came, the newest version of each first."""
    with workspace.read() as connection:
        return rows_in(connection)


def rows_in(connection: Connection) -> tuple[RubricRow, ...]:
    """The same inside a read."""
    newest = newest_versions(connection)
    used = Counter(connection.execute(select(col(Opening.rubric_id))).scalars())
    query = (
        select(
            col(RubricVersion.id),
            col(RubricVersion.pack),
            col(RubricVersion.version),
            col(RubricVersion.adopted_at),
            col(RubricVersion.reason),
            col(Colleague.name),
        )
        .select_from(RubricVersion)
        .outerjoin(Colleague, col(Colleague.id) == col(RubricVersion.by_id))
        .order_by(col(RubricVersion.id).desc())
    )
    found = []
    for version, pack, number, adopted_at, reason, by in connection.execute(query):
        rubric = read_pack(connection, version)
        found.append(
            RubricRow(
                id=version,
                pack=pack,
                name=rubric.rubric.name,
                title=rubric.title,
                version=number,
                newest=newest[pack] == version,
                adopted_at=adopted_at,
                reason=reason,
                by=by or "",
                dimensions=len(rubric.rubric.dimensions),
                openings=used[version],
            )
        )
    order = list(newest)
    return tuple(sorted(found, key=lambda row: order.index(row.pack)))


def rubric_shown(workspace: Workspace, wanted: int | None = None) -> RubricShown | None:
    """The version that is wanted, else the one most openings are scored by; None in a workspace without any."""
    with workspace.read() as connection:
        rows = rows_in(connection)
        if not rows:
            return None
        chosen = next((row for row in rows if row.id == wanted), None)
        if chosen is None:
            newest = [row for row in rows if row.newest]
            used = Counter[str]()
            for row in rows:
                used[row.pack] += row.openings
            chosen = max(newest, key=lambda row: used[row.pack])
        retired = retired_questions(connection, chosen.pack)
        return RubricShown(rows, chosen, read_pack(connection, chosen.id), retired)


def rubric_at(workspace: Workspace, version: int) -> Pack:
    """The pack of a version. Raises NotFound."""
    with workspace.read() as connection:
        return read_pack(connection, version)


@dataclass(frozen=True)
class RubricName:
    """A version by the rubric it is of and its number."""

    pack: str
    version: str


def rubric_names(connection: Connection) -> dict[int, RubricName]:
    """Every version by its id."""
    query = select(col(RubricVersion.id), col(RubricVersion.pack), col(RubricVersion.version))
    return {version: RubricName(pack, number) for version, pack, number in connection.execute(query)}


@dataclass(frozen=True)
class NewRubricChoices:
    """What a new rubric can begin from."""

    rubrics: tuple[RubricRow, ...]
    guides: tuple[GuideChoice, ...]


def new_rubric_choices(workspace: Workspace) -> NewRubricChoices:
    """The rubrics and guides of the workspace."""
    with workspace.read() as connection:
        return NewRubricChoices(rows_in(connection), guide_choices(connection))
