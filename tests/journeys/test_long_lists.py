"""A page of very many rows makes the first of them, and more where they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from app.desk.parts.long_list import AT_ONCE, ActionRow
from benchmarks.many import multiply
from tests.journeys.conftest import Sitting


def rows(sitting: Sitting) -> list[ActionRow]:
    assert sitting.window.page is not None
    return [row for row in sitting.window.page.findChildren(ActionRow) if row.isVisible()]


@pytest.mark.parametrize("place", ["interviews", "offers"])
def test_more_rows_come_where_they_are_asked_for_and_stay(
    begin: Callable[..., Sitting], sample_copy: Path, place: str
) -> None:
    multiply(sample_copy, 60)
    sitting = begin(sample_copy)
    sitting.go(place)
    at_first = len(rows(sitting))
    assert AT_ONCE <= at_first < 3 * AT_ONCE, "a group is cut at fifty"
    button = sitting.find(QPushButton, f"Show {AT_ONCE} more")
    sitting.click(button)
    assert len(rows(sitting)) == at_first + AT_ONCE
    focused = sitting.window.focusWidget()
    assert any(row.button is focused for row in rows(sitting)), "the focus is on the first that came"
    assert sitting.window.page is not None
    sitting.window.page.changed(None)
    sitting.settle()
    assert len(rows(sitting)) >= at_first + AT_ONCE, "a change does not put them away"
    sitting.go("settings")
    sitting.go(place)
    assert len(rows(sitting)) == at_first
