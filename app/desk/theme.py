"""The window's looks: tokens.json as palette, fonts, icons and one style sheet. No colour is named elsewhere."""

from __future__ import annotations

import atexit
import json
import re
import shutil
import tempfile
import weakref
from functools import cache
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QStyleFactory, QWidget

from app.desk import icons
from app.desk.preferences import Appearance
from app.resources import resource

FAMILIES = (
    "Inter",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
    "WenQuanYi Micro Hei",
)
TEXT_FACTORS = (0.8, 2.0)
STYLE = "fusion"
DISPLAY = 24  # px; the tokens stop at the title
_SHEET_ICONS = {
    "icon_chevron": ("chevron-down", "ink_soft"),
    "icon_up": ("chevron-up", "ink_soft"),
    "icon_calendar": ("calendar", "ink_soft"),
    "icon_left": ("chevron-left", "ink"),
    "icon_right": ("chevron-right", "ink"),
    "icon_check": ("check", "on_accent"),
    "icon_tick": ("check", "ink"),
}


@cache
def tokens() -> dict[str, Any]:
    """The design's colours and sizes, as tokens.json has them."""
    loaded: dict[str, Any] = json.loads(resource("tokens.json").read_text(encoding="utf-8"))
    return loaded


@cache
def load_fonts() -> tuple[str, ...]:
    """Register the typefaces that come along with the program, once; the families found."""
    found: list[str] = []
    for path in sorted(resource("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        found.extend(QFontDatabase.applicationFontFamilies(number))
    return tuple(found)


class Theme(QObject):
    """Colours, fonts and sizes as they are now. `changed` tells widgets that paint or measure by themselves.

    The style sheet is given to windows, dialogs and pages one by one, and not to the application: to restyle what
    nobody sees would take seconds.
    """

    changed = Signal()

    def __init__(self, mode: Appearance | str = Appearance.SYSTEM, text_factor: float = 1.0) -> None:
        """`text_factor` is held to 0.8 to 2.0. Nothing shows before `apply`."""
        super().__init__()
        self._mode = Appearance(mode)
        self._factor = _held(text_factor)
        self._app: QApplication | None = None
        self._folder = Path(tempfile.mkdtemp(prefix="tenfold-icons-"))
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)  # the style sheet may outlive this
        self._icons: dict[tuple[str, str, int], QIcon] = {}
        self._sheet = ""
        self._following: weakref.WeakSet[QWidget] = weakref.WeakSet()
        self._mixed = self._mix()

    @property
    def mode(self) -> Appearance:
        """What was chosen, which may be to follow the system."""
        return self._mode

    @property
    def text_factor(self) -> float:
        """How many times the ordinary size text is, 0.8 to 2.0."""
        return self._factor

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        if self._mode is not Appearance.SYSTEM:
            return self._mode is Appearance.DARK
        return QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def colour(self, name: str) -> QColor:
        """A colour of tokens.json by its name, or one derived for a state: `field`, `mark`, `empty`, `accent_hover`."""
        if name in self._mixed:
            return self._mixed[name]
        return QColor(self._tokens[name])

    def score_colours(self, place: int) -> tuple[QColor, QColor]:
        """Ground and figure of a cell whose score has this place, 1 (well below the bar) to 4 (above it)."""
        ground, figure = tokens()["score"][self._look][str(place)]
        return QColor(ground), QColor(figure)

    def font(self, role: str = "body", weight: int = 400) -> QFont:
        """A font by role: caption, body, lead, title, display. `weight` is 400, 500 or 600."""
        sizes = {**tokens()["type"]["sizes"], "display": DISPLAY}
        font = QFont(list(FAMILIES))
        font.setPixelSize(self.px(sizes[role]))
        font.setWeight(QFont.Weight(weight))
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def px(self, size: float) -> int:
        """A size that goes with the text, in pixels, at the text size of now."""
        return max(1, round(size * self._factor))

    @property
    def large_text(self) -> bool:
        """Whether text is so large that hints beside other words give way to them."""
        return self._factor >= 1.3

    @property
    def space(self) -> tuple[int, ...]:
        """The steps of spacing in pixels: 2, 4, 8, 12, 16, 20, 32. Room does not grow with the text."""
        return tuple(tokens()["space"])

    def icon(self, name: str, colour: str = "ink_soft", size: int = 16) -> QIcon:
        """A line icon in a colour of the theme, `size` px at ordinary text size."""
        key = (name, colour, self.px(size))
        if key not in self._icons:
            self._icons[key] = icons.icon(name, self.colour(colour), self.colour("ink_faint"), key[2])
        return self._icons[key]

    def apply(self, app: QApplication) -> None:
        """Dress the application, and keep following the system where that was chosen."""
        load_fonts()
        self._app = app
        if app.style().name() != STYLE:  # to set it again would look at every widget there is
            app.setStyle(QStyleFactory.create(STYLE))
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._dress()

    def choose(self, *, mode: Appearance | str | None = None, text_factor: float | None = None) -> None:
        """Change the look or the text size of everything on screen."""
        before = (self._mode, self._factor)
        if mode is not None:
            self._mode = Appearance(mode)
        if text_factor is not None:
            self._factor = _held(text_factor)
        if before != (self._mode, self._factor):
            self._dress()

    def dress(self, widget: QWidget) -> None:
        """Give a widget, and what is in it, the style sheet as it is now."""
        if widget.styleSheet() == self._sheet:
            return
        widget.setStyleSheet(self._sheet)
        for child in widget.findChildren(QWidget):  # hidden ones, and what holds them, would keep the sizes they had
            child.updateGeometry()
        for layout in widget.findChildren(QLayout):
            layout.invalidate()
        for area in widget.findChildren(QScrollArea):
            QApplication.postEvent(area, QEvent(QEvent.Type.LayoutRequest))

    def follow(self, widget: QWidget) -> None:
        """The same, now and at every change."""
        self._following.add(widget)
        self.dress(widget)

    def sheet(self) -> str:
        """The style sheet with colours and sizes filled in."""
        text = resource("desk.qss").read_text(encoding="utf-8")
        names = {name: self.colour(name).name() for name in (*self._tokens, *self._mixed)}
        for name, (icon, colour) in _SHEET_ICONS.items():
            path = icons.write_svg(self._folder, icon, self.colour(colour))
            names[name] = path.as_posix()
        text = re.sub(r"\$(\w+)", lambda found: names[found[1]], text)
        return re.sub(r"(\d+(?:\.\d+)?)sp\b", lambda found: f"{self.px(float(found[1]))}px", text)

    @property
    def _look(self) -> str:
        return "dark" if self.dark else "light"

    @property
    def _tokens(self) -> dict[str, str]:
        chosen: dict[str, str] = tokens()[self._look]
        return chosen

    def _system_changed(self) -> None:
        if self._mode is Appearance.SYSTEM:
            self._dress()

    def _dress(self) -> None:
        self._icons.clear()
        self._mixed = self._mix()
        if self._app is None:
            return
        self._app.setFont(self.font())
        self._app.setPalette(self._palette())
        self._sheet = self.sheet()
        for widget in list(self._following):
            if shiboken6.isValid(widget):
                self.dress(widget)
        self._app.setWindowIcon(icons.window_icon(self.colour("on_accent"), self.colour("accent")))
        self.changed.emit()

    def _mix(self) -> dict[str, QColor]:
        """Colours that are another token in each look, or an accent a little further on."""
        accent = QColor(self._tokens["accent"])
        return {
            "field": QColor(self._tokens["sunken" if self.dark else "panel"]),
            "mark": QColor(self._tokens["ink_faint"]),
            "empty": QColor(tokens()["score"][self._look]["none"]),
            "accent_hover": accent.lighter(108) if self.dark else accent.darker(110),
            "accent_pressed": accent.lighter(115) if self.dark else accent.darker(122),
        }

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        palette = QPalette()
        for part, name in (
            (role.Window, "background"),
            (role.WindowText, "ink"),
            (role.Base, "panel"),
            (role.AlternateBase, "sunken"),
            (role.Text, "ink"),
            (role.Button, "panel"),
            (role.ButtonText, "ink"),
            (role.BrightText, "on_accent"),
            (role.PlaceholderText, "ink_faint"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on_accent"),
            (role.Accent, "accent"),
            (role.Link, "accent"),
            (role.LinkVisited, "accent"),
            (role.ToolTipBase, "panel"),
            (role.ToolTipText, "ink"),
            (role.Light, "panel"),
            (role.Midlight, "line"),
            (role.Mid, "line_strong"),
            (role.Dark, "line_strong"),
            (role.Shadow, "line_strong"),
        ):
            palette.setColor(part, self.colour(name))
        for part in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, part, self.colour("ink_faint"))
        return palette


def _held(factor: float) -> float:
    low, high = TEXT_FACTORS
    return min(high, max(low, factor))
