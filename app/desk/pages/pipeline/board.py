"""The board: one list a stage, side by side; cards are opened, moved, and picked by several."""

from __future__ import annotations

from datetime import datetime, tzinfo

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.desk.pages.pipeline.stage_list import CARD, NARROWEST, StageView
from app.desk.parts.controls import Button
from app.desk.parts.label import Text, as_tooltip, line_across
from app.desk.parts.layout import STRETCH, column, row, wide
from app.desk.theme import Theme
from app.queries.board import Board, BoardCard, BoardColumn
from app.words import tr


class _Head(QWidget):
    """A stage's name, how many are in it, and from when on somebody is stuck. `rest` leads to those not shown."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._count, self._limit = Text("", tone="soft"), Text("", "caption", tone="soft", elide=True)
        self.rest = Button("", "link", small=True)
        row(Text(name, weight=500, elide=True), self._count, STRETCH, self._limit, gap=6, margins=(2, 0, 2, 0), on=self)

    def show_column(self, body: BoardColumn) -> None:
        """Show what a stage holds."""
        self._count.setText(str(body.count))
        limit = body.limit
        self._limit.say(tr("stuck after {n} d").format(n=limit.days) if limit is not None else "")
        why = tr("Three in four of {n} left this stage by then.").format(n=limit.n) if limit is not None else ""
        self._limit.setToolTip(as_tooltip(why) if why else "")
        self._limit.setAccessibleDescription(why)
        self.rest.set_words(tr("All {n} in the table").format(n=body.count))
        self.rest.setVisible(body.count > len(body.cards))


class _Column(QWidget):
    """A stage, never narrower than a card can be read."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.setMinimumWidth(self._theme.px(NARROWEST))


