"""Evidence of a plan: dated lines, newest first; and in which months there was some on each core dimension."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.pages.growth.actions import GrowthActions
from app.desk.parts.controls import Button
from app.desk.parts.label import Text, line_across
from app.desk.parts.layout import STRETCH, TOP, column, grid, row
from app.desk.parts.pressable_row import PressableRow
from app.desk.parts.section import fill
from app.desk.theme import Theme
from app.queries.growth import GrowthView
from app.queries.growth_parts import GrowthEvidence, Origin
from app.words import month, ntr, sentence_list, short_day, tr

_FIRST = 6  # items shown before "All"
_YEAR_DAYS = 365
_WHEN = 46  # px at ordinary text size
_STEP, _LINE = 17, 21  # px at ordinary text size, of the months
_NAME = 112  # px at ordinary text size


class EvidenceItemRow(PressableRow):
    """One item. Enter or a click opens it."""

    def __init__(self, theme: Theme, name: str, item: GrowthEvidence, today: date) -> None:
        super().__init__(theme)
        cells = grid(4, 1, margins=(2, 5, 2, 5), on=self)
        cells.setColumnMinimumWidth(0, theme.px(_WHEN))
        cells.setColumnStretch(1, 1)
        when = _when(item, today)
        notes = [name, *origin_words(item)]
        cells.addWidget(Text(when, "caption", tone="soft"), 0, 0, TOP)
        cells.addWidget(Text(" · ".join(notes), "caption", tone="soft", elide=True), 0, 1)
        if item.shared:
            cells.addWidget(Text(tr("shared"), "caption", tone="accent"), 0, 2)
        cells.addWidget(Text(item.text, wrap=True), 1, 1, 1, 2)
        shared = tr("shared") if item.shared else tr("not shared")
        self.setAccessibleName(f"{when}, {', '.join(notes)}, {shared}: {item.text}")
        self.setAccessibleDescription(tr("Enter opens it"))


class EvidencePart(QWidget):
    """The items under their heading."""

    def __init__(self, theme: Theme, actions: GrowthActions) -> None:
        super().__init__()
        self._theme, self._actions = theme, actions
        self._page: GrowthView | None = None
        self._today = date.min
        self.rows: list[EvidenceItemRow] = []
        self.every = Button("", "link")
        self.every.setCheckable(True)
        self.every.clicked.connect(self._fill)
        self.add = Button(tr("Add"), "link", name=tr("Add evidence"), run=actions.new_evidence)
        self._list = column(gap=0)
        column(row(Text(tr("Evidence"), "lead", weight=600), STRETCH, self.every, self.add), self._list, gap=6, on=self)

    def show_page(self, page: GrowthView, today: date) -> None:
        """Show a member's evidence; what is older than a year says its month and year."""
        self._page, self._today = page, today
        self.every.set_words(tr("All {n}").format(n=len(page.facts)))
        self.every.setVisible(len(page.facts) > _FIRST)
        self._fill()

    def _fill(self) -> None:
        page = self._page
        if page is None:
            return
        names = {d.id: d.short for d in page.guide.dimensions}
        shown = page.facts if self.every.isChecked() else page.facts[:_FIRST]
        self.rows = [EvidenceItemRow(self._theme, names.get(f.dimension, f.dimension), f, self._today) for f in shown]
        for line, item in zip(self.rows, shown, strict=True):
            line.pressed.connect(partial(self._actions.open_evidence, item.id))
        lines = (widget for line in self.rows for widget in (line_across(), line))
        fill(self._list, lines, tr("Nothing yet. A line with its day, as soon as it is seen."))


class MonthsGrid(QWidget):
    """A dot in each month with evidence on a core dimension, and in how many months there was some."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: GrowthView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_page(self, page: GrowthView) -> None:
        """Show the months of a member."""
        self._page = page
        names = {d.id: d.short for d in page.guide.dimensions}
        lines = [
            tr("{name}: {months}").format(
                name=names[line.dimension],
                months=sentence_list([month(m) for m, seen in zip(page.months, line.seen, strict=True) if seen])
                or tr("none"),
            )
            for line in page.by_month
        ]
        self.setAccessibleName(tr("Evidence by month. {lines}").format(lines=". ".join(lines)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        lines = 1 + (len(self._page.by_month) if self._page else 0)
        return QSize(self._theme.px(_NAME + 7 * _STEP + 16), self._theme.px(lines * _LINE))

    def minimumSizeHint(self) -> QSize:
        """Names may be cut; the dots stay."""
        return QSize(self._theme.px(60 + 7 * _STEP + 16), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        page = self._page
        if page is None:
            return
        theme = self._theme
        line, step = theme.px(_LINE), theme.px(_STEP)
        count = len(page.months)
        first = min(theme.px(_NAME + 8), self.width() - (count + 1) * step - 12)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink_soft"))
        for number, on in enumerate(page.months):
            place = QRectF(first + number * step, 0, step, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, month(on)[:1])
        names = {d.id: d.short for d in page.guide.dimensions}
        for number, entry in enumerate(page.by_month, start=1):
            top = number * line
            painter.setFont(theme.font())
            painter.setPen(theme.colour("ink"))
            words = painter.fontMetrics().elidedText(
                names[entry.dimension], Qt.TextElideMode.ElideRight, int(first - 6)
            )
            painter.drawText(QRectF(0, top, first, line), Qt.AlignmentFlag.AlignVCenter, words)
            painter.setPen(Qt.PenStyle.NoPen)
            for at, seen in enumerate(entry.seen):
                middle = QPointF(first + (at + 0.5) * step, top + line / 2)
                painter.setBrush(theme.colour("accent" if seen else "line_strong"))
                radius = theme.px(9) / 2 if seen else theme.px(5) / 2
                painter.drawEllipse(middle, radius, radius)
            painter.setFont(theme.font("caption", 400 if entry.enough else 600))
            painter.setPen(theme.colour("ink_soft" if entry.enough else "warn"))
            right = QRectF(0, top, self.width() - 2, line)
            painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(entry.count))
        painter.end()


def months_note(page: GrowthView) -> str:
    """Which core dimensions lack evidence over time."""
    lacking = sum(not line.enough for line in page.by_month)
    if not lacking:
        return ""
    return ntr("{n} core dimension lacks two months.", "{n} core dimensions lack two months.", lacking)


def origin_words(item: GrowthEvidence) -> list[str]:
    """Where an item comes from, where that is not one's own note."""
    found = [tr("from the interviews")] if item.origin is Origin.PANEL else []
    found += [tr("from an assessment")] if item.origin is Origin.ASSESSMENT else []
    found += [tr("inferred")] if item.inferred else []
    found += [item.source] if item.source else []
    return found


def _when(item: GrowthEvidence, today: date) -> str:
    if item.on is None:
        return tr("no day")
    near = 0 <= (today - item.on).days < _YEAR_DAYS
    return short_day(item.on).split(" ", 1)[1] if near else month(item.on)
