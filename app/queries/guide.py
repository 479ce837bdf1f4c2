"""Leveling guides as they are read: which there are, and one of them with what a page of paper says about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from app.domain.guide import Guide
from app.errors import NotFound
from app.store.columns import rows_with
from app.store.guide import read_guide
from app.store.tables import Colleague
from app.store.tables_growth import GuideVersion, Member
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class GuideRow:
    """A version of a guide: where it came from, why, when, by whom; `newest` of its name."""

    id: int
    name: str
    version: int
    newest: bool
    source: str
    reason: str
    made_at: datetime
    by: str
    levels: int
    dimensions: int


@dataclass(frozen=True)
class GuideFacts:
    """All a printed guide says. `digest` is the version's own, so that paper and file can be compared."""

    guide: Guide
    version: int
    source: str
    reason: str
    made_at: datetime
    by: str
    digest: str
    paper: str


def guide_rows(workspace: Workspace) -> tuple[GuideRow, ...]:
    """Every version of every guide, oldest first."""
    with workspace.read() as connection:
        query = (
            select(
                col(GuideVersion.id),
                col(GuideVersion.name),
                col(GuideVersion.version),
                col(GuideVersion.source),
                col(GuideVersion.reason),
                col(GuideVersion.made_at),
                col(Colleague.name),
            )
            .select_from(GuideVersion)
            .outerjoin(Colleague, col(Colleague.id) == col(GuideVersion.by_id))
            .order_by(col(GuideVersion.id))
        )
        rows = connection.execute(query).all()
        guides = {number: read_guide(connection, number) for number, *_ in rows}
    newest: dict[str, int] = {}
    for _, name, version, *_ in rows:
        newest[name] = max(version, newest.get(name, version))
    return tuple(
        GuideRow(
            number,
            name,
            version,
            version == newest[name],
            source,
            reason,
            made_at,
            by or "",
            len(guides[number].levels),
            len(guides[number].dimensions),
        )
        for number, name, version, source, reason, made_at, by in rows
    )


def guides_to_use(workspace: Workspace) -> tuple[tuple[GuideRow, ...], int | None]:
    """Every version of every guide, the newest of the team's first, and which that is: of the guide most members are
    kept by, else of any; None where there is none."""
    rows = sorted(guide_rows(workspace), key=lambda r: (r.made_at, r.id), reverse=True)
    with workspace.read() as connection:
        versions = select(col(GuideVersion.name)).join(Member, col(Member.guide_id) == col(GuideVersion.id))
        kept = Counter(connection.execute(versions).scalars())
    name = max(kept, key=lambda known: kept[known]) if kept else None
    mine = [r for r in rows if r.name == name] or rows
    found = max(mine, key=lambda r: r.version).id if mine else None
    return tuple(sorted(rows, key=lambda r: r.id != found)), found


def guide_at(workspace: Workspace, version: int) -> Guide:
    """The guide of a version. Raises NotFound."""
    with workspace.read() as connection:
        return read_guide(connection, version)


def guide_facts(workspace: Workspace, version: int) -> GuideFacts:
    """What a printed guide says. Raises NotFound."""
    with workspace.read() as connection:
        query = (
            select(col(Colleague.name))
            .select_from(GuideVersion)
            .outerjoin(Colleague, col(Colleague.id) == col(GuideVersion.by_id))
            .where(col(GuideVersion.id) == version)
        )
        found = rows_with(connection, query, GuideVersion)
        if not found:
            raise NotFound(tr("There is no leveling guide {id}.").format(id=version))
        guide = read_guide(connection, version)
    row, by = found[0]
    return GuideFacts(
        guide=guide,
        version=row.version,
        source=row.source,
        reason=row.reason,
        made_at=row.made_at,
        by=by or "",
        digest=row.digest,
        paper=workspace.settings.paper,
    )
