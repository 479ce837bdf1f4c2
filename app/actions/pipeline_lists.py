"""What a workspace keeps for its pipelines: reasons of closing, and views by name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from app.domain.operations import Op
from app.domain.pipeline import ClosingReason
from app.domain.pipeline_view import PipelineView
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.tables_people import CloseReason
from app.store.tables_pipeline import SavedView
from app.store.workspace import Workspace
from app.words import tr


def list_reasons(workspace: Workspace, reasons: Sequence[ClosingReason]) -> ChangeReport:
    """Offer these reasons from now on, in this order; what was closed keeps its own words.

    Raises Refused for none, for one without words, and for two that are the same.
    """
    if not reasons:
        raise Refused(tr("A list needs a reason."), tr("Write at least one."))
    spoken = [(reason.outcome, " ".join(reason.words.split()).casefold()) for reason in reasons]
    if any(not words for _, words in spoken):
        raise Refused(tr("A reason needs words."), tr("Write them, or take it off the list."))
    if len(set(spoken)) < len(spoken):
        raise Refused(tr("Two reasons are the same."), tr("Keep one of them."))
    with workspace.step(Op.LIST_REASONS) as step:
        step.remove_all(CloseReason)
        for position, reason in enumerate(reasons):
            step.add(
                CloseReason,
                outcome=reason.outcome,
                side=reason.side,
                position=position,
                words=" ".join(reason.words.split()),
            )
        step.words = tr("reasons of closing")
    return step.report()


def keep_view(workspace: Workspace, name: str, view: PipelineView) -> ChangeReport:
    """Keep a view under a name; one of that name is replaced. Raises Refused without a name."""
    name = " ".join(name.split())
    if not name:
        raise Refused(tr("A view needs a name."), tr("Type one."))
    with workspace.step(Op.KEEP_VIEW) as step:
        known = step.first(select(col(SavedView.id)).where(col(SavedView.name) == name))
        if known:
            step.edit(SavedView, known[0], content=view.as_text())
        else:
            step.add(SavedView, name=name, content=view.as_text())
        step.words = tr("view {name}").format(name=name)
    return step.report()


def remove_view(workspace: Workspace, name: str) -> ChangeReport:
    """Take a view out. Nothing happens where there is none of that name."""
    with workspace.step(Op.KEEP_VIEW) as step:
        step.remove_all(SavedView, col(SavedView.name) == name)
        step.words = tr("removal of view {name}").format(name=name)
    return step.report()
