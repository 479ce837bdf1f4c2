"""The rounds of a plan: one card each, with its minutes and who sits in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.desk.parts.controls import Button, Chip, IconButton
from app.desk.parts.flow import flowing
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, Space, column, row, wide
from app.desk.parts.section import fill
from app.desk.parts.still import StillCombo, StillSpin
from app.desk.theme import Theme
from app.domain import plan_edit
from app.domain.plan import InterviewPlan, PlannedRound, PlannedSeat
from app.domain.rubric import Rubric
from app.queries.lists import ColleagueRow
from app.words import tr

Edit = Callable[[InterviewPlan], InterviewPlan]


class SeatRow(QWidget):
    """Who holds a place, what they score, and whether they only shadow."""

    def __init__(
        self, theme: Theme, rubric: Rubric, number: int, place: int, title: str, edit: Callable[[Edit], None]
    ) -> None:
        super().__init__()
        self._rubric, self._number, self._place, self._title, self._edit = rubric, number, place, title, edit
        self.who = StillCombo()
        self.who.setMinimumWidth(theme.px(170))
        self.who.activated.connect(self._hold)
        self._shadow = Text(tr("shadow, never counts"), "tag")
        self.remove = IconButton(theme, "x", tr("Remove this place"), run=self._remove)
        self.more = row(gap=2)
        head = row(self.who, self._shadow, STRETCH, self.more, self.remove, gap=8)
        self._scored = QVBoxLayout()
        column(head, self._scored, gap=5, on=self)
        self.chips: dict[str, Chip] = {}

    def show_seat(
        self, seat: PlannedSeat, colleagues: Sequence[ColleagueRow], looked_at: Sequence[str], *, alone: bool
    ) -> None:
        """Show it. `looked_at` are dimensions to offer; `alone`: the round needs this place."""
        self.who.setAccessibleName(tr("Who holds {round}").format(round=self._title))
        self.who.clear()
        self.who.addItem(tr("Nobody yet"), None)
        for colleague in colleagues:
            self.who.addItem(colleague.name, colleague.id)
        self.who.setCurrentIndex(max(0, self.who.findData(seat.colleague)))
        self._shadow.setVisible(seat.shadow)
        self.remove.setVisible(not alone)
        self.remove.setAccessibleName(tr("Remove place {n} of {round}").format(n=self._place + 1, round=self._title))
        offered = [d for d in self._rubric.dimension_ids if d in looked_at or d in seat.dimensions]
        if list(self.chips) != offered:
            self._offer(offered)
        for dimension, chip in self.chips.items():
            chip.setChecked(dimension in seat.dimensions)

    def _offer(self, dimensions: Sequence[str]) -> None:
        self.chips = {dimension: Chip(self._rubric.dimension(dimension).short) for dimension in dimensions}
        for dimension, chip in self.chips.items():
            name, known = tr("{dimension} in {round}, place {n}"), self._rubric.dimension(dimension).name
            chip.setAccessibleName(name.format(dimension=known, round=self._title, n=self._place + 1))
            chip.clicked.connect(partial(self._toggle, dimension))
        fill(self._scored, [flowing(*self.chips.values(), gap=5)])

    def _toggle(self, dimension: str, _on: bool = False) -> None:
        self._edit(lambda p: plan_edit.toggle(p, self._rubric, self._number, self._place, dimension))

    def _remove(self) -> None:
        self._edit(lambda p: plan_edit.remove_seat(p, self._number, self._place))

    def _hold(self, index: int) -> None:
        chosen = self.who.itemData(index)
        self._edit(lambda p: plan_edit.hold(p, self._number, self._place, chosen))


class RoundCard(QFrame):
    """One round."""

    def __init__(
        self,
        theme: Theme,
        rubric: Rubric,
        number: int,
        planned: PlannedRound,
        last: int,
        edit: Callable[[Edit], None],
    ) -> None:
        super().__init__()
        self._edit = edit
        self.setProperty("role", "card")
        exercise = rubric.exercise(planned.exercise)
        self._looked_at = (*exercise.primary, *exercise.secondary)
        self._number, self.title = number, exercise.name
        self.setAccessibleName(tr("Round {n}, {name}").format(n=number + 1, name=exercise.name))
        places = range(len(planned.seats))
        self.seats = [SeatRow(theme, rubric, number, place, exercise.name, edit) for place in places]
        column(self._head(theme, number, last), *self.seats, gap=8, margins=(14, 8, 10, 10), on=self)
        for words, shadow in ((tr("Add interviewer"), False), (tr("Add shadow"), True)):
            name = tr("{what} to {round}").format(what=words, round=exercise.name)
            self.seats[-1].more.addWidget(Button(words, "link", name=name, run=partial(self._add_seat, shadow)))

    def show_round(self, planned: PlannedRound, colleagues: Sequence[ColleagueRow]) -> None:
        """Show it as it is planned."""
        self.minutes.blockSignals(True)
        self.minutes.setValue(planned.minutes)
        self.minutes.blockSignals(False)
        counting = sum(not s.shadow for s in planned.seats)
        for line, seat in zip(self.seats, planned.seats, strict=True):
            line.show_seat(seat, colleagues, self._looked_at, alone=counting == 1 and not seat.shadow)

    def _head(self, theme: Theme, number: int, last: int) -> QHBoxLayout:
        self.minutes = StillSpin()
        self.minutes.setRange(5, 480)
        self.minutes.setSingleStep(5)
        self.minutes.setSuffix(tr(" min"))
        self.minutes.setKeyboardTracking(False)
        self.minutes.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.minutes.setFixedWidth(theme.px(96))
        self.minutes.setAccessibleName(tr("Minutes of {round}").format(round=self.title))
        self.minutes.valueChanged.connect(
            lambda value: self._edit(lambda p: plan_edit.set_minutes(p, self._number, value))
        )
        head = row(
            Text(str(number + 1), weight=600, tone="accent"),
            Space(4),
            wide(Text(self.title, weight=600, elide=True)),
            self.minutes,
            gap=4,
        )
        ways = (("chevron-up", tr("Move {round} up"), -1), ("chevron-down", tr("Move {round} down"), 1))
        for icon, words, by in ways:
            button = IconButton(theme, icon, words.format(round=self.title), run=partial(self._move, by))
            button.setEnabled(0 <= number + by <= last)
            head.addWidget(button)
        remove = IconButton(theme, "x", tr("Remove {round}").format(round=self.title), run=self._remove)
        head.addWidget(remove, 0, Qt.AlignmentFlag.AlignRight)
        return head

    def _remove(self) -> None:
        self._edit(lambda p: plan_edit.remove_round(p, self._number))

    def _move(self, by: int) -> None:
        self._edit(lambda p: plan_edit.move_round(p, self._number, by))

    def _add_seat(self, shadow: bool) -> None:
        self._edit(lambda p: plan_edit.add_seat(p, self._number, shadow=shadow))


class RoundsPane(QWidget):
    """All rounds, and the way to one more. `edit` gets each change: a plan in, a plan out. `own` asks for a round the
    rubric has not, `given_up` carries the exercise of one that is to be offered no more."""

    own = Signal()
    given_up = Signal(str)

    def __init__(self, theme: Theme, edit: Callable[[Edit], None]) -> None:
        super().__init__()
        self._theme, self._edit = theme, edit
        self.cards: list[RoundCard] = []
        self._shape: object = None
        self.menu = QMenu(self)
        self.add = Chip(tr("Add round"), menu=self.menu)
        self._lines = column(gap=8)
        column(row(wide(Text(tr("Rounds"), "lead", weight=600)), self.add), self._lines, gap=8, on=self)

    def show_plan(
        self, plan: InterviewPlan, rubric: Rubric, colleagues: Sequence[ColleagueRow], own: Collection[str]
    ) -> None:
        """Show the plan; `own` are the exercises of this opening alone. Cards stay where its rounds and places are the
        same."""
        rounds = [(r.exercise, len(r.seats)) for r in plan.rounds]
        shape = (rubric.id, rubric.version, [e.id for e in rubric.exercises], rounds)
        if shape != self._shape:
            self._shape = shape
            self._rebuild(plan, rubric, own)
        for card, planned in zip(self.cards, plan.rounds, strict=True):
            card.show_round(planned, colleagues)

    def card_with_focus(self) -> int | None:
        """The number of the round the focus is in."""
        return next((n for n, c in enumerate(self.cards) if c.isAncestorOf(self.window().focusWidget() or self)), None)

    def _rebuild(self, plan: InterviewPlan, rubric: Rubric, own: Collection[str]) -> None:
        last = len(plan.rounds) - 1
        self.cards = [RoundCard(self._theme, rubric, n, one, last, self._edit) for n, one in enumerate(plan.rounds)]
        fill(self._lines, self.cards)
        self.menu.clear()
        for exercise in rubric.exercises:
            action = QAction(exercise.name.replace("&", "&&"), self.menu)
            action.triggered.connect(partial(self._add, rubric, exercise.id))
            self.menu.addAction(action)
        self.menu.addSeparator()
        self.menu.addAction(tr("A round of your own…")).triggered.connect(lambda _on=False: self.own.emit())
        planned = {one.exercise for one in plan.rounds}
        for exercise in (e for e in rubric.exercises if e.id in own and e.id not in planned):
            words = tr("Offer “{name}” no more").format(name=exercise.name).replace("&", "&&")
            self.menu.addAction(words).triggered.connect(partial(self._give_up, exercise.id))

    def _give_up(self, exercise: str, _on: bool = False) -> None:
        self.given_up.emit(exercise)

    def _add(self, rubric: Rubric, exercise: str, _on: bool = False) -> None:
        self._edit(lambda p: plan_edit.add_round(p, rubric, exercise))
