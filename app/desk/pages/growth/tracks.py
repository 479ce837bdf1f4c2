"""Two levels beside each other: what each expects on a dimension, and how the member stands against its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.desk.pages.growth.gaps import gap_cell
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import TOP, column, grid, holder
from app.desk.parts.section import fill
from app.desk.parts.still import StillCombo
from app.desk.parts.strip import StripWidget
from app.desk.theme import Theme
from app.domain.growth import Gap
from app.phrases.growth import gap_words
from app.phrases.rubric import way_word, weight_word
from app.queries.growth import GrowthView, TrackView
from app.words import day, tr

_NAME = 118  # px at ordinary text size


class TracksPart(QWidget):
    """`chosen` carries the two levels that are to be compared."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: GrowthView | None = None
        words = tr("A score counts against its own level’s sentence. Nothing is carried from one to the other.")
        body = column(Text(words, tone="soft", wrap=True), gap=8, on=self)
        self.first, self.second = StillCombo(tr("First level")), StillCombo(tr("Second level"))
        for combo in (self.first, self.second):
            combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # its words never widen the page
            combo.activated.connect(lambda _n: self.ask())
            body.addWidget(combo)
        self._table = QVBoxLayout()
        body.addLayout(self._table)

    def show_page(self, page: GrowthView) -> None:
        """Offer the levels; the target and the next level of the member's own track to begin with."""
        fresh = self._page is None or self._page.member != page.member
        before = (self.first.currentData(), self.second.currentData())
        self._page = page
        for combo in (self.first, self.second):
            combo.blockSignals(True)
            combo.clear()
            for one in page.choices:
                words = [f"{one.id} {one.title}", way_word(one.way) or one.track]
                combo.addItem(" · ".join(w for w in words if w), one.id)
            combo.blockSignals(False)
        wanted = _usual(page) if fresh or None in before else before
        for combo, level in zip((self.first, self.second), wanted, strict=True):
            combo.setCurrentIndex(max(0, combo.findData(level)))

    def ask(self) -> None:
        """Ask for the two that are chosen."""
        if self.first.currentData() and self.second.currentData():
            self.chosen.emit(self.first.currentData(), self.second.currentData())

    def show_tracks(self, tracks: Sequence[TrackView]) -> None:
        """Show them beside each other."""
        page = self._page
        if page is None:
            return
        cells = grid(14, 6, margins=(0, 6, 0, 0))
        cells.setColumnMinimumWidth(0, 0 if self._theme.large_text else self._theme.px(_NAME))
        for place, track in enumerate(tracks, start=1):
            cells.setColumnStretch(place, 1)
            cells.addWidget(Text(f"{track.level} {track.title}", weight=600, wrap=True), 0, place)
            said = tr("assessed {day}").format(day=day(track.assessed_on)) if track.assessed_on else tr("not assessed")
            cells.addWidget(Text(said, "caption", tone="soft"), 1, place)
        for number, dimension in enumerate(page.guide.dimensions):
            row = 2 + 2 * number
            cells.addWidget(line_across(), row, 0, 1, len(tracks) + 1)
            cells.addWidget(Text(dimension.short, weight=500, wrap=True), row + 1, 0, TOP)
            for place, track in enumerate(tracks, start=1):
                cell = _cell(self._theme, dimension.short, track.gaps[number], track.expects[number])
                cells.addWidget(cell, row + 1, place, TOP)
        fill(self._table, [holder(cells)])


def _usual(page: GrowthView) -> tuple[str, str]:
    ways = [c.id for c in page.choices if c.way]
    first = page.target or next(iter(ways), page.level)
    second = next((w for w in ways if w != first), page.level if first != page.level else first)
    return first, second


def _cell(theme: Theme, name: str, found: Gap, expects: str) -> QWidget:
    cells = grid(8, 2)
    strip = StripWidget(theme)
    strip.show_cells([name], [gap_cell(found)])
    cells.addWidget(strip, 0, 0)
    words = [weight_word(found.weight)]
    words += [gap_words(found)] if found.bar is not None else []
    cells.addWidget(Text(", ".join(words), "caption", tone="soft", wrap=True), 0, 1)
    cells.addWidget(Text(expects, wrap=True), 1, 0, 1, 2)
    cells.setColumnStretch(1, 1)
    return holder(cells)
