"""A person puts work off by keys, sees what was put off, and has it back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from app.desk.pages.today.page import TodayPage, WaitingRow
from app.queries.waiting import WaitKind
from tests.journeys.conftest import Sitting

MENU = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)


def today(sitting: Sitting) -> TodayPage:
    page = sitting.window.page
    assert isinstance(page, TodayPage)
    return page


def row_of(sitting: Sitting, kind: WaitKind) -> WaitingRow:
    return next(r for r in today(sitting).rows if isinstance(r, WaitingRow) and r.item.kind is kind)


def kinds(sitting: Sitting) -> list[WaitKind]:
    return [r.item.kind for r in today(sitting).rows if isinstance(r, WaitingRow)]


def test_a_filled_opening_is_put_off_for_a_week_and_taken_back(sitting: Sitting) -> None:
    sitting.go("today")
    waits = sitting.window.sidebar
    row_of(sitting, WaitKind.FULL).button.setFocus()
    sitting.press("W")
    assert WaitKind.FULL not in kinds(sitting)
    assert "stands here again Thu 19 Mar" in sitting.window.notice.accessibleName()
    sitting.click(sitting.find(QPushButton, "Show what is put off"))
    assert kinds(sitting)[-1] is WaitKind.FULL
    sitting.press("Ctrl+Z")
    assert WaitKind.FULL in kinds(sitting)
    assert waits.isVisible()


def test_a_card_can_not_be_put_off(sitting: Sitting) -> None:
    sitting.go("today")
    before = kinds(sitting)
    row_of(sitting, WaitKind.CARD).button.setFocus()
    sitting.press("W", "D")
    assert kinds(sitting) == before


@MENU
def test_the_menu_says_the_same(sitting: Sitting) -> None:
    sitting.go("today")
    about = row_of(sitting, WaitKind.FULL).item.about
    sitting.click(sitting.find(QPushButton, f"Later: {about}"))
    menu = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible())
    assert [a.text() for a in menu.actions()] == ["Put off until tomorrow", "Put off for a week"]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    sitting.settle()
    assert WaitKind.FULL not in kinds(sitting)
    sitting.click(sitting.find(QPushButton, "Show what is put off"))
    sitting.click(sitting.find(QPushButton, f"Later: {about}"))
    menu = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible())
    assert menu.actions()[0].text() == "Have it here again"
    QTest.keyClick(menu, Qt.Key.Key_Return)
    sitting.settle()
    assert WaitKind.FULL in kinds(sitting)
