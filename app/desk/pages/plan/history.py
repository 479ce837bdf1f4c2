"""The versions of a plan with their reasons, and the bar that saves a plan in use as a new one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import column, row, wide
from app.desk.parts.section import clear
from app.queries.plan import Version
from app.words import moment, ntr, tr


class HistoryPane(QWidget):
    """Newest first: when, by whom, for how many, and why."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self._zone = zone
        self._holder = column(gap=6)
        column(Text(tr("Versions"), "lead", weight=600), self._holder, gap=6, on=self)

    def show_versions(self, versions: Sequence[Version]) -> None:
        """Show them."""
        clear(self._holder)
        for version in versions:
            facts = [tr("Version {n}").format(n=version.number), moment(version.made_at, self._zone)]
            if version.by:
                facts.append(version.by)
            facts.append(ntr("holds for {n} candidate", "holds for {n} candidates", version.holds_for))
            self._holder.addWidget(line_across())
            self._holder.addWidget(Text(" · ".join(facts), "caption", tone="soft", wrap=True))
            if version.reason:
                self._holder.addWidget(Text(version.reason, wrap=True, selectable=True))


class SaveBar(QFrame):
    """Says whom a change of a plan in use holds for, and asks why. `saved` carries the reason."""

    saved = Signal(str)
    discarded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setProperty("tone", "warn")
        self.setAccessibleName(tr("The plan was changed"))
        self._words = Text("", wrap=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("Why the plan changes"))
        self.reason.setPlaceholderText(tr("Why it changes"))
        self.reason.returnPressed.connect(self._save)
        self.save = Button(tr("Save as a new version"), "primary")
        self.save.clicked.connect(self._save)
        self.discard = Button(tr("Discard"))
        self.discard.clicked.connect(self.discarded)
        line = row(wide(self.reason), self.discard, self.save, gap=8)
        column(self._words, line, gap=8, margins=(16, 10, 16, 12), on=self)
        self.hide()

    def ask(self, waiting: int, problem: str, newer: int | None = None) -> None:
        """Ask for the reason; with a problem nothing can be saved yet. `newer` was stored while the changes waited."""
        words = tr("Interviews are planned by this plan: a change is a new version with a reason.")
        words += " " + ntr(
            "It holds for {n} candidate who has no interview yet, and for new ones.",
            "It holds for {n} candidates who have no interview yet, and for new ones.",
            waiting,
        )
        if newer is not None:
            words += " " + tr("Version {n} was stored meanwhile; these changes would take its place.").format(n=newer)
        self._words.setText(problem or words)
        self.save.setEnabled(not problem)
        self.show()

    def _save(self) -> None:
        if self.save.isEnabled():
            self.saved.emit(self.reason.text().strip())
