"""A member of the pictures for tests and for the gallery: Salma Petrov, assessed against M1 by two raters, with a plan.

Members and assessments are made of their rows; the plan through the actions, from the sample's own facts.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import yaml
from sqlalchemy import select

from app.actions import colleague, guide
from app.domain.guide import guide_of_pack
from app.domain.operations import Op
from app.exchange.packs import load_pack
from app.exchange.sample_growth import make_growth
from app.queries.lists import colleague_rows
from app.resources import packs, resource
from app.store.columns import table_of
from app.store.tables_growth import Assessment, AssessmentRating, EvidenceItem, Member
from app.store.workspace import Workspace

PACK = load_pack(packs() / "ml-engineering-manager")
DIMENSIONS = PACK.rubric.dimension_ids
WIELAND = dict(zip(DIMENSIONS, (3, 3, 3, 3, 3, 2, 2, 3, 3, 3), strict=True))
AMADI = dict(zip(DIMENSIONS, (3, 3, 3, 4, 3, 2, 2, 3, 3, 2), strict=True))


def people_of(workspace: Workspace, *names: str) -> dict[str, int]:
    """Colleagues by name, added where they are missing."""
    for name in names:
        if name not in {c.name for c in colleague_rows(workspace)}:
            colleague.add(workspace, name)
    return {c.name: c.id for c in colleague_rows(workspace)}


def add_member(workspace: Workspace, name: str, level: str = "MLE3", **values: Any) -> int:
    """A member of the pack's guide."""
    version = guide.adopt(workspace, guide_of_pack(PACK), "pack").subject
    who = people_of(workspace, name)[name]
    with workspace.step(Op.ADD_MEMBER) as step:
        return step.add(Member, colleague_id=who, guide_id=version, level=level, **{"onboarding_goals": [], **values})


def assess(
    workspace: Workspace,
    member: int,
    rater: str,
    scores: dict[str, int | None],
    at: datetime,
    *,
    level: str = "M1",
    relation: str = "manager",
    state: str = "submitted",
    cycle: int | None = None,
) -> int:
    """An assessment by its rows, each score with something seen in each of two months."""
    who = people_of(workspace, rater)[rater]
    table = table_of(Member)
    with workspace.step(Op.SUBMIT_ASSESSMENT) as step:
        row = step.first(select(table.c.guide_id).where(table.c.id == member))
        assert row is not None
        made = step.add(
            Assessment,
            member_id=member,
            rater_id=who,
            relation=relation,
            guide_id=row[0],
            level=level,
            dimensions=list(scores),
            state=state,
            started_at=at,
            submitted_at=at if state != "draft" else None,
            cycle_id=cycle,
        )
        for dimension, score in scores.items():
            reason = None if score is not None else "not_seen"
            step.add(AssessmentRating, assessment_id=made, dimension=dimension, score=score, reason=reason)
            for days in (10, 45) if score is not None else ():
                step.add(
                    EvidenceItem,
                    member_id=member,
                    assessment_id=made,
                    dimension=dimension,
                    text=f"Seen by {rater}",
                    on=(at - timedelta(days=days)).date(),
                    by_id=who,
                    added_at=at,
                )
    return made


def salma(workspace: Workspace, **values: Any) -> int:
    """Salma Petrov as in the picture; gives the member."""
    people = people_of(workspace, "Ruth Amadi", "Tomasz Wieland", "Joel Abara", "Salma Petrov")
    member = add_member(workspace, "Salma Petrov", **{"started_on": date(2024, 9, 2), **values})
    at = datetime.fromisoformat("2026-01-16T15:00:00+00:00")
    assess(workspace, member, "Tomasz Wieland", dict(WIELAND), at, relation="peer")
    assess(workspace, member, "Ruth Amadi", dict(AMADI), at)
    facts = yaml.safe_load(resource("sample", "growth.yaml").read_text("utf-8"))["Salma Petrov"]
    make_growth(workspace, member, facts, people)
    return member
