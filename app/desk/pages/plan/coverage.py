"""The coverage matrix: dimensions by the places that score them, what is thin, and what nobody reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.desk.parts.label import Text
from app.desk.parts.layout import column
from app.desk.parts.section import fill
from app.desk.theme import Theme
from app.domain.coverage import Coverage, CoverageGap, DimensionSeen
from app.domain.plan import InterviewPlan
from app.domain.rubric import Rubric
from app.words import ntr, sentence_list, tr

Index = QModelIndex | QPersistentModelIndex
_MOST_NAMED = 6


@dataclass(frozen=True)
class CoverageColumn:
    """One place of a round, as a column."""

    number: int
    place: int
    exercise: str
    who: str
    dimensions: frozenset[str]
    shadow: bool
    over: str


class CoverModel(QAbstractTableModel):
    """Rows are dimensions; the last column says what is thin."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[CoverageColumn, ...] = ()
        self.rows: tuple[tuple[DimensionSeen, str, str], ...] = ()

    def show_plan(self, plan: InterviewPlan, rubric: Rubric, found: Coverage, names: dict[int, str]) -> None:
        """Show this plan."""
        columns = _columns(plan, rubric, found, names)
        rows = tuple(
            (s, rubric.dimension(s.dimension).short, rubric.dimension(s.dimension).name) for s in found.dimensions
        )
        if len(columns) == len(self.columns) and len(rows) == len(self.rows):
            self.columns, self.rows = columns, rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns)))
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns))
        else:
            self.beginResetModel()
            self.columns, self.rows = columns, rows
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """The dimensions."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The places, and one for the words."""
        return 0 if parent.isValid() else len(self.columns) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Exercise over person; names of dimensions."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            return self.rows[section][1] if 0 <= section < len(self.rows) else None
        if section == len(self.columns):
            return tr("Seen by")
        if not 0 <= section < len(self.columns):
            return None
        body = self.columns[section]
        return f"{body.exercise}\n{body.over or body.who}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, for the eye and for a reader of the screen."""
        if not index.isValid():
            return None
        seen, _, name = self.rows[index.row()]
        if index.column() == len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return _seen_words(seen)
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return f"{name}: {_seen_words(seen)}"
            return None
        body = self.columns[index.column()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            scores = seen.dimension in body.dimensions
            words = tr("scored") if scores and not body.shadow else tr("shadowed") if scores else tr("not looked at")
            return f"{name}, {body.exercise}, {body.who}: {words}"
        return None

    def marked(self, index: Index) -> str:
        """What a cell shows: "full", "ring" for a shadow, or nothing."""
        body = self.columns[index.column()]
        if self.rows[index.row()][0].dimension not in body.dimensions:
            return ""
        return "ring" if body.shadow else "full"


class CoverDelegate(QStyledItemDelegate):
    """Draws marks: a full disc scores, a ring shadows. The words at the right say what is thin."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, CoverModel)
        rect, theme = QRectF(option.rect), self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = model.rows[index.row()][0]
        if index.column() == len(model.columns):
            painter.setFont(theme.font("caption", 500 if seen.gap else 400))
            painter.setPen(theme.colour("warn" if seen.gap else "ink_soft"))
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(rect.adjusted(8, 0, -2, 0), middle, _seen_words(seen))
        else:
            mark, side = model.marked(index), theme.px(6)
            if mark:
                painter.setPen(QPen(theme.colour("accent"), 1.6))
                painter.setBrush(theme.colour("accent") if mark == "full" else Qt.BrushStyle.NoBrush)
                painter.drawEllipse(rect.center(), side, side)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        view = self.parent()
        if isinstance(view, QTableView) and view.hasFocus() and view.currentIndex() == index:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 5, 5)
        painter.restore()


class CoverHeader(QHeaderView):
    """Exercise over person; words too long for their column end in dots and are whole on hover."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(42))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model, theme = self.model(), self._theme
        assert isinstance(model, CoverModel)
        words = str(model.headerData(section, Qt.Orientation.Horizontal) or "").split("\n")
        last = section == len(model.columns)
        over = not last and bool(model.columns[section].over)
        side = Qt.AlignmentFlag.AlignLeft if last else Qt.AlignmentFlag.AlignHCenter
        left = rect.adjusted(8 if last else 2, 0, -2, 0)
        painter.save()
        tones = ("ink", "warn" if over else "ink_soft")
        for line, (text, tone, weight) in enumerate(zip(words, tones, (500, 500 if over else 400), strict=False)):
            painter.setFont(theme.font("caption", weight))
            painter.setPen(theme.colour("ink_soft" if last else tone))
            place = QRectF(left.x(), rect.y() + theme.px(4 + 16 * line), left.width(), theme.px(16))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, left.width())
            painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()


