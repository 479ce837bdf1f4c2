"""On plan, reports and practice every control has a name for who does not see it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QTableView, QWidget

from app.desk.parts.chart_picture import ChartPicture
from tests.journeys.conftest import Sitting

KINDS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QTableView, ChartPicture)


@pytest.mark.parametrize("place", ["plan", "reports", "practice"])
def test_every_control_has_a_name(sitting: Sitting, place: str) -> None:
    sitting.go(place)
    page = sitting.window
    nameless = [
        widget
        for kind in KINDS
        for widget in page.findChildren(kind)
        if isinstance(widget, QWidget) and widget.isVisible() and not widget.accessibleName() and not _inside(widget)
    ]
    assert nameless == []


def _inside(widget: QWidget) -> bool:
    """Parts Qt makes itself inside a named control: a spin box's line, a table's corner."""
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractSpinBox | QTableView | QComboBox)
