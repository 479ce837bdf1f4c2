"""How far a long piece of work is, and the way to stop it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout

from app.desk.controls import Button
from app.desk.label import Text
from app.words import tr


class JobBar(QFrame):
    """Words, a bar and Cancel, hidden while nothing runs."""

    def __init__(self, about: str, cancel: Callable[[], None]) -> None:
        """`about` says to a reader of the screen what the bar measures."""
        super().__init__()
        self.setProperty("role", "notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(6)
        self.words = Text("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bar.setAccessibleName(about)
        left.addWidget(self.words)
        left.addWidget(self.bar)
        row.addLayout(left, 1)
        self.cancel = Button(tr("Cancel"), small=True)
        self.cancel.setAccessibleName(tr("Cancel: {what}").format(what=about))
        self.cancel.clicked.connect(lambda _on=False: cancel())
        row.addWidget(self.cancel)
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
