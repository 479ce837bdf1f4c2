"""A calibration's page under a person's hands: where the focus goes, what is in sight, what a narrow window shows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from app.desk.pages.calibration.agenda import SessionAgendaRow
from app.desk.pages.calibration.columns import GridFoot
from app.desk.pages.calibration.page import CalibrationPage
from app.desk.pages.calibration.preparation import PreparePane
from tests.calibrations import prepared, twenty
from tests.journeys.conftest import Sitting
from tests.journeys.test_debrief_to_offer import words, workspace


def calibration_shown(sitting: Sitting, cycle_id: int | None = None) -> CalibrationPage:
    sitting.go("calibration", **({} if cycle_id is None else {"id": cycle_id}))
    page = sitting.window.page
    assert isinstance(page, CalibrationPage)
    return page


def in_sight(widget: QWidget) -> bool:
    """Whether all of it is inside each area it scrolls in."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            view = above.viewport()
            if not view.rect().contains(QRect(widget.mapTo(view, QPoint(0, 0)), widget.size())):
                return False
        above = above.parentWidget()
    return True


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1100, 700)])
def test_the_why_of_a_second_score_is_in_sight(sitting: Sitting, width: int, height: int) -> None:
    page = calibration_shown(sitting)
    sitting.window.resize(width, height)
    sitting.settle()
    sitting.press("F2")
    sitting.write("33")
    sitting.press("Return")
    sitting.settle()
    assert page.cell.whys is not None
    field = sitting.window.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.accessibleName().endswith("why?")
    assert in_sight(field)
    sitting.press("Escape")
    assert page.cell.scores.field.hasFocus(), "back to the digits"
    assert page.cell.whys is None
    assert page.cell.scores.field.text() == "33"


def test_a_wrong_digit_does_not_stay_and_escape_leaves(sitting: Sitting) -> None:
    page = calibration_shown(sitting)
    sitting.press("F2")
    sitting.write("39")
    field = page.cell.scores.field
    assert field.text() == "3"
    assert "Digits 0 to 4 only" in words(page.cell)
    sitting.press("Escape")
    assert field.text() == ""
    assert page.grid.rows[page.at].hasFocus()


def test_a_note_goes_on_behind_what_is_there(sitting: Sitting) -> None:
    page = calibration_shown(sitting)
    sitting.press("Ctrl+T")
    sitting.write(" for now")
    assert page.session.note.text.endswith("Communication stays split for now")
    sitting.press("Escape")
    assert page.grid.rows[page.at].hasFocus()


def test_the_agenda_opens_and_ends_with_everybody(sitting: Sitting) -> None:
    page = calibration_shown(sitting)
    rows = [r.accessibleName() for r in page.session.findChildren(SessionAgendaRow)]
    assert rows[0] == "09:00, How we read a score, 5 min, done"
    assert rows[1].startswith("09:05, Bruno Achterberg")
    assert rows[-1] == "10:39, A last look at all, 8 min"


def test_packets_are_found_by_name_and_the_distribution_is_not_offered_to_eight(sitting: Sitting) -> None:
    page = calibration_shown(sitting)
    assert not page.distribution.isVisible()
    assert page.print.isVisible()
    sitting.press("Ctrl+K")
    sitting.write("promotion p")
    found = [sitting.window.palette_.list.model().index(0, 0).data()]
    assert found == ["Promotion packets as PDF"]


@pytest.mark.parametrize("size", [100, 200])
@pytest.mark.parametrize("width", [1100, 1280, 1440, 1920])
def test_everything_before_the_session_is_inside(sitting: Sitting, width: int, size: int) -> None:
    made = prepared(workspace(sitting))
    page = calibration_shown(sitting, made)
    page.desk.prefer(text_size=size)
    sitting.window.resize(width, 900)
    sitting.settle()
    pane = page.prepare
    assert isinstance(pane, PreparePane)
    assert pane.isVisible()
    for widget in pane.findChildren(QWidget):
        if widget.isVisible():
            right = widget.mapTo(pane, QPoint(widget.width(), 0)).x()
            assert right <= pane.width() + 1, (widget.accessibleName(), right, pane.width())
            assert widget.width() >= min(widget.minimumSizeHint().width(), widget.sizeHint().width())
    shown = page._side.viewport()
    assert pane.mapTo(shown, QPoint(pane.width(), 0)).x() <= shown.width()
    feet = [foot.accessibleName() for foot in page.grid.findChildren(GridFoot)]
    assert feet
    assert not any("Bar met" in said for said in feet), "nothing is said of what is sealed"


def test_of_twenty_members_the_distribution_is_said_in_words_and_numbers(sitting: Sitting) -> None:
    made = twenty(workspace(sitting))
    page = calibration_shown(sitting, made)
    assert page.distribution.isVisible()
    sitting.click(page.distribution)
    said = sitting.window.notice.accessibleName()
    assert said.startswith("Of 20 members, by the rule: "), said
    assert "nothing follows from it" in said
    assert "%" not in said
    rows = [r.accessibleName() for r in page.session.findChildren(SessionAgendaRow)]
    assert "Distribution, last look" in rows[-1]


def test_the_agenda_keeps_its_rows_while_one_goes_through_the_members(sitting: Sitting) -> None:
    made = twenty(workspace(sitting))
    page = calibration_shown(sitting, made)
    rows = list(page.session.findChildren(SessionAgendaRow))
    assert len(rows) >= 22
    for one in list(page.grid.rows.values())[3:6]:
        one.picked.emit(0)
        squeezed = [
            row for row in page.session.findChildren(SessionAgendaRow) if row.height() < row.sizeHint().height()
        ]
        assert not squeezed, "also before anything is laid out anew"
    sitting.settle()
    assert list(page.session.findChildren(SessionAgendaRow)) == rows
    assert page.one is not None
    current = [row for row in rows if row._shown.current]
    assert [row._shown.proposal for row in current] == [page.one.proposal]
