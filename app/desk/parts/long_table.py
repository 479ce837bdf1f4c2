"""A table of words too long to make a label for each cell: it scrolls by itself and paints what is in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.desk.theme import Theme

ROWS_IN_SIGHT = 14
_MEASURED = 400  # rows whose cells say how wide a column is
Index = QModelIndex | QPersistentModelIndex


class WordsModel(QAbstractTableModel):
    """Rows of words under headings, only to be read."""

    def __init__(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._headings, self._rows = headings, rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """All rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """A column for each heading."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The words of a cell."""
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """The headings."""
        across = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._headings[section] if across else None


def as_rows(table: QTableView) -> QHeaderView:
    """Let a table be read and chosen by rows, without lines between its cells; gives the header of its columns."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    return header


class LongTable(QTableView):
    """Shows all rows, the last ones first in sight: reports grow at their end. Arrows go from row to row.

    `from_top` shows the first ones first, and takes the room there is; `fitted` does so too, and is no higher than its
    rows, as long as these are few.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        from_top: bool = False,
        fitted: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._from_top, self._fitted = from_top, fitted
        self._words = WordsModel(headings, rows)
        self._letters = [_letters(place, heading, rows) for place, heading in enumerate(headings)]
        self.setModel(self._words)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = as_rows(self)
        header.setStretchLastSection(True)
        theme.changed.connect(self._measure)
        self._measure()
        first_seen = self._words.index(0 if from_top or fitted else len(rows) - 1, 0)
        self.selectionModel().setCurrentIndex(first_seen, QItemSelectionModel.SelectionFlag.NoUpdate)
        if not (from_top or fitted):
            self.scrollToBottom()

    def _measure(self) -> None:
        """Give rows and columns their sizes at the text size of now."""
        high = self._theme.px(27)
        self.verticalHeader().setDefaultSectionSize(high)
        for place, letters in enumerate(self._letters):
            beside = self._theme.px(12 if self._fitted else 24)
            self.setColumnWidth(place, self.fontMetrics().averageCharWidth() * letters + beside)
        if not self._from_top:
            shown = min(self._words.rowCount(), ROWS_IN_SIGHT) + 1 if self._fitted else ROWS_IN_SIGHT
            self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown * high)


def _letters(place: int, heading: str, rows: Sequence[Sequence[str]]) -> int:
    """How many letters a column has room for: its longest cell among the first ones, within reason."""
    return min(60, max(len(heading) + 2, max((len(row[place]) for row in rows[:_MEASURED]), default=0) + 1))
