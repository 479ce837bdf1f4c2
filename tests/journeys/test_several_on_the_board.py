"""Several cards of the board are picked by mouse and keys, and moved, rejected and let go together."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.desk.pages.pipeline.page import PipelinePage
from app.domain.pipeline import Outcome
from app.queries.application import application_page
from tests.journeys.conftest import Sitting
from tests.journeys.test_pipeline_table import MENU, choose_in_menu


@pytest.fixture
def page(sitting: Sitting) -> PipelinePage:
    sitting.go("pipeline", opening=1)
    found = sitting.window.page
    assert isinstance(found, PipelinePage)
    return found


def stages(page: PipelinePage, chosen: tuple[int, ...]) -> list[str]:
    return [application_page(page.desk.workspace, number).stage_name for number in chosen]


@MENU
def test_cards_picked_by_keys_are_moved_as_one_step(sitting: Sitting, page: PipelinePage) -> None:
    first = page.view.lists[0]
    first.setFocus()
    sitting.press("Shift+Down", "Shift+Down")
    chosen = page.view.chosen()
    assert len(chosen) == 3
    assert page.several.isVisible()
    sitting.press("Ctrl+Space")
    assert len(page.view.chosen()) == 2, "picked again, a card is let go"
    sitting.press("Ctrl+Space")
    sitting.press("Ctrl+M")
    choose_in_menu(sitting, "Panel")
    assert stages(page, chosen) == ["Panel"] * 3
    sitting.press("Ctrl+Z")
    assert stages(page, chosen) == ["Applied"] * 3


def test_cards_picked_by_mouse_are_closed_and_let_go(sitting: Sitting, page: PipelinePage) -> None:
    view = page.view.lists[1]
    for line in (0, 1):
        at = view.visualRect(view.stage_model.index(line)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, at)
    sitting.settle()
    assert sitting.window.place == "pipeline", "with Ctrl a click opens nothing"
    chosen = page.view.chosen()
    assert len(chosen) == 2
    sitting.press("Ctrl+D", "Ctrl+Return")
    outcomes = [application_page(page.desk.workspace, number).outcome for number in chosen]
    assert outcomes == [Outcome.REJECTED] * 2
    assert page.view.chosen() == ()
    assert page.several.mail.isVisible()


def test_everybody_is_picked_and_nobody_again(sitting: Sitting, page: PipelinePage) -> None:
    page.view.lists[0].setFocus()
    sitting.press("Ctrl+A")
    assert len(page.view.chosen()) == sum(v.stage_model.rowCount() for v in page.view.lists)
    sitting.press("Escape")
    assert page.view.chosen() == ()
    assert page.several.isHidden()
    sitting.press("Shift+Down")
    sitting.click(sitting.find(QPushButton, "Choose nobody"))
    assert page.view.chosen() == ()
    sitting.press("Shift+Down", "Ctrl+B")
    assert page.several.isHidden(), "another shape begins with nobody"
