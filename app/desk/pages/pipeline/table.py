"""The table of the pipelines: columns that are chosen, ordered and sized, rows that are chosen by mouse and by keys."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app.desk.pages.pipeline.table_model import PipelineModel
from app.desk.parts.long_table import as_rows
from app.desk.theme import Theme
from app.domain.pipeline_view import PipelineColumn, PipelineView
from app.words import ntr, tr

_HIGH = 30  # px at ordinary text size, as the widths
_NARROWEST = 40
_WIDTHS = {
    PipelineColumn.NAME: 170,
    PipelineColumn.OPENING: 230,
    PipelineColumn.STAGE: 110,
    PipelineColumn.DAYS: 110,
    PipelineColumn.CARDS: 80,
    PipelineColumn.WAITING: 130,
    PipelineColumn.OWNER: 130,
    PipelineColumn.SOURCE: 140,
    PipelineColumn.CAME_BY: 160,
    PipelineColumn.TAGS: 120,
    PipelineColumn.APPLIED: 150,
    PipelineColumn.NOW_AT: 190,
    PipelineColumn.PLACE: 110,
    PipelineColumn.CAN_START: 110,
    PipelineColumn.ENDED: 190,
    PipelineColumn.REASON: 280,
}


class PipelineTable(QTableView):
    """`opened` carries an application, `viewed` the view with other columns or another order, `chose` how many rows
    are chosen. Ctrl+Shift with an arrow takes the column under the keyboard to the left or right."""

    opened = Signal(int)
    viewed = Signal(object)
    chose = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view = PipelineView()
        self._measuring = False
        self.rows = PipelineModel(theme, self._view.columns, self)
        self.setModel(self.rows)
        self.setAccessibleName(tr("Applications"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = as_rows(self)
        header.setSectionsMovable(True)
        header.setSelectionModel(QItemSelectionModel(self.rows, header))  # of all rows it would ask, for each column
        self.setSortingEnabled(True)  # a click on a heading chooses no rows then; the model sorts nothing by itself
        header.sectionClicked.connect(self._sort_by)
        header.sectionMoved.connect(lambda _at, old, new: QTimer.singleShot(0, self, lambda: self._reorder(old, new)))
        header.sectionResized.connect(self._sized)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.ids[index.row()]))
        theme.changed.connect(self._measure)
        self._measure()

    def show_view(self, view: PipelineView) -> None:
        """Show the columns of a view and say what it is sorted by."""
        chosen, column = self.chosen(), self.currentIndex().column()
        current = self._current()
        self._view = view
        if view.columns != self.rows.columns:
            self.rows.show_columns(view.columns)
            self._choose(chosen, current, min(max(column, 0), len(view.columns) - 1))
        self._measure()

    def show_ids(self, ids: tuple[int, ...]) -> None:
        """Show these applications; those that are chosen stay so as long as they are among them."""
        chosen, current, column = self.chosen(), self._current(), max(0, self.currentIndex().column())
        if self.rows.show_ids(ids):
            self._choose(chosen, current, column)
        self.setAccessibleDescription(ntr("{n} application", "{n} applications", len(ids)))

    def chosen(self) -> tuple[int, ...]:
        """The applications that are chosen, in the order of the table."""
        selection = self.selectionModel().selection()
        ranges = [selection.at(place) for place in range(selection.count())]
        lines = {line for one in ranges for line in range(one.top(), one.bottom() + 1)}
        return tuple(self.rows.ids[line] for line in sorted(lines) if line < len(self.rows.ids))

    def choose_nobody(self) -> None:
        """Let everybody go."""
        self.clearSelection()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell how many are chosen."""
        super().selectionChanged(selected, deselected)
        self.chose.emit(self._count())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Escape chooses nobody; Ctrl+Shift with an arrow moves the column."""
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.rows.ids[self.currentIndex().row()])
        elif event.key() == Qt.Key.Key_Escape and self.selectionModel().hasSelection():
            self.clearSelection()
        elif sideways is not None and event.modifiers() == both:
            self._shift_column(sideways)
        else:
            super().keyPressEvent(event)

    def _count(self) -> int:
        selection = self.selectionModel().selection()
        return sum(selection.at(place).height() for place in range(selection.count()))

    def _current(self) -> int | None:
        line = self.currentIndex().row()
        return self.rows.ids[line] if 0 <= line < len(self.rows.ids) else None

    def _choose(self, applications: Collection[int], current: int | None, column: int) -> None:
        """Choose these again, where they stand now; without one the first row has the keyboard."""
        if not self.rows.ids:
            self.chose.emit(0)
            return
        wanted, last = set(applications), len(self.rows.columns) - 1
        selection = QItemSelection()
        for line, application in enumerate(self.rows.ids):
            if application in wanted:
                selection.select(self.rows.index(line, 0), self.rows.index(line, last))
        at = self.rows.ids.index(current) if current in self.rows.ids else 0
        self.selectionModel().setCurrentIndex(self.rows.index(at, column), QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.chose.emit(self._count())

    def _sort_by(self, at: int) -> None:
        self.viewed.emit(self._view.sorted_by(self.rows.columns[at]))
        self._measure()

    def _shift_column(self, by: int) -> None:
        at = self.currentIndex().column()
        if 0 <= at < len(self.rows.columns) and 0 <= at + by < len(self.rows.columns):
            self._tell_columns(at, at + by)
            self.setCurrentIndex(self.rows.index(self.currentIndex().row(), at + by))

    def _reorder(self, old: int, new: int) -> None:
        """A column was dragged: the view has it there, and Qt's own order is none."""
        header = self.horizontalHeader()
        with QSignalBlocker(header):
            header.moveSection(new, old)
        self._tell_columns(old, new)

    def _tell_columns(self, old: int, new: int) -> None:
        columns = list(self.rows.columns)
        columns.insert(new, columns.pop(old))
        self.viewed.emit(replace(self._view, columns=tuple(columns)))

    def _sized(self, at: int, _old: int, new: int) -> None:
        """A person made a column wider or narrower."""
        if at < len(self.rows.columns) and not self._measuring:
            widths = dict(self._view.widths) | {
                self.rows.columns[at]: max(_NARROWEST, round(new / self._theme.px(1000) * 1000))
            }
            self._view = replace(self._view, widths=tuple(widths.items()))
            self.viewed.emit(self._view)

    def _measure(self) -> None:
        """Give rows and columns their sizes at the text size of now, and show what they are sorted by."""
        self.verticalHeader().setDefaultSectionSize(self._theme.px(_HIGH))
        header, widths = self.horizontalHeader(), _WIDTHS | dict(self._view.widths)
        self._measuring = True
        for at, column in enumerate(self.rows.columns):
            self.setColumnWidth(at, self._theme.px(widths[column]))
        order = Qt.SortOrder.DescendingOrder if self._view.descending else Qt.SortOrder.AscendingOrder
        shown = self._view.sort in self.rows.columns
        header.setSortIndicator(self.rows.columns.index(self._view.sort) if shown else -1, order)
        self._measuring = False
