"""The line of moments of a plan: the next check-in, those that were held, the assessments, the hire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.desk.pages.growth.actions import GrowthActions
from app.desk.pages.growth.gaps import gap_cell
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, TOP, aligned, column, row, wide
from app.desk.parts.pressable_row import PressableRow
from app.desk.parts.section import fill
from app.desk.parts.strip import PaintedCell, StripWidget
from app.desk.theme import Theme
from app.phrases.growth import prepared_words, since_words
from app.phrases.rubric import count_word
from app.queries.growth import GrowthView
from app.queries.growth_parts import CheckInView
from app.queries.growth_since import since_check_in
from app.records.gaps import gaps_of_given
from app.words import day, ntr, sentence_list, short_day, tr

_INDENT = 20  # px at ordinary text size: from the line of moments to their words
_DOT = 3.5  # px


@dataclass(frozen=True)
class PlanMoment:
    """Something on the line: when, what, its words, a strip, and the check-in it opens where it is one."""

    on: date | None
    title: str
    words: str = ""
    names: tuple[str, ...] = ()
    cells: tuple[PaintedCell, ...] = ()
    check_in: int | None = None
    ahead: bool = False


def moments_of(page: GrowthView, today: date) -> tuple[PlanMoment, ...]:
    """Everything on the line, the next check-in first, then the newest."""
    check_ins = [t for t in page.talks if t.plan is not None and (t.held_on is not None or t.plan == page.plan)]
    found = [_of_check_in(page, t, today) for t in check_ins]
    names = tuple(d.narrow for d in page.guide.dimensions)
    if page.agreed_on is not None:
        words = tr("{goals}, target {level}").format(
            goals=ntr("{n} goal", "{n} goals", len(page.goals)), level=page.against
        )
        found.append(PlanMoment(page.agreed_on, tr("Plan agreed"), words))
    for occasion in page.occasions:
        if any(level.id == occasion.level for level in page.guide.levels):
            cells = tuple(gap_cell(g) for g in gaps_of_given(page.guide, occasion.level, occasion.given, occasion.on))
            raters = sentence_list([a.name.split()[-1] for a in occasion.given])
            title = tr("Assessed against {level}").format(level=occasion.level)
            found.append(PlanMoment(occasion.on, title, raters, names, cells))
    hired = page.hired
    if hired is not None:
        known = {d: PaintedCell(score, hired.bar, high) for d, score, high in hired.cells}
        cells = tuple(known.get(d, PaintedCell(faint=True)) for d in page.guide.dimension_ids) if known else ()
        cards = tr("{count} cards against {level}").format(count=count_word(hired.cards), level=hired.level)
        words = tr("First entry: {cards}").format(cards=cards) if hired.open else tr("The panel’s cards are not open")
        found.append(PlanMoment(hired.on, tr("Hired, panel evidence"), words, names, cells))
    newest_first = sorted(found, key=lambda m: m.on or date.min, reverse=True)
    return (*(m for m in found if m.ahead), *(m for m in newest_first if not m.ahead))


def _of_check_in(page: GrowthView, held: CheckInView, today: date) -> PlanMoment:
    if held.held_on is None:
        late = held.due_on is not None and held.due_on < today
        title = tr("Check-in, overdue") if late else tr("Next check-in")
        since = since_check_in(held, page.talks, page.goals, page.facts)
        changed = since_words(since) if since is not None and since.changed else ""
        words = "\n".join(part for part in (prepared_words(held.prepared), changed) if part)
        return PlanMoment(held.due_on, title, words, check_in=held.id, ahead=True)
    return PlanMoment(held.held_on, tr("Check-in"), held.said, check_in=held.id)


class MomentRow(PressableRow):
    """One moment with its dot on the line. A check-in takes the focus; Enter or a click opens it."""

    INSIDE = (_INDENT - 4, 1, -1, -5)
    ARROWS = False

    def __init__(self, theme: Theme, moment: PlanMoment, *, last: bool) -> None:
        super().__init__(theme)
        self._moment, self._last = moment, last
        self._title = Text(moment.title, weight=500, wrap=True)
        when = "" if moment.on is None else short_day(moment.on) if moment.ahead else day(moment.on)
        body = column(
            row(wide(self._title), aligned(Text(when, "caption", tone="soft"), TOP), gap=8),
            gap=2,
            margins=(theme.px(_INDENT), 0, 2, 12),
            on=self,
        )
        if moment.words:
            body.addWidget(Text(moment.words, tone="soft", wrap=True))
        if moment.cells:
            strip = StripWidget(theme, ground="background")
            strip.show_cells(moment.names, moment.cells)
            body.addSpacing(2)
            body.addWidget(strip)
        if moment.check_in is None:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.unsetCursor()
        else:
            self.setAccessibleName(f"{moment.title}, {when}. {moment.words}".strip())
            self.setAccessibleDescription(tr("Enter opens it"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(_DOT + 1.5, self._title.y() + self._title.fontMetrics().height() / 2)
        if not self._last:
            painter.setPen(QPen(theme.colour("line_strong"), 1))
            painter.drawLine(QPointF(middle.x(), middle.y() + _DOT + 3), QPointF(middle.x(), self.height()))
        if middle.y() > _DOT + 3 and not self._moment.ahead:
            painter.setPen(QPen(theme.colour("line_strong"), 1))
            painter.drawLine(QPointF(middle.x(), 0), QPointF(middle.x(), middle.y() - _DOT - 3))
        if self._moment.ahead:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(theme.colour("panel"))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("mark"))
        painter.drawEllipse(middle, _DOT, _DOT)
        painter.end()


class MomentsPart(QWidget):
    """The line under its heading."""

    def __init__(self, theme: Theme, actions: GrowthActions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self.rows: list[MomentRow] = []
        self._list = column(gap=0)
        column(
            row(
                Text(tr("Check-ins"), "lead", weight=600), STRETCH, Text(tr("every two weeks"), "caption", tone="soft")
            ),
            self._list,
            gap=10,
            on=self,
        )

    def show_moments(self, moments: Sequence[PlanMoment]) -> None:
        """Show them."""
        self.rows = [MomentRow(self._theme, moment, last=moment is moments[-1]) for moment in moments]
        for line, moment in zip(self.rows, moments, strict=True):
            if moment.check_in is not None:
                line.pressed.connect(partial(self._actions.open_check_in, moment.check_in))
        nothing = tr("No check-in yet. Start one: it takes ten minutes, and the next one stands two weeks on.")
        fill(self._list, self.rows, nothing)
