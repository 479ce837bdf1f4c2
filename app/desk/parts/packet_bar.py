"""Making a packet: how far it is, a way to stop it, and the way to what was made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy

from app.desk.desk import Desk
from app.desk.parts.attached_files import open_outside
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.label import Text
from app.desk.parts.layout import column, row, wide
from app.desk.work import Job, Progress
from app.errors import Refused
from app.packets.names import HIRING, OFFER
from app.store.workspace import Workspace
from app.words import tr

if TYPE_CHECKING:
    from app.packets.paper.page import Packet


class PacketBar(QFrame):
    """One packet at a time. It is hidden until one is made, and says at the end where the packet is.

    `made` follows when the packet is written and recorded.
    """

    made = Signal(str)

    def __init__(self, desk: Desk) -> None:
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
        self.progress.setAccessibleName(tr("How far the packet is"))
        line = row(wide(column(self.words, self.progress, gap=6)), gap=12, margins=(16, 10, 8, 10), on=self)
        self.cancel = Button(tr("Cancel"), small=True)
        self.cancel.clicked.connect(self._cancel)
        self.open = Button(tr("Open it"), small=True)
        self.open.clicked.connect(self._open)
        self.close_ = IconButton(desk.theme, "x", tr("Close this line"))
        self.close_.clicked.connect(self.hide)
        for button in (self.cancel, self.open, self.close_):
            line.addWidget(button)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether a packet is being made."""
        return self._job is not None

    def make(self, application: int, name: str, target: Path, kind: str = HIRING) -> None:
        """Make a packet of `name`'s application and write it to `target`; `kind` is "hiring" or "offer"."""
        if self.busy:
            return
        workspace = self._desk.workspace
        words = {HIRING: tr("Making the hiring packet for {name}"), OFFER: tr("Making the offer packet for {name}")}
        self.run(
            words[kind].format(name=name),
            target,
            partial(_make, workspace, application, kind),
            lambda packet: _hand_out(workspace, application, packet, target, kind),
        )

    def run(
        self, words: str, target: Path, make: Callable[[Progress], Packet], hand_out: Callable[[Packet], Any]
    ) -> None:
        """The same for any packet: `make` gives it, in a thread of its own; `hand_out` writes and records it."""
        if self.busy:
            return
        self._target = target
        self._show(words, running=True)
        job = self._desk.work.job(
            self, tr("Packet"), make, lambda packet: self._hand_out(packet, target, hand_out), self._failed
        )
        self._job = job
        job.progressed.connect(self._progressed)
        job.finished.connect(self._ended)

    def _progressed(self, fraction: float, words: str) -> None:
        self.progress.setValue(round(fraction * 100))
        if words:
            self.words.setText(words)

    def _hand_out(self, packet: Packet, target: Path, hand_out: Callable[[Packet], Any]) -> None:
        self.progress.setValue(100)
        said = tr("Packet {number} written to {name}").format(number=packet.number, name=target.name)
        self._desk.write(
            partial(hand_out, packet),
            lambda _changed: self._done(said),
            self,
            self._failed,
        )

    def _done(self, said: str) -> None:
        self._job = None
        self._show(said, running=False)
        self.open.setFocus()
        self.made.emit(said)

    def _ended(self) -> None:
        if self._job is not None and self._job.cancelled:
            self._job = None
            self.hide()
            self._desk.say(tr("The packet was not made."))

    def _failed(self, refused: Refused) -> None:
        self._job = None
        self.hide()
        self._desk.refuse(refused)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _open(self) -> None:
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


def _make(workspace: Workspace, application: int, kind: str, progress: Progress) -> Packet:
    from app.packets import application_files  # noqa: PLC0415  (in the job's thread: it brings the printer)

    make = application_files.make_offer_packet if kind == OFFER else application_files.make_hiring_packet
    return make(workspace, application, progress)


def _hand_out(workspace: Workspace, application: int, packet: Packet, target: Path, kind: str) -> Any:
    from app.packets.application_files import hand_out  # noqa: PLC0415

    return hand_out(workspace, application, packet, target, kind)
