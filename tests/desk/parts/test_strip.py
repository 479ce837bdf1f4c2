"""The strip: the same in words, in pixels and at every text size."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.parts.strip import PaintedCell, Size, StripWidget, cell_at, cell_left, strip_in_words, strip_size
from app.desk.preferences import Appearance
from app.desk.theme import Theme


@pytest.mark.parametrize(
    ("score", "bar", "where"), [(1, 3, 1), (2, 3, 2), (3, 3, 3), (4, 3, 4), (2, 2, 3), (4, 2, 4), (1, 4, 1), (4, 4, 3)]
)
def test_a_place_is_told_against_the_bar(score: int, bar: int, where: int) -> None:
    assert cell_left(score, bar) == where


def test_the_strip_in_words() -> None:
    names = ["Systems", "MLOps", "Data", "People", "Comms"]
    cells = [
        PaintedCell(3),
        PaintedCell(2, high=4),
        PaintedCell(),
        PaintedCell(score=4, sealed=True),
        PaintedCell(note="not assessed: no time"),
    ]
    assert strip_in_words(names, cells) == (
        "Systems 3, at the bar, MLOps 2 to 4, on both sides of the bar, Data not looked at yet, "
        "People sealed until the cards are open, Comms not assessed: no time"
    )


def shot(qtbot: QtBot, theme: Theme, cells: list[PaintedCell], size: Size = Size.SMALL) -> QImage:
    """The strip as pixels, on white."""
    widget = StripWidget(theme, size)
    qtbot.addWidget(widget)
    widget.show_cells([str(n) for n in range(len(cells))], cells)
    image = QImage(widget.sizeHint(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    widget.render(image)
    return image


def test_colour_says_the_place_and_a_corner_the_highest(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(Appearance.LIGHT)
    image = shot(qtbot, theme, [PaintedCell(3), PaintedCell(2, high=4), PaintedCell(2, bar=2)])
    at, _ = theme.score_colours(3)
    below, _ = theme.score_colours(2)
    above, _ = theme.score_colours(4)
    assert image.pixelColor(2, 9) == at
    assert image.pixelColor(18, 9) == below
    assert image.pixelColor(28, 2) == above
    assert image.pixelColor(34, 9) == at


def test_a_sealed_cell_does_not_show_its_score(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(Appearance.LIGHT)
    images = [shot(qtbot, theme, [PaintedCell(score, sealed=True)]) for score in (None, 1, 4)]
    assert images[0] == images[1] == images[2]


def test_size_follows_the_text_and_underlines_take_room(qapp: QApplication) -> None:
    theme = Theme(Appearance.LIGHT)
    cells = [PaintedCell()] * 10
    assert strip_size(cells, theme).toTuple() == (158, 18)
    assert strip_size(cells, theme, Size.LARGE).toTuple() == (218, 24)
    assert strip_size([PaintedCell(underlined=True)] * 10, theme, Size.LARGE).height() == 30
    theme.choose(text_factor=2)
    assert strip_size(cells, theme).toTuple() == (298, 36)


@pytest.mark.parametrize("count", [0, 1, 24])
def test_any_number_of_cells(qapp: QApplication, qtbot: QtBot, count: int) -> None:
    theme = Theme(Appearance.DARK)
    cells = [PaintedCell(4)] * count
    widget = StripWidget(theme)
    qtbot.addWidget(widget)
    widget.show_cells(["D"] * count, cells)
    widget.show()
    assert widget.width() >= strip_size(cells, theme).width()


def test_which_cell_is_under_the_pointer(qapp: QApplication) -> None:
    theme = Theme(Appearance.LIGHT)
    cells = [PaintedCell()] * 10
    assert [cell_at(x, cells, theme) for x in (-1, 0, 17, 157, 170)] == [None, 0, 1, 9, None]
