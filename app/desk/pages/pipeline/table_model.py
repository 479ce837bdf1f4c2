"""The applications of a view as a model: all their ids, and the rows of those that were in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.desk.parts.label import as_tooltip
from app.desk.theme import Theme
from app.domain.pipeline_view import PipelineColumn
from app.phrases.pipeline import column_words
from app.queries.pipeline import PipelineRow
from app.queries.pipeline_cells import cell_words, stuck_words

Index = QModelIndex | QPersistentModelIndex
BLOCK = 100
_KEPT = 4000  # rows, so that memory stays flat while somebody scrolls
_WAITING = 3  # blocks; what was scrolled past is not read


class PipelineModel(QAbstractTableModel):
    """Rows are read a block at a time once they are asked for. `wanted` says that `next_block` has one to read."""

    wanted = Signal()

    def __init__(self, theme: Theme, columns: Sequence[PipelineColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = tuple(columns)
        self.ids: tuple[int, ...] = ()
        self._rows: dict[int, PipelineRow] = {}
        self._fresh: set[int] = set()
        self._missing: list[int] = []
        self._reading: int | None = None
        self._turn = 0

    @property
    def columns(self) -> tuple[PipelineColumn, ...]:
        """From left to right."""
        return self._columns

    def show_columns(self, columns: Sequence[PipelineColumn]) -> None:
        """Show these."""
        if tuple(columns) != self._columns:
            self.beginResetModel()
            self._columns = tuple(columns)
            self.endResetModel()

    def show_ids(self, ids: tuple[int, ...]) -> bool:
        """Show these; all of them are read afresh, and what is known of them stays in sight until then.

        Gives whether they are others than before, so that nothing is chosen any more.
        """
        self._fresh.clear()
        self._missing.clear()
        self._reading = None
        self._turn += 1
        if ids == self.ids:
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(self._columns) - 1))
            return False
        self.beginResetModel()
        self.ids = ids
        self.endResetModel()
        return True

    def forget(self) -> None:
        """Nothing of it is known any more."""
        self._rows.clear()
        self.show_ids(())

    def next_block(self) -> tuple[int, int, tuple[int, ...]]:
        """What is to be read next: the turn and the block, to be handed back with the rows, and whose rows."""
        block = self._reading = self._missing.pop()
        return self._turn, block, self.ids[block * BLOCK : (block + 1) * BLOCK]

    def take(self, turn: int, block: int, rows: Sequence[PipelineRow]) -> None:
        """Rows that were read; those of an earlier turn are let go."""
        if turn != self._turn:
            return
        for row in rows:
            self._rows.pop(row.application, None)
            self._rows[row.application] = row
        for known in list(self._rows)[: max(0, len(self._rows) - _KEPT)]:
            del self._rows[known]
        self._fresh.add(block)
        self._reading = None
        first, last = block * BLOCK, min(len(self.ids), (block + 1) * BLOCK) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))
        if self._missing and self._reading is None:
            self.wanted.emit()

    def row(self, number: int) -> PipelineRow | None:
        """A row as it was read last; where that is too long ago it is asked for."""
        known, block = self._rows.get(self.ids[number]), number // BLOCK
        if (known is None or block not in self._fresh) and block != self._reading:
            self._ask(block)
        return known

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """All applications of the view."""
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns that are shown."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell; three dots until they are read."""
        if role not in _ROLES or not index.isValid():
            return None
        row, column = self.row(index.row()), self._columns[index.column()]
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._theme.colour("warn") if row.stuck and column is PipelineColumn.DAYS else None
        words = cell_words(row, column)
        why = stuck_words(row) if column is PipelineColumn.DAYS else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(words.split("\n"))
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tooltip(why or words) if words else None
        return " ".join(w for w in (f"{column_words(column)}: {words or '–'}", why) if w)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """The headings."""
        across = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return column_words(self._columns[section]) if across and 0 <= section < len(self._columns) else None

    def _ask(self, block: int) -> None:
        if block in self._missing:
            return
        self._missing = [*self._missing[1 - _WAITING :], block]
        if self._reading is None:
            self.wanted.emit()


_ROLES = frozenset(
    (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
)
