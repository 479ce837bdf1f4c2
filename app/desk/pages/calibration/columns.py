"""Where the columns of a calibration's matrix lie, and its foot: how many members meet each bar."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.parts.strip import Size, cell_size
from app.desk.theme import Theme
from app.domain.readiness import Readiness
from app.phrases.readiness import readiness_word
from app.phrases.rubric import outcome_word
from app.queries.calibration import CalibrationView, GuideGroup
from app.words import sentence_list, tr

EDGE = 20
"""Pixels left of the names."""
_NAME = 150  # px at ordinary text size
_STATE = 178  # px at ordinary text size
_BESIDE = 13  # px between cells, so that the words under two of them stay apart
_FOOT = 30  # px at ordinary text size


@dataclass(frozen=True)
class CalibrationColumns:
    """Where columns lie, in pixels: the same for head, rows and foot."""

    width: int
    name: int
    state: int
    count: int

    @property
    def column(self) -> float:
        """How wide a column is."""
        return (self.width - self.name - self.state) / max(1, self.count)

    def narrow(self, theme: Theme) -> bool:
        """Whether the words of readiness have much less room than they like."""
        return self.state < theme.px(_STATE * 0.85)

    def left(self, number: int) -> float:
        """The left edge of a column, from 0."""
        return self.name + number * self.column

    def at(self, x: float) -> int | None:
        """The column at `x`; None beside them."""
        number = int((x - self.name) // self.column) if self.column > 0 else -1
        return number if 0 <= number < self.count else None


def calibration_columns(theme: Theme, width: int, count: int) -> CalibrationColumns:
    """The columns of a matrix this wide; in a narrow one the names give way, then the words of readiness."""
    name, state = EDGE + theme.px(_NAME), theme.px(_STATE)
    least = count * (cell_size(theme, Size.LARGE).width() + _BESIDE)
    short = max(0, name + state + least - width)
    given = min(short, round(name * 0.2))
    return CalibrationColumns(width, name - given, state - min(short - given, round(state * 0.5)), count)


def tile_colour(theme: Theme) -> str:
    """What a core cell lies on: on a dark ground a sunken tile could not be seen, so there it is raised."""
    return "line" if theme.colour("background").lightness() < 128 else "sunken"


class GridFoot(QWidget):
    """How many members of a guide meet each bar, and how many each word has."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._group: GuideGroup | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_group(self, group: GuideGroup) -> None:
        """Count what one may see."""
        self._group = group
        met = [f"{group.guide.dimension(d).short} {n}" for d, n in group.met.items()]
        said = [f"{_met_words(group)}: {', '.join(met)}.", spread_words(group)] if group.seen else []
        self.setAccessibleName(" ".join(said))
        self.setVisible(bool(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line, or two where the words of readiness find no room beside the counts."""
        line = self._theme.px(_FOOT)
        return QSize(self._theme.px(700), line + (self._below() and self._theme.px(_FOOT * 0.7)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another line."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._group is None:
            return
        painter = QPainter(self)
        theme, group, height = self._theme, self._group, self._theme.px(_FOOT)
        grid = calibration_columns(theme, self.width(), len(group.guide.dimensions))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink_soft"))
        painter.drawText(QRectF(EDGE, 0, grid.name - EDGE, height), middle, _met_words(group))
        for number, count in enumerate(group.met.values()):
            box = QRectF(grid.left(number), 0, grid.column, height)
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignHCenter, str(count))
        words = QRectF(grid.width - grid.state + 8, 0, grid.state - 8, height)
        if self._below():
            words = QRectF(EDGE, height, self.width() - 2 * EDGE, self.height() - height)
            middle = Qt.AlignmentFlag.AlignTop
        painter.drawText(words, middle, spread_words(group))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _below(self) -> bool:
        """Whether the words of readiness need a line of their own."""
        if self._group is None:
            return False
        grid = calibration_columns(self._theme, self.width(), len(self._group.guide.dimensions))
        wide = QFontMetricsF(self._theme.font("caption")).horizontalAdvance(spread_words(self._group))
        return wide > grid.state - 12


def _met_words(group: GuideGroup) -> str:
    return tr("Bar met, of {n}").format(n=len(group.seen))


def spread_words(group: GuideGroup) -> str:
    """'3 Ready, 3 Close, 2 other'."""
    words = group.words
    parts = [
        tr("{n} {word}").format(n=words[word], word=readiness_word(word))
        for word in (Readiness.READY, Readiness.CLOSE)
        if words[word]
    ]
    other = words[Readiness.NOT_YET] + words[Readiness.CANNOT_SAY]
    parts += [tr("{n} other").format(n=other)] if other else []
    said = ", ".join(parts)
    decided = any(m.outcome is not None for m in group.members)
    return tr("by the rule {said}").format(said=said) if decided and said else said


def moved_words(page: CalibrationView) -> str:
    """What the session changed over all members, and whether it pushes one way; empty before anything moved."""
    moved = page.moved
    if not moved.up and not moved.down:
        return ""
    words = sentence_list(
        [said.format(n=n) for n, said in ((moved.up, tr("{n} up")), (moved.down, tr("{n} down"))) if n]
    )
    return tr("Cells moved: {words}, net {net}").format(words=words, net=f"{moved.net:+d}".replace("-", "−"))


def sum_lines(page: CalibrationView) -> list[str]:
    """What is so of the whole calibration: what moved, and the outcomes of the ones before it."""
    lines = [moved_words(page)] if moved_words(page) else []
    for past in page.past:
        given = ", ".join(f"{n} {outcome_word(o).lower()}" for o, n in past.outcomes)
        lines.append(f"{past.name}: {given}")
    return lines
