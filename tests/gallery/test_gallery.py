"""Every page and packet draws, in both looks and at both text sizes. Whether they are good, a person looks."""

from pathlib import Path

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.gallery.__main__ import make_gallery


def test_everything_draws(qtbot: QtBot, tmp_path: Path) -> None:
    made = make_gallery(tmp_path)
    pictures = [p for p in made if p.suffix == ".png"]
    assert len(pictures) >= 4 * 18
    for picture in pictures:
        image = QImage(str(picture))
        assert not image.isNull(), picture
        colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(colours) > 8, f"{picture.name} is all but empty"
