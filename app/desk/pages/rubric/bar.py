"""The head of the Rubric page: which rubric, which version, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame

from app.desk.parts.flow import flowing
from app.desk.parts.label import Text
from app.desk.parts.layout import column
from app.desk.parts.still import StillCombo
from app.domain.rubric import ADVISED
from app.queries.rubrics import RubricRow
from app.words import day, ntr, tr

_SIDE = 32  # px


class RubricBar(QFrame):
    """Choices over the page. `chosen` carries a version's id."""

    chosen = Signal(int)

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self._zone = zone
        self.setProperty("role", "bar")
        self.names, self.versions = StillCombo(tr("Rubric")), StillCombo(tr("Version"))
        for box in (self.names, self.versions):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(lambda _i, b=box: self.chosen.emit(int(b.currentData())))
        self._about = Text("", "caption", tone="soft", wrap=True)
        column(flowing(self.names, self.versions, gap=8), self._about, gap=6, margins=(_SIDE, 10, _SIDE, 8), on=self)

    def show_rubrics(self, rows: Sequence[RubricRow], chosen: RubricRow) -> None:
        """Offer every rubric by name, and the versions of the one that is shown."""
        newest = [r for r in rows if r.newest]
        _fill(self.names, [(r.id, r.name) for r in newest], next(r.id for r in newest if r.pack == chosen.pack))
        versions = [r for r in rows if r.pack == chosen.pack]
        _fill(self.versions, [(r.id, self._version(r)) for r in versions], chosen.id)
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


def _fill(box: QComboBox, items: Sequence[tuple[object, str]], chosen: object) -> None:
    box.blockSignals(True)
    box.clear()
    for key, words in items:
        box.addItem(words, key)
    box.setCurrentIndex(box.findData(chosen))
    box.blockSignals(False)
    box.updateGeometry()