class CoverTable(QTableView):
    """Arrows go through the cells; Space, Enter or a click lets a place score a dimension, or no longer: `toggled`
    carries round, place and dimension."""

    toggled = Signal(int, int, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.cover = CoverModel()
        self.setHorizontalHeader(CoverHeader(theme, self))
        self.setModel(self.cover)
        self.setItemDelegate(CoverDelegate(theme, self))
        self.setAccessibleName(tr("Coverage: who scores which dimension"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.clicked.connect(self._ask)
        self.cover.modelReset.connect(self.measure)
        self.horizontalScrollBar().rangeChanged.connect(self._make_room)
        theme.changed.connect(self.measure)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter change the current cell."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of two is a click as well."""
        self.mousePressEvent(event)

    def sizeHint(self) -> QSize:
        high = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + 4
        if self.horizontalScrollBar().maximum() > 0:
            high += self.horizontalScrollBar().sizeHint().height()
        return QSize(self._theme.px(420), high)

    def minimumSizeHint(self) -> QSize:
        """Never less high: the page scrolls, the matrix does not."""
        return QSize(self._theme.px(260), self.sizeHint().height())

    def _ask(self, index: Index) -> None:
        if index.isValid() and index.column() < len(self.cover.columns):
            body = self.cover.columns[index.column()]
            self.toggled.emit(body.number, body.place, self.cover.rows[index.row()][0].dimension)

    def _make_room(self) -> None:
        """A bar for scrolling across must not cover the last row."""
        self.setFixedHeight(self.sizeHint().height())

    def measure(self) -> None:
        """Give columns and rows their sizes at the text size of now."""
        theme = self._theme
        across = self.horizontalHeader()
        self.verticalHeader().setDefaultSectionSize(theme.px(27))
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(theme.px(52))
        last = len(self.cover.columns)
        if self.cover.columnCount():
            across.setSectionResizeMode(last, QHeaderView.ResizeMode.Fixed)
            across.resizeSection(last, theme.px(80))
        self.setFixedHeight(self.sizeHint().height())


class CoverPane(QWidget):
    """The matrix with what it means in sentences."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.table = CoverTable(theme)
        self._said = column(gap=3)
        column(Text(tr("Coverage"), "lead", weight=600), self.table, self._said, gap=6, on=self)

    def show_plan(self, plan: InterviewPlan, rubric: Rubric, found: Coverage, names: dict[int, str]) -> None:
        """Show the plan's coverage."""
        self.table.cover.show_plan(plan, rubric, found, names)
        self.table.measure()
        said, tone = findings(rubric, found, names), "warn"
        if not said:
            said, tone = [tr("Two people in two rounds see every dimension, and nobody scores too many.")], "good"
        fill(self._said, (Text(words, "caption", tone=tone, wrap=True) for words in said))


def findings(rubric: Rubric, found: Coverage, names: dict[int, str]) -> list[str]:
    """What is thin or too much, one sentence each."""
    said = []
    short = {d.id: d.short for d in rubric.dimensions}
    for gap, words in (
        (CoverageGap.NOBODY, tr("Nobody sees {what}.")),
        (CoverageGap.ONE_PERSON, tr("Only one person sees {what}.")),
        (CoverageGap.ONE_ROUND, tr("Only one round sees {what}.")),
    ):
        thin = [short[s.dimension] for s in found.thin if s.gap is gap]
        if thin:
            said.append(words.format(what=sentence_list(thin)))
    for load in found.loads:
        if load.over:
            who = names.get(load.colleague, "") if load.colleague is not None else tr("One place")
            words = tr("{who} scores {n} dimensions; {most} are the most.")
            said.append(words.format(who=who, n=load.dimensions, most=load.most))
    if found.over_budget:
        words = tr("{minutes} minutes are {over} more than a candidate may be asked for.")
        said.append(words.format(minutes=found.minutes, over=found.over_budget))
    if found.areas:
        areas = [a.name for a in rubric.areas if a.id in found.areas]
        said.append(tr("Areas nobody reaches: {what}.").format(what=_some(areas)))
    if found.signals:
        signals = [s.label for s in rubric.signals if s.id in found.signals]
        said.append(tr("Signals nobody can hear: {what}.").format(what=_some(signals)))
    return said


def _some(names: Sequence[str]) -> str:
    if len(names) <= _MOST_NAMED:
        return sentence_list(list(names))
    rest = ntr("{n} more", "{n} more", len(names) - _MOST_NAMED)
    return ", ".join(names[:_MOST_NAMED]) + " " + tr("and {rest}").format(rest=rest)


def _seen_words(seen: DimensionSeen) -> str:
    if seen.gap is None:
        return ntr("{n} person", "{n} people", seen.people)
    return {
        CoverageGap.NOBODY: tr("nobody"),
        CoverageGap.ONE_PERSON: tr("one person"),
        CoverageGap.ONE_ROUND: tr("one round"),
    }[seen.gap]


def _columns(plan: InterviewPlan, rubric: Rubric, found: Coverage, names: dict[int, str]) -> tuple[CoverageColumn, ...]:
    over = {
        place: tr("{n} of {most}").format(n=load.dimensions, most=load.most)
        for load in found.loads
        if load.over
        for place in load.places
    }
    made = []
    for number, planned in enumerate(plan.rounds):
        short = rubric.exercise(planned.exercise).short
        for place, seat in enumerate(planned.seats):
            who = tr("nobody yet")
            if seat.colleague is not None:
                name = names.get(seat.colleague, "")
                who = name.split()[-1] if name.split() else name
            if seat.shadow:
                who = tr("shadow")
            made.append(
                CoverageColumn(
                    number, place, short, who, frozenset(seat.dimensions), seat.shadow, over.get((number, place), "")
                )
            )
    return tuple(made)
