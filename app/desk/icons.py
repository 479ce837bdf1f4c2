"""Line icons in any colour of the theme, and the program's mark."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.resources import resource

_SCALES = (1, 2, 3)
_MARK_X = (0, 6, 11, 17, 22)  # the five cells of a row, on the 26 x 16 grid of the mark


def svg(name: str, colour: QColor) -> bytes:
    """The icon's drawing, with its line in `colour`."""
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return drawing.replace("currentColor", colour.name()).encode()


def pixmap(name: str, colour: QColor, size: int, scale: int) -> QPixmap:
    """The icon, `size` logical pixels square, for a screen of `scale` pixels a logical one."""
    image = QPixmap(size * scale, size * scale)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg(name, colour))).render(painter)
    painter.end()
    image.setDevicePixelRatio(scale)
    return image


def icon(name: str, colour: QColor, faint: QColor, size: int) -> QIcon:
    """The icon for buttons, `size` logical pixels square; `faint` is its colour while disabled."""
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(pixmap(name, colour, size, scale), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, faint, size, scale), QIcon.Mode.Disabled)
    return made


def write_svg(folder: Path, name: str, colour: QColor) -> Path:
    """Write the coloured drawing into `folder`, for the style sheet, which can only name files."""
    target = folder / f"{name}-{colour.name()[1:]}.svg"
    target.write_bytes(svg(name, colour))
    return target


def paint_mark(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Draw the mark: two rows of five cells, the upper filled, the lower in outline. Its grid is 26 x 16."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 26, rect.height() / 16)
    pen = QPen(colour, 1)
    for x in _MARK_X:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(x, 0, 4, 7), 1, 1)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(x + 0.5, 9.5, 3, 6))
    painter.restore()


def window_icon(colour: QColor, ground: QColor) -> QIcon:
    """The mark on a rounded tile, for the window and the task bar."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        image = QPixmap(size, size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.2, size * 0.2)
        side = size * 0.76
        height = side * 16 / 26
        paint_mark(painter, QRectF((size - side) / 2, (size - height) / 2, side, height), colour)
        painter.end()
        made.addPixmap(image)
    return made
