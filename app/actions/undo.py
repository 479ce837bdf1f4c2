"""Undo and redo: the inverse of a step, applied as a new step. Redo is the inverse of that.

The list lives as long as the window. What was declared is never in it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.actions.standing import must_still_be_open
from app.domain.kinds import Op
from app.domain.scorecard import CardState
from app.errors import Refused
from app.store.changed import Changed
from app.store.history import Change
from app.store.step import Step
from app.store.workspace import Workspace
from app.words import tr

ONE_GO = timedelta(seconds=60)
_DRAFTS = {Op.DRAFT_CARD: "scorecard", Op.DRAFT_ASSESSMENT: "assessment"}
"""What is in the history only once it is submitted, and the table it lies in."""
_ENDS_DRAFT = {
    Op.SUBMIT_CARD: Op.DRAFT_CARD,
    Op.AMEND_CARD: Op.DRAFT_CARD,
    Op.SUBMIT_ASSESSMENT: Op.DRAFT_ASSESSMENT,
    Op.AMEND_ASSESSMENT: Op.DRAFT_ASSESSMENT,
}


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
        """Remember a step. Runs of one merge key under 60 s count as one; a declared step is not kept, and ends a run:
        what it did to the same row must not be taken back with it."""
        if changed.op in _ENDS_DRAFT:
            draft = _ENDS_DRAFT[changed.op]
            self._done = [s for s in self._done if s.op is not draft or s.subject != changed.subject]
            self._undone = [s for s in self._undone if s.op is not draft or s.subject != changed.subject]
        if not changed.undoable:
            self._done[-1:] = [replace(last, merge=None) for last in self._done[-1:]]
            return
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last and changed.merge and last.merge == changed.merge and changed.at - last.at < ONE_GO:
            self._done[-1] = replace(changed, at=last.at, changes=_joined(last.changes, changed.changes))
        else:
            self._done.append(changed)

    def take(self, op: Op) -> Changed:
        """Take the newest step (of `Op.UNDO` or `Op.REDO`) off its list. Raises Refused when nothing is left.

        A step that is then refused is gone: a row that has moved on would block every older one.
        """
        steps = self._done if op is Op.UNDO else self._undone
        if not steps:
            raise Refused(tr("There is nothing to undo.") if op is Op.UNDO else tr("There is nothing to redo."))
        return steps.pop()

    def settle(self, op: Op, step: Changed, done: Changed) -> None:
        """The inverse of a taken step was applied: its own inverse goes onto the other list."""
        inverse = replace(done, words=step.words, merge=None, op=step.op)
        (self._undone if op is Op.UNDO else self._done).append(inverse)

    def undo(self, workspace: Workspace) -> Changed:
        """Take the newest step back, at once. Raises Refused when nothing is left or a row has moved on since."""
        step = self.take(Op.UNDO)
        done = apply_inverse(workspace, step, Op.UNDO)
        self.settle(Op.UNDO, step, done)
        return done

    def redo(self, workspace: Workspace) -> Changed:
        """Do again, at once, what was undone last."""
        step = self.take(Op.REDO)
        done = apply_inverse(workspace, step, Op.REDO)
        self.settle(Op.REDO, step, done)
        return done


def _joined(first: tuple[Change, ...], second: tuple[Change, ...]) -> tuple[Change, ...]:
    """Two runs of changes as one: the earliest before and the latest after of each row, in the order of first touch."""
    joined: dict[tuple[str, int], Change] = {}
    for change in (*first, *second):
        key = (change.table, change.row)
        joined[key] = replace(change, before=joined[key].before) if key in joined else change
    return tuple(c for c in joined.values() if c.before != c.after)


def apply_inverse(workspace: Workspace, changed: Changed, op: Op) -> Changed:
    """Apply a step's before-images as a new step. Raises Refused where a row has moved on since."""
    draft = changed.op in _DRAFTS
    with workspace.step(op, draft=draft) as step:
        must_still_be_open(step, changed.changes)
        if draft and not _still_a_draft(step, changed):
            raise Refused(tr("This is submitted and can’t be changed."), tr("Amend it: a new one with a reason."))
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
    card = step.image(_DRAFTS[changed.op], changed.subject)
    return card is None or card["state"] == CardState.DRAFT
