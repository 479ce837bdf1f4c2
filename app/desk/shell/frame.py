"""A page in its frame: it scrolls where the window is too small for it, over a footer that stays."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.desk.page import Page
from app.desk.parts.layout import column, row, wide


@dataclass
class FramedPage:
    """A page that was built, in its frame."""

    page: Page
    frame: QWidget
    area: QScrollArea
    foot: QWidget | None


def framed(page: Page) -> FramedPage:
    """The page over its footer; where the window is too small for it, it scrolls instead of being cut."""
    frame = QWidget()
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    body = column(wide(area), gap=0, on=frame)
    footer = page.footer()
    foot = None
    if footer is not None:
        foot = QFrame()
        foot.setProperty("role", "foot")
        row(footer, margins=(20, 9, 20, 9), on=foot)
        body.addWidget(foot)
    return FramedPage(page, frame, area, foot)
