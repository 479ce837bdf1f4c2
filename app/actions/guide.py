"""Leveling guides: adopted from a pack, imported, or edited, each change as a further version with its reason."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, func, select
from sqlmodel import col

from app.domain.guide import Guide, guide_of_pack
from app.domain.guide_diff import difference, levels_changed
from app.domain.operations import Op
from app.domain.pack import Pack
from app.domain.spelling import canonical
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.guide import first_with_levels, guide_used, read_guide
from app.store.history import HistoryEntry
from app.store.step import Step
from app.store.tables_growth import GuideVersion
from app.store.workspace import Workspace
from app.words import tr

LEVELING_GUIDE = "leveling-guide"
"""What a printed guide is called in the history and on the command line."""


def source_of_pack(pack: str, version: str) -> str:
    """What a guide that came with a pack has as its source."""
    return f"pack {pack} {version}"


def adopt(workspace: Workspace, guide: Guide, source: str, reason: str = "") -> ChangeReport:
    """Keep a guide as a further version of its name. One that is there already, word for word, is not kept again."""
    with workspace.step(Op.ADOPT_GUIDE) as step:
        step.subject = keep_unless_there(step, guide, source, reason)
        step.words = tr("guide {name}").format(name=guide.name)
    return step.report()


def revise(workspace: Workspace, base: int, guide: Guide, reason: str) -> ChangeReport:
    """Keep an edited guide as the next version after `base`, which stays as it is.

    Raises Refused without a reason, where nothing differs, where the name is another, or where `base` is no longer
    the newest version.
    """
    if not reason.strip():
        raise Refused(tr("A new version needs its reason."), tr("Say in a sentence why the guide changes."))
    with workspace.step(Op.ADOPT_GUIDE) as step:
        known = step.get(GuideVersion, base)
        before = read_guide(step.connection, base)
        if guide.name != before.name:
            raise Refused(tr("A version keeps its guide’s name."), tr("Import it as a guide of its own."))
        newest = _newest_of(step, before.name)
        if newest is None or newest[1] != known.version:
            raise Refused(
                tr("Version {n} is no longer the newest of this guide.").format(n=known.version),
                tr("Open the newest version and make the change there."),
            )
        changes = difference(before, guide)
        if not changes:
            raise Refused(tr("Nothing was changed."), tr("Change a text, a weight or a bar first."))
        step.subject = _keep(step, guide, f"version {known.version}", reason)
        step.words = tr("guide {name}").format(name=guide.name)
        if levels := levels_changed(changes):
            step.words = tr("guide {name}: {levels}").format(name=guide.name, levels=", ".join(levels)[:200])
    return step.report()


def guide_left(workspace: Workspace, guide: int, number: str, sha256: str) -> ChangeReport:
    """Record that a guide was printed: the packet's number and the SHA-256 of its bytes. Raises NotFound."""
    with workspace.step(Op.EXPORT_PACKET) as step:
        name = step.get(GuideVersion, guide).name
        what = canonical({"packet": LEVELING_GUIDE, "number": number, "sha256": sha256})
        step.also.append(HistoryEntry(Op.EXPORT_PACKET, f"guide_version:{guide}", step.about, what))
        step.words = tr("guide {name} as PDF").format(name=name)
    return step.report()


def keep_unless_there(step: Step, guide: Guide, source: str, reason: str = "") -> int:
    """Keep the guide inside a step unless a version has the same words; gives its id either way."""
    known = step.first(select(col(GuideVersion.id)).where(col(GuideVersion.digest) == _digest(guide)))
    return int(known[0]) if known else _keep(step, guide, source, reason)


def _keep(step: Step, guide: Guide, source: str, reason: str) -> int:
    last = _newest_of(step, guide.name)
    return step.add(
        GuideVersion,
        name=guide.name,
        version=(last[1] if last else 0) + 1,
        source=source,
        reason=reason.strip(),
        digest=_digest(guide),
        content=guide.canonical_text(),
        made_at=step.at,
        by_id=step.who,
    )


def _newest_of(step: Step, name: str) -> tuple[int, int] | None:
    newest = select(func.max(col(GuideVersion.version))).where(col(GuideVersion.name) == name).scalar_subquery()
    found = step.first(
        select(col(GuideVersion.id), col(GuideVersion.version)).where(
            col(GuideVersion.name) == name, col(GuideVersion.version) == newest
        )
    )
    return (found[0], found[1]) if found else None


def _digest(guide: Guide) -> str:
    return hashlib.sha256(guide.canonical_text().encode("utf-8")).hexdigest()


def guide_in_use(workspace: Workspace) -> int:
    """The guide members are kept by: the newest version of the pack's, adopted now where nobody did so yet.

    Raises Refused in a workspace without a rubric.
    """
    with workspace.read() as connection:
        found = _in_use(connection)
    if isinstance(found, int):
        return found
    return adopt(workspace, guide_of_pack(found), source_of_pack(found.rubric.id, found.rubric.version)).subject


def guide_in(step: Step) -> int:
    """The `guide_in_use` inside a running step, which adopts it where nobody did so yet."""
    found = _in_use(step.connection)
    if isinstance(found, int):
        return found
    return keep_unless_there(step, guide_of_pack(found), source_of_pack(found.rubric.id, found.rubric.version))


def _in_use(connection: Connection) -> int | Pack:
    """The version in use, or the pack whose guide it will be."""
    known = guide_used(connection)
    if known is not None:
        return known
    pack = first_with_levels(connection)
    if pack is None:
        raise Refused(tr("There is no leveling guide yet."), tr("Adopt a rubric first: it brings its guide."))
    return pack
