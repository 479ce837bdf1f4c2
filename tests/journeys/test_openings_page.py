"""Openings by key and click: added, changed, paid, described, their stages, closed and taken up again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QPlainTextEdit, QPushButton

from app.actions import application, opening_job
from app.desk.pages.openings.opening_page import OpeningPage
from app.desk.pages.openings.page import OpeningsPage
from app.desk.pages.pipeline.page import PipelinePage
from app.desk.parts.label import Text
from app.domain.pay import PayRange
from app.domain.pipeline import DEFAULT_STAGES, OpeningEnd, Outcome
from app.errors import Refused
from app.packets.printables import JOB
from app.queries.lists import opening_rows
from app.queries.openings import opening_view
from app.store.workspace import Workspace
from tests.journeys.conftest import Sitting

MENU = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)", extend=True)


@pytest.fixture
def page(sitting: Sitting) -> OpeningsPage:
    """The list, shown."""
    sitting.go("openings")
    found = sitting.window.page
    assert isinstance(found, OpeningsPage)
    return found


@pytest.fixture
def one(sitting: Sitting) -> OpeningPage:
    """The first opening, shown."""
    sitting.go("opening", id=1)
    found = sitting.window.page
    assert isinstance(found, OpeningPage)
    return found


def words(sitting: Sitting) -> str:
    """All words in sight."""
    return "\n".join(label.text() for label in sitting.window.findChildren(Text) if label.isVisible())


def known(sitting: Sitting) -> Workspace:
    """The open workspace."""
    page = sitting.window.page
    assert page is not None
    return page.desk.workspace


def choose(sitting: Sitting, words: str) -> None:
    """A line of the menu that is open."""
    menu = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible())
    menu.setActiveAction(next(a for a in menu.actions() if a.text() == words))
    QTest.keyClick(menu, Qt.Key.Key_Return)
    sitting.settle()


def test_an_opening_is_added_with_its_must_haves(sitting: Sitting, page: OpeningsPage) -> None:
    sitting.click(page._add)
    form = page.panel.form
    sitting.write("SR-2026-09")
    sitting.press("Tab")
    sitting.write("ML Lead")
    chip = next(c for c in form.chips.values() if not c.isChecked())
    sitting.click(chip)
    wanted = form.must_have()
    sitting.click(page.panel.save_button)
    row = next(o for o in opening_rows(known(sitting)) if o.code == "SR-2026-09")
    assert (row.role, row.must_have) == ("ML Lead", wanted)
    one = sitting.window.page
    assert isinstance(one, OpeningPage), "what was added is shown"
    sitting.click(one.facts.edit)
    one.job.form.facts.set_values({**one.job.form.facts.values(), "role": "Head of ML", "target_to": 90})
    sitting.click(next(c for c in one.job.form.chips.values() if c.isChecked()))
    sitting.click(one.job.save_button)
    edited = next(o for o in opening_rows(known(sitting)) if o.code == "SR-2026-09")
    assert (edited.role, edited.target) == ("Head of ML", (60, 90))
    assert edited.must_have != wanted
    assert sitting.window.sidebar._undo_words.text() == "edit of SR-2026-09"
    sitting.press("Ctrl+Z")
    assert next(o for o in opening_rows(known(sitting)) if o.code == "SR-2026-09") == row
    sitting.go("opening", id=1)
    sitting.click(one.facts.edit)
    assert "Settled: an interview is planned" in words(sitting)
    assert not any(c.isEnabled() for c in one.job.form.chips.values())
    manager = one.job.form.facts.input("manager")
    assert isinstance(manager, QComboBox)
    manager.setCurrentIndex(manager.findText("Karim Belhadj"))
    sitting.click(one.job.save_button)
    assert next(o for o in opening_rows(known(sitting)) if o.code == "SR-2026-01").manager == 8


def test_an_opening_is_added_with_a_plan_and_stages_of_its_own(sitting: Sitting, page: OpeningsPage) -> None:
    sitting.click(page._add)
    form = page.panel.form
    sitting.write("SR-2026-09")
    sitting.press("Tab")
    sitting.write("ML Lead")
    plan, stages = form.course.input("plan"), form.course.input("stages")
    assert isinstance(plan, QComboBox)
    assert isinstance(stages, QPlainTextEdit)
    assert page._choices is not None
    pack = page._choices.rubrics[0][1]
    assert [plan.itemText(n) for n in range(plan.count())] == [known.name for known in pack.rubric.plans]
    assert plan.currentIndex() == 0
    assert stages.toPlainText().splitlines() == list(DEFAULT_STAGES)
    for wrong, sentence in (
        (" \n\n", "Write at least one stage."),
        ("Screen\nOffer\n screen ", "“screen” is there twice. Name every stage once."),
    ):
        stages.setPlainText(wrong)
        sitting.click(page.panel.save_button)
        assert sentence in words(sitting)
        assert "SR-2026-09" not in [o.code for o in opening_rows(known(sitting))]
    stages.setPlainText("Applied\n\n  Case   study \nOffer\n")
    plan.setCurrentIndex(plan.count() - 1)
    sitting.click(page.panel.save_button)
    row = next(o for o in opening_rows(known(sitting)) if o.code == "SR-2026-09")
    with known(sitting).read() as connection:
        found = [
            connection.exec_driver_sql(f"SELECT {what} WHERE opening_id = ? ORDER BY position", (row.id,)).scalars()
            for what in ("name FROM stage", "exercise FROM plan_round JOIN plan ON plan.id = plan_id")
        ]
        assert [list(column) for column in found] == [
            ["Applied", "Case study", "Offer"],
            [r.exercise for r in pack.rubric.plans[-1].rounds],
        ]
    one = sitting.window.page
    assert isinstance(one, OpeningPage)
    sitting.click(one.facts.edit)
    assert one.job.form.course.isHidden()


def test_an_opening_is_given_up_and_taken_up_again(sitting: Sitting, one: OpeningPage) -> None:
    sitting.click(one._end)
    sitting.click(one.ending.save_button)
    assert "needs a reason" in words(sitting)
    reason = one.ending.form.input("reason")
    reason.setFocus()
    sitting.write("No money this year")
    sitting.press("Ctrl+Return")
    closing = opening_view(known(sitting), 1).line.closing
    assert closing is not None
    assert (closing.how, closing.on, closing.reason) == (OpeningEnd.CANCELLED, date(2026, 3, 12), "No money this year")
    assert "SR-2026-01" not in _menu_of_pipeline(sitting)
    sitting.go("openings")
    assert "given up 12 March 2026: No money this year" in words(sitting)
    sitting.click(sitting.find(QPushButton, "Open SR-2026-01"))
    sitting.click(sitting.find(QPushButton, "Take up again"))
    assert opening_view(known(sitting), 1).line.closing is None
    assert "Given up 12 March 2026: No money this year" in words(sitting), "that it was closed stays known"
    sitting.press("Ctrl+Z")
    assert opening_view(known(sitting), 1).line.closing is not None


def _menu_of_pipeline(sitting: Sitting) -> str:
    sitting.go("pipeline", opening=3)
    sitting.settle()
    page = sitting.window.page
    assert isinstance(page, PipelinePage)
    return " ".join(action.text() for action in page._menu.actions())


def test_a_filled_opening_offers_to_close(sitting: Sitting, one: OpeningPage) -> None:
    workspace = known(sitting)
    seats = opening_view(workspace, 1).line.row.seats
    hired = [a for (a,) in _open_ones(workspace)][: seats - opening_view(workspace, 1).line.hired]
    for number in hired:
        application.close(workspace, number, Outcome.HIRED)
    sitting.go("openings")
    sitting.go("opening", id=1)
    assert opening_view(workspace, 1).line.full
    sitting.click(sitting.find(QPushButton, "Every seat is filled: close the opening…"))
    assert "still open in it" in words(sitting)
    sitting.press("Ctrl+Return")
    closing = opening_view(workspace, 1).line.closing
    assert closing is not None
    assert closing.how is OpeningEnd.FILLED


def _open_ones(workspace: Workspace) -> list[tuple[int]]:
    with workspace.read() as connection:
        return [
            (row[0],)
            for row in connection.exec_driver_sql(
                "SELECT id FROM application WHERE opening_id = 1 AND outcome = 'active' ORDER BY id"
            )
        ]


def test_pay_is_set_in_the_words_of_a_person(sitting: Sitting, one: OpeningPage) -> None:
    before = opening_view(known(sitting), 1).pay
    opening_job.set_pay(known(sitting), 1, PayRange())
    sitting.go("openings")
    sitting.go("opening", id=1)
    sitting.click(one.pay.edit)
    form = one.pay_panel.form
    sitting.write("90.000")
    sitting.press("Tab")
    sitting.write("112,000")
    sitting.press("Tab")
    sitting.write("eur")
    sitting.press("Ctrl+Return")
    assert "can be" in words(sitting), "90.000 is read in two ways"
    form.set_values({"low": "90,000", "criteria": "Scope\nYears in the craft"})
    sitting.press("Ctrl+Return")
    assert one.pay_panel.isHidden()
    assert "€90,000 to €112,000 a year" in words(sitting)
    view = opening_view(known(sitting), 1)
    assert (view.pay.low, view.pay.high, view.pay.currency) == (9_000_000, 11_200_000, "EUR")
    sitting.press("Ctrl+Z")
    assert opening_view(known(sitting), 1).pay == PayRange() != before


def test_a_description_is_written_read_copied_and_printed(sitting: Sitting, one: OpeningPage, tmp_path: Path) -> None:
    opening_job.set_pay(known(sitting), 1, PayRange())
    opening_job.describe(known(sitting), 1, "")
    sitting.go("openings")
    sitting.go("opening", id=1)
    sitting.click(one.description.write)
    line = one.description.line
    before = _entries(known(sitting))
    sitting.click(one.description.proposed)
    assert "{purpose}" in line.toPlainText(), "it begins with what the role card says"
    line.selectAll()
    line.insertPlainText("# <b>The job</b>\n\n{role} at {nowhere}")
    sitting.settle()
    assert "Nobody can fill {nowhere}." in words(sitting)
    line.selectAll()
    line.insertPlainText("# <b>The job</b>\n\n{role}\n\n# Gone\n\n- {pay}\n\n# Asks\n\n- {must have}")
    sitting.click(one.description.done)
    view = opening_view(known(sitting), 1)
    said = [block.text for block in view.blocks]
    assert said[:3] == ["<b>The job</b>", view.line.row.role, "Asks"], "a heading without anything under it goes"
    assert "<b>The job</b>" in words(sitting)
    sitting.click(one.description.copy)
    assert QGuiApplication.clipboard().text().startswith("<b>The job</b>\n\n")
    entries = _entries(known(sitting))
    assert entries == before + 1, "what was typed enters the history once"
    one.bar.print_one(JOB, 1, "Making it", tmp_path / "job.pdf")
    sitting.qtbot.waitUntil(lambda: (tmp_path / "job.pdf").exists() and not one.bar.busy)
    assert (tmp_path / "job.pdf").read_bytes().startswith(b"%PDF")


def test_a_description_loses_nothing_to_what_is_done_beside_it(sitting: Sitting, one: OpeningPage) -> None:
    sitting.click(one.description.write)
    line = one.description.line
    line.setPlainText("# The job\n\nTyped and not yet told")
    line.clearFocus()
    opening_job.set_pay(known(sitting), 1, PayRange())
    sitting.settle()
    assert line.toPlainText().endswith("Typed and not yet told")
    sitting.click(one.description.done)
    assert opening_view(known(sitting), 1).description.endswith("Typed and not yet told")
    sitting.press("Ctrl+Z")
    sitting.click(one.description.write)
    assert "Typed" not in line.toPlainText(), "what was undone is not kept by the field"


def test_a_description_looked_at_is_not_written(sitting: Sitting, one: OpeningPage) -> None:
    opening_job.describe(known(sitting), 1, "")  # beside the window, which has not seen it yet
    before = _entries(known(sitting))
    sitting.click(one.description.write)
    sitting.click(one.description.done)
    assert opening_view(known(sitting), 1).description == ""
    assert _entries(known(sitting)) == before


def _entries(workspace: Workspace) -> int:
    with workspace.read() as connection:
        query = "SELECT count(*) FROM history WHERE subject = 'opening:1' AND op = 'edit opening'"
        return int(connection.exec_driver_sql(query).scalar_one())


@MENU
def test_stages_are_added_moved_renamed_and_kept(sitting: Sitting, one: OpeningPage) -> None:
    before = [stage.name for stage in opening_view(known(sitting), 1).stages]
    one.stages.name.setFocus()
    sitting.write("Case study")
    sitting.press("Return")
    sitting.click(sitting.find(QPushButton, "More about Case study"))
    choose(sitting, "Move up")
    sitting.click(sitting.find(QPushButton, "More about Case study"))
    choose(sitting, "Rename…")
    sitting.press("Ctrl+A")
    sitting.write(before[0].upper())
    sitting.press("Return")
    assert "is there twice" in words(sitting)
    sitting.press("Ctrl+A")
    sitting.write("Task")
    sitting.press("Return")
    assert [s.name for s in opening_view(known(sitting), 1).stages] == [*before[:-1], "Task", before[-1]]
    sitting.click(one.stages.by_name)
    choose(sitting, "Keep these under a name…")
    sitting.write("With a task")
    sitting.press("Return")
    sitting.click(sitting.find(QPushButton, "More about Task"))
    choose(sitting, "Remove")
    assert [s.name for s in opening_view(known(sitting), 1).stages] == before
    sitting.go("openings")
    sitting.press("Ctrl+N")
    page = sitting.window.page
    assert isinstance(page, OpeningsPage)
    kept, stages = (page.panel.form.course.input(name) for name in ("kept", "stages"))
    assert isinstance(kept, QComboBox)
    assert isinstance(stages, QPlainTextEdit)
    QTest.keyClick(kept, Qt.Key.Key_End)
    sitting.settle()
    assert stages.toPlainText().splitlines() == [*before[:-1], "Task", before[-1]]


def test_what_a_candidate_was_told_about_pay_keeps_its_words(sitting: Sitting) -> None:
    sitting.go("openings")
    workspace = known(sitting)
    opening_job.tell_pay(workspace, 18, workspace.today())
    opening_job.set_pay(workspace, 1, PayRange())
    with pytest.raises(Refused, match="no pay range"):
        opening_job.tell_pay(workspace, 17, workspace.today())
