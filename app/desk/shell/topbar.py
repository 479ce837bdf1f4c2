"""The top bar: the path at the left, the palette's field in the middle, the page's actions at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.desk.page import Crumb
from app.desk.parts.controls import Button
from app.desk.parts.label import Text, as_tooltip
from app.desk.parts.layout import Space, column, row, wide
from app.desk.theme import Theme
from app.words import tr

_SIDE = 20  # px
_CRUMB = 4  # px around a crumb, so that its focus ring has room
_FIELD = 380  # px at ordinary text size


class CrumbButton(Button):
    """A step of the path that can be pressed; where it has no room its words end in dots, whole on hover."""

    def __init__(self, words: str) -> None:
        super().__init__(words, "crumb")
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as all its words."""
        shown = super().sizeHint()
        cut = self._advance(self._words) - self._advance(self.text().replace("&&", "&"))
        return QSize(shown.width() + cut, shown.height())

    def minimumSizeHint(self) -> QSize:
        """A few letters of it."""
        return QSize(min(self.sizeHint().width(), self._advance("MMM…")), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many of its words as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now the style sheet has said which font it is."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        whole = self.sizeHint().width()
        room = self._advance(self._words) - max(0, whole - self.width())
        cut = self.width() < whole
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room) if cut else self._words
        if shown.replace("&", "&&") != self.text():
            self.setText(shown.replace("&", "&&"))
        self.setToolTip(as_tooltip(self._words) if cut else "")

    def _advance(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words)


class TopBar(QFrame):
    """One line where it fits; in a narrow window with large text the field takes a line of its own, and where the
    path has no room beside the actions, only its last step is shown.

    `asked` carries a crumb a person clicked.
    """

    asked = Signal(object)

    def __init__(self, theme: Theme, field: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._field = field
        self._actions: list[QWidget] = []
        self._steps: list[QWidget] = []
        self._two_lines = False
        self.setProperty("role", "bar")
        self._path = QWidget()
        self._path.setAccessibleName(tr("Path"))
        self._path_row = row(gap=4, on=self._path)
        self._right = QWidget()
        self._right.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._right.installEventFilter(self)
        self._right_row = row(Space(share=1), gap=8, margins=(0, 0, _CRUMB, 0), on=self._right)
        self._away = QWidget(self)  # nothing in it is seen, also when its page shows it while another page is open
        self._away.hide()
        self._first = row(wide(self._path), field, wide(self._right), gap=16)
        self._lines = column(self._first, gap=0, margins=(_SIDE - _CRUMB, 1, _SIDE - _CRUMB, 0), on=self)
        theme.changed.connect(self._measure)
        self._measure()

    def set_path(self, crumbs: Sequence[Crumb]) -> None:
        """Show where one is."""
        self._steps = []
        while (item := self._path_row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, crumb in enumerate(crumbs):
            last = number == len(crumbs) - 1
            parts = [*([Text("/", tone="faint")] if number else []), self._crumb(crumb, last=last)]
            for part in parts:
                self._path_row.addWidget(part, int(last and part is parts[-1]))
                part.show()  # a layout measures only what is shown
                self._steps.append(part)
        self._arrange()

    def set_actions(self, actions: Sequence[QWidget]) -> None:
        """Show these controls at the right, in place of those of the page before."""
        for widget in self._actions:
            if widget not in actions:
                self._right_row.removeWidget(widget)
                widget.setParent(self._away)
        self._actions = list(actions)
        for widget in self._actions:
            self._right_row.addWidget(widget)
            widget.show()
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """It never asks the window to be wider: what it holds gives way instead."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The field moves to a line of its own where one line is too narrow."""
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A page may show, hide or rename its actions once it has read: they may need other room."""
        if watched is self._right and event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().eventFilter(watched, event)

    def _crumb(self, crumb: Crumb, *, last: bool) -> QWidget:
        if crumb.place is None:
            label = Text(crumb.words, tone="ink" if last else "soft", weight=500 if last else None, elide=True)
            label.setContentsMargins(_CRUMB, 0, _CRUMB, 0)
            return label
        button = CrumbButton(crumb.words)
        button.clicked.connect(lambda: self.asked.emit(crumb))
        return button

    def _measure(self) -> None:
        self._field.setFixedWidth(self._theme.px(_FIELD))
        for line in (self._path, self._right):
            line.setFixedHeight(self._theme.px(50))
        self._arrange()

    def _arrange(self) -> None:
        for part in self._steps:
            part.show()
        room = self.width() - 2 * _SIDE - 2 * self._first.spacing()
        broad = self._theme.px(_FIELD)
        narrow = self._theme.px(_FIELD * 0.5)
        right = self._right.sizeHint().width()
        # a long name is cut, not given a line, but not before the field is as narrow as it may be
        path = min(self._path.sizeHint().width(), max(self.width() * 2 // 5, int(room - right - narrow)))
        needed = path + right
        two_lines = needed + narrow > room
        self._path.setMinimumWidth(0 if two_lines else path)  # an empty right side takes no more than is left
        self._right.setMinimumWidth(min(right, room) if two_lines else 0)
        if two_lines and self._path.minimumSizeHint().width() > room - right:
            for part in self._steps[:-1]:
                part.hide()
        self._field.setFixedWidth(min(broad, self.width() - 2 * _SIDE) if two_lines else min(broad, room - needed))
        if two_lines == self._two_lines:
            return
        self._two_lines = two_lines
        if two_lines:
            self._first.removeWidget(self._field)
            self._lines.addWidget(self._field)
            self._lines.addSpacing(10)
        else:
            self._lines.removeWidget(self._field)
            self._lines.takeAt(self._lines.count() - 1)
            self._first.insertWidget(1, self._field)
