"""In the window: what was decided stands before the rule's word, relations are said, members move together."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu, QPushButton

from app.actions import calibration_session, guide
from app.desk.pages.calibration.matrix import CalibrationGrid
from app.desk.pages.calibration.preparation import PreparePane
from app.desk.pages.debrief.decision_form import DecisionForm
from app.domain.assessment import Relation
from app.domain.calibration import CalibrationOutcome
from app.queries.calibration import calibration_rows, calibration_view
from app.queries.guide import guide_at
from tests.calibrations import prepared
from tests.journeys.conftest import Sitting
from tests.journeys.test_calibration_page import calibration_shown
from tests.journeys.test_debrief_to_offer import enter, words, workspace


def test_not_now_stands_in_the_grid_the_agenda_and_the_team(sitting: Sitting) -> None:
    known = workspace(sitting)
    row = next(
        r.id
        for r in calibration_rows(known)
        if calibration_view(known, r.id).begun and not calibration_view(known, r.id).closed
    )
    one = next(m for m in calibration_view(known, row).members if m.judged is not None and m.outcome is None)
    calibration_session.decide(known, one.proposal, CalibrationOutcome.NOT_NOW, "No seat before autumn.")
    page = calibration_shown(sitting, row)
    sitting.settle()
    grid = page.findChild(CalibrationGrid)
    assert grid is not None
    shown = grid.rows[one.proposal]
    assert shown.accessibleDescription().startswith("Not now, the rule said ")
    sitting.go("team")
    assert "Not now" in words(sitting.window)


@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)
def test_a_relation_is_said_by_keyboard_while_it_is_due(sitting: Sitting) -> None:
    known = workspace(sitting)
    made = prepared(known)
    page = calibration_shown(sitting, made)
    sitting.settle()
    prepare = page.findChild(PreparePane)
    assert prepare is not None
    button = next(b for b in prepare.findChildren(QPushButton) if b.text() == "relation not said")
    enter(sitting, button)
    menu = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible())
    chosen = next(a for a in menu.actions() if a.text() == "skip-level manager")
    menu.setActiveAction(chosen)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    sitting.settle()
    seats = [s for m in calibration_view(known, made).members for s in m.seats]
    assert Relation.SKIP_LEVEL in {s.relation for s in seats}
    assert "skip-level manager" in [b.text() for b in prepare.findChildren(QPushButton)]


def test_members_on_an_older_version_move_in_one_press(sitting: Sitting) -> None:
    known = workspace(sitting)
    version = guide.guide_in_use(known)
    found = guide_at(known, version)
    guide.revise(known, version, found.model_copy(update={"note": "Clearer."}), "Clearer")
    made = prepared(known)
    page = calibration_shown(sitting, made)
    sitting.settle()
    assert page.move_all.isVisible()
    assert page.move_all.text() == "2 members are on an older version of their guide: move all to version 2"
    sitting.click(page.move_all)
    assert calibration_view(known, made).behind == ()
    assert not page.move_all.isVisible()
    sitting.press("Ctrl+Z")
    assert len(calibration_view(known, made).behind) == 2


def test_a_condition_goes_into_the_letter_only_when_marked(sitting: Sitting) -> None:
    form = DecisionForm(calibration_shown(sitting).desk.theme)
    sitting.qtbot.addWidget(form)
    form._new_condition()
    line = form.conditions.lines[-1]
    line.text.setText("Not above the band")
    assert not line.for_letter.isChecked()
    form._new_condition()
    form.conditions.lines[-1].text.setText("Two references")
    box = form.conditions.lines[-1].findChild(QCheckBox)
    assert box is not None
    QTest.keyClick(box, Qt.Key.Key_Space)
    kept = json.loads(form.content())
    assert kept["conditions"] == [["Not above the band", False], ["Two references", True]]
