"""Making files: how far it is, the way to stop it, why it failed, and the way to what was made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy

from app.desk.desk import Desk
from app.desk.parts.attached_files import open_outside
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.label import Text
from app.desk.parts.layout import column, row, wide
from app.desk.work import Job, Progress
from app.errors import Refused
from app.packets.printables import Print, Printable, hand_out, hand_out_into
from app.store.workspace import Workspace
from app.words import tr


@dataclass(frozen=True)
class Drawn:
    """What is to be written, each as a step of its own; what is said of those that were, and of those that were not."""

    writes: Sequence[Callable[[], object]]
    told: Callable[[int], str]
    lost: Callable[[int], str] = lambda _n: ""


class FileBar(QFrame):
    """One thing is made at a time. It says at the end where that is, and opens it where it is one file.

    It is drawn in a thread of its own and may be cancelled until then; `made` follows once everything is written.
    """

    made = Signal(str)

    def __init__(self, desk: Desk, about: str = "") -> None:
        """`about` says to a reader of the screen what the bar measures."""
        super().__init__()
        self._desk = desk
        self._job: Job | None = None
        self._target: Path | None = None
        self.setProperty("role", "notice")
        self.words = Text("", wrap=True)
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.progress.setAccessibleName(about or tr("How far the packet is"))
        self.cancel = Button(tr("Cancel"), small=True, name=about and tr("Cancel: {what}").format(what=about))
        self.cancel.clicked.connect(self.stop)
        self.open = Button(tr("Open it"), small=True, run=self.open_made)
        self.close_ = IconButton(desk.theme, "x", tr("Close this line"))
        self.close_.clicked.connect(self.hide)
        row(
            wide(column(self.words, self.progress, gap=6)),
            self.cancel,
            self.open,
            self.close_,
            gap=12,
            margins=(16, 10, 8, 10),
            on=self,
        )
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether something is being made."""
        return self._job is not None

    def print_one(self, printable: Printable, number: int, words: str, target: Path) -> None:
        """Print one packet to a file; `words` say what is being made."""
        self.make(words, partial(_one, self._desk.workspace, printable, number, target), target)

    def print_each(self, printable: Printable, numbers: Sequence[int] | int, words: str, folder: Path) -> None:
        """Print several into a folder, as `Printable.print_each`."""
        self.make(words, partial(_each, self._desk.workspace, printable, numbers, folder))

    def make(self, words: str, draw: Callable[[Progress], Drawn], target: Path | None = None) -> None:
        """Draw, then write; `target` is opened by the button at the end."""
        if self.busy:
            return
        self._target = target
        self._show(words, running=True)
        job = self._desk.work.job(self, words, draw, self._write, self._failed)
        self._job = job
        job.progressed.connect(self._progressed)
        job.finished.connect(self._ended)

    def stop(self) -> None:
        """Stop drawing; what is being written is written."""
        if self._job is not None:
            self._job.cancel()

    def _progressed(self, fraction: float, words: str) -> None:
        self.progress.setValue(round(fraction * 100))
        if words:
            self.words.setText(words)

    def _write(self, drawn: Drawn) -> None:
        self.progress.setValue(100)
        failed: list[Refused] = []
        written: list[object] = []

        def ended(outcome: object) -> None:
            if isinstance(outcome, Refused):
                failed.append(outcome)
            else:
                written.append(outcome)
            if len(written) + len(failed) == len(drawn.writes):
                self._tell(drawn, len(written), failed)

        if not drawn.writes:
            self._tell(drawn, 0, failed)
        for write in drawn.writes:
            self._desk.write(write, ended, self, ended)

    def _tell(self, drawn: Drawn, written: int, failed: Sequence[Refused]) -> None:
        """Say how many are written, and why one could not be."""
        said = drawn.told(written) if written or not failed else ""
        if failed:
            words = (said, drawn.lost(len(failed)), failed[0].sentence)
            self._failed(Refused(" ".join(w for w in words if w), failed[0].remedy))
            return
        self._job = None
        self._desk.say(said)
        if self._target is None:
            self.hide()
        else:
            self._show(said, running=False)
            self.open.setFocus()
        self.made.emit(said)

    def _ended(self) -> None:
        if self._job is not None and self._job.cancelled:
            self._job = None
            self.hide()
            self._desk.say(tr("Nothing was made."))

    def _failed(self, refused: Refused) -> None:
        self._job = None
        self.hide()
        self._desk.refuse(refused)

    def open_made(self) -> None:
        """Open what was made last with the program the system has for it."""
        if self._target is not None and not open_outside(self._target):
            self._desk.say(
                tr("No program here opens {name}.").format(name=self._target.name),
                tr("It lies in {folder}.").format(folder=self._target.parent),
            )

    def _show(self, words: str, *, running: bool) -> None:
        self.words.setText(words)
        self.progress.setValue(0)
        self.progress.setVisible(running)
        self.cancel.setVisible(running)
        self.open.setVisible(not running)
        self.close_.setVisible(not running)
        self.show()


def _one(workspace: Workspace, printable: Printable, number: int, target: Path, progress: Progress) -> Drawn:
    made = printable.print(workspace, number, progress)
    said = tr("Packet {number} written to {name}").format(number=made.packet.number, name=target.name)
    return Drawn([partial(hand_out, workspace, made, target)], lambda _n: said)


def _each(
    workspace: Workspace, printable: Printable, numbers: Sequence[int] | int, folder: Path, progress: Progress
) -> Drawn:
    assert printable.several is not None
    several, made = printable.several, printable.print_each(workspace, numbers, progress)
    writes = [partial(_into, workspace, printable, one, folder) for one in made]
    return Drawn(writes, lambda n: f"{several.counted(n)} {folder}.", several.lost)


def _into(workspace: Workspace, printable: Printable, made: Print, folder: Path) -> object:
    """The report of the step: what waits for it wants that alone."""
    assert printable.several is not None
    return hand_out_into(workspace, made, folder, beside=printable.several.beside)[1]
