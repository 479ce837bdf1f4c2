"""The slate: candidates of one opening side by side, dimension by dimension. Never a ranked list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.desk import Desk
from app.desk.page import Crumb
from app.desk.parts.controls import Button, Chip
from app.desk.parts.empty import EmptyPage
from app.desk.parts.flow import Flow
from app.desk.parts.label import Text
from app.desk.parts.layout import LEFT, aligned, column, row, scrolling
from app.desk.parts.shown_page import ShownPage
from app.desk.parts.states import paint_state
from app.desk.parts.strip import PaintedCell, Size, cell_size, paint_cell
from app.desk.theme import Theme
from app.errors import Refused
from app.phrases.rubric import state_word
from app.queries.lists import opening_rows
from app.queries.slate import Slate, Slated, slate
from app.store.workspace import Workspace
from app.words import ntr, tr

_NAME = 190  # px at ordinary text size
_COLUMN = 132  # px at ordinary text size
_ROW = 38  # px at ordinary text size


class SlateRow(QWidget):
    """One dimension over all candidates: the lower middle score, the cut corner, and the state's shape."""

    def __init__(self, theme: Theme, shown: Slate, people: Sequence[Slated], dimension: str) -> None:
        super().__init__()
        self._theme, self._people, self._dimension = theme, people, dimension
        self._name, self._bar = shown.rubric.dimension(dimension).short, shown.rubric.bar
        cells = [p.panel.cell(dimension) for p in people]
        said = ", ".join(
            tr("{name} {score}, {state}").format(
                name=p.name, score=c.low_median if c.low_median is not None else "–", state=state_word(c.state)
            )
            for p, c in zip(people, cells, strict=True)
        )
        self.setAccessibleName(f"{self._name}: {said}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """One line, as wide as its candidates."""
        theme = self._theme
        return QSize(theme.px(_NAME) + len(self._people) * theme.px(_COLUMN) + 20, theme.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint`: a wide slate scrolls."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name, then cell and shape for each."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, height = self._theme, self.height()
        painter.setFont(theme.font("body", 500))
        painter.setPen(theme.colour("ink"))
        name = QFontMetricsF(painter.font()).elidedText(self._name, Qt.TextElideMode.ElideRight, theme.px(_NAME) - 30)
        painter.drawText(QRectF(20, 0, theme.px(_NAME), height), Qt.AlignmentFlag.AlignVCenter, name)
        size, side = cell_size(theme, Size.LARGE), theme.px(9)
        for number, person in enumerate(self._people):
            cell = person.panel.cell(self._dimension)
            x = theme.px(_NAME) + number * theme.px(_COLUMN)
            rect = QRectF(x, (height - size.height()) / 2, size.width(), size.height())
            paint_cell(
                painter,
                rect,
                PaintedCell(cell.low_median, self._bar, cell.high),
                theme,
                Size.LARGE,
                ground="background",
            )
            shape = QRectF(x + size.width() + 9, (height - side) / 2, side, side)
            paint_state(painter, shape, cell.state, theme)
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("ink_soft"))
            words = state_word(cell.state)
            if self._dimension in person.must_have:
                words = tr("{state}, must").format(state=words)
            left = x + size.width() + side + 16
            painter.drawText(QRectF(left, 0, theme.px(_COLUMN), height), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(0, height - 1, self.width(), height - 1)
        painter.end()


class SlateHead(QWidget):
    """The candidates' names, each a way to their page."""

    asked = Signal(int)

    def __init__(self, theme: Theme, people: Sequence[Slated]) -> None:
        super().__init__()
        line = row(gap=0, margins=(theme.px(_NAME), 4, 0, 4), on=self)
        for person in people:
            holder = QWidget()
            holder.setFixedWidth(theme.px(_COLUMN))
            button = Button(tr("Open"), "link")
            button.setAccessibleName(tr("Open {name}").format(name=person.name))
            button.clicked.connect(lambda _on=False, a=person.application: self.asked.emit(a))
            column(
                Text(person.name, weight=500, wrap=True),
                Text(_standing(person), "caption", tone="soft", wrap=True),
                aligned(button, LEFT),
                gap=0,
                margins=(0, 0, 10, 0),
                on=holder,
            )
            line.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)


def _standing(person: Slated) -> str:
    verdicts = {"hire": tr("decided: hire"), "no_hire": tr("decided: no hire"), "hold": tr("on hold")}
    if person.verdict is not None:
        return verdicts[person.verdict]
    return person.stage


def _alone_words(people: Sequence[Slated]) -> list[str]:
    """Of whom a card that counts was written when its author could read the others."""
    return [
        ntr(
            "{{name}}: {n} card was written after the cards were open.",
            "{{name}}: {n} cards were written after the cards were open.",
            p.not_alone,
        ).format(name=p.name)
        for p in people
        if p.not_alone
    ]


