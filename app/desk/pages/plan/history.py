"""The versions of a plan with their reasons, and the bar that saves a plan in use as a new one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import column, row, wide
from app.desk.parts.section import fill
from app.queries.plan import Version
from app.words import moment, ntr, tr


class HistoryPane(QWidget):
    """Newest first: when, by whom, for how many, and why."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self._zone = zone
        self._lines = column(gap=6)
        column(Text(tr("Versions"), "lead", weight=600), self._lines, gap=6, on=self)

    def show_versions(self, versions: Sequence[Version]) -> None:
        """Show them."""
        fill(self._lines, (line for version in versions for line in self._version(version)))

    def _version(self, version: Version) -> Iterator[QWidget]:
        holds = ntr("holds for {n} candidate", "holds for {n} candidates", version.holds_for)
        facts = (tr("Version {n}").format(n=version.number), moment(version.made_at, self._zone), version.by, holds)
        yield line_across()
        yield Text(" · ".join(f for f in facts if f), "caption", tone="soft", wrap=True)
        if version.reason:
            yield Text(version.reason, wrap=True, selectable=True)


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
        self.save = Button(tr("Save as a new version"), "primary", run=self._save)
        self.discard = Button(tr("Discard"), run=self.discarded.emit)
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
