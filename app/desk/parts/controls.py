"""Buttons the style sheet knows by their role: primary, quiet, link, chip, icon, and the segmented choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QMenu, QPushButton, QSizePolicy, QWidget

from app.desk.parts.label import as_tooltip, restyle
from app.desk.parts.layout import row
from app.desk.theme import Theme
from app.words import tr


class Button(QPushButton):
    """A button with words. Roles: "" (default), primary, quiet, link. `small` is for rows and captions.

    `run` is what a press does; `name` is its accessible name where the words alone don't say what it is about.
    """

    def __init__(
        self,
        words: str,
        role: str = "",
        *,
        run: Callable[[], object] | None = None,
        name: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(name or words)
        if run is not None:
            self.clicked.connect(lambda _on=False: run())
        if role:
            self.setProperty("role", role)
        if small:
            self.setProperty("small", True)
        self.setAutoDefault(True)  # Enter presses it, and not what lies around it
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """On an accent ground the ring of the style sheet can't be seen: a second one stands inside it."""
        super().paintEvent(event)
        role = self.property("role")
        filled = role == "primary" or (role == "segment" and self.property("strong") and self.isChecked())
        if filled and self.hasFocus() and self.isEnabled():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().highlightedText().color(), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 4, 4)
            painter.end()

    def set_words(self, words: str) -> None:
        """Change what it says, on screen and to a reader."""
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)


class IconButton(QPushButton):
    """A button that is only an icon; its words are its name and its tooltip."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        words: str,
        *,
        run: Callable[[], object] | None = None,
        colour: str = "ink_soft",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if run is not None:
            self.clicked.connect(lambda _on=False: run())
        self._theme, self._name, self._colour = theme, icon, colour
        self.setProperty("role", "icon")
        self.setAccessibleName(words)
        self.setToolTip(as_tooltip(words))
        self.setAutoDefault(True)  # Enter presses it, and not what lies around it
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._redraw)
        self._redraw()

    def _redraw(self) -> None:
        side = self._theme.px(16)
        self.setIcon(self._theme.icon(self._name, self._colour))
        self.setIconSize(QSize(side, side))


class RowButton(QAbstractButton):
    """A row that draws itself and is pressed as a whole, by Enter too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, and not what lies around it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Chip(Button):
    """A small button that can be on or off, or open a menu; `tone="bad"` is for red flags."""

    def __init__(
        self,
        words: str,
        *,
        name: str = "",
        checkable: bool = True,
        menu: QMenu | None = None,
        tone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, "chip", name=name, parent=parent)
        self._choices = menu
        self.setCheckable(checkable and menu is None)
        if tone:
            self.setProperty("tone", tone)
        if menu is not None:
            self.setProperty("menu", True)
            self.setAccessibleDescription(tr("Opens a menu"))
            self.clicked.connect(self._open_menu)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One with a menu shows so at its right."""
        super().paintEvent(event)
        if self._choices is None:
            return
        unit = self.fontMetrics().height() / 4.6
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().buttonText().color(), unit / 2.6))
        painter.translate(self.width() - 9 - unit, self.height() / 2 - unit / 2)
        painter.drawPolyline([QPointF(-unit, 0), QPointF(0, unit), QPointF(unit, 0)])
        painter.end()

    def _open_menu(self) -> None:
        if self._choices is not None:
            self._choices.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))


class Segmented(QWidget):
    """A choice among a few, all in sight. `chosen` carries the key of the one a person took.

    `strong` fills the chosen one, for a choice that is the page's outcome. Nothing is chosen until it is set.
    """

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str, *, strong: bool = False, parent: QWidget | None = None
    ) -> None:
        """`choices` are keys with their words; `name` says what is chosen, for a reader of the screen."""
        super().__init__(parent)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.setAccessibleName(name)
        layout = row(gap=0, on=self)
        for number, (key, words) in enumerate(choices):
            button = Button(words, "segment")
            button.setAccessibleName(f"{name}: {words}")
            button.setProperty("at", _at(number, len(choices)))
            button.setProperty("strong", strong)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, chosen=key: self.chosen.emit(chosen))
            self._group.addButton(button)
            self._buttons[key] = button
            layout.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> str | None:
        """The key of the one chosen, None where none is."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def choose(self, key: str | None) -> None:
        """Show this one as chosen, or none; nothing is emitted."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        self._group.setExclusive(True)

    def button(self, key: str) -> QPushButton:
        """One of its buttons, to enable or to explain it."""
        return self._buttons[key]


def set_role(widget: QWidget, role: str) -> None:
    """Change what a widget is to the style sheet."""
    widget.setProperty("role", role)
    restyle(widget)


def _at(number: int, count: int) -> str:
    if count == 1:
        return "only"
    return "first" if number == 0 else "last" if number == count - 1 else "middle"


class Switch(QPushButton):
    """Something that is on or off, with its words at the left. `toggled` tells which."""

    def __init__(self, theme: Theme, words: str, *, on: bool = False) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self.setProperty("role", "switch")
        self.setCheckable(True)
        self.setChecked(on)
        self.setAutoDefault(True)  # Enter presses it, and not what lies around it
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._tell)
        theme.changed.connect(self.updateGeometry)
        self._tell()

    def sizeHint(self) -> QSize:
        """Words, slider, and 'on' or 'off'."""
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(w) for w in (tr("on"), tr("off")))
        width = metrics.horizontalAdvance(self._words) + self._slider().width() + widest + 28
        return QSize(int(width), self._theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it; a ring shows the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, height = self._theme, self.height()
        metrics = self.fontMetrics()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self.font())
        painter.setPen(theme.colour("ink_soft"))
        painter.drawText(QRectF(4, 0, self.width(), height), middle, self._words)
        slider = self._slider()
        slider.moveTo(4 + metrics.horizontalAdvance(self._words) + 8, (height - slider.height()) / 2)
        painter.setPen(QPen(theme.colour("accent" if self.isChecked() else "ink_faint"), 1))
        painter.setBrush(theme.colour("accent" if self.isChecked() else "sunken"))
        painter.drawRoundedRect(slider, slider.height() / 2, slider.height() / 2)
        knob = slider.height() - 6
        x = slider.right() - knob - 3 if self.isChecked() else slider.left() + 3
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("on_accent" if self.isChecked() else "ink_faint"))
        painter.drawEllipse(QRectF(x, slider.top() + 3, knob, knob))
        painter.setPen(theme.colour("ink"))
        rest = QRectF(slider.right() + 8, 0, self.width(), height)
        painter.drawText(rest, middle, tr("on") if self.isChecked() else tr("off"))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _slider(self) -> QRectF:
        return QRectF(0, 0, self._theme.px(28), self._theme.px(16))

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._words}: {tr('on') if self.isChecked() else tr('off')}")
