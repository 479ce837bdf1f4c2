"""Several members into a calibration in one step: by manager or level, with the next level and whom to ask proposed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.actions import calibration
from app.actions.calibration import NewCalibration
from app.desk.pages.calibration.many_panel import ManyPanel
from app.desk.pages.calibration.page import CalibrationPage
from app.domain.level_step import LevelStep
from app.queries.calibration import CalibrationView, calibration_view
from app.queries.calibration_choice import calibration_choice
from app.store.check import check_workspace
from tests.journeys.conftest import Sitting
from tests.journeys.test_calibration_page import calibration_shown
from tests.journeys.test_debrief_to_offer import confirm, words, workspace


def opened(sitting: Sitting) -> tuple[int, CalibrationPage, ManyPanel]:
    made = calibration.add(workspace(sitting), NewCalibration("Autumn 2026", None, None)).subject
    page = calibration_shown(sitting, made)
    sitting.click(sitting.find(QPushButton, "Take several members in"))
    panel = page._actions.many
    assert panel.isVisible()
    return made, page, panel


def view(sitting: Sitting, made: int) -> CalibrationView:
    return calibration_view(workspace(sitting), made)


def test_a_whole_team_comes_in_by_keys_with_raters_in_one_step(sitting: Sitting) -> None:
    made, _page, panel = opened(sitting)
    choice = calibration_choice(workspace(sitting), made)
    at_top = [one.name for one in choice.members if one.target is None]
    assert panel.list.rows.rowCount() == len(choice.members) > 5
    for one in choice.members:
        assert len({who for who, _ in one.raters}) == len(one.raters) <= 5
        assert one.manager is None or one.raters[0][0] == one.manager
    panel.filter.set_values({"manager": "", "level": "MLE3", "track": ""})
    panel.filter.edited.emit("level")
    shown = panel.list.rows.members
    assert {one.level for one in shown} == {"MLE3"}
    panel.list.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keySequence(panel.list, "Ctrl+A")
    assert len(panel.list.chosen) == len(shown)
    sitting.click(panel.save_button)
    page = view(sitting, made)
    assert {m.target for m in page.members} == {"MLE4"}
    assert {m.member: {s.rater for s in m.seats} for m in page.members} == {
        one.member: {who for who, _ in one.raters} for one in shown
    }
    assert panel.isHidden()
    sitting.press("Ctrl+Z")
    assert view(sitting, made).members == (), "one step"
    assert check_workspace(workspace(sitting)) == []
    assert at_top == [one.name for one in calibration_choice(workspace(sitting), made).members if one.target is None]


def test_another_track_and_a_skip_are_asked_about(sitting: Sitting) -> None:
    made, _page, panel = opened(sitting)
    panel.filter.set_values({"manager": "", "level": "MLE3", "track": ""})
    panel.filter.edited.emit("level")
    panel.list.selectionModel().select(
        panel.list.rows.index(0), panel.list.selectionModel().SelectionFlag.ClearAndSelect
    )
    panel.target.setCurrentIndex(panel.target.findData("M1"))
    panel.target.activated.emit(panel.target.currentIndex())
    assert panel.list.rows.step(0) is LevelStep.OTHER_TRACK
    assert "another track" in panel.list.rows.about(0)
    sitting.click(panel.save_button)
    assert view(sitting, made).members == (), "it is asked first"
    confirm(sitting)
    (one,) = view(sitting, made).members
    assert one.target == "M1"


def test_nobody_chosen_is_said(sitting: Sitting) -> None:
    _made, page, panel = opened(sitting)
    sitting.click(panel.save_button)
    assert "Nobody is chosen." in words(page)


def test_one_is_asked_about_everybody(sitting: Sitting) -> None:
    made, page, panel = opened(sitting)
    QTest.keySequence(panel.list, "Ctrl+A")
    rows = panel.list.rows
    panel.list.selectionModel().clearSelection()
    flag = panel.list.selectionModel().SelectionFlag.Select
    for number in [n for n in range(rows.rowCount()) if rows.target(n) is not None][:3]:
        panel.list.selectionModel().select(rows.index(number), flag)
    panel.ask.setChecked(False)
    sitting.click(panel.save_button)
    assert all(not m.seats for m in view(sitting, made).members)
    combo = page.prepare.rater
    combo.setCurrentIndex(combo.findText("Hanne Sørby"))
    sitting.click(page.prepare.ask_all)
    assert [[s.name for s in m.seats] for m in view(sitting, made).members] == [["Hanne Sørby"]] * 3
    combo.setCurrentIndex(combo.findText("Hanne Sørby"))
    sitting.press("Ctrl+Z")
    assert all(not m.seats for m in view(sitting, made).members)


def test_the_level_after_theirs_stands_there_and_another_is_asked_about(sitting: Sitting) -> None:
    made, page, panel = opened(sitting)
    panel.cancelled.emit()
    prepare = page.prepare
    member = next(m for m in calibration_choice(workspace(sitting), made).members if m.level == "MLE2")
    prepare.member.setCurrentIndex(prepare.member.findData(member.member))
    prepare.member.activated.emit(prepare.member.currentIndex())
    assert prepare.target.currentData() == "MLE3"
    prepare.target.setCurrentIndex(prepare.target.findData("MLE4"))
    sitting.click(prepare.add)
    assert view(sitting, made).members == ()
    confirm(sitting)
    assert [m.target for m in view(sitting, made).members] == ["MLE4"]
