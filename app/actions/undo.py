"""Undo and redo: the inverse of a step, applied as a new step. Redo is the inverse of that.

The list lives as long as the window. What was declared is never in it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import NoReturn

from sqlalchemy.exc import IntegrityError

from app.domain.operations import Op
from app.domain.scorecard import CardState
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.history import RowChange, Values
from app.store.step import Step
from app.store.workspace import Workspace
from app.words import tr

_MANY = 200
"""Rows added or removed one after the other that go back at once."""
ONE_GO = timedelta(seconds=60)
_DRAFTS = {Op.DRAFT_CARD: "scorecard", Op.DRAFT_ASSESSMENT: "assessment"}
"""What is in the history only once it is submitted, and the table it lies in."""
_CHANGES_NOTHING = frozenset({Op.EXPORT_PACKET, Op.COPY_FILE, Op.WRITE_MAILS, Op.INVITE, Op.ADD_TRANSCRIPT})
"""Declared, but about a copy that left, or words that came beside a card: what was done before can still be taken
back."""


class _OnlyTried(Exception):
    """Ends a step that was only tried, so that nothing of it is kept."""


class Undoing:
    """What can be taken back, newest last, and what can be done again."""

    def __init__(self) -> None:
        self._done: list[ChangeReport] = []
        self._undone: list[ChangeReport] = []
        self._declared = ""

    @property
    def newest(self) -> ChangeReport | None:
        """The step undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def next_undo(self) -> str | None:
        """What undo would take back, in words."""
        return self._done[-1].words if self._done else None

    @property
    def next_redo(self) -> str | None:
        """What redo would do again, in words."""
        return self._undone[-1].words if self._undone else None

    def note(self, changed: ChangeReport) -> None:
        """Remember a step. Runs of one merge key under 60 s count as one.

        A declared step is not kept, and ends the list: undo after it would take back something older than what was
        just done, which the declaration may rest on.
        """
        if not changed.undoable:
            self._done[-1:] = [replace(last, merge=None) for last in self._done[-1:]]
            if (changed.changes or changed.beside) and changed.op not in _CHANGES_NOTHING:
                self._done.clear()
                self._undone.clear()
                self._declared = changed.words
            return
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last and changed.merge and last.merge == changed.merge and changed.at - last.at < ONE_GO:
            self._done[-1] = replace(changed, at=last.at, changes=_joined(last.changes, changed.changes))
        else:
            self._done.append(changed)

    def take(self, op: Op) -> ChangeReport:
        """Take the newest step (of `Op.UNDO` or `Op.REDO`) off its list. Raises Refused when nothing is left.

        A step that is then refused is gone: a row that has moved on would block every older one.
        """
        steps = self._done if op is Op.UNDO else self._undone
        if not steps and op is Op.UNDO and self._declared:
            raise Refused(
                tr("“{what}” was recorded for good, and ends what can be undone.").format(what=self._declared),
                tr("Correct it by a new entry, and what came before it by hand."),
            )
        if not steps:
            raise Refused(tr("There is nothing to undo.") if op is Op.UNDO else tr("There is nothing to redo."))
        return steps.pop()

    def settle(self, op: Op, step: ChangeReport, done: ChangeReport) -> None:
        """The inverse of a taken step was applied: its own inverse goes onto the other list."""
        inverse = replace(done, words=step.words, merge=None, op=step.op)
        (self._undone if op is Op.UNDO else self._done).append(inverse)

    def forget(self, step: ChangeReport) -> None:
        """Drop a step that can't be taken back."""
        self._done = [kept for kept in self._done if kept is not step]

    def undo(self, workspace: Workspace) -> ChangeReport:
        """Take the newest step back, at once. Raises Refused when nothing is left or a row has moved on since."""
        step = self.take(Op.UNDO)
        done = apply_inverse(workspace, step, Op.UNDO)
        self.settle(Op.UNDO, step, done)
        return done

    def redo(self, workspace: Workspace) -> ChangeReport:
        """Do again, at once, what was undone last."""
        step = self.take(Op.REDO)
        done = apply_inverse(workspace, step, Op.REDO)
        self.settle(Op.REDO, step, done)
        return done


def _joined(first: tuple[RowChange, ...], second: tuple[RowChange, ...]) -> tuple[RowChange, ...]:
    """Two runs of changes as one: the earliest before and the latest after of each row, in the order of first touch."""
    joined: dict[tuple[str, int], RowChange] = {}
    for change in (*first, *second):
        key = (change.table, change.row)
        joined[key] = replace(change, before=joined[key].before) if key in joined else change
    return tuple(c for c in joined.values() if c.before != c.after)


def apply_inverse(workspace: Workspace, changed: ChangeReport, op: Op) -> ChangeReport:
    """Apply a step's before-images as a new step. Raises Refused where a row has moved on since."""
    with workspace.step(op, draft=changed.op in _DRAFTS) as step:
        _invert(step, changed)
    return step.report()


def can_be_undone(workspace: Workspace, changed: ChangeReport) -> bool:
    """Whether `apply_inverse` would do it; nothing is written."""
    try:
        with workspace.step(Op.UNDO, draft=True) as step:
            _invert(step, changed)
            _keep_nothing()
    except _OnlyTried:
        return True
    except Refused:
        return False


def _keep_nothing() -> NoReturn:
    raise _OnlyTried


def _invert(step: Step, changed: ChangeReport) -> None:
    from app.actions.undo_guards import must_still_be_open  # noqa: PLC0415  (with tables that nothing asks for at start)

    must_still_be_open(step, changed.changes, changed.at)
    if changed.op in _DRAFTS and not _still_a_draft(step, changed):
        raise Refused(tr("This is submitted and can’t be changed."), tr("Amend it: a new one with a reason."))
    try:
        _put_back(step, changed)
    except IntegrityError as error:  # something since refers to a row that would go, or has what a row would get back
        raise _moved_on(changed) from error
    if step.dangling():
        raise _moved_on(changed)
    step.subject = changed.subject
    step.words = changed.words


def _put_back(step: Step, changed: ChangeReport) -> None:
    for kind, run in groupby(reversed(changed.changes), key=_kind):
        changes = list(run)
        if kind is None or len(changes) < _MANY:
            for change in changes:
                _must_be_as_left(changed, change, step.image(change.table, change.row))
                step.about = change.person
                step.put(_inverse(change))
            continue
        by_table: dict[str, list[int]] = {}
        for change in changes:
            by_table.setdefault(change.table, []).append(change.row)
        now = {table: step.images(table, rows) for table, rows in by_table.items()}
        for change in changes:
            _must_be_as_left(changed, change, now[change.table].get(change.row))
        step.about = changes[-1].person
        step.put_all([_inverse(change) for change in changes])


def _kind(change: RowChange) -> str | None:
    """Whether a change added or removed a row: many of one kind go back at once."""
    if change.before is None:
        return "added"
    return "removed" if change.after is None else None


def _inverse(change: RowChange) -> RowChange:
    return RowChange(change.table, change.row, change.after, change.before, change.person)


def _must_be_as_left(changed: ChangeReport, change: RowChange, now: Values | None) -> None:
    if now != change.after:
        raise _moved_on(changed)


def _moved_on(changed: ChangeReport) -> Refused:
    return Refused(
        tr("“{what}” can’t be taken back: it was changed again since.").format(what=changed.words),
        tr("Change it by hand."),
    )


def _still_a_draft(step: Step, changed: ChangeReport) -> bool:
    card = step.image(_DRAFTS[changed.op], changed.subject)
    return card is None or card["state"] == CardState.DRAFT
