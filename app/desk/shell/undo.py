"""Undo and redo of one window: what was done is taken back or done again, and named in the sidebar before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.actions.undo import Undoing, apply_inverse, can_be_undone
from app.desk.desk import Desk
from app.desk.parts.side_panel import confirm
from app.desk.shell.window import Window
from app.domain.operations import Op
from app.domain.pipeline import Outcome
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.words import ntr, tr

if TYPE_CHECKING:
    from app.queries.mails import WrittenDraft


class UndoList(QObject):
    """Keeps the list of what the window did, and answers Ctrl+Z and its inverse."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(window)
        self._desk, self._window, self._undoing = desk, window, Undoing()
        desk.undo, desk.redo = self.undo, self.redo

    def note(self, changed: ChangeReport) -> None:
        """Something was done; what can be taken back is."""
        self._undoing.note(changed)
        if changed.undoable:
            self._window.set_undo(self._undoing.next_undo)
        else:
            self.look()
        self._look_for_drafts(changed)

    def undo(self) -> None:
        """Take the newest step back."""
        self._take(Op.UNDO, tr("Taken back: {what}"))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._take(Op.REDO, tr("Done again: {what}"))

    def look(self) -> None:
        """Name what undo would take back, where something came since it was done: only if that can still be."""
        step = self._undoing.newest
        if step is None:
            self._window.set_undo(None)
            return

        def tried(can: bool) -> None:
            if self._undoing.newest is not step:
                return
            if can:
                self._window.set_undo(step.words)
                return
            self._undoing.forget(step)
            self.look()

        self._desk.work.do(partial(can_be_undone, self._desk.workspace, step), tried, self._window)

    def _take(self, op: Op, words: str) -> None:
        """The step is chosen here, after everything written so far is known, and applied in the writing thread."""
        self._desk.work.drain()
        try:
            step = self._undoing.take(op)
        except Refused as refused:
            self._desk.refuse(refused)
            return

        def done(changed: ChangeReport) -> None:
            self._undoing.settle(op, step, changed)
            self.look()
            self._desk.changed.emit(changed)
            self._desk.say(words.format(what=changed.words))
            self._look_for_drafts(changed)

        def failed(refused: Refused) -> None:
            self.look()
            self._desk.refuse(refused)

        self._desk.work.do(partial(apply_inverse, self._desk.workspace, step, op), done, self._window, failed)

    def _look_for_drafts(self, changed: ChangeReport) -> None:
        """Who is open again may have a rejection lying in a file: it is named, and removed where somebody says so."""
        workspace, open_again = self._desk.workspace, opened_again(changed)
        if not open_again:
            return
        from app.exchange.candidate_mails import take_away  # noqa: PLC0415  (rarely needed, and no part of a start)
        from app.queries.mails import rejections_written  # noqa: PLC0415

        def found(drafts: tuple[WrittenDraft, ...]) -> None:
            if not drafts:
                return
            files = "\n".join(tr("{name}: {path}").format(name=draft.name, path=draft.path) for draft in drafts)
            confirm(
                self._desk.theme,
                self._window,
                ntr("A rejection was written already", "{n} rejections were written already", len(drafts)),
                tr("It lies in a file that nobody should send now:\n{files}").format(files=files),
                ntr("Remove the draft", "Remove the drafts", len(drafts)),
                lambda _reason: self._desk.write(partial(take_away, workspace, drafts), None, self),
            )

        self._desk.work.do(partial(rejections_written, workspace, open_again), found, self._window)


def opened_again(changed: ChangeReport) -> tuple[int, ...]:
    """The applications that were rejected before a step and are open after it."""
    return tuple(
        change.row
        for change in changed.changes
        if change.table == "application"
        and change.before is not None
        and change.after is not None
        and (change.before["outcome"], change.after["outcome"]) == (Outcome.REJECTED, Outcome.ACTIVE)
    )
