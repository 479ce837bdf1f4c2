"""Goals of a plan: what will be so, how it is measured, how far it is, and the “When …, I will …” to tick."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.desk.pages.growth.actions import GrowthActions
from app.desk.parts.controls import Button, IconButton
from app.desk.parts.flow import flowing
from app.desk.parts.label import Text, as_tooltip
from app.desk.parts.layout import MIDDLE, TOP, aligned, column, grid, row, wide
from app.desk.parts.section import fill
from app.desk.parts.strip import cell_left, cell_size
from app.desk.parts.toned import TonedText
from app.desk.theme import Theme, tokens
from app.queries.growth import GrowthView
from app.queries.growth_parts import Check, GoalView, Origin
from app.words import day, ntr, tr

_STEP = (18, 7)  # px at ordinary text size
_BETWEEN = 2  # px
_NAME = 62  # px at ordinary text size: Measure, So far, Support
_MOST_DRAWN = 12  # steps; more are told in words alone


class GoalScore(QWidget):
    """A score in its cell; dashed where a goal is to end."""

    def __init__(self, theme: Theme, score: int, bar: int, *, wanted: bool = False) -> None:
        super().__init__()
        self._theme, self._score, self._bar, self._wanted = theme, score, bar, wanted
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = tr("to reach {score}") if wanted else tr("{score} now")
        self.setAccessibleName(words.format(score=score))
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return cell_size(self._theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect = self._theme, QRectF(self.rect())
        ground, figure = theme.score_colours(cell_left(self._score, self._bar))
        radius = tokens()["radius"]["cell"]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._wanted:
            pen = QPen(ground, 1.4)
            pen.setDashPattern([2, 1.6])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
            figure = theme.colour("ink_soft")
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(rect, radius, radius)
        painter.setFont(theme.font("caption", 600))
        painter.setPen(figure)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(self._score))
        painter.end()


class Steps(QWidget):
    """How many steps of a goal are done. Left, Right, minus and plus change it; so does a click on a step."""

    set_to = Signal(int)

    def __init__(self, theme: Theme, goal: GoalView) -> None:
        super().__init__()
        self._theme, self._done, self._all = theme, goal.steps_done, goal.steps
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            tr("Steps of goal {n}: {done} of {all}").format(n=goal.number, done=self._done, all=self._all)
        )
        self.setToolTip(as_tooltip(tr("Left and Right change how many are done")))
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        broad = self._all * (self._theme.px(_STEP[0]) + _BETWEEN) - _BETWEEN
        return QSize(broad + 6, self._theme.px(_STEP[1]) + 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One more, or one less."""
        keys = Qt.Key
        by = {keys.Key_Left: -1, keys.Key_Minus: -1, keys.Key_Right: 1, keys.Key_Plus: 1}.get(keys(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        done = min(self._all, max(0, self._done + by))
        if done != self._done:
            self._done = done
            self.update()
            self.set_to.emit(done)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Up to the step that was clicked; the last one done is taken back."""
        number = int((event.position().x() - 3) // (self._theme.px(_STEP[0]) + _BETWEEN)) + 1
        if 1 <= number <= self._all:
            self.set_to.emit(number - 1 if number == self._done else number)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        broad, high = theme.px(_STEP[0]), theme.px(_STEP[1])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(self._all):
            rect = QRectF(3 + number * (broad + _BETWEEN), (self.height() - high) / 2, broad, high)
            if number < self._done:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
                painter.drawRoundedRect(rect, 2, 2)
            else:
                painter.setPen(QPen(theme.colour("mark"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 3, 3)
        painter.end()


class CheckLine(QWidget):
    """A “When …, I will …” with its tick."""

    ticked = Signal(bool)

    def __init__(self, theme: Theme, check: Check) -> None:
        super().__init__()
        pieces = ((tr("When "), "soft"), (check.when, "ink"), (tr(", I will "), "soft"), (check.will, "ink"))
        words = TonedText(theme, pieces)
        self.box = QCheckBox()
        self.box.setChecked(check.done)
        self.box.setAccessibleName(words.text)
        self.box.clicked.connect(self.ticked)
        row(aligned(self.box, TOP), wide(words, 1, MIDDLE), gap=0, on=self)


class GoalCard(QWidget):
    """One goal, with its menu."""

    def __init__(self, theme: Theme, actions: GrowthActions, page: GrowthView, goal: GoalView) -> None:
        super().__init__()
        self._theme, self._actions, self.goal = theme, actions, goal
        body = column(
            self._head(page), Text(goal.title, "lead", weight=500, wrap=True), self._facts(page), gap=3, on=self
        )
        if goal.more_reason:
            body.addWidget(Text(tr("A further goal: {why}").format(why=goal.more_reason), "caption", wrap=True))
        body.addSpacing(3)
        for check in goal.checks:
            line = CheckLine(theme, check)
            line.ticked.connect(partial(actions.tick, check.id))
            body.addWidget(line)

    def _head(self, page: GrowthView) -> QHBoxLayout:
        goal, theme = self.goal, self._theme
        name = next((d.short for d in page.guide.dimensions if d.id == goal.dimension), goal.dimension)
        facts: list[QWidget] = [Text(tr("Goal {n}").format(n=goal.number), "caption", tone="soft")]
        facts += [Text(name, "caption", tone="soft")]
        bar = next((g.bar for g in page.gaps if g.dimension == goal.dimension), None) or 3
        if goal.from_score is not None:
            facts += [GoalScore(theme, goal.from_score, bar)]
        if goal.from_score is not None and goal.to_score is not None:
            facts += [Text(tr("to"), "caption", tone="soft")]
        if goal.to_score is not None:
            facts += [GoalScore(theme, goal.to_score, bar, wanted=True)]
        if goal.state != "open":
            facts += [Text(tr("reached") if goal.state == "reached" else tr("dropped"), "tag")]
        who = goal.owner_name or page.name
        if goal.with_name:
            who = tr("{name} and {other}").format(name=who.split()[0], other=goal.with_name)
        due = Text("" if goal.due_on is None else day(goal.due_on).rsplit(" ", 1)[0], "caption", weight=500)
        by = [due] if goal.due_on is not None else []
        return row(wide(flowing(*facts, gap=8), 1, MIDDLE), Text(who, "caption", tone="soft"), *by, self._menu(), gap=8)

    def _menu(self) -> IconButton:
        more = IconButton(self._theme, "ellipsis", tr("Do with goal {n}").format(n=self.goal.number))
        more.setProperty("small", True)
        menu = QMenu(more)
        ends = [("reached", tr("Reached")), ("dropped", tr("Dropped"))]
        settled = [("open", tr("Open again"))]
        ways = ends if self.goal.state == "open" else settled
        for way, words in (("edit", tr("Edit…")), *ways, ("remove", tr("Take out"))):
            menu.addAction(words).triggered.connect(lambda _on=False, way=way: self._actions.ask_goal(self.goal, way))
        more.clicked.connect(lambda _on=False: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        return more

    def _facts(self, page: GrowthView) -> QGridLayout:
        goal = self.goal
        cells = grid(4, 4)
        cells.setColumnMinimumWidth(0, self._theme.px(_NAME))
        cells.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget]] = []
        if goal.measure:
            rows.append((tr("Measure"), Text(goal.measure, wrap=True)))
        if goal.steps:
            rows.append((tr("So far"), self._so_far()))
        if goal.support:
            rows.append((tr("Support"), Text(goal.support, wrap=True)))
        known = dict(page.kpis)
        if goal.kpi:
            rows.append((tr("Team"), Text(known.get(goal.kpi, goal.kpi), wrap=True)))
        heard = [f for f in page.facts if f.goal == goal.id and f.origin is Origin.PANEL]
        if heard:
            words = ntr("{n} line from the interviews", "{n} lines from the interviews", len(heard))
            rows.append((tr("Heard"), Text(words, wrap=True)))
        for number, (name, widget) in enumerate(rows):
            cells.addWidget(Text(name, tone="soft"), number, 0, TOP)
            cells.addWidget(widget, number, 1)
        return cells

    def _so_far(self) -> QWidget:
        words = Text(so_far_words(self.goal))
        if self.goal.steps > _MOST_DRAWN:
            return flowing(words, gap=7)
        steps = Steps(self._theme, self.goal)
        steps.set_to.connect(partial(self._actions.step, self.goal.id))
        return flowing(steps, words, gap=7)


def so_far_words(goal: GoalView) -> str:
    """How far a goal is: '1 of 2 releases, 3 March'."""
    words = tr("{done} of {all} {unit}").format(
        done=goal.steps_done, all=goal.steps, unit=goal.steps_unit or tr("steps")
    )
    return f"{words}, {day(goal.steps_on).rsplit(' ', 1)[0]}" if goal.steps_on is not None else words


class GoalsPart(QWidget):
    """The goals. `settled` and `add` are its buttons; they stand in the heading of the column."""

    def __init__(self, theme: Theme, actions: GrowthActions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self.cards: list[GoalCard] = []
        self.settled = Button("", "link")
        self.settled.setCheckable(True)
        self.settled.clicked.connect(self._fill)
        self.add = Button(tr("Add a goal"), "link", run=actions.new_goal)
        self._list = column(gap=14)
        column(self._list, gap=12, on=self)
        self._page: GrowthView | None = None

    def show_page(self, page: GrowthView) -> None:
        """Show the goals of a plan."""
        self._page = page
        count = len(page.open_goals)
        settled = len(page.goals) - count
        self.settled.set_words(tr("Settled: {n}").format(n=settled))
        self._fill()

    def _fill(self) -> None:
        page = self._page
        if page is None:
            return
        shown = page.goals if self.settled.isChecked() else page.open_goals
        self.cards = [GoalCard(self._theme, self._actions, page, goal) for goal in shown]
        nothing = tr("No goal yet. Choose a gap at the left, or add one that belongs to no gap.")
        fill(self._list, self.cards, nothing, ruled=True)
