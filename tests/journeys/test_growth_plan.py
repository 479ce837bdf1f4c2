"""A growth plan by keyboard: begun, goals from gaps, ticks and steps, evidence shared, a check-in, the packet, undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget

from app.actions import onboarding
from app.desk.pages.growth.gaps import GapRow
from app.desk.pages.growth.goals import Steps
from app.desk.pages.growth.page import GrowthListPage
from app.desk.pages.growth.plan_page import GrowthPlanPage
from app.desk.pages.today.page import TodayPage
from app.desk.parts.label import Text
from app.queries.growth import GrowthView, growth_page
from app.queries.onboarding import year_page
from app.queries.waiting import WaitKind
from app.store.check import check_file
from app.store.workspace import Workspace
from tests.actions.panel import Panel
from tests.grown import add_member, salma
from tests.journeys.conftest import Sitting


@pytest.fixture
def grown(begin: Callable[[Path | None], Sitting], tmp_path: Path) -> Sitting:
    """Tenfold on a small file with Salma, who has a plan, and Anders, who has none."""
    panel = Panel(tmp_path)
    salma(panel.workspace)
    add_member(panel.workspace, "Anders Mbeki")
    panel.workspace.close()
    return begin(panel.workspace.path)


def workspace(sitting: Sitting) -> Workspace:
    assert sitting.session.opened is not None
    return sitting.session.opened.desk.workspace


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(Text) if label.isVisible())


def plan_of(sitting: Sitting, member: int) -> GrowthView:
    return growth_page(workspace(sitting), member)


def go(sitting: Sitting, member: int) -> GrowthPlanPage:
    sitting.go("growthplan", id=member)
    page = sitting.window.page
    assert isinstance(page, GrowthPlanPage)
    return page


def enter(sitting: Sitting, button: QWidget) -> None:
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    sitting.settle()


def into(sitting: Sitting, field: QWidget, text: str) -> None:
    target = getattr(field, "line", None) or field
    target.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(target, text)
    sitting.settle()


def test_the_list_leads_to_a_plan_by_arrow_and_enter(grown: Sitting) -> None:
    grown.go("growth")
    page = grown.window.page
    assert isinstance(page, GrowthListPage)
    assert "1 plan · 1 without" in words(page)
    page.setFocus()
    grown.press("Down", "Down", "Return")
    shown = grown.window.page
    assert isinstance(shown, GrowthPlanPage)
    assert shown.shown is not None
    assert shown.shown.name == "Anders Mbeki"


def test_a_plan_is_begun_and_a_goal_written_from_a_gap_by_keyboard(grown: Sitting) -> None:
    page = go(grown, 2)
    assert "No growth plan yet" in words(page)
    enter(grown, page.body.begin)
    target = page._actions.plan.form.input("target")
    target.setFocus()
    QTest.keyClicks(target, "MLE4")
    grown.press("Ctrl+Return")
    assert plan_of(grown, 2).target == "MLE4"

    page.setFocus()
    grown.press("Ctrl+Shift+G")
    assert page._actions.goal.isVisible()
    page._actions.goal.close_panel()
    row = next(r for r in page.body.gaps.findChildren(GapRow) if r.gap.dimension == "people")
    row.setFocus()
    grown.press("Return")
    fields = page._actions.goal.form
    assert fields.values()["dimension"] == "people"
    assert "Grows senior engineers into technical leads" in words(page._actions.goal)
    enter(
        grown,
        grown.find(
            QPushButton,
            next(
                b.accessibleName()
                for b in page._actions.goal.findChildren(QPushButton)
                if b.accessibleName().startswith("Take it: Grows")
            ),
        ),
    )
    assert fields.values()["title"].startswith("Grows senior engineers")
    when, will = page._actions.goal.checks.findChildren(QLineEdit)[:2]
    into(grown, when, "a design starts")
    grown.press("Ctrl+Return")
    assert page._actions.goal.isVisible(), "half of a when is refused in the form"
    assert "needs an “I will”" in words(page._actions.goal)
    into(grown, will, "let Bo draw it first")
    grown.press("Ctrl+Return")
    (goal,) = plan_of(grown, 2).goals
    assert goal.suggested_by == "what MLE4 expects"
    assert [(c.when, c.will) for c in goal.checks] == [("a design starts", "let Bo draw it first")]
    grown.press("Ctrl+Z")
    assert plan_of(grown, 2).goals == ()
    grown.press("Ctrl+Z")
    assert plan_of(grown, 2).plan is None


def test_a_fourth_goal_is_asked_why_in_the_form(grown: Sitting) -> None:
    page = go(grown, 1)
    page.setFocus()
    grown.press("Ctrl+Shift+G")
    fields = page._actions.goal.form
    assert fields.input("more_reason").hasFocus(), "why comes first"
    into(grown, fields.input("title"), "One more thing")
    fields.set_values({**fields.values(), "dimension": "mlops"})
    grown.press("Ctrl+Return")
    assert "3 goals are open already." in words(page._actions.goal)
    assert fields.input("more_reason").isVisible()
    into(grown, fields.input("more_reason"), "The audit is in May")
    grown.press("Ctrl+Return")
    assert plan_of(grown, 1).goals[3].more_reason == "The audit is in May"
    assert "A further goal: The audit is in May" in words(page)


def test_ticks_and_steps_by_keyboard_and_undone(grown: Sitting) -> None:
    page = go(grown, 1)
    box = grown.find(QCheckBox, "When a 1:1 starts, I will open his MLE2 expectations before the task list")
    enter(grown, box)
    assert plan_of(grown, 1).goals[0].checks[1].done
    steps = page.body.goals.cards[0].findChild(Steps)
    assert steps is not None
    steps.setFocus()
    grown.press("Right")
    assert plan_of(grown, 1).goals[0].steps_done == 2
    assert "2 of 2 releases, 12 March" in words(page)
    grown.press("Ctrl+Z")
    grown.press("Ctrl+Z")
    goal = plan_of(grown, 1).goals[0]
    assert (goal.steps_done, goal.checks[1].done) == (1, False)


def test_evidence_is_added_and_shared_by_keyboard(grown: Sitting) -> None:
    page = go(grown, 1)
    page.setFocus()
    grown.press("Ctrl+Shift+E")
    fields = page._actions.evidence.form
    fields.set_values({"dimension": "data"})
    into(grown, fields.input("text"), "Agreed freshness with Ads")
    into(grown, fields.input("on"), "10 March 2026")
    grown.press("Ctrl+Return")
    first = plan_of(grown, 1).facts[0]
    assert (first.text, first.shared, first.dimension) == ("Agreed freshness with Ads", False, "data")
    page.body.evidence.rows[0].setFocus()
    grown.press("Return")
    assert page._actions.evidence.isVisible()
    page._actions.evidence.form.set_values({"shared": True, "text": "Agreed freshness with Ads and Search"})
    grown.press("Ctrl+Return")
    saved = plan_of(grown, 1).facts[0]
    assert (saved.text, saved.shared) == ("Agreed freshness with Ads and Search", True)
    grown.press("Ctrl+Z")
    assert plan_of(grown, 1).facts[0] == first, "one deed is taken back by one undo"


def test_a_check_in_is_held_and_its_words_are_saved_as_they_are_typed(grown: Sitting) -> None:
    page = go(grown, 1)
    page.setFocus()
    grown.press("Ctrl+Shift+C")
    panel = page._actions.check_in
    assert panel.isVisible()
    assert panel.said.hasFocus()
    grown.write("Bruno asked for the next one himself.")
    held = next(t for t in plan_of(grown, 1).talks if t.held_on is not None and t.held_on.day == 12)
    assert held.said == "Bruno asked for the next one himself."
    panel.note.setFocus()
    grown.write("Ask about June.")
    grown.press("Escape")
    assert not panel.isVisible()
    shown = plan_of(grown, 1)
    assert next(t for t in shown.talks if t.id == held.id).private_note == "Ask about June."
    assert shown.next_talk is not None
    assert shown.next_talk.due_on is not None
    assert shown.next_talk.due_on.day == 26
    assert "Bruno asked for the next one himself." in words(page)
    path = workspace(grown).path
    grown.session.end()
    found = [f for f in check_file(path) if not f.subject.startswith("assessment:")]
    assert found == [], "all but the assessments, which the fixture made of rows"


def test_a_check_in_that_is_begun_and_left_leaves_nothing(grown: Sitting) -> None:
    page = go(grown, 1)
    before = plan_of(grown, 1).talks
    page.setFocus()
    grown.press("Ctrl+Shift+C")
    panel = page._actions.check_in
    assert panel.isVisible()
    assert [line.text for line in panel.lines] == ["Goal 1, second release", "Ask for feedback from Bruno", ""]
    assert [line.accessibleName() for line in panel.lines] == [f"To talk about, line {n}" for n in (1, 2, 3)]
    grown.press("Escape")
    assert not panel.isVisible()
    assert plan_of(grown, 1).talks == before
    page.setFocus()
    grown.press("Ctrl+Shift+C")
    panel.save_button.setFocus()
    grown.press("Space")
    held = [t for t in plan_of(grown, 1).talks if t.held_on is not None and t.held_on.day == 12]
    assert [t.prepared[:2] for t in held] == [("Goal 1, second release", "Ask for feedback from Bruno")]
    page.setFocus()
    grown.press("Ctrl+Shift+C")
    assert panel.check_in is not None
    assert panel.check_in.id == held[0].id, "begun again on a day, it is the same one"


def test_what_is_said_of_the_next_check_in_is_one_sentence(grown: Sitting) -> None:
    assert "Goal 1, second release; ask for feedback from Bruno" in words(go(grown, 1))


def test_a_first_year_that_is_long_over_is_not_offered(grown: Sitting) -> None:
    page = go(grown, 1)
    assert not page.body.offers("year"), "Salma began in 2024"
    assert "First year" not in [b.text() for b in page.findChildren(QPushButton) if b.isVisible()]
    grown.press("Alt+3")
    assert page.body.goals.isVisible()
    assert go(grown, 2).body.offers("year")


def test_the_two_tracks_fit_their_window(grown: Sitting) -> None:
    grown.window.resize(1440, 900)
    page = go(grown, 1)
    grown.press("Alt+2")
    QApplication.processEvents()
    assert page.body.width() <= page._scroll.viewport().width()
    assert page.body.right.isVisible()


def test_the_packet_leaves_by_keyboard(grown: Sitting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    target = tmp_path / "growth.pdf"
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(target)))
    page = go(grown, 1)
    grown.press("Ctrl+Shift+P")
    grown.qtbot.waitUntil(lambda: not page.bar.busy, timeout=30_000)
    grown.settle()
    text = " ".join(" ".join(p.extract_text().split()) for p in PdfReader(str(target)).pages)
    assert "Bruno owns the retraining pipeline" in text
    assert "Would rather lead" not in text
    with workspace(grown).read() as connection:
        assert connection.exec_driver_sql("SELECT packet FROM member_packet").scalars().all() == ["growth-plan"]


def test_two_tracks_and_a_private_note(grown: Sitting) -> None:
    page = go(grown, 1)
    grown.press("Alt+2")
    assert "Makes the paved road for several teams" in words(page.body.tracks)
    assert page.body.tracks.first.hasFocus()
    grown.press("Alt+1")
    assert page.body.goals.isVisible()
    page.body.note.setFocus()
    grown.press("Ctrl+A")
    grown.write("Asked in March.")
    grown.press("Tab")
    assert plan_of(grown, 1).private_note == "Asked in March."
    grown.press("Ctrl+Z")
    assert plan_of(grown, 1).private_note.startswith("Would rather lead")


def test_the_first_year_begins_and_its_check_in_waits_on_today(grown: Sitting) -> None:
    page = go(grown, 2)
    grown.press("Alt+3")
    year = page.body.year
    into(grown, year.start, "4 March 2026")
    grown.press("Tab")
    assert "Choose it, and the kind of company, once" in words(year)
    enter(grown, year.begin)
    assert "First 30 days: Learn and diagnose" in words(year)
    field = year.fields["m6_ttp baseline"]
    assert "m6_ttp reached" not in year.fields, "closed until the baseline is written down"
    field.setFocus()
    grown.write("34 days")
    grown.press("Return")
    assert "m6_ttp reached" in year.fields
    found = year_page(workspace(grown), 2)
    assert found is not None
    assert next(g.baseline for h in found.horizons for g in h.goals if g.id == "m6_ttp") == "34 days"

    grown.go("today")
    today = grown.window.page
    assert isinstance(today, TodayPage)
    assert [i.about for i in (today.shown.items if today.shown else ()) if i.kind is WaitKind.CHECK_IN] == [
        "Anders Mbeki"
    ]
    button = next(r.button for r in today.rows if "Anders Mbeki" in r.button.accessibleName())
    enter(grown, button)
    assert isinstance(grown.window.page, GrowthPlanPage)
    assert year.isVisible()
    enter(grown, next(b for b in year.findChildren(QPushButton) if b.accessibleName().startswith("Hold it: Day 7")))
    assert page._actions.check_in.isVisible()
    grown.press("Escape")
    found = year_page(workspace(grown), 2)
    assert found is not None
    assert found.talks[0].held is not None
    assert onboarding.hold(workspace(grown), 2, 7).subject == found.talks[0].held


def test_every_control_has_a_name_and_large_text_shows_everything(grown: Sitting) -> None:
    page = go(grown, 1)
    kinds: tuple[type[QWidget], ...] = (QPushButton, QCheckBox, QLineEdit, QComboBox)
    for kind in kinds:
        controls: list[QWidget] = page.findChildren(kind)
        assert all(c.accessibleName() for c in controls), [c for c in controls if not c.accessibleName()]
    assert grown.session.opened is not None
    grown.session.opened.desk.prefer(text_size=200)
    grown.settle()
    QApplication.processEvents()
    assert page._scroll.horizontalScrollBar().maximum() == 0
    assert page.body.right.isVisible()
    assert "3 gaps" in words(page.head)
    assert "People leadership one below" in words(page.head)
    page._actions.new_evidence()
    grown.settle()
    assert page._actions.evidence.isVisible()
