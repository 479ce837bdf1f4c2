"""The looks: fonts that come along, colours that can be read, sizes that go with the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPixmap, QRawFont
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.desk.parts.label import Text, as_tooltip
from app.desk.preferences import Appearance
from app.desk.theme import FAMILIES, Theme, load_fonts, tokens


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light look on the application, taken off afterwards."""
    made = Theme(Appearance.LIGHT)
    made.apply(qapp)
    yield made
    qapp.setStyleSheet("")


def contrast(one: QColor, other: QColor) -> float:
    """The ratio WCAG 2.2 defines, 1 to 21."""

    def light(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (float(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_fonts_come_along(qapp: QApplication) -> None:
    assert set(FAMILIES) <= set(load_fonts())


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_every_weight_is_a_cut_of_its_own(theme: Theme, weight: int) -> None:
    face = QRawFont.fromFont(theme.font("body", weight))
    assert (face.familyName(), face.weight()) == ("Inter", weight)


@pytest.mark.parametrize("sample", ["Hana Kovač", "Σωκράτης", "Ада Лавлейс", "אדה", "आदा", "เอดา", "陈雨"])
def test_names_in_any_script_have_glyphs(theme: Theme, sample: str) -> None:
    faces = [QRawFont.fromFont(_only(theme, family)) for family in FAMILIES]
    assert all(any(face.supportsCharacter(ord(letter)) for face in faces) for letter in sample)


def _only(theme: Theme, family: str) -> QFont:
    font = theme.font()
    font.setFamilies([family])
    return font


def test_figures_stand_in_columns(theme: Theme) -> None:
    metrics = QFontMetricsF(theme.font())
    assert metrics.horizontalAdvance("111") == metrics.horizontalAdvance("000")


@pytest.mark.parametrize("mode", [Appearance.LIGHT, Appearance.DARK])
def test_words_can_be_read_on_every_ground(qapp: QApplication, mode: Appearance) -> None:
    theme = Theme(mode)
    for ink in ("ink", "ink_soft", "ink_faint", "accent", "good", "warn", "bad"):
        for ground in ("background", "panel", "field"):
            assert contrast(theme.colour(ink), theme.colour(ground)) >= 4.5, (ink, ground)
    for ground in ("accent", "accent_hover", "accent_pressed"):
        assert contrast(theme.colour("on_accent"), theme.colour(ground)) >= 4.5, ground
    assert contrast(theme.colour("accent"), theme.colour("accent_soft")) >= 4.5
    for place in (1, 2, 3, 4):
        assert contrast(*theme.score_colours(place)) >= 4.5, place


def test_the_sheet_has_no_gaps(qapp: QApplication) -> None:
    sheet = Theme(Appearance.DARK).sheet()
    assert "$" not in sheet
    assert not re.search(r"\d+sp\b", sheet)


def test_text_size_scales_words_and_controls(theme: Theme, qtbot: QtBot) -> None:
    button, label = QPushButton("Import"), Text("Import", "title")
    for widget in (button, label):
        qtbot.addWidget(widget)
        theme.follow(widget)
        widget.ensurePolished()
    before = button.sizeHint().height()
    theme.choose(text_factor=2.0)
    assert button.sizeHint().height() >= 2 * before - 4
    assert label.font().pixelSize() == 2 * tokens()["type"]["sizes"]["title"]


@pytest.mark.parametrize(("asked", "held"), [(0.1, 0.8), (9.0, 2.0), (1.25, 1.25)])
def test_text_size_is_held_to_its_range(qapp: QApplication, asked: float, held: float) -> None:
    assert Theme(text_factor=asked).text_factor == held


def test_a_change_is_told_and_the_icons_follow(theme: Theme, qtbot: QtBot) -> None:
    light = theme.icon("check", "ink").pixmap(16)
    with qtbot.waitSignal(theme.changed):
        theme.choose(mode=Appearance.DARK)
    assert theme.dark
    assert _darkest(theme.icon("check", "ink").pixmap(16)) > _darkest(light)


def _darkest(pixmap: QPixmap) -> int:
    image = pixmap.toImage()
    colours = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return min(c.lightness() for c in colours if c.alpha() > 200)


def test_a_label_shows_markup_as_it_was_typed(theme: Theme, qtbot: QtBot) -> None:
    label = Text("<b>Bob</b> & co", elide=True)
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.show()
    assert label.text() == label.accessibleName() == "<b>Bob</b> & co"
    assert label.toolTip() == as_tooltip("<b>Bob</b> & co") == "<qt>&lt;b&gt;Bob&lt;/b&gt; &amp; co</qt>"
    label.resize(400, 20)
    assert label.toolTip() == ""


def test_a_placeholder_can_be_read(theme: Theme, qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.ensurePolished()
    assert line.palette().placeholderText().color() == theme.colour("ink_faint")
