"""The head of the Rubric page: which rubric, which version, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.flow import flowing
from app.desk.parts.label import Text
from app.desk.parts.layout import column
from app.desk.parts.section import fill
from app.desk.parts.still import StillCombo
from app.domain.rubric import ADVISED
from app.queries.rubric_draft import DraftRow
from app.queries.rubrics import RubricRow
from app.words import day, ntr, tr

_SIDE = 32  # px


class RubricBar(QFrame):
    """Choices over the page. `chosen` carries a version's id, `drafted` that of a draft that goes on."""

    chosen = Signal(int)
    drafted = Signal(int)

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self._zone = zone
        self.setProperty("role", "bar")
        self.names, self.versions = StillCombo(tr("Rubric")), StillCombo(tr("Version"))
        for box in (self.names, self.versions):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(lambda _i, b=box: self.chosen.emit(int(b.currentData())))
        self._about = Text("", "caption", tone="soft", wrap=True)
        for box in (self.names, self.versions):
            box.hide()
        self._drafts = column(gap=2)
        choices = flowing(self.names, self.versions, gap=8)
        column(choices, self._about, self._drafts, gap=6, margins=(_SIDE, 10, _SIDE, 8), on=self)

    def show_drafts(self, drafts: Sequence[DraftRow]) -> None:
        """Offer the drafts that are not versions yet."""
        fill(self._drafts, [flowing(*(self._draft(one) for one in drafts), gap=12)] if drafts else [])

    def _draft(self, one: DraftRow) -> QWidget:
        words = tr("Go on with the draft of {name}").format(name=one.name or tr("a rubric without a name"))
        return Button(words, "link", run=partial(self.drafted.emit, one.id))

    def show_rubrics(self, rows: Sequence[RubricRow], chosen: RubricRow) -> None:
        """Offer every rubric by name, and the versions of the one that is shown."""
        for box in (self.names, self.versions):
            box.show()
        newest = [r for r in rows if r.newest]
        self.names.offer([(r.id, r.name) for r in newest], next(r.id for r in newest if r.pack == chosen.pack))
        versions = [r for r in rows if r.pack == chosen.pack]
        self.versions.offer([(r.id, self._version(r)) for r in versions], chosen.id)
        about = [ntr("{n} dimension", "{n} dimensions", chosen.dimensions)]
        about.append(ntr("scores {n} opening", "scores {n} openings", chosen.openings))
        about += [tr("kept by {name}").format(name=chosen.by)] if chosen.by else []
        about += [tr("why: {reason}").format(reason=chosen.reason)] if chosen.reason else []
        if chosen.dimensions > ADVISED:
            about.append(
                tr("more than {n} are too many for a panel: four a person, each seen by two").format(n=ADVISED)
            )
        self._about.setText(" · ".join(about))

    def _version(self, row: RubricRow) -> str:
        words = tr("Version {n}, {day}").format(n=row.version, day=day(row.adopted_at.astimezone(self._zone).date()))
        return words if row.newest else tr("{version} (older)").format(version=words)
