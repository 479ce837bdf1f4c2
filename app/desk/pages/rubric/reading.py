"""A dimension as a page of a book: its four anchors side by side, questions and signals under them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.desk.parts.controls import Button
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import STRETCH, column, holder, row, wide
from app.desk.parts.strip import PaintedCell, Size, paint_cell
from app.desk.theme import Theme
from app.domain.rubric import Anchor, Dimension, Question, Rubric, ScalePoint
from app.phrases.rubric import question_kind
from app.words import ntr, tr

BOOK_WIDTH = 1120


class AnchorScore(QWidget):
    """One large cell with a score, as it looks in a strip."""

    def __init__(self, theme: Theme, score: int, bar: int) -> None:
        super().__init__()
        self._theme, self._cell = theme, PaintedCell(score, bar)
        self.setAccessibleName(tr("Score {n}").format(n=score))
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """A little larger than in a strip."""
        return QSize(self._theme.px(24), self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_cell(painter, QRectF(self.rect()), self._cell, self._theme, Size.LARGE)
        painter.end()


class DimensionSheet(QWidget):
    """One dimension of a rubric. `retired` are questions asked no more, by id with the reason; `turned` carries one
    that is to be retired, or asked again."""

    turned = Signal(str)

    def __init__(self, theme: Theme, rubric: Rubric, place: int, retired: Mapping[str, str]) -> None:
        super().__init__()
        self._retired = retired
        dimension = rubric.dimensions[place]
        book = QWidget()
        book.setMaximumWidth(max(BOOK_WIDTH, theme.px(BOOK_WIDTH)))
        row(STRETCH, wide(book, 100), STRETCH, margins=(32, 24, 32, 32), on=self)
        body = column(_head(rubric, dimension, place), gap=8, on=book)
        body.addWidget(Text(dimension.definition, "lead", tone="soft", wrap=True))
        body.addSpacing(8)
        body.addLayout(_anchors(theme, rubric, dimension))
        body.addSpacing(16)
        body.addLayout(row(wide(self._questions(dimension), 3), wide(_signals(rubric, dimension), 2), gap=40))
        body.addStretch(1)

    def _questions(self, dimension: Dimension) -> QVBoxLayout:
        body = column(Text(tr("Questions"), "lead", weight=600), gap=6)
        for question in dimension.questions:
            body.addWidget(line_across())
            body.addWidget(self._question(question))
        body.addSpacing(8)
        body.addWidget(Text(tr("Where raters go wrong"), "caption", tone="soft", weight=500))
        body.addWidget(Text(dimension.rater_trap, wrap=True))
        body.addStretch(1)
        return body

    def _question(self, question: Question) -> QWidget:
        why = self._retired.get(question.id)
        words = tr("Retire…") if why is None else tr("Ask it again")
        name = tr("{do}: {question}").format(do=words, question=question.text)
        turn = Button(words, "link", name=name, run=partial(self.turned.emit, question.id))
        head = row(wide(Text(question_kind(question.kind), "caption", tone="soft")), turn)
        text = Text(question.text, wrap=True, weight=500, tone="ink" if why is None else "faint")
        body = column(head, text, *(Text(probe, wrap=True, tone="soft") for probe in question.probes), gap=6)
        if question.tags:
            body.addWidget(Text(", ".join(question.tags), "caption", tone="faint", wrap=True))
        if why is not None:
            body.addWidget(Text(tr("Asked no more: {why}").format(why=why), "caption", tone="warn", wrap=True))
        return holder(body)


def _head(rubric: Rubric, dimension: Dimension, place: int) -> QHBoxLayout:
    head = row(Text(str(place + 1), "display", tone="accent"), wide(Text(dimension.name, "display", wrap=True)), gap=10)
    if dimension.id in rubric.must_have:
        head.addWidget(Text(tr("must-have by default"), "tag"))
    return head


def _anchors(theme: Theme, rubric: Rubric, dimension: Dimension) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    for place, (anchor, point) in enumerate(zip(dimension.anchors, rubric.scale, strict=True)):
        grid.addWidget(_anchor(theme, anchor, point, rubric.bar), 0, place)
        grid.setColumnStretch(place, 1)
    return grid


def _anchor(theme: Theme, anchor: Anchor, point: ScalePoint, bar: int) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "card")
    frame.setProperty("chosen", anchor.score == bar)
    head = row(AnchorScore(theme, anchor.score, bar), wide(Text(point.short, "caption", tone="soft")), gap=8)
    if anchor.score == bar:
        head.addWidget(Text(tr("the bar"), "caption", tone="accent", weight=500))
    body = column(head, Text(anchor.summary, weight=600, wrap=True), gap=8, margins=(16, 14, 16, 16), on=frame)
    for behaviour in anchor.behaviours:
        body.addWidget(Text(behaviour, wrap=True, tone="soft"))
    body.addStretch(1)
    return frame


def _signals(rubric: Rubric, dimension: Dimension) -> QVBoxLayout:
    body = column(gap=6)
    for words, kind, tone in (
        (tr("Strong signals"), "strong", "ink"),
        (tr("Weak signals"), "weak", "ink"),
        (tr("Red flags"), "red", "bad"),
    ):
        found = [s for s in rubric.signals_of(dimension.id) if s.kind == kind]
        if not found:
            continue
        body.addWidget(Text(words, "lead", weight=600))
        for signal in found:
            body.addWidget(line_across())
            body.addWidget(Text(signal.label, weight=500, tone=tone))
            body.addWidget(Text(signal.text, wrap=True, tone="soft"))
        body.addSpacing(8)
    seen_in = [e for e in rubric.exercises if dimension.id in e.primary]
    if seen_in:
        body.addWidget(Text(tr("Seen in"), "lead", weight=600))
        body.addWidget(Text(", ".join(e.name for e in seen_in), wrap=True, tone="soft"))
    measures = rubric.kpis_of(dimension.id)
    if measures:
        body.addWidget(
            Text(ntr("{n} measure hangs on it", "{n} measures hang on it", len(measures)), "caption", tone="soft")
        )
        for kpi in measures:
            body.addWidget(
                Text(tr("{name}: {target}").format(name=kpi.name, target=kpi.target), "caption", tone="soft", wrap=True)
            )
    body.addStretch(1)
    return body
