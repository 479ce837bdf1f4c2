"""The head of the Levels page: which guide, which version, how it is looked at, and which level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QWidget

from app.desk.parts.controls import Chip, Segmented
from app.desk.parts.flow import Flow
from app.desk.parts.label import Text, as_tooltip
from app.desk.parts.layout import column
from app.desk.parts.section import clear
from app.desk.parts.still import StillCombo
from app.desk.theme import Theme
from app.domain.guide import Guide
from app.queries.guide import GuideRow
from app.words import day, tr

READ, COMPARE, OVERVIEW = "read", "compare", "overview"
_SIDE = 32  # px


class LevelsBar(QFrame):
    """Choices over the page. `guide` carries a version's id, `looked` a way of looking, `level` a level's id,
    `beside` the two levels to compare."""

    guide = Signal(int)
    looked = Signal(str)
    level = Signal(str)
    beside = Signal(str, str)

    def __init__(self, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self._theme, self._zone = theme, zone
        self._rows: Sequence[GuideRow] = ()
        self.setProperty("role", "bar")
        self.names, self.versions = _choice(tr("Guide")), _choice(tr("Version"))
        self.names.activated.connect(self._name_chosen)
        self.versions.activated.connect(lambda _i: self.guide.emit(int(self.versions.currentData())))
        self.ways = Segmented(
            [(READ, tr("One level")), (COMPARE, tr("Side by side")), (OVERVIEW, tr("Overview"))], tr("View")
        )
        self.ways.chosen.connect(self.looked)
        self.left, self.right = _choice(tr("Left level")), _choice(tr("Right level"))
        for box in (self.left, self.right):
            box.activated.connect(lambda _i: self.beside.emit(self.left.currentData(), self.right.currentData()))
        self.why = Text("", "caption", tone="soft", wrap=True)
        self._chosen = self._line([self.names, self.versions, self.ways])
        self._pair = self._line([self.left, Text(tr("beside"), "caption", tone="soft"), self.right])
        self._tracks = column(gap=6)
        self._chips: dict[str, Chip] = {}
        self._shown: list[object] = []
        self._group = QButtonGroup(self)
        self._held = QWidget()
        self._held.setLayout(self._tracks)
        self._tracks.setContentsMargins(0, 0, 0, 0)
        body = column(gap=8, margins=(_SIDE, 12, _SIDE, 12), on=self)
        for widget in (self._chosen, self.why, self._pair, self._held):
            body.addWidget(widget)

    def show_guides(self, rows: Sequence[GuideRow], chosen: int) -> None:
        """Offer every guide by name, and the versions of the one that is shown."""
        self._rows = rows
        row = next(r for r in rows if r.id == chosen)
        newest = [r for r in rows if r.newest]
        self.names.offer([(r.id, r.name) for r in newest], next(r.id for r in newest if r.name == row.name))
        versions = [r for r in reversed(rows) if r.name == row.name]
        self.versions.offer([(r.id, self._version(r)) for r in versions], chosen)
        about = [tr("Source: {source}").format(source=row.source)]
        about += [tr("kept by {name}").format(name=row.by)] if row.by else []
        about += [tr("why: {reason}").format(reason=row.reason)] if row.reason else []
        self.why.setText(" · ".join(about))

    def show_levels(self, guide: Guide, level: str, left: str, right: str, way: str, *, editing: bool) -> None:
        """Show the levels of the guide as choices, and which are chosen."""
        shown: list[object] = [guide.tracks, [(x.id, x.label, x.title) for x in guide.in_order]]
        if shown != self._shown:
            self._shown = shown
            self._make_chips(guide)
        self._group.setExclusive(False)
        for id_, chip in self._chips.items():
            chip.setChecked(id_ == level)
        self._group.setExclusive(True)
        levels = [(x.id, x.title if x.label == x.title else f"{x.label}, {x.title}") for x in guide.in_order]
        self.left.offer(levels, left)
        self.right.offer(levels, right)
        self.ways.choose(way)
        self._held.setVisible(way == READ or editing)
        self._pair.setVisible(way == COMPARE and not editing)
        for widget in (self._chosen, self.why):
            widget.setVisible(not editing)

    def focus_level(self, level: str) -> None:
        """The focus goes along with the keys."""
        if any(chip.hasFocus() for chip in self._chips.values()):
            self._chips[level].setFocus()

    def _version(self, row: GuideRow) -> str:
        when = day(row.made_at.astimezone(self._zone).date())
        words = tr("Version {n}, {day}").format(n=row.version, day=when)
        return words if row.newest else tr("{version} (older)").format(version=words)

    def _name_chosen(self) -> None:
        self.guide.emit(int(self.names.currentData()))

    def _make_chips(self, guide: Guide) -> None:
        clear(self._tracks)
        self._chips = {}
        for track in guide.tracks:
            items: list[QWidget] = []
            if len(guide.tracks) > 1:
                items.append(Text(track.name, "caption", tone="soft"))
            for id_ in track.order:
                level = guide.level(id_)
                chip = Chip(level.label)
                chip.setAccessibleName(tr("Level {label}: {title}").format(label=level.label, title=level.title))
                chip.setToolTip(as_tooltip(level.title))
                chip.clicked.connect(lambda _on=False, chosen=id_: self.level.emit(chosen))
                self._group.addButton(chip)
                self._chips[id_] = chip
                items.append(chip)
            self._tracks.addWidget(self._line(items))

    def _line(self, items: Sequence[QWidget]) -> QWidget:
        held = QWidget()
        flow = Flow(held, 8)
        for item in items:
            flow.addWidget(item)
        return held


def _choice(name: str) -> StillCombo:
    box = StillCombo()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box
