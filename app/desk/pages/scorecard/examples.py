"""Beside the anchors, on demand: what a score looked like here, from closed candidates' cards, without names."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from app.desk.desk import Desk
from app.desk.parts.controls import Button, Segmented
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, TOP, aligned, column, holder, row, wide
from app.desk.parts.section import fill
from app.domain.scorecard import SCORES
from app.queries.examples import looked_like
from app.words import tr


class Examples(QWidget):
    """A link, and the lines it unfolds. It begins with the score that is chosen, else with the bar."""

    def __init__(self, desk: Desk, card: int, dimension: str, bar: int) -> None:
        super().__init__()
        self._desk, self._card, self._dimension, self._score = desk, card, dimension, bar
        self._looked = False
        self.link = Button("", "link")
        self.link.setCheckable(True)
        self.link.toggled.connect(self._unfold)
        self._key = Text("L", "key")
        self.scores = Segmented([(str(n), str(n)) for n in SCORES], tr("Score to look at"))
        self.scores.chosen.connect(lambda key: self._look_at(int(key)))
        head = row(self.link, self._key, STRETCH, self.scores, gap=8)
        self.fold = QFrame()
        self.fold.setProperty("role", "sunken")
        self.fold.setAccessibleName(tr("What it looked like here"))
        self._lines = column(gap=5, margins=(12, 8, 12, 10), on=self.fold)
        column(head, self.fold, gap=4, margins=(0, 2, 0, 0), on=self)
        self._show_words()
        self._unfold(False)

    def show_chosen(self, score: int | None, *, keys: bool) -> None:
        """The score that is chosen on the card now; folded, the link follows it. `keys`: whether keys are hinted."""
        self._key.setVisible(keys)
        if score is not None and score != self._score and not self._looked:
            self._score = score
            self._show_words()
            if self.link.isChecked():
                self._ask()

    def toggle(self) -> None:
        """Fold or unfold."""
        self.link.toggle()

    def _unfold(self, on: bool) -> None:
        self.fold.setVisible(on)
        self.scores.setVisible(on)
        self._looked = False
        if on:
            self._ask()

    def _look_at(self, score: int) -> None:
        self._score, self._looked = score, True
        self._show_words()
        self._ask()

    def _show_words(self) -> None:
        self.link.set_words(tr("What a {n} looked like here").format(n=self._score))
        self.scores.choose(str(self._score))

    def _ask(self) -> None:
        query = partial(looked_like, self._desk.workspace, self._card, self._dimension, self._score)
        self._desk.work.ask(self, "examples", query, self._take)

    def _take(self, lines: tuple[str, ...]) -> None:
        nothing = tr("No closed candidate whose cards are open to you has a {n} here yet.").format(n=self._score)
        fill(self._lines, map(_dashed, lines), nothing)


def _dashed(line: str) -> QWidget:
    return holder(row(aligned(Text("–", tone="faint"), TOP), wide(Text(line, tone="soft", wrap=True)), gap=8))