class BoardView(QWidget):
    """All stages. `opened` carries an application, `moved` an application and the stage it should go to.

    `all_asked` carries the name of a stage of which the board does not show all. `chose` says how many are picked.
    """

    opened = Signal(int)
    moved = Signal(int, int)
    all_asked = Signal(str)
    chose = Signal(int)

    def __init__(self, theme: Theme, zone: tzinfo) -> None:
        super().__init__()
        self._theme, self._zone = theme, zone
        self._picked: frozenset[int] = frozenset()
        self._stages: list[int] = []
        self._heads: list[_Head] = []
        self.lists: list[StageView] = []
        self._follow: int | None = None
        self._row = row(gap=12, on=self)
        self.setAccessibleName(tr("Board"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def shown_in(self, area: QScrollArea) -> None:
        """The area that scrolls sideways where the window is narrow."""
        self._area = area

    def show_board(self, board: Board, now: datetime) -> None:
        """Show a board; the chosen card stays chosen, wherever it went."""
        stages = [c.stage for c in board.columns]
        if stages != self._stages:
            self._build(board)
        for view, head, body in zip(self.lists, self._heads, board.columns, strict=True):
            chosen = view.currentIndex().row()
            view.cards.now = now
            view.stage_model.show_column(body, board.narrow, now)
            view.setAccessibleName(tr("{stage}, {n} cards").format(stage=body.name, n=body.count))
            head.show_column(body)
            if not view.currentIndex().isValid() and chosen >= 0 and body.cards:
                view.setCurrentIndex(view.stage_model.index(min(chosen, len(body.cards) - 1)))
        there = {card.application for view in self.lists for card in view.stage_model.cards}
        self._pick_these(self._picked & there)
        if self._follow is not None:
            self.choose(self._follow)
        elif self.hasFocus():
            self._focus_first(Qt.FocusReason.OtherFocusReason)

    def choose(self, application: int) -> None:
        """Put the focus on a card, where it is."""
        for view in self.lists:
            for line, card in enumerate(view.stage_model.cards):
                if card.application == application:
                    self._follow = None
                    view.setFocus(Qt.FocusReason.OtherFocusReason)
                    view.setCurrentIndex(view.stage_model.index(line))
                    self._area.ensureWidgetVisible(view)
                    return

    def chosen(self) -> tuple[int, ...]:
        """The applications that are picked, in the order of the board."""
        cards = (card.application for view in self.lists for card in view.stage_model.cards)
        return tuple(application for application in cards if application in self._picked)

    def choose_nobody(self) -> None:
        """Let everybody go."""
        self._pick_these(frozenset())

    def choose_everybody(self) -> None:
        """Pick every card in sight."""
        self._pick_these(frozenset(card.application for view in self.lists for card in view.stage_model.cards))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+A picks every card, Escape lets all go."""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.choose_everybody()
        elif event.key() == Qt.Key.Key_Escape and self._picked:
            self.choose_nobody()
        else:
            super().keyPressEvent(event)

    def _pick(self, application: int, keep: bool) -> None:
        picked = self._picked
        self._pick_these(picked | {application} if keep or application not in picked else picked - {application})

    def _pick_these(self, picked: frozenset[int]) -> None:
        if picked == self._picked:
            return
        self._picked = picked
        for view in self.lists:
            view.cards.picked = picked
            view.viewport().update()
        self.chose.emit(len(picked))

    def _clicked(self, index: QModelIndex) -> None:
        """A click opens a card; with Ctrl, or with Shift, it picks it."""
        application = index.data(CARD).application
        keys = QApplication.keyboardModifiers()
        if keys & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            self._pick(application, keep=bool(keys & Qt.KeyboardModifier.ShiftModifier))
        else:
            self.opened.emit(application)

    def current_card(self) -> BoardCard | None:
        """The card the keyboard is on."""
        for view in self.lists:
            if view.hasFocus() and view.currentIndex().isValid():
                card: BoardCard = view.currentIndex().data(CARD)
                return card
        return None

    def has_chosen(self) -> bool:
        """Whether the keyboard is on a card."""
        return self.current_card() is not None

    def move_chosen(self, by: int) -> None:
        """Ask for the chosen card to go to a neighbouring stage; the focus goes with it."""
        card = self.current_card()
        place = next((i for i, v in enumerate(self.lists) if v.hasFocus()), -1) + by
        if card is not None and 0 <= place < len(self._stages):
            self._follow = card.application
            self.moved.emit(card.application, self._stages[place])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The board hands the focus to its first list with cards."""
        super().focusInEvent(event)
        self._focus_first(event.reason())

    def _focus_first(self, reason: Qt.FocusReason) -> None:
        for view in self.lists:
            if view.stage_model.rowCount():
                view.setFocus(reason)
                return

    def _build(self, board: Board) -> None:
        while (item := self._row.takeAt(0)) is not None:  # other stages: another opening
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._stages = [c.stage for c in board.columns]
        self.lists, self._heads = [], []
        for place, body in enumerate(board.columns):
            self._row.addWidget(self._column(place, body), 1)

    def _column(self, place: int, body: BoardColumn) -> QWidget:
        holder = _Column(self._theme)
        head = _Head(body.name)
        head.rest.clicked.connect(lambda _on=False, stage=body.name: self.all_asked.emit(stage))
        view = StageView(self._theme, self._zone)
        view.activated.connect(lambda index: self.opened.emit(index.data(CARD).application))
        view.clicked.connect(self._clicked)
        view.picked.connect(self._pick)
        view.cards.picked = self._picked
        view.sideways.connect(lambda by, at=place: self._sideways(at, by))
        view.pushed.connect(self.move_chosen)
        view.dropped.connect(lambda application, stage=body.stage: self._drop(application, stage))
        column(head, line_across(), wide(view), head.rest, gap=8, on=holder)
        self.lists.append(view)
        self._heads.append(head)
        return holder

    def _drop(self, application: int, stage: int) -> None:
        self._follow = application
        self.moved.emit(application, stage)

    def _sideways(self, place: int, by: int) -> None:
        line = self.lists[place].currentIndex().row()
        place += by
        while 0 <= place < len(self.lists):
            view = self.lists[place]
            if view.stage_model.rowCount():
                view.setFocus(Qt.FocusReason.OtherFocusReason)
                view.setCurrentIndex(view.stage_model.index(min(max(line, 0), view.stage_model.rowCount() - 1)))
                self._area.ensureWidgetVisible(view)
                return
            place += by
