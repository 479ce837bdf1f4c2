"""The head of a page about one person: their name and strip over one line."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.desk.parts.label import Text
from app.desk.parts.strip import Size, StripWidget
from app.desk.theme import Theme


class NameStrip(QVBoxLayout):
    """`name`, `strip` and `line` are the page's to fill."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(14)
        self.name = Text("", "title", elide=True)
        self.strip = StripWidget(theme, Size.LARGE, ground="background")
        row.addWidget(self.name)
        row.addWidget(self.strip)
        row.addStretch(1)
        self.addLayout(row)
        self.line = Text("", tone="soft", wrap=True)
        self.addWidget(self.line)
