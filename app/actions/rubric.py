"""Adopting a rubric pack as a version of this workspace. A version never changes; a changed pack is a new one."""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlmodel import col

from app.actions.guide import keep_unless_there, source_of_pack
from app.domain.guide import guide_of_pack
from app.domain.operations import Op
from app.domain.pack import Pack
from app.store.change_report import ChangeReport
from app.store.tables import RubricVersion
from app.store.workspace import Workspace
from app.words import tr


def adopt(workspace: Workspace, pack: Pack) -> ChangeReport:
    """Copy the pack into the workspace, and its leveling guide beside it as a version that can be read and edited.

    What is there already, byte for byte, is not copied again.
    """
    content = pack.canonical_text()
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()
    with workspace.step(Op.ADOPT_RUBRIC) as step:
        known = step.first(select(col(RubricVersion.id)).where(col(RubricVersion.digest) == digest))
        if known:
            step.subject_table, step.subject = str(RubricVersion.__tablename__), known[0]
        else:
            step.add(
                RubricVersion,
                pack=pack.id,
                version=pack.rubric.version,
                digest=digest,
                content=content,
                adopted_at=step.at,
            )
        source = source_of_pack(pack.id, pack.rubric.version)
        keep_unless_there(step, guide_of_pack(pack), source)
        step.words = tr("rubric {version}").format(version=pack.rubric.version)
    return step.report()
