"""Forms that come back to the window: chosen, dropped, or found in the folder the workspace watches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.desk.work import Job, Progress
from app.domain.scorecard_form import Reason
from app.errors import Refused
from app.store.change_report import ChangeReport
from app.store.workspace import Workspace
from app.words import ntr, tr

if TYPE_CHECKING:
    from app.desk.desk import Desk
    from app.exchange.assessment_form import AssessmentVerdict, DaysSaid
    from app.exchange.quarantine import PagePicture
    from app.exchange.returned_forms import Returned

_MOST = 200  # results that are kept in sight
_PICTURES = 8  # pages of a form on paper
Seen = tuple[str, int, int]


@dataclass(frozen=True)
class Accepted:
    """A form after it was brought in, with what that changed; nothing where a card had come in meanwhile."""

    verdict: Returned
    changed: ChangeReport | None


class ReturnedForms(QObject):
    """One batch of forms at a time; those that come meanwhile wait. `told` says that `results` or `busy` are others.

    `results` are newest first, one for each form, until they are cleared or the window closes.
    """

    told = Signal()
    progressed = Signal(float, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._job: Job | None = None
        self._waiting: list[Path] = []
        self._seen: set[Seen] = set()
        self._said: set[str] = set()
        self._stopped = False
        self.results: tuple[Returned, ...] = ()

    def stop(self) -> None:
        """The window closes: nothing is read any more."""
        self._stopped = True
        self.cancel()

    @property
    def busy(self) -> bool:
        """Whether forms are being read."""
        return self._job is not None

    def bring(self, files: Sequence[Path]) -> None:
        """Read these files and bring in those that fit. A folder stands for the PDFs in it."""
        if self._stopped:
            return
        if self.busy:
            self._waiting += files
        elif files:
            self._read(partial(_look_at, self._desk.workspace, tuple(files)), self._judged)

    def scan(self) -> None:
        """Look into the folder the workspace watches; what was looked at and has not changed is left alone."""
        folder = self._desk.workspace.settings.forms_folder
        if folder and not self.busy and not self._stopped:
            self._read(
                partial(_look_into, self._desk.workspace, Path(folder), frozenset(self._seen)), self._found, quiet=True
            )

    def cancel(self) -> None:
        """Stop reading; forms that were not brought in yet stay out."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def clear(self) -> None:
        """Forget the results."""
        self.results = ()
        self.told.emit()

    def forget(self, verdict: Returned) -> None:
        """Take one result out, because it was dealt with."""
        self.results = tuple(known for known in self.results if known is not verdict)
        self.told.emit()

    def _read(self, run: Callable[[Progress], object], done: Callable[..., None], *, quiet: bool = False) -> None:
        job = self._desk.work.job(self, tr("Forms back"), run, done, partial(self._failed, quiet))
        self._job = job
        job.progressed.connect(self.progressed)
        job.finished.connect(self._ended)
        self.told.emit()

    def _found(self, found: tuple[list[Returned], list[Seen]]) -> None:
        """The folder's forms; one that is in already and says the same is no news."""
        verdicts, seen = found
        self._seen |= set(seen)
        self._judged([v for v in verdicts if v.reason is not Reason.IDENTICAL])

    def _judged(self, verdicts: list[Returned]) -> None:
        if not verdicts:
            return
        fitting = [v for v in verdicts if v.fits]
        self._keep([v for v in verdicts if not v.fits])
        for verdict in fitting:
            self._accept(verdict)
        words = [ntr("{n} form fits and comes in", "{n} forms fit and come in", len(fitting))] if fitting else []
        asking = sum(v.reason is Reason.NOT_HELD for v in verdicts)
        down = len(verdicts) - len(fitting) - asking
        words += [ntr("{n} form asks first", "{n} forms ask first", asking)] if asking else []
        words += [ntr("{n} form turned down", "{n} forms turned down", down)] if down else []
        self._desk.say(
            tr("{what}.").format(what=", ".join(words)),
            tr("Each has its line under Forms back, on Interviews.") if down or asking else "",
        )

    def bring_held(self, verdict: Returned) -> None:
        """Bring in a form that asked whether its interview was held."""
        self.forget(verdict)
        self._accept(verdict)

    def bring_dated(self, verdict: AssessmentVerdict, said: DaysSaid) -> None:
        """Bring in a form whose lines lacked days, with those that its rater said."""

        def done(accepted: Accepted) -> None:
            self.forget(verdict)
            self._keep([accepted.verdict])

        self._desk.write(partial(_accept_dated, self._desk.workspace, verdict, said), done, self)

    def forget_lines(self) -> None:
        """No form shows a line of its own any more."""
        from app.exchange.assessment_form import AssessmentVerdict  # noqa: PLC0415

        self.results = tuple(replace(v, undated=()) if isinstance(v, AssessmentVerdict) else v for v in self.results)

    def _accept(self, verdict: Returned) -> None:
        self._desk.write(partial(_accept, self._desk.workspace, verdict), lambda done: self._keep([done.verdict]), self)

    def _keep(self, verdicts: list[Returned]) -> None:
        self.results = (*verdicts, *self.results)[:_MOST]
        self.told.emit()

    def _failed(self, quiet: bool, refused: Refused) -> None:
        """A watched folder that is away is said once, not each time one comes back to the window."""
        if not quiet or refused.sentence not in self._said:
            self._said.add(refused.sentence)
            self._desk.refuse(refused)

    def _ended(self) -> None:
        self._job = None
        waiting, self._waiting = self._waiting, []
        self.told.emit()
        self.bring(waiting)


