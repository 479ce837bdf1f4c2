"""An empty page: what belongs here, and the first step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.desk.parts.controls import Button
from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, Space, column, row, wide
from app.desk.theme import Theme

_WIDE = 420  # px at ordinary text size; longer lines are hard to read


class EmptyPage(QWidget):
    """One sentence on what will stand here, one hint, and the button of the first step."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        hint: str = "",
        action: str = "",
        run: Callable[[], None] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QWidget()
        lines = column(gap=8, on=self._column)
        self._words = Text(words, "title", wrap=True)
        self._hint = Text(hint, tone="soft", wrap=True)
        for label in (self._words, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            lines.addWidget(label)
        self._hint.setVisible(bool(hint))
        self.button: Button | None = None
        if action and run is not None:
            self.button = Button(action, "primary")
            self.button.clicked.connect(lambda _checked=False: run())
            lines.addSpacing(8)
            lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column(
            Space(share=2),
            row(STRETCH, wide(self._column, 100), STRETCH),
            Space(share=3),
            margins=(20, 20, 20, 20),
            on=self,
        )
        theme.changed.connect(self._measure)
        self._measure()

    @property
    def words(self) -> tuple[str, str]:
        """The sentence and the hint that stand here now."""
        return self._words.text(), self._hint.text()

    def set_words(self, words: str, hint: str = "") -> None:
        """Say something else, for instance that a search found nothing."""
        self._words.setText(words)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def _measure(self) -> None:
        self._column.setMaximumWidth(self._theme.px(_WIDE))
