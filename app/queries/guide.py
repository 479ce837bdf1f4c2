"""Leveling guides as they are read: which there are, and one of them with what a page of paper says about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.domain.guide import Guide
from app.errors import NotFound
from app.store.columns import table_of
from app.store.guide import read_guide
from app.store.tables import Colleague
from app.store.tables_growth import GuideVersion, Member
from app.store.workspace import Workspace
from app.words import tr

_version, _colleague, _member = table_of(GuideVersion), table_of(Colleague), table_of(Member)


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
        rows = connection.execute(
            select(
                _version.c.id,
                _version.c.name,
                _version.c.version,
                _version.c.source,
                _version.c.reason,
                _version.c.made_at,
                _colleague.c.name.label("by"),
            )
            .select_from(_version.outerjoin(_colleague, _version.c.by_id == _colleague.c.id))
            .order_by(_version.c.id)
        ).all()
        guides = {r.id: read_guide(connection, r.id) for r in rows}
    newest = {r.name: max(x.version for x in rows if x.name == r.name) for r in rows}
    return tuple(
        GuideRow(
            r.id,
            r.name,
            r.version,
            r.version == newest[r.name],
            r.source,
            r.reason,
            r.made_at,
            r.by or "",
            len(guides[r.id].levels),
            len(guides[r.id].dimensions),
        )
        for r in rows
    )


def guides_to_use(workspace: Workspace) -> tuple[tuple[GuideRow, ...], int | None]:
    """Every version of every guide, the newest of the team's first, and which that is: of the guide most members are
    kept by, else of any; None where there is none."""
    rows = sorted(guide_rows(workspace), key=lambda r: (r.made_at, r.id), reverse=True)
    with workspace.read() as connection:
        kept = Counter(connection.execute(select(_version.c.name).join(_member)).scalars())
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
        row = connection.execute(
            select(_version, _colleague.c.name.label("by_name"))
            .select_from(_version.outerjoin(_colleague, _version.c.by_id == _colleague.c.id))
            .where(_version.c.id == version)
        ).first()
        if row is None:
            raise NotFound(tr("There is no leveling guide {id}.").format(id=version))
        guide = read_guide(connection, version)
    return GuideFacts(
        guide=guide,
        version=row.version,
        source=row.source,
        reason=row.reason,
        made_at=row.made_at,
        by=row.by_name or "",
        digest=row.digest,
        paper=workspace.settings.paper,
    )
