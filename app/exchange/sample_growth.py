"""Growth plans of the sample: a member's plan from a block of YAML, made through the same actions a person uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.actions import checkin, evidence, growth
from app.actions.growth import NewGoal
from app.store.workspace import Workspace


def make_growth(workspace: Workspace, member: int, facts: Mapping[str, Any], people: Mapping[str, int]) -> int:
    """Give a member the plan a block describes, and give its id; `people` are colleagues' ids by name.

    The block holds target (none: stay and deepen), agreed_on, note, goals, talks, next and evidence, as
    `sample/growth.yaml` shows them. Its evidence may name a goal by its number.
    """
    plan = growth.begin(workspace, member, facts.get("target"), facts.get("agreed_on")).subject
    goals = [_goal(workspace, plan, block, people) for block in facts.get("goals", ())]
    for talk in facts.get("talks", ()):
        checkin.record(workspace, plan, talk["day"], talk["said"])
    following = facts.get("next")
    if following:
        row = checkin.plan_next(workspace, plan, following["day"]).subject
        checkin.edit(workspace, row, prepared=list(following.get("prepared", ())))
    for item in facts.get("evidence", ()):
        evidence.add(
            workspace,
            member,
            evidence.NewEvidence(
                item["dimension"],
                item["text"],
                item["day"],
                goal_id=goals[item["goal"] - 1] if "goal" in item else None,
                source=item.get("source", ""),
                shared=item.get("shared", False),
            ),
        )
    if facts.get("note"):
        growth.edit_plan(workspace, plan, private_note=facts["note"])
    return plan


def _goal(workspace: Workspace, plan: int, block: Mapping[str, Any], people: Mapping[str, int]) -> int:
    checks = [(c["when"], c["will"]) for c in block.get("checks", ())]
    done = growth.add_goal(
        workspace,
        plan,
        NewGoal(
            dimension=block["dimension"],
            title=block["title"],
            measure=block.get("measure", ""),
            owner=people.get(block.get("owner", "")),
            with_whom=people.get(block.get("with", "")),
            due_on=block.get("due_on"),
            from_score=block.get("from"),
            to_score=block.get("to"),
            steps=block.get("steps", 0),
            steps_unit=block.get("unit", ""),
            support=block.get("support", ""),
            kpi=block.get("kpi", ""),
        ),
        checks,
    )
    if block.get("done"):
        growth.set_steps(workspace, done.subject, block["done"], block.get("done_on"))
    ticked = {n for n, c in enumerate(block.get("checks", ())) if c.get("done")}
    actions = [c.row for c in done.changes if c.table == "goal_action"]
    for number in sorted(ticked):
        growth.tick(workspace, actions[number], done=True)
    return done.subject
