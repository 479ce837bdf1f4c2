"""Evidence of a member: dated things that were seen, and which of them may stand in their growth packet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.actions.member import about_member
from app.domain.operations import Op
from app.errors import Refused
from app.records.assessment_groups import open_assessments
from app.records.member import newest_growth_plan
from app.store.change_report import ChangeReport
from app.store.guide import read_guide
from app.store.step import Step
from app.store.tables_goals import Goal
from app.store.tables_growth import EvidenceItem, GrowthPlan, Member
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class NewEvidence:
    """A thing that was seen (or inferred) of a member on a dimension. It is not shared unless that is said."""

    dimension: str
    text: str
    on: date | None = None
    goal_id: int | None = None
    inferred: bool = False
    source: str = ""
    shared: bool = False


def add(workspace: Workspace, member: int, new: NewEvidence) -> ChangeReport:
    """Keep a thing that was seen of a member.

    Raises Refused without words, and for a dimension neither the member's guide nor their plan's has.
    """
    with workspace.step(Op.ADD_FACT) as step:
        name = about_member(step, member)
        _must_hold(step, member, new.dimension, new.text)
        if new.goal_id is not None and step.get(GrowthPlan, step.get(Goal, new.goal_id).plan_id).member_id != member:
            raise Refused(tr("That goal is another member’s."), tr("Choose one of {name}’s.").format(name=name))
        step.add(
            EvidenceItem,
            member_id=member,
            goal_id=new.goal_id,
            dimension=new.dimension,
            on=new.on,
            text=new.text.strip(),
            inferred=new.inferred,
            source=new.source.strip(),
            shared=new.shared,
            by_id=step.who,
            added_at=step.at,
        )
        step.words = tr("evidence on {name}").format(name=name)
    return step.report()


def edit(workspace: Workspace, fact: int, *, typing: bool = False, **values: Any) -> ChangeReport:
    """Change some of an item: dimension, text, on, goal_id, inferred, source, and whether it is shared.

    Raises Refused for what was written in an interview or an assessment: that stays as it was given.
    """
    with workspace.step(Op.EDIT_FACT, merge=("fact", fact, *sorted(values)), typing=typing) as step:
        known, name = _mine_to_change(step, fact)
        _must_hold(step, known.member_id, values.get("dimension", known.dimension), values.get("text", known.text))
        step.edit(EvidenceItem, fact, **values)
        step.words = tr("evidence on {name}").format(name=name)
    return step.report()


def remove(workspace: Workspace, fact: int) -> ChangeReport:
    """Take an item out. One that was written in an interview or an assessment stays."""
    with workspace.step(Op.EDIT_FACT) as step:
        _, name = _mine_to_change(step, fact)
        step.remove(EvidenceItem, fact)
        step.words = tr("removal of evidence on {name}").format(name=name)
    return step.report()


def share(workspace: Workspace, fact: int, *, shared: bool) -> ChangeReport:
    """Let an item stand in the member's growth packet, or take it out again; each one by itself.

    Raises Refused for one of an assessment that is not open to me, and for what another has not shared.
    """
    with workspace.step(Op.SHARE_FACT) as step:
        known = step.get(EvidenceItem, fact)
        name = about_member(step, known.member_id)
        _must_be_seen(step, known)
        if known.assessment_id is not None and known.assessment_id not in open_assessments(
            step.connection, workspace, known.member_id
        ):
            raise Refused(
                tr("This belongs to an assessment that is not open yet."), tr("Wait until all of them are in.")
            )
        step.edit(EvidenceItem, fact, shared=shared)
        words = tr("sharing of evidence with {name}") if shared else tr("evidence on {name} no longer shared")
        step.words = words.format(name=name)
    return step.report()


def _mine_to_change(step: Step, fact: int) -> tuple[EvidenceItem, str]:
    known = step.get(EvidenceItem, fact)
    name = about_member(step, known.member_id)
    _must_be_seen(step, known)
    if known.note_id is not None or known.assessment_id is not None:
        raise Refused(
            tr("This was written in an interview or an assessment, and stays as it was given."),
            tr("Add an item of your own beside it."),
        )
    return known, name


def _must_be_seen(step: Step, fact: EvidenceItem) -> None:
    """What somebody typed and has not shared is there for them alone."""
    typed = fact.note_id is None and fact.assessment_id is None
    if typed and not fact.shared and fact.by_id != step.who:
        raise Refused(tr("This is somebody’s own until they share it."), tr("Ask them to share it."))


def _must_hold(step: Step, member: int, dimension: str, text: str) -> None:
    if not text.strip():
        raise Refused(tr("Evidence needs words."), tr("Write what was seen."))
    plan = newest_growth_plan(step.connection, member)
    versions = [step.get(Member, member).guide_id, *([plan.guide_id] if plan is not None else [])]
    if all(dimension not in read_guide(step.connection, version).dimension_ids for version in versions):
        raise Refused(
            tr("The guide has no dimension “{name}”.").format(name=dimension), tr("Choose one of its dimensions.")
        )
