"""What stands behind one dimension: every card's score, anchor, evidence and signals side by side, and the bar."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import Space, column, row, wide
from app.desk.parts.strip import PaintedCell, Size, cell_size, paint_cell
from app.desk.theme import Theme
from app.phrases.rubric import lower_first, reason_words
from app.queries.debrief import CardColumn, DebriefView
from app.words import clock, day, tr

_LEFT = 36  # px, under the name
_TIME = 40  # px at ordinary text size


class ScoreCell(QWidget):
    """One score, drawn as the strip draws it."""

    def __init__(self, theme: Theme, score: int | None, bar: int, size: Size = Size.LARGE) -> None:
        super().__init__()
        self._theme, self._cell, self._size = theme, PaintedCell(score, bar), size
        self.setAccessibleName(tr("score {n}").format(n=score) if score is not None else tr("no score"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """The size of a cell."""
        return cell_size(self._theme, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_cell(painter, self.rect().toRectF(), self._cell, self._theme, self._size)
        painter.end()


class SideBySide(QFrame):
    """The open dimension of a debrief. Shown anew whenever the debrief changes."""

    def __init__(self, theme: Theme, zone: tzinfo, page: DebriefView, dimension: str, *, columns: int) -> None:
        """`columns` cards stand beside each other."""
        super().__init__()
        self.setProperty("role", "panel")
        self._theme, self._zone = theme, zone
        cards = QGridLayout()
        cards.setHorizontalSpacing(32)
        cards.setVerticalSpacing(12)
        looked = [c for c in page.columns if c.rating(dimension).answered]
        for number, card in enumerate(looked):
            cards.addWidget(self._card(page, dimension, card), number // columns, number % columns)
        for number in range(columns):
            cards.setColumnStretch(number, 1)
        body = column(cards, gap=10, margins=(_LEFT, 0, 20, 14), on=self)
        if not looked:
            body.addWidget(Text(tr("Nobody scored this dimension."), tone="soft"))
        body.addWidget(line_across())
        walked = page.walked.get(dimension)
        if walked is not None and walked.at is not None and walked.note.strip():
            body.addLayout(self._line(tr("Discussed {time}").format(time=clock(walked.at, zone)), walked.note))
        else:
            body.addLayout(self._bar(page, dimension))

    def _card(self, page: DebriefView, dimension: str, card: CardColumn) -> QWidget:
        rating = card.rating(dimension)
        holder = QWidget()
        head = row(
            ScoreCell(self._theme, rating.score, page.rule.bar),
            Text(tr("{name},").format(name=card.name), weight=500),
            wide(Text(lower_first(card.exercise), tone="soft", elide=True)),
            gap=5,
        )
        if card.held_on is not None:
            head.addWidget(Text(day(card.held_on).rsplit(" ", 1)[0], "caption", tone="soft"))
        body = column(line_across(), Space(4), head, gap=4, on=holder)
        if rating.score is not None:
            point = page.rubric.scale[rating.score - 1]
            anchor = page.rubric.dimension(dimension).anchor(rating.score)
            words = tr("{score}, {label}: {anchor}").format(
                score=rating.score, label=lower_first(point.short), anchor=anchor.summary
            )
            body.addWidget(Text(words, tone="soft", wrap=True))
        elif rating.reason is not None:
            words = tr("Not assessed: {why}.").format(why=reason_words(page.rubric, rating.reason))
            body.addWidget(Text(words, tone="soft", wrap=True))
        for line in rating.evidence:
            body.addLayout(self._line(clock(line.at, self._zone) if line.timed else tr("form"), line.text))
        signals = [page.rubric.signal(o.signal).label + (f" (“{o.quote}”)" if o.quote else "") for o in rating.observed]
        if signals:
            words = tr("Signals: {signals}").format(signals="; ".join(lower_first(s) for s in signals))
            body.addWidget(Text(words, "caption", tone="soft", wrap=True))
        body.addStretch(1)
        return holder

    def _line(self, at: str, words: str) -> QHBoxLayout:
        time = Text(at, "caption", tone="soft")
        time.setMinimumWidth(self._theme.px(_TIME))
        time.setContentsMargins(0, 2, 0, 0)
        return row(time, wide(Text(words, wrap=True, selectable=True)), gap=8)

    def _bar(self, page: DebriefView, dimension: str) -> QHBoxLayout:
        anchor = page.rubric.dimension(dimension).anchor(page.rule.bar)
        first, *others = anchor.behaviours
        text = f"{anchor.summary} {'; '.join((first, *(lower_first(b) for b in others)))}."
        return row(
            Text(tr("The bar, {n}").format(n=page.rule.bar), weight=500),
            wide(Text(text, tone="soft", wrap=True)),
            gap=12,
        )
