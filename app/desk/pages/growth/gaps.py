"""Gaps against a level: a row a dimension, with its bar of four, the mark where the level's bar is, and its state."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.pages.growth.actions import GrowthActions
from app.desk.parts.controls import Button
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, column, grid, holder, row, wide
from app.desk.parts.pressable_row import PressableRow
from app.desk.parts.section import fill
from app.desk.parts.states import StateMark
from app.desk.parts.strip import PaintedCell, StripWidget, cell_left
from app.desk.theme import Theme
from app.domain.growth import Gap, GapStanding
from app.phrases.growth import gap_words, settled_words
from app.phrases.rubric import weight_word
from app.queries.growth import GrowthView
from app.words import day, tr

_BAR = (94, 20)  # px at ordinary text size
_POINT = 7  # px high at ordinary text size
_BETWEEN = 2  # px
_SCORES = 4


def gap_cell(found: Gap) -> PaintedCell:
    """A gap as a cell of a strip."""
    if found.bar is None:
        return PaintedCell(found.score, 1, faint=True, note=tr("not expected"))
    return PaintedCell(found.score, found.bar, found.high)


class GapBar(QWidget):
    """Four points, as many filled as the score has, and a line across behind the bar's last one."""

    def __init__(self, theme: Theme, found: Gap) -> None:
        super().__init__()
        self._theme, self._gap = theme, found
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_BAR[0]), self._theme.px(_BAR[1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, found = self._theme, self._gap
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = theme.px(_POINT)
        broad = (self.width() - (_SCORES - 1) * _BETWEEN) / _SCORES
        top = (self.height() - high) / 2
        for number in range(_SCORES):
            rect = QRectF(number * (broad + _BETWEEN), top, broad, high)
            if found.score is not None and found.bar is not None and number < found.score:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.score_colours(cell_left(found.score, found.bar))[0])
                painter.drawRoundedRect(rect, 2, 2)
            else:
                painter.setPen(QPen(theme.colour("line_strong"), 1))
                painter.setBrush(theme.colour("sunken"))
                painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        if found.bar is not None:
            x = found.bar * (broad + _BETWEEN) - _BETWEEN / 2
            painter.fillRect(QRectF(x - 1, 0, 2, self.height()), theme.colour("ink"))
        painter.end()


class GapRow(PressableRow):
    """One dimension. Enter or a click begins a goal from it; Up and Down go to the next."""

    def __init__(self, theme: Theme, name: str, found: Gap) -> None:
        super().__init__(theme)
        self.gap = found
        self.setAccessibleName(_in_words(name, found))
        self.setAccessibleDescription(tr("Enter begins a goal from it"))
        cells = grid(8, 0, margins=(4, 2, 2, 2), on=self)
        large = theme.large_text
        label = Text(name, weight=500 if found.core else 400, tone="ink" if found.core else "soft", elide=True)
        cells.addWidget(label, 0, 0, 1, 4 if large else 1)
        line, first = (1, 0) if large else (0, 1)
        cell = StripWidget(theme, ground="background")
        cell.show_cells([name], [gap_cell(found)])
        cells.addWidget(GapBar(theme, found), line, first)
        cells.addWidget(cell, line, first + 1)
        cells.addWidget(_state(theme, found), line, first + 2)
        cells.setColumnStretch(0, 0 if large else 1)
        if large:
            cells.setColumnStretch(3, 1)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class GapsCard(QWidget):
    """All rows under their heading; below them, the way to rate the level again."""

    def __init__(self, theme: Theme, actions: GrowthActions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self._title = Text("", "lead", weight=600)
        self._note = Text("", "caption", tone="soft", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = row(self._title, wide(self._note))
        self._rows = column(gap=theme.space[0])
        self._under = Text("", "caption", tone="soft", wrap=True)
        self.again = Button("", "link", run=actions.ask_again)
        self.settled = Button(tr("Goals from the calibration…"), "link", run=actions.ask_settled)
        column(head, self._rows, self._under, self.settled, self.again, gap=8, on=self)

    def show_page(self, page: GrowthView, today: date) -> None:
        """Show a member's gaps; once their quarter is over, the way to rate them again."""
        title = tr("From the interviews") if page.from_hire else tr("Gaps against {level}")
        self._title.setText(title.format(level=page.against))
        bars = {g.bar for g in page.gaps if g.bar is not None}
        words = tr("panel’s bar at {n}, core in bold") if page.from_hire else tr("bar at {n}, core in bold")
        self._note.setText(words.format(n=next(iter(bars))) if len(bars) == 1 else tr("core in bold"))
        names = {d.id: d.short for d in page.guide.dimensions}
        lines = [GapRow(self._theme, names[found.dimension], found) for found in page.gaps]
        for line in lines:
            line.pressed.connect(partial(self._actions.goal_from_gap, line.gap.dimension))
        fill(self._rows, lines)
        self._under.say(" ".join(_under_words(page)))
        if page.settled is not None:
            words = tr("Goals from what {calibration} left open…")
            self.settled.set_words(words.format(calibration=page.settled.calibration))
        self.settled.setVisible(page.settled is not None)
        due = page.rerate_on is not None and page.rerate_on <= today
        words = tr("Re-rate against {level}") if due else tr("Ask for an assessment against {level}")
        self.again.set_words(words.format(level=page.against))
        self.again.setVisible(page.level_known and (due or page.rerate_on is None))


def _under_words(page: GrowthView) -> list[str]:
    """What is said of the gaps: until when they hold, or why there are none."""
    words = []
    if not page.level_known:
        words.append(tr("{level} is not a level of this guide. Choose another target.").format(level=page.against))
    elif page.from_hire:
        said = tr("The panel’s first scores, until somebody assesses {name}. They are yours, and in no packet.")
        words.append(said.format(name=page.name))
    elif page.rerate_on is not None:
        words.append(tr("To be rated again against the same sentences by {day}.").format(day=day(page.rerate_on)))
    elif not page.raters:
        said = tr("Nobody has assessed {name} against {level} yet, or it is not open to you.")
        words.append(said.format(name=page.name, level=page.against))
    if page.settled_by is not None:
        words.append(settled_words(page.settled_by))
    if page.behind:
        words.append(
            tr("This plan is on an earlier version of the guide; a new plan is on {name}’s.").format(name=page.name)
        )
    return words


def _state(theme: Theme, found: Gap) -> QWidget:
    """The shape and the word; a fixed width, so that the words stand under each other."""
    mark = [StateMark(theme, found.state)] if found.standing is not GapStanding.NOT_EXPECTED else []
    words = Text(gap_words(found), "caption", tone="soft" if not found.is_gap else "ink")
    held = holder(row(*mark, words, STRETCH, gap=5, margins=(2, 0, 0, 0)))
    held.setMinimumWidth(theme.px(74))
    return held


def _in_words(name: str, found: Gap) -> str:
    score = tr("{score} at a bar of {bar}").format(score=found.score, bar=found.bar)
    if found.score is None or found.bar is None:
        score = ""
    return ", ".join(p for p in (name, weight_word(found.weight), score, gap_words(found)) if p)
