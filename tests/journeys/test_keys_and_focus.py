"""Keys that score do so where the focus shows it, Enter presses what has the focus, and focus is never passed on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.desk.pages.assessment.page import AssessmentPage
from app.desk.pages.offers.offer_page import OfferPage
from app.desk.pages.pipeline.page import PipelinePage
from app.desk.pages.scorecard.page import ScorecardPage
from app.desk.parts.anchors import AnchorRow
from app.desk.parts.controls import Button
from tests.calibrations import prepared
from tests.journeys.conftest import Sitting
from tests.journeys.test_assessment_page import mine
from tests.journeys.test_debrief_to_offer import workspace
from tests.journeys.test_looks import debrief_of
from tests.journeys.test_score_an_interview import draft_of


def key(*keys: Qt.Key) -> None:
    """Press keys where the focus is, as a keyboard does."""
    focused = QApplication.focusWidget()
    assert focused is not None
    for one in keys:
        QTest.keyClick(focused, one)


def focus(widget: QWidget) -> None:
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert widget.hasFocus()


def test_on_an_assessment_a_digit_scores_on_the_dimension_only(sitting: Sitting) -> None:
    prepared(workspace(sitting))
    sitting.go("assessment", id=mine(sitting))
    page = sitting.window.page
    assert isinstance(page, AssessmentPage)
    assert page.shown is not None
    first, second = page.shown.content.dimensions[:2]
    sitting.press("3")
    assert page.shown.content.rating(first).score == 3, "the open dimension has the focus"
    for elsewhere in (page.submit, page.pane.entry.inferred, page._rows[second]):
        focus(elsewhere)
        sitting.press("1", "Backspace", "0")
        assert page.shown.content.rating(first).score == 3, elsewhere.accessibleName()
        assert not page.shown.content.rating(second).answered
    focus(page.pane.entry.source)
    key(Qt.Key.Key_Escape)
    assert page._rows[first].hasFocus(), "Escape goes back to the dimension"


def test_on_a_scorecard_a_digit_is_a_score_also_while_a_reason_is_asked_for(sitting: Sitting) -> None:
    sitting.go("scorecard", card=draft_of(sitting))
    page = sitting.window.page
    assert isinstance(page, ScorecardPage)
    sitting.press("Escape", "0", "2")
    assert page.shown is not None
    assert page._open is not None
    rating = page.shown.content.rating(page._open)
    assert (rating.score, rating.reason) == (2, None)
    assert page.pane is not None
    focus(next(iter(page.pane._chips.values())))
    sitting.press("4", "Backspace", "0")
    rating = page.shown.content.rating(page._open)
    assert (rating.score, rating.reason) == (2, None)
    assert not page._choosing_reason
    sitting.press("N")
    assert isinstance(QApplication.focusWidget(), AnchorRow), "going on still works from there"


def test_enter_presses_the_button_that_has_the_focus(sitting: Sitting) -> None:
    """In a form it used to save, whatever had the focus."""
    page = sitting.window.page
    assert isinstance(page, PipelinePage)
    sitting.press("Ctrl+N")
    assert page._panel.isVisible()
    cancel = next(b for b in page._panel.findChildren(Button) if b.accessibleName() == "Cancel")
    focus(cancel)
    key(Qt.Key.Key_Return)
    sitting.settle()
    assert not page._panel.isVisible(), "cancelled, not refused for what is missing"
    place = next(b for b in sitting.window.sidebar.findChildren(QPushButton) if b.text() == "Offers")
    focus(place)
    key(Qt.Key.Key_Enter)
    sitting.settle()
    assert sitting.window.place == "offers"


def test_ctrl_q_closes(begin: Callable[..., Sitting], sample_copy: Path) -> None:
    sitting = begin(sample_copy)
    sitting.press("Ctrl+Q")
    sitting.qtbot.waitUntil(lambda: not sitting.window.isVisible(), timeout=10_000)


def test_what_goes_away_passes_its_focus_to_the_page(sitting: Sitting) -> None:
    """Qt passes it to what comes next: a button that removes something, or the sidebar."""
    sitting.go("offer", id=3)
    page = sitting.window.page
    assert isinstance(page, OfferPage)
    before = QPushButton("Here", page)
    after = QPushButton("Remove", page)
    for button in (before, after):
        button.show()
    QWidget.setTabOrder(before, after)
    focus(before)
    before.hide()
    sitting.qtbot.waitUntil(lambda: QApplication.focusWidget() is page, timeout=10_000)
    focus(after)
    after.deleteLater()
    sitting.qtbot.waitUntil(lambda: QApplication.focusWidget() is page, timeout=10_000)


def test_a_debrief_that_was_begun_has_the_focus_on_its_matrix(sitting: Sitting) -> None:
    """And not on the button that skips the rest, which stands where the one that began it stood."""
    page = debrief_of(sitting, "Ines Halvorsen")
    start = next(b for b in page.findChildren(QPushButton) if b.text() == "Start the debrief" and b.isVisible())
    focus(start)
    key(Qt.Key.Key_Return)
    sitting.settle()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.table.isAncestorOf(focused), focused.accessibleName()