def _look_at(workspace: Workspace, files: tuple[Path, ...], progress: Progress) -> list[Returned]:
    from app.exchange.scorecard_form import find_forms  # noqa: PLC0415  (in the job's thread, when forms come back)

    inside = [form for path in files for form in (find_forms(path) if path.is_dir() else [path])]
    return _look(workspace, inside, progress)


def _look_into(
    workspace: Workspace, folder: Path, seen: frozenset[Seen], progress: Progress
) -> tuple[list[Returned], list[Seen]]:
    from app.exchange.scorecard_form import find_forms  # noqa: PLC0415

    new = [(path, mark) for path in find_forms(folder) if (mark := _mark(path)) is not None and mark not in seen]
    return _look(workspace, [path for path, _ in new], progress), [mark for _, mark in new]


def _look(workspace: Workspace, files: Sequence[Path], progress: Progress) -> list[Returned]:
    from app.exchange.quarantine import Quarantine  # noqa: PLC0415
    from app.exchange.returned_forms import look  # noqa: PLC0415

    found = []
    if files:
        with Quarantine() as quarantine:
            for number, path in enumerate(files):
                progress(number / len(files), tr("Reading {name}").format(name=path.name))
                found.append(look(workspace, path, quarantine))
    return found


def _mark(path: Path) -> Seen | None:
    """What tells a file from what it was before; None where it is gone."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return str(path), facts.st_size, facts.st_mtime_ns


def _accept(workspace: Workspace, verdict: Returned) -> Accepted:
    from app.exchange.returned_forms import bring  # noqa: PLC0415

    return Accepted(*bring(workspace, verdict))


def _accept_dated(workspace: Workspace, verdict: AssessmentVerdict, said: DaysSaid) -> Accepted:
    from app.exchange.assessment_form import accept_dated  # noqa: PLC0415

    return Accepted(*accept_dated(workspace, verdict, said))


def pictures_of(content: bytes, progress: Progress) -> list[PagePicture]:
    """The pages of a form as they look, drawn where strangers' files are read; none where it can't be drawn."""
    from app.exchange.quarantine import Failed, Quarantine  # noqa: PLC0415

    found: list[PagePicture] = []
    with Quarantine() as quarantine:
        for number in range(_PICTURES):
            progress.check()
            try:
                found.append(quarantine.picture(content, number))
            except Failed:
                break
    return found
