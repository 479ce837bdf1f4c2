"""What has the focus, or floats over the page, can be read in both looks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QWidget

from app.desk.pages.debrief.matrix import MatrixRow
from app.desk.pages.debrief.page import DebriefPage
from app.desk.pages.settings.page import SettingsPage
from app.desk.parts.dates import DateField
from app.desk.preferences import Appearance, Preferences
from app.queries.plain_lists import applications, candidates
from tests.journeys.conftest import Sitting
from tests.journeys.test_debrief_to_offer import workspace

LOOKS = ("light", "dark")
# A popup takes the keyboard, which the screenless platform says it can't.
POPUP = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest, begin: Callable[..., Sitting], sample_copy: Path) -> Sitting:
    """A sitting in one of the looks."""
    return begin(sample_copy, Preferences(appearance=Appearance(request.param)))


def colours(widget: QWidget) -> dict[int, int]:
    """How many points of it have each colour."""
    image = widget.grab().toImage()
    found: dict[int, int] = {}
    for x in range(image.width()):
        for y in range(image.height()):
            found[image.pixel(x, y)] = found.get(image.pixel(x, y), 0) + 1
    return found


def debrief_of(sitting: Sitting, name: str) -> DebriefPage:
    """The debrief page of a candidate, by their name."""
    ws = workspace(sitting)
    who = next(c["id"] for c in candidates(ws) if c["name"] == name)
    sitting.go("debrief", id=next(a["id"] for a in applications(ws) if a["candidate"] == who))
    page = sitting.window.page
    assert isinstance(page, DebriefPage)
    return page


def test_a_row_with_the_focus_keeps_its_words_and_scores(look: Sitting) -> None:
    page = debrief_of(look, "Ines Halvorsen")
    for row in page.findChildren(MatrixRow):
        page.setFocus()
        without = colours(row)
        row.setFocus()
        having = colours(row)
        changed = sum(abs(having.get(c, 0) - n) for c, n in without.items())
        ring = 2 * 2 * (row.width() + row.height())
        assert changed <= 2 * ring, f"{row.accessibleName()} is painted over"


@POPUP
def test_a_list_of_suggestions_can_be_read(look: Sitting) -> None:
    look.go("settings")
    page = look.window.page
    assert isinstance(page, SettingsPage)
    zone = page.packets.zone
    zone.setFocus()
    line, completer = zone.lineEdit(), zone.completer()
    assert line is not None
    assert completer is not None
    line.selectAll()
    QTest.keyClicks(line, "Europe/")
    popup = completer.popup()
    assert popup is not None
    look.qtbot.waitUntil(popup.isVisible)
    found = colours(popup)
    ground = max(found, key=lambda c: found[c])
    assert ground == look.session.opened.desk.theme.colour("panel").rgb()  # type: ignore[union-attr]
    popup.hide()


@POPUP
def test_a_calendar_has_its_weekdays_and_weeks_in_full(look: Sitting) -> None:
    look.go("offer", id=3)
    page = look.window.page
    assert page is not None
    field = next(f for f in page.findChildren(DateField) if f.isVisible())
    field._open_calendar()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    calendar = popup.findChild(QCalendarWidget)
    assert isinstance(calendar, QCalendarWidget)
    table = next(w for w in calendar.findChildren(QWidget) if w.objectName() == "qt_calendar_calendarview")
    metrics = table.fontMetrics()
    longest = max(metrics.horizontalAdvance(calendar.locale().dayName(n)[:3]) for n in range(1, 8))
    assert table.width() / 7 >= longest + 4, "a weekday is not cut"
    assert table.height() / 7 >= metrics.height(), "nor is a week"
    saturday = calendar.weekdayTextFormat(Qt.DayOfWeek.Saturday).foreground().color()
    assert saturday != Qt.GlobalColor.red
    assert calendar.selectedDate() == QDate(2026, 5, 4)
    popup.close()
