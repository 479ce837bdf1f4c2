"""A person changes settings: who they are, colleagues, paper, time zone, backups, the look."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.desk.pages.settings.page import SettingsPage
from app.desk.parts.label import Text
from app.desk.parts.side_panel import Confirm
from app.queries.lists import colleague_rows
from tests.journeys.conftest import Sitting


@pytest.fixture
def page(sitting: Sitting) -> SettingsPage:
    """Settings, shown."""
    sitting.go("settings")
    found = sitting.window.page
    assert isinstance(found, SettingsPage)
    return found


def words(page: SettingsPage) -> str:
    """All words in sight."""
    return "\n".join(label.text() for label in page.findChildren(Text) if label.isVisible())


def test_a_colleague_is_added_changed_and_removed(sitting: Sitting, page: SettingsPage) -> None:
    sitting.press("Ctrl+N", "Ctrl+Return")
    assert "Name is needed." in words(page)
    sitting.write("Bo & <b>Lind</b>")
    sitting.press("Tab")
    sitting.write("bo@example.org")
    sitting.press("Return")
    assert "Bo & <b>Lind</b>" in words(page)
    assert page.person.isHidden()
    sitting.click(sitting.find(QPushButton, "Edit Bo & <b>Lind</b>"))
    page.person.form.focus_first()
    sitting.press("Ctrl+A")
    sitting.write("Bo Lind")
    sitting.press("Return")
    assert "Bo Lind" in [c.name for c in colleague_rows(page.desk.workspace)]
    sitting.click(sitting.find(QPushButton, "Remove Bo Lind"))
    assert "Bo Lind" not in [c.name for c in colleague_rows(page.desk.workspace)]


def test_who_holds_interviews_stays(sitting: Sitting, page: SettingsPage) -> None:
    sitting.click(sitting.find(QPushButton, "Remove Hanne Sørby"))
    assert "Hanne Sørby interviews" in sitting.window.notice.accessibleName()
    assert "Hanne Sørby" in words(page)


def test_becoming_somebody_else_is_asked_first(sitting: Sitting, page: SettingsPage) -> None:
    page.people.me.setFocus()
    QTest.keyClicks(page.people.me, "K")
    sitting.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Confirm)
    sitting.click(dialog.cancel_button)
    assert page.people.me.currentText() == "Ruth Amadi"
    sitting.window.activateWindow()
    page.people.me.setFocus()
    QTest.qWait(QApplication.keyboardInputInterval() + 50)
    QTest.keyClicks(page.people.me, "K")
    sitting.settle()
    again = QApplication.activeModalWidget()
    assert isinstance(again, Confirm)
    sitting.click(again.action_button)
    assert next(c.name for c in colleague_rows(page.desk.workspace) if c.me) == "Karim Belhadj"


@pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)
def test_paper_and_time_zone(sitting: Sitting, page: SettingsPage) -> None:
    sitting.click(page.packets.paper.button("Letter"))
    assert page.desk.workspace.settings.paper == "Letter"
    line = page.packets.zone.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "Nowhere/Else")
    sitting.press("Return")
    assert "There is no time zone" in sitting.window.notice.accessibleName()
    assert page.packets.zone.currentText() == "Europe/Brussels"
    line.selectAll()
    QTest.keyClicks(line, "Asia/Tokyo")
    sitting.press("Return")
    assert page.desk.workspace.settings.time_zone == "Asia/Tokyo"


def test_backups_are_made_and_restored(sitting: Sitting, page: SettingsPage) -> None:
    sitting.click(page.backups.now)
    sitting.settle()
    assert page.backups.now.isEnabled()
    sitting.press("Ctrl+N")
    sitting.write("Bo Lind")
    sitting.press("Return")
    restore = [b for b in page.findChildren(QPushButton) if b.accessibleName().startswith("Restore the backup")]
    sitting.click(restore[0])
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Confirm)
    assert any("kept beside it" in label.text() for label in dialog.findChildren(Text))
    before = sitting.session.opened
    QTest.mouseClick(dialog.action_button, Qt.MouseButton.LeftButton)
    sitting.qtbot.waitUntil(
        lambda: (opened := sitting.session.opened) is not None and opened is not before and opened.desk.is_open,
        timeout=20_000,
    )
    sitting.settle()
    opened = sitting.session.opened
    assert opened is not None
    assert "Bo Lind" not in [c.name for c in colleague_rows(opened.desk.workspace)]


def test_the_look_and_the_text_size(sitting: Sitting, page: SettingsPage) -> None:
    sitting.click(page.appearance.look.button("dark"))
    assert page.desk.theme.dark
    page.appearance.size_.setFocus()
    page.appearance.size_.selectAll()
    QTest.keyClicks(page.appearance.size_, "200")
    sitting.press("Return")
    assert page.desk.theme.text_factor == 2.0
    assert page.desk.preferences.text_size == 200
    sitting.press("Ctrl+0")
    assert page.appearance.size_.value() == 100
