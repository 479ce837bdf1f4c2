"""Work stories: which tellings stand in a member's promotion packet, chosen by hand, up to four."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.actions.calibration_rules import open_calibration, open_to_me
from app.domain.calibration import MOST_STORIES
from app.domain.operations import Op
from app.errors import Refused
from app.records.calibration import judged_members
from app.store.change_report import ChangeReport
from app.store.columns import rows_of
from app.store.guide import read_guide
from app.store.step import Step
from app.store.tables import Colleague
from app.store.tables_calibration import WorkStory
from app.store.tables_growth import Proposal
from app.store.workspace import Workspace
from app.words import tr


def tell(workspace: Workspace, proposal: int, dimension: str, rater: int) -> ChangeReport:
    """Choose what a rater told of a dimension as a work story of the promotion packet, after those chosen before.

    Raises Refused past four, for one that is chosen already, and where the rater has no evidence on it that counts;
    NotYet while the assessments are sealed to me.
    """
    with workspace.step(Op.CHOOSE_STORY) as step:
        known = step.get(Proposal, proposal)
        held = open_calibration(step, known.cycle_id)
        name = open_to_me(step, known)
        words = _words(step, known.guide_id or held.guide_id, dimension, rater)
        chosen = _chosen(step, proposal)
        if (dimension, rater) in {(row.dimension, row.rater_id) for row in chosen}:
            raise Refused(tr("{story} is in the packet already.").format(story=words))
        if len(chosen) >= MOST_STORIES:
            raise Refused(
                tr("Four work stories of {name} are chosen already.").format(name=name), tr("Take one out first.")
            )
        (found,) = judged_members(step.connection, known.cycle_id, [known.member_id])
        start, end = held.window_from or date.min, held.window_to or date.max
        facts = [f for g in found.counted if g.rater == rater for f in g.content.rating(dimension).facts]
        if not any(f.on is not None and start <= f.on <= end for f in facts):
            raise Refused(
                tr("{story}: there is no evidence to tell.").format(story=words),
                tr("Choose what a rater wrote down with a day."),
            )
        step.add(WorkStory, proposal_id=proposal, position=len(chosen), dimension=dimension, rater_id=rater)
        step.words = tr("work story {story}").format(story=words)
    return step.report()


def leave_out(workspace: Workspace, proposal: int, dimension: str, rater: int) -> ChangeReport:
    """Take a chosen work story out of the promotion packet; those after it move up.

    Raises Refused for one that was not chosen.
    """
    with workspace.step(Op.CHOOSE_STORY) as step:
        known = step.get(Proposal, proposal)
        held = open_calibration(step, known.cycle_id)
        open_to_me(step, known)
        words = _words(step, known.guide_id or held.guide_id, dimension, rater)
        chosen = _chosen(step, proposal)
        gone = next((r for r in chosen if (r.dimension, r.rater_id) == (dimension, rater)), None)
        if gone is None:
            raise Refused(tr("{story} was not chosen.").format(story=words))
        step.remove(WorkStory, gone.id)
        for place, row in enumerate(r for r in chosen if r is not gone):
            step.edit(WorkStory, row.id, position=place)
        step.words = tr("work story {story}").format(story=words)
    return step.report()


def drop_stories(step: Step, calibration: int, member: int) -> None:
    """Forget what was chosen for a member, inside a running step: the level proposed is another, or they go."""
    query = (
        select(col(WorkStory.id)).select_from(WorkStory).join(Proposal, col(Proposal.id) == col(WorkStory.proposal_id))
    )
    for story in step.values(query.where(col(Proposal.cycle_id) == calibration, col(Proposal.member_id) == member)):
        step.remove(WorkStory, story)


def _chosen(step: Step, proposal: int) -> list[WorkStory]:
    order = [col(WorkStory.position), col(WorkStory.id)]
    return rows_of(step.connection, WorkStory, col(WorkStory.proposal_id) == proposal, order_by=order)


def _words(step: Step, version: int, dimension: str, rater: int) -> str:
    guide = read_guide(step.connection, version)
    if dimension not in guide.dimension_ids:
        raise Refused(
            tr("The guide has no dimension “{name}”.").format(name=dimension), tr("Choose one of its dimensions.")
        )
    who = step.get(Colleague, rater).name
    return tr("{dimension} by {name}").format(dimension=guide.dimension(dimension).short, name=who)
