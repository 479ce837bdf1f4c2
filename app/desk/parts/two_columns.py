"""A broad column with a narrow one at its right; where there is no room for both, one stands below the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from app.desk.parts.layout import add, holder, scrolling, wide
from app.desk.theme import Theme

_RIGHT = 330  # px at ordinary text size
_BOTH = 860  # px at ordinary text size of the whole: narrower, they stand below each other
_ANY = 16_777_215  # px, Qt's word for no limit


class TwoColumns(QBoxLayout):
    """To be put into what scrolls by `scroll`, whose room decides. `arranged` carries how wide that is, in px.

    `right_first` has the narrow one above the other where there is no room for both.
    """

    arranged = Signal(int)

    def __init__(
        self, theme: Theme, left: QLayout | QWidget, right: QLayout, *, both: int = _BOTH, right_first: bool = False
    ) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._theme, self._both, self._right_first = theme, both, right_first
        self._right = holder(right)
        self.setSpacing(16)
        add(self, wide(left), self._right)
        theme.changed.connect(self.arrange)

    def scroll(self, content: QWidget) -> QWidget:
        """What scrolls, with these columns somewhere in its content."""
        self.area = scrolling(content)
        self.area.viewport().installEventFilter(self)
        return self.area

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrange them anew when there is more or less room."""
        if event.type() == QEvent.Type.Resize:
            self.arrange()
        return super().eventFilter(watched, event)

    def to_top(self) -> None:
        """The next one that is shown begins at its top."""
        self.area.verticalScrollBar().setValue(0)

    def arrange(self) -> None:
        """Beside each other, or one below the other."""
        room, directions = self.area.viewport().width(), QBoxLayout.Direction
        broad = room >= self._theme.px(self._both)
        below = directions.BottomToTop if self._right_first else directions.TopToBottom
        self.setDirection(directions.LeftToRight if broad else below)
        self._right.setMinimumWidth(self._theme.px(_RIGHT) if broad else 0)
        self._right.setMaximumWidth(self._theme.px(_RIGHT) if broad else _ANY)
        self.arranged.emit(room)
