"""The agenda of a debrief: its dimensions by need, each with its reason and minutes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.parts.controls import RowButton
from app.desk.parts.label import line_across
from app.desk.parts.layout import column
from app.desk.parts.section import clear
from app.desk.parts.states import paint_state
from app.desk.theme import Theme
from app.domain.debrief import AgendaItem, AgendaNeed
from app.domain.panel import State
from app.queries.debrief import DebriefView
from app.words import tr

_LINE = 25  # px at ordinary text size


def need_words(item: AgendaItem) -> str:
    """Why a dimension stands where it does: 'must-have, split, wide'."""
    words = {
        AgendaNeed.MUST_HAVE: tr("must-have"),
        AgendaNeed.SPLIT: tr("split"),
        AgendaNeed.WIDE: tr("wide"),
        AgendaNeed.FLAG: tr("red flag"),
        AgendaNeed.THIN: tr("thin"),
        AgendaNeed.EMPTY: tr("no score"),
        AgendaNeed.NOT_MET: tr("not met"),
        AgendaNeed.AGREED: tr("agreed"),
    }
    return ", ".join(words[n] for n in item.needs)


class AgendaRow(RowButton):
    """A dimension on the agenda: its state, why it stands here, and its minutes."""

    def __init__(self, theme: Theme, item: AgendaItem, state: State, name: str, *, current: bool, done: bool) -> None:
        super().__init__()
        self._theme, self._item, self._state, self._name = theme, item, state, name
        self._current, self._done = current, done
        minutes = tr("{n} min").format(n=item.minutes)
        self.setAccessibleName(f"{name}: {need_words(item)}, {minutes}" + (f", {tr('walked')}" if done else ""))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(260), self._theme.px(_LINE))

    def minimumSizeHint(self) -> QSize:
        """As high as its line."""
        return QSize(self._theme.px(150), self._theme.px(_LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shape, name, need, minutes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, height, width = self._theme, self.height(), self.width()
        if self._current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if self._current else "sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        side = theme.px(9)
        paint_state(painter, QRectF(8, (height - side) / 2, side, side), self._state, theme)
        middle = Qt.AlignmentFlag.AlignVCenter
        caption = theme.font("caption")
        minutes = tr("done") if self._done else tr("{n} min").format(n=self._item.minutes)
        taken = QFontMetricsF(caption).horizontalAdvance(minutes)
        painter.setFont(caption)
        painter.setPen(theme.colour("ink_soft"))
        painter.drawText(QRectF(width - 8 - taken, 0, taken + 1, height), middle, minutes)
        font = theme.font("body", 600 if self._current else 400)
        painter.setFont(font)
        painter.setPen(theme.colour("ink" if self._current or not self._done else "ink_soft"))
        x: float = 8 + side + 8
        room = width - 8 - taken - 8 - x
        metrics = QFontMetricsF(font)
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(x, 0, room, height), middle, name)
        x += metrics.horizontalAdvance(name) + 7
        painter.setFont(caption)
        painter.setPen(theme.colour("ink_soft"))
        need = QFontMetricsF(caption).elidedText(
            need_words(self._item), Qt.TextElideMode.ElideRight, max(0.0, width - 8 - taken - 8 - x)
        )
        painter.drawText(QRectF(x, 0, width, height), middle, need)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()


class Agenda(QWidget):
    """The whole list. `chosen` carries the dimension a person wants to talk about."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = column(gap=0, on=self)

    def show_page(self, page: DebriefView, dimension: str) -> None:
        """Show the agenda, at this dimension."""
        clear(self._column)
        assert page.panel is not None
        agreed = False
        for item in page.items:
            if item.agreed and not agreed:
                agreed = True
                self._column.addWidget(line_across())
            row = AgendaRow(
                self._theme,
                item,
                page.panel.cell(item.dimension).state,
                page.rubric.dimension(item.dimension).short,
                current=item.dimension == dimension,
                done=page.walked[item.dimension].at is not None,
            )
            row.clicked.connect(lambda _on=False, to=item.dimension: self.chosen.emit(to))
            self._column.addWidget(row)
