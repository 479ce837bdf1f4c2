"""Adopting rubric packs as versions that never change, and questions that are asked no more."""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlmodel import col

from app.actions.guide import keep_unless_there, source_of_pack
from app.domain.guide import guide_of_pack
from app.domain.operations import Op
from app.domain.pack import Pack
from app.domain.rubric import FEWEST
from app.errors import NotFound, Refused
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.rubric import read_pack
from app.store.step import Step
from app.store.tables import RubricVersion
from app.store.tables_rubric import RetiredQuestion
from app.store.workspace import Workspace
from app.words import tr


def adopt(workspace: Workspace, pack: Pack, reason: str = "") -> ChangeReport:
    """Copy the pack into the workspace, and its leveling guide beside it as a version that can be read and edited.

    What is there already, byte for byte, is not copied again. Raises Refused where anything else is scored under the
    same rubric and version.
    """
    with workspace.step(Op.ADOPT_RUBRIC) as step:
        step.subject_table, step.subject = str(RubricVersion.__tablename__), keep_version(step, pack, reason)
        step.words = tr("rubric {name}").format(name=pack.rubric.words)
    return step.report()


def keep_version(step: Step, pack: Pack, reason: str = "") -> int:
    """Keep the pack as a version inside a running step, unless it is there word for word; gives its id either way."""
    if len(pack.rubric.dimensions) < FEWEST:
        raise Refused(
            tr("A rubric needs at least {n} dimensions.").format(n=FEWEST), tr("Write the ones that are missing.")
        )
    content = pack.canonical_text()
    digest = hashlib.sha256(content.encode("utf-8")).hexdigest()
    known = step.first(select(col(RubricVersion.id)).where(col(RubricVersion.digest) == digest))
    if known:
        return int(known[0])
    same = (col(RubricVersion.pack) == pack.id, col(RubricVersion.version) == pack.rubric.version)
    versions = step.values(select(col(RubricVersion.id)).where(*same))
    if any(read_pack(step.connection, version).rubric != pack.rubric for version in versions):
        raise Refused(
            tr("There is a version {n} of “{name}” already, with other words.").format(
                n=pack.rubric.version, name=pack.rubric.name
            ),
            tr("Give this one a higher version."),
        )
    if pack.levels is not None:
        keep_unless_there(step, guide_of_pack(pack), source_of_pack(pack.id, pack.rubric.version))
    return step.add(
        RubricVersion,
        pack=pack.id,
        version=pack.rubric.version,
        digest=digest,
        content=content,
        adopted_at=step.at,
        reason=reason.strip(),
        by_id=step.who,
    )


def retire(workspace: Workspace, pack: str, question: str, reason: str) -> ChangeReport:
    """Ask a question of a rubric no more in new kits and cards; it stays where it was asked. Needs a reason."""
    if not reason.strip():
        raise Refused(tr("Retiring a question needs a reason."), tr("Say why it is asked no more."))
    with workspace.step(Op.RETIRE_QUESTION) as step:
        step.add(RetiredQuestion, pack=pack, question=question, reason=reason.strip(), at=step.at, by_id=step.who)
        step.words = tr("retiring of a question")
    return step.report()


def ask_again(workspace: Workspace, pack: str, question: str) -> ChangeReport:
    """Ask a retired question again. Raises NotFound where it is not retired."""
    with workspace.step(Op.RETIRE_QUESTION) as step:
        of_it = (col(RetiredQuestion.pack) == pack, col(RetiredQuestion.question) == question)
        row = next(iter(rows_of(step.connection, RetiredQuestion, *of_it)), None)
        if row is None:
            raise NotFound(tr("This question is not retired."))
        step.remove(RetiredQuestion, row.id)
        step.words = tr("asking a question again")
    return step.report()
