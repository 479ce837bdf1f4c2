"""Plain text in two tones that wraps: small words soft, what was typed in ink. Nothing in it is read as markup."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desk.theme import Theme

_ENDLESS = 1_000_000.0


class TonedText(QWidget):
    """Pieces of (text, tone); a soft piece is a word of ours, "ink" what somebody typed."""

    def __init__(self, theme: Theme, pieces: Sequence[tuple[str, str]], role: str = "body") -> None:
        super().__init__()
        self._theme, self._role = theme, role
        self._pieces = tuple((" ".join(text.split("\n")), tone) for text, tone in pieces)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.text)
        theme.changed.connect(self.updateGeometry)

    @property
    def text(self) -> str:
        """All of it in one line."""
        return "".join(text for text, _ in self._pieces)

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the lines at this width."""
        layout = self._laid_out(width)
        return round(layout.boundingRect().height()) + 1

    def sizeHint(self) -> QSize:
        """One line where there is room."""
        layout = self._laid_out(_ENDLESS)
        return QSize(round(layout.lineAt(0).naturalTextWidth()) + 2 if layout.lineCount() else 0, self._line())

    def minimumSizeHint(self) -> QSize:
        """A few words wide."""
        return QSize(self._theme.px(60), self._line())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.setPen(self._theme.colour("ink"))
        self._laid_out(self.width()).draw(painter, QPointF(0, 0))
        painter.end()

    def _line(self) -> int:
        return round(self._laid_out(_ENDLESS).boundingRect().height()) + 1

    def _font(self) -> QFont:
        return self._theme.font(self._role)

    def _laid_out(self, width: float) -> QTextLayout:
        layout = QTextLayout(self.text, self._font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        ranges, at = [], 0
        for text, tone in self._pieces:
            piece = QTextLayout.FormatRange()
            looks = QTextCharFormat()
            looks.setForeground(self._theme.colour("ink_soft" if tone == "soft" else tone))
            piece.start, piece.length, piece.format = at, len(text.encode("utf-16-le")) // 2, looks
            ranges.append(piece)
            at += piece.length
        layout.setFormats(ranges)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, y))
            y += line.height()
        layout.endLayout()
        return layout
