"""Words on the screen. What a person typed is shown as it is, never read as markup."""

from __future__ import annotations

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

_SHORTEST = 3  # letters of an elided label that always stay


class Text(QLabel):
    """A plain text label whose looks come from its role, tone and weight.

    Roles: caption, body, lead, title, display, key, tag. Tones: ink, soft, faint, accent, good, warn, bad.
    Weights: 400, 500, 600, or None for the role's own. `elide` keeps one line and shows the whole on hover.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        *,
        tone: str = "ink",
        weight: int | None = None,
        wrap: bool = False,
        elide: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        if weight is not None:
            self.setProperty("weight", str(weight))
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if role in ("key", "tag"):
            self.setIndent(0)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text`; a reader of the screen always gets the whole of it."""
        super().setText(" ".join(text.split("\n")) if self._elide else text)
        self.setAccessibleName(text)
        self._show_on_hover()

    def say(self, text: str) -> None:
        """Show `text`, or nothing and take no room where it is empty."""
        self.setText(text)
        self.setVisible(bool(text))

    def set_tone(self, tone: str) -> None:
        """Change the colour, by its role."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)

    def minimumSizeHint(self) -> QSize:
        """An elided label may shrink to a few letters; others keep their words whole."""
        hint = super().minimumSizeHint()
        if self._elide:
            hint.setWidth(min(hint.width(), self.fontMetrics().averageCharWidth() * (_SHORTEST + 1)))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A label that no longer fits tells the whole on hover."""
        super().resizeEvent(event)
        self._show_on_hover()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw one elided line where that was asked for."""
        if not self._elide or self._fits():
            super().paintEvent(event)
            return
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment()) | int(Qt.TextFlag.TextSingleLine),
            option.palette,
            self.isEnabled(),
            self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()),
            self.foregroundRole(),
        )

    def _fits(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()

    def _show_on_hover(self) -> None:
        if self._elide:
            self.setToolTip("" if self._fits() else as_tooltip(self.text()))


def as_tooltip(text: str) -> str:
    """The text for a tooltip: escaped, because Qt reads tooltips as markup, and wrapped where it is long."""
    lines = html.escape(text).replace("\n", "<br>")
    return f"<qt>{lines}</qt>" if text else ""


def line_across(*, strong: bool = False) -> QFrame:
    """A thin line across."""
    line = QFrame()
    line.setProperty("role", "rule")
    line.setProperty("strong", strong)
    return line


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at the widget's properties again."""
    style: QStyle = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
