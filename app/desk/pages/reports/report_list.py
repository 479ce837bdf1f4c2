"""The list of all reports at the side: arrows move through it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView

from app.packets.reports.table import REPORTS
from app.words import tr

KINDS = tuple(REPORTS.values())
Index = QModelIndex | QPersistentModelIndex


class _Names(QAbstractListModel):
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """All reports."""
        return 0 if parent.isValid() else len(KINDS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Their titles."""
        return KINDS[index.row()].title if role == Qt.ItemDataRole.DisplayRole else None


class ReportList(QListView):
    """`chosen` carries the name of the report a person goes to."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.names = _Names()
        self.setModel(self.names)
        self.setAccessibleName(tr("Reports"))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._told)

    def show_name(self, name: str) -> None:
        """Mark the report that is shown; nobody hears of it."""
        row = next((n for n, kind in enumerate(KINDS) if kind.name == name), 0)
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self.names.index(row))
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def _told(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(KINDS[now.row()].name)
