"""The agenda of a calibration's session: how a score is read, each member's time, the last look at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.parts.controls import RowButton
from app.desk.parts.layout import column
from app.desk.parts.section import fill
from app.desk.theme import Theme
from app.domain.calibration import CLOSING, OPENING, AgendaTurn
from app.phrases.readiness import said_of
from app.queries.calibration import CalibrationView
from app.words import clock, short_day, tr

_LINE = 25  # px at ordinary text size
_TIME = 46


@dataclass(frozen=True)
class AgendaLine:
    """A line: when, what, how long or what the rule said. `proposal` is whose time it is, None for everybody's."""

    time: str
    name: str
    words: str
    done: bool
    current: bool = False
    proposal: int | None = None


def agenda_lines(page: CalibrationView, current: AgendaTurn | None, zone: tzinfo) -> tuple[AgendaLine, ...]:
    """How a score is read, the members in their turns, the last look."""
    assert page.started_at is not None
    begun, minutes = page.started_at, tr("{n} min")
    talked = any(m.talked_at is not None for m in page.members)
    found = [AgendaLine(clock(begun, zone), tr("How we read a score"), minutes.format(n=OPENING), talked)]
    found += [_turn_line(page, turn, zone, current=turn is current) for turn in page.turns]
    last = max((t.start + t.minutes for t in page.turns if t.day is None), default=OPENING)
    at = clock(begun + timedelta(minutes=last), zone)
    name = tr("Distribution, last look") if page.distribution is not None else tr("A last look at all")
    return (*found, AgendaLine(at, name, minutes.format(n=CLOSING), page.closed))


def _turn_line(page: CalibrationView, turn: AgendaTurn, zone: tzinfo, *, current: bool) -> AgendaLine:
    one = page.member(turn.proposal)
    assert page.started_at is not None
    done = (one.talked_again_at if turn.again else one.talked_at) is not None
    word = ""
    if one.judged is not None:
        word = said_of(one.judged.verdict.word, one.outcome.outcome if one.outcome is not None else "").word
    at = clock(page.started_at + timedelta(minutes=turn.start), zone) if turn.day is None else short_day(turn.day)
    return AgendaLine(
        at,
        tr("{name}, again").format(name=one.name) if turn.again else one.name,
        word if done else tr("{n} min").format(n=turn.minutes),
        done,
        current,
        turn.proposal,
    )


class SessionAgendaRow(RowButton):
    """One line as it is drawn; a member's can be pressed."""

    def __init__(self, theme: Theme, line: AgendaLine) -> None:
        super().__init__()
        self._theme = theme
        self.show_line(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        somebody = line.proposal is not None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if somebody else Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self.updateGeometry)

    def show_line(self, line: AgendaLine) -> None:
        """Show another state of the line."""
        self._shown = line
        done = tr("done") if line.done else ""
        self.setAccessibleName(", ".join(w for w in (line.time, line.name, line.words, done) if w))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(_LINE))

    def minimumSizeHint(self) -> QSize:
        """As high as its line."""
        return QSize(self._theme.px(150), self._theme.px(_LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, line, height, width = self._theme, self._shown, self.height(), self.width()
        middle = Qt.AlignmentFlag.AlignVCenter
        caption = theme.font("caption")
        painter.setFont(caption)
        painter.setPen(theme.colour("ink_soft"))
        left = theme.px(_TIME)
        painter.drawText(QRectF(0, 0, left, height), middle, line.time)
        side = theme.px(8)
        right = width - side - 12
        taken = QFontMetricsF(caption).horizontalAdvance(line.words)
        painter.drawText(QRectF(right - taken, 0, taken + 2, height), middle, line.words)
        font = theme.font("body", 600 if line.current else 400)
        painter.setFont(font)
        painter.setPen(theme.colour("ink" if line.current or not line.done else "ink_soft"))
        room = right - taken - left - 8
        name = QFontMetricsF(font).elidedText(line.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, 0, room, height), middle, name)
        self._paint_mark(painter, QRectF(width - side - 3, (height - side) / 2, side, side))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _paint_mark(self, painter: QPainter, mark: QRectF) -> None:
        side = mark.width()
        if self._shown.current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawEllipse(mark)
        elif self._shown.done:
            painter.setPen(QPen(self._theme.colour("good"), 1.6))
            x, y = mark.left(), mark.top()
            bend = QPointF(x + side * 0.38, y + side * 0.9)
            painter.drawPolyline([QPointF(x, y + side * 0.55), bend, QPointF(x + side, y + side * 0.15)])


class SessionAgenda(QWidget):
    """All lines. `chosen` carries the proposal a person wants to talk about."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._of: list[int | None] = []
        self.rows: list[SessionAgendaRow] = []
        self._column = column(gap=0, on=self)

    def show_lines(self, lines: Sequence[AgendaLine]) -> None:
        """Show these lines. While they are of the same members, rows stay and what has the focus keeps it.

        Rows that are made anew would stand squeezed until they are laid out.
        """
        of = [line.proposal for line in lines]
        if of != self._of:
            self._of, self.rows = of, [self._row(line) for line in lines]
            fill(self._column, self.rows)
        for row, line in zip(self.rows, lines, strict=True):
            row.show_line(line)

    def _row(self, line: AgendaLine) -> SessionAgendaRow:
        made = SessionAgendaRow(self._theme, line)
        if line.proposal is not None:
            made.clicked.connect(lambda _on=False, to=line.proposal: self.chosen.emit(to))
        return made
