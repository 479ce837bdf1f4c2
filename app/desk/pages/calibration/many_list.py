"""The list of members who can be taken into a calibration: chosen by mouse and keys, each with the level for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.desk.theme import Theme
from app.domain.level_step import LevelStep, level_step
from app.phrases.level_step import step_words
from app.queries.calibration_choice import Proposable
from app.words import sentence_list, tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_HIGH, _SIDE = 46, 10  # px at ordinary text size


class ProposableModel(QAbstractListModel):
    """Members with the level for each: the next one, until a person says another."""

    def __init__(self) -> None:
        super().__init__()
        self.members: tuple[Proposable, ...] = ()
        self._targets: dict[int, str] = {}

    def show_members(self, members: Sequence[Proposable]) -> None:
        """Show these; levels that were said stay."""
        self.beginResetModel()
        self.members = tuple(members)
        self.endResetModel()

    def forget(self) -> None:
        """No level was said."""
        self._targets = {}

    def target(self, row: int) -> str | None:
        """The level for a member."""
        one = self.members[row]
        return self._targets.get(one.member, one.target)

    def step(self, row: int) -> LevelStep | None:
        """What the step to that level is; None without one."""
        one, target = self.members[row], self.target(row)
        return level_step(one.guide, one.level, target) if target else None

    def set_target(self, rows: Sequence[int], level: str) -> None:
        """Say another level for these."""
        for row in rows:
            self._targets[self.members[row].member] = level
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.members)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, what is proposed as its tool tip, and both for a reader of the screen."""
        one = self.members[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.about(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one.name}, {self.about(index.row())}"
        return None

    def about(self, row: int) -> str:
        """From which level to which, what is odd about that, and who is proposed to be asked."""
        one, target, step = self.members[row], self.target(row), self.step(row)
        way = tr("{level} to {target}").format(level=one.level, target=target) if target else one.level
        odd = step_words(step) if step is not None else tr("say a level")
        names = sentence_list([name for _, name in one.raters]) if one.raters else tr("nobody to ask")
        return " · ".join(part for part in (way, odd, names) if part)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, model: ProposableModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(_HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Two lines: who, and what is proposed; what is odd is in the colour of a warning."""
        theme, row = self._theme, index.row()
        box = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("accent_soft"))
        inner = box.adjusted(_SIDE, 4, -_SIDE, -4)
        half = inner.height() / 2
        odd = self._model.step(row) is not LevelStep.NEXT
        for place, (words, font, tone) in enumerate(
            (
                (self._model.members[row].name, theme.font("body", 500), "ink"),
                (self._model.about(row), theme.font("caption"), "warn" if odd else "ink_soft"),
            )
        ):
            line = QRectF(inner.x(), inner.y() + place * half, inner.width(), half)
            painter.setFont(font)
            painter.setPen(theme.colour(tone))
            shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class ProposableView(QListView):
    """Chosen by mouse and keys, several at once; Ctrl+A is all that are shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rows = ProposableModel()
        self.setModel(self.rows)
        self._delegate = _Delegate(theme, self.rows)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Members who can be taken in"))
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(theme.px(6 * _HIGH))
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def chosen(self) -> list[int]:
        """The rows that are chosen, in their order."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())
