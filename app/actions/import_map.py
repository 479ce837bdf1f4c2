"""Maps of tables, kept under a name."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from app.domain.import_map import ImportMap
from app.domain.operations import Op
from app.errors import Refused
from app.store import tables_pipeline as tables
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import tr

_LONGEST = 80


def keep(workspace: Workspace, name: str, map_: ImportMap) -> ChangeReport:
    """Keep a map under a name, in the place of one that had it. Raises Refused without a name."""
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST:
        raise Refused(tr("A map needs a name of at most {n} letters.").format(n=_LONGEST), tr("Type one."))
    with workspace.step(Op.KEEP_IMPORT_MAP) as step:
        known = step.first(
            select(col(tables.ImportMap.id)).where(
                col(tables.ImportMap.about) == map_.about, col(tables.ImportMap.name) == name
            )
        )
        if known:
            step.edit(tables.ImportMap, known[0], content=map_.canonical_text())
        else:
            step.add(tables.ImportMap, about=str(map_.about), name=name, content=map_.canonical_text())
        step.words = tr("map “{name}”").format(name=name)
    return step.report()
