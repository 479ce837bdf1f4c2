"""Leveling guides: adopted from a pack, imported, or edited, each change as a further version with its reason."""

from __future__ import annotations

import hashlib

from sqlalchemy import func, select

from app.domain.guide import Guide, guide_of_pack
from app.domain.kinds import Op
from app.errors import Refused
from app.store.changed import Changed
from app.store.columns import table_of
from app.store.guides import newest_guide
from app.store.rubrics import newest_version, read_pack
from app.store.tables_growth import GuideVersion
from app.store.workspace import Workspace
from app.words import tr

_versions = table_of(GuideVersion)


def adopt(workspace: Workspace, guide: Guide, source: str, reason: str = "") -> Changed:
    """Keep a guide as a further version of its name. One that is there already, word for word, is not kept again."""
    content = guide.canonical_text()
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()
    with workspace.step(Op.ADOPT_GUIDE) as step:
        known = step.first(select(_versions.c.id).where(_versions.c.digest == digest))
        if known:
            step.subject = known[0]
        else:
            last = step.first(
                select(func.coalesce(func.max(_versions.c.version), 0)).where(_versions.c.name == guide.name)
            )
            step.add(
                GuideVersion, name=guide.name, version=(last[0] if last else 0) + 1, source=source,
                reason=reason.strip(), digest=digest, content=content, made_at=step.at, by_id=step.who,
            )  # fmt: skip
        step.words = tr("guide {name}").format(name=guide.name)
    return step.report()


def guide_in_use(workspace: Workspace) -> int:
    """The guide members are kept by: the newest version of the pack's, adopted now where nobody did so yet.

    Raises Refused in a workspace without a rubric.
    """
    with workspace.read() as connection:
        version = newest_version(connection)
        pack = read_pack(connection, version) if version is not None else None
        known = newest_guide(connection, pack.role.title if pack is not None else "")
    if known is not None:
        return known
    if pack is None:
        raise Refused(tr("There is no leveling guide yet."), tr("Adopt a rubric first: it brings its guide."))
    return adopt(workspace, guide_of_pack(pack), pack.rubric.id).subject
