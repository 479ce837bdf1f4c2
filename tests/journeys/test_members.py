"""A member's page by keyboard: edited, asked about, moved to a newer guide, taken off; and rated again from Today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QWidget

from app.actions import growth, guide, member, settings
from app.desk.pages.assessment.page import AssessmentPage
from app.desk.pages.growth.plan_page import GrowthPlanPage
from app.desk.pages.team.member_page import MemberPage
from app.desk.pages.team.page import TeamPage
from app.desk.pages.today.page import TodayPage
from app.desk.parts.label import Text
from app.desk.parts.side_panel import Confirm
from app.domain.guide import Guide
from app.queries.assessment_request import assessment_lines
from app.queries.guide import guide_at
from app.queries.team import MemberView, member_page
from app.queries.waiting import WaitKind
from app.store.workspace import Workspace
from tests.actions.calibrating import JOEL, Team
from tests.journeys.conftest import Sitting


@pytest.fixture
def team(tmp_path: Path) -> Team:
    made = Team(tmp_path)
    made.all_in()
    growth.begin(made.workspace, made.anders, "MLE4")
    member.add(made.workspace, member.NewMember("M1", "Viktor Amoah", role="ML Engineering Manager"))
    return made


@pytest.fixture
def started(team: Team, begin: Callable[[Path | None], Sitting]) -> Sitting:
    """Tenfold on a file with Anders, who has a plan, Nadia, and Viktor, of whom nothing is known yet."""
    team.workspace.close()
    return begin(team.workspace.path)


def workspace(sitting: Sitting) -> Workspace:
    assert sitting.session.opened is not None
    return sitting.session.opened.desk.workspace


def go(sitting: Sitting, row: int) -> MemberPage:
    sitting.go("member", id=row)
    page = sitting.window.page
    assert isinstance(page, MemberPage)
    return page


def shown(sitting: Sitting, row: int) -> MemberView:
    found = member_page(workspace(sitting), row)
    assert found is not None
    return found


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(Text) if label.isVisible())


def said(sitting: Sitting) -> str:
    return words(sitting.window.notice)


def confirmed(sitting: Sitting) -> str:
    """Answer the question that is open with its action; gives what it said."""
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Confirm) and w.isVisible())
    asked = words(dialog)
    dialog.action_button.setFocus()
    QTest.keyClick(dialog.action_button, Qt.Key.Key_Space)
    sitting.window.activateWindow()
    sitting.qtbot.waitUntil(sitting.window.isActiveWindow)
    sitting.settle()
    return asked


def test_manager_and_days_are_edited_and_undone(started: Sitting) -> None:
    page = go(started, 1)
    page.setFocus()
    started.press("Ctrl+E")
    assert page.edit.isVisible()
    page.edit.form.set_values({"manager_id": JOEL})
    field = page.edit.form.input("started_on")
    line = field.findChild(QLineEdit)
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "1 February 2024")
    started.press("Ctrl+Return")
    assert not page.edit.isVisible()
    row = shown(started, 1).row
    assert (row.manager_name, row.started_on) == ("Joel Abara", date(2024, 2, 1))
    assert "with Joel Abara · here since 1 February 2024" in words(page)
    started.press("Ctrl+Z")
    assert shown(started, 1).row.manager_name == "Ruth Amadi"


def test_who_left_is_said_and_a_day_to_come_is_refused_in_the_form(started: Sitting) -> None:
    page = go(started, 1)
    page.setFocus()
    started.press("Ctrl+E")
    page.edit.form.set_values({"left_on": date(2026, 4, 1)})
    started.press("Ctrl+Return")
    assert "That day is still to come." in words(page.edit)
    page.edit.form.set_values({"left_on": date(2026, 3, 1)})
    started.press("Ctrl+Return")
    assert "left 1 March 2026" in words(page)


def test_one_of_whom_nothing_is_kept_is_taken_off_after_a_question_and_brought_back(started: Sitting) -> None:
    page = go(started, 3)
    assert "M1 · ML Engineering Manager" in words(page)
    assert "ML Engineering Manager · ML Engineering Manager" not in words(page), "the title is said once"
    page.setFocus()
    started.press("Ctrl+E")
    page.out.setFocus()
    started.press("Space")
    assert "Viktor Amoah stays a colleague" in confirmed(started)
    assert isinstance(started.window.page, TeamPage)
    assert member_page(workspace(started), 3) is None
    started.press("Ctrl+Z")
    assert shown(started, 3).row.name == "Viktor Amoah"
    growth.begin(workspace(started), 3, "M2")
    page = go(started, 3)
    page._remove()
    confirmed(started)
    assert "Viktor Amoah has a growth plan." in said(started)
    assert "Write the day they left instead." in said(started)


def test_others_are_asked_outside_a_calibration_and_links_lead_to_plan_and_assessments(started: Sitting) -> None:
    page = go(started, 1)
    page.setFocus()
    started.press("Ctrl+Shift+A")
    assert page.ask.isVisible()
    assert page.ask.fields.values()["level"] == "MLE4", "what they grow to"
    page.ask.fields.set_values({"level": "MLE3"})
    mine = started.find(QCheckBox, "Ruth Amadi, me, manager")
    assert mine.isChecked()
    mine.setFocus()
    started.press("Space")
    dana = started.find(QCheckBox, "Dana Whitlock, assessed them before")
    dana.setFocus()
    started.press("Space", "Ctrl+Return")
    assert not page.ask.isVisible()
    assert "Asked about Anders Mbeki against MLE3: Dana Whitlock." in said(started)
    newest = assessment_lines(workspace(started), 1)[0]
    assert (newest.rater, newest.level, newest.cycle, newest.is_in) == ("Dana Whitlock", "MLE3", "", False)
    assert "Dana Whitlock, asked" in {button.text() for button in page.findChildren(QPushButton) if button.isVisible()}

    link = started.find(QPushButton, "Growth plan to MLE4")
    link.setFocus()
    started.press("Space")
    plan = started.window.page
    assert isinstance(plan, GrowthPlanPage)
    plan.setFocus()
    started.press("Ctrl+Shift+M")
    assert isinstance(started.window.page, MemberPage)
    link = started.find(QPushButton, "Open Tomasz Wieland’s assessment, against MLE4, Spring 2026")
    link.setFocus()
    started.press("Space")
    assert started.window.page is not page


def test_a_newer_guide_is_offered_with_what_it_says_otherwise(team: Team, begin: Callable[[Path], Sitting]) -> None:
    version = guide.guide_in_use(team.workspace)
    known = guide_at(team.workspace, version)
    level = known.level("MLE3")
    cell = level.cells["mlops"].model_copy(update={"expect": "Owns the road."})
    new = level.model_copy(update={"cells": {**level.cells, "mlops": cell}})
    levels = tuple(new if one.id == "MLE3" else one for one in known.levels)
    made = Guide.model_validate(known.model_copy(update={"levels": levels}).model_dump(by_alias=True))
    guide.revise(team.workspace, version, made, "Clearer")
    team.workspace.close()
    sitting = begin(team.workspace.path)
    page = go(sitting, 1)
    assert "By version 1 of the guide; there is version 2." in words(page)
    move = sitting.find(QPushButton, "Move to version 2 of the guide…")
    move.setFocus()
    sitting.press("Space")
    asked = confirmed(sitting)
    assert "It says otherwise of MLE3: MLOps, expectation: “Owns the road.”, was “" in asked
    assert (shown(sitting, 1).version, shown(sitting, 1).newer) == (2, None)
    assert "there is version 2" not in words(page)
    sitting.go("growthplan", id=1)
    plan = sitting.window.page
    assert isinstance(plan, GrowthPlanPage)
    assert "This plan is on an earlier version of the guide" in words(plan)
    plan._actions.ask_plan()
    plan._actions.plan.form.set_values({"fresh": True})
    sitting.press("Ctrl+Return")
    assert plan.shown is not None
    assert not plan.shown.behind


def test_a_plan_whose_quarter_is_over_is_rated_again_from_today(team: Team, begin: Callable[[Path], Sitting]) -> None:
    settings.keep_today(team.workspace, date(2026, 6, 15))
    team.workspace.close()
    sitting = begin(team.workspace.path)
    sitting.go("today")
    today = sitting.window.page
    assert isinstance(today, TodayPage)
    assert [(i.about, i.detail) for i in (today.shown.items if today.shown else ()) if i.kind is WaitKind.RERATING] == [
        ("Anders Mbeki", "MLE4")
    ]
    assert "One member to rate again" in words(today)
    button = sitting.find(QPushButton, "Re-rate: Anders Mbeki, MLE4")
    button.setFocus()
    sitting.press("Space")
    plan = sitting.window.page
    assert isinstance(plan, GrowthPlanPage)
    assert plan._actions.ask.isVisible()
    assert plan.body.gaps.again.text() == "Re-rate against MLE4"
    sitting.press("Escape")
    assert not plan._actions.ask.isVisible()
    plan.body.gaps.again.setFocus()
    sitting.press("Space")
    assert plan._actions.ask.fields.values()["level"] == "MLE4"
    sitting.find(QCheckBox, "Tomasz Wieland, assessed them before").setFocus()
    sitting.press("Space", "Ctrl+Return")
    assert isinstance(sitting.window.page, AssessmentPage), "I was asked as well, so mine opens"
    lines = assessment_lines(workspace(sitting), 1)
    assert {(x.rater, x.level) for x in lines if not x.is_in} == {("Ruth Amadi", "MLE4"), ("Tomasz Wieland", "MLE4")}
    sitting.go("today")
    assert not [i for i in (today.shown.items if today.shown else ()) if i.kind is WaitKind.RERATING], (
        "somebody was asked"
    )
