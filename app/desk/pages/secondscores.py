"""Second scores: everybody shows fingers or writes them down at a signal, one person keys them in, in seating order."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.desk.label import Text
from app.desk.theme import Theme
from app.domain.debrief import read_scores
from app.queries.debrief import DebriefPage
from app.words import sentence_list, tr

_WIDE = 84  # px at ordinary text size


class SecondScores(QWidget):
    """`voted` carries a score or None by colleague; nothing is drawn before all of them are keyed in."""

    voted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: DebriefPage | None = None
        self._dimension = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(Text(tr("Second scores, silent"), "caption", weight=500, tone="soft"), 1)
        head.addWidget(Text(tr("seating order, as the columns"), "caption", tone="soft"))
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("Second scores in seating order"))
        self.field.textChanged.connect(self._read_back)
        self.field.returnPressed.connect(self._vote)
        self._back = Text("", tone="soft", wrap=True)
        row.addWidget(self.field)
        row.addWidget(self._back, 1)
        row.addWidget(Text(tr("Enter"), "key"))
        column.addLayout(row)
        self._kept = Text("", "caption", tone="soft", wrap=True)
        column.addWidget(self._kept)
        theme.changed.connect(self._measure)
        self._measure()

    def show_page(self, page: DebriefPage, dimension: str) -> None:
        """Ask for the second scores of a dimension; what is being keyed in stays while it is the same one."""
        if dimension != self._dimension:
            self.field.clear()
        self._page, self._dimension = page, dimension
        raters = page.raters(dimension)
        self.field.setEnabled(bool(raters))
        voted = [c for c in page.columns if dimension in c.second]
        if voted:
            given = [f"{_last(c.name)} {_digit(c.second[dimension])}" for c in voted]
            words = tr("Kept: {scores}. The first ones stay.").format(scores=", ".join(given))
        elif raters:
            names = sentence_list([_last(c.name) for c in raters])
            words = tr("One digit each for {names}. No score: 0. Kept beside the first ones.").format(names=names)
        else:
            words = tr("Nobody scored it, so there is nothing to score again.")
        self._kept.setText(words)
        self._read_back()

    def taken(self) -> None:
        """They are in the file."""
        self.field.clear()

    def focus(self) -> None:
        """Go where they are keyed in."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _read_back(self) -> None:
        """Names beside the digits, before anything is kept."""
        if self._page is None:
            return
        raters = self._page.raters(self._dimension)
        try:
            typed = read_scores(self.field.text())
        except ValueError:
            self._back.setText(tr("Digits 0 to 4 only"))
            return
        pairs = [f"{_last(c.name)} {_digit(s)}" for c, s in zip(raters, typed, strict=False)]
        if len(typed) > len(raters):
            pairs.append(tr("one too many"))
        self._back.setText(", ".join(pairs))

    def _vote(self) -> None:
        if self._page is None:
            return
        raters = self._page.raters(self._dimension)
        try:
            typed = read_scores(self.field.text())
        except ValueError:
            return
        if not typed or len(typed) != len(raters):
            self._back.setText(tr("{n} of {all} keyed in").format(n=len(typed), all=len(raters)))
            return
        given: Mapping[int, int | None] = {c.colleague: s for c, s in zip(raters, typed, strict=True)}
        self.voted.emit(given)

    def _measure(self) -> None:
        self.field.setFixedWidth(self._theme.px(_WIDE))


def _last(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1] if name.split() else name


def _digit(score: int | None) -> str:
    return tr("no score") if score is None else str(score)
