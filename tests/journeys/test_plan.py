"""The plan page by keys and clicks: before the first interview, and after it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from app.actions import opening
from app.actions import plan as planning
from app.actions.opening import NewOpening
from app.desk.pages.plan.coverage import CoverModel
from app.desk.pages.plan.page import PlanPage
from app.desk.pages.plan.rounds import RoundCard
from app.desk.parts.controls import Chip
from app.desk.parts.label import Text
from app.desk.parts.side_panel import Confirm
from app.domain.coverage import coverage
from app.domain.exercise import Exercise
from app.domain.plan import InterviewPlan, PlannedRound, PlannedSeat
from app.exchange.packs import load_pack
from app.queries.plan import plan_page
from app.resources import packs
from tests.journeys.conftest import Sitting

USED = 1


def new(sitting: Sitting) -> int:
    """An opening nobody is interviewed for."""
    workspace = sitting.window._desk.workspace
    return opening.add(workspace, NewOpening("SR-2026-09", "Staff ML engineer", "M1"), 1).subject


def page_of(sitting: Sitting, chosen: int) -> PlanPage:
    sitting.go("plan", opening=chosen)
    page = sitting.window.findChild(PlanPage)
    assert page is not None
    return page


def stored(sitting: Sitting, chosen: int) -> InterviewPlan:
    return plan_page(sitting.window._desk.workspace, chosen).plan


def words(page: QWidget) -> str:
    return "\n".join(t.text() for t in page.findChildren(Text) if t.isVisible())


def test_before_the_first_interview_each_change_is_saved_and_undone(sitting: Sitting) -> None:
    chosen = new(sitting)
    page = page_of(sitting, chosen)
    assert "changes are saved at once" in words(page)
    assert "Two people in two rounds see every dimension" in words(page)
    sitting.click(page.rounds.cards[2].seats[0].chips["governance"])
    assert "governance" not in stored(sitting, chosen).rounds[2].dimensions
    assert "Only one person sees Governance." in words(page)
    sitting.press("Ctrl+Z")
    assert "governance" in stored(sitting, chosen).rounds[2].dimensions
    assert "Only one person" not in words(page)


def test_several_changes_are_undone_to_where_they_began(sitting: Sitting) -> None:
    chosen = new(sitting)
    page = page_of(sitting, chosen)
    before = stored(sitting, chosen)
    sitting.click(page.rounds.cards[2].seats[0].chips["governance"])
    sitting.click(sitting.find(QPushButton, "Move Production track record up"))
    sitting.click(sitting.find(QPushButton, "Remove Leadership scenario"))
    trigger(page, "Four rounds")
    sitting.settle()
    changed = stored(sitting, chosen)
    for _ in range(4):
        if stored(sitting, chosen) != before:
            sitting.press("Ctrl+Z")
    assert stored(sitting, chosen) == before
    for _ in range(4):
        if stored(sitting, chosen) != changed:
            sitting.press("Ctrl+Shift+Z")
    assert stored(sitting, chosen) == changed
    assert len(page.rounds.cards) == 4


def test_the_matrix_is_worked_by_arrows_and_space(sitting: Sitting) -> None:
    chosen = new(sitting)
    page = page_of(sitting, chosen)
    table = page.cover.table
    table.setFocus()
    table.setCurrentIndex(table.cover.index(0, 0))
    sitting.press("Down", "Right", "Space")
    assert "mlops" in stored(sitting, chosen).rounds[1].dimensions
    assert "MLOps" in table.cover.data(table.cover.index(1, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert "5 of 4" in table.cover.headerData(1, Qt.Orientation.Horizontal)
    assert "scores 5 dimensions; 4 are the most." in words(page)
    sitting.press("Space")
    assert "mlops" not in stored(sitting, chosen).rounds[1].dimensions


def test_rounds_are_added_moved_timed_held_and_removed(sitting: Sitting) -> None:
    chosen = new(sitting)
    page = page_of(sitting, chosen)
    before = [r.exercise for r in stored(sitting, chosen).rounds]
    minutes = sitting.find(QSpinBox, "Minutes of Code or design review")
    minutes.setFocus()
    sitting.press("Up")
    assert stored(sitting, chosen).rounds[0].minutes == 65
    assert "335 of 330 minutes" in words(page)
    assert "5 more than a candidate may be asked for" in words(page)
    sitting.press("Alt+Down")
    assert [r.exercise for r in stored(sitting, chosen).rounds] == [before[1], before[0], *before[2:]]
    assert page.rounds.card_with_focus() == 1, "the focus goes with the round"
    sitting.click(sitting.find(QPushButton, "Move Code or design review up"))
    assert [r.exercise for r in stored(sitting, chosen).rounds] == before
    who = sitting.find(QComboBox, "Who holds Code or design review")
    who.setFocus()
    sitting.press("Down")
    assert stored(sitting, chosen).rounds[0].seats[0].colleague is not None
    sitting.click(sitting.find(QPushButton, "Add shadow to Code or design review"))
    assert [s.shadow for s in stored(sitting, chosen).rounds[0].seats] == [False, True]
    assert "shadow, never counts" in words(page)
    sitting.click(sitting.find(QPushButton, "Remove Production track record"))
    assert [r.exercise for r in stored(sitting, chosen).rounds] == [before[0], *before[2:]]
    next(a for a in page.rounds.menu.actions() if a.text() == "Production track record").trigger()
    sitting.settle()
    assert stored(sitting, chosen).rounds[-1].exercise == before[1]


def test_the_rule_is_typed_and_its_effect_is_shown(sitting: Sitting) -> None:
    chosen = new(sitting)
    page = page_of(sitting, chosen)
    assert "n = 2,000 simulated candidates" in words(page)
    rates = [t.text() for t in page.outcomes.findChildren(Text) if t.text().endswith(" %")]
    assert len(rates) == 9
    for dimension in ("Software engineering", "Data contracts", "Communication"):
        name = next(c.accessibleName() for c in page.rule.chips.values() if c.text() == dimension)
        sitting.click(sitting.find(Chip, name))
    assert len(stored(sitting, chosen).must_have) == 7
    assert rates != [t.text() for t in page.outcomes.findChildren(Text) if t.text().endswith(" %") and t.isVisible()]
    field = sitting.find(QLineEdit, "Supports a hire from a composite of")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "3.1")
    sitting.press("Return")
    assert float(stored(sitting, chosen).hire_from) == 3.1
    field.selectAll()
    QTest.keyClicks(field, "soon")
    sitting.press("Return")
    assert field.text() == "3.1", "what can't be read changes nothing"


def test_a_plan_that_does_not_hold_is_not_saved(sitting: Sitting) -> None:
    chosen = new(sitting)
    page = page_of(sitting, chosen)
    before = stored(sitting, chosen)
    for dimension in before.rounds[5].dimensions:
        sitting.click(page.rounds.cards[5].seats[0].chips[dimension])
    assert stored(sitting, chosen).rounds[5].dimensions == before.rounds[5].dimensions[1:]
    assert "Round 6: A seat in it has no dimension." in words(page)
    assert not page.bar.save.isEnabled()
    sitting.click(page.bar.discard)
    assert page.bar.isHidden()


def test_after_the_first_interview_a_change_asks_why_and_says_whom_it_holds_for(sitting: Sitting) -> None:
    page = page_of(sitting, USED)
    before = stored(sitting, USED)
    assert "in use" in words(page)
    sitting.click(page.rounds.cards[0].seats[0].chips["reliability"])
    assert stored(sitting, USED) == before, "nothing is saved without a reason"
    assert "who have no interview yet, and for new ones" in words(page)
    sitting.click(page.bar.save)
    assert page.bar.reason.hasFocus()
    QTest.keyClicks(page.bar.reason, "Outages matter more now.")
    sitting.press("Return")
    assert "reliability" in stored(sitting, USED).rounds[0].dimensions
    said = words(page)
    assert "Version 2" in said
    assert "Outages matter more now." in said
    assert page.bar.isHidden()


def test_templates_are_kept_used_and_removed(sitting: Sitting) -> None:
    chosen = new(sitting)
    page = page_of(sitting, chosen)
    trigger(page, "Four rounds")
    sitting.settle()
    assert len(stored(sitting, chosen).rounds) == 4
    trigger(page, "Keep this plan as a template…")
    sitting.settle()
    QTest.keyClicks(sitting.window.focusWidget(), "Four, remote")
    sitting.press("Return")
    trigger(page, "Six rounds")
    sitting.settle()
    assert len(stored(sitting, chosen).rounds) == 6
    trigger(page, "Template: Four, remote")
    sitting.settle()
    assert len(stored(sitting, chosen).rounds) == 4
    trigger(page, "Remove the template Four, remote")
    sitting.settle()
    assert not any("Four, remote" in a.text() for a in page._start_menu.actions())


def trigger(page: PlanPage, words: str) -> None:
    """Choose an entry of the menu "Start from" that begins so."""
    next(a for a in page._start_menu.actions() if a.text().startswith(words)).trigger()


def test_ways_to_the_plan(sitting: Sitting) -> None:
    sitting.go("opening", id=2)
    sitting.click(sitting.find(QPushButton, "Interview plan of the opening"))
    page = sitting.window.findChild(PlanPage)
    assert page is not None
    assert page.isVisible()
    assert "SR-2025-07" in words(page)
    sitting.go("interviews")
    sitting.click(sitting.find(QPushButton, "Interview plans"))
    assert page.isVisible()
    sitting.go("pipeline")
    sitting.window.commands.resolve("pipeline.plan").run()
    sitting.settle()
    assert page.isVisible()
    assert "SR-2026-01" in words(page)


def test_every_control_of_a_round_has_a_name_of_its_own(sitting: Sitting) -> None:
    page = page_of(sitting, USED)
    for card in page.findChildren(RoundCard):
        names = [c.accessibleName() for c in card.findChildren(QPushButton) if c.isVisible()]
        assert all(names)
        assert len(names) == len(set(names))


@pytest.mark.parametrize("rounds", [0, 1, 2])
def test_the_matrix_model_is_sound(qtbot: QtBot, qtmodeltester: object, rounds: int) -> None:
    rubric = load_pack(packs() / "ml-engineering-manager").rubric
    seats = (PlannedSeat(1, rubric.dimension_ids[:4]), PlannedSeat(None, rubric.dimension_ids[:2], shadow=True))
    plan = InterviewPlan(
        (PlannedRound("review", 60, seats),) * rounds, (), rubric.limits.hire_from, rubric.limits.mixed_from, 1, 60
    )
    model = CoverModel()
    model.show_plan(plan, rubric, coverage(plan, rubric), {1: "Ada Lind"})
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    shorter = replace(plan, rounds=plan.rounds[:1])
    model.show_plan(shorter, rubric, coverage(shorter, rubric), {})
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def change_in_use(sitting: Sitting) -> PlanPage:
    """A change of a plan in use, with half of its reason."""
    page = page_of(sitting, USED)
    sitting.click(page.rounds.cards[0].seats[0].chips["reliability"])
    page.bar.reason.setFocus()
    sitting.write("Outages")
    return page


def test_changes_of_a_plan_in_use_wait_while_another_opening_or_page_is_shown(sitting: Sitting) -> None:
    other = new(sitting)
    page = change_in_use(sitting)
    before = stored(sitting, USED)
    assert "changed, not saved yet" in words(page)
    for away in (lambda: page_of(sitting, other), lambda: sitting.go("pipeline")):
        away()
        if page.isVisible():
            assert page.bar.isHidden()
            assert "not saved yet" not in words(page)
            assert any("not saved" in a.text() for a in page._opening_menu.actions())
        page_of(sitting, USED)
        assert page.rounds.cards[0].seats[0].chips["reliability"].isChecked()
        assert "changed, not saved yet" in words(page)
        assert page.bar.reason.text() == "Outages"
    assert stored(sitting, USED) == before
    page.bar.reason.setFocus()
    sitting.press("Return")
    assert "reliability" in stored(sitting, USED).rounds[0].dimensions
    assert page.bar.isHidden()
    assert "not saved yet" not in words(page)


def test_changes_wait_beside_a_version_stored_meanwhile(sitting: Sitting) -> None:
    page = change_in_use(sitting)
    workspace, known = sitting.window._desk.workspace, stored(sitting, USED)
    longer = replace(known, rounds=(replace(known.rounds[0], minutes=65), *known.rounds[1:]))
    planning.change(workspace, USED, longer, "Five minutes more.")
    page.changed(None)
    sitting.settle()
    assert page.rounds.cards[0].seats[0].chips["reliability"].isChecked()
    assert "Version 2 was stored meanwhile" in words(page)
    sitting.click(page.bar.discard)
    assert page.bar.isHidden()
    assert sitting.find(QSpinBox, "Minutes of Code or design review").value() == 65


def test_a_window_with_waiting_changes_asks_before_it_closes(sitting: Sitting) -> None:
    change_in_use(sitting)
    sitting.go("pipeline")
    sitting.window.close()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Confirm)
    assert sitting.window.isVisible()
    assert "are not saved. Plans: SR-2026-01." in words(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    sitting.settle()
    assert sitting.window.place == "plan"
    assert sitting.window.isVisible()
    sitting.window.close()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, Confirm)
    window = sitting.window
    dialog.action_button.click()
    assert not window.isVisible()


def test_a_window_where_everything_is_saved_closes_at_once(sitting: Sitting) -> None:
    page = page_of(sitting, new(sitting))
    sitting.click(page.rounds.cards[2].seats[0].chips["governance"])
    window = sitting.window
    window.close()
    assert not window.isVisible()


def test_a_plan_that_does_not_hold_yet_is_kept_when_something_else_changes(sitting: Sitting) -> None:
    chosen = new(sitting)
    page = page_of(sitting, chosen)
    for dimension in stored(sitting, chosen).rounds[5].dimensions:
        sitting.click(page.rounds.cards[5].seats[0].chips[dimension])
    page.changed(None)
    sitting.settle()
    assert "Round 6: A seat in it has no dimension." in words(page)
    assert "changed, not saved yet" in words(page)


def test_a_round_of_ones_own_that_no_plan_has_can_be_given_up(sitting: Sitting) -> None:
    workspace, chosen = sitting.window._desk.workspace, new(sitting)
    own = Exercise(
        id="own",
        name="Take-home",
        short="Take-home",
        minutes=(60, 60),
        brief="Discuss it together.",
        looks_at=("what was built",),
        primary=plan_page(workspace, chosen).rubric.dimension_ids[:2],
    )
    planning.add_exercise(workspace, chosen, own)
    page = page_of(sitting, chosen)
    offered = [action.text() for action in page.rounds.menu.actions()]
    assert "Take-home" in offered
    next(a for a in page.rounds.menu.actions() if a.text() == "Offer “Take-home” no more").trigger()
    sitting.settle()
    assert all(e.name != "Take-home" for e in plan_page(workspace, chosen).rubric.exercises)
    assert "Take-home" not in [action.text() for action in page.rounds.menu.actions()]
    sitting.press("Ctrl+Z")
    assert "Take-home" in [action.text() for action in page.rounds.menu.actions()]
