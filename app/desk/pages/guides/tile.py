"""A cell's bar on a tile that says its weight, as on paper, and the guide's matrix of them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.desk.parts.label import Text, as_tooltip
from app.desk.parts.layout import STRETCH, column, holder, row
from app.desk.theme import Theme
from app.domain.guide import Guide, GuideCell
from app.phrases.rubric import weight_word
from app.words import tr

_TILE = (26, 18)  # px at ordinary text size
_WEIGHTS = (("core", 3), ("important", 3), ("supporting", 2), ("not_expected", None))


def tile_words(cell: GuideCell | None) -> str:
    """Weight and bar in words: 'core, bar 3'."""
    if cell is None:
        return tr("the guide is silent here")
    weight = weight_word(cell.weight)
    return weight if cell.bar is None else tr("{weight}, bar {bar}").format(weight=weight, bar=cell.bar)


class BarTile(QWidget):
    """Core is filled, important outlined, supporting dotted; not expected is a dash, silence an empty place."""

    def __init__(self, theme: Theme, weight: str | None, bar: int | None, words: str) -> None:
        super().__init__()
        self._theme, self._weight, self._bar = theme, weight, bar
        self.setAccessibleName(words)
        self.setToolTip(as_tooltip(words))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """The tile's own size at this text size."""
        return QSize(self._theme.px(_TILE[0]), self._theme.px(_TILE[1]))

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint`."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if self._weight is None:
            return
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._weight == "core":
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(rect, 4, 4)
        elif self._weight != "not_expected":
            pen = QPen(theme.colour("accent" if self._weight == "important" else "ink_faint"), 1.4)
            if self._weight == "supporting":
                pen.setStyle(Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, 4, 4)
        font = theme.font("body", 600 if self._weight == "core" else 400)
        painter.setFont(font)
        painter.setPen(theme.colour("on_accent" if self._weight == "core" else "ink"))
        text = "–" if self._bar is None else str(self._bar)
        metrics = QFontMetricsF(font)
        x = rect.center().x() - metrics.horizontalAdvance(text) / 2
        painter.drawText(QRectF(x, rect.top(), rect.width(), rect.height()), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


def tile_of(theme: Theme, cell: GuideCell | None, about: str = "") -> BarTile:
    """The tile of a cell; `about` says whose it is to who does not see where it stands."""
    words = tile_words(cell)
    words = tr("{about}: {words}").format(about=about, words=words) if about else words
    return BarTile(theme, cell.weight if cell else None, cell.bar if cell else None, words)


def key_of_tiles(theme: Theme) -> QWidget:
    """What the tiles mean, on one line."""
    key = QWidget()
    key.setAccessibleName(tr("Key to the tiles"))
    line = row(gap=6, on=key)
    for weight, bar in _WEIGHTS:
        words = weight_word(weight)
        line.addWidget(BarTile(theme, weight, bar, words))
        line.addWidget(Text(words, "caption", tone="soft"))
        line.addSpacing(10)
    line.addStretch(1)
    return key


def tile_matrix(theme: Theme, guide: Guide) -> QWidget:
    """Dimensions by levels, as tiles."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(7)
    for place, level in enumerate(guide.in_order, start=1):
        head = Text(level.label, "caption", tone="soft", weight=500, wrap=True)
        head.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        head.setToolTip(as_tooltip(level.title))
        head.setMinimumWidth(theme.px(60))
        head.setMaximumWidth(theme.px(104))
        grid.addWidget(head, 0, place)
    for line, dimension in enumerate(guide.dimensions, start=1):
        name = Text(dimension.short, wrap=theme.large_text)
        name.setToolTip(as_tooltip(dimension.definition))
        grid.addWidget(name, line, 0)
        for place, level in enumerate(guide.in_order, start=1):
            about = tr("{level}, {dimension}").format(level=level.label, dimension=dimension.short)
            tile = tile_of(theme, level.cells.get(dimension.id), about)
            grid.addWidget(tile, line, place, Qt.AlignmentFlag.AlignCenter)
    grid.setColumnStretch(len(guide.levels) + 1, 1)
    return holder(column(key_of_tiles(theme), grid, STRETCH, gap=14))
