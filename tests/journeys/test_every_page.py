"""What holds of every page: it can be the first one, the wheel changes nothing on it, and it may change its look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar, QTabBar, QWidget

from app.actions import opening
from app.actions.opening import NewOpening
from app.desk.preferences import Preferences
from app.desk.shell.places import PLACES
from tests.gallery.__main__ import places, with_a_growth_plan
from tests.journeys.conftest import Sitting

Visit = tuple[str, dict[str, Any]]
LISTED = [place.id for place in PLACES if place.under is None]


@pytest.mark.parametrize("place", LISTED)
def test_a_page_is_the_first_one(begin: Callable[..., Sitting], sample_copy: Path, place: str) -> None:
    """Where Tenfold was closed, it opens; what follows the opening happens too."""
    sitting = begin(sample_copy, Preferences(last_place=place))
    assert sitting.window.place == place
    opened = sitting.session.opened
    assert opened is not None
    sitting.press("Ctrl+1", "Ctrl+3")
    assert sitting.window.place == "interviews"
    opened.back_up_now()
    sitting.settle()
    assert list((sample_copy.parent / "data").rglob("*.tenfold")), "the sitting has its backup"


@pytest.fixture
def full(begin: Callable[..., Sitting], sample_copy: Path) -> tuple[Sitting, list[Visit]]:
    """The sample with somebody hired, and every place in it with something to show."""
    with_a_growth_plan(sample_copy)
    made_by_the_gallery = {"calibration-preparing", "calibration-twenty"}
    visits = [(place, where) for name, place, where in places(sample_copy) if name not in made_by_the_gallery]
    return begin(sample_copy), visits


def test_no_control_takes_the_wheel(full: tuple[Sitting, list[Visit]]) -> None:
    """A page that scrolls under the mouse never changes what a control on it says, nor keeps from scrolling."""
    sitting, visits = full
    turned = 0
    for place, where in visits:
        sitting.go(place, **where)
        page = sitting.window.page
        assert page is not None
        for control in _movable(page):
            before = _state(control)
            event = _turn(control)
            assert _state(control) == before, (place, control.accessibleName())
            assert not event.isAccepted(), (place, control.accessibleName())
            turned += 1
    assert turned > 10


def test_every_page_changes_its_look(full: tuple[Sitting, list[Visit]]) -> None:
    """All are there and hidden, parts of them were replaced: whoever listens to the look still exists."""
    sitting, visits = full
    for place, where in visits:
        sitting.go(place, **where)
    for look, size in (("dark", 200), ("light", 100)):
        sitting.session.opened.desk.prefer(appearance=look, text_size=size)  # type: ignore[union-attr]
        sitting.settle()
    for place, where in visits:
        sitting.go(place, **where)


def test_a_board_of_other_stages_changes_its_look(sitting: Sitting) -> None:
    """The columns of the opening before are gone, and nobody speaks to them."""
    workspace = sitting.session.opened.desk.workspace  # type: ignore[union-attr]
    new = NewOpening("SR-2026-09", "Engineering Manager", "M1", manager=1, stages=("Read", "Met", "Chosen"))
    added = opening.add(workspace, new, 1).subject
    for size in (150, 100):
        for shown in (added, 1):
            sitting.go("pipeline", opening=shown)
        sitting.session.opened.desk.prefer(text_size=size)  # type: ignore[union-attr]
        sitting.settle()


def _movable(page: QWidget) -> list[QWidget]:
    kinds = (QComboBox, QAbstractSpinBox, QAbstractSlider, QTabBar)
    return [
        w
        for kind in kinds
        for w in page.findChildren(kind)
        if not isinstance(w, QScrollBar) and w.isVisible() and w.isEnabled()
    ]


def _state(control: QWidget) -> object:
    match control:
        case QComboBox() | QTabBar():
            return control.currentIndex()
        case QAbstractSpinBox():
            return control.text()
        case _:
            return control.property("value")


def _turn(control: QWidget) -> QWheelEvent:
    at = QPointF(control.rect().center())
    event = QWheelEvent(
        at,
        QPointF(control.mapToGlobal(control.rect().center())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(control, event)
    return event
