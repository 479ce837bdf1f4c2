"""How far a long piece of work is, and the way to stop it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.label import Text
from app.desk.parts.layout import column, row, wide
from app.desk.work import Job
from app.words import tr

SOON_MS = 1000
_WIDE = 420  # px


class JobBar(QFrame):
    """Words, a bar and Cancel, hidden while nothing runs."""

    def __init__(self, about: str, cancel: Callable[[], None]) -> None:
        """`about` says to a reader of the screen what the bar measures."""
        super().__init__()
        self.setProperty("role", "notice")
        self.words = Text("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bar.setAccessibleName(about)
        left = column(self.words, self.bar, gap=6)
        self.cancel = Button(tr("Cancel"), small=True)
        self.cancel.setAccessibleName(tr("Cancel: {what}").format(what=about))
        self.cancel.clicked.connect(lambda _on=False: cancel())
        row(wide(left), self.cancel, gap=12, margins=(12, 8, 8, 8), on=self)
        self.hide()

    def begin(self, words: str) -> None:
        """Show it at its start."""
        self.words.setText(words)
        self.bar.setValue(0)
        self.show()

    def tell(self, fraction: float, words: str) -> None:
        """How far it is, 0 to 1, and with what."""
        self.bar.setValue(round(fraction * 100))
        if words:
            self.words.setText(words)


class JobPage(QWidget):
    """A job that one waits for: nothing for a second, then how far it is and the way to stop it. Goes when it ends."""

    def __init__(self, words: str, job: Job) -> None:
        super().__init__()
        self._words = words
        self.bar = JobBar(words, job.cancel)
        self.bar.setMinimumWidth(_WIDE)
        body = QVBoxLayout(self)
        body.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignCenter)
        job.progressed.connect(self.bar.tell)
        job.finished.connect(self.deleteLater)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show)
        self._soon.start(SOON_MS)

    def _show(self) -> None:
        done = self.bar.bar.value()
        self.bar.begin(self._words)
        self.bar.bar.setValue(done)
