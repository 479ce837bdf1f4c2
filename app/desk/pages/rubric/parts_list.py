"""The parts of a draft in a list, section by section."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView

from app.domain.rubric_draft import (
    AREA,
    DIMENSION,
    EXERCISE,
    GYM,
    HEAD,
    KPI,
    LEVELS,
    ONBOARDING,
    PLAN,
    ROLE,
    SKILL,
    Part,
)
from app.phrases.rubric_draft import SECTION_WORDS, part_words
from app.words import tr

ORDER = (HEAD, DIMENSION, EXERCISE, PLAN, ROLE, ONBOARDING, AREA, SKILL, KPI, LEVELS, GYM)
_PART = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class PartsModel(QAbstractListModel):
    """One row a part, in the order of the sections."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Part] = []
        self._faulty: frozenset[int] = frozenset()

    def show_parts(self, parts: tuple[Part, ...], faulty: frozenset[int]) -> None:
        """Show these; `faulty` are parts of which something is missing."""
        ordered = sorted(parts, key=lambda p: (ORDER.index(p.section), p.position))
        if [p.id for p in ordered] != [p.id for p in self.parts]:
            self.beginResetModel()
            self.parts, self._faulty = ordered, faulty
            self.endResetModel()
            return
        self.parts, self._faulty = ordered, faulty
        if ordered:
            self.dataChanged.emit(self.index(0), self.index(len(ordered) - 1))

    def row_of(self, part: int) -> int | None:
        """The row of a part."""
        return next((row for row, known in enumerate(self.parts) if known.id == part), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt’s own default)
        """How many there are."""
        return 0 if parent.isValid() else len(self.parts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Its words: section and name, and whether something is missing."""
        part = self.parts[index.row()]
        if role == _PART:
            return part.id
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        words = part_words(part)
        if part.section == DIMENSION:
            words = f"{part.position + 1}  {words}"
        elif words != SECTION_WORDS[part.section]:
            words = tr("{section}: {name}").format(section=SECTION_WORDS[part.section], name=words)
        if part.id not in self._faulty:
            return words
        missing = tr("{part}, something is missing") if role == Qt.ItemDataRole.AccessibleTextRole else "{part}  ○"
        return missing.format(part=words)


class PartsList(QListView):
    """The list. `chosen` carries the part a person goes to."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.parts = PartsModel()
        self.setModel(self.parts)
        self.setAccessibleName(tr("Parts of the rubric"))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._told)

    def show_parts(self, parts: tuple[Part, ...], faulty: frozenset[int], chosen: int) -> None:
        """Show these, with the one that is open."""
        self.selectionModel().blockSignals(True)
        self.parts.show_parts(parts, faulty)
        row = self.parts.row_of(chosen)
        if row is not None:
            self.setCurrentIndex(self.parts.index(row))
        self.selectionModel().blockSignals(False)

    def _told(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(int(now.data(_PART)))
