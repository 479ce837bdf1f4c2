"""The head of a page about one person: their name and strip over one line."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app.desk.parts.label import Text
from app.desk.parts.layout import STRETCH, row
from app.desk.parts.strip import Size, StripWidget
from app.desk.theme import Theme


class NameStrip(QVBoxLayout):
    """`name`, `strip` and `line` are the page's to fill."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setSpacing(4)
        self.name = Text("", "title", elide=True)
        self.strip = StripWidget(theme, Size.LARGE, ground="background")
        line = row(self.name, self.strip, STRETCH, gap=14)
        self.addLayout(line)
        self.line = Text("", tone="soft", wrap=True)
        self.addWidget(self.line)