def apart_words(shown: Slate, people: Sequence[Slated]) -> list[str]:
    """Who can't be told apart, and whose scores lie further apart than their bands; no order among them."""
    names = {p.name for p in people}
    alike = [pair for pair in shown.alike if set(pair) <= names]
    apart = [pair for pair in shown.apart if set(pair) <= names]
    found = []
    if alike:
        pairs = "; ".join(tr("{one} and {other}").format(one=a, other=b) for a, b in alike)
        found.append(tr("Cannot be told apart: {pairs}.").format(pairs=pairs))
    if apart:
        pairs = "; ".join(tr("{one} and {other}").format(one=a, other=b) for a, b in apart)
        found.append(tr("Further apart than their bands: {pairs}. See on which dimensions.").format(pairs=pairs))
    found += _alone_words(people)
    return found


class SlatePage(ShownPage[Slate]):
    """One opening's slate. `arrived(opening=…)` shows it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._opening: int | None = None
        self._hidden: set[int] = set()
        self._scroll = scrolling(QWidget())
        empty = EmptyPage(
            desk.theme,
            tr("Nobody can be laid side by side yet"),
            tr("Candidates of an opening stand here once their cards are open to you."),
            tr("Go to the pipeline"),
            partial(desk.go, "pipeline"),
        )
        self.lay_out(self._scroll, empty)

    def breadcrumb(self) -> Sequence[Crumb]:
        """The opening's board, then the slate."""
        last = Crumb(tr("Slate"))
        if self.shown is None:
            return (Crumb(tr("Pipeline"), "pipeline"), last)
        board = Crumb(self.shown.code, "pipeline", {"opening": self.shown.opening})
        return (Crumb(tr("Pipeline"), "pipeline"), board, last)

    def arrived(self, **where: Any) -> None:
        """Show the slate of `opening`; of the busiest one where none is named."""
        if "opening" in where and where["opening"] != self._opening:
            self._opening, self._hidden = where["opening"], set()
        self.read_again()

    def put_away(self) -> None:
        """Nobody is kept in memory either."""
        self._scroll.setWidget(QWidget())

    def question(self) -> Callable[[], Slate | None]:
        return partial(_slate_of, self.workspace, self._opening)

    def about(self) -> int | None:
        return self._opening

    def page_for(self, refused: Refused) -> EmptyPage:
        """Nobody to see is all there is to say."""
        return self._empty

    def is_empty(self, page: Slate) -> bool:
        return not page.people

    def fill(self, shown: Slate) -> None:
        """Who is in it, how they lie to each other, then a row a dimension."""
        theme = self.desk.theme
        people = [p for p in shown.people if p.application not in self._hidden]
        body = QWidget()
        top = QWidget()
        words = [shown.code, tr("against {level}").format(level=shown.level)]
        words.append(tr("in the order they applied, never ranked"))
        if shown.sealed:
            words.append(ntr("one more is still sealed", "{n} more are still sealed", shown.sealed))
        lines = column(
            Text(tr("Slate: {role}").format(role=shown.role), "title", wrap=True),
            Text(" · ".join(words), tone="soft", wrap=True),
            self._chips(shown),
            gap=6,
            margins=(20, 0, 20, 10),
            on=top,
        )
        for sentence in apart_words(shown, people):
            lines.addWidget(Text(sentence, wrap=True))
        head = SlateHead(theme, people)
        head.asked.connect(lambda application: self.desk.go("application", id=application))
        content = column(top, head, gap=0, margins=(0, 16, 0, 20), on=body)
        for dimension in shown.rubric.dimension_ids:
            content.addWidget(SlateRow(theme, shown, people, dimension))
        content.addStretch(1)
        self._scroll.setWidget(body)

    def _chips(self, shown: Slate) -> QWidget:
        holder = QWidget()
        flow = Flow(holder, 6)
        for person in shown.people:
            chip = Chip(person.name)
            chip.setAccessibleName(tr("Show {name}").format(name=person.name))
            chip.setChecked(person.application not in self._hidden)
            chip.toggled.connect(lambda on, a=person.application: self._hide(a, on=on))
            flow.addWidget(chip)
        return holder

    def _hide(self, application: int, *, on: bool) -> None:
        if on:
            self._hidden.discard(application)
        else:
            self._hidden.add(application)
        if self.shown is not None:
            self.fill(self.shown)


def _slate_of(workspace: Workspace, opening: int | None) -> Slate | None:
    if opening is None:
        rows = sorted(opening_rows(workspace), key=lambda one: one.closed)
        if not rows:
            return None
        opening = rows[0].id
    return slate(workspace, opening)
