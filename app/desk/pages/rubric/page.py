"""The rubric, read as a book: one dimension a page, its four anchors side by side, questions and signals under them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.actions import rubric as adopting
from app.desk.commands import Command
from app.desk.desk import Desk
from app.desk.page import Crumb, Page
from app.desk.parts.controls import IconButton
from app.desk.parts.empty import EmptyPage
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import STRETCH, column, holder, row, wide
from app.desk.parts.strip import PaintedCell, Size, paint_cell
from app.desk.theme import Theme
from app.domain.pack import Pack
from app.domain.rubric import Anchor, Dimension, Rubric, ScalePoint
from app.exchange.packs import load_pack
from app.queries.lists import current_pack
from app.resources import packs
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


class RubricPage(Page):
    """Shows one dimension at a time; `arrived(dimension=…)` opens it there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rubric: Rubric | None = None
        self._place = 0
        self._wanted: str | None = None
        self._stack = QStackedLayout(self)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(tr("Dimension"))
        self._empty = EmptyPage(
            desk.theme,
            tr("No rubric yet"),
            tr("The pack for a Machine Learning Engineering Manager comes along: ten dimensions of four anchors."),
            tr("Adopt it"),
            self._adopt,
        )
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._empty)
        self._before = IconButton(desk.theme, "chevron-left", tr("Previous dimension"))
        self._after = IconButton(desk.theme, "chevron-right", tr("Next dimension"))
        self._before.clicked.connect(partial(self._turn, -1))
        self._after.clicked.connect(partial(self._turn, 1))
        self._where = Text("", "caption", tone="soft")

    def breadcrumb(self) -> Sequence[Crumb]:
        """Guides, Rubric."""
        return (Crumb(tr("Guides")), Crumb(tr("Rubric")))

    def top_actions(self) -> Sequence[QWidget]:
        """Turn a page."""
        return (self._where, self._before, self._after)

    def commands(self) -> Sequence[Command]:
        """Next and previous dimension, by key."""
        where = tr("Rubric")
        return (
            Command(
                "rubric.next",
                tr("Next dimension of the rubric"),
                partial(self._turn, 1),
                ("Right", "N"),
                where,
                self._there,
            ),
            Command(
                "rubric.before",
                tr("Previous dimension of the rubric"),
                partial(self._turn, -1),
                ("Left", "P"),
                where,
                self._there,
            ),
        )

    def arrived(self, **where: Any) -> None:
        """Read the rubric adopted last."""
        self._wanted = where.get("dimension", self._wanted)
        self._ask()

    def changed(self, report: Any) -> None:
        """A version was adopted."""
        self._ask()

    def _ask(self) -> None:
        self.desk.ask(self, "pack", partial(current_pack, self.desk.workspace), self._take)

    def _there(self) -> bool:
        return self._rubric is not None

    def _adopt(self) -> None:
        self.desk.write(partial(_adopt_shipped, self.desk.workspace), lambda _changed: self._ask(), self)

    def _take(self, found: tuple[int, Pack] | None) -> None:
        self._rubric = found[1].rubric if found else None
        self._stack.setCurrentWidget(self._scroll if found else self._empty)
        for widget in (self._before, self._after, self._where):
            widget.setVisible(found is not None)
        if self._rubric is None:
            return
        if self._wanted in self._rubric.dimension_ids:
            self._place = self._rubric.dimension_ids.index(self._wanted)
            self._wanted = None
        self._show()

    def _turn(self, by: int) -> None:
        if self._rubric is not None:
            self._place = min(max(self._place + by, 0), len(self._rubric.dimensions) - 1)
            self._show()

    def _show(self) -> None:
        assert self._rubric is not None
        rubric, dimension = self._rubric, self._rubric.dimensions[self._place]
        self._where.setText(tr("{n} of {all}").format(n=self._place + 1, all=len(rubric.dimensions)))
        self._before.setEnabled(self._place > 0)
        self._after.setEnabled(self._place < len(rubric.dimensions) - 1)
        book = QWidget()
        book.setMaximumWidth(max(BOOK_WIDTH, self.desk.theme.px(BOOK_WIDTH)))
        sheet = holder(row(STRETCH, wide(book, 100), STRETCH, margins=(32, 24, 32, 32)))
        body = column(gap=8, on=book)
        self._add_head(body, rubric, dimension)
        body.addSpacing(8)
        body.addLayout(self._anchors(rubric, dimension))
        body.addSpacing(16)
        body.addLayout(row(wide(_questions(dimension), 3), wide(_signals(rubric, dimension), 2), gap=40))
        body.addStretch(1)
        self._scroll.setWidget(sheet)

    def _add_head(self, column: QVBoxLayout, rubric: Rubric, dimension: Dimension) -> None:
        head = row(
            Text(str(self._place + 1), "display", tone="accent"),
            wide(Text(dimension.name, "display", wrap=True)),
            gap=10,
        )
        if dimension.id in rubric.must_have:
            head.addWidget(Text(tr("must-have by default"), "tag"))
        column.addLayout(head)
        column.addWidget(Text(dimension.definition, "lead", tone="soft", wrap=True))

    def _anchors(self, rubric: Rubric, dimension: Dimension) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, (anchor, point) in enumerate(zip(dimension.anchors, rubric.scale, strict=True)):
            grid.addWidget(_anchor(self.desk.theme, anchor, point, rubric.bar), 0, place)
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


def _questions(dimension: Dimension) -> QVBoxLayout:
    kinds = {
        "situational": tr("What would you do"),
        "behavioural": tr("What did you do"),
        "work_sample": tr("Show me"),
    }
    body = column(Text(tr("Questions"), "lead", weight=600), gap=6)
    for question in dimension.questions:
        body.addWidget(line_across())
        body.addWidget(Text(kinds[question.kind], "caption", tone="soft"))
        body.addWidget(Text(question.text, wrap=True, weight=500))
        for probe in question.probes:
            body.addWidget(Text(probe, wrap=True, tone="soft"))
    body.addSpacing(8)
    body.addWidget(Text(tr("Where raters go wrong"), "caption", tone="soft", weight=500))
    body.addWidget(Text(dimension.rater_trap, wrap=True))
    body.addStretch(1)
    return body


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


def _adopt_shipped(workspace: Any) -> Any:
    return adopting.adopt(workspace, load_pack(packs() / "ml-engineering-manager"))
