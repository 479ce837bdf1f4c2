"""Second scores: everybody shows fingers or writes them down at a signal, one person keys them in, in seating order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.desk.parts.label import Text
from app.desk.parts.layout import column, row
from app.desk.theme import Theme
from app.domain.debrief import read_scores
from app.queries.debrief import DebriefView
from app.words import sentence_list, tr

_WIDE = 84  # px at ordinary text size


@dataclass(frozen=True)
class Voter:
    """Somebody who scores again, in the order they sit in."""

    colleague: int
    name: str


class DigitField(QLineEdit):
    """A field that takes digits from 0 to 4, and blanks between them. `left` says that Escape was pressed in it."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setValidator(QRegularExpressionValidator(QRegularExpression(r"[0-4\s]*"), self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SecondScores(QWidget):
    """`voted` carries a score or None by colleague; nothing is drawn before all of them are keyed in. `left` says that
    Escape was pressed in the field: what was keyed in is gone. `wide` keeps heading and field on one line."""

    voted = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme, *, wide: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._voters: tuple[Voter, ...] = ()
        self._about: object = None
        body = column(gap=6, on=self)
        head = QHBoxLayout()
        heading = Text(tr("Second scores, silent"), "caption", weight=500, tone="soft")
        line = row(gap=10)
        if wide:
            line.addWidget(heading)
        else:
            head.addWidget(heading, 1)
            head.addWidget(Text(tr("seating order, as the columns"), "caption", tone="soft"))
            body.addLayout(head)
        self.field = DigitField()
        self.field.setAccessibleName(tr("Second scores in seating order"))
        self.field.textChanged.connect(self._read_back)
        self.field.returnPressed.connect(self._vote)
        self.field.left.connect(self._leave)
        self._back = Text("", tone="soft", wrap=True)
        self.field.inputRejected.connect(self._say_digits)
        line.addWidget(self.field)
        line.addWidget(self._back, 1)
        line.addWidget(Text(tr("Enter"), "key"))
        body.addLayout(line)
        self._kept = Text("", "caption", tone="soft", wrap=True)
        body.addWidget(self._kept)
        theme.changed.connect(self._measure)
        self._measure()

    def ask(self, about: object, voters: Sequence[Voter], kept: str) -> None:
        """Ask these for a second score each; `kept` are the words below. What is being keyed in stays while it is
        about the same."""
        if about != self._about:
            self.field.clear()
        self._about, self._voters = about, tuple(voters)
        self.field.setEnabled(bool(voters))
        self._kept.setText(kept)
        self._read_back()

    def taken(self) -> None:
        """They are in the file."""
        self.field.clear()

    def focus(self) -> None:
        """Go where they are keyed in."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _say_digits(self) -> None:
        self._back.setText(tr("Digits 0 to 4 only"))

    def _leave(self) -> None:
        self.field.clear()
        self.left.emit()

    def _read_back(self) -> None:
        """Names beside the digits, before anything is kept."""
        typed = read_scores(self.field.text())
        pairs = [f"{last_name(v.name)} {digit(s)}" for v, s in zip(self._voters, typed, strict=False)]
        if len(typed) > len(self._voters):
            pairs.append(tr("one too many"))
        self._back.setText(", ".join(pairs))

    def _vote(self) -> None:
        typed = read_scores(self.field.text())
        if not typed or len(typed) != len(self._voters):
            self._back.setText(tr("{n} of {all} keyed in").format(n=len(typed), all=len(self._voters)))
            return
        given: Mapping[int, int | None] = {v.colleague: s for v, s in zip(self._voters, typed, strict=True)}
        self.voted.emit(given)

    def _measure(self) -> None:
        self.field.setFixedWidth(self._theme.px(_WIDE))


def votes_in(page: DebriefView, dimension: str) -> tuple[tuple[Voter, ...], str]:
    """Who scores a dimension of a debrief again, in the order of the columns, and what is said below."""
    voters = tuple(Voter(c.colleague, c.name) for c in page.raters(dimension))
    voted = [c for c in page.columns if dimension in c.second]
    if voted:
        given = [f"{last_name(c.name)} {digit(c.second[dimension])}" for c in voted]
        return voters, tr("Kept: {scores}. The first ones stay.").format(scores=", ".join(given))
    return voters, asked_words(voters)


def asked_words(voters: Sequence[Voter]) -> str:
    """How to key them in."""
    if not voters:
        return tr("Nobody scored it, so there is nothing to score again.")
    names = sentence_list([last_name(v.name) for v in voters])
    return tr("One digit each for {names}. No score: 0. Kept beside the first ones.").format(names=names)


def last_name(name: str) -> str:
    """How somebody is named beside a digit."""
    return name.rsplit(maxsplit=1)[-1] if name.split() else name


def digit(score: int | None) -> str:
    """A second score in words."""
    return tr("no score") if score is None else str(score)
