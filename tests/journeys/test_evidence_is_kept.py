"""A line of evidence of an assessment is in the file as it is typed, wherever one goes from it."""

from __future__ import annotations

from PySide6.QtTest import QTest

from app.actions import assessment
from app.desk.pages.assessment.page import AssessmentPage
from app.desk.pages.growth.plan_page import GrowthPlanPage
from app.domain.growth import From, Suggestion
from app.queries.growth import growth_rows
from tests.calibrations import prepared
from tests.journeys.conftest import Sitting
from tests.journeys.test_assessment_page import mine
from tests.journeys.test_debrief_to_offer import workspace


def opened(sitting: Sitting) -> AssessmentPage:
    prepared(workspace(sitting))
    sitting.go("assessment", id=mine(sitting))
    page = sitting.window.page
    assert isinstance(page, AssessmentPage)
    return page


def lines(sitting: Sitting) -> list[tuple[str, str, str]]:
    """Dimension, text and source of every line that is there, by the file itself."""
    page = sitting.window.page
    assert isinstance(page, AssessmentPage)
    page.read_again()
    sitting.settle()
    assert page.shown is not None
    return [(f.dimension, f.text, f.source) for f in page.shown.facts]


def test_a_line_that_was_not_added_stays_when_one_goes_on(sitting: Sitting) -> None:
    page = opened(sitting)
    assert page.shown is not None
    first, second = page.shown.content.dimensions[:2]
    before = lines(sitting)
    sitting.press("E")
    QTest.keyClicks(page.pane.entry.text, "Led the review")
    page.pane.entry.source.setFocus()
    QTest.keyClicks(page.pane.entry.source, "release log")
    sitting.press("Escape", "N")
    sitting.settle()
    assert lines(sitting) == [*before, (first, "Led the review", "release log")]
    assert page.pane.dimension == second
    assert page.pane.entry.text.text() == ""


def test_it_is_in_the_file_while_it_is_typed(sitting: Sitting) -> None:
    """In a pause, and without one after two seconds; it is shown once, and is taken out when it is emptied."""
    page = opened(sitting)
    before = lines(sitting)
    sitting.press("E")
    sitting.write("Led the")
    assert [t for _, t, _ in lines(sitting)] == [*[t for _, t, _ in before], "Led the"]
    assert page.pane.entry.text.hasFocus()
    sitting.write(" review")
    assert [t for _, t, _ in lines(sitting)] == [*[t for _, t, _ in before], "Led the review"]
    page.pane.entry.text.selectAll()
    sitting.press("Backspace")
    sitting.write("")
    assert lines(sitting) == before


def test_a_day_that_cannot_be_does_not_take_the_words_along(sitting: Sitting) -> None:
    page = opened(sitting)
    before = lines(sitting)
    sitting.press("E")
    QTest.keyClicks(page.pane.entry.text, "Will lead the review")
    page.pane.entry.on.line.setFocus()
    QTest.keyClicks(page.pane.entry.on.line, "1 May 2030")
    sitting.press("Escape", "N")
    sitting.settle()
    assert [t for _, t, _ in lines(sitting)] == [*[t for _, t, _ in before], "Will lead the review"]
    assert sitting.window.notice.isVisible(), "it says that the day was not taken"


def test_another_assessment_begins_with_empty_fields(sitting: Sitting) -> None:
    """The same dimension of the next member does not show what was typed of this one."""
    page = opened(sitting)
    sitting.press("E")
    QTest.keyClicks(page.pane.entry.text, "Led the review")
    other = next(i for i in range(1, 40) if i != page.subject and _is_there(sitting, i))
    sitting.go("assessment", id=other)
    assert page.pane.entry.text.text() == ""
    assert page.pane.entry.on.line.text() == ""


def _is_there(sitting: Sitting, row: int) -> bool:
    with workspace(sitting).read() as connection:
        state = "SELECT state FROM assessment WHERE id = ?"
        return connection.exec_driver_sql(state, (row,)).scalar() == "draft"


def test_a_suggestion_stands_after_what_is_typed(sitting: Sitting) -> None:
    page = _plan(sitting)
    page._actions.new_goal()
    panel = page._actions.goal
    panel.form.set_values({"title": "Own the pipeline", "measure": "Two releases"})
    panel.take(Suggestion(From.LEVEL, "Sees around corners"))
    panel.take(Suggestion(From.QUESTION, "Who else could run it?"))
    typed = panel.form.values()
    assert typed["title"] == "Own the pipeline; Sees around corners"
    assert typed["measure"] == "Two releases\nWho else could run it?"


def test_the_steps_of_one_goal_are_not_in_the_next_one(sitting: Sitting) -> None:
    page = _plan(sitting)
    page._actions.new_goal()
    checks = page._actions.goal.checks
    QTest.keyClicks(checks._lines[0].fields[0], "The alarm goes off")
    checks.save_now()
    page._actions.goal.close_panel()
    page._actions.new_goal()
    assert checks.values == (("", ""),)


def _plan(sitting: Sitting) -> GrowthPlanPage:
    member = next(r.member for r in growth_rows(workspace(sitting)) if r.plan is not None)
    sitting.go("growthplan", id=member)
    page = sitting.window.page
    assert isinstance(page, GrowthPlanPage)
    return page


def test_a_line_that_was_taken_back_is_written_anew_when_one_types_on(sitting: Sitting) -> None:
    """Its row is gone, and the words are still in the field."""
    page = opened(sitting)
    before = lines(sitting)
    sitting.press("E")
    sitting.write("Led the")
    row = page._typing.hidden
    assert row is not None
    assessment.edit_fact(workspace(sitting), row, text="")
    sitting.write(" review")
    sitting.press("Return")
    assert [t for _, t, _ in lines(sitting)] == [*[t for _, t, _ in before], "Led the review"]
