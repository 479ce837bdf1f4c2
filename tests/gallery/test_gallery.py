"""Every page and packet draws, in both looks and at both text sizes. Whether they are good, a person looks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.gallery.__main__ import LOOKS, make_gallery

FARTHEST = (("dark", 200),)
"""The one with least room, in the colours seen least: a page that draws in it draws in all, but for a trial."""


@pytest.mark.parametrize(
    ("looks", "every"), [(FARTHEST, 3), pytest.param(LOOKS, 1, marks=pytest.mark.trial)], ids=["share", "all"]
)
def test_everything_draws(qtbot: QtBot, tmp_path: Path, looks: Sequence[tuple[str, int]], every: int) -> None:
    """Each page is gone through by the journeys too (`test_every_page`)."""
    made = make_gallery(tmp_path, looks, every=every)
    pictures = [p for p in made if p.suffix == ".png"]
    pages = [p.stem.rsplit("-", 2)[0] for p in pictures if p.stem.endswith(("-100", "-200"))]
    assert all(pages.count(name) == len(looks) for name in pages), "each page in every look"
    assert len(set(pages)) >= 16
    for picture in pictures:
        image = QImage(str(picture))
        assert not image.isNull(), picture
        assert _colours(image, 9) > 8, f"{picture.name} is all but empty"


def _colours(image: QImage, enough: int) -> int:
    """How many colours are in a picture, counted no further than is asked."""
    found: set[int] = set()
    for y in range(0, image.height(), 7):
        found |= {image.pixel(x, y) for x in range(0, image.width(), 7)}
        if len(found) >= enough:
            break
    return len(found)
