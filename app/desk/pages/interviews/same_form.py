"""A form beside the card that is in: dimension by dimension, with what differs marked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from app.desk.desk import Desk
from app.desk.parts.label import Text
from app.domain.rubric import Rubric
from app.domain.scorecard import CardRating, Overall
from app.domain.scorecard_form import FilledForm, FilledRating
from app.queries.scorecard import CardView
from app.words import tr


class Comparison(QFrame):
    """Two columns under a form's line. It is only made of a card one may see."""

    def __init__(self, desk: Desk, card: CardView, filled: FilledForm) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 12)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        for column, words in enumerate((tr("Dimension"), tr("The card that is in"), tr("This form"))):
            self._grid.addWidget(Text(words, "caption", tone="soft", weight=500), 0, column)
        for rating in filled.ratings:
            known = card.content.rating(rating.dimension)
            name = card.rubric.dimension(rating.dimension).short
            self._row(name, _of_card(card.rubric, known), _of_form(card.rubric, rating))
        self._row(tr("Overall vote"), _vote(card.rubric, card.content.overall), _vote(card.rubric, filled.overall))
        for column, share in enumerate((2, 5, 5)):
            self._grid.setColumnStretch(column, share)
        self.setAccessibleName(tr("{who}’s card and the form, side by side").format(who=card.author))

    def _row(self, name: str, known: str, given: str) -> None:
        row = self._grid.rowCount()
        differs = known != given
        title = tr("{name}, differs").format(name=name) if differs else name
        for column, words in enumerate((title, known, given)):
            tone = "soft" if not differs else "warn" if not column else "ink"
            label = Text(words, tone=tone, wrap=True, weight=500 if differs and not column else None)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, row, column)


def _of_card(rubric: Rubric, rating: CardRating) -> str:
    signals = [rubric.signal(o.signal).label for o in rating.observed]
    return _said(rubric, rating.score, rating.reason, [e.text for e in rating.evidence], signals)


def _of_form(rubric: Rubric, rating: FilledRating) -> str:
    signals = [rubric.signal(s.signal).label for s in rating.signals]
    return _said(rubric, rating.score, rating.reason, list(rating.evidence), signals)


def _said(rubric: Rubric, score: int | None, reason: str | None, lines: list[str], signals: list[str]) -> str:
    head = str(score) if score is not None else tr("no score")
    if reason is not None:
        words = next((c.words for c in rubric.not_assessed_reasons if c.id == reason), reason)
        head = tr("not assessed: {reason}").format(reason=words)
    return "\n".join([head, *lines, *sorted(signals)])


def _vote(rubric: Rubric, vote: Overall | None) -> str:
    return next((c.words for c in rubric.overall if c.id == vote), tr("no vote"))
