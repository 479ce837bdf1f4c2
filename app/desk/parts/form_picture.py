"""The picture of a form beside the card that is typed from it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QMainWindow,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from app.desk.parts.controls import IconButton
from app.desk.parts.label import Text
from app.desk.parts.layout import column, holder, row, wide
from app.desk.theme import Theme
from app.exchange.quarantine import PagePicture
from app.words import tr

_WIDE, _LEAST = 440, 300  # px at ordinary text size


class PaperDock(QDockWidget):
    """At the right of the window until it is closed. The arrow keys scroll it."""

    def __init__(self, theme: Theme, name: str, pages: Sequence[PagePicture], parent: QWidget) -> None:
        super().__init__(tr("Picture of {name}").format(name=name), parent)
        self.setObjectName("paper")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setAllowedAreas(Qt.DockWidgetArea.RightDockWidgetArea)
        self.setAccessibleName(self.windowTitle())
        self._theme = theme
        theme.follow(self)
        self.close_button = IconButton(theme, "x", tr("Close the picture"))
        self.close_button.clicked.connect(self.close)
        head = holder(row(wide(Text(name, weight=500, elide=True)), self.close_button, margins=(16, 10, 8, 6)))
        self.setTitleBarWidget(head)
        inside = QWidget()
        body = column(gap=10, margins=(12, 0, 12, 12), on=inside)
        for number, page in enumerate(pages, 1):
            body.addWidget(_Page(page, tr("Page {n} of {name}").format(n=number, name=name)))
        if not pages:
            body.addWidget(Text(tr("This file can’t be drawn. Open it with your own reader."), wrap=True))
        body.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(self.windowTitle())
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setMinimumWidth(theme.px(_LEAST))
        self.setWidget(area)

    def show_in(self, window: QMainWindow) -> None:
        """Stand at the window's right, wide enough to read handwriting, in place of the one before."""
        for before in window.findChildren(PaperDock):
            if before is not self:
                before.close()
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)
        window.resizeDocks([self], [self._theme.px(_WIDE)], Qt.Orientation.Horizontal)


class _Page(QLabel):
    """One page, as wide as there is room."""

    def __init__(self, page: PagePicture, name: str) -> None:
        super().__init__()
        image = QImage(page.pixels, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
        self._whole = QPixmap.fromImage(image)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scale the picture to the width."""
        super().resizeEvent(event)
        if self.width() > 1 and not self._whole.isNull():
            drawn = self._whole.scaledToWidth(self.width(), Qt.TransformationMode.SmoothTransformation)
            if self.height() != drawn.height():
                self.setFixedHeight(drawn.height())
            self.setPixmap(drawn)
