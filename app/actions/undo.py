"""Undo and redo: the inverse of a step, applied as a new step. Redo is the inverse of that.

The list lives as long as the window. What was declared is never in it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.domain.kinds import Op
from app.domain.scorecard import CardState
from app.errors import Refused
from app.store.changed import Changed
from app.store.history import Change
from app.store.step import Step
from app.store.workspace import Workspace
from app.words import tr

ONE_GO = timedelta(seconds=60)


class Undoing:
    """What can be taken back, newest last, and what can be done again."""

    def __init__(self) -> None:
        self._done: list[Changed] = []
        self._undone: list[Changed] = []

    @property
    def next_undo(self) -> str | None:
        """What undo would take back, in words."""
        return self._done[-1].words if self._done else None

    @property
    def next_redo(self) -> str | None:
        """What redo would do again, in words."""
        return self._undone[-1].words if self._undone else None

    def note(self, changed: Changed) -> None:
        """Remember a step. Runs of one merge key under 60 s count as one; a declared step is not kept."""
        if not changed.undoable:
            return
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last and changed.merge and last.merge == changed.merge and changed.at - last.at < ONE_GO:
            self._done[-1] = replace(changed, changes=_joined(last.changes, changed.changes))
        else:
            self._done.append(changed)

    def undo(self, workspace: Workspace) -> Changed:
        """Take the newest step back. Raises Refused when nothing is left or a row has moved on since."""
        if not self._done:
            raise Refused(tr("There is nothing to undo."))
        step = self._done[-1]
        done = _apply_inverse(workspace, step, Op.UNDO)
        self._undone.append(replace(done, words=step.words, merge=step.merge, op=step.op))
        self._done.pop()
        return done

    def redo(self, workspace: Workspace) -> Changed:
        """Do again what was undone last."""
        if not self._undone:
            raise Refused(tr("There is nothing to redo."))
        step = self._undone[-1]
        done = _apply_inverse(workspace, step, Op.REDO)
        self._done.append(replace(done, words=step.words, merge=None, op=step.op))
        self._undone.pop()
        return done


def _joined(first: tuple[Change, ...], second: tuple[Change, ...]) -> tuple[Change, ...]:
    """Two runs of changes as one: the earliest before and the latest after of each row, in the order of first touch."""
    joined: dict[tuple[str, int], Change] = {}
    for change in (*first, *second):
        key = (change.table, change.row)
        joined[key] = replace(change, before=joined[key].before) if key in joined else change
    return tuple(c for c in joined.values() if c.before != c.after)


def _apply_inverse(workspace: Workspace, changed: Changed, op: Op) -> Changed:
    draft = changed.op is Op.DRAFT_CARD
    with workspace.step(op, draft=draft) as step:
        if draft and not _still_a_draft(step, changed):
            raise Refused(tr("This card is submitted and can’t be changed."), tr("Amend it: a new card with a reason."))
        for change in reversed(changed.changes):
            if step.image(change.table, change.row) != change.after:
                raise Refused(
                    tr("“{what}” can’t be taken back: it was changed again since.").format(what=changed.words),
                    tr("Change it by hand."),
                )
            step.about = change.person
            step.put(Change(change.table, change.row, change.after, change.before, change.person))
        step.subject = changed.subject
        step.words = changed.words
    return step.report()


def _still_a_draft(step: Step, changed: Changed) -> bool:
    card = step.image("scorecard", changed.subject)
    return card is None or card["state"] == CardState.DRAFT
