"""A growth plan after a calibration: what stood open becomes goals in one step; a check-in goes on from the last."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QPushButton

from app.actions import calibration_session, checkin, growth
from app.actions.growth import NewGoal
from app.desk.pages.growth.plan_page import GrowthPlanPage
from app.desk.parts.label import Text
from app.domain.calibration import CalibrationOutcome
from app.queries.calibration import calibration_view
from app.queries.growth import growth_page
from tests.journeys.conftest import Sitting
from tests.journeys.test_debrief_to_offer import words, workspace

ANDERS, NADIA, SPRING = 3, 4, 2


def shown(sitting: Sitting, member: int) -> GrowthPlanPage:
    sitting.go("growthplan", id=member)
    page = sitting.window.page
    assert isinstance(page, GrowthPlanPage)
    return page


def test_what_a_calibration_left_open_becomes_goals_in_one_step(sitting: Sitting) -> None:
    ws = workspace(sitting)
    assert growth_page(ws, NADIA).settled is None, "nothing is decided yet"
    nadia = next(m for m in calibration_view(ws, SPRING).members if m.member == NADIA)
    calibration_session.decide(ws, nadia.proposal, CalibrationOutcome.NOT_NOW, "Once more.")
    page = shown(sitting, NADIA)
    before = growth_page(ws, NADIA)
    assert before.settled is not None
    points = before.settled.points
    assert {p.name for p in points} == {"Reliability", "Governance"}
    sitting.click(sitting.find(QPushButton, "Goals from what Spring 2026 left open…"))
    panel = page._actions.settled
    assert panel.isVisible()
    assert "Spring 2026 decided on" in words(panel)
    lines = {p.name: panel.form.input(p.dimension) for p in points}
    written = {name: line.text() for name, line in lines.items() if isinstance(line, QLineEdit)}
    room = 3 - len(before.open_goals)
    assert sum(bool(text) for text in written.values()) == min(room, 2) > 0
    for p in points:
        line = lines[p.name]
        assert isinstance(line, QLineEdit)
        line.clear()
    panel.saved.emit()
    sitting.settle()
    assert "No goal is chosen." in words(panel), "nothing written is nothing done"
    line = panel.form.input(points[0].dimension)
    line.setFocus()
    sitting.write("Two releases without a rollback")
    panel.saved.emit()
    sitting.settle()
    assert not panel.isVisible()
    after = growth_page(ws, NADIA)
    new = after.open_goals[-1]
    assert (new.title, new.dimension, new.from_score, new.to_score) == (
        "Two releases without a rollback",
        points[0].dimension,
        points[0].score,
        points[0].bar,
    )
    assert after.plan == before.plan, "the plan towards that level goes on"
    assert after.settled is not None
    assert points[0] not in after.settled.points
    sitting.press("Ctrl+Z")
    assert growth_page(ws, NADIA).goals == before.goals


def test_a_check_in_says_what_changed_since_the_last_and_what_is_left(sitting: Sitting) -> None:
    ws = workspace(sitting)
    page = shown(sitting, ANDERS)
    view = growth_page(ws, ANDERS)
    assert view.plan is not None
    written = (("a release is cut", "watch it for an hour"), ("a review is asked for", "give it the same day"))
    growth.add_goal(ws, view.plan, NewGoal(view.guide.dimension_ids[0], "Releases that hold"), written)
    growth.settle_goal(ws, view.open_goals[-1].id, growth.REACHED)
    view = growth_page(ws, ANDERS)
    assert view.plan is not None
    checks = [c for goal in view.open_goals for c in goal.checks if not c.done]
    checkin.record(ws, view.plan, date(2026, 3, 10), "We agreed on two things.")
    growth.tick(ws, checks[0].id, done=True)
    page.read_again()
    sitting.settle()
    page.setFocus()
    sitting.press("Ctrl+Shift+C")
    panel = page._actions.check_in
    assert panel.isVisible()
    said = panel.since.text()
    assert said.startswith("Since the check-in of 10 March 2026: ")
    assert "new: Releases that hold" in said
    assert "reached: " in said
    assert "2 actions done" in said
    left = [c for goal in view.open_goals for c in goal.checks if not c.done and c.id != checks[0].id]
    assert panel.left.text().splitlines() == [f"When {c.when}, I will {c.will}" for c in left]
    free = sum(not line.text.strip() for line in panel.lines)
    sitting.click(panel.take_over)
    taken = [line.text for line in panel.lines]
    assert all(c.will in taken for c in left[:free])
    held = next(t for t in growth_page(ws, ANDERS).talks if t.held_on == ws.today())
    assert [line for line in held.prepared if line] == [line for line in taken if line]
    assert any("Since the check-in of" in one.text() for one in page.findChildren(Text))
